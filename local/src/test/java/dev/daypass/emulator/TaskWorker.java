package dev.daypass.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.lambda.Functions;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/**
 * Runs the real handlers for the tasks that {@link TasksByToken} sends, and answers by token as
 * Step Functions hears from Lambda: the output, or the error named by the exception's class.
 */
final class TaskWorker implements AutoCloseable {
  /** A task that is over by now: nobody waits for the answer. */
  private static final Set<String> OVER =
      Set.of("TaskTimedOut", "TaskDoesNotExist", "InvalidToken");

  private final TaskQueue queue;
  private final Functions functions;
  private final SfnClient states;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().name("tasks").unstarted(this::work);

  TaskWorker(TaskQueue queue, Functions functions, SfnClient states) {
    this.queue = queue;
    this.functions = functions;
    this.states = states;
  }

  void start() {
    loop.start();
  }

  /** What made the worker stop, or null. */
  @Nullable RuntimeException failure() {
    return failure.get();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (var message : queue.next()) {
          tasks.execute(() -> guarded(message));
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      if (!loop.isInterrupted()) {
        failure.compareAndSet(null, broken);
      }
    }
  }

  private void guarded(JsonNode message) {
    try {
      handle(message);
    } catch (RuntimeException broken) {
      failure.compareAndSet(null, broken);
    }
  }

  private void handle(JsonNode message) {
    var token = message.path("token").asText();
    var result =
        functions.invoke(message.path("function").asText(), message.path("payload").toString());
    if (result.functionError() != null) {
      var error = read(result.payload());
      answer(
          () ->
              states.sendTaskFailure(
                  failed ->
                      failed
                          .taskToken(token)
                          .error(error.path("errorType").asText())
                          .cause(error.path("errorMessage").asText())));
    } else if (message.path("reply").asText().equals("result")) {
      var output = Wire.JSON.createObjectNode();
      output.set("Payload", read(result.payload()));
      answer(() -> states.sendTaskSuccess(done -> done.taskToken(token).output(output.toString())));
    }
  }

  private static void answer(Runnable call) {
    try {
      call.run();
    } catch (SfnException refused) {
      if (!OVER.contains(refused.awsErrorDetails().errorCode())) {
        throw refused;
      }
    }
  }

  private static JsonNode read(String payload) {
    try {
      return payload.isBlank() ? Wire.JSON.nullNode() : Wire.JSON.readTree(payload);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException("a function answered no JSON: " + payload, notJson);
    }
  }

  @Override
  public void close() {
    loop.interrupt();
    try {
      loop.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    tasks.shutdownNow();
    states.close();
  }
}
