package dev.daypass.mail;

import java.util.regex.Pattern;

/** What people typed, made harmless for a mail without changing what it says. */
final class Typed {
  private static final int LONGEST_SUBJECT = 160;

  /** Turn the direction of text around them: could make a line of ours read as another. */
  private static final Pattern DIRECTION =
      Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\r\\u2028\\u2029\\u0085]");
  private static final Pattern ADDRESS = Pattern.compile("://");

  private Typed() {}

  /**
   * Keeps lines. Addresses are broken up, because mail programs make links of them: the one link of
   * a mail is ours.
   */
  static String lines(String typed) {
    String lines = LINE_END.matcher(typed).replaceAll("\n");
    String plain = CONTROL.matcher(lines).replaceAll(" ");
    return ADDRESS.matcher(DIRECTION.matcher(plain).replaceAll("")).replaceAll(": //").strip();
  }

  /** For the middle of a sentence, and for headers: no line ends at all. */
  static String line(String typed) {
    return lines(typed).replaceAll("\\s+", " ");
  }

  /** One line of bounded length, cut between characters. */
  static String subject(String sentence) {
    String line = line(sentence);
    return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
  }
}
