package dev.daypass.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that happened to a request, oldest first. Its length is the request's version.
 *
 * @param run the current run of the workflow, counted from 1
 */
public record Trail(int run, List<Event> events) {
  /** From here on only what ends access is taken, so that revocation always has room. */
  public static final int MOST_EVENTS = 200;

  /** The room kept for ending access. */
  public static final int MOST_EVENTS_WHILE_ENDING = 250;

  public Trail {
    events = List.copyOf(events);
    if (run < 1) {
      throw new IllegalArgumentException("runs count from 1, not " + run);
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).version() != i + 1) {
        throw new IllegalArgumentException(
            "event " + (i + 1) + " has version " + events.get(i).version());
      }
    }
  }

  /** The trail of a request that does not exist yet. */
  static Trail begin() {
    return new Trail(1, List.of());
  }

  Trail plus(Act act, Event.Kind kind, Status after, Map<String, String> details) {
    return plus(run, act, kind, after, details);
  }

  Trail plus(int nextRun, Act act, Event.Kind kind, Status after, Map<String, String> details) {
    var longer = new ArrayList<>(events);
    longer.add(new Event(events.size() + 1, act, kind, after, details));
    return new Trail(nextRun, longer);
  }

  /** The number of changes so far. */
  public int version() {
    return events.size();
  }

  /** The last change. */
  public Event last() {
    return events.getLast();
  }

  /** Whether a command has already been taken: then repeating it changes nothing. */
  public boolean holds(String command) {
    return events.stream().anyMatch(event -> event.act().command().equals(command));
  }

  /** When the current run must have moved the request, if nothing else says when. */
  Instant patienceEnds() {
    return last().act().at().plus(Times.patience(run));
  }
}
