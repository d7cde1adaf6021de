package dev.daypass.signin;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.signin.Attempts.How;
import dev.daypass.web.Body;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.OwnPath;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** The cookie of sign-ins under way, where they lead, and what somebody signs in with. */
public final class AttemptsFuzz {
  private static final SessionCookie COOKIES =
      new SessionCookie(URI.create("https://daypass.example.com"));
  private static final Attempts ATTEMPTS = new Attempts(COOKIES, () -> Issuer.NOW, new Random(3));
  private static final String NAME = "__Host-" + Attempts.COOKIE;
  private static final int MOST = 3;

  /** RFC 6265, section 4.1.1. */
  private static final Pattern COOKIE_VALUE =
      Pattern.compile("[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]*");

  private static final Set<String> BROWSERS =
      Set.of("Edge", "Opera", "Firefox", "Chrome", "Safari", "A browser");
  private static final Set<String> SYSTEMS =
      Set.of("iPhone", "iPad", "Android", "Windows", "ChromeOS", "macOS", "Linux");

  private AttemptsFuzz() {}

  /** The input is the cookie, the state, {@code next}, {@code how} and {@code User-Agent}. */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 5);
    var call = call(parts.getFirst());
    var found = ATTEMPTS.find(call, parts.get(1));
    found.ifPresent(
        one -> {
          Check.same(one.state(), parts.get(1), "another's answer");
          stays(one.next());
          var left = value(ATTEMPTS.without(call, one));
          Check.that(
              ATTEMPTS.find(call(left), one.state()).isEmpty(), "an answer counts once", left);
        });
    var begun = ATTEMPTS.begin(OwnPath.orHome(parts.get(2)), How.of(parts.get(3)));
    stays(begun.next());
    var kept = value(ATTEMPTS.with(call, begun));
    var again = call(kept);
    Check.same(ATTEMPTS.find(again, begun.state()).orElseThrow(), begun, "written and read again");
    Check.that(kept.split("\\.", -1).length <= MOST, "a cookie without end", kept);
    Check.that(ATTEMPTS.find(again, parts.get(1)).isEmpty() || found.isPresent(), "from nowhere");
    if (found.isPresent() && parts.getFirst().indexOf('.') < 0) {
      Check.same(ATTEMPTS.find(again, parts.get(1)), found, "the one before is still under way");
    }
    device(parts.get(4));
  }

  private static void device(String userAgent) {
    var device = Device.of(userAgent);
    var words = device.split(" on ", 2);
    Check.that(BROWSERS.contains(words[0]), "words of the caller's", device);
    Check.that(words.length < 2 || SYSTEMS.contains(words[1]), "words of the caller's", device);
  }

  private static void stays(String next) {
    Check.same(OwnPath.orHome(next), next, "leads elsewhere");
  }

  /** The value of the cookie that is set. */
  private static String value(String set) {
    var value = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    Check.showsOnOneLine(set);
    Check.that(COOKIE_VALUE.matcher(value).matches(), "no value of a cookie", value);
    return value;
  }

  private static HttpRequest call(String cookie) {
    return new HttpRequest(
        "GET",
        "GET /sign-in/callback",
        "/sign-in/callback",
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(NAME, cookie),
        Body.EMPTY,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        Issuer.NOW);
  }
}
