package dev.daypass.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * What a schema says of its fields, as a page for people. The first examples of all fields together
 * are one whole file.
 */
final class Reference {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String DURATION = "duration";
  private static final Dump YAML =
      new Dump(
          DumpSettings.builder()
              .setDefaultFlowStyle(FlowStyle.BLOCK)
              .setDefaultScalarStyle(ScalarStyle.PLAIN)
              .setIndicatorIndent(2)
              .setIndent(2)
              .setIndentWithIndicator(true)
              .setWidth(100)
              .build());

  /**
   * One field that can be written.
   *
   * @param path from the file's top: {@code approval[].by}
   * @param needed whether its surroundings demand it
   * @param schema what it may be, references followed
   */
  record Field(String path, boolean needed, JsonNode schema) {
    /** Whether it holds other fields. */
    boolean isGroup() {
      return schema.has("properties") || schema.path("items").has("properties");
    }

    List<JsonNode> examples() {
      return each(schema.path("examples")).toList();
    }

    /** The file with nothing but this field. */
    JsonNode alone(JsonNode example) {
      var file = NODES.objectNode();
      put(file, example);
      return file;
    }

    /** Writes it into a file. */
    void put(ObjectNode file, JsonNode example) {
      var at = file;
      var parts = path.split("\\.", -1);
      for (int i = 0; i < parts.length - 1; i++) {
        at = inside(at, parts[i]);
      }
      at.set(parts[parts.length - 1], example);
    }

    private static ObjectNode inside(ObjectNode at, String part) {
      if (!part.endsWith("[]")) {
        return at.withObject("/" + part);
      }
      var list = at.withArray("/" + part.substring(0, part.length() - 2));
      return list.isEmpty() ? list.addObject() : (ObjectNode) list.get(0);
    }
  }

  private final JsonNode root;
  private final List<Field> fields = new ArrayList<>();

  private Reference(JsonNode root) {
    this.root = root;
    collect(root, "");
  }

  static Reference of(Path schema) throws IOException {
    return new Reference(JSON.readTree(schema.toFile()));
  }

  List<Field> fields() {
    return List.copyOf(fields);
  }

  private void collect(JsonNode object, String prefix) {
    for (var entry : object.path("properties").properties()) {
      var schema = followed(entry.getValue());
      var name = prefix + entry.getKey();
      fields.add(new Field(name, isNeeded(object, entry.getKey()), schema));
      collect(schema, name + ".");
      collect(schema.path("items"), name + "[].");
    }
  }

  private static boolean isNeeded(JsonNode object, String name) {
    return each(object.path("required")).anyMatch(each -> each.asText().equals(name));
  }

  /** What stands beside a reference counts more than what it leads to. */
  private JsonNode followed(JsonNode schema) {
    var whole = schema.deepCopy();
    if (schema.has("$ref")) {
      var name = schema.path("$ref").asText().replaceFirst("^#", "");
      whole = ((ObjectNode) followed(root.at(name))).setAll((ObjectNode) schema);
      ((ObjectNode) whole).put("$ref", name);
    }
    if (whole.has("items")) {
      ((ObjectNode) whole).set("items", followed(whole.path("items")));
    }
    return whole;
  }

  /** The first example of every field: one whole file. */
  ObjectNode whole() {
    var file = NODES.objectNode();
    for (var field : fields) {
      field.examples().stream().findFirst().ifPresent(example -> field.put(file, example));
    }
    return file;
  }

  static String yaml(JsonNode tree) {
    return YAML.dumpToString(JSON.convertValue(tree, Object.class));
  }

  /** The fields, one after the other. */
  String text() {
    return fields.stream().map(Reference::section).collect(Collectors.joining("\n"));
  }

  private static String section(Field field) {
    var text = new StringBuilder();
    var facts = new ArrayList<String>();
    facts.add(field.needed() ? "needed" : "can be left out");
    facts.addAll(facts(field.schema()));
    text.append("### `").append(field.path()).append("`\n\n");
    text.append("**").append(field.schema().path("title").asText()).append(".** ");
    text.append(field.schema().path("description").asText()).append("\n\n");
    text.append("*").append(String.join("; ", facts)).append("*\n");
    if (!field.isGroup()) {
      var examples = field.examples();
      text.append("\n```yaml\n").append(yaml(field.alone(examples.getFirst()))).append("```\n");
      if (examples.size() > 1) {
        text.append("\nOr ")
            .append(
                examples.stream()
                    .skip(1)
                    .map(example -> "`" + inline(example) + "`")
                    .collect(Collectors.joining(", or ")))
            .append(".\n");
      }
    }
    return text.toString();
  }

  /** As it is written on one line. */
  private static String inline(JsonNode example) {
    return example.isArray()
        ? each(example).map(Reference::inline).collect(Collectors.joining(", ", "[", "]"))
        : example.asText();
  }

  private static List<String> facts(JsonNode schema) {
    var facts = new ArrayList<String>();
    if (schema.path("$ref").asText().endsWith(DURATION)) {
      facts.add("a duration");
    } else if (schema.has("enum")) {
      facts.add(
          (schema.path("enum").size() == 1 ? "nothing but " : "one of ")
              + each(schema.path("enum"))
                  .map(each -> "`" + each.asText() + "`")
                  .collect(Collectors.joining(", ")));
    } else {
      var types = schema.path("type");
      facts.add(
          (types.isArray() ? each(types) : Stream.of(types))
              .map(type -> kind(type.asText(), schema))
              .collect(Collectors.joining(" or ")));
    }
    if (schema.has("default")) {
      facts.add("`" + schema.path("default").asText() + "` if you leave it out");
    }
    return facts;
  }

  private static String kind(String type, JsonNode schema) {
    return switch (type) {
      case "string" -> "text" + between(schema, "minLength", "maxLength", " character");
      case "integer" -> "a whole number" + range(schema);
      case "array" -> "a list" + between(schema, "minItems", "maxItems", " entry");
      case "boolean" -> "`true` or `false`";
      case "object" -> "with fields of its own";
      default -> throw new IllegalArgumentException("say in Reference what " + type + " is");
    };
  }

  private static String range(JsonNode schema) {
    return schema.has("minimum")
        ? " from " + schema.path("minimum").asText() + " to " + schema.path("maximum").asText()
        : "";
  }

  private static String between(JsonNode schema, String least, String most, String noun) {
    var nouns = noun.equals(" entry") ? " entries" : noun + "s";
    if (schema.has(least) && schema.has(most)) {
      return " of " + schema.path(least).asText() + " to " + schema.path(most).asText() + nouns;
    }
    if (schema.has(most)) {
      return " of at most " + schema.path(most).asText() + nouns;
    }
    return schema.path(least).asInt() > 1 ? " of at least " + schema.path(least) + nouns : "";
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
