package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The body of a call: bytes and what they are said to be. */
public final class Body {
  /** No body. */
  public static final Body EMPTY = new Body(new byte[0], "");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  private final byte[] bytes;
  private static final String JSON = "application/json";
  private static final Said JSON_WORDS = Said.of("problem.body.json");
  private static final String UPLOAD = "multipart/form-data";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final String contentType;
  private final boolean damaged;

  /**
   * A body as it came.
   *
   * @param contentType the header's value with its parameters; empty if there is none
   */
  public Body(byte[] bytes, String contentType) {
    this(bytes.clone(), contentType, false);
  }

  private Body(byte[] bytes, String contentType, boolean damaged) {
    this.bytes = bytes;
    this.contentType = Objects.requireNonNull(contentType);
    this.damaged = damaged;
  }

  /** A body that did not survive its way to us: reading it is a problem of its sender's. */
  static Body damaged(String contentType) {
    return new Body(new byte[0], contentType, true);
  }

  /** The bytes as text, malformed ones replaced: to compare or hash, not to read from. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  public int size() {
    return bytes.length;
  }

  /** Whether it was sent as the fields of a form, with or without a file. */
  boolean isForm() {
    return type().equals(FORM) || type().equals(UPLOAD);
  }

  private String type() {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  Form form() {
    expect(FORM, Said.of("problem.body.form"));
    return Form.parse(bytes);
  }

  Upload upload(int largest) {
    expect(UPLOAD, Said.of("problem.body.file"), largest);
    return Upload.parse(bytes, contentType);
  }

  Upload formOrUpload(int largest) {
    return type().equals(FORM) ? Upload.without(form()) : upload(largest);
  }

  <T> T json(Class<T> type) {
    expect(JSON, JSON_WORDS);
    return Json.read(bytes, type);
  }

  <T> Sent<T> sent(Class<T> type, int largest) {
    expect(JSON, JSON_WORDS, largest);
    return Json.sent(bytes, type);
  }

  private void expect(String type, Said words) {
    expect(type, words, HttpRequest.LARGEST_BODY);
  }

  private void expect(String type, Said words, int largest) {
    if (bytes.length > largest) {
      throw new HttpProblem(Problem.tooLarge(largest));
    }
    if (damaged) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.body.not-base64")));
    }
    String said = type();
    if (!said.equals(type)) {
      throw new HttpProblem(
          Problem.badInput(
              said.isEmpty()
                  ? Said.of("problem.body.unnamed", words, type)
                  : Said.of("problem.body.another", words, type, Texts.visibleLine(said))));
    }
    var charset = CHARSET.matcher(contentType);
    if (charset.find() && !UTF_8.name().equalsIgnoreCase(charset.group(1))) {
      throw new HttpProblem(
          Problem.badInput(Said.of("problem.body.charset", Texts.visibleLine(charset.group(1)))));
    }
  }
}
