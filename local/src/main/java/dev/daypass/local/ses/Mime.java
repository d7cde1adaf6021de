package dev.daypass.local.ses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.daypass.local.aws.AwsException;
import dev.daypass.local.ses.Mail.Header;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message as it travels (RFC 5322, RFC 2045, RFC 2046): its headers, and of its parts the first
 * plain text and the first HTML that are not attachments.
 */
record Mime(List<Header> headers, String text, String html) {
  private static final int DEEPEST = 20;
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

  private static final class Bodies {
    private String text = "";
    private String html = "";
  }

  /**
   * Takes a message apart.
   *
   * @throws AwsException {@code BadRequestException} if it has no headers or a broken one
   */
  static Mime parse(byte[] raw) {
    // One char a byte, so that no part is read in another part's character set.
    var message = new String(raw, ISO_8859_1).replace("\r\n", "\n");
    var bodies = new Bodies();
    var headers = headers(Entity.of(message).head());
    read(message, bodies, 0);
    if (headers.isEmpty()) {
      throw new AwsException("BadRequestException", 400, "the raw message has no headers");
    }
    return new Mime(headers, bodies.text, bodies.html);
  }

  Optional<String> header(String name) {
    return first(headers, name);
  }

  private record Entity(String head, String body) {
    /** A part may begin with the blank line, having no headers. */
    static Entity of(String text) {
      if (text.startsWith("\n")) {
        return new Entity("", text.substring(1));
      }
      int blank = text.indexOf("\n\n");
      return blank < 0
          ? new Entity(text, "")
          : new Entity(text.substring(0, blank), text.substring(blank + 2));
    }
  }

  private static void read(String text, Bodies bodies, int depth) {
    var entity = Entity.of(text);
    var body = entity.body();
    var headers = headers(entity.head());
    var type = first(headers, "Content-Type").orElse("text/plain; charset=us-ascii");
    var essence = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (essence.startsWith("multipart/")) {
      var boundary = parameter(type, "boundary");
      if (boundary.isEmpty() || depth >= DEEPEST) {
        throw new AwsException(
            "BadRequestException", 400, "a multipart of the raw message has no usable boundary");
      }
      for (var part : parts(body, boundary.get())) {
        read(part, bodies, depth + 1);
      }
      return;
    }
    boolean attached =
        first(headers, "Content-Disposition")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("attachment");
    if (!attached && essence.equals("text/plain") && bodies.text.isEmpty()) {
      bodies.text = decoded(headers, type, body);
    } else if (!attached && essence.equals("text/html") && bodies.html.isEmpty()) {
      bodies.html = decoded(headers, type, body);
    }
  }

  private static List<Header> headers(String head) {
    var headers = new ArrayList<Header>();
    for (var line : head.replaceAll("\n[ \t]+", " ").lines().toList()) {
      if (line.isEmpty()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new AwsException(
            "BadRequestException", 400, "the raw message has a header line without a colon");
      }
      headers.add(new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private static List<String> parts(String body, String boundary) {
    var parts = new ArrayList<String>();
    var lines = new StringBuilder();
    boolean inside = false;
    for (var line : body.split("\n", -1)) {
      var bare = line.stripTrailing();
      if (bare.equals("--" + boundary) || bare.equals("--" + boundary + "--")) {
        if (inside) {
          parts.add(lines.isEmpty() ? "" : lines.substring(0, lines.length() - 1));
        }
        lines.setLength(0);
        inside = !bare.endsWith("--") || bare.equals("--" + boundary);
      } else {
        lines.append(line).append('\n');
      }
    }
    if (inside && !lines.isEmpty()) {
      parts.add(lines.substring(0, lines.length() - 1));
    }
    return parts;
  }

  private static String decoded(List<Header> headers, String type, String body) {
    var encoding =
        first(headers, "Content-Transfer-Encoding").orElse("7bit").strip().toLowerCase(Locale.ROOT);
    var bytes = body.getBytes(ISO_8859_1);
    bytes =
        switch (encoding) {
          case "base64" -> base64(body);
          case "quoted-printable" -> QuotedPrintable.decoded(bytes);
          default -> bytes;
        };
    return new String(bytes, charset(parameter(type, "charset").orElse("us-ascii")));
  }

  private static byte[] base64(String body) {
    try {
      return Base64.getMimeDecoder().decode(body.strip());
    } catch (IllegalArgumentException broken) {
      throw new AwsException(
          "BadRequestException", 400, "a part of the raw message is not proper base64");
    }
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      return US_ASCII;
    }
  }

  private static Optional<String> parameter(String value, String name) {
    return PARAMETER
        .matcher(value)
        .results()
        .filter(result -> result.group(1).equalsIgnoreCase(name))
        .map(
            result ->
                result.group(2) != null
                    ? result.group(2).replaceAll("\\\\(.)", "$1")
                    : result.group(3))
        .findFirst();
  }

  private static Optional<String> first(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
