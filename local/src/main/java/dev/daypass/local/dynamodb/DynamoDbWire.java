package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;

/** Speaks DynamoDB's JSON protocol; its items and stream records stay the JSON they are. */
final class DynamoDbWire {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The target of a table operation. */
  static final String TABLES = "DynamoDB_20120810.";

  /** The target of a stream operation. */
  static final String STREAMS = "DynamoDBStreams_20120810.";

  private final DynamoDbServer server;

  DynamoDbWire(DynamoDbServer server) {
    this.server = server;
  }

  /**
   * Calls an operation.
   *
   * @throws AwsException with the error's name if it is answered with one
   */
  JsonNode call(String target, ObjectNode input) {
    try {
      var answered = server.answer(target, JSON.writeValueAsBytes(input));
      var answer = JSON.readTree(answered.text());
      if (answered.status() != 200) {
        var type = answer.path("__type").asText();
        throw new AwsException(
            type.substring(type.indexOf('#') + 1),
            answered.status(),
            answer.path("message").asText(answer.path("Message").asText()));
      }
      return answer;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("not JSON", impossible);
    }
  }
}
