package dev.daypass.words;

import dev.daypass.access.Texts;
import gg.jte.Content;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of others, for the middle of ours. */
public final class Words {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern JOINT = Pattern.compile("[@.](?=.)");
  private static final Pattern SCHEME = Pattern.compile("://");
  private static final Pattern BARE = Pattern.compile("\\b(www)\\.", Pattern.CASE_INSENSITIVE);

  private static final int LONG = 500;
  private static final int LONG_LINES = 12;

  private Words() {}

  /**
   * An email address as markup: where it does not fit a line, it goes on in the next one after
   * {@code @} or a dot, and not in the middle of a word.
   */
  public static Content address(String email) {
    var markup = breakable(email);
    return output -> output.writeContent(markup);
  }

  /** Any text, escaped; the addresses in it as {@link #address} has them. */
  static String breakable(String text) {
    var escaped = new StringOutput();
    // Double quotes too, as everywhere: nobody has to think about where it may stand.
    Escape.htmlAttribute(text, escaped);
    var markup = escaped.toString();
    return markup.indexOf('@') < 0
        ? markup
        : WORD.matcher(markup)
            .replaceAll(word -> Matcher.quoteReplacement(brokenAtJoints(word.group())));
  }

  private static String brokenAtJoints(String word) {
    return word.indexOf('@') < 0 ? word : JOINT.matcher(word).replaceAll("$0<wbr>");
  }

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

  /** Whether it would fill the screen of a phone, so that pages fold it there. */
  public static boolean isLong(String text) {
    return text.codePointCount(0, text.length()) > LONG || text.lines().count() > LONG_LINES;
  }

  /**
   * With addresses broken up, because programs for mail and chat make links of them: the one link
   * there is ours.
   */
  public static String unlinked(String text) {
    return BARE.matcher(SCHEME.matcher(text).replaceAll(": //")).replaceAll("$1 .");
  }

  /** As {@link Texts#visible}, for what makes texts for people and knows no requests. */
  public static String visible(String text) {
    return Texts.visible(text);
  }
}
