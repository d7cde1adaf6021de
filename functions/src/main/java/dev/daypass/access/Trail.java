package dev.daypass.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that happened to a request, oldest first. Its length is the request's version.
 *
 * @param run the current run of the workflow, counted from 1
 */
public record Trail(int run, List<Event> events) {
  /** From here on no decision and no new run are taken; what leads to an end always has room. */
  public static final int MOST_EVENTS = 200;

  /** From here on no new run is taken even while access is being taken away. */
  public static final int MOST_EVENTS_WHILE_ENDING = 250;

  /**
   * So many mails that came back are kept, three rounds of as many people as one may ask. They do
   * not count where the other bounds are looked at: nobody's mail system takes the room of people.
   */
  public static final int MOST_RETURNED = 75;

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

  /**
   * The last change of the access, or of what is asked about it. What is said in the review of an
   * emergency comes beside that, and after it.
   */
  public Event last() {
    return backwards().findFirst().orElseThrow();
  }

  private Stream<Event> backwards() {
    return events.reversed().stream().filter(event -> !event.kind().isAboutReview());
  }

  /**
   * Whether this person's command has already been taken: then repeating it changes nothing. Ids
   * come from outside, so nobody's id can stand in the way of somebody else's command.
   */
  public boolean holds(Act act) {
    return events.stream()
        .map(Event::act)
        .anyMatch(taken -> taken.command().equals(act.command()) && taken.by().equals(act.by()));
  }

  /** How many mails have come back. */
  int returned() {
    return count(Event.Kind.MAIL_RETURNED);
  }

  /** How often this has happened. */
  int count(Event.Kind kind) {
    return (int) events.stream().filter(event -> event.kind() == kind).count();
  }

  /** Whether this has ever happened. */
  boolean has(Event.Kind kind) {
    return events.stream().anyMatch(event -> event.kind() == kind);
  }

  /** How many runs have been begun since anything else happened. */
  private int runsInVain() {
    return (int) backwards().takeWhile(event -> event.kind() == Event.Kind.RUN_STARTED).count();
  }

  /** When the current run must have moved the request, if nothing else says when. */
  Instant patienceEnds() {
    return last().act().at().plus(Times.patience(runsInVain()));
  }

  /**
   * When the request must have moved that must have moved at this deadline: if a run has been begun
   * at or after it, then once the patience with that run ends.
   */
  Instant patientlyAfter(Instant deadline) {
    return runsInVain() > 0 && !last().act().at().isBefore(deadline) ? patienceEnds() : deadline;
  }
}
