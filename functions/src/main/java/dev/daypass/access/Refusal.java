package dev.daypass.access;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reason why something is not done. A value, not an exception: all reasons are collected and
 * shown.
 *
 * @param code a stable name for programs, lower case with dashes: {@code duration-too-long}
 * @param field the input the refusal is about ({@code duration}, {@code reason}, …), or null if
 *     none
 * @param message for the person who asked: what is wrong and what would be right
 */
public record Refusal(String code, @Nullable String field, String message) {
  public Refusal {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  /** A refusal that is about no single field. */
  public static Refusal of(String code, String message) {
    return new Refusal(code, null, message);
  }

  /** A refusal if a rule is broken. */
  static Optional<Refusal> when(boolean broken, Refusal refusal) {
    return broken ? Optional.of(refusal) : Optional.empty();
  }
}
