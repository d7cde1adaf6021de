package dev.daypass.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a machine, as {@link DefinitionCheck} let it pass. {@code next} is null where the
 * state ends the execution ({@code "End": true}).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html">Discovering
 *     workflow states to use in Step Functions</a>
 */
sealed interface State {
  /** A JSON value in which every string of the form <code>{% … %}</code> is JSONata. */
  record Template(JsonNode source) {}

  /** What a state leaves behind: variables for later states and the output for the next. */
  record Exit(@Nullable Template assign, @Nullable Template output) {}

  /**
   * Invokes a Lambda function.
   *
   * @param waitsForToken whether the task goes on when its token comes back instead of when the
   *     function returns ({@code lambda:invoke.waitForTaskToken})
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html">Task
   *     workflow state</a>
   */
  record Task(
      boolean waitsForToken,
      Template arguments,
      @Nullable Template timeoutSeconds,
      @Nullable Template heartbeatSeconds,
      List<Retrier> retry,
      List<Catcher> catchers,
      Exit exit,
      @Nullable String next)
      implements State {
    /** The action as history events name it. */
    String action() {
      return waitsForToken ? "invoke.waitForTaskToken" : "invoke";
    }
  }

  /**
   * Passes its input on, or an output of its own.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html">Pass
   *     workflow state</a>
   */
  record Pass(Exit exit, @Nullable String next) implements State {}

  /**
   * Waits {@code seconds} or until {@code timestamp}; exactly one of them is set.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html">Wait
   *     workflow state</a>
   */
  record Wait(
      @Nullable Template seconds, @Nullable Template timestamp, Exit exit, @Nullable String next)
      implements State {}

  /**
   * Goes where the first true rule says, else to {@code otherwise}, and only then with {@code
   * exit}.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html">Choice
   *     workflow state</a>
   */
  record Choice(List<Rule> rules, @Nullable String otherwise, Exit exit) implements State {}

  /**
   * Ends the execution with success.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html">Succeed
   *     workflow state</a>
   */
  record Succeed(Exit exit) implements State {}

  /**
   * Ends the execution with an error.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html">Fail
   *     workflow state</a>
   */
  record Fail(@Nullable Template error, @Nullable Template cause) implements State {}

  /** One rule of a Choice. */
  record Rule(Template condition, String next, Exit exit) {}

  /**
   * Tries a task again after certain errors.
   *
   * @param interval seconds before the first retry
   * @param maxDelay upper bound of the delay in seconds, or null
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error">Retrying
   *     after an error</a>
   */
  record Retrier(
      List<String> errorEquals,
      int interval,
      int maxAttempts,
      double backoffRate,
      @Nullable Integer maxDelay,
      boolean fullJitter) {}

  /**
   * Goes on in another state after certain errors.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states">Fallback
   *     states</a>
   */
  record Catcher(List<String> errorEquals, String next, Exit exit) {}
}
