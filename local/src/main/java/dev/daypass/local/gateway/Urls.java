package dev.daypass.local.gateway;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what URLs and forms carry. */
public final class Urls {
  private Urls() {}

  /** Undoes percent-encoding; a plus stays a plus, and what is no encoding stays as it is. */
  public static String decodePath(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    var bytes = new ByteArrayOutputStream();
    var source = encoded.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < source.length; at++) {
      int high = at + 2 < source.length ? Character.digit(source[at + 1], 16) : -1;
      int low = at + 2 < source.length ? Character.digit(source[at + 2], 16) : -1;
      if (source[at] == '%' && high >= 0 && low >= 0) {
        bytes.write(high * 16 + low);
        at += 2;
      } else {
        bytes.write(source[at]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Reads a query string or a form; a name given several times has its values comma-joined. */
  public static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = decodeForm(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decodeForm(pair.substring(equals + 1));
        parameters.merge(name, value, (first, next) -> first + "," + next);
      }
    }
    return parameters;
  }

  private static String decodeForm(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return encoded;
    }
  }
}
