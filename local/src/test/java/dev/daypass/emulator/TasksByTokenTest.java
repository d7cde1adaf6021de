package dev.daypass.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.TemplateFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TasksByTokenTest {
  /** A queue of SQS as a definition names it; nothing is sent. */
  private static final TaskQueue QUEUE =
      new TaskQueue() {
        @Override
        public String resource() {
          return "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
        }

        @Override
        public ObjectNode arguments(ObjectNode body) {
          var arguments = Wire.JSON.createObjectNode().put("QueueUrl", "http://any/queue");
          arguments.set("MessageBody", body);
          return arguments;
        }

        @Override
        public List<JsonNode> next() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  private static final String DEFINITION =
      TemplateFile.read(EmulatorIT.PROJECT.resolve("template.yaml"))
          .resolve(Map.of(), Place.LOCAL)
          .stateMachine("AccessMachine")
          .definition();

  @Test
  void everyTaskBecomesAMessageWithFunctionPayloadAndToken() throws JsonProcessingException {
    var before = Wire.JSON.readTree(DEFINITION).path("States");
    var after = Wire.JSON.readTree(TasksByToken.rewrite(DEFINITION, QUEUE)).path("States");

    for (var state : before.properties()) {
      if (!state.getValue().path("Type").asText().equals("Task")) {
        continue;
      }
      var task = after.path(state.getKey());
      var body = task.at("/Arguments/MessageBody");
      var arguments = state.getValue().path("Arguments");
      boolean waits = state.getValue().path("Resource").asText().endsWith(".waitForTaskToken");
      assertThat(task.path("Resource").asText()).isEqualTo(QUEUE.resource());
      assertThat(body.path("function")).isEqualTo(arguments.path("FunctionName"));
      assertThat(body.path("payload")).isEqualTo(arguments.path("Payload"));
      assertThat(body.path("token").asText()).isEqualTo("{% $states.context.Task.Token %}");
      assertThat(body.path("reply").asText()).isEqualTo(waits ? "none" : "result");
    }
  }

  @Test
  void nothingElseChanges() throws JsonProcessingException {
    var before = Wire.JSON.readTree(DEFINITION);
    var after = Wire.JSON.readTree(TasksByToken.rewrite(DEFINITION, QUEUE));

    assertThat(withoutCalls(after)).isEqualTo(withoutCalls(before));
  }

  private static JsonNode withoutCalls(JsonNode machine) {
    for (var state : machine.path("States")) {
      ((ObjectNode) state).remove(List.of("Resource", "Arguments"));
    }
    return machine;
  }

  @Test
  void aTaskThatWouldLoseSomethingIsRefused() {
    assertThatThrownBy(
            () -> TasksByToken.rewrite(DEFINITION.replace("\"Payload\":", "\"Load\":"), QUEUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Load");
    assertThatThrownBy(
            () -> TasksByToken.rewrite(DEFINITION.replace(":lambda:invoke", ":sns:publish"), QUEUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sns:publish");
  }
}
