package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;

/** The fixed spans of time. */
public final class Times {
  /** Nobody asks for less, and nobody approves for less. */
  public static final Duration SHORTEST_ACCESS = Duration.ofMinutes(15);

  /** By then a submission, an approval or a removal must have moved on. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The longest wait between two runs of the workflow for one request. */
  static final Duration LONGEST_PATIENCE = Duration.ofHours(6);

  /** How long before the end its holder is told. */
  static final Duration ENDING_SOON = Duration.ofMinutes(15);

  /** Shorter grants are not announced to end: whoever asked for so little knows. */
  static final Duration LONG_ENOUGH_TO_ANNOUNCE = Duration.ofHours(1);

  /**
   * After this time of trying in vain to take access away, a person gets a task: early enough for
   * the task to be open five minutes after the end, even if a sweep or two come to nothing.
   */
  public static final Duration REMOVAL_TASK_AFTER = Duration.ofMinutes(3);

  /** So long owners have to set something up by hand; then it is given up. */
  public static final Duration SET_UP_BY_HAND = Duration.ofDays(7);

  /** Whoever has a task is reminded after this time for the first time, the same working day. */
  static final Duration FIRST_REMINDER = Duration.ofHours(4);

  private static final int DAILY_REMINDERS = 7;

  /**
   * An end that is nearer than this stays: a function takes at most half a minute and its clock can
   * be seconds off, and what has ended for one of them must not go on for another.
   */
  static final Duration TOO_LATE_TO_EXTEND = Duration.ofMinutes(1);

  private Times() {}

  /**
   * Doubles with every run in vain, so that a request that cannot move does not fill its trail, and
   * begins anew with whatever moves it, so that trouble with one step does not delay the next.
   */
  static Duration patience(int runsInVain) {
    var patience = PATIENCE.multipliedBy(1L << Math.min(runsInVain, 20));
    return patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
  }

  /**
   * When the owners of a task are reminded next: the same day, then daily for a week, then weekly.
   *
   * @param reminders how often they have been reminded
   */
  static Instant reminderAt(Instant openedAt, int reminders) {
    if (reminders == 0) {
      return openedAt.plus(FIRST_REMINDER);
    }
    int days =
        reminders <= DAILY_REMINDERS
            ? reminders
            : DAILY_REMINDERS * (reminders - DAILY_REMINDERS + 1);
    return openedAt.plus(Duration.ofDays(days));
  }

  static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  static Instant later(Instant one, Instant other) {
    return other.isAfter(one) ? other : one;
  }

  /** When the holder is told that the access ends, or the end itself for short grants. */
  static Instant endingSoonAt(Grant grant) {
    return grant.lasts().compareTo(LONG_ENOUGH_TO_ANNOUNCE) < 0
        ? grant.expiresAt()
        : grant.expiresAt().minus(ENDING_SOON);
  }
}
