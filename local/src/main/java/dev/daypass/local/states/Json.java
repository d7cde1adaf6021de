package dev.daypass.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** JSON text and trees, read strictly: one document, no name twice. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads one JSON document.
   *
   * @throws JsonProcessingException if the text is empty, not JSON, or more than one document
   */
  static JsonNode read(String text) throws JsonProcessingException {
    var node = MAPPER.readTree(text);
    if (node == null || node.isMissingNode()) {
      throw new JsonProcessingException("there is no JSON in it") {
        private static final long serialVersionUID = 1L;
      };
    }
    return node;
  }

  /** The tree as compact text. */
  static String write(JsonNode node) {
    // JsonNode's own form is compact JSON and cannot fail.
    return node.toString();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** How many bytes the tree takes in UTF-8, as AWS counts payloads. */
  static int size(JsonNode node) {
    return write(node).getBytes(StandardCharsets.UTF_8).length;
  }
}
