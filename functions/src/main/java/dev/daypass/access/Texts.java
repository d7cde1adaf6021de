package dev.daypass.access;

import java.util.Locale;
import java.util.Objects;
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
   * The first thing that is wrong with a text.
   *
   * @param place of the character in the text, counted as people do, from 1
   * @param character its code point
   */
  public record Flaw(int place, int character, Why why) {
    public Flaw {
      Objects.requireNonNull(why);
    }

    /** For people, in English. */
    public String sentence() {
      return "Please take out character %,d (U+%04X): %s.".formatted(place, character, why.words);
    }

    /** What {@link #sentence} says, for a refusal of this code in any language. */
    Refusal refusal(String code, String field) {
      return new Refusal(
          code, field, sentence(), Said.of(why.key, place, "U+%04X".formatted(character)));
    }
  }

  /** Why a character must not be in a text. */
  public enum Why {
    LINE_END("flaw.line-end", "this must be one line"),
    TURNS("flaw.turns", "it turns the direction in which text is read"),
    LOST("flaw.lost", "it stands for a character that was lost on its way"),
    NONE("flaw.none", "there is no such character"),
    CONTROL("flaw.control", "it is a control character"),
    HALF("flaw.half", "it is half of a character"),
    ODD_LINE_END("flaw.odd-line-end", "it is a line end that not every program knows"),
    HIDDEN("flaw.hidden", "it cannot be seen");

    private final String key;
    private final String words;

    Why(String key, String words) {
      this.key = key;
      this.words = words;
    }
  }

  /** The refusal of a text of several lines with a {@link #flaw}; empty if the text is fine. */
  public static Optional<Refusal> refusal(String code, String field, String text) {
    return firstFlaw(text, false).map(flaw -> flaw.refusal(code, field));
  }

  /** The refusal of a line with a {@link #flawOfLine}; empty if the line is fine. */
  public static Optional<Refusal> refusalOfLine(String code, String field, String line) {
    return firstFlaw(line, true).map(flaw -> flaw.refusal(code, field));
  }

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
    return firstFlaw(text, false).map(Flaw::sentence);
  }

  /**
   * What is wrong with a name or title: as {@link #flaw}, and it is one line without characters
   * that cannot be seen. Joiners are fine: Persian, Indic scripts and emoji need them.
   */
  public static Optional<String> flawOfLine(String text) {
    return firstFlaw(text, true).map(Flaw::sentence);
  }

  private static Optional<Flaw> firstFlaw(String text, boolean line) {
    int place = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      place++;
      int character = text.codePointAt(i);
      var why = why(character, line);
      if (why != null) {
        return Optional.of(new Flaw(place, character, why));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Why why(int character, boolean line) {
    if (character == '\n' || character == '\t') {
      return line ? Why.LINE_END : null;
    }
    if (turnsDirection(character)) {
      return Why.TURNS;
    }
    if (character == 0xFFFD) {
      return Why.LOST;
    }
    // Unicode Standard, section 23.7: the last two of each plane, and 32 more.
    if ((character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF)) {
      return Why.NONE;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL -> Why.CONTROL;
      case Character.SURROGATE -> Why.HALF;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Why.ODD_LINE_END;
      case Character.FORMAT -> line && !isJoiner(character) ? Why.HIDDEN : null;
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
    return shortened(text, LONGEST);
  }

  /** As {@link #shortened(String)}, to at most so many characters. */
  static String shortened(String text, int most) {
    return length(text) > most
        ? text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…"
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
