package dev.daypass.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.access.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file as a JSON tree that still knows on which line everything stands. */
final class YamlFile {
  /** Far more than a policy needs, far less than a stack holds. */
  private static final int DEEPEST = 50;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String name;
  private final JsonNode tree;
  private final Map<String, Integer> lines;

  private YamlFile(String name, JsonNode tree, Map<String, Integer> lines) {
    this.name = name;
    this.tree = tree;
    this.lines = lines;
  }

  /**
   * Reads a file's text.
   *
   * @param name the file as it is shown to people
   * @param findings gets what is wrong with the YAML itself
   * @return empty if no tree could be made
   */
  static Optional<YamlFile> read(String name, String text, List<Finding> findings) {
    Optional<Node> root;
    try {
      var settings = LoadSettings.builder().setLabel(name).build();
      var deep = tooDeep(settings, text);
      if (deep.isPresent()) {
        findings.add(
            Finding.error(
                name,
                deep.getAsInt(),
                "this is nested more than " + DEEPEST + " levels deep",
                "a policy needs no more than six; look for brackets that are not closed"));
        return Optional.empty();
      }
      root = new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException broken) {
      findings.add(broken(name, text, broken));
      return Optional.empty();
    } catch (YamlEngineException broken) {
      findings.add(
          Finding.error(
              name,
              1,
              "the file is not YAML (" + firstLine(broken.getMessage()) + ")",
              "save it as plain text in UTF-8"));
      return Optional.empty();
    } catch (IllegalArgumentException escape) {
      // The library's own, without a place: an escape that is cut off, or of no character.
      findings.add(
          Finding.error(
              name,
              1,
              "an escape in double quotes (\\x, \\u or \\U) stands for no character",
              "write the character itself"));
      return Optional.empty();
    }
    if (root.isEmpty()) {
      findings.add(Finding.error(name, 1, "the file is empty", "delete it or fill it in"));
      return Optional.empty();
    }
    var reading = new Reading(name, findings);
    var tree = reading.tree(root.get(), "");
    return reading.failed ? Optional.empty() : Optional.of(new YamlFile(name, tree, reading.lines));
  }

  /** The line on which too deep a nesting begins: composing it would take the whole stack. */
  private static OptionalInt tooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
          };
      if (depth > DEEPEST) {
        return OptionalInt.of(event.getStartMark().map(Mark::getLine).orElse(0) + 1);
      }
    }
    return OptionalInt.empty();
  }

  String name() {
    return name;
  }

  JsonNode tree() {
    return tree;
  }

  /**
   * The line of a place in the tree, or of the nearest one above it.
   *
   * @param pointer a JSON pointer: {@code /approval/0/by}
   */
  int line(String pointer) {
    for (var place = pointer;
        !place.isEmpty();
        place = place.substring(0, place.lastIndexOf('/'))) {
      var line = lines.get(place);
      if (line != null) {
        return line;
      }
    }
    return lines.getOrDefault("", 1);
  }

  private static Finding broken(String name, String text, MarkedYamlEngineException broken) {
    int line = broken.getProblemMark().or(broken::getContextMark).map(Mark::getLine).orElse(0) + 1;
    var indent = text.lines().skip(line - 1L).findFirst().orElse("");
    if (indent.stripLeading().length() < indent.length()
        && indent.substring(0, indent.length() - indent.stripLeading().length()).contains("\t")) {
      return Finding.error(
          name, line, "the line begins with a tab", "YAML wants blanks: use two for each step");
    }
    var problem = broken.getProblem();
    return Finding.error(
        name,
        line,
        "this is not YAML (" + firstLine(problem == null ? broken.getMessage() : problem) + ")",
        "look for a missing colon, quote or bracket here or on the line before");
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("").strip();
  }

  /** Turns nodes into a tree and notes lines on the way. */
  private static final class Reading {
    private final String name;
    private final List<Finding> findings;
    private final Map<String, Integer> lines = new HashMap<>();
    private boolean failed;

    Reading(String name, List<Finding> findings) {
      this.name = name;
      this.findings = findings;
    }

    JsonNode tree(Node node, String pointer) {
      lines.putIfAbsent(pointer, line(node));
      if (node.getAnchor().isPresent()) {
        // Without anchors there are no aliases, so the tree is as big as the file.
        fail(node, "an anchor (&) is used", "write the text out in both places");
        return NODES.nullNode();
      }
      return switch (node) {
        case MappingNode mapping -> mapping(mapping, pointer);
        case SequenceNode sequence -> {
          var array = NODES.arrayNode();
          for (int i = 0; i < sequence.getValue().size(); i++) {
            array.add(tree(sequence.getValue().get(i), pointer + "/" + i));
          }
          yield array;
        }
        case ScalarNode scalar -> scalar(scalar);
        default -> {
          fail(node, "this part cannot be read", "use plain keys, lists and texts");
          yield NODES.nullNode();
        }
      };
    }

    private JsonNode mapping(MappingNode mapping, String pointer) {
      var object = NODES.objectNode();
      for (var entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          fail(entry.getKeyNode(), "a key is not a plain word", "write key: value");
          continue;
        }
        var place = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
        if (object.has(key.getValue())) {
          fail(
              key,
              "“" + key.getValue() + "” is here twice (first on line " + lines.get(place) + ")",
              "keep one of them");
          continue;
        }
        // A text is where it begins; a list or a block is where its key stands.
        lines.put(place, line(entry.getValueNode() instanceof ScalarNode text ? text : key));
        object.set(key.getValue(), tree(entry.getValueNode(), place));
      }
      return object;
    }

    private JsonNode scalar(ScalarNode scalar) {
      var text = scalar.getValue();
      var tag = scalar.getTag();
      if (tag.equals(Tag.STR)) {
        // One that cannot be shown would make policies that nobody can read.
        Texts.flaw(text)
            .ifPresent(
                flaw ->
                    fail(
                        scalar,
                        "the text “" + Texts.visibleLine(text.strip()) + "” cannot be shown",
                        flaw.replaceFirst("^Please ", "").replaceFirst("\\.$", "")));
        return NODES.textNode(text);
      }
      if (tag.equals(Tag.NULL)) {
        return NODES.nullNode();
      }
      if (tag.equals(Tag.BOOL)) {
        return NODES.booleanNode(Boolean.parseBoolean(text));
      }
      try {
        if (tag.equals(Tag.INT)) {
          return NODES.numberNode(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT)) {
          return NODES.numberNode(new BigDecimal(text));
        }
      } catch (NumberFormatException special) {
        // .inf, .nan, 0o17: numbers that JSON does not have; the schema refuses the text.
        return NODES.textNode(text);
      }
      fail(scalar, "the tag " + tag.getValue() + " is used", "write the text without a tag");
      return NODES.nullNode();
    }

    private void fail(Node node, String wrong, String right) {
      failed = true;
      findings.add(Finding.error(name, line(node), wrong, right));
    }

    private static int line(Node node) {
      return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
  }
}
