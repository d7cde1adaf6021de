package dev.daypass.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One answer, written in the form of API Gateway's payload 2.0.
 *
 * @param headers by lower-case name; cookies are not among them
 * @param cookies whole values of {@code Set-Cookie}, one each
 * @param body text, or bytes in base64
 * @param isBase64 whether it is bytes
 */
public record HttpResponse(
    int status, Map<String, String> headers, List<String> cookies, String body, boolean isBase64) {
  public HttpResponse {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
    Objects.requireNonNull(body);
    headers.forEach(
        (name, value) -> {
          if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header names are lower case: " + name);
          }
          if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("header " + name + " holds a line end");
          }
        });
  }

  /** An answer whose body is text. */
  public HttpResponse(int status, Map<String, String> headers, List<String> cookies, String body) {
    this(status, headers, cookies, body, false);
  }

  /** A page; which language it speaks depends on what the browser sends. */
  public static HttpResponse page(int status, Page page) {
    return of(status, "text/html; charset=utf-8", page.html())
        .with("content-language", page.language().toLanguageTag())
        .with("vary", "Cookie, Accept-Language");
  }

  /**
   * A file to be kept, not shown.
   *
   * @param contentType of text
   * @param name what it is called; letters, digits, hyphens and a full stop
   */
  public static HttpResponse file(String contentType, String name, String text) {
    return of(200, contentType + "; charset=utf-8", text)
        .with("content-disposition", "attachment; filename=\"" + name + "\"");
  }

  /**
   * A file that somebody else has made. Browsers are to keep it and never to show it: whatever is
   * in it, it runs nothing in our name, not even opened in a tab (CSP Level 3, section 6.3.2:
   * {@code sandbox}).
   *
   * @param contentType of bytes
   * @param name what it is called; letters, digits, hyphens and a full stop
   */
  public static HttpResponse foreignFile(String contentType, String name, byte[] bytes) {
    return new HttpResponse(
            200,
            Map.of("content-type", contentType),
            List.of(),
            Base64.getEncoder().encodeToString(bytes),
            true)
        .with("content-disposition", "attachment; filename=\"" + name + "\"")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
  }

  /** Any value as JSON; times and durations as in ISO 8601. */
  public static HttpResponse json(int status, Object value) {
    return of(status, "application/json", Json.write(value));
  }

  /** A problem document. */
  public static HttpResponse problem(Problem problem) {
    return of(problem.status(), "application/problem+json", Json.write(problem));
  }

  /**
   * Go and look there: the answer to a posted form, so that reloading does not post again.
   *
   * @param path a path of our own, encoded
   */
  public static HttpResponse seeOther(String path) {
    if (!path.startsWith("/") || path.startsWith("//")) {
      throw new IllegalArgumentException("not a path of our own: " + path);
    }
    return new HttpResponse(303, Map.of("location", path), List.of(), "");
  }

  /**
   * Go on at another site: the sign-in service and no other.
   *
   * @param address absolute
   */
  public static HttpResponse leave(URI address) {
    if (!address.isAbsolute()) {
      throw new IllegalArgumentException("not the address of another site: " + address);
    }
    return new HttpResponse(303, Map.of("location", address.toString()), List.of(), "");
  }

  static HttpResponse of(int status, String contentType, String body) {
    return new HttpResponse(status, Map.of("content-type", contentType), List.of(), body);
  }

  /** The same answer with a header more, or another value of it. */
  public HttpResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, cookies, body, isBase64);
  }

  /** The same answer that also sets these cookies. */
  public HttpResponse withCookies(List<String> setCookies) {
    List<String> more = new ArrayList<>(cookies);
    more.addAll(setCookies);
    return new HttpResponse(status, headers, more, body, isBase64);
  }

  /** JSON for API Gateway. */
  public String toPayload() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("statusCode", status);
    payload.put("headers", headers);
    payload.put("cookies", cookies);
    payload.put("body", body);
    payload.put("isBase64Encoded", isBase64);
    return Json.write(payload);
  }
}
