package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.definition;
import static dev.daypass.local.states.Sandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states that invoke nothing, variables, the context object, and limits of an execution. */
class StateTest {
  private final Sandbox sandbox = new Sandbox();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private String status(String arn) {
    return sandbox.describe(arn).path("status").asText();
  }

  @Test
  void passesItsInputOn() {
    var arn = sandbox.start("'First': {'Type': 'Pass', 'End': true}", "{'a': [1, null, 0.5]}");
    sandbox.settle();

    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("{'a': [1, null, 0.5]}"));
    assertThat(sandbox.types(arn))
        .containsExactly(
            "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
  }

  @Test
  void passesAnyJsonAsOutput() {
    assertThat(
            sandbox.output(
                sandbox.run(
                    "'First': {'Type': 'Pass', 'Output': [true, {'a': '{% $states.input %}'}, 'x'],"
                        + " 'End': true}",
                    "7")))
        .isEqualTo(json("[true, {'a': 7}, 'x']"));
  }

  @Test
  void startsWithAnEmptyObjectWhenThereIsNoInput() {
    var machine = sandbox.machine(definition("'First': {'Type': 'Succeed'}"));
    var arn =
        sandbox.call("StartExecution", "stateMachineArn", machine).path("executionArn").asText();
    sandbox.settle();

    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("{}"));
  }

  @Test
  void seesVariablesAsTheyWereOnEntryAndChangesThemAfterwards() {
    // The example of "Evaluation order in an assign field".
    var output =
        sandbox.output(
            sandbox.run(
                """
                'First': {'Type': 'Pass', 'Assign': {'x': 3, 'a': 6}, 'Next': 'Second'},
                'Second': {'Type': 'Pass', 'Assign': {'x': '{% $a %}', 'nextX': '{% $x %}'},
                  'Output': '{% $x %}', 'Next': 'Third'},
                'Third': {'Type': 'Succeed',
                  'Output': ['{% $states.input %}', '{% $x %}', '{% $nextX %}']}
                """,
                "{}"));

    assertThat(output).isEqualTo(json("[3, 6, 3]"));
  }

  @Test
  void recordsWhatItAssigns() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Pass', 'Assign': {'x': {'y': 1}, 's': 'text'}, 'End': true}", "{}");
    sandbox.settle();

    assertThat(sandbox.details(arn, "PassStateExited").path("assignedVariables"))
        .isEqualTo(Json.object().put("x", "{\"y\":1}").put("s", "\"text\""));
  }

  @Test
  void choosesTheFirstTrueRule() {
    var states =
        """
        'First': {'Type': 'Choice', 'Assign': {'by': 'default'}, 'Output': 'none',
          'Choices': [
            {'Condition': '{% $states.input > 10 %}', 'Next': 'End', 'Output': 'big',
              'Assign': {'by': 'rule'}},
            {'Condition': '{% $states.input > 5 %}', 'Next': 'End', 'Assign': {'by': 'rule'}},
            {'Condition': false, 'Next': 'End'}],
          'Default': 'End'},
        'End': {'Type': 'Succeed', 'Output': ['{% $by %}', '{% $states.input %}']}
        """;

    assertThat(sandbox.output(sandbox.run(states, "11"))).isEqualTo(json("['rule', 'big']"));
    assertThat(sandbox.output(sandbox.run(states, "6"))).isEqualTo(json("['rule', 6]"));
    assertThat(sandbox.output(sandbox.run(states, "1"))).isEqualTo(json("['default', 'none']"));
  }

  @Test
  void failsWhenNoRuleIsTrueAndThereIsNoDefault() {
    var execution =
        sandbox.run(
            "'First': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 1 %}',"
                + " 'Next': 'End'}]}, 'End': {'Type': 'Succeed'}",
            "2");

    assertThat(execution.path("error").asText()).isEqualTo("States.Runtime");
    assertThat(execution.path("cause").asText()).contains("'First'", "does not point to a next");
  }

  @Test
  void failsWhenAConditionIsNeitherTrueNorFalse() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input %}',"
                + " 'Next': 'End'}]}, 'End': {'Type': 'Succeed'}",
            "2");
    sandbox.settle();

    assertThat(sandbox.describe(arn).path("cause").asText())
        .isEqualTo(
            "An error occurred while executing the state 'First' (entered at the event id #2). The"
                + " JSONata expression '$states.input' specified for the field"
                + " 'Choices/0/Condition' returned an unexpected result type. Expected 'boolean',"
                + " but was 'number' for value: 2");
    assertThat(sandbox.details(arn, "EvaluationFailed").path("location").asText())
        .isEqualTo("Choices/0/Condition");
  }

  @Test
  void waitsForSeconds() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Wait', 'Seconds': 3600, 'Output': '{% $millis() %}',"
                + " 'Assign': {'x': 1}, 'Next': 'End'}, 'End': {'Type': 'Succeed', 'Output':"
                + " ['{% $x %}', '{% $states.input %}']}",
            "{}");
    var before = sandbox.timeline.instant();
    sandbox.advance(Duration.ofSeconds(3599));
    assertThat(status(arn)).isEqualTo("RUNNING");
    sandbox.advance(Duration.ofSeconds(20));

    var output = sandbox.output(sandbox.describe(arn));
    assertThat(output.path(0).asInt()).isEqualTo(1);
    assertThat(Instant.ofEpochMilli(output.path(1).asLong())).isEqualTo(before.plusSeconds(3600));
    assertThat(sandbox.types(arn)).contains("WaitStateEntered", "WaitStateExited");
  }

  @Test
  void waitsUntilATimestamp() {
    var until = sandbox.timeline.instant().plus(Duration.ofDays(2));
    var arn =
        sandbox.start(
            "'First': {'Type': 'Wait', 'Timestamp': '{% $states.input %}', 'End': true}",
            "'" + until + "'");
    sandbox.advance(Duration.ofDays(1));
    assertThat(status(arn)).isEqualTo("RUNNING");
    sandbox.advance(Duration.ofDays(1).plusSeconds(1));

    assertThat(status(arn)).isEqualTo("SUCCEEDED");
  }

  @Test
  void doesNotWaitForWhatHasPassed() {
    assertThat(
            status(
                sandbox
                    .run(
                        "'First': {'Type': 'Wait', 'Timestamp': '2020-01-01T00:00:00+01:00', 'Next':"
                            + " 'Second'}, 'Second': {'Type': 'Wait', 'Seconds': 0, 'End': true}",
                        "{}")
                    .path("executionArn")
                    .asText()))
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void failsOnAWaitThatIsNoTime() {
    for (var field :
        List.of(
            "'Seconds': '{% -1 %}'",
            "'Seconds': '{% 1.5 %}'",
            "'Timestamp': '{% 5 %}'",
            "'Timestamp': '{% ´2020-01-01T00:00:00´ %}'")) {
      assertThat(
              sandbox
                  .run("'First': {'Type': 'Wait', " + field + ", 'End': true}", "{}")
                  .path("error")
                  .asText())
          .as(field)
          .isEqualTo("States.QueryEvaluationError");
    }
  }

  @Test
  void succeeds() {
    var arn = sandbox.start("'First': {'Type': 'Succeed', 'Output': '{% 1 + 1 %}'}", "{}");
    sandbox.settle();

    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("2"));
    assertThat(sandbox.types(arn))
        .containsExactly(
            "ExecutionStarted", "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded");
  }

  @Test
  void failsWithErrorAndCause() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Fail', 'Error': 'Daypass.Broken', 'Cause': '{% ´no: ´ & $states.input %}'}",
            "'why'");
    sandbox.settle();

    var execution = sandbox.describe(arn);
    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(execution.path("error").asText()).isEqualTo("Daypass.Broken");
    assertThat(execution.path("cause").asText()).isEqualTo("no: why");
    assertThat(execution.has("output")).isFalse();
    assertThat(sandbox.types(arn))
        .containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
  }

  @Test
  void failsWithoutErrorAndCause() {
    var arn = sandbox.start("'First': {'Type': 'Fail'}", "{}");
    sandbox.settle();

    assertThat(sandbox.details(arn, "ExecutionFailed")).isEqualTo(json("{}"));
  }

  @Test
  void failsWhenAnExpressionForTheErrorIsNoString() {
    assertThat(
            sandbox
                .run("'First': {'Type': 'Fail', 'Error': '{% 1 %}'}", "{}")
                .path("error")
                .asText())
        .isEqualTo("States.QueryEvaluationError");
  }

  @Test
  void showsTheContextObject() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Wait', 'Seconds': 10, 'Output': '{% $states.context %}', 'End':"
                + " true}",
            "{'a': 1}");
    sandbox.advance(Duration.ofSeconds(11));

    var execution = sandbox.describe(arn);
    var context = sandbox.output(execution);
    assertThat(context.path("Execution").path("Id").asText()).isEqualTo(arn);
    assertThat(context.path("Execution").path("Input")).isEqualTo(json("{'a': 1}"));
    assertThat(context.path("Execution").path("Name")).isEqualTo(execution.path("name"));
    assertThat(context.path("Execution").path("RoleArn").asText()).isEqualTo(Sandbox.ROLE);
    assertThat(context.path("Execution").path("RedriveCount").asInt(-1)).isZero();
    assertThat(
            Instant.parse(context.path("Execution").path("StartTime").asText()).toEpochMilli()
                / 1000.0)
        .isEqualTo(execution.path("startDate").asDouble());
    assertThat(context.path("State").path("Name").asText()).isEqualTo("First");
    assertThat(Instant.parse(context.path("State").path("EnteredTime").asText()))
        .isBeforeOrEqualTo(sandbox.timeline.instant().minusSeconds(10));
    assertThat(context.path("StateMachine").path("Id"))
        .isEqualTo(execution.path("stateMachineArn"));
    assertThat(context.path("StateMachine").path("Name").asText()).isEqualTo("machine-0");
    assertThat(context.has("Task")).isFalse();
    assertThat(context.path("State").has("RetryCount")).isFalse();
  }

  @Test
  void endsAnExecutionWhoseTimeIsUp() {
    var arn =
        sandbox.startDefinition(
            definition("'First': {'Type': 'Wait', 'Seconds': 100, 'End': true}")
                .replace("\"StartAt\"", "\"TimeoutSeconds\": 60, \"StartAt\""),
            "{}");
    sandbox.advance(Duration.ofSeconds(61));

    var execution = sandbox.describe(arn);
    assertThat(execution.path("status").asText()).isEqualTo("TIMED_OUT");
    assertThat(execution.has("error")).isFalse();
    assertThat(sandbox.types(arn)).endsWith("WaitStateEntered", "ExecutionTimedOut");
    sandbox.advance(Duration.ofSeconds(60));
    assertThat(sandbox.types(arn)).endsWith("WaitStateEntered", "ExecutionTimedOut");
  }

  @Test
  void endsAnExecutionAfterAYear() {
    var arn = sandbox.start("'First': {'Type': 'Wait', 'Seconds': 99999999, 'End': true}", "{}");
    sandbox.advance(Duration.ofDays(366));

    assertThat(status(arn)).isEqualTo("TIMED_OUT");
  }

  @Test
  void failsWhenAnOutputIsTooLarge() {
    var largest = "'" + "x".repeat(262_142) + "'";
    var execution =
        sandbox.run(
            "'First': {'Type': 'Pass', 'Output': ['{% $states.input %}'], 'End': true}", largest);

    assertThat(execution.path("error").asText()).isEqualTo("States.DataLimitExceeded");
    assertThat(execution.path("cause").asText())
        .isEqualTo(
            "The state/task 'First' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
    assertThat(
            sandbox
                .run(
                    "'First': {'Type': 'Pass', 'Output': '{% $states.input %}', 'End': true}",
                    largest)
                .path("status")
                .asText())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void failsWhenWhatItAssignsIsTooLarge() {
    assertThat(
            sandbox
                .run(
                    "'First': {'Type': 'Pass', 'Assign': {'x': '{% $states.input %}'}, 'End': true}",
                    "'" + "x".repeat(262_142) + "'")
                .path("error")
                .asText())
        .isEqualTo("States.DataLimitExceeded");
  }

  @Test
  void failsWhenTheHistoryIsFull() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 1 %}',"
                + " 'Next': 'End'}], 'Default': 'First'}, 'End': {'Type': 'Succeed'}",
            "2");
    sandbox.settle();

    var execution = sandbox.describe(arn);
    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(execution.path("error").asText()).isEqualTo("States.Runtime");
    var last =
        sandbox
            .call("GetExecutionHistory", "executionArn", arn, "reverseOrder", true, "maxResults", 1)
            .path("events")
            .path(0);
    assertThat(last.path("id").asInt()).isEqualTo(25_000);
    assertThat(last.path("type").asText()).isEqualTo("ExecutionFailed");
  }
}
