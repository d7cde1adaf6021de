package dev.daypass.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An endpoint with functions written in the test and a clock that the test moves. */
final class Sandbox implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::123456789012:role/any";

  /** Functions by name; each takes and gives JSON text. */
  static final class Scripted implements Functions {
    final Map<String, UnaryOperator<String>> byName = new ConcurrentHashMap<>();
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public Result invoke(String function, String payload) {
      events.add(payload);
      var code = byName.get(function);
      if (code == null) {
        throw new AwsException("ResourceNotFoundException", 404, "Function not found: " + function);
      }
      try {
        return new Result(code.apply(payload), null);
      } catch (Thrown e) {
        return new Result(String.valueOf(e.getMessage()), "Unhandled");
      }
    }
  }

  /** What a function throws: its message is the whole error document. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown(String document) {
      super(document);
    }

    static Thrown of(String type) {
      return new Thrown(Json.object().put("errorType", type).put("errorMessage", "any").toString());
    }
  }

  final Timeline timeline;
  final Scripted functions = new Scripted();
  final StepFunctions stepFunctions;
  private int machines;

  /** Time stands still until the test moves it, however busy the computer is. */
  Sandbox() {
    this(new Timeline(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"))));
  }

  Sandbox(Timeline timeline) {
    this.timeline = timeline;
    this.stepFunctions =
        new StepFunctions(timeline, functions, "eu-central-1", "123456789012", new Random(1));
  }

  @Override
  public void close() {
    timeline.close();
  }

  /** JSON with apostrophes for quotes, so that it reads well in Java. */
  static JsonNode json(String text) {
    try {
      return Json.read(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** A definition whose first state is {@code First}; in expressions, quotes are {@code `´}. */
  static String definition(String states) {
    return ("{'QueryLanguage': 'JSONata', 'StartAt': 'First', 'States': {" + states + "}}")
        .replace('\'', '"')
        .replace('´', '\'');
  }

  JsonNode call(String operation, Object... members) {
    var input = Json.object();
    for (int i = 0; i < members.length; i += 2) {
      var name = (String) members[i];
      switch (members[i + 1]) {
        case String text -> input.put(name, text);
        case Integer number -> input.put(name, number);
        case Boolean flag -> input.put(name, flag);
        case JsonNode node -> input.set(name, node);
        default -> throw new AssertionError(members[i + 1]);
      }
    }
    return stepFunctions.handle(operation, input);
  }

  /** The error that a call answers with. */
  AwsException refused(String operation, Object... members) {
    var refusal = catchThrowableOfType(AwsException.class, () -> call(operation, members));
    assertThat(refusal).as(operation).isNotNull();
    return refusal;
  }

  /** Creates a machine and answers its ARN. */
  String machine(String definition) {
    return call(
            "CreateStateMachine",
            "name",
            "machine-" + machines++,
            "definition",
            definition,
            "roleArn",
            ROLE)
        .path("stateMachineArn")
        .asText();
  }

  /** Starts an execution of a new machine with these states and answers its ARN. */
  String start(String states, String input) {
    return startDefinition(definition(states), input);
  }

  String startDefinition(String definition, String input) {
    return call(
            "StartExecution",
            "stateMachineArn",
            machine(definition),
            "input",
            input.replace('\'', '"'))
        .path("executionArn")
        .asText();
  }

  /** Runs these states until nothing is left to do now, and describes the execution. */
  JsonNode run(String states, String input) {
    var arn = start(states, input);
    settle();
    return describe(arn);
  }

  JsonNode describe(String executionArn) {
    return call("DescribeExecution", "executionArn", executionArn);
  }

  /** The output of an execution that succeeded. */
  JsonNode output(JsonNode execution) {
    assertThat(execution.path("status").asText()).as(execution.toString()).isEqualTo("SUCCEEDED");
    try {
      return Json.read(execution.path("output").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  List<ObjectNode> events(String executionArn) {
    return StreamSupport.stream(
            call("GetExecutionHistory", "executionArn", executionArn, "maxResults", 1000)
                .path("events")
                .spliterator(),
            false)
        .map(ObjectNode.class::cast)
        .toList();
  }

  List<String> types(String executionArn) {
    return events(executionArn).stream().map(e -> e.path("type").asText()).toList();
  }

  /** The details of the last event of a type. */
  JsonNode details(String executionArn, String type) {
    @Nullable JsonNode details = null;
    for (var event : events(executionArn)) {
      if (event.path("type").asText().equals(type)) {
        for (var entry : event.properties()) {
          if (entry.getKey().endsWith("EventDetails")) {
            details = entry.getValue();
          }
        }
      }
    }
    assertThat(details).as(type).isNotNull();
    return Objects.requireNonNull(details);
  }

  void advance(Duration step) {
    try {
      timeline.advance(step);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  void settle() {
    try {
      timeline.settle();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
