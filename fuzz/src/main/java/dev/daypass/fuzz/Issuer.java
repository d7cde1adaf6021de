package dev.daypass.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.signin.Wire;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** An issuer of tokens that signs whatever it is told to. */
public final class Issuer {
  /** When everything happens. */
  public static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final String ADDRESS = "https://login.example.com";
  private static final String DOCUMENT =
      """
      {"issuer": "https://login.example.com", "jwks_uri": "https://login.example.com/jwks",
       "authorization_endpoint": "https://login.example.com/authorize",
       "token_endpoint": "https://login.example.com/token", "subject_types_supported": ["public"],
       "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
      """;

  private static final Issuer ONE = new Issuer();

  private final KeyPair key;
  private final String keys;

  private Issuer() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      key = generator.generateKeyPair();
      keys =
          new JWKSet(new RSAKey.Builder((RSAPublicKey) key.getPublic()).keyID("k").build())
              .toString();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The only one: a key takes its time to be made. */
  public static Issuer one() {
    return ONE;
  }

  /** The claim {@code iss}. */
  public String address() {
    return ADDRESS;
  }

  /** Its documents; it takes no code for good. */
  public Wire wire() {
    return message -> {
      var path = message.to().getPath();
      if (message.method().equals("POST")) {
        return new Wire.Reply(400, "{\"error\":\"invalid_grant\"}");
      }
      return new Wire.Reply(200, path.equals("/jwks") ? keys : DOCUMENT);
    };
  }

  /** The key that signs, as a JWK (RFC 7517). */
  public String key() {
    return keys.substring(keys.indexOf('[') + 1, keys.lastIndexOf(']'));
  }

  /** What only a set that holds this key has. */
  public String modulus() {
    return Base64URL.encode(((RSAPublicKey) key.getPublic()).getModulus()).toString();
  }

  /** A token of this person. */
  public String token(String email) {
    return token(
        "{\"alg\":\"RS256\",\"kid\":\"k\"}",
        "{\"iss\":\"%s\",\"aud\":\"daypass\",\"email\":\"%s\",\"exp\":%d,\"auth_time\":%d}"
            .formatted(ADDRESS, email, NOW.getEpochSecond() + 3_600, NOW.getEpochSecond() - 60));
  }

  /** A token with any header and any claims, properly signed with RS256. */
  public String token(String header, String claims) {
    var signed = encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + encoded(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
