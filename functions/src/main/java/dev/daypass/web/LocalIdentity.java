package dev.daypass.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.access.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a local run: tokens (RFC 7519, RS256) of the issuer that the run itself provides,
 * checked as real ones are. Pages carry the token in a cookie, programs in {@code Authorization}.
 */
final class LocalIdentity implements Identity {
  static final String COOKIE = "daypass-local";
  static final String CHOOSER = "/_local/who";

  private static final String AUDIENCE = "daypass";
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int PATIENCE_MILLIS = 3_000;

  private final String issuer;
  private final InstantSource clock;
  private volatile @Nullable JWKSet keys;

  LocalIdentity(String issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public Optional<Problem> closed() {
    return Optional.empty();
  }

  @Override
  public Optional<String> switchPath() {
    return Optional.of(CHOOSER);
  }

  @Override
  public Visitor visitor(HttpRequest request) {
    if (!request.isApi()) {
      String cookie = request.cookies().get(COOKIE);
      return cookie == null ? unknown("Please choose who you are.") : read(cookie);
    }
    String header = request.header("authorization").orElse("");
    // RFC 9110, section 11.1: the scheme's case does not matter.
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return unknown("This call needs a header \"Authorization: Bearer TOKEN\".");
    }
    return read(header.substring(7).strip());
  }

  private Visitor read(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
        return unknown("The token is not signed with RS256.");
      }
      RSAKey key = key(jwt.getHeader().getKeyID());
      if (key == null || !jwt.verify(new RSASSAVerifier(key.toRSAPublicKey()))) {
        return unknown("The token is not signed by the issuer that is trusted here.");
      }
      return known(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException e) {
      return unknown("The token cannot be read.");
    } catch (IOException e) {
      return new Visitor.Unknown(
          Problem.unavailable("The local sign-in did not answer. Is the local run still up?"),
          null);
    }
  }

  private Visitor known(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    String email = claims.getStringClaim("email");
    Date expires = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (!issuer.equals(claims.getIssuer())) {
      return unknown("The token comes from another issuer.");
    }
    if (!claims.getAudience().contains(AUDIENCE)) {
      return unknown("The token is meant for another application.");
    }
    if (expires == null || !now.isBefore(expires.toInstant())) {
      return unknown("You were signed in, but not any more. Please sign in again.");
    }
    if (notBefore != null && now.isBefore(notBefore.toInstant())) {
      return unknown("The token is not valid yet.");
    }
    if (email == null || email.isBlank()) {
      return unknown("The token names nobody.");
    }
    // In lower case some other letters become ASCII, and their owner somebody else.
    if (!US_ASCII.newEncoder().canEncode(email)) {
      return unknown("The token names an address with letters outside ASCII.");
    }
    if (!dev.daypass.runbook.Person.isEmail(email.strip())) {
      return unknown("The token names something that is no email address.");
    }
    return new Visitor.Known(
        email.strip().toLowerCase(Locale.ROOT), proof(claims.getDateClaim("auth_time"), now));
  }

  private static Proof proof(@Nullable Date signedIn, Instant now) {
    boolean fresh =
        signedIn != null
            && !signedIn.toInstant().isAfter(now)
            && Duration.between(signedIn.toInstant(), now).compareTo(FRESH) <= 0;
    return fresh ? Proof.FRESH : Proof.SESSION;
  }

  private @Nullable RSAKey key(@Nullable String id) throws IOException, ParseException {
    JWKSet known = keys;
    JWK key = known == null ? null : known.getKeyByKeyId(id);
    if (key == null) {
      // Never fetched, or the issuer has a new key since.
      known = fetch();
      keys = known;
      key = known.getKeyByKeyId(id);
    }
    return key instanceof RSAKey rsa ? rsa : null;
  }

  private JWKSet fetch() throws IOException, ParseException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(issuer + "/jwks").toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    try (InputStream body = connection.getInputStream()) {
      return JWKSet.load(body);
    } finally {
      connection.disconnect();
    }
  }

  private static Visitor unknown(String why) {
    return new Visitor.Unknown(Problem.notSignedIn(why), CHOOSER);
  }
}
