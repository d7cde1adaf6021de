package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Objects;

/** The body of a call: bytes and what they are said to be. */
public final class Body {
  /** No body. */
  public static final Body EMPTY = new Body(new byte[0], "");

  private final byte[] bytes;
  private final String contentType;

  /**
   * A body as it came.
   *
   * @param contentType the header's value with its parameters; empty if there is none
   */
  public Body(byte[] bytes, String contentType) {
    this.bytes = bytes.clone();
    this.contentType = Objects.requireNonNull(contentType);
  }

  /** The bytes as text, malformed ones replaced: to compare or hash, not to read from. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  public int size() {
    return bytes.length;
  }

  Form form() {
    expect("application/x-www-form-urlencoded", "a form");
    return Form.parse(bytes);
  }

  <T> T json(Class<T> type) {
    expect("application/json", "JSON");
    return Json.read(bytes, type);
  }

  private void expect(String type, String words) {
    if (bytes.length > HttpRequest.LARGEST_BODY) {
      throw new HttpProblem(Problem.tooLarge(HttpRequest.LARGEST_BODY));
    }
    String said = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!said.equals(type)) {
      throw new HttpProblem(
          Problem.badInput(
              "The body must be "
                  + words
                  + " (content type "
                  + type
                  + "), not "
                  + (said.isEmpty() ? "of an unnamed type." : said + ".")));
    }
  }
}
