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
    if (step.step() == null || step.requestId() == null) {
      throw new IOException("a step has `step` and `requestId`");
    }
    return step;
  }

  /** Answers a step with what is next. */
  public static void answer(OutputStream output, Next next, Instant now) throws IOException {
    MAPPER.writeValue(output, Answer.of(next, now));
  }

  /** What an error's name means for people, to follow "the system". */
  public static String problem(String error) {
    return switch (error.substring(error.lastIndexOf('.') + 1)) {
      case "TargetUnavailable" -> "did not answer";
      case "TargetRefused" -> "answered and refused";
      case "Busy" -> "was being changed by somebody else";
      default -> "could not be reached because of a fault in Daypass (" + error + ")";
    };
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
