package dev.daypass.access;

import java.util.List;
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
 * @param message for the person who asked, in English: what is wrong and what would be right
 * @param said the same for a reader of any language; its key is {@code refusal.} and the code, and
 *     a further word where one code has several sentences
 */
public record Refusal(String code, @Nullable String field, String message, Said said) {
  /** The code of what is for somebody else to do, whatever happens. */
  public static final String NOT_YOURS = "not-yours";

  private static final String KEY = "refusal.";

  public Refusal {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    Objects.requireNonNull(said);
  }

  /** A refusal whose sentence is always the same. */
  public Refusal(String code, @Nullable String field, String message) {
    this(code, field, message, Said.of(KEY + code));
  }

  /** A refusal that is about no single field. */
  public static Refusal of(String code, String message) {
    return new Refusal(code, null, message);
  }

  /** The same, with what its sentence speaks of: see {@link Said}. */
  public Refusal with(Object... arguments) {
    return new Refusal(code, field, message, new Said(said.key(), List.of(arguments)));
  }

  /** The same, said by one of several sentences that share the code. */
  public Refusal in(String variant) {
    return new Refusal(
        code, field, message, new Said(KEY + code + "." + variant, said.arguments()));
  }

  /** For whoever was asked in the place of somebody, and no longer is. */
  public static Refusal standInOver(String of) {
    return Refusal.of(
            "stand-in-over",
            "You were asked in place of " + of + ". That is over, so it is not yours to decide.")
        .with(of);
  }

  /** A refusal if a rule is broken. */
  static Optional<Refusal> when(boolean broken, Refusal refusal) {
    return broken ? Optional.of(refusal) : Optional.empty();
  }
}
