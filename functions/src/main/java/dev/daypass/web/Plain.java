package dev.daypass.web;

import java.util.regex.Pattern;

/**
 * What a person typed, made plain at the door, so that everything behind it stores and shows the
 * same.
 */
final class Plain {
  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  /**
   * Characters that turn the direction of what follows: they make a text read as what it is not.
   */
  private static final Pattern TURNING = Pattern.compile("[\\u202a-\\u202e\\u2066-\\u2069]");

  private Plain() {}

  /**
   * The text with line ends as LF, other control characters as blanks, and without characters that
   * turn the direction of reading.
   *
   * @throws HttpProblem 400 if it holds half of a surrogate pair: no text in any encoding does
   */
  static String text(String typed) {
    if (HALF_PAIR.matcher(typed).find()) {
      throw new HttpProblem(
          Problem.badInput(
              "The text is damaged: it holds half of a character (an unpaired surrogate)."));
    }
    var lines = typed.replace("\r\n", "\n").replace('\r', '\n');
    return TURNING.matcher(CONTROL.matcher(lines).replaceAll(" ")).replaceAll("");
  }
}
