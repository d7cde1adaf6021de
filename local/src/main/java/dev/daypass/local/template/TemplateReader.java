package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns the file's YAML into values that know their lines. Intrinsic functions become calls in both
 * of their forms; nothing is resolved yet.
 */
final class TemplateReader {
  private final List<Finding> findings;

  private TemplateReader(List<Finding> findings) {
    this.findings = findings;
  }

  /** Reads the file; what is wrong with its form is added to the findings. */
  static Value.Fields read(Path file, List<Finding> findings) {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
    var settings =
        LoadSettings.builder()
            .setLabel(String.valueOf(file.getFileName()))
            .setSchema(new CoreSchema())
            .build();
    try {
      var root = new Compose(settings).composeString(yaml);
      if (root.isPresent()
          && new TemplateReader(findings).value(root.get()) instanceof Value.Fields fields) {
        return fields;
      }
      findings.add(new Finding(1, "a template is a mapping with a section Resources"));
    } catch (MarkedYamlEngineException malformed) {
      var line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      findings.add(new Finding(line, "not YAML: " + malformed.getProblem()));
    }
    return Value.Fields.NONE;
  }

  private Value value(Node node) {
    var tag = node.getTag().getValue();
    int line = line(node);
    if (tag.startsWith("!") && !tag.startsWith("!!")) {
      return new Value.Call(tag.substring(1), untagged(node), line);
    }
    return untagged(node);
  }

  private Value untagged(Node node) {
    int line = line(node);
    return switch (node) {
      case ScalarNode scalar -> new Value.Scalar(scalar(scalar), line);
      case SequenceNode sequence ->
          new Value.Items(sequence.getValue().stream().map(this::value).toList(), line);
      case MappingNode mapping -> mapping(mapping, line);
      default -> throw new IllegalStateException("a kind of YAML node not known: " + node);
    };
  }

  private Value mapping(MappingNode mapping, int line) {
    var values = new LinkedHashMap<String, Value>();
    var calls = new ArrayList<String>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        findings.add(new Finding(line(tuple.getKeyNode()), "a key is a text"));
        continue;
      }
      var name = key.getValue();
      if (values.put(name, value(tuple.getValueNode())) != null) {
        findings.add(new Finding(line(key), "'" + name + "' is here twice"));
      }
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        calls.add(name);
      }
    }
    if (calls.isEmpty()) {
      return new Value.Fields(values, line);
    }
    var call = calls.getFirst();
    if (values.size() > 1) {
      findings.add(new Finding(line, call + " stands alone in its mapping"));
    }
    var argument = values.getOrDefault(call, new Value.Scalar(NullNode.instance, line));
    return new Value.Call(call.startsWith("Fn::") ? call.substring(4) : call, argument, line);
  }

  private static JsonNode scalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return NullNode.instance;
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]{0,17})")) {
      return LongNode.valueOf(Long.parseLong(text));
    }
    if (tag.equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")) {
      return DecimalNode.valueOf(new BigDecimal(text));
    }
    return TextNode.valueOf(text);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
