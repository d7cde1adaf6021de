package dev.daypass.words;

import dev.daypass.access.Said;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that will happen.
 *
 * @param at when, or null if that depends on people
 * @param what a sentence, from {@link Telling} or {@link Chain}
 */
public record Upcoming(@Nullable Instant at, Said what) {
  public Upcoming {
    Objects.requireNonNull(what);
  }
}
