package dev.daypass.mail;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One mail to one person, ready to be sent.
 *
 * @param to an address, without a name
 * @param subject one line
 * @param text the plain part
 * @param html the other part; says the same
 * @param headers names and values in ASCII (SES v2, {@code MessageHeader})
 * @param tags names and values of letters, digits, {@code _} and {@code -} (SES v2, {@code
 *     MessageTag})
 */
public record Mail(
    String to,
    String subject,
    String text,
    String html,
    Map<String, String> headers,
    Map<String, String> tags) {
  private static final Pattern LINE_END = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u0085]");
  private static final Pattern ASCII = Pattern.compile("[ -~]{1,870}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  public Mail {
    Objects.requireNonNull(text);
    Objects.requireNonNull(html);
    headers = Map.copyOf(headers);
    tags = Map.copyOf(tags);
    if (LINE_END.matcher(to).find() || LINE_END.matcher(subject).find()) {
      throw new IllegalArgumentException("address and subject are one line each");
    }
    headers.forEach((name, value) -> check(ASCII, name, value));
    tags.forEach((name, value) -> check(TAG, name, value));
  }

  private static void check(Pattern pattern, String name, String value) {
    if (!pattern.matcher(name).matches() || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("a mail cannot carry " + name + ": " + value);
    }
  }
}
