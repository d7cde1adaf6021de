package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is, or was, asked in place of one of those whom a stage asks, who may decide as
 * well.
 *
 * @param of email address of whoever is asked
 * @param by email address, lower case, of whoever stands in for them
 * @param since when they were first asked in that place
 * @param until when that was over; null while it is not
 */
public record StandIn(String of, String by, Instant since, @Nullable Instant until) {
  public StandIn {
    Objects.requireNonNull(of);
    Texts.requireLowerCase(by);
    Objects.requireNonNull(since);
    if (of.equals(by)) {
      throw new IllegalArgumentException("nobody stands in for themselves: " + of);
    }
  }

  /** Whether it is not over. */
  public boolean lasts() {
    return until == null;
  }

  StandIn over(Instant at) {
    return new StandIn(of, by, since, at);
  }
}
