package dev.daypass.web;

import java.util.List;
import java.util.Objects;

/**
 * What a page needs so that its forms are believed when they come back.
 *
 * @param value the hidden field {@link AntiForgery#FIELD} on a page for nobody
 * @param setCookies what the answer with the page must set; empty if the browser has it already
 */
public record FormToken(String value, List<String> setCookies) {
  // Never in the secret, which is Base64 for addresses (RFC 4648, section 5).
  private static final char BETWEEN = '.';

  public FormToken {
    Objects.requireNonNull(value);
    setCookies = List.copyOf(setCookies);
  }

  /**
   * What the hidden field holds on a page for somebody who is signed in. The secret alone keeps
   * other sites out, so the address stands beside it as it is.
   */
  String of(String person) {
    return value + BETWEEN + person;
  }

  /** The part of a sent field that only our pages know. */
  static String secret(String sent) {
    int end = sent.indexOf(BETWEEN);
    return end < 0 ? sent : sent.substring(0, end);
  }

  /** For whom the page was; empty if nobody was signed in on it. */
  static String person(String sent) {
    int end = sent.indexOf(BETWEEN);
    return end < 0 ? "" : sent.substring(end + 1);
  }
}
