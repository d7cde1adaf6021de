package dev.daypass.local.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one execution, each as {@code GetExecutionHistory} shows it. Not safe for threads:
 * the execution's lock guards it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
 */
final class History {
  /**
   * "Maximum execution history size" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
   */
  static final int LIMIT = 25_000;

  private final List<ObjectNode> events = new ArrayList<>();
  private long entered;

  /**
   * Adds an event.
   *
   * @param member the name of its details
   * @throws StateFailed if only the place is left that the execution's own failure needs
   */
  void add(Instant at, String type, String member, ObjectNode details) {
    checkLimit();
    append(at, type, previous(), member, details);
  }

  /** Adds the event with which a state is entered, and answers its id. */
  long enter(Instant at, String type, ObjectNode details) {
    add(at, type, "stateEnteredEventDetails", details);
    entered = events.size();
    return entered;
  }

  /** Adds the failure of an expression, linked as {@link #beside} says. */
  void addBeside(Instant at, String type, String member, ObjectNode details) {
    checkLimit();
    append(at, type, beside(), member, details);
  }

  /** Adds the event with which the execution ends by itself; there is always a place for it. */
  void close(Instant at, String type, String member, ObjectNode details) {
    append(at, type, previous(), member, details);
  }

  /** Adds the event with which the execution is ended from outside, linked as {@link #beside}. */
  void closeBeside(Instant at, String type, String member, ObjectNode details) {
    append(at, type, beside(), member, details);
  }

  private void checkLimit() {
    if (events.size() >= LIMIT - 1) {
      throw new StateFailed(
          new Failure(
              Failure.RUNTIME,
              "The execution reached the maximum number of history events (" + LIMIT + ")."));
    }
  }

  /** All events, oldest first. */
  List<ObjectNode> events() {
    return List.copyOf(events);
  }

  private long previous() {
    // AWS links the first state to 0, not to ExecutionStarted.
    return events.size() < 2 ? 0 : events.size();
  }

  /** AWS links these to what came before a state that has done nothing since it was entered. */
  private long beside() {
    return entered == events.size() ? (entered < 3 ? 0 : entered - 1) : previous();
  }

  private void append(Instant at, String type, long previous, String member, ObjectNode details) {
    var event =
        Json.object()
            .put("type", type)
            .put("id", events.size() + 1L)
            .put("previousEventId", previous);
    event.set("timestamp", Timestamps.wire(at));
    event.set(member, details);
    events.add(event);
  }
}
