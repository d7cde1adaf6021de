package dev.daypass.signin;

import static dev.daypass.signin.AProvider.FIRST;
import static dev.daypass.signin.AProvider.MIA;
import static dev.daypass.signin.AProvider.NOW;
import static dev.daypass.signin.AProvider.SECOND;
import static dev.daypass.signin.AProvider.claims;
import static dev.daypass.signin.AProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.PlainJWT;
import dev.daypass.access.Proof;
import dev.daypass.web.Body;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearer tokens: which let in, and which do not. */
class BearerIdentityTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AProvider provider = new AProvider();
  private final BearerIdentity identity =
      new BearerIdentity(
          new TokenCheck(
              AProvider.trust(), new Provider(AProvider.trust(), provider, now::get), now::get),
          AProvider.PEOPLE,
          now::get);

  private static HttpRequest call(String path, Map<String, String> headers) {
    return new HttpRequest(
        "GET",
        "GET " + path,
        path,
        Map.of(),
        Map.of(),
        headers,
        Map.of(),
        Body.EMPTY,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        NOW);
  }

  private Visitor byToken(String token) {
    return identity.visitor(call("/api/requests", Map.of("authorization", "Bearer " + token)));
  }

  private String whyNot(String token) {
    return whyNot(byToken(token), 401);
  }

  private static String whyNot(Visitor visitor, int status) {
    return switch (visitor) {
      case Visitor.Known known -> throw new AssertionError("let in: " + known);
      case Visitor.Unknown unknown -> {
        assertThat(unknown.why().status()).as(unknown.why().detail()).isEqualTo(status);
        yield unknown.why().detail();
      }
    };
  }

  private static Visitor mia(Proof proof, String... groups) {
    return new Visitor.Known(MIA, proof, Set.of(groups));
  }

  @Test
  void aTokenOfTheProviderTellsWhoCalls() {
    assertThat(byToken(signed(claims()))).isEqualTo(mia(Proof.SESSION, "support"));
    assertThat(identity.closed()).isEmpty();
    assertThat(provider.looks()).isEqualTo(1);
  }

  @Test
  void ellipticCurvesAreFineToo() throws JOSEException {
    assertThat(byToken(AProvider.signedByCurve(claims()))).isEqualTo(mia(Proof.SESSION, "support"));
  }

  @Test
  void onlyTheApiTakesTokensAndOnlyInTheirHeader() {
    var token = signed(claims());
    var header = Map.of("authorization", "Bearer " + token);
    whyNot(identity.visitor(call("/", header)), 401);
    whyNot(identity.visitor(call("/api/requests", Map.of("authorization", token))), 401);
    whyNot(
        identity.visitor(call("/api/requests", Map.of("cookie", "daypass-session=" + token))), 401);
  }

  @Test
  void whoeverSignedInWithinFiveMinutesIsFresh() {
    var token = signed(claims().claim("auth_time", NOW.getEpochSecond()));
    assertThat(byToken(token)).isEqualTo(mia(Proof.FRESH, "support"));
    now.set(NOW.plus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(byToken(token)).isEqualTo(mia(Proof.FRESH, "support"));
    now.set(NOW.plus(Duration.ofMinutes(5)));
    assertThat(byToken(token)).isEqualTo(mia(Proof.SESSION, "support"));
  }

  @Test
  void nobodyHasSignedInTomorrow() {
    var ahead = NOW.plus(Duration.ofMinutes(2)).getEpochSecond();
    assertThat(byToken(signed(claims().claim("auth_time", ahead))))
        .isEqualTo(mia(Proof.SESSION, "support"));
  }

  @Test
  void aTokenEndsWithItsTimeOnTheGivenClock() {
    var token = signed(claims());
    now.set(NOW.plus(Duration.ofHours(1)).plus(TokenCheck.SKEW).minusMillis(1));
    assertThat(byToken(token)).isInstanceOf(Visitor.Known.class);
    now.set(NOW.plus(Duration.ofHours(1)).plus(TokenCheck.SKEW));
    assertThat(whyNot(token)).contains("sign in again");
  }

  @Test
  void claimsOfOthersAreRefused() {
    assertThat(whyNot(signed(claims().audience("other")))).contains("another application");
    assertThat(whyNot(signed(claims().issuer(AProvider.ISSUER + "/"))))
        .contains("another sign-in service");
    assertThat(whyNot(signed(claims().claim("email", " ")))).contains("no email address");
    // Found by fuzzing: it would be a key of a table, and stand in logs.
    for (var none :
        List.of("mia\u0000\nb@example.com", "m".repeat(3_000) + "@example.com", "mia")) {
      assertThat(whyNot(signed(claims().claim("email", none)))).contains("no email address");
    }
    // Its lower case is a plain k.
    assertThat(whyNot(signed(claims().claim("email", "\u212Aim@example.com")))).contains("ASCII");
    assertThat(whyNot(signed(claims().claim("email", 7)))).contains("cannot be read");
    assertThat(whyNot(signed(claims().expirationTime(null)))).contains("sign in again");
    var later = Date.from(NOW.plus(TokenCheck.SKEW).plusSeconds(1));
    assertThat(whyNot(signed(claims().notBeforeTime(later)))).contains("not valid yet");
    assertThat(whyNot(signed(claims().issueTime(later)))).contains("not valid yet");
  }

  @Test
  void aTokenForSeveralMustHaveBeenGivenToUs() {
    var both = List.of(AProvider.CLIENT, "other");
    assertThat(whyNot(signed(claims().audience(both)))).contains("given to another");
    assertThat(whyNot(signed(claims().audience(both).claim("azp", "other"))))
        .contains("given to another");
    assertThat(whyNot(signed(claims().claim("azp", "other")))).contains("given to another");
    assertThat(byToken(signed(claims().audience(both).claim("azp", AProvider.CLIENT))))
        .isInstanceOf(Visitor.Known.class);
  }

  @Test
  void anAddressThatIsNotVerifiedIsNobodys() {
    assertThat(whyNot(signed(claims().claim("email_verified", false)))).contains("not verified");
    assertThat(whyNot(signed(claims().claim("email_verified", "false")))).contains("not verified");
    assertThat(byToken(signed(claims().claim("email_verified", true))))
        .isInstanceOf(Visitor.Known.class);
  }

  @Test
  void whoeverIsNotInTheDirectoryOrHasLeftDoesNotPass() {
    assertThat(whyNot(byToken(signed(claims().claim("email", "stranger@example.com"))), 403))
        .contains("stranger@example.com", "list of people");
    assertThat(whyNot(byToken(signed(claims().claim("email", "gone@example.com"))), 403))
        .contains("no longer");
  }

  @Test
  void groupsOfTheTokenThatMeanSomethingComeOnTop() {
    var groups = List.of("admins", "finance", "support-leads");
    assertThat(byToken(signed(claims().claim("groups", groups))))
        .isEqualTo(mia(Proof.SESSION, "support", "admins"));
    assertThat(byToken(signed(claims().claim("groups", "auditors"))))
        .isEqualTo(mia(Proof.SESSION, "support", "auditors"));
    assertThat(byToken(signed(claims().claim("groups", Map.of("admins", true)))))
        .isEqualTo(mia(Proof.SESSION, "support"));
    assertThat(byToken(signed(claims().claim("roles", groups))))
        .as("another claim than the one that is set")
        .isEqualTo(mia(Proof.SESSION, "support"));
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    var imposter = AProvider.rsa("first");
    assertThat(whyNot(signed(imposter, claims()))).contains("not signed");
    var parts = signed(claims()).split("\\.", -1);
    var others = signed(claims().claim("email", "boss@example.com")).split("\\.", -1);
    assertThat(whyNot(parts[0] + "." + others[1] + "." + parts[2])).contains("not signed");
  }

  @Test
  void tokensWithoutARealSignatureAreRefused() throws JOSEException {
    assertThat(whyNot(new PlainJWT(claims().build()).serialize())).contains("not signed");
    assertThat(whyNot(AProvider.signedWithWhatEverybodyKnows(claims()))).contains("RS256");
    assertThat(whyNot("rubbish")).contains("cannot be read");
    assertThat(whyNot("")).contains("cannot be read");
  }

  @Test
  void aTokenThatSaysSomethingElseIsRefused() {
    var logout =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .type(new JOSEObjectType("logout+jwt"))
            .build();
    assertThat(whyNot(signed(logout, FIRST, claims()))).contains("not signed");
    var access =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .type(new JOSEObjectType("at+jwt"))
            .build();
    assertThat(byToken(signed(access, FIRST, claims()))).isInstanceOf(Visitor.Known.class);
  }

  @Test
  void aNewKeyIsLookedForAndMadeUpOnesOnlyNowAndThen() {
    assertThat(byToken(signed(claims()))).isInstanceOf(Visitor.Known.class);
    assertThat(whyNot(signed(SECOND, claims()))).contains("not signed");
    assertThat(provider.looks()).isEqualTo(1);

    now.set(NOW.plusSeconds(10));
    provider.keys = new JWKSet(List.of(SECOND.toPublicJWK()));
    assertThat(byToken(signed(SECOND, claims()))).isInstanceOf(Visitor.Known.class);
    assertThat(whyNot(signed(claims()))).as("taken back by the provider").contains("not signed");
    assertThat(provider.looks()).isEqualTo(2);
  }

  @Test
  void keysGrowOldAndCountOnWhileTheProviderIsDown() {
    var claims = claims().expirationTime(Date.from(NOW.plus(Duration.ofDays(9))));
    var token = signed(claims);
    assertThat(byToken(token)).isInstanceOf(Visitor.Known.class);
    provider.keys = new JWKSet(List.of(SECOND.toPublicJWK()));
    now.set(NOW.plus(Duration.ofMinutes(59)));
    assertThat(byToken(token)).isInstanceOf(Visitor.Known.class);
    provider.down = true;
    now.set(NOW.plus(Duration.ofHours(23)));
    assertThat(byToken(token)).isInstanceOf(Visitor.Known.class);
    now.set(NOW.plus(Duration.ofHours(24)));
    assertThat(whyNot(byToken(token), 503)).contains("does not answer");
    provider.down = false;
    assertThat(whyNot(token)).contains("not signed");
  }

  @Test
  void aProviderThatIsDownOrNotTheRightOneIsSaidToBe() {
    provider.down = true;
    assertThat(whyNot(byToken(signed(claims())), 503)).contains("does not answer");
    provider.down = false;
    var right = provider.document;
    for (var wrong :
        List.of(
            right.replace(AProvider.ISSUER + "\"", "https://evil.example\""),
            right.replace("https://login.example.com/tenant/jwks", "http://login.example.com/jwks"),
            right.replace("https://login.example.com/tenant/token", "http://127.0.0.1/token"),
            "{}",
            "null",
            "<html>")) {
      assertThat(wrong).isNotEqualTo(right);
      provider.document = wrong;
      whyNot(byToken(signed(claims())), 503);
    }
    provider.document = right;
    assertThat(byToken(signed(claims()))).isInstanceOf(Visitor.Known.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"keys\":[null]}", "{\"keys\":null}", "{\"keys\":[7]}", "null", "<html>"})
  void keysThatCannotBeReadAreAsIfTheProviderWereDown(String garbled) {
    provider.garbledKeys = garbled;
    assertThat(whyNot(byToken(signed(claims())), 503)).contains("does not answer");
    provider.garbledKeys = "";
    now.set(NOW.plusSeconds(10));
    assertThat(byToken(signed(claims()))).isInstanceOf(Visitor.Known.class);
    provider.garbledKeys = garbled;
    now.set(NOW.plus(Duration.ofHours(2)));
    var later = claims().expirationTime(Date.from(NOW.plus(Duration.ofDays(1))));
    assertThat(byToken(signed(later))).isInstanceOf(Visitor.Known.class);
  }
}
