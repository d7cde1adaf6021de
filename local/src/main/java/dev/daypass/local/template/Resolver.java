package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers references and intrinsic functions as CloudFormation does. What it cannot answer becomes
 * a finding by name and line; it never guesses and never lets one pass.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     function reference</a>
 */
final class Resolver {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Value.Fields document;
  private final Map<String, JsonNode> parameters;
  private final Map<String, Made> made;
  private final Place place;
  private final Collection<Finding> findings;
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  /**
   * A resource as references see it.
   *
   * @param type its CloudFormation type
   * @param condition the condition it exists under, or null
   * @param answer what Ref answers if that is not what its type says, or null
   */
  record Made(String type, @Nullable String condition, @Nullable Answer answer) {}

  /** An answer that needs names which may themselves have to be resolved. */
  interface Answer {
    String given(Resolver resolver, int line);
  }

  Resolver(
      Value.Fields document,
      Map<String, JsonNode> parameters,
      Map<String, Made> made,
      Place place,
      Collection<Finding> findings) {
    this.document = document;
    this.parameters = parameters;
    this.made = made;
    this.place = place;
    this.findings = findings;
  }

  /** The value with every intrinsic answered; missing for {@code AWS::NoValue}. */
  JsonNode resolve(Value value) {
    return switch (value) {
      case Value.Scalar scalar -> scalar.value();
      case Value.Items items -> {
        var list = JSON.arrayNode();
        for (var item : items.values()) {
          var resolved = resolve(item);
          if (!resolved.isMissingNode()) {
            list.add(resolved);
          }
        }
        yield list;
      }
      case Value.Fields fields -> {
        var object = JSON.objectNode();
        fields
            .values()
            .forEach(
                (name, field) -> {
                  var resolved = resolve(field);
                  if (!resolved.isMissingNode()) {
                    object.set(name, resolved);
                  }
                });
        yield object;
      }
      case Value.Call call -> call(call);
    };
  }

  private JsonNode call(Value.Call call) {
    return switch (call.function()) {
      case "Ref" -> ref(text(call.argument()), call.line());
      case "GetAtt" -> getAtt(call);
      case "Sub" -> sub(call);
      case "Join" -> join(call);
      case "Select" -> select(call);
      case "Split" -> split(call);
      case "If" -> choose(call);
      case "FindInMap" -> findInMap(call);
      case "Base64" ->
          TextNode.valueOf(
              Base64.getEncoder()
                  .encodeToString(text(call.argument()).getBytes(StandardCharsets.UTF_8)));
      case "Equals", "Not", "And", "Or", "Condition" -> BooleanNode.valueOf(isTrue(call));
      case "ImportValue" ->
          wrong(call.line(), "ImportValue is not possible here: a local run has no other stacks");
      default -> wrong(call.line(), "the intrinsic function '" + call.function() + "' is unknown");
    };
  }

  /** Whether a resource with this condition exists; one without always does. */
  boolean exists(@Nullable String condition, int line) {
    return condition == null || isTrue(condition, line);
  }

  private boolean isTrue(String condition, int line) {
    var known = conditions.get(condition);
    if (known != null) {
      return known;
    }
    var value = document.fields("Conditions").get(condition);
    if (value == null) {
      wrong(line, "there is no condition '" + condition + "'");
      return false;
    }
    if (!underWay.add("condition " + condition)) {
      wrong(line, "the condition '" + condition + "' depends on itself");
      return false;
    }
    boolean answer = isTrue(value);
    underWay.remove("condition " + condition);
    conditions.put(condition, answer);
    return answer;
  }

  private boolean isTrue(Value value) {
    if (value instanceof Value.Fields fields
        && fields.values().size() == 1
        && fields.text("Condition") != null) {
      return isTrue(String.valueOf(fields.text("Condition")), fields.line());
    }
    if (!(value instanceof Value.Call call)) {
      var literal = resolve(value).asText();
      if (!literal.equals("true") && !literal.equals("false")) {
        wrong(value.line(), "a condition is true, false or a condition function");
      }
      return literal.equals("true");
    }
    return switch (call.function()) {
      case "Condition" -> isTrue(text(call.argument()), call.line());
      case "Equals" -> {
        var sides = items(call, 2, 2);
        yield sides.size() == 2 && text(sides.get(0)).equals(text(sides.get(1)));
      }
      case "Not" -> {
        var one = items(call, 1, 1);
        yield one.size() == 1 && !isTrue(one.getFirst());
      }
      case "And" -> items(call, 2, 10).stream().allMatch(this::isTrue);
      case "Or" -> items(call, 2, 10).stream().anyMatch(this::isTrue);
      default -> {
        wrong(call.line(), "'" + call.function() + "' is no condition function");
        yield false;
      }
    };
  }

  /** What {@code Ref} answers for a parameter, a pseudo parameter or a resource. */
  JsonNode ref(String name, int line) {
    var parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    var pseudo = pseudo(name);
    if (pseudo != null) {
      return pseudo;
    }
    var resource = living(name, line);
    if (resource == null) {
      return TextNode.valueOf(name);
    }
    return TextNode.valueOf(
        resource.answer() != null
            ? resource.answer().given(this, line)
            : Attributes.ref(resource.type(), physicalName(name, line), place));
  }

  private @Nullable JsonNode pseudo(String name) {
    return switch (name) {
      case "AWS::Region" -> TextNode.valueOf(place.region());
      case "AWS::AccountId" -> TextNode.valueOf(place.account());
      case "AWS::StackName" -> TextNode.valueOf(place.stack());
      case "AWS::StackId" ->
          TextNode.valueOf(place.arn("cloudformation", "stack/" + place.stack() + "/local"));
      case "AWS::Partition" -> TextNode.valueOf("aws");
      case "AWS::URLSuffix" -> TextNode.valueOf("amazonaws.com");
      case "AWS::NotificationARNs" -> JSON.arrayNode();
      case "AWS::NoValue" -> MissingNode.getInstance();
      default -> null;
    };
  }

  private @Nullable Made living(String name, int line) {
    var resource = made.get(name);
    if (resource == null) {
      wrong(line, "'" + name + "' is no parameter and no resource of this template");
      return null;
    }
    if (!exists(resource.condition(), line)) {
      wrong(
          line,
          "'"
              + name
              + "' does not exist here: its condition "
              + resource.condition()
              + " is false");
      return null;
    }
    return resource;
  }

  /** The name a resource bears: the one its property gives, else stack and logical id. */
  String physicalName(String logicalId, int line) {
    var resource = made.get(logicalId);
    var plain = place.stack() + "-" + logicalId;
    // S3, "General purpose bucket naming rules": no capital letters.
    var fallback =
        resource != null && resource.type().equals("AWS::S3::Bucket")
            ? plain.toLowerCase(Locale.ROOT)
            : plain;
    var property = resource == null ? null : Attributes.nameProperty(resource.type());
    var given =
        property == null
            ? null
            : document.fields("Resources").fields(logicalId).fields("Properties").get(property);
    if (given == null) {
      return fallback;
    }
    if (!underWay.add("name " + logicalId)) {
      wrong(line, "the name of '" + logicalId + "' depends on itself");
      return fallback;
    }
    var name = resolve(given);
    underWay.remove("name " + logicalId);
    return name.isMissingNode() ? fallback : name.asText();
  }

  private JsonNode getAtt(Value.Call call) {
    if (call.argument() instanceof Value.Items items && items.values().size() == 2) {
      return getAtt(text(items.values().get(0)), text(items.values().get(1)), call.line());
    }
    if (call.argument() instanceof Value.Scalar scalar && scalar.value().asText().contains(".")) {
      var parts = scalar.value().asText().split("\\.", 2);
      return getAtt(parts[0], parts[1], call.line());
    }
    return wrong(call.line(), "GetAtt takes a resource and an attribute: Table.Arn");
  }

  private JsonNode getAtt(String name, String attribute, int line) {
    if (made.containsKey(name + "." + attribute)) {
      return ref(name + "." + attribute, line);
    }
    var resource = living(name, line);
    if (resource == null) {
      return TextNode.valueOf(name);
    }
    var answer = Attributes.get(resource.type(), physicalName(name, line), attribute, place);
    if (answer == null || (attribute.equals("StreamArn") && !hasStream(name))) {
      return wrong(
          line, "'" + name + "' (" + resource.type() + ") has no attribute '" + attribute + "'");
    }
    return TextNode.valueOf(answer);
  }

  private boolean hasStream(String table) {
    return document
            .fields("Resources")
            .fields(table)
            .fields("Properties")
            .get("StreamSpecification")
        != null;
  }

  private JsonNode sub(Value.Call call) {
    var variables = Map.<String, Value>of();
    String text;
    if (call.argument() instanceof Value.Items items
        && items.values().size() == 2
        && items.values().get(1) instanceof Value.Fields fields) {
      text = text(items.values().get(0));
      variables = fields.values();
    } else if (call.argument() instanceof Value.Scalar scalar) {
      text = scalar.value().asText();
    } else {
      return wrong(call.line(), "Sub takes a text, or a text and a mapping");
    }
    var filled = new StringBuilder();
    var matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      var name = matcher.group(1);
      String answer;
      if (name.startsWith("!")) {
        answer = "${" + name.substring(1) + "}";
      } else if (variables.containsKey(name)) {
        answer = text(variables.get(name));
      } else if (name.contains(".")) {
        var parts = name.split("\\.", 2);
        answer = getAtt(parts[0], parts[1], call.line()).asText();
      } else {
        answer = textOf(ref(name, call.line()), call.line());
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(answer));
    }
    matcher.appendTail(filled);
    return TextNode.valueOf(filled.toString());
  }

  private JsonNode join(Value.Call call) {
    var parts = items(call, 2, 2);
    if (parts.size() < 2) {
      return TextNode.valueOf("");
    }
    var list = resolve(parts.get(1));
    if (!list.isArray()) {
      return wrong(call.line(), "Join takes a delimiter and a list");
    }
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(textOf(item, call.line())));
    return TextNode.valueOf(String.join(text(parts.get(0)), texts));
  }

  private JsonNode select(Value.Call call) {
    var parts = items(call, 2, 2);
    if (parts.size() < 2) {
      return TextNode.valueOf("");
    }
    var index = text(parts.get(0));
    var list = resolve(parts.get(1));
    if (!index.matches("[0-9]{1,6}") || !list.isArray() || list.size() <= Integer.parseInt(index)) {
      return wrong(call.line(), "Select finds no item " + index + " in " + list);
    }
    return list.get(Integer.parseInt(index));
  }

  private JsonNode split(Value.Call call) {
    var parts = items(call, 2, 2);
    if (parts.size() < 2) {
      return JSON.arrayNode();
    }
    ArrayNode list = JSON.arrayNode();
    for (var piece : text(parts.get(1)).split(Pattern.quote(text(parts.get(0))), -1)) {
      list.add(piece);
    }
    return list;
  }

  private JsonNode choose(Value.Call call) {
    var parts = items(call, 3, 3);
    if (parts.size() < 3) {
      return TextNode.valueOf("");
    }
    return resolve(isTrue(text(parts.get(0)), call.line()) ? parts.get(1) : parts.get(2));
  }

  private JsonNode findInMap(Value.Call call) {
    var parts = items(call, 3, 3);
    if (parts.size() < 3) {
      return TextNode.valueOf("");
    }
    var keys = parts.stream().map(this::text).toList();
    var found =
        document.fields("Mappings").fields(keys.get(0)).fields(keys.get(1)).get(keys.get(2));
    return found == null
        ? wrong(call.line(), "the mappings have no " + String.join(" / ", keys))
        : resolve(found);
  }

  private List<Value> items(Value.Call call, int least, int most) {
    if (call.argument() instanceof Value.Items items
        && items.values().size() >= least
        && items.values().size() <= most) {
      return items.values();
    }
    wrong(
        call.line(),
        call.function()
            + " takes a list of "
            + (least == most ? least : least + " to " + most)
            + " values");
    return List.of();
  }

  private String text(Value value) {
    return textOf(resolve(value), value.line());
  }

  private String textOf(JsonNode value, int line) {
    if (value.isContainerNode()) {
      wrong(line, "a text is needed here, not " + value);
      return "";
    }
    return value.isMissingNode() ? "" : value.asText();
  }

  private JsonNode wrong(int line, String message) {
    findings.add(new Finding(line, message));
    return TextNode.valueOf("");
  }

  /**
   * Finds references to what the template does not have, everywhere in the value and in both
   * branches of every choice, whatever the conditions say here.
   */
  void checkNames(Value value) {
    switch (value) {
      case Value.Scalar scalar -> {}
      case Value.Items items -> items.values().forEach(this::checkNames);
      case Value.Fields fields -> fields.values().values().forEach(this::checkNames);
      case Value.Call call -> {
        checkNames(call.argument());
        for (var name : namesIn(call)) {
          if (!parameters.containsKey(name) && pseudo(name) == null && !made.containsKey(name)) {
            wrong(call.line(), "'" + name + "' is no parameter and no resource of this template");
          }
        }
      }
    }
  }

  private static Set<String> namesIn(Value.Call call) {
    return switch (call.function()) {
      case "Ref" ->
          call.argument() instanceof Value.Scalar scalar
              ? Set.of(scalar.value().asText())
              : Set.of();
      case "GetAtt" ->
          switch (call.argument()) {
            case Value.Scalar scalar -> Set.of(scalar.value().asText().split("\\.", 2)[0]);
            case Value.Items items
                when !items.values().isEmpty()
                    && items.values().getFirst() instanceof Value.Scalar scalar ->
                Set.of(scalar.value().asText());
            case Value.Items items -> Set.of();
            case Value.Fields fields -> Set.of();
            case Value.Call nested -> Set.of();
          };
      case "Sub" -> {
        var argument = call.argument();
        var own = Set.<String>of();
        if (argument instanceof Value.Items items && items.values().size() == 2) {
          own =
              items.values().get(1) instanceof Value.Fields fields
                  ? fields.values().keySet()
                  : Set.of();
          argument = items.values().getFirst();
        }
        var given = own;
        yield argument instanceof Value.Scalar scalar
            ? VARIABLE
                .matcher(scalar.value().asText())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.startsWith("!") && !given.contains(name))
                .map(name -> name.split("\\.", 2)[0])
                .collect(Collectors.toSet())
            : Set.of();
      }
      default -> Set.of();
    };
  }
}
