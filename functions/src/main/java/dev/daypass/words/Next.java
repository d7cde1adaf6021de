package dev.daypass.words;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that will happen.
 *
 * @param at when, or null if that depends on people
 * @param what a sentence without its full stop, from {@link Sentences}
 */
public record Next(@Nullable Instant at, String what) {
  public Next {
    Objects.requireNonNull(what);
  }
}
