package dev.daypass.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A provider in memory that does as it is told. */
final class AProvider implements Wire {
  static final Instant NOW = Instant.parse("2026-11-26T13:05:00Z");
  static final String ISSUER = "https://login.example.com/tenant";
  static final String CLIENT = "daypass-client";
  static final String MIA = "mia.torres@example.com";

  // Making keys takes a while.
  static final RSAKey FIRST = rsa("first");
  static final RSAKey SECOND = rsa("second");
  static final ECKey CURVE = curve();

  /** What people there are. */
  static final Directory PEOPLE =
      Directory.of(
          List.of(
              new Person(
                  MIA, "Mia", null, List.of("support"), ZoneOffset.UTC, Locale.ENGLISH, true),
              new Person(
                  "gone@example.com",
                  "Gone",
                  null,
                  List.of("admins"),
                  ZoneOffset.UTC,
                  Locale.ENGLISH,
                  false)));

  /** The text of its document; changed by tests. */
  String document =
      """
      {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "authorization_endpoint": "%1$s/authorize?tenant=7",
       "token_endpoint": "%1$s/token", "subject_types_supported": ["public"],
       "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
      """
          .formatted(ISSUER);

  JWKSet keys = new JWKSet(List.of(FIRST.toPublicJWK(), CURVE.toPublicJWK()));
  boolean down;

  /** What it answers in place of its keys, if it is not empty. */
  String garbledKeys = "";

  /** What the token endpoint answers, one after the other. */
  final List<Reply> replies = new ArrayList<>();

  /** What it was sent. */
  final List<Message> sent = new ArrayList<>();

  @Override
  public Reply send(Message message) throws IOException {
    if (down) {
      throw new IOException("connection refused");
    }
    sent.add(message);
    var path = message.to().getPath();
    if (path.endsWith("/.well-known/openid-configuration")) {
      return new Reply(200, document);
    }
    return path.endsWith("/jwks")
        ? new Reply(200, garbledKeys.isEmpty() ? keys.toString() : garbledKeys)
        : replies.removeFirst();
  }

  /** How often somebody looked for the keys. */
  long looks() {
    return sent.stream().filter(each -> each.to().getPath().endsWith("/jwks")).count();
  }

  static Trust trust() {
    return Trust.of(ISSUER, CLIENT, "groups", false).orElseThrow();
  }

  /** What every token of this provider says. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("7")
        .audience(CLIENT)
        .claim("email", "Mia.Torres@Example.com")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))));
  }

  static String signed(JWTClaimsSet.Builder claims) {
    return signed(FIRST, claims);
  }

  static String signed(RSAKey key, JWTClaimsSet.Builder claims) {
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), key, claims);
  }

  static String signed(JWSHeader header, RSAKey key, JWTClaimsSet.Builder claims) {
    try {
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String signedByCurve(JWTClaimsSet.Builder claims) throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("curve").build(), claims.build());
    jwt.sign(new ECDSASigner(CURVE));
    return jwt.serialize();
  }

  /** Signed with the public key taken for a shared secret. */
  static String signedWithWhatEverybodyKnows(JWTClaimsSet.Builder claims) throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims.build());
    jwt.sign(new MACSigner(FIRST.toPublicJWK().toJSONString().getBytes(UTF_8)));
    return jwt.serialize();
  }

  static Map<String, String> fields(String form) {
    var fields = new HashMap<String, String>();
    for (var field : form.split("&", -1)) {
      var pair = field.split("=", 2);
      fields.put(pair[0], java.net.URLDecoder.decode(pair[1], UTF_8));
    }
    return fields;
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ECKey curve() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
