package dev.daypass.flow;

import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.RUTH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.audit.LoggingContext;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.request.RequestHandler;
import dev.daypass.store.Sessions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no route takes, and methods that an address does not have. */
class NowhereTest {
  private static Company company;

  @BeforeAll
  static void start() {
    company = Company.open();
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/foo", "/requests/x/y", "/requests/", "/inbox/", "/%2e%2e/x"})
  void whoeverIsSignedInGetsAPageWithTheirNameAndTheWayBack(String path) {
    var ruth = company.desk(RUTH);
    ruth.open("/");
    var page = ruth.open(path);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text())
        .contains("There is no page at this address.", "Ruth Adeyemi", "Sign out", "Runbooks");
    assertThat(page.html()).contains("<a href=\"/\" role=\"button\"");
  }

  /** Every form of every page, so that a new one cannot be forgotten. */
  @TestFactory
  Stream<DynamicTest> anAddressThatOnlyTakesAFormLeadsToThePageOfTheForm() {
    var routes =
        TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), Place.LOCAL).routes();
    var seen =
        routes.stream()
            .filter(route -> route.method().equals("GET"))
            .map(Route::path)
            .collect(Collectors.toSet());
    return routes.stream()
        .filter(route -> route.method().equals("POST") && !route.path().startsWith("/api/"))
        .map(Route::path)
        .filter(path -> !seen.contains(path))
        .map(path -> DynamicTest.dynamicTest(path, () -> assertLeadsToAPage(path, seen)));
  }

  private static void assertLeadsToAPage(String route, Set<String> seen) throws IOException {
    var page = leadsTo("GET", route.replaceAll("\\{[a-z]+}", "no-such-thing"));
    assertThat(seen.stream().map(each -> each.replaceAll("\\{[a-z]+}", "no-such-thing")))
        .contains(page);
    assertThat(leadsTo("HEAD", route.replaceAll("\\{[a-z]+}", "no-such-thing"))).isEqualTo(page);
    for (var id : List.of("%2e%2e", "%5c%5cevil.example", "%0d%0ax", "%2f%2fevil.example")) {
      var answer =
          company.stranger().call("GET", route.replaceAll("\\{[a-z]+}", id), "", "", Map.of());
      assertThat(answer.headers().firstValue("location").orElse("/"))
          .as(id)
          .matches("/([a-z-]+(/[a-z.-]+){0,2})?");
    }
  }

  private static String leadsTo(String method, String path) throws IOException {
    var answer =
        company.stranger().call(method, path + "?stage=0&next=//evil.example", "", "", Map.of());
    assertThat(answer.statusCode()).as(path).isEqualTo(303);
    return answer.headers().firstValue("location").orElseThrow();
  }

  @Test
  void aFormThatWasRefusedAndIsReloadedIsSeenAgainWithWhatItIsAbout() {
    var ruth = company.desk(RUTH);
    ruth.open("/");
    assertThat(ruth.open("/sign-out-everywhere").path()).isEqualTo("/sessions");
    assertThat(ruth.open("/inbox/AAAAAAAAAAAAAAAAAAAAAA?stage=0").path()).isEqualTo("/inbox");
    // Whether there is such a request is said by its page, to whoever may know, as ever.
    assertThat(ruth.open("/requests/AAAAAAAAAAAAAAAAAAAAAA/cancel").status()).isEqualTo(404);
  }

  @Test
  void itSpeaksTheLanguageOfTheDirectory() {
    var noor = company.desk(NOOR);
    noor.open("/");
    assertThat(noor.open("/foo").text()).contains("Unter dieser Adresse gibt es keine Seite.");
    // So do the refusals of a page that there is.
    assertThat(noor.open("/requests/AAAAAAAAAAAAAAAAAAAAAA").text())
        .contains("Diese Anfrage gibt es nicht", "Noor Haddad", "Abmelden");
  }

  @Test
  void aFormThatIsSentNowhereChangesNothingAndIsAnsweredInTheSameWay() {
    var ruth = company.desk(RUTH);
    ruth.open("/");
    var page = ruth.post("/inbox", Map.of("decision", "approve"));
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("There is no page at this address.", "Ruth Adeyemi");
  }

  @Test
  void strangersGetThePageWithoutAnybodysName() {
    var page = company.stranger().open("/foo");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text())
        .contains("There is no page at this address.")
        .doesNotContain("Sign out", "Runbooks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS"})
  void programsGetAProblemDocument(String method) throws IOException {
    var answer = company.stranger().call(method, "/api/nowhere", "", "", Map.of());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    var problem = new JsonMapper().readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("urn:daypass:problem:not-found");
    assertThat(problem.path("detail").asText()).contains("/api/openapi.yaml");
  }

  /** Here every call to a table fails, which the page would survive and the log would tell. */
  @Test
  void whoeverHasNoSessionMakesNobodyLookAnythingUp() throws IOException {
    var environment =
        new HashMap<>(
            TemplateFile.read(Path.of("..", "template.yaml"))
                .resolve(
                    Map.of(
                        "PublicUrl", "https://daypass.example.com",
                        "Issuer", "https://login.example.com",
                        "ClientId", "daypass"),
                    Place.LOCAL)
                .function("RequestFunction")
                .environment());
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    environment.put("AWS_ACCESS_KEY_ID", "any");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    var handler = new RequestHandler(new App(environment, InstantSource.system(), new Random(1)));
    assertThat(logged(handler, "")).isEmpty();
    assertThat(logged(handler, "__Host-daypass-session=short")).isEmpty();
    // The measure itself: with a session there is one to be looked for.
    assertThat(logged(handler, "__Host-daypass-session=" + Sessions.newId(RUTH, new Random(2))))
        .contains("the name for its problem page");
  }

  private static String logged(RequestHandler handler, String cookie) throws IOException {
    var event =
        """
        {"version": "2.0", "routeKey": "$default", "rawPath": "/foo", "headers": {},
         "cookies": ["%s"], "requestContext": {"http": {"method": "GET", "path": "/foo"},
         "requestId": "any", "timeEpoch": 0}}
        """
            .formatted(cookie);
    var answer = new ByteArrayOutputStream();
    var log = new StringBuilder();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new LoggingContext(log::append));
    assertThat(new JsonMapper().readTree(answer.toByteArray()).path("statusCode").asInt())
        .isEqualTo(404);
    return log.toString();
  }
}
