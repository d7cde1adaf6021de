package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.states.Sandbox.Thrown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Task states: invoking functions, results, tokens, time limits, retries and catches. */
class TaskTest {
  private final Sandbox sandbox = new Sandbox();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static String invoke(String more) {
    return """
        'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
          'Arguments': {'FunctionName': 'work', 'Payload': '{% $states.input %}'}, MORE}
        """
        .replace("MORE", more);
  }

  private static String await(String more) {
    return """
        'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          'Arguments': {'FunctionName': 'work',
            'Payload': {'token': '{% $states.context.Task.Token %}'}}, MORE}
        """
        .replace("MORE", more);
  }

  /** Starts an execution that waits for a token, and answers its ARN; see {@link #token()}. */
  private String waiting(String more) {
    sandbox.functions.byName.put("work", event -> "null");
    var arn = sandbox.start(await(more), "{}");
    sandbox.settle();
    return arn;
  }

  private String token() {
    return json(sandbox.functions.events.getLast()).path("token").asText();
  }

  private String status(String arn) {
    return sandbox.describe(arn).path("status").asText();
  }

  @Test
  void invokesTheFunctionAndPassesItsAnswerOn() {
    sandbox.functions.byName.put("work", event -> "{\"got\":" + event + "}");

    var output = sandbox.output(sandbox.run(invoke("'End': true"), "{'a': 1}"));

    assertThat(output)
        .isEqualTo(
            json(
                "{'ExecutedVersion': '$LATEST', 'Payload': {'got': {'a': 1}}, 'StatusCode': 200}"));
  }

  @Test
  void invokesWithAnEmptyObjectWhenThereIsNoPayload() {
    sandbox.functions.byName.put("work", event -> event);

    var output =
        sandbox.output(
            sandbox.run(
                "'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',"
                    + " 'Arguments': {'FunctionName': 'work'}, 'End': true}",
                "{}"));

    assertThat(output.path("Payload")).isEqualTo(json("{}"));
  }

  @Test
  void readsTheResultInOutputAndAssign() {
    sandbox.functions.byName.put("work", event -> "{\"x\":42}");

    var output =
        sandbox.output(
            sandbox.run(
                invoke(
                        "'Assign': {'x': '{% $states.result.Payload.x %}'},"
                            + " 'Output': '{% $states.result.Payload.x + 1 %}', 'Next': 'Second'")
                    + ", 'Second': {'Type': 'Succeed', 'Output': ['{% $x %}', '{% $states.input %}']}",
                "{}"));

    assertThat(output).isEqualTo(json("[42, 43]"));
  }

  @Test
  void recordsTheEventsOfAnInvocation() {
    sandbox.functions.byName.put("work", event -> "{}");
    var arn = sandbox.start(invoke("'TimeoutSeconds': 5, 'End': true"), "{}");
    sandbox.settle();

    assertThat(sandbox.types(arn))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded");
    assertThat(sandbox.events(arn))
        .extracting(e -> e.path("previousEventId").asInt())
        .containsExactly(0, 0, 2, 3, 4, 5, 6);
    assertThat(sandbox.details(arn, "TaskScheduled"))
        .isEqualTo(
            Json.object()
                .put("resourceType", "lambda")
                .put("resource", "invoke")
                .put("timeoutInSeconds", 5L)
                .put("region", "eu-central-1")
                .put("parameters", "{\"FunctionName\":\"work\",\"Payload\":{}}"));
  }

  @Test
  void failsWithTheErrorOfTheFunction() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw Thrown.of("dev.daypass.Busy");
        });

    var execution = sandbox.run(invoke("'End': true"), "{}");

    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(execution.path("error").asText()).isEqualTo("dev.daypass.Busy");
    assertThat(execution.path("cause").asText())
        .isEqualTo("{\"errorType\":\"dev.daypass.Busy\",\"errorMessage\":\"any\"}");
  }

  @Test
  void namesAnErrorWithoutTypeUnknown() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw new Thrown("{\"errorMessage\":\"any\"}");
        });

    assertThat(sandbox.run(invoke("'End': true"), "{}").path("error").asText())
        .isEqualTo("Lambda.Unknown");
  }

  @Test
  void namesErrorsOfTheServiceAfterLambda() {
    assertThat(sandbox.run(invoke("'End': true"), "{}").path("error").asText())
        .isEqualTo("Lambda.ResourceNotFoundException");

    sandbox.functions.byName.put(
        "work",
        event -> {
          throw new AwsException("TooManyRequestsException", 429, "any");
        });
    var execution = sandbox.run(invoke("'End': true"), "{}");
    assertThat(execution.path("error").asText()).isEqualTo("Lambda.TooManyRequestsException");
    assertThat(execution.path("cause").asText())
        .isEqualTo(
            "any (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException)");
  }

  @Test
  void namesWhatTheRunnerItselfThrowsUnknown() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw new NoClassDefFoundError("any");
        });

    assertThat(sandbox.run(invoke("'End': true"), "{}").path("error").asText())
        .isEqualTo("Lambda.Unknown");
  }

  @Test
  void catchesWithTheErrorOutputUnlessOutputSaysOtherwise() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw Thrown.of("Busy");
        });

    var plain =
        sandbox.output(
            sandbox.run(
                invoke("'End': true, 'Catch': [{'ErrorEquals': ['Busy'], 'Next': 'Caught'}]")
                    + ", 'Caught': {'Type': 'Succeed'}",
                "{}"));
    var shaped =
        sandbox.output(
            sandbox.run(
                invoke(
                        "'End': true, 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught',"
                            + " 'Assign': {'why': '{% $states.errorOutput.Error %}'},"
                            + " 'Output': {'in': '{% $states.input %}'}}]")
                    + ", 'Caught': {'Type': 'Succeed', 'Output': ['{% $why %}', '{% $states.input %}']}",
                "{'a': 1}"));

    assertThat(plain.path("Error").asText()).isEqualTo("Busy");
    assertThat(plain.path("Cause").asText()).contains("\"errorMessage\":\"any\"");
    assertThat(shaped).isEqualTo(json("['Busy', {'in': {'a': 1}}]"));
  }

  @Test
  void triesTheCatchersInOrder() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw Thrown.of("Busy");
        });

    var output =
        sandbox.output(
            sandbox.run(
                invoke(
                        "'End': true, 'Catch': [{'ErrorEquals': ['States.Timeout', 'Other'], 'Next': 'A'},"
                            + " {'ErrorEquals': ['States.TaskFailed'], 'Next': 'B'},"
                            + " {'ErrorEquals': ['States.ALL'], 'Next': 'A'}]")
                    + ", 'A': {'Type': 'Succeed', 'Output': 'a'}, 'B': {'Type': 'Succeed', 'Output': 'b'}",
                "{}"));

    assertThat(output.asText()).isEqualTo("b");
  }

  @Test
  void retriesWithGrowingDelaysUpToTheLongest() {
    var at = failingUntilAttempt(5);
    var arn =
        sandbox.start(
            invoke(
                "'End': true, 'Retry': [{'ErrorEquals': ['Busy'], 'IntervalSeconds': 2,"
                    + " 'MaxAttempts': 4, 'BackoffRate': 3, 'MaxDelaySeconds': 10}]"),
            "{}");
    sandbox.advance(Duration.ofMinutes(1));

    assertThat(status(arn)).isEqualTo("SUCCEEDED");
    assertThat(gaps(at)).containsExactly(2L, 6L, 10L, 10L);
  }

  @Test
  void doublesAndTriesThreeTimesByDefault() {
    var at = failingUntilAttempt(9);
    var arn =
        sandbox.start(invoke("'End': true, 'Retry': [{'ErrorEquals': ['States.ALL']}]"), "{}");
    sandbox.advance(Duration.ofMinutes(1));

    assertThat(status(arn)).isEqualTo("FAILED");
    assertThat(gaps(at)).containsExactly(1L, 2L, 4L);
  }

  @Test
  void neverRetriesWithMaxAttemptsZero() {
    var at = failingUntilAttempt(9);
    var execution =
        sandbox.run(
            invoke(
                "'End': true, 'Retry': [{'ErrorEquals': ['Busy'], 'MaxAttempts': 0},"
                    + " {'ErrorEquals': ['States.ALL']}]"),
            "{}");

    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(at).hasSize(1);
  }

  @Test
  void spreadsRetriesWithFullJitter() {
    var at = failingUntilAttempt(3);
    var arn =
        sandbox.start(
            invoke(
                "'End': true, 'Retry': [{'ErrorEquals': ['Busy'], 'IntervalSeconds': 100,"
                    + " 'BackoffRate': 1, 'JitterStrategy': 'FULL'}]"),
            "{}");
    sandbox.advance(Duration.ofSeconds(200));

    assertThat(status(arn)).isEqualTo("SUCCEEDED");
    assertThat(gaps(at)).allMatch(g -> g >= 0 && g <= 100).isNotEqualTo(List.of(100L, 100L));
  }

  @Test
  void countsEachRetrierByItselfAndCatchesWhenTheMatchingOneIsUsedUp() {
    // Example 4 of "Handling errors in Step Functions workflows".
    var errors = List.of("ErrorA", "ErrorB", "ErrorC", "ErrorB").iterator();
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw Thrown.of(errors.next());
        });
    var arn =
        sandbox.start(
            invoke(
                    "'End': true, 'Retry': [{'ErrorEquals': ['ErrorA', 'ErrorB'],"
                        + " 'IntervalSeconds': 1, 'BackoffRate': 2.0, 'MaxAttempts': 2},"
                        + " {'ErrorEquals': ['ErrorC'], 'IntervalSeconds': 5}],"
                        + " 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Z'}]")
                + ", 'Z': {'Type': 'Succeed', 'Output': '{% $states.input.Error %}'}",
            "{}");
    sandbox.advance(Duration.ofSeconds(9));

    assertThat(sandbox.output(sandbox.describe(arn)).asText()).isEqualTo("ErrorB");
    assertThat(sandbox.functions.events).hasSize(4);
  }

  @Test
  void countsRetriesAnewWhenTheStateIsEnteredAgain() {
    failingUntilAttempt(99);
    var arn =
        sandbox.start(
            """
            'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
              'Arguments': {'FunctionName': 'work', 'Payload': '{% $states.context.State.RetryCount %}'},
              'Retry': [{'ErrorEquals': ['States.ALL'], 'MaxAttempts': 2}], 'End': true,
              'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Again',
                'Output': '{% $states.input %}'}]},
            'Again': {'Type': 'Choice', 'Choices': [
              {'Condition': '{% $states.input.once = true %}', 'Next': 'First', 'Output': {}}],
              'Default': 'Done'},
            'Done': {'Type': 'Succeed'}
            """,
            "{'once': true}");
    sandbox.advance(Duration.ofMinutes(1));

    assertThat(status(arn)).isEqualTo("SUCCEEDED");
    assertThat(sandbox.functions.events).containsExactly("0", "1", "2", "0", "1", "2");
  }

  private List<Long> failingUntilAttempt(int good) {
    var at = new ArrayList<Long>();
    var attempts = new AtomicInteger();
    sandbox.functions.byName.put(
        "work",
        event -> {
          synchronized (at) {
            at.add(sandbox.timeline.instant().toEpochMilli());
          }
          if (attempts.incrementAndGet() < good) {
            throw Thrown.of("Busy");
          }
          return "{}";
        });
    return at;
  }

  private static List<Long> gaps(List<Long> millis) {
    var gaps = new ArrayList<Long>();
    for (int i = 1; i < millis.size(); i++) {
      gaps.add((millis.get(i) - millis.get(i - 1)) / 1000);
    }
    return gaps;
  }

  @Test
  void waitsForItsTokenAndGoesOnWithWhatTheCallerSends() {
    var arn = waiting("'End': true");
    assertThat(status(arn)).isEqualTo("RUNNING");
    assertThat(sandbox.types(arn)).endsWith("TaskScheduled", "TaskStarted", "TaskSubmitted");

    assertThat(sandbox.call("SendTaskSuccess", "taskToken", token(), "output", "{\"a\":1}"))
        .isEqualTo(json("{}"));

    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("{'a': 1}"));
    assertThat(sandbox.types(arn))
        .endsWith("TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
    assertThat(sandbox.details(arn, "TaskSucceeded").path("resource").asText())
        .isEqualTo("invoke.waitForTaskToken");
  }

  @Test
  void failsWithWhatTheCallerSends() {
    var arn = waiting("'End': true");

    sandbox.call("SendTaskFailure", "taskToken", token(), "error", "No", "cause", "because");

    var execution = sandbox.describe(arn);
    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(execution.path("error").asText()).isEqualTo("No");
    assertThat(execution.path("cause").asText()).isEqualTo("because");
    assertThat(sandbox.details(arn, "TaskFailed").path("error").asText()).isEqualTo("No");
  }

  @Test
  void catchesAFailureWithoutNameByStatesAll() {
    var arn =
        waiting(
            "'End': true, 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]},"
                + " 'Caught': {'Type': 'Succeed'");

    sandbox.call("SendTaskFailure", "taskToken", token());

    assertThat(sandbox.output(sandbox.describe(arn)))
        .isEqualTo(json("{'Error': null, 'Cause': null}"));
  }

  @Test
  void takesAnAnswerThatComesBeforeTheFunctionReturns() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          sandbox.call(
              "SendTaskSuccess", "taskToken", json(event).path("token").asText(), "output", "7");
          return "\"late\"";
        });

    var arn = sandbox.start(await("'End': true"), "{}");
    sandbox.settle();

    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("7"));
    assertThat(sandbox.types(arn)).doesNotContain("TaskSubmitted");
  }

  @Test
  void ignoresAnErrorOfTheFunctionAfterTheAnswer() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          sandbox.call(
              "SendTaskSuccess", "taskToken", json(event).path("token").asText(), "output", "7");
          throw Thrown.of("Late");
        });

    assertThat(sandbox.output(sandbox.run(await("'End': true"), "{}"))).isEqualTo(json("7"));
  }

  @Test
  void failsAtOnceWhenTheFunctionThatWaitsThrows() {
    sandbox.functions.byName.put(
        "work",
        event -> {
          throw Thrown.of("Busy");
        });

    var execution = sandbox.run(await("'End': true"), "{}");

    assertThat(execution.path("error").asText()).isEqualTo("Busy");
    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token(), "output", "1").type())
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void timesOutWhenTheWaitTakesTooLong() {
    var arn =
        waiting(
            "'TimeoutSeconds': 3600, 'End': true,"
                + " 'Catch': [{'ErrorEquals': ['States.Timeout'], 'Next': 'Late'}]},"
                + " 'Late': {'Type': 'Succeed'");

    sandbox.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(status(arn)).isEqualTo("RUNNING");
    sandbox.advance(Duration.ofMillis(1));

    assertThat(sandbox.output(sandbox.describe(arn)))
        .isEqualTo(json("{'Error': 'States.Timeout', 'Cause': ''}"));
    assertThat(sandbox.details(arn, "TaskTimedOut"))
        .isEqualTo(
            json(
                "{'resourceType': 'lambda', 'resource': 'invoke.waitForTaskToken', 'error': 'States.Timeout'}"));
    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token(), "output", "1").type())
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void takesTheTimeLimitFromAnExpression() {
    var arn =
        waiting(
            "'TimeoutSeconds': '{% $max([1, $ceil(($toMillis(´2026-11-22T10:00:59.5Z´) -"
                + " $toMillis($states.context.State.EnteredTime)) / 1000)]) %}', 'End': true");

    assertThat(sandbox.details(arn, "TaskScheduled").path("timeoutInSeconds").asLong())
        .isEqualTo(60);
    sandbox.advance(Duration.ofSeconds(61));
    var execution = sandbox.describe(arn);
    assertThat(execution.path("status").asText()).isEqualTo("FAILED");
    assertThat(execution.path("error").asText()).isEqualTo("States.Timeout");
  }

  @Test
  void refusesATimeLimitThatIsNoWholePositiveNumber() {
    for (var expression : List.of("0", "-1", "1.5", "´60´", "null")) {
      var execution =
          sandbox.run(await("'TimeoutSeconds': '{% " + expression + " %}', 'End': true"), "{}");
      assertThat(execution.path("error").asText())
          .as(expression)
          .isEqualTo("States.QueryEvaluationError");
    }
    assertThat(sandbox.functions.events).isEmpty();
  }

  @Test
  void measuresTheTimeLimitFromEachAttempt() {
    waiting(
        "'TimeoutSeconds': 60, 'End': true,"
            + " 'Retry': [{'ErrorEquals': ['States.Timeout'], 'IntervalSeconds': 5, 'MaxAttempts': 1}]");
    var first = token();

    sandbox.advance(Duration.ofSeconds(66));
    var second = token();
    assertThat(second).isNotEqualTo(first);
    sandbox.advance(Duration.ofSeconds(50));

    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", first, "output", "1").type())
        .isEqualTo("TaskTimedOut");
    sandbox.call("SendTaskSuccess", "taskToken", second, "output", "1");
  }

  @Test
  void doesNotCatchATimeoutAsTaskFailed() {
    var arn =
        waiting(
            "'TimeoutSeconds': 60, 'End': true,"
                + " 'Catch': [{'ErrorEquals': ['States.TaskFailed'], 'Next': 'Caught'}]},"
                + " 'Caught': {'Type': 'Succeed'");

    sandbox.advance(Duration.ofSeconds(61));

    assertThat(status(arn)).isEqualTo("FAILED");
  }

  @Test
  @Timeout(60)
  void timesOutAFunctionThatTakesTooLongAndIgnoresItsAnswer() throws Exception {
    var answered = new CountDownLatch(1);
    // The function is work that time waits for, so this second has to be a real one.
    try (var real = new Sandbox(new Timeline())) {
      real.functions.byName.put(
          "work",
          event -> {
            try {
              answered.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return "1";
          });
      var arn = real.start(invoke("'TimeoutSeconds': 1, 'End': true"), "{}");
      while (real.describe(arn).path("status").asText().equals("RUNNING")) {
        Thread.sleep(20);
      }
      answered.countDown();
      real.settle();

      assertThat(real.describe(arn).path("error").asText()).isEqualTo("States.Timeout");
      assertThat(real.types(arn)).endsWith("TaskTimedOut", "ExecutionFailed");
    }
  }

  @Test
  void timesOutWithoutHeartbeatAndNotWithIt() {
    var arn =
        waiting(
            "'TimeoutSeconds': 600, 'HeartbeatSeconds': 60, 'End': true,"
                + " 'Catch': [{'ErrorEquals': ['States.HeartbeatTimeout'], 'Next': 'Silent'}]},"
                + " 'Silent': {'Type': 'Succeed'");
    assertThat(sandbox.details(arn, "TaskScheduled").path("heartbeatInSeconds").asInt())
        .isEqualTo(60);

    sandbox.advance(Duration.ofSeconds(50));
    sandbox.call("SendTaskHeartbeat", "taskToken", token());
    sandbox.advance(Duration.ofSeconds(50));
    assertThat(status(arn)).isEqualTo("RUNNING");
    sandbox.advance(Duration.ofSeconds(11));

    assertThat(sandbox.output(sandbox.describe(arn)).path("Error").asText())
        .isEqualTo("States.Timeout");
    assertThat(sandbox.refused("SendTaskHeartbeat", "taskToken", token()).type())
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void answersATokenOnce() {
    var arn = waiting("'End': true");
    var token = token();
    sandbox.call("SendTaskSuccess", "taskToken", token, "output", "1");

    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token, "output", "2").type())
        .isEqualTo("TaskTimedOut");
    assertThat(sandbox.refused("SendTaskFailure", "taskToken", token).type())
        .isEqualTo("TaskTimedOut");
    assertThat(sandbox.output(sandbox.describe(arn))).isEqualTo(json("1"));
  }

  @Test
  void refusesTokensThatAreNoneAndTokensOfNobody() {
    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", "any", "output", "1").type())
        .isEqualTo("InvalidToken");
    assertThat(
            sandbox.refused("SendTaskSuccess", "taskToken", "A".repeat(64), "output", "1").type())
        .isEqualTo("TaskDoesNotExist");
  }

  @Test
  void refusesOutputThatIsNoJson() {
    waiting("'End': true");

    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token(), "output", "no").type())
        .isEqualTo("InvalidOutput");
    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token(), "output", "").type())
        .isEqualTo("InvalidOutput");
    assertThat(sandbox.refused("SendTaskSuccess", "taskToken", token(), "output", "1 2").type())
        .isEqualTo("InvalidOutput");
    sandbox.call("SendTaskSuccess", "taskToken", token(), "output", "1");
  }

  @Test
  void failsOnAResultThatIsTooLarge() {
    sandbox.functions.byName.put("work", event -> "\"" + "x".repeat(262_144) + "\"");
    var caughtByAll =
        sandbox.run(
            invoke("'End': true, 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]")
                + ", 'Caught': {'Type': 'Succeed'}",
            "{}");
    var caughtByName =
        sandbox.run(
            invoke(
                    "'End': true, 'Catch': [{'ErrorEquals': ['States.DataLimitExceeded'], 'Next': 'Caught'}]")
                + ", 'Caught': {'Type': 'Succeed'}",
            "{}");

    assertThat(caughtByAll.path("error").asText()).isEqualTo("States.DataLimitExceeded");
    assertThat(caughtByName.path("status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void takesArgumentsFromOneExpressionAndRefusesWhatItDoesNotKnow() {
    sandbox.functions.byName.put("work", event -> event);
    var states =
        """
        'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
          'Arguments': '{% $states.input %}', 'End': true,
          'Catch': [{'ErrorEquals': ['States.Runtime'], 'Next': 'Caught'},
            {'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]},
        'Caught': {'Type': 'Succeed'}
        """;

    assertThat(
            sandbox
                .output(sandbox.run(states, "{'FunctionName': 'work', 'Payload': 1}"))
                .path("Payload"))
        .isEqualTo(json("1"));
    for (var input : List.of("{}", "{'FunctionName': 'work', 'Qualifier': 'x'}", "1")) {
      JsonNode execution = sandbox.run(states, input);
      assertThat(execution.path("error").asText()).as(input).isEqualTo("States.Runtime");
    }
  }

  @Test
  void catchesAnExpressionThatFails() {
    sandbox.functions.byName.put("work", event -> "{}");
    var output =
        sandbox.output(
            sandbox.run(
                invoke(
                        "'End': true, 'Output': '{% $states.result.Payload.nothing %}',"
                            + " 'Catch': [{'ErrorEquals': ['States.QueryEvaluationError'], 'Next': 'Caught'}]")
                    + ", 'Caught': {'Type': 'Succeed'}",
                "{}"));

    assertThat(output.path("Cause").asText())
        .isEqualTo(
            "An error occurred while executing the state 'First' (entered at the event id #2). The"
                + " JSONata expression '$states.result.Payload.nothing' specified for the field"
                + " 'Output' returned nothing (undefined).");
  }
}
