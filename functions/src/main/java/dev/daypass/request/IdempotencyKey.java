package dev.daypass.request;

import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Problem;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key}: whoever sends a call again under the same key means the same
 * call.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07">The
 *     Idempotency-Key HTTP Header Field, draft 07</a>
 */
final class IdempotencyKey {
  private static final String NAME = "idempotency-key";
  static final int LONGEST = 255;

  /** What most programs send: the key and nothing else. */
  private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7e][\\x21-\\x7e]*");

  /** What the draft says: a String of RFC 9651, section 3.3.3. */
  private static final Pattern QUOTED =
      Pattern.compile("\"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*\"");

  private IdempotencyKey() {}

  /**
   * The key of a call; with and without quotation marks it is the same one.
   *
   * @throws HttpProblem 400 if there is none, or none that can be read
   */
  static String of(HttpRequest call) {
    var header = call.header(NAME).orElse("").strip();
    var key =
        QUOTED.matcher(header).matches()
            ? header.substring(1, header.length() - 1).replaceAll("\\\\([\"\\\\])", "$1")
            : BARE.matcher(header).matches() ? header : "";
    if (key.isBlank() || key.length() > LONGEST) {
      throw new HttpProblem(
          Problem.badInput(
              Problem.inEnglish(
                  "This call needs a header \"Idempotency-Key\" of 1 to 255 printable"
                      + " characters, new for each request: a UUID for example. Sent"
                      + " again with the same key, the call answers the same request.")));
    }
    return key;
  }
}
