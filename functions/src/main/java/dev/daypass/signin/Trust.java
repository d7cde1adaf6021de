package dev.daypass.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whose word is taken for who somebody is.
 *
 * @param issuer the provider, exactly as its tokens name it in {@code iss}
 * @param clientId as what it knows us: tokens must be meant for that
 * @param groupClaim the claim with the names of groups; empty for none
 */
public record Trust(String issuer, String clientId, String groupClaim) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public Trust {
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(clientId);
    Objects.requireNonNull(groupClaim);
  }

  /**
   * What the settings say; empty, and so nobody is let in, if they name no provider or one that
   * could be anybody.
   *
   * @param local whether this is a run on somebody's own machine: only there may the issuer be one
   *     without https, on a loopback address
   */
  public static Optional<Trust> of(
      String issuer, String clientId, String groupClaim, boolean local) {
    return !clientId.isBlank() && isAllowed(issuer, local)
        ? Optional.of(new Trust(issuer, clientId.strip(), groupClaim.strip()))
        : Optional.empty();
  }

  /** OpenID Connect Discovery 1.0, section 3: https, no query, no fragment. */
  private static boolean isAllowed(String issuer, boolean local) {
    try {
      var uri = new URI(issuer);
      return uri.getRawQuery() == null && uri.getRawFragment() == null && isSafe(uri, local);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Whether this is an address of the provider to which secrets may be sent, and parameters added
   * (RFC 6749, sections 3.1 and 3.2: no fragment).
   */
  boolean reaches(URI endpoint) {
    return endpoint.getRawFragment() == null && isSafe(endpoint, issuer.startsWith("http://"));
  }

  private static boolean isSafe(URI uri, boolean local) {
    return uri.getRawUserInfo() == null
        && uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || (local && "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
  }
}
