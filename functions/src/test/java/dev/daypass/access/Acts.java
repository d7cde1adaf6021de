package dev.daypass.access;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Who does something and when, each time with a command id of its own. */
public final class Acts {
  /** When the tests begin. */
  public static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

  private static final AtomicLong COMMANDS = new AtomicLong();

  private Acts() {}

  /** Something that this person does at this moment. */
  public static Act by(String person, Instant at) {
    return new Act("command-" + COMMANDS.incrementAndGet(), at, person, "page");
  }

  /** Something that the workflow does at this moment. */
  public static Act byTheWorkflow(Instant at) {
    return new Act("command-" + COMMANDS.incrementAndGet(), at, "workflow", "workflow");
  }

  /** Something that somebody does when it does not matter who and when. */
  public static Act any() {
    return by(People.STELLA, MONDAY);
  }
}
