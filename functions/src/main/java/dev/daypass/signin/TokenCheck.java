package dev.daypass.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.daypass.runbook.Person;
import dev.daypass.web.Visitor;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens of the provider: ID tokens (OpenID Connect Core 1.0, section 3.1.3.7) and bearer
 * tokens that are JWTs (RFC 7519). Signatures are RS256 or ES256, by the provider's published keys.
 */
public final class TokenCheck {
  /** How far the provider's clock may be ahead of ours, or behind. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  /** Others, such as logout tokens, say something else than who calls. */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(
          null, JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("JWT"));

  private static final Set<String> ROLES = Set.of(Visitor.ADMINS, Visitor.AUDITORS);

  /** What a token says. */
  sealed interface Read {
    /** It is good. */
    record Good(Account account) implements Read {}

    /**
     * It is not.
     *
     * @param why for its bearer
     */
    record Bad(String why) implements Read {}

    /** Nobody can say, since the provider does not answer. */
    record Unknown(String why) implements Read {}
  }

  private final Trust trust;
  private final InstantSource clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  public TokenCheck(Trust trust, Provider provider, InstantSource clock) {
    this.trust = trust;
    this.clock = clock;
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, provider));
    processor.setJWSTypeVerifier(TYPES);
    // By our own clock, and with our own words, below.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  /** Reads the token that a program sent with its call. */
  Read bearer(String token) {
    return read(token, null);
  }

  /**
   * Reads the ID token that the provider gave for a code.
   *
   * @param nonce what was sent with the sign-in: the token belongs to that and no other
   */
  Read idToken(String token, String nonce) {
    return read(token, nonce);
  }

  private Read read(String token, @Nullable String nonce) {
    try {
      JWT parsed = JWTParser.parse(token);
      if (!(parsed instanceof SignedJWT signed)) {
        return new Read.Bad("The token is not signed.");
      }
      if (!ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
        return new Read.Bad("The token is not signed with RS256 or ES256.");
      }
      return claims(processor.process(signed, null), nonce);
    } catch (ParseException e) {
      return new Read.Bad("The token cannot be read.");
    } catch (KeySourceException e) {
      return new Read.Unknown(Objects.requireNonNullElse(e.getMessage(), "no keys"));
    } catch (BadJOSEException | JOSEException e) {
      return new Read.Bad("The token is not signed by the sign-in service that is trusted here.");
    }
  }

  private Read claims(JWTClaimsSet claims, @Nullable String nonce) throws ParseException {
    var wrong = wrong(claims, nonce);
    if (wrong != null) {
      return new Read.Bad(wrong);
    }
    var email = claims.getStringClaim("email");
    if (email == null || email.isBlank()) {
      return new Read.Bad("The token names no email address.");
    }
    if (isUnverified(claims.getClaim("email_verified"))) {
      return new Read.Bad("The sign-in service has not verified this email address.");
    }
    // In lower case some other letters become ASCII, and their owner somebody else.
    if (!US_ASCII.newEncoder().canEncode(email)) {
      return new Read.Bad("The token names an address with letters outside ASCII.");
    }
    if (!Person.isEmail(email.strip())) {
      return new Read.Bad("The token names something that is no email address.");
    }
    var signedIn = claims.getDateClaim("auth_time");
    return new Read.Good(
        new Account(
            email.strip().toLowerCase(Locale.ROOT),
            signedIn == null ? null : signedIn.toInstant(),
            groups(claims)));
  }

  /** Why the token does not count here and now; null if it does. */
  private @Nullable String wrong(JWTClaimsSet claims, @Nullable String nonce)
      throws ParseException {
    Instant now = clock.instant();
    if (!trust.issuer().equals(claims.getIssuer())) {
      return "The token comes from another sign-in service.";
    }
    if (!claims.getAudience().contains(trust.clientId())) {
      return "The token is meant for another application.";
    }
    var party = claims.getStringClaim("azp");
    // OpenID Connect Core 1.0, section 3.1.3.7, steps 4 and 5.
    if (party == null ? claims.getAudience().size() > 1 : !party.equals(trust.clientId())) {
      return "The token was given to another application.";
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || !now.isBefore(expires.toInstant().plus(SKEW))) {
      return "You were signed in, but not any more. Please sign in again.";
    }
    Date notBefore = claims.getNotBeforeTime();
    Date issued = claims.getIssueTime();
    if (Stream.of(notBefore, issued)
        .filter(Objects::nonNull)
        .anyMatch(date -> date.toInstant().isAfter(now.plus(SKEW)))) {
      return "The token is not valid yet.";
    }
    if (nonce != null) {
      if (issued == null || claims.getSubject() == null) {
        return "The token lacks what every ID token has.";
      }
      var named = claims.getStringClaim("nonce");
      if (named == null
          || !MessageDigest.isEqual(named.getBytes(US_ASCII), nonce.getBytes(US_ASCII))) {
        return "The token belongs to another sign-in.";
      }
    }
    return null;
  }

  /** Some providers write it as a text. */
  private static boolean isUnverified(@Nullable Object verified) {
    return Boolean.FALSE.equals(verified)
        || (verified instanceof String text && text.equalsIgnoreCase("false"));
  }

  private List<String> groups(JWTClaimsSet claims) {
    if (trust.groupClaim().isEmpty()) {
      return List.of();
    }
    return switch (claims.getClaim(trust.groupClaim())) {
      case List<?> names -> ROLES.stream().filter(names::contains).sorted().toList();
      case String name when ROLES.contains(name) -> List.of(name);
      case null, default -> List.of();
    };
  }
}
