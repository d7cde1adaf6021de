package dev.daypass.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promise that was not kept.
 *
 * @param promise its number in {@code shared/design.md}, 1 to 8; 0 for what a life claims of itself
 * @param what in words
 */
record Broken(int promise, @Nullable Instant at, String what) {
  @Override
  public String toString() {
    return (promise == 0 ? "life" : "promise " + promise)
        + (at == null ? "" : " at " + at)
        + ": "
        + what;
  }
}
