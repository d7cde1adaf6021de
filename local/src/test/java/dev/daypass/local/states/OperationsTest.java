package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.definition;
import static dev.daypass.local.states.Sandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.aws.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations of the API and the errors they answer with. */
class OperationsTest {
  private static final String DONE = definition("'First': {'Type': 'Succeed'}");
  private static final String WAITING =
      definition("'First': {'Type': 'Wait', 'Seconds': 3600, 'End': true}");

  private final Sandbox sandbox = new Sandbox();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private JsonNode create(String name, String definition) {
    return sandbox.call(
        "CreateStateMachine", "name", name, "definition", definition, "roleArn", Sandbox.ROLE);
  }

  private String refusedCreate(Object... members) {
    return sandbox.refused("CreateStateMachine", members).type();
  }

  private JsonNode start(String machine, String name, String input) {
    return sandbox.call("StartExecution", "stateMachineArn", machine, "name", name, "input", input);
  }

  @Test
  void refusesOperationsItDoesNotHave() {
    assertThat(sandbox.refused("CreateActivity").type()).isEqualTo("UnknownOperationException");
  }

  @Test
  void createsAndDescribesAMachine() {
    var created = create("access", DONE);

    assertThat(created.path("stateMachineArn").asText())
        .isEqualTo("arn:aws:states:eu-central-1:123456789012:stateMachine:access");
    var described =
        sandbox.call("DescribeStateMachine", "stateMachineArn", created.path("stateMachineArn"));
    assertThat(described.path("definition").asText()).isEqualTo(DONE);
    assertThat(described.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(described.path("type").asText()).isEqualTo("STANDARD");
    assertThat(described.path("creationDate")).isEqualTo(created.path("creationDate"));
    assertThat(described.path("loggingConfiguration"))
        .isEqualTo(json("{'level': 'OFF', 'includeExecutionData': false}"));
  }

  @Test
  void createsTheSameMachineOnceOnly() {
    var first = create("access", DONE);
    sandbox.advance(Duration.ofMinutes(1));

    assertThat(create("access", DONE)).isEqualTo(first);
    assertThat(refusedCreate("name", "access", "definition", WAITING, "roleArn", Sandbox.ROLE))
        .isEqualTo("StateMachineAlreadyExists");
    assertThat(
            refusedCreate(
                "name",
                "access",
                "definition",
                DONE,
                "roleArn",
                Sandbox.ROLE,
                "loggingConfiguration",
                json("{'level': 'ALL'}")))
        .isEqualTo("StateMachineAlreadyExists");
  }

  @Test
  void refusesMachinesNamingEverythingThatIsWrong() {
    var refusal =
        sandbox.refused(
            "CreateStateMachine",
            "name",
            "access",
            "definition",
            definition("'First': {'Type': 'Map'}, 'Second': {'Type': 'Succeed', 'Next': 'First'}"),
            "roleArn",
            Sandbox.ROLE);

    assertThat(refusal.type()).isEqualTo("InvalidDefinition");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal)
        .hasMessageStartingWith("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ")
        .hasMessageContaining("'Map' is not supported at /States/First/Type")
        .hasMessageContaining("Field 'Next' is not supported at /States/Second/Next");
  }

  @Test
  void refusesMachinesWithWrongMembers() {
    assertThat(refusedCreate("definition", DONE, "roleArn", Sandbox.ROLE))
        .isEqualTo("ValidationException");
    assertThat(refusedCreate("name", "x y", "definition", DONE, "roleArn", Sandbox.ROLE))
        .isEqualTo("InvalidName");
    assertThat(refusedCreate("name", "x", "definition", DONE, "roleArn", "role"))
        .isEqualTo("InvalidArn");
    assertThat(
            refusedCreate(
                "name", "x", "definition", DONE, "roleArn", Sandbox.ROLE, "type", "EXPRESS"))
        .isEqualTo("StateMachineTypeNotSupported");
    assertThat(
            refusedCreate(
                "name", "x", "definition", DONE, "roleArn", Sandbox.ROLE, "publish", true))
        .isEqualTo("ValidationException");
  }

  @Test
  void validatesADefinition() {
    assertThat(sandbox.call("ValidateStateMachineDefinition", "definition", DONE))
        .isEqualTo(json("{'result': 'OK', 'truncated': false, 'diagnostics': []}"));
    var failed =
        sandbox.call(
            "ValidateStateMachineDefinition",
            "definition",
            definition("'First': {'Type': 'Succeed', 'End': true}"));
    assertThat(failed.path("result").asText()).isEqualTo("FAIL");
    assertThat(failed.path("diagnostics").path(0).path("location").asText())
        .isEqualTo("/States/First/End");
    assertThat(failed.path("diagnostics").path(0).path("code").asText())
        .isEqualTo("SCHEMA_VALIDATION_FAILED");
  }

  @Test
  void updatesAMachineForExecutionsToCome() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    start(machine, "old", "{}");
    sandbox.advance(Duration.ofSeconds(1));

    var updated =
        sandbox.call("UpdateStateMachine", "stateMachineArn", machine, "definition", DONE);
    start(machine, "new", "{}");
    sandbox.settle();

    assertThat(updated.path("updateDate").asDouble()).isPositive();
    assertThat(
            sandbox
                .call("DescribeStateMachine", "stateMachineArn", machine)
                .path("definition")
                .asText())
        .isEqualTo(DONE);
    assertThat(status(machine, "old")).isEqualTo("RUNNING");
    assertThat(status(machine, "new")).isEqualTo("SUCCEEDED");
    assertThat(
            sandbox
                .call("DescribeStateMachineForExecution", "executionArn", execution("old"))
                .path("definition")
                .asText())
        .isEqualTo(WAITING);
    assertThat(sandbox.refused("UpdateStateMachine", "stateMachineArn", machine).type())
        .isEqualTo("MissingRequiredParameter");
    assertThat(
            sandbox
                .refused("UpdateStateMachine", "stateMachineArn", machine, "definition", "{}")
                .type())
        .isEqualTo("InvalidDefinition");
  }

  private static String execution(String name) {
    return "arn:aws:states:eu-central-1:123456789012:execution:access:" + name;
  }

  private String status(String machine, String name) {
    assertThat(machine).endsWith(":access");
    return sandbox.describe(execution(name)).path("status").asText();
  }

  @Test
  void deletesAMachineWhenItsLastExecutionHasEnded() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    start(machine, "last", "{}");
    sandbox.call("DeleteStateMachine", "stateMachineArn", machine);

    assertThat(
            sandbox
                .call("DescribeStateMachine", "stateMachineArn", machine)
                .path("status")
                .asText())
        .isEqualTo("DELETING");
    assertThat(sandbox.refused("StartExecution", "stateMachineArn", machine).type())
        .isEqualTo("StateMachineDeleting");
    sandbox.advance(Duration.ofHours(2));

    assertThat(status(machine, "last")).isEqualTo("SUCCEEDED");
    assertThat(sandbox.refused("StartExecution", "stateMachineArn", machine).type())
        .isEqualTo("StateMachineDoesNotExist");
    assertThat(sandbox.call("DeleteStateMachine", "stateMachineArn", machine))
        .isEqualTo(json("{}"));
  }

  @Test
  void listsMachinesInPages() {
    for (var name : List.of("c", "a", "b")) {
      create(name, DONE);
    }

    var first = sandbox.call("ListStateMachines", "maxResults", 2);
    var second = sandbox.call("ListStateMachines", "nextToken", first.path("nextToken"));

    assertThat(first.path("stateMachines").findValuesAsText("name")).containsExactly("a", "b");
    assertThat(second.path("stateMachines").findValuesAsText("name")).containsExactly("c");
    assertThat(second.has("nextToken")).isFalse();
  }

  @Test
  void listsTags() {
    var arn =
        sandbox
            .call(
                "CreateStateMachine",
                "name",
                "access",
                "definition",
                DONE,
                "roleArn",
                Sandbox.ROLE,
                "tags",
                json("[{'key': 'a', 'value': 'b'}]"))
            .path("stateMachineArn");

    assertThat(sandbox.call("ListTagsForResource", "resourceArn", arn))
        .isEqualTo(json("{'tags': [{'key': 'a', 'value': 'b'}]}"));
    assertThat(sandbox.refused("ListTagsForResource", "resourceArn", arn.asText() + "x").type())
        .isEqualTo("ResourceNotFound");
  }

  @Test
  void startsTheSameExecutionOnceWhileItRuns() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    var first = start(machine, "r-1", "{\"a\":1}");
    sandbox.advance(Duration.ofSeconds(5));

    assertThat(start(machine, "r-1", "{\"a\":1}")).isEqualTo(first);
    assertThat(
            sandbox
                .refused(
                    "StartExecution",
                    "stateMachineArn",
                    machine,
                    "name",
                    "r-1",
                    "input",
                    "{\"a\":2}")
                .type())
        .isEqualTo("ExecutionAlreadyExists");
    sandbox.advance(Duration.ofHours(2));
    assertThat(
            sandbox
                .refused(
                    "StartExecution",
                    "stateMachineArn",
                    machine,
                    "name",
                    "r-1",
                    "input",
                    "{\"a\":1}")
                .type())
        .isEqualTo("ExecutionAlreadyExists");
  }

  @Test
  void freesANameNinetyDaysAfterTheEnd() {
    var machine = create("access", DONE).path("stateMachineArn").asText();
    start(machine, "r-1", "{}");
    sandbox.settle();
    sandbox.advance(Duration.ofDays(90).minusMillis(1));
    assertThat(status(machine, "r-1")).isEqualTo("SUCCEEDED");
    sandbox.advance(Duration.ofMillis(1));

    assertThat(sandbox.refused("DescribeExecution", "executionArn", execution("r-1")).type())
        .isEqualTo("ExecutionDoesNotExist");
    start(machine, "r-1", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a b", "a/b", "a:b", "a#b", "a*", "<a>", "{a}", "a\"", "a\u0007", "a\u0085", "a,b"
      })
  void refusesNamesWithOtherCharacters(String name) {
    var machine = create("access", DONE).path("stateMachineArn").asText();

    assertThat(sandbox.refused("StartExecution", "stateMachineArn", machine, "name", name).type())
        .isEqualTo("InvalidName");
  }

  @Test
  void takesNamesOfEightyCharactersAndNoMore() {
    var machine = create("access", DONE).path("stateMachineArn").asText();

    start(machine, "é".repeat(80), "{}");
    assertThat(
            sandbox
                .refused("StartExecution", "stateMachineArn", machine, "name", "x".repeat(81))
                .type())
        .isEqualTo("InvalidName");
  }

  @Test
  void refusesInputThatIsNoJsonOrTooLong() {
    var machine = create("access", DONE).path("stateMachineArn").asText();
    for (var input : List.of("", "no", "{'a': 1}", "1 2", "{\"a\": 1, \"a\": 2}")) {
      assertThat(
              sandbox.refused("StartExecution", "stateMachineArn", machine, "input", input).type())
          .as(input)
          .isEqualTo("InvalidExecutionInput");
    }
    assertThat(
            sandbox
                .refused(
                    "StartExecution",
                    "stateMachineArn",
                    machine,
                    "input",
                    "\"" + "é".repeat(131_072) + "\"")
                .type())
        .isEqualTo("ValidationException");
  }

  @Test
  void refusesWhatDoesNotExist() {
    var machine = "arn:aws:states:eu-central-1:123456789012:stateMachine:none";
    for (var operation : List.of("StartExecution", "DescribeStateMachine", "ListExecutions")) {
      assertThat(sandbox.refused(operation, "stateMachineArn", machine).type())
          .isEqualTo("StateMachineDoesNotExist");
      assertThat(sandbox.refused(operation, "stateMachineArn", "none").type())
          .isEqualTo("InvalidArn");
      assertThat(sandbox.refused(operation).type()).isEqualTo("ValidationException");
    }
    for (var operation : List.of("DescribeExecution", "GetExecutionHistory", "StopExecution")) {
      assertThat(sandbox.refused(operation, "executionArn", execution("none")).type())
          .isEqualTo("ExecutionDoesNotExist");
      assertThat(sandbox.refused(operation, "executionArn", "none").type()).isEqualTo("InvalidArn");
    }
  }

  @Test
  void describesAnExecution() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    var started = start(machine, "r-1", "{\"a\": 1}");
    var running = sandbox.describe(execution("r-1"));

    assertThat(started.path("executionArn").asText()).isEqualTo(execution("r-1"));
    assertThat(running.path("status").asText()).isEqualTo("RUNNING");
    assertThat(running.path("name").asText()).isEqualTo("r-1");
    assertThat(running.path("stateMachineArn").asText()).isEqualTo(machine);
    assertThat(running.path("input").asText()).isEqualTo("{\"a\": 1}");
    assertThat(running.path("startDate")).isEqualTo(started.path("startDate"));
    assertThat(running.has("stopDate")).isFalse();
    sandbox.advance(Duration.ofHours(2));

    var ended = sandbox.describe(execution("r-1"));
    assertThat(ended.path("output").asText()).isEqualTo("{\"a\":1}");
    assertThat(ended.path("stopDate").asDouble() - ended.path("startDate").asDouble())
        .isEqualTo(3600.0);
  }

  @Test
  void listsExecutionsNewestFirstInPages() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    var other = create("other", WAITING).path("stateMachineArn").asText();
    start(other, "elsewhere", "{}");
    for (var name : List.of("a", "b", "c", "d")) {
      start(machine, name, "{}");
    }
    sandbox.call("StopExecution", "executionArn", execution("b"));

    var first = sandbox.call("ListExecutions", "stateMachineArn", machine, "maxResults", 3);
    start(machine, "e", "{}");
    var second =
        sandbox.call(
            "ListExecutions",
            "stateMachineArn",
            machine,
            "maxResults",
            3,
            "nextToken",
            first.path("nextToken"));

    assertThat(first.path("executions").findValuesAsText("name")).containsExactly("d", "c", "b");
    assertThat(second.path("executions").findValuesAsText("name")).containsExactly("a");
    assertThat(second.has("nextToken")).isFalse();
    assertThat(
            sandbox
                .call("ListExecutions", "stateMachineArn", machine, "statusFilter", "ABORTED")
                .path("executions")
                .findValuesAsText("name"))
        .containsExactly("b");
    assertThat(
            sandbox
                .refused("ListExecutions", "stateMachineArn", machine, "statusFilter", "aborted")
                .type())
        .isEqualTo("ValidationException");
    assertThat(
            sandbox
                .refused("ListExecutions", "stateMachineArn", machine, "nextToken", "any")
                .type())
        .isEqualTo("InvalidToken");
    assertThat(
            sandbox
                .refused("ListExecutions", "stateMachineArn", machine, "maxResults", 1001)
                .type())
        .isEqualTo("ValidationException");
  }

  @Test
  void showsTheHistoryInPagesBothWays() {
    var arn =
        sandbox.start(
            "'First': {'Type': 'Pass', 'Next': 'Second'}, 'Second': {'Type': 'Succeed'}", "{}");
    sandbox.settle();

    assertThat(pages(arn, false)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(pages(arn, true)).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(
            sandbox.refused("GetExecutionHistory", "executionArn", arn, "nextToken", "any").type())
        .isEqualTo("InvalidToken");
  }

  private List<Integer> pages(String arn, boolean backwards) {
    var ids = new ArrayList<Integer>();
    var page =
        sandbox.call(
            "GetExecutionHistory", "executionArn", arn, "reverseOrder", backwards, "maxResults", 4);
    while (true) {
      page.path("events").forEach(e -> ids.add(e.path("id").asInt()));
      if (!page.has("nextToken")) {
        return ids;
      }
      page =
          sandbox.call(
              "GetExecutionHistory",
              "executionArn",
              arn,
              "reverseOrder",
              backwards,
              "maxResults",
              4,
              "nextToken",
              page.path("nextToken"));
    }
  }

  @Test
  void leavesDataOutOfTheHistoryOnRequest() {
    var arn = sandbox.start("'First': {'Type': 'Succeed'}", "{'secret': 1}");
    sandbox.settle();

    assertThat(
            sandbox
                .call("GetExecutionHistory", "executionArn", arn, "includeExecutionData", false)
                .toString())
        .doesNotContain("secret")
        .contains("\"name\":\"First\"");
  }

  @Test
  void stopsAnExecution() {
    var machine = create("access", WAITING).path("stateMachineArn").asText();
    start(machine, "r-1", "{}");
    sandbox.settle();

    var stopped =
        sandbox.call(
            "StopExecution", "executionArn", execution("r-1"), "error", "Why", "cause", "because");

    var execution = sandbox.describe(execution("r-1"));
    assertThat(execution.path("status").asText()).isEqualTo("ABORTED");
    assertThat(execution.path("error").asText()).isEqualTo("Why");
    assertThat(execution.path("stopDate")).isEqualTo(stopped.path("stopDate"));
    assertThat(sandbox.details(execution("r-1"), "ExecutionAborted"))
        .isEqualTo(json("{'error': 'Why', 'cause': 'because'}"));
    sandbox.advance(Duration.ofHours(2));
    assertThat(sandbox.types(execution("r-1"))).endsWith("WaitStateEntered", "ExecutionAborted");
    assertThat(sandbox.call("StopExecution", "executionArn", execution("r-1"))).isEqualTo(stopped);
  }

  @Test
  void closesTheTokenOfAnExecutionThatIsStopped() {
    sandbox.functions.byName.put("work", event -> "1");
    var arn =
        sandbox.start(
            "'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken',"
                + " 'Arguments': {'FunctionName': 'work', 'Payload': '{% $states.context.Task.Token %}'},"
                + " 'End': true}",
            "{}");
    sandbox.settle();
    sandbox.call("StopExecution", "executionArn", arn);

    assertThat(
            sandbox
                .refused(
                    "SendTaskSuccess",
                    "taskToken",
                    json(sandbox.functions.events.getLast()),
                    "output",
                    "1")
                .type())
        .isEqualTo("TaskTimedOut");
  }

  @Test
  void settlesARaceForOneTokenAndForOneName() throws Exception {
    sandbox.functions.byName.put("work", event -> "1");
    var machine =
        create(
                "access",
                definition(
                    "'First': {'Type': 'Task', 'Resource':"
                        + " 'arn:aws:states:::lambda:invoke.waitForTaskToken', 'Arguments':"
                        + " {'FunctionName': 'work', 'Payload': '{% $states.context.Task.Token %}'},"
                        + " 'End': true}"))
            .path("stateMachineArn")
            .asText();
    var answers = new AtomicInteger();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        callers.execute(() -> start(machine, "r-1", "{}"));
      }
    }
    sandbox.settle();
    assertThat(sandbox.functions.events).hasSize(1);
    var token = json(sandbox.functions.events.getLast());
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        var output = Integer.toString(i);
        callers.execute(
            () -> {
              try {
                sandbox.call("SendTaskSuccess", "taskToken", token, "output", output);
                answers.incrementAndGet();
              } catch (AwsException closed) {
                assertThat(closed.type()).isEqualTo("TaskTimedOut");
              }
            });
      }
    }

    assertThat(answers).hasValue(1);
    assertThat(sandbox.types(execution("r-1"))).containsOnlyOnce("TaskSucceeded");
  }
}
