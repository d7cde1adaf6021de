package dev.daypass.simulation;

import java.time.Duration;
import java.time.Instant;

/** One run of a function: what it may still do, and until when. */
final class Invocation {
  private final int number;
  private final String function;
  private final Instant deadline;
  private final Duration skew;
  private boolean dead;

  /**
   * @param number counts from 1 in a run
   * @param function its logical id
   * @param deadline when Lambda cuts it off
   * @param skew how far its clock is ahead
   */
  Invocation(int number, String function, Instant deadline, Duration skew) {
    this.number = number;
    this.function = function;
    this.deadline = deadline;
    this.skew = skew;
  }

  /** Unwinds a function that is no more. Not an exception that a function would catch. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    /** Whether its time was up, as opposed to having crashed. */
    final boolean late;

    private Killed(boolean late) {
      super("killed", null, false, false);
      this.late = late;
    }
  }

  int number() {
    return number;
  }

  String function() {
    return function;
  }

  Instant deadline() {
    return deadline;
  }

  Duration skew() {
    return skew;
  }

  /** From here on nothing that it does reaches anybody: also not what it does when unwinding. */
  Killed kill(boolean late) {
    dead = true;
    return new Killed(late);
  }

  boolean isDead() {
    return dead;
  }
}
