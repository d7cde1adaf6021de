package dev.daypass.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.web.HttpRequest;
import dev.daypass.web.OwnPath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins under way, kept in a cookie of the browser that began them: so what the provider sends
 * back counts in that browser only, and nobody can sign another person in to an account of theirs.
 * The cookie holds one secret for each; state, nonce (OpenID Connect Core 1.0, section 3.1.2.1) and
 * code verifier (RFC 7636) are hashes of it, of which none tells another.
 */
final class Attempts {
  static final String COOKIE = "daypass-sign-in";

  /** Two tabs, and one that was forgotten. */
  private static final int MOST = 3;

  /** Checked here and not by the browser, whose clock nobody knows. */
  private static final Duration LASTS = Duration.ofMinutes(10);

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{43})([~!*])([0-9a-z]{1,10})~([A-Za-z0-9_-]*)");

  private static final int RADIX = 36;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Whom the provider is to ask. */
  enum How {
    /** Nobody, if it knows who sits there. */
    USUAL('~'),
    /** The same person, anew: a decision needs it. */
    AGAIN('!'),
    /** Whoever sits there, since it was the wrong person. */
    OTHER('*');

    private final char mark;

    How(char mark) {
      this.mark = mark;
    }

    /** As it stands in an address; {@link #USUAL} for what is not known. */
    static How of(@Nullable String word) {
      return switch (word) {
        case "again" -> AGAIN;
        case "other" -> OTHER;
        case null, default -> USUAL;
      };
    }

    private static How marked(char mark) {
      return Arrays.stream(values()).filter(how -> how.mark == mark).findFirst().orElse(USUAL);
    }
  }

  /**
   * One sign-in.
   *
   * @param next path of ours where it leads
   * @param begun in seconds since 1970
   */
  record Attempt(String secret, String next, How how, long begun) {
    String state() {
      return derived("state");
    }

    String nonce() {
      return derived("nonce");
    }

    String verifier() {
      return derived("verifier");
    }

    private String derived(String what) {
      try {
        return BASE64.encodeToString(
            MessageDigest.getInstance("SHA-256").digest((what + " " + secret).getBytes(UTF_8)));
      } catch (NoSuchAlgorithmException impossible) {
        throw new AssertionError("every Java platform has SHA-256", impossible);
      }
    }

    private String written() {
      return secret
          + how.mark
          + Long.toString(begun, RADIX)
          + "~"
          + BASE64.encodeToString(next.getBytes(UTF_8));
    }
  }

  private final SessionCookie cookies;
  private final InstantSource clock;
  private final RandomGenerator random;

  Attempts(SessionCookie cookies, InstantSource clock, RandomGenerator random) {
    this.cookies = cookies;
    this.clock = clock;
    this.random = random;
  }

  Attempt begin(String next, How how) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return new Attempt(BASE64.encodeToString(bytes), next, how, clock.instant().getEpochSecond());
  }

  /** The attempt of this browser with this state. */
  Optional<Attempt> find(HttpRequest call, String state) {
    return of(call).stream()
        .filter(each -> MessageDigest.isEqual(each.state().getBytes(UTF_8), state.getBytes(UTF_8)))
        .findFirst();
  }

  /** What to set so that the browser remembers one more. */
  String with(HttpRequest call, Attempt one) {
    var all = new ArrayList<Attempt>();
    all.add(one);
    all.addAll(of(call));
    return written(all);
  }

  /** What to set so that the browser forgets it: it is good for one answer. */
  String without(HttpRequest call, Attempt one) {
    return written(of(call).stream().filter(each -> !each.secret().equals(one.secret())).toList());
  }

  private String written(List<Attempt> all) {
    return all.isEmpty()
        ? cookies.cookie(COOKIE, "", "; Max-Age=0")
        : cookies.cookie(
            COOKIE,
            all.stream().limit(MOST).map(Attempt::written).collect(Collectors.joining(".")),
            "");
  }

  private List<Attempt> of(HttpRequest call) {
    return cookies.value(call, COOKIE).stream()
        .flatMap(value -> Arrays.stream(value.split("\\.", MOST + 1)))
        .limit(MOST)
        .flatMap(one -> read(one).stream())
        .filter(this::isUnderWay)
        .toList();
  }

  private boolean isUnderWay(Attempt one) {
    long age = clock.instant().getEpochSecond() - one.begun();
    // Begun by a function whose clock is a little ahead.
    return age >= -LASTS.toSeconds() && age < LASTS.toSeconds();
  }

  private static Optional<Attempt> read(String written) {
    var parts = FORM.matcher(written);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      var next = new String(Base64.getUrlDecoder().decode(parts.group(4)), UTF_8);
      return Optional.of(
          new Attempt(
              parts.group(1),
              OwnPath.orHome(next),
              How.marked(parts.group(2).charAt(0)),
              Long.parseLong(parts.group(3), RADIX)));
    } catch (IllegalArgumentException garbled) {
      return Optional.empty();
    }
  }
}
