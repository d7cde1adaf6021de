package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.hostile.Caller.FORM;
import static dev.daypass.hostile.Caller.JSON;
import static dev.daypass.hostile.Caller.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Company;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.lambda.FunctionLog;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every place besides texts where somebody can put something: ids and secrets in paths, queries,
 * fields with a form of their own, names of fields, headers, cookies. Each gets each payload and
 * answers properly; nothing is stored, mailed or logged.
 */
class PlacesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final String ANY_ID = "0".repeat(25);

  private static Company company;
  private static Caller amara;
  private static Caller stranger;
  private static String token = "";
  private static String auditor = "";
  private static String formToken = "";
  private static String request = "";
  private static String link = "";
  private static String linkToken = "";
  private static Caller ruth;
  private static String ruthToken = "";
  private static final List<FunctionLog.Entry> logged = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void open() {
    company = Company.open(LocalCloud.Builder::withoutThrottling);
    var url = company.daypass().url();
    amara = new Caller(url).as(AMARA);
    stranger = new Caller(url);
    token = amara.token(AMARA);
    auditor = amara.token(ELENA);
    formToken = encoded(amara.formToken("/ask/" + CRM));
    request = company.ask(AMARA, CRM, Duration.ofHours(1));
    link = URI.create(Company.link(company.invitation(request, LENA))).getPath();
    linkToken = encoded(stranger.formToken(link));
    ruth = new Caller(url).as(RUTH);
    ruthToken = encoded(ruth.formToken("/admin/people/import"));
    company.daypass().cloud().functions().log().listen(logged::add);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  private record Place(String name, Function<Payload, HttpResponse<String>> put) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Place page(String path) {
    return looked(() -> amara, path);
  }

  private static Place overseen(String path) {
    return looked(() -> ruth, path);
  }

  /** Callers and tokens are there when the place is tried, not when it is named. */
  private static Place looked(Supplier<Caller> who, String path) {
    return new Place(
        "GET " + path, payload -> who.get().get(path.replace("*", encoded(payload.some()))));
  }

  private static Place post(String path, String field) {
    return sent(() -> amara, () -> formToken, path, field);
  }

  private static Place byLink(String path, String field) {
    return sent(() -> stranger, () -> linkToken, path, field);
  }

  private static Place administered(String path, String field) {
    return sent(() -> ruth, () -> ruthToken, path, field);
  }

  private static Place sent(
      Supplier<Caller> who, Supplier<String> token, String path, String field) {
    return new Place(
        "POST " + (path.equals(link) ? "/decide/LINK" : path) + " " + field,
        payload ->
            who.get()
                .form(
                    path.replace("*", encoded(payload.some())),
                    "form="
                        + token.get()
                        + (field.isEmpty()
                            ? ""
                            : "&" + field.replace("*", encoded(payload.text())))));
  }

  private static Place upload(String name, Function<Payload, String> part) {
    return new Place(
        "POST /admin/people/import " + name,
        payload ->
            ruth.send(
                "POST",
                "/admin/people/import",
                "multipart/form-data; boundary=any",
                ("--any\r\n" + part.apply(payload) + "\r\n--any--\r\n").getBytes(UTF_8)));
  }

  private static Place api(String method, String path, String who) {
    return new Place(
        method + " " + path,
        payload ->
            stranger.send(
                method,
                path.replace("*", encoded(payload.some())),
                method.equals("POST") ? JSON : "",
                method.equals("POST") ? "{}".getBytes(UTF_8) : new byte[0],
                Map.of("Authorization", "Bearer " + who, "Idempotency-Key", "any")));
  }

  private static Place field(String path, String field) {
    return new Place(
        "POST " + path + " {" + field + "}",
        payload -> {
          var body = MAPPER.createObjectNode();
          body.put(field.equals("*") ? payload.text() : field, payload.text());
          return stranger.send(
              "POST",
              path,
              JSON,
              body.toString().getBytes(UTF_8),
              Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "any"));
        });
  }

  private static Place header(String name, String template) {
    return new Place(
        "header " + name,
        payload -> {
          // What no program can send as a header is not tried.
          var value = payload.text().replaceAll("[^ -~]", "?").strip();
          var headers =
              name.equals("Authorization")
                  ? Map.of(name, template.replace("*", value), "Idempotency-Key", "any")
                  : Map.of(name, template.replace("*", value), "Authorization", "Bearer " + token);
          return stranger.send("POST", "/api/requests", JSON, "{}".getBytes(UTF_8), headers);
        });
  }

  private static Place cookie(String name) {
    return new Place(
        "cookie " + name,
        payload ->
            stranger.send(
                "POST",
                "/requests/" + request + "/cancel",
                FORM,
                "form=x".getBytes(UTF_8),
                Map.of("Cookie", name + "=" + payload.text().replaceAll("[^ -~]|[;\"]", "?"))));
  }

  static Stream<Place> places() {
    return Stream.of(
        page("/ask/*"),
        page("/requests/*"),
        page("/requests/*/decide"),
        page("/assets/*"),
        page("/nothing/*"),
        page("/decide/*"),
        post("/ask/*", ""),
        post("/ask/" + CRM, "duration=*&reason=Ticket 4711 and more&key=k"),
        post("/ask/" + CRM, "duration=PT1H&reason=short&key=*"),
        post("/ask/" + CRM, "duration=PT1H&reason=short&key=k&*=x"),
        post("/ask/" + CRM, "*"),
        post("/requests/*/cancel", ""),
        post("/requests/*/return", ""),
        post("/requests/*/revoke", "reason=because"),
        post("/requests/*/withdraw-approval", "comment=because"),
        post("/requests/" + request + "/withdraw-approval", "comment=*"),
        post("/requests/*/set-up", "result=done"),
        post("/requests/" + request + "/set-up", "result=*&note=so"),
        post("/requests/" + request + "/set-up", "result=done&note=*"),
        post("/requests/*/taken-away", "note=so"),
        post("/requests/" + request + "/taken-away", "note=*"),
        post("/requests/*/extend", "until=2026-11-30T12:00:00Z"),
        post("/requests/" + request + "/extend", "until=*"),
        post("/requests/" + request + "/extend", "until=2026-11-30T12:00:00Z&*=x"),
        post("/requests/*/decide", "decision=approve"),
        post("/requests/" + request + "/decide?stage=*", "decision=approve"),
        post("/language", "language=*&next=/"),
        post("/inbox/*", "decision=approve&stage=0"),
        overseen("/systems/*"),
        overseen("/admin/runbooks/*"),
        overseen("/admin/imports/*"),
        overseen("/admin/people?next=*"),
        administered("/admin/imports/*/apply", "plan=x"),
        administered("/admin/imports/*/discard", ""),
        upload("type", payload -> payload.text()),
        upload(
            "name of a field",
            payload -> "Content-Disposition: form-data; name=\"" + payload.text() + "\"\r\n\r\nx"),
        upload(
            "form token",
            payload -> "Content-Disposition: form-data; name=\"form\"\r\n\r\n" + payload.text()),
        page("/sign-in/callback?state=*&code=x"),
        page("/sign-in/callback?error=*"),
        page("/sign-in/callback?*"),
        new Place(
            "POST form token",
            payload ->
                amara.form("/requests/" + request + "/cancel", "form=" + encoded(payload.text()))),
        byLink("/decide/*", "decision=approve"),
        byLink("/decide/*/mail", ""),
        byLink(link, "decision=*&code=123456"),
        byLink(link, "decision=approve&code=*"),
        byLink(link, "decision=approve&code=1234567&*=x"),
        api("GET", "/api/requests/*", token),
        api("GET", "/api/requests?*", token),
        api("GET", "/api/requests?mine&next=*", token),
        api("POST", "/api/requests/*/cancel", token),
        api("POST", "/api/requests/*/return", token),
        api("POST", "/api/requests/*/revoke", token),
        api("POST", "/api/requests/*/decisions", token),
        api("POST", "/api/requests/*/extend", token),
        api("GET", "/api/audit?*", auditor),
        api("GET", "/api/audit?request=*", auditor),
        api("GET", "/api/audit?person=*", auditor),
        api("GET", "/api/audit?system=*", auditor),
        api("GET", "/api/audit?person=" + AMARA + "&from=*", auditor),
        api("GET", "/api/audit?person=" + AMARA + "&to=*", auditor),
        api("GET", "/api/audit?person=" + AMARA + "&limit=*", auditor),
        api("GET", "/api/audit?person=" + AMARA + "&next=*", auditor),
        field("/api/requests", "runbook"),
        field("/api/requests", "duration"),
        field("/api/requests", "*"),
        field("/api/requests/" + request + "/decisions", "decision"),
        field("/api/requests/" + request + "/decisions", "stage"),
        field("/api/requests/" + request + "/revoke", "*"),
        field("/api/requests/" + request + "/withdraw-approval", "comment"),
        field("/api/requests/" + request + "/set-up", "result"),
        field("/api/requests/" + request + "/set-up", "note"),
        field("/api/requests/" + request + "/taken-away", "note"),
        field("/api/requests/" + request + "/extend", "until"),
        field("/api/requests/" + request + "/extend", "*"),
        field("/api/requests/" + ANY_ID + "/revoke", "reason"),
        header("Idempotency-Key", "*"),
        header("Authorization", "*"),
        header("Authorization", "Bearer *"),
        header("Authorization", "Bearer eyJhbGciOiJub25lIn0.*."),
        header("Content-Encoding", "*"),
        header("Accept", "*"),
        header("User-Agent", "*"),
        header("X-Forwarded-For", "*"),
        cookie("daypass-session"),
        cookie("daypass-sign-in"),
        cookie("daypass-form"),
        cookie("__Host-daypass-form"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyPayloadIsAnsweredProperlyAndNothingIsStored(Place place) {
    company.settle();
    logged.clear();
    int requests = company.count("RequestsTable");
    var before = company.stored(request);
    int mails = company.daypass().ses().mails().size();
    Payload.all()
        .forEach(
            payload ->
                Caller.assertIsAProperRefusal(place + ", " + payload, place.put().apply(payload)));
    company.settle();
    assertThat(company.count("RequestsTable")).isEqualTo(requests);
    assertThat(company.stored(request)).isEqualTo(before);
    assertThat(company.daypass().ses().mails()).hasSize(mails);
    assertThat(logged).isEmpty();
  }

  /** What only looks for something may find nothing. */
  @ParameterizedTest
  @MethodSource("looks")
  void lookingForAPayloadIsHarmless(Place place) {
    Payload.all()
        .forEach(
            payload -> Caller.assertIsProper(place + ", " + payload, place.put().apply(payload)));
    assertThat(logged).isEmpty();
  }

  static Stream<Place> looks() {
    return Stream.of(
        page("/?*"),
        page("/ask/" + CRM + "?*"),
        page("/requests/" + request + "?x=*"),
        page("/find?q=*"),
        page("/inbox?*"),
        page("/sign-in?next=*"),
        page("/sign-in?how=*"),
        overseen("/systems?*"),
        overseen("/admin/people?*"),
        overseen("/audit?*"),
        overseen("/audit?by=person&what=*&from=2026-11&to=2026-11"),
        overseen("/audit?by=months&from=*&to=2026-11"),
        overseen("/audit?by=months&from=2026-11&to=2026-11&next=*"),
        overseen("/audit.csv?by=system&what=*&from=2026-11&to=2026-11"),
        post("/language", "language=de&next=*"),
        post("/language", "language=de&*=x"),
        post("/sessions/*/end", ""));
  }
}
