package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.definition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.states.Sandbox.Thrown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/** Every name on the wire is one that the AWS SDK's model knows, in the place where it knows it. */
class WireShapeTest {
  private final Sandbox sandbox = new Sandbox();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static void assertShape(JsonNode answer, SdkPojo shape, String at) {
    var fields =
        shape.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, f -> f));
    for (var entry : answer.properties()) {
      var place = at + "/" + entry.getKey();
      var field = fields.get(entry.getKey());
      assertThat(field).as(place).isNotNull();
      assertValue(entry.getValue(), Objects.requireNonNull(field), place);
    }
  }

  private static void assertValue(JsonNode value, SdkField<?> field, String at) {
    switch (field.marshallingType().toString()) {
      case "String" -> assertThat(value.isTextual()).as(at).isTrue();
      case "Integer", "Long" -> assertThat(value.isIntegralNumber()).as(at).isTrue();
      case "Boolean" -> assertThat(value.isBoolean()).as(at).isTrue();
      case "Instant" -> assertThat(value.isNumber()).as(at).isTrue();
      case "SdkPojo" -> assertShape(value, made(field.constructor()), at);
      case "List" ->
          value.forEach(
              item ->
                  assertValue(item, field.getTrait(ListTrait.class).memberFieldInfo(), at + "/*"));
      case "Map" ->
          value.forEach(
              item ->
                  assertValue(item, field.getTrait(MapTrait.class).valueFieldInfo(), at + "/*"));
      default -> throw new AssertionError(at + ": " + field.marshallingType());
    }
  }

  private static SdkPojo made(Supplier<SdkPojo> constructor) {
    return constructor.get();
  }

  /** One execution for each way a state can go. */
  private List<String> executions() {
    sandbox.functions.byName.put("good", event -> "{\"a\":1}");
    sandbox.functions.byName.put(
        "bad",
        event -> {
          throw Thrown.of("Busy");
        });
    var task =
        """
        'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invokeWAIT',
          'Arguments': {'FunctionName': 'NAME', 'Payload': '{% $states.context %}'},
          'TimeoutSeconds': 60, 'HeartbeatSeconds': 50, 'End': true,
          'Retry': [{'ErrorEquals': ['Busy'], 'MaxAttempts': 1}],
          'Catch': [{'ErrorEquals': ['States.Timeout'], 'Next': 'Then'}]},
        'Then': {'Type': 'Pass', 'Assign': {'x': {'y': 1}}, 'Next': 'Choose'},
        'Choose': {'Type': 'Choice', 'Choices': [{'Condition': true, 'Next': 'Wait'}]},
        'Wait': {'Type': 'Wait', 'Seconds': 1, 'Next': 'Done'},
        'Done': {'Type': 'Succeed'}
        """;
    var started = new ArrayList<String>();
    for (var states :
        List.of(
            task.replace("WAIT", "").replace("NAME", "good"),
            task.replace("WAIT", "").replace("NAME", "bad"),
            task.replace("WAIT", ".waitForTaskToken").replace("NAME", "good"),
            "'First': {'Type': 'Fail', 'Error': 'any', 'Cause': 'any'}",
            "'First': {'Type': 'Pass', 'Output': '{% $none %}', 'End': true}",
            "'First': {'Type': 'Wait', 'Seconds': 9999, 'End': true}")) {
      started.add(sandbox.start(states, "{}"));
    }
    sandbox.call("StopExecution", "executionArn", started.getLast(), "error", "e", "cause", "c");
    started.add(
        sandbox.startDefinition(
            definition("'First': {'Type': 'Wait', 'Seconds': 9999, 'End': true}")
                .replace("\"StartAt\"", "\"TimeoutSeconds\": 5, \"StartAt\""),
            "{}"));
    sandbox.advance(Duration.ofMinutes(2));
    return started;
  }

  @Test
  void historyHasTheMembersAndTypesOfTheModel() {
    var known =
        HistoryEventType.knownValues().stream()
            .map(HistoryEventType::toString)
            .collect(Collectors.toSet());
    var seen = new HashSet<String>();
    for (var arn : executions()) {
      var history = sandbox.call("GetExecutionHistory", "executionArn", arn, "maxResults", 1000);
      assertShape(history, GetExecutionHistoryResponse.builder().build(), "");
      history.path("events").forEach(e -> seen.add(e.path("type").asText()));
    }

    assertThat(known).containsAll(seen);
    assertThat(seen)
        .isEqualTo(
            Set.of(
                "ExecutionStarted",
                "ExecutionSucceeded",
                "ExecutionFailed",
                "ExecutionTimedOut",
                "ExecutionAborted",
                "EvaluationFailed",
                "TaskStateEntered",
                "TaskStateExited",
                "TaskScheduled",
                "TaskStarted",
                "TaskSubmitted",
                "TaskSucceeded",
                "TaskFailed",
                "TaskTimedOut",
                "PassStateEntered",
                "PassStateExited",
                "ChoiceStateEntered",
                "ChoiceStateExited",
                "WaitStateEntered",
                "WaitStateExited",
                "SucceedStateEntered",
                "SucceedStateExited",
                "FailStateEntered"));
  }

  @Test
  void answersHaveTheMembersOfTheModel() {
    for (var arn : executions()) {
      assertShape(sandbox.describe(arn), DescribeExecutionResponse.builder().build(), "");
    }
    var created =
        sandbox.call(
            "CreateStateMachine",
            "name",
            "any",
            "definition",
            definition("'First': {'Type': 'Wait', 'Seconds': 5, 'End': true}"),
            "roleArn",
            Sandbox.ROLE,
            "tags",
            Sandbox.json("[{'key': 'a', 'value': 'b'}]"));
    assertShape(created, CreateStateMachineResponse.builder().build(), "");
    var machine = created.path("stateMachineArn");
    assertShape(
        sandbox.call("UpdateStateMachine", "stateMachineArn", machine, "roleArn", Sandbox.ROLE),
        UpdateStateMachineResponse.builder().build(),
        "");
    assertShape(
        sandbox.call("DescribeStateMachine", "stateMachineArn", machine),
        DescribeStateMachineResponse.builder().build(),
        "");
    assertShape(
        sandbox.call("ListStateMachines", "maxResults", 1),
        ListStateMachinesResponse.builder().build(),
        "");
    assertShape(
        sandbox.call("ListTagsForResource", "resourceArn", machine),
        ListTagsForResourceResponse.builder().build(),
        "");
    assertShape(
        sandbox.call("ValidateStateMachineDefinition", "definition", "{}"),
        ValidateStateMachineDefinitionResponse.builder().build(),
        "");
    var started = sandbox.call("StartExecution", "stateMachineArn", machine);
    assertShape(started, StartExecutionResponse.builder().build(), "");
    assertShape(
        sandbox.call(
            "DescribeStateMachineForExecution", "executionArn", started.path("executionArn")),
        DescribeStateMachineForExecutionResponse.builder().build(),
        "");
    sandbox.call("StartExecution", "stateMachineArn", machine);
    assertShape(
        sandbox.call("StopExecution", "executionArn", started.path("executionArn")),
        StopExecutionResponse.builder().build(),
        "");
    assertShape(
        sandbox.call("ListExecutions", "stateMachineArn", machine, "maxResults", 1),
        ListExecutionsResponse.builder().build(),
        "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExecutionAlreadyExists",
        "ExecutionDoesNotExist",
        "InvalidArn",
        "InvalidDefinition",
        "InvalidExecutionInput",
        "InvalidName",
        "InvalidOutput",
        "InvalidToken",
        "MissingRequiredParameter",
        "ResourceNotFound",
        "StateMachineAlreadyExists",
        "StateMachineDeleting",
        "StateMachineDoesNotExist",
        "StateMachineTypeNotSupported",
        "TaskDoesNotExist",
        "TaskTimedOut"
      })
  void errorsAreThoseOfTheModel(String error) throws ClassNotFoundException {
    assertThat(Class.forName("software.amazon.awssdk.services.sfn.model." + error + "Exception"))
        .isNotNull();
  }
}
