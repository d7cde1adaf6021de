package dev.daypass.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  private static final Issuer ONE = new Issuer();

  private final KeyPair key;
  private final String address;

  private Issuer() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      key = generator.generateKeyPair();
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var document =
          new JWKSet(new RSAKey.Builder((RSAPublicKey) key.getPublic()).keyID("k").build())
              .toString()
              .getBytes(UTF_8);
      server.createContext(
          "/jwks",
          exchange -> {
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
          });
      server.start();
      address = "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The only one: a key takes its time to be made. */
  public static Issuer one() {
    return ONE;
  }

  /** The claim {@code iss}, and where the keys are. */
  public String address() {
    return address;
  }

  /** A token of this person. */
  public String token(String email) {
    return token(
        "{\"alg\":\"RS256\",\"kid\":\"k\"}",
        "{\"iss\":\"%s\",\"aud\":\"daypass\",\"email\":\"%s\",\"exp\":%d,\"auth_time\":%d}"
            .formatted(address, email, NOW.getEpochSecond() + 3_600, NOW.getEpochSecond() - 60));
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
