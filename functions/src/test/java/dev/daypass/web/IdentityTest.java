package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.access.Proof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Instant NOW = Instant.parse("2026-11-26T13:05:00Z");

  @SuppressWarnings("NullAway.Init") // Set before any test; making keys takes a while.
  private static RSAKey first;

  @SuppressWarnings("NullAway.Init") // As above.
  private static RSAKey second;

  private final AtomicReference<JWKSet> served = new AtomicReference<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private HttpServer server;

  private String issuer = "";

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private Identity identity;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    first = new RSAKeyGenerator(2048).keyID("first").generate();
    second = new RSAKeyGenerator(2048).keyID("second").generate();
  }

  @BeforeEach
  void startIssuer() throws IOException {
    served.set(new JWKSet(first.toPublicJWK()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/issuer/jwks",
        exchange -> {
          fetched.incrementAndGet();
          byte[] body = served.get().toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/issuer";
    identity = Identity.of(issuer, now::get);
  }

  @AfterEach
  void stopIssuer() {
    server.stop(0);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("daypass")
        .claim("email", "Mia.Torres@Example.com")
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))));
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private Visitor byToken(String token) {
    return identity.visitor(
        Calls.get("/api/requests", Map.of("authorization", "Bearer " + token), Map.of()));
  }

  private Visitor byCookie(String token) {
    return identity.visitor(Calls.get("/", Map.of(), Map.of("daypass-local", token)));
  }

  private static String whyNot(Visitor visitor) {
    return switch (visitor) {
      case Visitor.Known known -> throw new AssertionError("let in: " + known);
      case Visitor.Unknown unknown -> {
        assertThat(unknown.why().status()).isEqualTo(401);
        yield unknown.why().detail();
      }
    };
  }

  @Test
  void aTokenOfTheLocalIssuerTellsWhoCalls() throws JOSEException {
    String token = signed(first, claims().build());
    Visitor mia = new Visitor.Known("mia.torres@example.com", Proof.SESSION);
    assertThat(byToken(token)).isEqualTo(mia);
    assertThat(byCookie(token)).isEqualTo(mia);
    assertThat(identity.closed()).isEmpty();
    assertThat(identity.switchPath()).contains("/_local/who");
    assertThat(fetched).hasValue(1);
  }

  @Test
  void pagesTakeOnlyTheCookieAndProgramsOnlyTheToken() throws JOSEException {
    String token = signed(first, claims().build());
    whyNot(identity.visitor(Calls.get("/", Map.of("authorization", "Bearer " + token), Map.of())));
    whyNot(identity.visitor(Calls.get("/api/requests", Map.of(), Map.of("daypass-local", token))));
    whyNot(identity.visitor(Calls.get("/api/requests", Map.of("authorization", token), Map.of())));
  }

  @Test
  void whoeverSignedInWithinFiveMinutesIsFresh() throws JOSEException {
    Date signedIn = Date.from(NOW.minus(Duration.ofMinutes(5)));
    String token = signed(first, claims().claim("auth_time", signedIn).build());
    assertThat(byCookie(token)).isEqualTo(new Visitor.Known("mia.torres@example.com", Proof.FRESH));
    now.set(NOW.plusSeconds(1));
    assertThat(byCookie(token))
        .isEqualTo(new Visitor.Known("mia.torres@example.com", Proof.SESSION));
  }

  @Test
  void aTokenEndsWithItsTimeOnTheGivenClock() throws JOSEException {
    String token = signed(first, claims().build());
    now.set(NOW.plus(Duration.ofHours(1)).minusMillis(1));
    assertThat(byToken(token)).isInstanceOf(Visitor.Known.class);
    now.set(NOW.plus(Duration.ofHours(1)));
    assertThat(whyNot(byToken(token))).contains("sign in again");
  }

  @Test
  void claimsOfOthersAreRefused() throws JOSEException {
    assertThat(whyNot(byToken(signed(first, claims().audience("other").build()))))
        .contains("another application");
    assertThat(whyNot(byToken(signed(first, claims().issuer("https://evil.example").build()))))
        .contains("another issuer");
    assertThat(whyNot(byToken(signed(first, claims().claim("email", " ").build()))))
        .contains("nobody");
    // Found by fuzzing: it would be a key of a table, and stand in logs.
    for (var none :
        List.of("mia\u0000\nb@example.com", "m".repeat(3_000) + "@example.com", "mia")) {
      assertThat(whyNot(byToken(signed(first, claims().claim("email", none).build()))))
          .contains("no email address");
    }
    assertThat(whyNot(byToken(signed(first, claims().claim("email", 7).build()))))
        .contains("cannot be read");
    assertThat(whyNot(byToken(signed(first, claims().expirationTime(null).build()))))
        .contains("sign in again");
    assertThat(
            whyNot(
                byToken(
                    signed(first, claims().notBeforeTime(Date.from(NOW.plusSeconds(5))).build()))))
        .contains("not valid yet");
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() throws JOSEException {
    RSAKey imposter = new RSAKeyGenerator(2048).keyID("first").generate();
    assertThat(whyNot(byToken(signed(imposter, claims().build())))).contains("not signed");
    String[] parts = signed(first, claims().build()).split("\\.", -1);
    String[] others =
        signed(first, claims().claim("email", "boss@example.com").build()).split("\\.", -1);
    assertThat(whyNot(byToken(parts[0] + "." + others[1] + "." + parts[2]))).contains("not signed");
  }

  @Test
  void tokensWithoutARealSignatureAreRefused() throws JOSEException {
    assertThat(whyNot(byToken(new PlainJWT(claims().build()).serialize())))
        .contains("cannot be read");
    SignedJWT shared =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims().build());
    shared.sign(new MACSigner(first.toPublicJWK().toJSONString().getBytes(UTF_8)));
    assertThat(whyNot(byToken(shared.serialize()))).contains("RS256");
    assertThat(whyNot(byToken("rubbish"))).contains("cannot be read");
    assertThat(whyNot(byToken(""))).contains("cannot be read");
  }

  @Test
  void aNewKeyOfTheIssuerIsFetchedOnce() throws JOSEException {
    assertThat(byToken(signed(first, claims().build()))).isInstanceOf(Visitor.Known.class);
    assertThat(whyNot(byToken(signed(second, claims().build())))).contains("not signed");
    served.set(new JWKSet(java.util.List.of(first.toPublicJWK(), second.toPublicJWK())));
    assertThat(byToken(signed(second, claims().build()))).isInstanceOf(Visitor.Known.class);
    int sofar = fetched.get();
    assertThat(byToken(signed(second, claims().build()))).isInstanceOf(Visitor.Known.class);
    assertThat(byToken(signed(first, claims().build()))).isInstanceOf(Visitor.Known.class);
    assertThat(fetched).hasValue(sofar);
  }

  @Test
  void whenTheIssuerIsDownThatIsSaid() throws JOSEException {
    server.stop(0);
    assertThat(byToken(signed(first, claims().build())))
        .isInstanceOfSatisfying(
            Visitor.Unknown.class, unknown -> assertThat(unknown.why().status()).isEqualTo(503));
  }

  @Test
  void aVisitorWithoutACookieIsSentToChooseWhoTheyAre() {
    assertThatThrownBy(() -> identity.require(Calls.get("/")))
        .isInstanceOfSatisfying(
            HttpProblem.class, e -> assertThat(e.signIn()).isEqualTo("/_local/who"));
  }

  @Test
  void onlyALoopbackIssuerOpensAnything() {
    InstantSource any = InstantSource.fixed(NOW);
    for (String open :
        new String[] {
          "http://127.0.0.1:8080/_local", "http://localhost:8080/_local", "http://[::1]:8080/_local"
        }) {
      assertThat(Identity.of(open, any).closed()).as(open).isEmpty();
    }
    for (String closed :
        new String[] {
          "",
          "https://login.example.com",
          "http://127.0.0.1.evil.example/",
          "http://localhost.evil.example/",
          "http://localhost@evil.example/",
          "http://127.0.0.1@evil.example/",
          "http://x@127.0.0.1/",
          "http://127.0.0.2/",
          "http://0.0.0.0/",
          "file:///127.0.0.1",
          "//127.0.0.1/",
          "127.0.0.1:8080",
          "not a url"
        }) {
      Identity identity = Identity.of(closed, any);
      assertThat(identity.closed()).as(closed).isPresent();
      assertThatThrownBy(identity::requireOpen).isInstanceOf(HttpProblem.class);
      assertThatThrownBy(() -> identity.require(Calls.get("/")))
          .as(closed)
          .isInstanceOfSatisfying(
              HttpProblem.class,
              e -> {
                assertThat(e.problem().status()).isEqualTo(403);
                assertThat(e.problem().detail()).contains("no sign-in set up yet", "administrator");
                assertThat(e.signIn()).isNull();
              });
    }
  }
}
