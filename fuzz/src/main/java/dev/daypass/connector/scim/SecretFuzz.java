package dev.daypass.connector.scim;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.connector.TargetRefused;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;

/** The secret with address and token of a target. */
public final class SecretFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SecretFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Connection connection;
    try {
      connection = Connection.parse("daypass/crm", Input.text(data), JSON);
    } catch (TargetRefused refused) {
      Check.showsOnOneLine(String.valueOf(refused.getMessage()));
      Check.that(String.valueOf(refused.getMessage()).length() < 300, "it repeats the secret");
      return;
    }
    var base = connection.base();
    Check.that(
        base.getScheme().equals("https")
            || Set.of("127.0.0.1", "[::1]", "localhost").contains(base.getHost()),
        "the token would travel in the clear");
    Check.that(
        connection.token().chars().allMatch(c -> c > ' ' && c < 0x7F), "a token fits a header");
    Check.same(
        connection.toString(), base + " (secret daypass/crm)", "it says where, not with what");
    // As each call is made from it.
    HttpRequest.newBuilder(URI.create(base + "/Groups?filter=x"))
        .header("Authorization", "Bearer " + connection.token())
        .build();
    Check.that(base.getPort() >= -1 && base.getPort() <= 65_535, "no such port");
    Check.that(!base.toString().endsWith("/"), "a slash at the end");
  }
}
