package dev.daypass.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a whole definition and lists all that is wrong. A type or field that the interpreter does
 * not run is a finding, so that no field is ever ignored.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html">Using
 *     Amazon States Language to define Step Functions workflows</a>
 */
final class DefinitionCheck {
  private static final Set<String> TOP =
      Set.of("StartAt", "States", "Comment", "Version", "QueryLanguage", "TimeoutSeconds");
  private static final Set<String> COMMON = Set.of("Type", "Comment", "QueryLanguage");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "Task",
          Set.of(
              "Resource",
              "Arguments",
              "TimeoutSeconds",
              "HeartbeatSeconds",
              "Retry",
              "Catch",
              "Assign",
              "Output",
              "Next",
              "End"),
          "Pass",
          Set.of("Assign", "Output", "Next", "End"),
          "Wait",
          Set.of("Seconds", "Timestamp", "Assign", "Output", "Next", "End"),
          "Choice",
          Set.of("Choices", "Default", "Assign", "Output"),
          "Succeed",
          Set.of("Output"),
          "Fail",
          Set.of("Error", "Cause"));
  private static final Set<String> RULE =
      Set.of("Condition", "Next", "Assign", "Output", "Comment");
  private static final Set<String> CATCHER =
      Set.of("ErrorEquals", "Next", "Assign", "Output", "Comment");
  private static final Set<String> RETRIER =
      Set.of(
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy",
          "Comment");
  private static final Set<String> ARGUMENTS = Set.of("FunctionName", "Payload");

  /**
   * "Quotas related to state machines": definition size; name length of a state: Amazon States
   * Language. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
   */
  private static final int LONGEST_DEFINITION = 1_048_576;

  private static final int LONGEST_NAME = 80;
  private static final long LONGEST_SECONDS = 99_999_999;

  private final List<Finding> findings = new ArrayList<>();
  private final JsonNode root;

  private DefinitionCheck(JsonNode root) {
    this.root = root;
  }

  /** All that is wrong with a definition; empty if it can run. */
  static List<Finding> findings(String definition) {
    if (definition.length() > LONGEST_DEFINITION) {
      return List.of(new Finding(Finding.SCHEMA, "The definition is larger than 1 MiB", "/"));
    }
    try {
      var root = Json.read(definition);
      if (!root.isObject()) {
        return List.of(new Finding(Finding.SCHEMA, "Definition must be a valid JSON object", "/"));
      }
      var check = new DefinitionCheck(root);
      check.machine();
      return List.copyOf(check.findings);
    } catch (JsonProcessingException e) {
      return List.of(new Finding(Finding.NOT_JSON, e.getOriginalMessage(), "/"));
    }
  }

  private void machine() {
    known(root, "", TOP);
    require(root, "", "StartAt", "States");
    text(root, "", "StartAt");
    text(root, "", "Comment");
    if (root.has("Version") && !root.path("Version").asText().equals("1.0")) {
      schema("Version must be \"1.0\"", "/Version");
    }
    if (!root.path("QueryLanguage").asText().equals("JSONata")) {
      schema("QueryLanguage must be set to JSONata; JSONPath is not supported", "/QueryLanguage");
    }
    integer(root, "", "TimeoutSeconds", 1, LONGEST_SECONDS);
    var states = root.path("States");
    if (!root.has("States")) {
      return;
    }
    if (!states.isObject() || states.isEmpty()) {
      schema("States must be an object with at least one state", "/States");
      return;
    }
    for (var entry : states.properties()) {
      state(entry.getKey(), entry.getValue(), pointer("/States", entry.getKey()));
    }
    transitions(states);
  }

  private void state(String name, JsonNode state, String at) {
    if (name.length() > LONGEST_NAME) {
      schema("The name of a state has at most " + LONGEST_NAME + " characters", at);
    }
    if (!state.isObject()) {
      schema("A state must be an object", at);
      return;
    }
    require(state, at, "Type");
    var type = state.path("Type").asText();
    var fields = FIELDS.get(type);
    if (fields == null) {
      if (state.has("Type")) {
        schema("The state type '" + type + "' is not supported", at + "/Type");
      }
      return;
    }
    known(state, at, Stream.concat(COMMON.stream(), fields.stream()).collect(Collectors.toSet()));
    text(state, at, "Comment");
    if (state.has("QueryLanguage") && !state.path("QueryLanguage").asText().equals("JSONata")) {
      schema("QueryLanguage must be JSONata", at + "/QueryLanguage");
    }
    if (fields.contains("End")) {
      nextOrEnd(state, at);
    }
    exit(state, at, type.equals("Task"), false);
    switch (type) {
      case "Task" -> task(state, at);
      case "Wait" -> waiting(state, at);
      case "Choice" -> choice(state, at);
      case "Fail" -> {
        stringOrExpression(state, at, "Error");
        stringOrExpression(state, at, "Cause");
      }
      default -> {}
    }
  }

  private void nextOrEnd(JsonNode state, String at) {
    if (state.has("Next") == state.has("End")) {
      schema("A state needs one of Next and End", at);
    }
    text(state, at, "Next");
    if (state.has("End") && !(state.path("End").isBoolean() && state.path("End").asBoolean())) {
      schema("End must be true", at + "/End");
    }
  }

  private void task(JsonNode task, String at) {
    require(task, at, "Resource", "Arguments");
    var resource = task.path("Resource").asText();
    var waits = resource.equals(Machine.INVOKE_AND_WAIT);
    if (task.has("Resource") && !waits && !resource.equals(Machine.INVOKE)) {
      schema("The resource '" + resource + "' is not supported", at + "/Resource");
    }
    arguments(task.path("Arguments"), at + "/Arguments", waits);
    var timeout = seconds(task, at, "TimeoutSeconds", 1);
    var heartbeat = seconds(task, at, "HeartbeatSeconds", 1);
    if (timeout.isNumber() && heartbeat.isNumber() && heartbeat.asLong() >= timeout.asLong()) {
      schema("HeartbeatSeconds must be smaller than TimeoutSeconds", at + "/HeartbeatSeconds");
    }
    list(task, at, "Retry", this::retrier);
    list(task, at, "Catch", this::catcher);
  }

  private void arguments(JsonNode arguments, String at, boolean waits) {
    if (arguments.isMissingNode()) {
      return;
    }
    if (arguments.isObject()) {
      known(arguments, at, ARGUMENTS);
      require(arguments, at, "FunctionName");
      stringOrExpression(arguments, at, "FunctionName");
      expressions(arguments.path("Payload"), at + "/Payload", false, false);
    } else if (isExpression(arguments)) {
      expressions(arguments, at, false, false);
    } else {
      schema("Arguments must be an object or a JSONata expression", at);
    }
    // https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
    if (waits && !readsContext(arguments)) {
      schema("Nothing passes $states.context.Task.Token on, so no answer could ever come", at);
    }
  }

  private static boolean readsContext(JsonNode node) {
    if (node.isTextual()) {
      return isExpression(node) && Expression.in(node.asText()).readsContext();
    }
    for (var child : node) {
      if (readsContext(child)) {
        return true;
      }
    }
    return false;
  }

  private void retrier(JsonNode retrier, String at) {
    known(retrier, at, RETRIER);
    integer(retrier, at, "IntervalSeconds", 1, LONGEST_SECONDS);
    integer(retrier, at, "MaxAttempts", 0, LONGEST_SECONDS);
    integer(retrier, at, "MaxDelaySeconds", 1, 31_622_400);
    var rate = retrier.path("BackoffRate");
    if (!rate.isMissingNode() && (!rate.isNumber() || rate.asDouble() < 1.0)) {
      schema("BackoffRate must be a number of at least 1.0", at + "/BackoffRate");
    }
    var jitter = retrier.path("JitterStrategy");
    if (!jitter.isMissingNode() && !Set.of("FULL", "NONE").contains(jitter.asText())) {
      schema("JitterStrategy must be FULL or NONE", at + "/JitterStrategy");
    }
  }

  private void catcher(JsonNode catcher, String at) {
    known(catcher, at, CATCHER);
    require(catcher, at, "Next");
    text(catcher, at, "Next");
    exit(catcher, at, false, true);
  }

  /** A list of retriers or catchers, with what both have: {@code ErrorEquals}. */
  private void list(JsonNode state, String at, String field, Each each) {
    var items = state.path(field);
    if (items.isMissingNode()) {
      return;
    }
    if (!items.isArray() || items.isEmpty()) {
      schema(field + " must be a list that is not empty", at + "/" + field);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      var place = at + "/" + field + "/" + i;
      if (!items.get(i).isObject()) {
        schema("This must be an object", place);
        continue;
      }
      errorEquals(items.get(i), place, i == items.size() - 1);
      each.check(items.get(i), place);
    }
  }

  private void errorEquals(JsonNode item, String at, boolean last) {
    require(item, at, "ErrorEquals");
    var names = item.path("ErrorEquals");
    var place = at + "/ErrorEquals";
    if (names.isMissingNode()) {
      return;
    }
    if (!names.isArray() || names.isEmpty()) {
      schema("ErrorEquals must be a list that is not empty", place);
      return;
    }
    for (var name : names) {
      var text = name.asText();
      if (!name.isTextual() || text.isEmpty()) {
        schema("ErrorEquals lists error names", place);
      } else if (text.startsWith("States.") && !Failure.RESERVED.contains(text)) {
        schema("'" + text + "' is not an error that a Task can report", place);
      } else if (text.equals(Failure.ALL) && names.size() > 1) {
        schema("States.ALL must stand alone", place);
      } else if (text.equals(Failure.ALL) && !last) {
        schema("States.ALL must come last", place);
      }
    }
  }

  private void waiting(JsonNode wait, String at) {
    if (wait.has("Seconds") == wait.has("Timestamp")) {
      schema("A Wait state needs one of Seconds and Timestamp", at);
    }
    seconds(wait, at, "Seconds", 0);
    var timestamp = wait.path("Timestamp");
    if (isExpression(timestamp)) {
      expressions(timestamp, at + "/Timestamp", false, false);
    } else if (!timestamp.isMissingNode() && Timestamps.parse(timestamp) == null) {
      schema("Timestamp must be an ISO-8601 time with its offset", at + "/Timestamp");
    }
  }

  private void choice(JsonNode choice, String at) {
    text(choice, at, "Default");
    require(choice, at, "Choices");
    var rules = choice.path("Choices");
    if (!rules.isMissingNode() && (!rules.isArray() || rules.isEmpty())) {
      schema("Choices must be a list that is not empty", at + "/Choices");
      return;
    }
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var place = at + "/Choices/" + i;
      if (!rule.isObject()) {
        schema("A choice rule must be an object", place);
        continue;
      }
      known(rule, place, RULE);
      require(rule, place, "Condition", "Next");
      text(rule, place, "Next");
      var condition = rule.path("Condition");
      if (isExpression(condition)) {
        expressions(condition, place + "/Condition", false, false);
      } else if (!condition.isMissingNode() && !condition.isBoolean()) {
        schema("Condition must be true, false or a JSONata expression", place + "/Condition");
      }
      exit(rule, place, false, false);
    }
  }

  /** {@code Assign} and {@code Output}, wherever they stand. */
  private void exit(JsonNode node, String at, boolean result, boolean errorOutput) {
    expressions(node.path("Output"), at + "/Output", result, errorOutput);
    var assign = node.path("Assign");
    if (assign.isMissingNode()) {
      return;
    }
    if (!assign.isObject()) {
      schema("Assign must be an object", at + "/Assign");
      return;
    }
    for (var entry : assign.properties()) {
      var place = pointer(at + "/Assign", entry.getKey());
      if (!isVariableName(entry.getKey())) {
        schema("'" + entry.getKey() + "' cannot be the name of a variable", place);
      }
      expressions(entry.getValue(), place, result, errorOutput);
    }
  }

  /**
   * "Variable name syntax" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
   */
  private static boolean isVariableName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && !name.equals("states")
        && Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints()
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private void expressions(JsonNode node, String at, boolean result, boolean errorOutput) {
    if (node.isObject()) {
      node.properties()
          .forEach(e -> expressions(e.getValue(), pointer(at, e.getKey()), result, errorOutput));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        expressions(node.get(i), at + "/" + i, result, errorOutput);
      }
    } else if (isExpression(node)) {
      Expression.in(node.asText()).problems(result, errorOutput).forEach(p -> schema(p, at));
    } else if (node.isTextual() && Expression.isMalformed(node.asText())) {
      schema("A JSONata expression starts with {% and ends with %}, without spaces around", at);
    }
  }

  private static boolean isExpression(JsonNode node) {
    return node.isTextual() && Expression.isExpression(node.asText());
  }

  private void stringOrExpression(JsonNode node, String at, String field) {
    text(node, at, field);
    expressions(node.path(field), at + "/" + field, false, false);
  }

  /** A number of seconds or an expression for it; answers the number, or a missing node. */
  private JsonNode seconds(JsonNode node, String at, String field, long least) {
    if (isExpression(node.path(field))) {
      expressions(node.path(field), at + "/" + field, false, false);
      return MissingNode.getInstance();
    }
    integer(node, at, field, least, LONGEST_SECONDS);
    return node.path(field);
  }

  private void integer(JsonNode node, String at, String field, long least, long most) {
    var value = node.path(field);
    if (!value.isMissingNode()
        && (!value.canConvertToLong()
            || !value.isIntegralNumber()
            || value.asLong() < least
            || value.asLong() > most)) {
      schema(field + " must be a whole number from " + least + " to " + most, at + "/" + field);
    }
  }

  private void text(JsonNode node, String at, String field) {
    if (node.has(field) && node.path(field).getNodeType() != JsonNodeType.STRING) {
      schema(field + " must be a string", at + "/" + field);
    }
  }

  private void known(JsonNode node, String at, Set<String> fields) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!fields.contains(field)) {
                schema("Field '" + field + "' is not supported", pointer(at, field));
              }
            });
  }

  private void require(JsonNode node, String at, String... fields) {
    var missing = Stream.of(fields).filter(f -> !node.has(f)).toList();
    if (!missing.isEmpty()) {
      schema("These fields are required: " + missing, at.isEmpty() ? "/" : at);
    }
  }

  /** Every target exists, every state can be reached, and some state ends the execution. */
  private void transitions(JsonNode states) {
    target(states, root.path("StartAt"), "/StartAt");
    var reached = new HashSet<String>();
    var open = new ArrayDeque<String>();
    open.add(root.path("StartAt").asText());
    while (!open.isEmpty()) {
      var name = open.remove();
      if (states.has(name) && reached.add(name)) {
        targets(states.path(name)).values().forEach(n -> open.add(n.asText()));
      }
    }
    var ends = false;
    for (var entry : states.properties()) {
      var state = entry.getValue();
      var at = pointer("/States", entry.getKey());
      targets(state).forEach((place, node) -> target(states, node, at + place));
      if (!reached.contains(entry.getKey())) {
        add(Finding.MISSING_TARGET, "State \"" + entry.getKey() + "\" is not reachable.", at);
      }
      ends |= state.has("End") || Set.of("Succeed", "Fail").contains(state.path("Type").asText());
    }
    if (!ends) {
      schema("No state ends the execution: one needs End, or the type Succeed or Fail", "/States");
    }
  }

  private static Map<String, JsonNode> targets(JsonNode state) {
    var targets = new LinkedHashMap<String, JsonNode>();
    for (var field : List.of("Next", "Default")) {
      if (state.has(field)) {
        targets.put("/" + field, state.path(field));
      }
    }
    for (var field : List.of("Choices", "Catch")) {
      for (int i = 0; i < state.path(field).size(); i++) {
        if (state.path(field).path(i).has("Next")) {
          targets.put("/" + field + "/" + i + "/Next", state.path(field).path(i).path("Next"));
        }
      }
    }
    return targets;
  }

  private void target(JsonNode states, JsonNode name, String at) {
    if (name.isTextual() && !states.has(name.asText())) {
      add(
          Finding.MISSING_TARGET,
          "Missing target: there is no state \"" + name.asText() + "\"",
          at);
    }
  }

  private void schema(String message, String at) {
    add(Finding.SCHEMA, message, at);
  }

  private void add(String code, String message, String at) {
    findings.add(new Finding(code, message, at));
  }

  /** RFC 6901, section 3. */
  private static String pointer(String at, String field) {
    return at + "/" + field.replace("~", "~0").replace("/", "~1");
  }

  private interface Each {
    void check(JsonNode item, String at);
  }
}
