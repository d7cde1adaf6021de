package dev.daypass.web;

import java.util.regex.Pattern;

/**
 * What a person typed, as one text whatever the machine they typed it on. What a text may hold is
 * for {@link dev.daypass.access.Texts} to say, where it is known what the text is for.
 */
final class Plain {
  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  /** All that the Unicode Standard, section 5.8, calls a new line. */
  private static final Pattern LINE_END =
      Pattern.compile("\\r\\n|[\\r\\u000b\\f\\u0085\\u2028\\u2029]");

  private Plain() {}

  /**
   * The text with line ends as LF.
   *
   * @param field where it was typed, for the problem
   * @throws HttpProblem 400 if it holds half of a surrogate pair: no text in any encoding does
   */
  static String text(String field, String typed) {
    var half = HALF_PAIR.matcher(typed);
    if (half.find()) {
      var damaged =
          Refusals.of(
              "text-damaged",
              field,
              typed.codePointCount(0, half.start()) + 1,
              field,
              "U+%04X".formatted((int) typed.charAt(half.start())));
      throw new HttpProblem(Problem.badInput(damaged.said(), damaged));
    }
    return LINE_END.matcher(typed).replaceAll("\n");
  }
}
