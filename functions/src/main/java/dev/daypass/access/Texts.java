package dev.daypass.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bounds of what people type. */
public final class Texts {
  /** The most characters (Unicode code points) of a reason, a comment or a ticket. */
  public static final int LONGEST = 2_000;

  private Texts() {}

  /**
   * A text that fits, its end left out if it must be: for what cannot be refused, such as the
   * reason of a revocation or what a target answered.
   */
  public static String shortened(String text) {
    return isTooLong(text)
        ? text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…"
        : text;
  }

  /**
   * Two spellings of one address would be two people: one who approves their own request, or counts
   * twice.
   *
   * @throws IllegalArgumentException if the address has capital letters
   */
  static void requireLowerCase(String email) {
    if (!email.equals(email.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("an address is in lower case: " + email);
    }
  }

  /** Whether a text is longer than {@link #LONGEST}. */
  public static boolean isTooLong(@Nullable String text) {
    return text != null && length(text) > LONGEST;
  }

  /** How many characters people would count. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
