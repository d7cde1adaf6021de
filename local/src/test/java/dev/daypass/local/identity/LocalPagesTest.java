package dev.daypass.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.gateway.LocalServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final SamplePerson ADA =
      new SamplePerson("ada@example.com", "Ada <Support>", "bea@example.com", List.of("support"));

  private static Timeline timeline;
  private static LocalServer server;

  @BeforeAll
  static void start() {
    timeline = new Timeline();
    server = LocalServer.bind(0);
    var issuer = new TokenIssuer(server.url() + "/_local/issuer", timeline);
    server.mount("/_local", new LocalPages(timeline, issuer, () -> List.of(ADA)));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    timeline.close();
  }

  @Test
  void aTokenIsVerifiedByThePublishedKeyAndDatedByTheOneClock() throws Exception {
    timeline.advance(Duration.ofDays(2));
    var now = timeline.instant();
    var token = json("/_local/token?as=ADA@example.com").path("token").asText();
    var configuration = json("/_local/issuer/.well-known/openid-configuration");
    var keys = JWKSet.load(URI.create(configuration.path("jwks_uri").asText()).toURL());

    var jwt = SignedJWT.parse(token);
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(jwt.verify(new RSASSAVerifier(key.toRSAKey().toRSAPublicKey()))).isTrue();
    assertThat(key.isPrivate()).isFalse();
    var claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(configuration.path("issuer").asText());
    assertThat(claims.getSubject()).isEqualTo("ada@example.com");
    assertThat(claims.getAudience()).containsExactly("daypass");
    assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.com");
    assertThat(claims.getStringClaim("name")).isEqualTo("Ada <Support>");
    assertThat(claims.getStringListClaim("groups")).containsExactly("support");
    var issued = claims.getIssueTime().toInstant();
    assertThat(issued).isBetween(now.minusSeconds(1), now.plusSeconds(60));
    assertThat(claims.getExpirationTime().toInstant()).isEqualTo(issued.plus(Duration.ofHours(12)));
  }

  @Test
  void aTokenOfNobodyIsRefusedWithTheListOfPeople() throws Exception {
    var response = get("/_local/token?as=zoe@example.com");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.body()).contains("zoe@example.com").contains("ada@example.com");
  }

  @Test
  void thePeopleAreListed() throws Exception {
    assertThat(json("/_local/people"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"email": "ada@example.com", "name": "Ada <Support>",
                  "manager": "bea@example.com", "groups": ["support"]}]
                """));
  }

  @Test
  void theClockMovesAndEverythingDueRunsBeforeItAnswers() throws Exception {
    var ran = new AtomicInteger();
    timeline.at(timeline.instant().plus(Duration.ofHours(3)), ran::incrementAndGet);
    var before = Instant.parse(json("/_local/clock").path("now").asText());

    var response = post("/_local/clock", "advance=PT4H");

    var after = Instant.parse(JSON.readTree(response.body()).path("now").asText());
    assertThat(Duration.between(before, after)).isGreaterThanOrEqualTo(Duration.ofHours(4));
    assertThat(ran).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"advance=soon", "advance=-PT1H", "advance=P99D", "", "advance="})
  void aStepTheClockCannotTakeIsRefused(String form) throws Exception {
    var response = post("/_local/clock", form);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("advance=PT4H");
  }

  @Test
  void theChooserShowsThePeopleAndEscapesWhatTheyAreCalled() throws Exception {
    var page = get("/_local/who?next=/requests/1%22%3E").body();

    assertThat(page).contains("Ada &lt;Support&gt;").doesNotContain("<Support>");
    assertThat(page).contains("name=\"next\" value=\"/requests/1&quot;&gt;\"");
  }

  @Test
  void choosingSetsTheCookieAndGoesOn() throws Exception {
    var response = post("/_local/who", "as=ada%40example.com&next=%2Frequests%2F1");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("location")).contains("/requests/1");
    assertThat(response.headers().firstValue("set-cookie"))
        .hasValueSatisfying(
            cookie ->
                assertThat(cookie)
                    .startsWith("daypass-local=ey")
                    .endsWith("; Path=/; HttpOnly; SameSite=Lax"));
  }

  @Test
  void signingOutTakesTheCookieAway() throws Exception {
    assertThat(post("/_local/who", "as=&next=/").headers().firstValue("set-cookie"))
        .hasValueSatisfying(
            cookie -> assertThat(cookie).startsWith("daypass-local=;").contains("Max-Age=0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\r\nX: y"})
  void nobodyIsSentElsewhere(String next) {
    assertThat(LocalPages.localPath(next)).isEqualTo("/");
  }

  @Test
  void whatIsNotThereIsSaidSo() throws Exception {
    assertThat(get("/_local/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/_local").body()).contains("/_local/who");
  }

  private static JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String form) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
