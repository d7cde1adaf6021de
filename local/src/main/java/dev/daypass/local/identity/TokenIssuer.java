package dev.daypass.local.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Issues signed tokens (RFC 7519, RS256) for the sample people, with a key made at the start; all
 * issuers of a process share it. Times are the one clock's.
 */
public final class TokenIssuer {
  /** How long a token is good for. */
  public static final Duration LASTS = Duration.ofHours(12);

  private static final Duration SAME_FOR = Duration.ofSeconds(30);
  private static final Duration ID_LASTS = Duration.ofMinutes(10);

  /** To find two primes takes from 0.2 to 4 s of CPU time: once for a process, beside the rest. */
  private static final CompletableFuture<RSAKey> KEY =
      CompletableFuture.supplyAsync(TokenIssuer::newKey);

  private final String issuer;
  private final InstantSource clock;
  private final Map<SamplePerson, Issued> programs = new ConcurrentHashMap<>();

  private record Issued(Instant at, String token) {}

  /** An issuer under this address. */
  public TokenIssuer(String issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /** The same issuer by another clock. */
  public TokenIssuer by(InstantSource other) {
    return new TokenIssuer(issuer, other);
  }

  /** Waits until there is a key: who asks for it first shall not give up on waiting. */
  public void awaitKey() {
    KEY.join();
  }

  /** The claim {@code iss}. */
  public String issuer() {
    return issuer;
  }

  /**
   * A token of this person, who has signed in just now, for programs. Whoever asks again within
   * half a minute gets the same one: a script takes one for each call, and to sign costs more than
   * the call.
   */
  public String token(SamplePerson person) {
    var now = clock.instant();
    return programs
        .compute(
            person,
            (_, last) ->
                last != null && Duration.between(last.at(), now).compareTo(SAME_FOR) < 0
                    ? last
                    : new Issued(now, signed(claims(person, now, LASTS).build())))
        .token();
  }

  /**
   * An ID token.
   *
   * @param nonce of the sign-in it belongs to, or null if that had none
   * @param signedInAt when the person showed who they are
   */
  public String idToken(SamplePerson person, @Nullable String nonce, Instant signedInAt) {
    return signed(claims(person, signedInAt, ID_LASTS).claim("nonce", nonce).build());
  }

  private JWTClaimsSet.Builder claims(SamplePerson person, Instant signedInAt, Duration lasts) {
    var now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(person.email())
        .audience(LocalProvider.CLIENT)
        .claim("email", person.email())
        .claim("email_verified", true)
        .claim("name", person.name())
        .claim("groups", person.groups())
        .claim("auth_time", signedInAt.getEpochSecond())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(lasts)))
        .jwtID(UUID.randomUUID().toString());
  }

  private String signed(JWTClaimsSet claims) {
    var signing = KEY.join();
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(), claims);
    try {
      jwt.sign(new RSASSASigner(signing));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a fresh RSA key signs", impossible);
    }
    return jwt.serialize();
  }

  /** The public key as a JSON Web Key Set (RFC 7517). */
  public String jwks() {
    return new JWKSet(KEY.join().toPublicJWK()).toString();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every JDK makes RSA keys", impossible);
    }
  }
}
