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
import dev.daypass.local.gateway.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String BACK = "http://127.0.0.1:1/sign-in/callback";
  private static final String VERIFIER = "a".repeat(43);
  private static final SamplePerson ADA =
      new SamplePerson("ada@example.com", "Ada <Support>", "bea@example.com", List.of("support"));

  private static Timeline timeline;
  private static LocalServer server;
  private static LocalProvider provider;

  @BeforeAll
  static void start() {
    timeline = new Timeline();
    server = LocalServer.bind(0);
    provider =
        new LocalProvider(
            new TokenIssuer(server.url() + "/_local/issuer", timeline),
            timeline,
            () -> List.of(ADA),
            BACK);
    server.mount("/_local", new LocalPages(timeline, provider));
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

  /** A request for a sign-in, in order unless something is put in place of a parameter. */
  private static String authorize(String... instead) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", LocalProvider.CLIENT);
    parameters.put("redirect_uri", BACK);
    parameters.put("scope", "openid email");
    parameters.put("state", "the state");
    parameters.put("nonce", "the nonce");
    // The hash of VERIFIER.
    parameters.put("code_challenge", "ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA");
    parameters.put("code_challenge_method", "S256");
    for (int i = 0; i < instead.length; i += 2) {
      parameters.put(instead[i], instead[i + 1]);
    }
    return "/_local/issuer/authorize?"
        + parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> sentBack(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    var location = answer.headers().firstValue("location").orElseThrow();
    assertThat(location).startsWith(BACK + "?");
    return Urls.parameters(location.substring(BACK.length() + 1));
  }

  private static LocalProvider.Answer redeem(String code, String verifier) {
    var client = LocalProvider.CLIENT + ":" + encoded(LocalProvider.CLIENT_SECRET);
    return provider.token(
        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)),
        Map.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", BACK,
            "code_verifier", verifier));
  }

  @Test
  void theChooserShowsThePeopleAndEscapesWhatTheyAreCalled() throws Exception {
    var page = get(authorize("state", "\"><b>")).body();

    assertThat(page).contains("Ada &lt;Support&gt;").doesNotContain("<Support>", "<b>");
  }

  @Test
  void aCodeIsGoodOnceForWhoeverAskedForIt() throws Exception {
    var back = sentBack(post(authorize(), "as=ada%40example.com"));
    assertThat(back).containsEntry("state", "the state").containsKey("iss");
    var code = back.getOrDefault("code", "");

    var answer = redeem(code, VERIFIER);
    assertThat(answer.status()).isEqualTo(200);
    var claims = SignedJWT.parse(answer.body().path("id_token").asText()).getJWTClaimsSet();
    assertThat(claims.getStringClaim("nonce")).isEqualTo("the nonce");
    assertThat(claims.getSubject()).isEqualTo("ada@example.com");

    assertThat(redeem(code, VERIFIER).body().path("error").asText()).isEqualTo("invalid_grant");
    var another = sentBack(post(authorize(), "as=ada%40example.com")).getOrDefault("code", "");
    assertThat(redeem(another, "b".repeat(43)).body().path("error").asText())
        .isEqualTo("invalid_grant");
    assertThat(provider.token("Basic YTpi", Map.of()).body().path("error").asText())
        .isEqualTo("invalid_client");
  }

  @Test
  void whatIsNotInOrderIsSentBackAndStrangersStay() throws Exception {
    assertThat(sentBack(get(authorize("code_challenge", ""))))
        .containsEntry("error", "invalid_request");
    assertThat(sentBack(get(authorize("scope", "email")))).containsEntry("error", "invalid_scope");
    assertThat(sentBack(get(authorize("prompt", "none")))).containsEntry("error", "login_required");
    assertThat(sentBack(post(authorize(), "as="))).containsEntry("error", "access_denied");
    assertThat(get(authorize("client_id", "x")).statusCode()).isEqualTo(400);
    assertThat(get(authorize("redirect_uri", "https://evil.example")).statusCode()).isEqualTo(400);
  }

  @Test
  void whoeverHasChosenGoesOnUnlessTheyMustShowThemselvesAgain() throws Exception {
    var cookie =
        post(authorize(), "as=ada%40example.com").headers().firstValue("set-cookie").orElseThrow();
    var key = cookie.split(";", 2)[0];

    assertThat(getWith(authorize(), key).body()).contains("Go on as");
    assertThat(sentBack(getWith(authorize("prompt", "none"), key))).containsKey("code");
    assertThat(getWith(authorize("prompt", "login"), key).body()).doesNotContain("Go on as");
    timeline.advance(Duration.ofMinutes(6));
    assertThat(getWith(authorize("max_age", "300"), key).body()).doesNotContain("Go on as");
    assertThat(getWith(authorize("max_age", "3600"), key).body()).contains("Go on as");
  }

  private static HttpResponse<String> getWith(String path, String cookie) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsNotThereIsSaidSo() throws Exception {
    assertThat(get("/_local/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/_local").body()).contains("/sign-in?how=other");
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
