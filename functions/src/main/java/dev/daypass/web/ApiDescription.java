package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The description of the JSON API: OpenAPI 3.1, in YAML. It says the same to everybody, so it is
 * given to everybody, and caches may keep it.
 */
public final class ApiDescription {
  /** RFC 9512, section 2.1. */
  private static final String YAML = "application/yaml";

  /** Long enough for a program that starts often, short enough after a deployment. */
  private static final String KEPT = "public, max-age=300";

  private final String text;
  private final String tag;

  /** The description that is part of the artifact. */
  public ApiDescription() {
    this.text = read();
    this.tag = "\"" + hash(text) + "\"";
  }

  /** The description; 304 without it for whoever has this very one already. */
  public HttpResponse answer(HttpRequest request) {
    var known = request.header("if-none-match").filter(this::holdsOurTag).isPresent();
    var answer =
        known ? new HttpResponse(304, Map.of(), List.of(), "") : HttpResponse.of(200, YAML, text);
    return answer.with("cache-control", KEPT).with("etag", tag);
  }

  /** RFC 9110, section 13.1.2: any of a list, compared weakly, or any at all. */
  private boolean holdsOurTag(String header) {
    return header.strip().equals("*")
        || Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .map(each -> each.startsWith("W/") ? each.substring(2) : each)
            .anyMatch(tag::equals);
  }

  private static String read() {
    try (InputStream in = ApiDescription.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the artifact lacks openapi.yaml");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
