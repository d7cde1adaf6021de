package dev.daypass.connector.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.connector.TargetRefused;
import java.net.URI;
import java.util.Set;

/**
 * Address and credentials of a SCIM target, as its secret says: {@code
 * {"url":"https://host/scim/v2","token":"…"}}.
 *
 * @param secret name of the secret, for messages
 * @param base the address without trailing slash: https, or http on the loopback interface
 * @param token the bearer token; never part of a message
 */
record Connection(String secret, URI base, String token) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int LAST_PORT = 65_535;

  /** Reads a secret's text; no message repeats any of it but the address. */
  static Connection parse(String secret, String text, ObjectMapper json) {
    JsonNode value;
    try {
      value = json.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw refused(secret, "is not JSON");
    }
    var url = value.path("url").asText();
    var token = value.path("token").asText();
    // RFC 6750 section 2.1 (b64token); anything else could break out of the header.
    if (!token.matches("[A-Za-z0-9._~+/=:-]+")) {
      throw refused(secret, "has no usable token");
    }
    URI base;
    try {
      base = URI.create(withoutSlashes(url));
    } catch (IllegalArgumentException notAnAddress) {
      throw refused(secret, "has no usable url");
    }
    var host = base.getHost();
    if (host == null || base.getScheme() == null || base.getPort() > LAST_PORT) {
      throw refused(secret, "has no usable url");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw refused(secret, "has a url with more than scheme, host, port and path");
    }
    boolean safe =
        base.getScheme().equals("https")
            || (base.getScheme().equals("http") && LOOPBACK.contains(host));
    if (!safe) {
      throw refused(secret, "has a url that is not https, so the token would travel in the clear");
    }
    return new Connection(secret, base, token);
  }

  private static String withoutSlashes(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }

  private static TargetRefused refused(String secret, String why) {
    return new TargetRefused(
        "the secret \"%s\" %s; it must read {\"url\": \"https://host/scim/v2\", \"token\": \"…\"}"
            .formatted(secret, why));
  }

  /** Says where, not with what. */
  @Override
  public String toString() {
    return base + " (secret " + secret + ")";
  }
}
