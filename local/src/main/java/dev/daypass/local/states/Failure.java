package dev.daypass.local.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error that a state reports: what {@code Retry} and {@code Catch} match and what {@code
 * $states.errorOutput} shows.
 *
 * @param error the error's name; a caller of {@code SendTaskFailure} may leave it out
 * @param cause text for people, empty for a timeout, absent if nobody gave one
 * @param heartbeat whether this is the timeout of a missing heartbeat, which AWS reports as {@code
 *     States.Timeout} and which {@code States.HeartbeatTimeout} matches too
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling
 *     errors in Step Functions workflows</a>
 */
record Failure(@Nullable String error, @Nullable String cause, boolean heartbeat) {
  static final String ALL = "States.ALL";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String TIMEOUT = "States.Timeout";
  static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";

  /** The reserved names that a retrier or catcher of a Task can name. */
  static final Set<String> RESERVED =
      Set.of(
          ALL,
          TASK_FAILED,
          TIMEOUT,
          HEARTBEAT_TIMEOUT,
          RUNTIME,
          DATA_LIMIT_EXCEEDED,
          QUERY_EVALUATION_ERROR,
          "States.Permissions");

  Failure(@Nullable String error, @Nullable String cause) {
    this(error, cause, false);
  }

  static Failure timeout() {
    return new Failure(TIMEOUT, "");
  }

  static Failure missedHeartbeat() {
    return new Failure(TIMEOUT, "", true);
  }

  static Failure tooLarge(String what) {
    return new Failure(
        DATA_LIMIT_EXCEEDED,
        "The state/task '"
            + what
            + "' returned a result with a size exceeding the maximum number of bytes service"
            + " limit.");
  }

  /**
   * Whether an {@code ErrorEquals} list matches. {@code States.Runtime} always ends the execution;
   * {@code States.ALL} does not catch {@code States.DataLimitExceeded}; {@code States.TaskFailed}
   * is a wildcard for everything but {@code States.Timeout} (the page named above, "Error names").
   */
  boolean isMatchedBy(List<String> errorEquals) {
    return !RUNTIME.equals(error) && errorEquals.stream().anyMatch(this::isMatchedBy);
  }

  private boolean isMatchedBy(String name) {
    return switch (name) {
      case ALL -> !DATA_LIMIT_EXCEEDED.equals(error);
      case TASK_FAILED -> !DATA_LIMIT_EXCEEDED.equals(error) && !TIMEOUT.equals(error);
      case HEARTBEAT_TIMEOUT -> heartbeat;
      default -> name.equals(error);
    };
  }

  /** The error output: {@code {"Error", "Cause"}}. */
  ObjectNode output() {
    return Json.object().put("Error", error).put("Cause", cause);
  }

  /** Adds {@code error} and {@code cause} to an event or answer, as far as there are any. */
  void describeIn(ObjectNode details) {
    if (error != null) {
      details.put("error", error);
    }
    if (cause != null && !cause.isEmpty()) {
      details.put("cause", cause);
    }
  }
}
