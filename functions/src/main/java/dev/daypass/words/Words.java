package dev.daypass.words;

import dev.daypass.access.Texts;

/** Texts of others, for the middle of ours. */
public final class Words {
  private Words() {}

  /**
   * A name or title for the middle of a sentence: one with letters that are read from right to left
   * stands between U+2068 and U+2069, so that it does not carry what stands around it along
   * (Unicode Standard Annex #9, section 2.7). In HTML, {@code <bdi>} does the same.
   */
  public static String apart(String name) {
    return name.codePoints().anyMatch(Words::isReadFromRight) && !name.startsWith("\u2068")
        ? "\u2068" + name + "\u2069"
        : name;
  }

  private static boolean isReadFromRight(int character) {
    return switch (Character.getDirectionality(character)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER ->
          true;
      default -> false;
    };
  }

  /** As {@link Texts#visible}, for what makes texts for people and knows no requests. */
  public static String visible(String text) {
    return Texts.visible(text);
  }
}
