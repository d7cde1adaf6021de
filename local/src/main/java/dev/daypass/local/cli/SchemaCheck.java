package dev.daypass.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.daypass.access.InEnglish;
import dev.daypass.runbook.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Checks a file against the JSON Schema that editors use, and says in plain words what is wrong,
 * with the schema's own descriptions and examples.
 */
final class SchemaCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode tree;
  private final Schema schema;

  private SchemaCheck(JsonNode tree, Schema schema) {
    this.tree = tree;
    this.schema = schema;
  }

  /** The check with a schema of {@code runbooks/schema}. */
  static SchemaCheck named(String name) {
    try (var in = SchemaCheck.class.getResourceAsStream(name)) {
      var tree = JSON.readTree(Objects.requireNonNull(in, name));
      return new SchemaCheck(
          tree,
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(tree));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Everything in the file that the schema does not allow. */
  List<Finding> check(YamlFile file) {
    var findings = new ArrayList<Finding>();
    for (var error : schema.validate(file.tree())) {
      var finding = finding(file, error);
      if (!findings.contains(finding)) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private Finding finding(YamlFile file, Error error) {
    var pointer = pointer(error);
    var value = file.tree().at(pointer);
    var key = pointer.substring(pointer.lastIndexOf('/') + 1);
    var name = key.isEmpty() ? "the file" : key.matches("[0-9]+") ? "this entry" : "“" + key + "”";
    var rule = error.getKeyword();
    if (isSecretName(at(pointer)) && isAddress(value.asText())) {
      // Not repeated: it is a credential.
      return theAddressItself(file, pointer, name);
    }
    if (rule.equals("not") && value.isObject()) {
      return Finding.error(
          file.name(),
          file.line(pointer + "/connection"),
          "“connection” is not used where the owners do it by hand",
          "leave it out");
    }
    return switch (rule) {
      case "required" -> {
        var missing = String.valueOf(error.getProperty());
        yield Finding.error(
            file.name(),
            file.line(pointer),
            "“" + missing + "” is missing" + (key.isEmpty() ? "" : " in " + name),
            right(pointer + "/" + missing));
      }
      case "additionalProperties" -> {
        var unknown = String.valueOf(error.getProperty());
        var known = new ArrayList<String>();
        at(pointer).path("properties").fieldNames().forEachRemaining(known::add);
        yield Finding.error(
            file.name(),
            file.line(pointer + "/" + unknown),
            "“" + unknown + "” is not known here",
            Nearest.to(unknown, known)
                .map(near -> "did you mean “" + near + "”?")
                .orElseGet(() -> "known are " + InEnglish.list(known, "and")));
      }
      case "dependentRequired" ->
          value.has("escalateTo") || value.has("escalateAfter")
              ? Finding.error(
                  file.name(),
                  file.line(pointer),
                  "only one of “escalateAfter” and “escalateTo” is given",
                  "give both, or neither")
              : Finding.error(
                  file.name(),
                  file.line(pointer + "/escalation"),
                  "“escalation” is given, and nobody is asked",
                  "give escalateAfter and escalateTo, or leave it out");
      case "type" ->
          Finding.error(
              file.name(),
              file.line(pointer),
              name + " is " + kind(value),
              (value.isNumber() || value.isBoolean()) && !isDuration(at(pointer))
                  ? "put it in quotes if it is meant as a text: \"" + value.asText() + "\""
                  : hint(pointer, value));
      case "uniqueItems" ->
          Finding.error(
              file.name(), file.line(pointer), name + " names something twice", "name it once");
      default ->
          Finding.error(
              file.name(), file.line(pointer), name + problem(rule, value), hint(pointer, value));
    };
  }

  private static boolean isSecretName(JsonNode place) {
    return place.path("description").asText().contains("Name of the secret");
  }

  /** Whether a text is an address, with or without its beginning: {@code hooks.example.com/x}. */
  private static boolean isAddress(String text) {
    return text.contains("://") || text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(:[0-9]+)?/.*");
  }

  private static Finding theAddressItself(YamlFile file, String pointer, String name) {
    return Finding.error(
        file.name(),
        file.line(pointer),
        name + " is the address itself",
        "put it into Secrets Manager under a name, and write that name here; whoever has read the"
            + " address can use it, so make a new one");
  }

  private static String problem(String rule, JsonNode value) {
    return switch (rule) {
      case "minLength", "minItems" ->
          value.isEmpty() && value.asText().isEmpty() ? " is empty" : " is too short";
      case "maxLength" -> " is too long (" + value.asText().length() + " characters)";
      case "maxItems" -> " has too many entries (" + value.size() + ")";
      case "minimum" -> " is too small (" + value.asText() + ")";
      case "maximum" -> " is too big (" + value.asText() + ")";
      default -> " cannot be “" + value.asText() + "”";
    };
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "empty";
      case NUMBER -> "a number";
      case BOOLEAN -> "yes or no";
      case ARRAY -> "a list";
      case OBJECT -> "a block of keys";
      case STRING -> "a text";
      case BINARY, MISSING, POJO -> "something else";
    };
  }

  /** What would be right, with a guess at what was meant. */
  private String hint(String pointer, JsonNode value) {
    var place = at(pointer);
    if (isDuration(place)) {
      return IsoDuration.meant(value.asText())
          .map(meant -> "write " + meant + " for " + value.asText().strip())
          .orElse("write PT30M for 30 minutes, PT4H for 4 hours, P2D for 2 days");
    }
    if (ref(place).endsWith("/id")) {
      return "use lower case letters, digits and dashes";
    }
    if (place.path("description").asText().contains("group:NAME")
        && value.asText().matches("[A-Za-z0-9-]+")) {
      return "for a group write group:" + value.asText().toLowerCase(Locale.ROOT);
    }
    return right(pointer);
  }

  private static boolean isDuration(JsonNode place) {
    return ref(place).endsWith("/duration");
  }

  private String right(String pointer) {
    var place = at(pointer);
    var description = place.path("description").asText(place.path("title").asText());
    var example = place.path("examples").path(0);
    var key = pointer.substring(pointer.lastIndexOf('/') + 1);
    var sentence =
        description.isEmpty()
            ? "see the schema"
            : description.endsWith(".")
                ? description.substring(0, description.length() - 1)
                : description;
    return sentence
        + (example.isMissingNode()
            ? ""
            : ", for example “"
                + (key.matches("[0-9]+") ? "" : key + ": ")
                + example.asText()
                + "”");
  }

  /** The schema of a place; its own words win over those of what it refers to. */
  private JsonNode at(String pointer) {
    var place = tree;
    for (var step : pointer.split("/", -1)) {
      if (!step.isEmpty()) {
        var resolved = resolved(place);
        place =
            step.matches("[0-9]+")
                ? resolved.path("items")
                : resolved.path("properties").path(step);
      }
    }
    return place.has("description") || place.has("properties") ? place : resolved(place);
  }

  private JsonNode resolved(JsonNode place) {
    var ref = ref(place);
    return ref.isEmpty() ? place : tree.at(ref.substring(1));
  }

  private static String ref(JsonNode place) {
    return place.path("$ref").asText();
  }

  private static String pointer(Error error) {
    var path = error.getInstanceLocation();
    var pointer = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer
          .append('/')
          .append(String.valueOf(path.getElement(i)).replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
