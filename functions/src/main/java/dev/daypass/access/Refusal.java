package dev.daypass.access;

import java.util.Objects;
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
  /** The code of what is for somebody else to do, whatever happens. */
  public static final String NOT_YOURS = "not-yours";

  public Refusal {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  /** A refusal that is about no single field. */
  public static Refusal of(String code, String message) {
    return new Refusal(code, null, message);
  }
}
