package dev.daypass.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * Rewrites a state machine for an emulator that cannot run a Java function: each task that invokes
 * a function becomes one that sends a message and waits for its token.
 *
 * <pre>
 * arn:aws:states:::lambda:invoke                    the message's {@code reply} is {@code result}:
 *                                                   the worker answers {@code {"Payload": …}}
 * arn:aws:states:::lambda:invoke.waitForTaskToken   {@code reply} is {@code none}: the function
 *                                                   has the token in its payload, and the worker
 *                                                   answers only if the function fails
 *
 * message: {@code {"function": NAME, "payload": …, "token": …, "reply": …}}
 * </pre>
 *
 * <p>Nothing else changes: arguments stay the expressions they were, so do {@code Output}, {@code
 * Assign}, {@code TimeoutSeconds}, {@code Retry} and {@code Catch}. What is lost: a plain task has
 * no time-out of its function any more, and Lambda's own errors do not occur.
 */
final class TasksByToken {
  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String INVOKE_AND_WAIT = INVOKE + ".waitForTaskToken";

  private static final Set<String> KNOWN = Set.of("FunctionName", "Payload");

  private TasksByToken() {}

  /**
   * The rewritten definition.
   *
   * @throws IllegalArgumentException if a task is of another kind, or invokes with other arguments
   *     than a function's name and a payload
   */
  static String rewrite(String definition, TaskQueue queue) {
    try {
      var machine = Wire.JSON.readTree(definition);
      states(machine, queue);
      return Wire.JSON.writeValueAsString(machine);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("the definition is not JSON", malformed);
    }
  }

  private static void states(JsonNode machine, TaskQueue queue) {
    for (Iterator<JsonNode> each = machine.path("States").elements(); each.hasNext(); ) {
      var state = (ObjectNode) each.next();
      switch (state.path("Type").asText()) {
        case "Task" -> task(state, queue);
        case "Map", "Parallel" ->
            throw new IllegalArgumentException("states inside states are not looked for");
        default -> {}
      }
    }
  }

  private static void task(ObjectNode state, TaskQueue queue) {
    var resource = state.path("Resource").asText();
    if (!resource.equals(INVOKE) && !resource.equals(INVOKE_AND_WAIT)) {
      throw new IllegalArgumentException("a task that invokes no function: " + resource);
    }
    var arguments = state.path("Arguments");
    for (var argument : arguments.properties()) {
      if (!KNOWN.contains(argument.getKey())) {
        throw new IllegalArgumentException("an argument that would be lost: " + argument);
      }
    }
    var body = Wire.JSON.createObjectNode();
    body.set("function", arguments.path("FunctionName"));
    body.set("payload", arguments.path("Payload"));
    body.put("token", "{% $states.context.Task.Token %}");
    body.put("reply", resource.equals(INVOKE) ? "result" : "none");
    state.put("Resource", queue.resource());
    state.set("Arguments", queue.arguments(body));
  }
}
