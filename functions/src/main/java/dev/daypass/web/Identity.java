package dev.daypass.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Tells who calls. Sign-in belongs behind this; until there is one, everything is closed. */
public interface Identity {
  /**
   * Who calls: by a cookie on pages, by a bearer token under {@code /api/}; never the other way.
   */
  Visitor visitor(HttpRequest request);

  /**
   * Why nobody can be let in and nothing can be decided, not even with a code from a mail; empty if
   * sign-in works.
   */
  Optional<Problem> closed();

  /** Path of the page where a local run lets one be somebody else; empty elsewhere. */
  Optional<String> switchPath();

  /**
   * Who calls.
   *
   * @throws HttpProblem 401, 403 or 503 if that is not known; a page visitor is sent to sign in
   */
  default Visitor.Known require(HttpRequest request) {
    return switch (visitor(request)) {
      case Visitor.Known known -> known;
      case Visitor.Unknown unknown -> throw new HttpProblem(unknown.why(), unknown.signIn());
    };
  }

  /**
   * Passes while sign-in works, also for those who are not signed in.
   *
   * @throws HttpProblem 403 if the application is closed
   */
  default void requireOpen() {
    closed()
        .ifPresent(
            why -> {
              throw new HttpProblem(why);
            });
  }

  /**
   * The identity for this stack. Only the issuer of a local run, on a loopback address, opens
   * anything.
   *
   * @param issuer the issuer of tokens, or empty if none is configured
   * @param clock what a token's expiry is held against
   */
  static Identity of(String issuer, InstantSource clock) {
    return isLoopback(issuer) ? new LocalIdentity(issuer, clock) : new ClosedIdentity();
  }

  private static boolean isLoopback(String issuer) {
    try {
      URI uri = new URI(issuer);
      return "http".equals(uri.getScheme())
          && uri.getRawUserInfo() == null
          && uri.getHost() != null
          && Set.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
