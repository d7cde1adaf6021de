package dev.daypass.approval;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Next;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine hands to a function: the payload of a task state in {@code
 * statemachine/access.asl.json}. Ids and instants only.
 *
 * @param step which step this is
 * @param requestId id of the request
 * @param run the run of the workflow
 * @param stage the stage that is waited for, -1 if none
 * @param round its round, -1 if none
 * @param token the task token of a wait, else null
 * @param entered when the state was entered, in a wait
 * @param retry the state's retry count, in a wait
 * @param error name of the error that led here, else null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Step(
    String step,
    String requestId,
    int run,
    int stage,
    int round,
    @Nullable String token,
    @Nullable String entered,
    int retry,
    @Nullable String error) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** How long a step that only passes through may take. */
  private static final Duration PASSING = Duration.ofMinutes(1);

  /**
   * Reads a step.
   *
   * @throws IOException if it is not JSON of this shape
   */
  public static Step read(InputStream payload) throws IOException {
    var step = MAPPER.readValue(payload, Step.class);
    if (step == null || step.step() == null || step.requestId() == null) {
      throw new IOException("a step has `step` and `requestId`");
    }
    return step;
  }

  /**
   * What went wrong, in words for the owners of the system.
   *
   * @param error name of the error that made the workflow give up: a class of ours, or one of the
   *     service's own
   */
  public static String problem(@Nullable String error) {
    return switch (error) {
      case "dev.daypass.connector.TargetUnavailable" ->
          "The system did not answer properly, however often it was tried.";
      case "dev.daypass.connector.TargetRefused" ->
          "The system refused it, and will until somebody mends the connection or the role.";
      case null, default ->
          "It failed on the way to the system ("
              + error
              + "); an administrator finds more in the logs.";
    };
  }

  /** Answers a step with what is next. */
  public static void answer(OutputStream output, Next next, Instant now) throws IOException {
    MAPPER.writeValue(output, Answer.of(next, now));
  }

  /** What is next, as the output of a wait. */
  public static String answer(Next next, Instant now) {
    try {
      return MAPPER.writeValueAsString(Answer.of(next, now));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The form in which the state machine reads what is next.
   *
   * @param deadline when the wait that follows is over; a minute from now where nothing is waited
   *     for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Answer(String next, int stage, int round, String deadline) {
    static Answer of(Next next, Instant now) {
      var soon = now.plus(PASSING).toString();
      return switch (next) {
        case Next.Decide decide ->
            new Answer("DECIDE", decide.stage(), decide.round(), decide.deadline().toString());
        case Next.Provision _ -> new Answer("PROVISION", -1, -1, soon);
        case Next.AwaitEnd end -> new Answer("AWAIT_END", -1, -1, end.deadline().toString());
        case Next.Deprovision _ -> new Answer("DEPROVISION", -1, -1, soon);
        case Next.Done _ -> new Answer("DONE", -1, -1, soon);
      };
    }
  }
}
