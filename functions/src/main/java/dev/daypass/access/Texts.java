package dev.daypass.access;

import org.jspecify.annotations.Nullable;

/** Bounds of what people type. */
public final class Texts {
  /** The most characters (Unicode code points) of a reason, a comment or a ticket. */
  public static final int LONGEST = 2_000;

  private Texts() {}

  /** Whether a text is longer than {@link #LONGEST}. */
  public static boolean isTooLong(@Nullable String text) {
    return text != null && text.codePointCount(0, text.length()) > LONGEST;
  }
}
