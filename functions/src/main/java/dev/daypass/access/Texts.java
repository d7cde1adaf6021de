package dev.daypass.access;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a text may hold and how long it may be: one rule for all that people type, for names and
 * titles, and for what targets answer. What breaks it is refused with the place, or made visible;
 * nothing is changed silently.
 */
public final class Texts {
  /** The most characters (Unicode code points) of a reason, a comment or a ticket. */
  public static final int LONGEST = 2_000;

  private Texts() {}

  /**
   * What is wrong with a text of several lines: a control character other than tab and LF, a line
   * end of another kind, a character that turns the direction of what follows (Unicode Standard
   * Annex #9, sections 2.1 to 2.3: embeddings, overrides and isolates, which reach beyond the text
   * itself), half of a character, one that was lost on its way, or none at all.
   *
   * @return a sentence for people with place and number of the first such character; empty if the
   *     text is fine
   */
  public static Optional<String> flaw(String text) {
    return firstFlaw(text, false);
  }

  /**
   * What is wrong with a name or title: as {@link #flaw}, and it is one line without characters
   * that cannot be seen. Joiners are fine: Persian, Indic scripts and emoji need them.
   */
  public static Optional<String> flawOfLine(String text) {
    return firstFlaw(text, true);
  }

  private static Optional<String> firstFlaw(String text, boolean line) {
    int place = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      place++;
      int character = text.codePointAt(i);
      var why = why(character, line);
      if (why != null) {
        return Optional.of(
            "Please take out character %,d (U+%04X): %s.".formatted(place, character, why));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String why(int character, boolean line) {
    if (character == '\n' || character == '\t') {
      return line ? "this must be one line" : null;
    }
    if (turnsDirection(character)) {
      return "it turns the direction in which text is read";
    }
    if (character == 0xFFFD) {
      return "it stands for a character that was lost on its way";
    }
    // Unicode Standard, section 23.7: the last two of each plane, and 32 more.
    if ((character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF)) {
      return "there is no such character";
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL -> "it is a control character";
      case Character.SURROGATE -> "it is half of a character";
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          "it is a line end that not every program knows";
      case Character.FORMAT -> line && !isJoiner(character) ? "it cannot be seen" : null;
      default -> null;
    };
  }

  private static boolean turnsDirection(int character) {
    return (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static boolean isJoiner(int character) {
    // U+E0020 to U+E007F: the letters inside the emoji of a flag.
    return character == 0x200C
        || character == 0x200D
        || (character >= 0xE0020 && character <= 0xE007F);
  }

  /**
   * The text with everything that {@link #flaw} objects to made visible: {@code
   * \u2039U+202E\u203a}. For what cannot be refused, such as the reason of a revocation or what a
   * target answered, and for what a message repeats.
   */
  public static String visible(String text) {
    return visible(text, false);
  }

  /** As {@link #visible}, and on one line: for logs, where one event is one line. */
  public static String visibleLine(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean line) {
    if (firstFlaw(text, line).isEmpty()) {
      return text;
    }
    var visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (why(character, line) == null) {
                visible.appendCodePoint(character);
              } else {
                visible.append("\u2039U+%04X\u203a".formatted(character));
              }
            });
    return visible.toString();
  }

  /** Whether a reader sees nothing: only blanks, line ends and characters without a shape. */
  public static boolean saysNothing(String text) {
    return seen(text) == 0;
  }

  /** How many characters a reader sees; ten that cannot be seen are no reason. */
  public static int seen(String text) {
    return (int) text.codePoints().filter(Texts::isSeen).count();
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Letters and a symbol that are blank: Hangul fillers, the Braille pattern without dots.
      default ->
          character != 0x115F
              && character != 0x1160
              && character != 0x3164
              && character != 0xFFA0
              && character != 0x2800;
    };
  }

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
