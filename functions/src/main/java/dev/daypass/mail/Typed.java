package dev.daypass.mail;

import dev.daypass.words.Words;
import java.util.List;
import java.util.regex.Pattern;

/** What people typed, made harmless for a mail without changing what it says. */
final class Typed {
  private static final int LONGEST_SUBJECT = 160;

  private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\r\\u2028\\u2029\\u0085]");

  private Typed() {}

  /**
   * Keeps lines. Addresses are broken up, because mail programs make links of them: the one link of
   * a mail is ours. What must not be in a text is refused where it is typed; if some comes all the
   * same, from a file say, it is made visible.
   */
  static String lines(String typed) {
    return plain(typed).strip();
  }

  private static String plain(String typed) {
    String lines = LINE_END.matcher(typed).replaceAll("\n");
    return Words.unlinked(Words.visible(lines));
  }

  /**
   * For the middle of a sentence, and for headers: no line ends at all. Kept apart from what stands
   * around it if it is read from right to left.
   */
  static String line(String typed) {
    return Words.apart(lines(typed).replaceAll("\\s+", " "));
  }

  /** Each as {@link #line(String)}. */
  static List<String> lines(List<String> typed) {
    return typed.stream().map(Typed::line).toList();
  }

  /**
   * One line of bounded length, cut between characters, of parts that were made lines before. What
   * a mail program would take for an encoded word (RFC 2047, section 2) and show as something else
   * is broken up.
   */
  static String subject(String sentence) {
    String line = sentence.replaceAll("\\s+", " ").replace("=?", "= ?");
    return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
  }
}
