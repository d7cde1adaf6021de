package dev.daypass.web;

import dev.daypass.words.Speech;
import dev.daypass.words.Times;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its content, and what its forms carry.
 *
 * @param who the visitor, or null if that is not known (links from mails, errors)
 * @param times the zone in which times are shown, and now
 * @param formToken {@link FormToken#value()}; empty on pages without forms
 */
public record Frame(@Nullable Person who, Times times, String formToken) {
  public Frame {
    Objects.requireNonNull(times);
    Objects.requireNonNull(formToken);
  }

  /** What is said to the reader. */
  public Speech speech() {
    return Speech.onPage(Locale.ENGLISH, times.zone(), times.now());
  }
}
