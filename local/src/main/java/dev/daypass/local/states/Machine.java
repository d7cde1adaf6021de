package dev.daypass.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.states.State.Catcher;
import dev.daypass.local.states.State.Exit;
import dev.daypass.local.states.State.Retrier;
import dev.daypass.local.states.State.Rule;
import dev.daypass.local.states.State.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that can run: a machine that exists has no findings.
 *
 * @param timeoutSeconds how long an execution may take, or null
 */
record Machine(String startAt, Map<String, State> states, @Nullable Long timeoutSeconds) {
  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";

  Machine {
    states = Map.copyOf(states);
    if (!states.containsKey(startAt)) {
      throw new IllegalArgumentException("there is no state " + startAt);
    }
  }

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException if {@link DefinitionCheck} finds anything in it
   */
  static Machine of(String definition) {
    var findings = DefinitionCheck.findings(definition);
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(findings.toString());
    }
    try {
      var json = Json.read(definition);
      var states = new LinkedHashMap<String, State>();
      json.path("States").properties().forEach(e -> states.put(e.getKey(), state(e.getValue())));
      var timeout = json.path("TimeoutSeconds");
      return new Machine(
          json.path("StartAt").asText(),
          states,
          timeout.isMissingNode() ? null : timeout.longValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static State state(JsonNode json) {
    return switch (json.path("Type").asText()) {
      case "Task" ->
          new State.Task(
              json.path("Resource").asText().equals(INVOKE_AND_WAIT),
              new Template(json.path("Arguments")),
              template(json, "TimeoutSeconds"),
              template(json, "HeartbeatSeconds"),
              list(json, "Retry", Machine::retrier),
              list(
                  json,
                  "Catch",
                  c -> new Catcher(errorEquals(c), c.path("Next").asText(), exit(c))),
              exit(json),
              next(json, "Next"));
      case "Pass" -> new State.Pass(exit(json), next(json, "Next"));
      case "Wait" ->
          new State.Wait(
              template(json, "Seconds"),
              template(json, "Timestamp"),
              exit(json),
              next(json, "Next"));
      case "Choice" ->
          new State.Choice(
              list(
                  json,
                  "Choices",
                  r ->
                      new Rule(
                          new Template(r.path("Condition")), r.path("Next").asText(), exit(r))),
              next(json, "Default"),
              exit(json));
      case "Succeed" -> new State.Succeed(exit(json));
      case "Fail" -> new State.Fail(template(json, "Error"), template(json, "Cause"));
      default -> throw new IllegalArgumentException("unchecked type " + json.path("Type"));
    };
  }

  private static Retrier retrier(JsonNode json) {
    return new Retrier(
        errorEquals(json),
        json.path("IntervalSeconds").asInt(1),
        json.path("MaxAttempts").asInt(3),
        json.path("BackoffRate").asDouble(2.0),
        json.has("MaxDelaySeconds") ? (Integer) json.path("MaxDelaySeconds").asInt() : null,
        json.path("JitterStrategy").asText().equals("FULL"));
  }

  private static List<String> errorEquals(JsonNode json) {
    return list(json, "ErrorEquals", JsonNode::asText);
  }

  private static Exit exit(JsonNode json) {
    return new Exit(template(json, "Assign"), template(json, "Output"));
  }

  private static @Nullable Template template(JsonNode json, String field) {
    return json.has(field) ? new Template(json.path(field)) : null;
  }

  private static @Nullable String next(JsonNode json, String field) {
    return json.has(field) ? json.path(field).asText() : null;
  }

  private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    json.path(field).forEach(item -> items.add(each.apply(item)));
    return List.copyOf(items);
  }
}
