package dev.daypass.connector.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.fuzz.Script;
import java.time.Duration;
import java.util.Map;

/** What a target answers: it may be broken, slow or hostile, and we still know where we are. */
public final class AnswersFuzz {
  private static final String TOKEN = "s3cr3t-t0ken";
  private static final String BASE = "https://scim.example.com/v2";
  private static final int LONGEST_MESSAGE = 2_000;
  private static final Entitlement ENTITLEMENT =
      new Entitlement("crm", "record-viewer", "amara.okafor@example.com");
  private static final Target TARGET =
      new Target("scim", "daypass/crm", Map.of("group", "crm-record-viewers"));

  private AnswersFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /**
   * The input is {@code holds}, {@code add} or {@code remove} and then the answers, each a line
   * with a status and what may be in {@code Retry-After}, and the body.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 16);
    var script = new Script(parts.subList(1, parts.size()));
    var slept = new Duration[] {Duration.ZERO};
    var connector =
        new ScimConnector(
            name -> "{\"url\":\"" + BASE + "\",\"token\":\"" + TOKEN + "\"}",
            script,
            wait -> slept[0] = slept[0].plus(wait),
            () -> Issuer.NOW.plus(slept[0]));
    try {
      switch (parts.getFirst()) {
        case "add" -> connector.add(ENTITLEMENT, TARGET);
        case "remove" -> connector.remove(ENTITLEMENT, TARGET);
        default -> {
          boolean holds = connector.holds(ENTITLEMENT, TARGET);
          Check.that(
              !holds || script.asked().stream().anyMatch(each -> each.contains("/Groups")),
              "nobody holds what was not read");
        }
      }
    } catch (TargetRefused | TargetUnavailable told) {
      var message = String.valueOf(told.getMessage());
      Check.showsOnOneLine(message);
      Check.that(!message.contains(TOKEN), "the token is in a message");
      Check.that(message.length() <= LONGEST_MESSAGE, "a message without end");
      Check.same(new String(message.getBytes(UTF_8), UTF_8), message, "half a character");
    }
    Check.that(slept[0].compareTo(ScimConnector.PATIENCE) <= 0, "it waits too long");
    for (var each : script.asked()) {
      Check.that(each.matches("(GET|PATCH) " + BASE + "/[!-~]+"), "another address", each);
    }
  }
}
