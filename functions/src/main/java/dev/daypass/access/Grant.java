package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;

/**
 * The access itself.
 *
 * @param startedAt when it was proven to work
 * @param expiresAt when it must be gone; after {@code startedAt}
 */
public record Grant(Instant startedAt, Instant expiresAt) {
  public Grant {
    if (!expiresAt.isAfter(startedAt)) {
      throw new IllegalArgumentException("a grant ends after it starts");
    }
  }

  /** From its start to its end. */
  public Duration lasts() {
    return Duration.between(startedAt, expiresAt);
  }
}
