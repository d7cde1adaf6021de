package dev.daypass.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.daypass.web.ApiDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API, as a tree that one can ask. */
public final class OpenApi {
  static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  /**
   * One method of one path.
   *
   * @param path as a template: {@code /api/requests/{id}}
   * @param method in capitals
   */
  public record Operation(String path, String method, JsonNode node) {
    /** As {@code template.yaml} names the route. */
    public String route() {
      return method + " " + path;
    }

    public String id() {
      return node.path("operationId").asText();
    }
  }

  private final JsonNode tree;
  private final JsonNode closed;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  private OpenApi(JsonNode tree) {
    this.tree = tree;
    this.closed = tree.deepCopy();
    close(closed);
  }

  /** The description in the artifact. */
  public static OpenApi read() {
    return new OpenApi(yaml(text()));
  }

  static String text() {
    try (var in = ApiDescription.class.getResourceAsStream("openapi.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static JsonNode yaml(String text) {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  JsonNode tree() {
    return tree;
  }

  public List<Operation> operations() {
    return tree.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(one -> METHODS.contains(one.getKey()))
                    .map(
                        one ->
                            new Operation(
                                path.getKey(),
                                one.getKey().toUpperCase(Locale.ROOT),
                                one.getValue())))
        .toList();
  }

  /**
   * The operation that a call is for; literal paths come before templates.
   *
   * @param rawPath as it was sent
   */
  public Optional<Operation> operation(String method, String rawPath) {
    return operations().stream()
        .filter(each -> each.method().equals(method) && fits(each.path(), rawPath))
        .min((one, other) -> Boolean.compare(one.path().contains("{"), other.path().contains("{")));
  }

  private static boolean fits(String template, String rawPath) {
    var wanted = template.split("/", -1);
    var given = rawPath.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean fits =
          wanted[i].startsWith("{") ? !given[i].isEmpty() : wanted[i].equals(decoded(given[i]));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }

  /** The node itself, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") && node.size() == 1
        ? tree.at(node.path("$ref").asText().substring(1))
        : node;
  }

  /** The parameters of an operation and of its path. */
  List<JsonNode> parameters(Operation operation) {
    return Stream.of(
            operation.node().path("parameters"),
            tree.path("paths").path(operation.path()).path("parameters"))
        .flatMap(list -> list.valueStream())
        .map(this::resolved)
        .toList();
  }

  /**
   * What a value breaks of a schema of the description.
   *
   * @param strictly whether fields that the schema does not name are wrong, too
   */
  List<String> violations(JsonNode schema, JsonNode value, boolean strictly) {
    return compiled
        .computeIfAbsent(strictly + schema.toString(), _ -> compile(schema, strictly))
        .validate(value)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private Schema compile(JsonNode schema, boolean strictly) {
    var root = (ObjectNode) schema.deepCopy();
    if (strictly) {
      close(root);
    }
    root.set("components", (strictly ? closed : tree).path("components"));
    return SCHEMAS.getSchema(root);
  }

  /** Programs ignore fields that they do not know; here, each must be described. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").asText().equals("object")
        && Stream.of("$ref", "allOf", "additionalProperties").noneMatch(object::has)) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApi::close);
  }
}
