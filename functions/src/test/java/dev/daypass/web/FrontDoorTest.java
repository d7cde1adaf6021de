package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.Directory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontDoorTest {
  private static final dev.daypass.runbook.Person LENA =
      new dev.daypass.runbook.Person(
          "lena@example.com",
          "Lena Fischer",
          null,
          List.of(),
          ZoneId.of("Europe/Berlin"),
          Locale.GERMANY,
          true);

  private final FrontDoor https = door("https://daypass.example.com");
  private final FrontDoor http = door("http://127.0.0.1:8080");

  private static FrontDoor door(String url) {
    return door(url, Identity.ofNobody());
  }

  private static FrontDoor door(String url, Identity identity) {
    var publicUrl = URI.create(url);
    return new FrontDoor(
        publicUrl,
        identity,
        new Frames(
            Directory.of(List.of(LENA)),
            new ChosenLanguage(publicUrl),
            InstantSource.fixed(Instant.parse("2026-11-26T13:05:00Z"))),
        new AntiForgery(publicUrl, new SplittableRandom(1)),
        new Pages(new Assets()));
  }

  private static FrontDoor.Inside fails(Problem problem) {
    return request -> {
      throw new HttpProblem(problem);
    };
  }

  private static JsonNode json(HttpResponse answer) throws IOException {
    return Json.WIRE.readTree(answer.body());
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    List<HttpResponse> answers =
        List.of(
            https.answer(
                Calls.get("/"),
                request -> HttpResponse.page(200, new Page("<p>hello", Locale.ENGLISH))),
            https.answer(Calls.get("/"), fails(Problem.closed())),
            https.answer(Calls.get("/"), request -> HttpResponse.seeOther("/requests/1")),
            https.answer(
                Calls.get("/api/requests"),
                request -> {
                  throw new IllegalStateException("secret detail");
                }));
    for (HttpResponse answer : answers) {
      assertThat(answer.headers())
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "no-referrer")
          .containsEntry("cache-control", "no-store")
          .containsEntry("strict-transport-security", "max-age=31536000");
      assertThat(answer.headers().get("content-security-policy"))
          .contains(
              "default-src 'none'",
              "script-src 'self'",
              "frame-ancestors 'none'",
              "base-uri 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void withoutHttpsNobodyIsToldToStayThere() {
    assertThat(
            http.answer(
                    Calls.get("/"), request -> HttpResponse.page(200, new Page("", Locale.ENGLISH)))
                .headers())
        .doesNotContainKey("strict-transport-security");
  }

  @Test
  void aProblemIsADocumentForProgramsAndAPageForPeople() throws IOException {
    Problem problem =
        Problem.refused(
            List.of(
                new Refusal("duration-too-long", "duration", "At most 4 hours.")
                    .with(Duration.ofHours(4), Duration.ofHours(9)),
                Refusal.of("not-extendable", "This cannot be extended.")));
    HttpResponse document = https.answer(Calls.get("/api/requests"), fails(problem));
    assertThat(document.status()).isEqualTo(422);
    assertThat(document.headers()).containsEntry("content-type", "application/problem+json");
    JsonNode json = json(document);
    assertThat(json.path("type").asText()).isEqualTo("urn:daypass:problem:refused");
    assertThat(json.path("status").asInt()).isEqualTo(422);
    assertThat(json.path("errors")).hasSize(2);
    assertThat(json.at("/errors/0/code").asText()).isEqualTo("duration-too-long");
    assertThat(json.at("/errors/0/field").asText()).isEqualTo("duration");
    assertThat(json.at("/errors/1").has("field")).isFalse();

    HttpResponse page = https.answer(Calls.get("/requests/1"), fails(problem));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.headers()).containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(page.body())
        .contains("The longest access here is 4 hours", "This access cannot be extended.");
  }

  @Test
  void aProblemIsInTheReadersLanguageForPeopleAndInEnglishForPrograms() throws IOException {
    var german = Map.of("accept-language", "de");
    var problem = fails(Problem.notFound());
    var page = https.answer(Calls.get("/requests/1", german, Map.of()), problem);
    assertThat(page.body())
        .contains("<html lang=\"de\"", "Hier ist nichts", "Unter dieser Adresse gibt es nichts.")
        .contains("action=\"/language\"", "name=\"next\" value=\"/requests/1\"");
    assertThat(page.headers())
        .containsEntry("content-language", "de")
        .containsEntry("vary", "Cookie, Accept-Language");
    // The form token of the page is worth nothing without its cookie.
    assertThat(page.cookies()).singleElement().asString().startsWith("__Host-daypass-form=");
    var document = https.answer(Calls.get("/api/requests", german, Map.of()), problem);
    assertThat(json(document).path("detail").asText())
        .isEqualTo("There is nothing at this address.");
    assertThat(json(document).has("said")).isFalse();
    assertThat(document.cookies()).isEmpty();
  }

  private static Identity says(Supplier<Visitor> who) {
    return new Identity() {
      @Override
      public Visitor visitor(HttpRequest request) {
        return who.get();
      }

      @Override
      public Optional<Problem> closed() {
        return Optional.empty();
      }
    };
  }

  @Test
  void whoeverIsSignedInKeepsTheirNameTheirWaysAndTheirLanguageOnTheProblem() {
    var lena = new Visitor.Known(LENA.email(), Proof.SESSION, Set.of(Visitor.ADMINS));
    var door = door("https://daypass.example.com", says(() -> lena));
    for (var inside :
        List.of(
            fails(Problem.notFound()),
            fails(Problem.staleForm()),
            request -> {
              throw new IllegalStateException("broken");
            })) {
      assertThat(door.answer(Calls.get("/x"), inside).body())
          .contains("<html lang=\"de", "Lena Fischer", "action=\"/sign-out\"")
          .contains("href=\"/inbox\"", "href=\"/admin/people\"");
    }
  }

  @Test
  void aProblemIsShownAlsoIfItCannotBeToldWhoLooks() throws IOException {
    var door =
        door(
            "https://daypass.example.com",
            says(
                () -> {
                  throw new IllegalStateException("the table of sessions is down");
                }));
    var log = new ArrayList<String>();
    var out = new ByteArrayOutputStream();
    door.serve(
        new ByteArrayInputStream(
            """
            {"version":"2.0","routeKey":"GET /","rawPath":"/","headers":{},
             "requestContext":{"http":{"method":"GET"},"requestId":"id","timeEpoch":0}}
            """
                .getBytes(UTF_8)),
        out,
        fails(Problem.notFound()),
        log::add);
    var payload = Json.WIRE.readTree(out.toByteArray());
    assertThat(payload.path("statusCode").asInt()).isEqualTo(404);
    assertThat(payload.path("body").asText())
        .contains("There is nothing at this address.")
        .doesNotContain("/sign-out");
    assertThat(log).singleElement().asString().contains("the table of sessions is down");
  }

  @Test
  void whoeverIsNotSignedInIsNotLookedForAgain() {
    var door =
        door(
            "https://daypass.example.com",
            says(
                () -> {
                  throw new AssertionError("looked for");
                }));
    var why = Problem.notSignedIn(Problem.inEnglish("Who are you?"));
    assertThat(door.answer(Calls.post("/requests/a/cancel", Calls.FORM, ""), fails(why)).status())
        .isEqualTo(401);
    assertThat(door.answer(Calls.get("/api/requests"), fails(Problem.notFound())).status())
        .isEqualTo(404);
  }

  @Test
  void aFailureShowsAReferenceAndNothingOfTheCause() throws IOException {
    FrontDoor.Inside broken =
        request -> {
          throw new IllegalStateException("secret detail");
        };
    HttpResponse document = https.answer(Calls.get("/api/requests"), broken);
    assertThat(document.status()).isEqualTo(500);
    assertThat(json(document).path("reference").asText()).isEqualTo("JKJaXmPLvHcESHA=");
    HttpResponse page = https.answer(Calls.get("/"), broken);
    assertThat(page.body()).contains("JKJaXmPLvHcESHA=");
    assertThat(page.body() + document.body()).doesNotContain("secret");
  }

  @Test
  void aFailureIsOneLineInTheLogWhateverItsMessageHolds() throws IOException {
    var lines = new ArrayList<String>();
    https.serve(
        new ByteArrayInputStream(
            """
            {"version":"2.0","routeKey":"GET /","rawPath":"/","headers":{},
             "requestContext":{"http":{"method":"GET"},"requestId":"id","timeEpoch":0}}
            """
                .getBytes(UTF_8)),
        new ByteArrayOutputStream(),
        request -> {
          throw new IllegalStateException("x\r\nALARM removal-task request=y\u2028\u001b[31m");
        },
        lines::add);
    assertThat(lines)
        .singleElement()
        .asString()
        .matches("[^\\p{Cntrl}\\u0085\\u2028\\u2029]+")
        .startsWith("call ")
        .contains("ALARM removal-task", "FrontDoorTest");
  }

  @Test
  void aBodyThatIsSaidToBeBase64AndIsNotIsItsSendersProblem() throws IOException {
    var out = new ByteArrayOutputStream();
    https.serve(
        new ByteArrayInputStream(
            """
            {"version":"2.0","routeKey":"POST /api/requests","rawPath":"/api/requests",
             "headers":{"content-type":"application/json"},"body":"{}!","isBase64Encoded":true,
             "requestContext":{"http":{"method":"POST"},"requestId":"id","timeEpoch":0}}
            """
                .getBytes(UTF_8)),
        out,
        request -> HttpResponse.json(200, request.json(Map.class)));
    JsonNode payload = Json.WIRE.readTree(out.toByteArray());
    assertThat(payload.path("statusCode").asInt()).isEqualTo(400);
    assertThat(payload.path("body").asText()).contains("said to be base64 and is not");
  }

  @Test
  void anOversizedBodyIsRefusedBeforeAnythingElse() {
    HttpRequest large = Calls.post("/api/requests", "application/json", " ".repeat(70_000));
    HttpResponse answer =
        https.answer(
            large,
            request -> {
              throw new AssertionError("got inside");
            });
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("64 KiB");
  }

  @Test
  void aVisitorOfAPageIsSentToSignInAndBack() {
    FrontDoor.Inside inside =
        request -> {
          throw new HttpProblem(Problem.notSignedIn(Problem.inEnglish("Who are you?")), "/sign-in");
        };
    HttpResponse get = https.answer(Calls.get("/requests/a?b&c"), inside);
    assertThat(get.status()).isEqualTo(303);
    assertThat(get.headers()).containsEntry("location", "/sign-in?next=%2Frequests%2Fa%3Fb%26c");
    HttpResponse post = https.answer(Calls.post("/requests/a/cancel", Calls.FORM, ""), inside);
    assertThat(post.status()).isEqualTo(401);
    assertThat(post.body()).contains("Who are you?", "href=\"/sign-in?next=%2Frequests%2Fa\"");
    HttpResponse decide = https.answer(Calls.post("/decide/abc", Calls.FORM, ""), inside);
    assertThat(decide.body()).contains("href=\"/sign-in?next=%2Fdecide%2Fabc\"");
    HttpResponse api = https.answer(Calls.get("/api/requests"), inside);
    assertThat(api.status()).isEqualTo(401);
    assertThat(api.headers()).containsEntry("www-authenticate", "Bearer");
  }

  @Test
  void thePayloadIsOfFormat2() throws IOException {
    var out = new ByteArrayOutputStream();
    https.serve(
        new ByteArrayInputStream(
            """
            {"version":"2.0","routeKey":"GET /","rawPath":"/","headers":{},
             "requestContext":{"http":{"method":"GET"},"requestId":"id","timeEpoch":0}}
            """
                .getBytes(UTF_8)),
        out,
        request ->
            HttpResponse.page(200, new Page("<p>✓", Locale.ENGLISH))
                .withCookies(List.of("a=b; Path=/")));
    JsonNode payload = Json.WIRE.readTree(out.toByteArray());
    assertThat(payload.path("statusCode").asInt()).isEqualTo(200);
    assertThat(payload.path("body").asText()).isEqualTo("<p>✓");
    assertThat(payload.path("isBase64Encoded").asBoolean(true)).isFalse();
    assertThat(payload.at("/cookies/0").asText()).isEqualTo("a=b; Path=/");
    assertThat(payload.path("headers").has("set-cookie")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /systems/crm, 400, oversee.problem.no-place, /systems/crm",
    "GET, /admin/people, 400, people.problem.no-page, /admin/people",
    "GET, /ask/crm, 404, problem.no-such-runbook, /find",
    "GET, /ask/crm, 403, problem.several, /find",
    "GET, /inbox, 400, problem.no-such-stage, /inbox",
    "POST, /requests/abc/cancel, 403, problem.stale-form.detail, /requests/abc",
    "POST, /language, 403, problem.stale-form.detail, /",
    "POST, /ask/crm, 400, problem.form.field-twice, /ask/crm",
    "GET, /systems/crm, 404, oversee.problem.no-such-system, /systems",
    "GET, /inbox, 503, problem.sign-in-down.known, /inbox",
    "GET, /requests/abc, 404, problem.no-such-request, /"
  })
  void theWayOnLeadsToThePageThatTheTextSpeaksOf(
      String method, String path, int status, String key, String there) {
    var problem =
        new Problem(
            "urn:daypass:problem:refused", "any", status, "any", List.of(), null, Said.of(key));
    var answer =
        http.answer(Calls.call(method, path, Map.of(), Map.of(), Body.EMPTY), fails(problem));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("<a href=\"" + there + "\" role=\"button\"");
  }

  @Test
  void whatASignInServiceSaysOfItselfMayBeDamaged() {
    var damaged = Map.of("error_description", "nicht verf\ufffdgbar");
    for (var path : List.of("/sign-in/callback", "/find")) {
      var call =
          new HttpRequest(
              "GET",
              "GET " + path,
              path,
              Map.of(),
              damaged,
              Map.of(),
              Map.of(),
              Body.EMPTY,
              "192.0.2.7",
              "any",
              Instant.EPOCH);
      assertThat(http.answer(call, request -> HttpResponse.seeOther("/")).status())
          .isEqualTo(path.equals("/find") ? 400 : 303);
    }
  }

  @Test
  void answersLeadNobodyAway() {
    assertThatThrownBy(() -> HttpResponse.seeOther("//evil.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpResponse.seeOther("https://evil.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpResponse.seeOther("/a\r\nset-cookie: x=y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesInJsonAreWrittenAsPeopleOfIsoExpect() throws IOException {
    HttpResponse answer =
        HttpResponse.json(
            201,
            Map.of(
                "at", Instant.parse("2026-11-26T13:05:00Z"), "for", java.time.Duration.ofHours(4)));
    assertThat(json(answer).path("at").asText()).isEqualTo("2026-11-26T13:05:00Z");
    assertThat(json(answer).path("for").asText()).isEqualTo("PT4H");
  }
}
