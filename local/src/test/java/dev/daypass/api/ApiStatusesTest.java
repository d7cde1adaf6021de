package dev.daypass.api;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.flow.Company;
import dev.daypass.flow.Desk;
import dev.daypass.hostile.Project;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every status that {@code openapi.yaml} describes is met here, for each operation; so none is
 * described that does not exist. {@link ApiContract} sees to it that none exists that is not
 * described.
 */
class ApiStatusesTest {
  private static final String JSON = "application/json";
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String NOBODY = "0".repeat(25);
  private static final String ANSWER = "{\"answer\":\"Customer 4711\"}";
  private static final String JUSTIFIED = "{\"verdict\":\"justified\",\"note\":\"So.\"}";
  private static final String TOO_LARGE = "x".repeat(70_000);

  private final TreeSet<String> seen = new TreeSet<>();

  private HttpResponse<String> seen(HttpResponse<String> answer) {
    ApiContract.seen(answer).ifPresent(each -> seen.add(each.operation() + " " + each.status()));
    return answer;
  }

  private void get(Desk desk, String path) {
    seen(desk.call("GET", path, "", "", Map.of()));
  }

  private void post(Desk desk, String path, String body) {
    seen(
        desk.call(
            "POST",
            path,
            body.isEmpty() ? "" : JSON,
            body,
            Map.of("Idempotency-Key", UUID.randomUUID().toString())));
  }

  private static String ask(String reason) {
    return "{\"runbook\":\"%s\",\"duration\":\"PT1H\",\"reason\":\"%s\"}".formatted(CRM, reason);
  }

  /** Every operation once, about a request that need not exist. */
  private void everyOperation(Desk desk, String id) {
    get(desk, "/api/openapi.yaml");
    get(desk, "/api/runbooks");
    get(desk, "/api/requests?mine");
    get(desk, "/api/requests/" + id);
    get(desk, "/api/audit?request=" + id);
    post(desk, "/api/requests", ask("The customer of ticket 4711 calls"));
    post(desk, "/api/requests/" + id + "/decisions", "{\"decision\":\"approve\"}");
    post(desk, "/api/requests/" + id + "/cancel", "");
    post(desk, "/api/requests/" + id + "/return", "");
    post(desk, "/api/requests/" + id + "/extend", "{\"until\":\"2099-01-01T00:00:00Z\"}");
    post(desk, "/api/requests/" + id + "/revoke", "{\"reason\":\"because\"}");
    post(desk, "/api/requests/" + id + "/withdraw-approval", "{\"comment\":\"because\"}");
    post(desk, "/api/requests/" + id + "/set-up", "{\"result\":\"done\"}");
    post(desk, "/api/requests/" + id + "/taken-away", "{\"note\":\"Out.\"}");
    post(desk, "/api/requests/" + id + "/review", JUSTIFIED);
    post(desk, "/api/requests/" + id + "/answer", ANSWER);
    get(desk, "/api/requests/" + id + "/evidence/" + "0".repeat(64));
  }

  @Test
  void everyDescribedStatusIsMet(@TempDir Path folder) {
    whoCallsAndHow();
    closed();
    withoutTheIssuer();
    withoutTables();
    throttled(folder);

    var described =
        OpenApi.read().operations().stream()
            .flatMap(
                each ->
                    each.node().path("responses").properties().stream()
                        .map(response -> each.route() + " " + response.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen).isEqualTo(described);
  }

  private void whoCallsAndHow() {
    try (var company = Company.open(cloud -> cloud.withoutThrottling())) {
      var amara = company.desk(AMARA);
      var lena = company.desk(LENA);
      everyOperation(company.stranger(), NOBODY);
      seen(amara.call("GET", "/api/openapi.yaml", "", "", Map.of("If-None-Match", "*")));

      // What is not there, cannot be read, is too large.
      everyOperation(amara, NOBODY);
      get(company.desk(ELENA), "/api/audit?request=" + NOBODY);
      get(amara, "/api/requests");
      get(amara, "/api/audit");
      post(amara, "/api/requests", ask("short"));
      for (var path :
          new String[] {
            "",
            "/" + NOBODY + "/decisions",
            "/" + NOBODY + "/extend",
            "/" + NOBODY + "/revoke",
            "/" + NOBODY + "/withdraw-approval",
            "/" + NOBODY + "/set-up",
            "/" + NOBODY + "/taken-away",
            "/" + NOBODY + "/review",
            "/" + NOBODY + "/answer"
          }) {
        post(amara, "/api/requests" + path, "{");
      }
      for (var act :
          new String[] {
            "/decisions",
            "/cancel",
            "/return",
            "/extend",
            "/revoke",
            "/withdraw-approval",
            "/set-up",
            "/review",
            "/answer"
          }) {
        post(amara, "/api/requests/" + NOBODY + act, TOO_LARGE);
      }
      post(amara, "/api/requests/" + NOBODY + "/taken-away", "x".repeat(6 * 1024 * 1024 + 1));
      post(amara, "/api/requests", TOO_LARGE);

      // The life of a request, with what is out of place in it.
      var id = company.ask(AMARA, CRM, HOUR);
      var request = "/api/requests/" + id;
      get(amara, request);
      post(amara, request + "/extend", "{\"until\":\"soon\"}");
      post(amara, request + "/extend", "{\"until\":\"2099-01-01T00:00:00Z\"}");
      post(lena, request + "/cancel", "");
      post(lena, request + "/return", "");
      post(lena, request + "/extend", "{\"until\":\"2099-01-01T00:00:00Z\"}");
      post(lena, request + "/revoke", "");
      post(company.desk(RUTH), request + "/decisions", "{\"decision\":\"approve\"}");
      post(lena, request + "/decisions", "{\"decision\":\"deny\"}");
      post(lena, request + "/decisions", "{\"decision\":\"approve\"}");
      post(lena, request + "/decisions", "{\"decision\":\"deny\",\"comment\":\"Too late\"}");
      company.settle();
      post(amara, request + "/cancel", "");
      post(amara, request + "/withdraw-approval", "{\"comment\":\"because\"}");
      post(lena, request + "/withdraw-approval", "{\"comment\":\"because\"}");
      var end = Instant.parse(company.json(id).at("/grant/expiresAt").asText());
      post(amara, request + "/extend", "{\"until\":\"" + end.plus(HOUR) + "\"}");
      post(amara, request + "/return", "");
      post(company.desk(OMAR), request + "/revoke", "");
      get(amara, "/api/audit?request=" + id);
      get(company.desk(YUKI), "/api/audit?request=" + id);
      post(amara, "/api/requests/" + company.ask(AMARA, CRM, HOUR) + "/cancel", "");
      byHand(company);
      withdrawn(company);
      emergency(company);
      asksFirst(company);
    }
  }

  private void asksFirst(Company company) {
    var request = "/api/requests/" + company.ask(AMARA, CRM, HOUR);
    var amara = company.desk(AMARA);
    var lena = company.desk(LENA);
    post(amara, request + "/answer", ANSWER);
    post(lena, request + "/decisions", "{\"decision\":\"question\",\"comment\":\"Who?\"}");
    post(lena, request + "/answer", ANSWER);
    post(amara, request + "/answer", "{\"answer\":\"\"}");
    post(amara, request + "/answer", ANSWER);
    post(lena, request + "/decisions", "{\"decision\":\"deny\",\"comment\":\"Not so\"}");
    company.settle();
  }

  private void withdrawn(Company company) {
    var request = "/api/requests/" + company.ask(PRIYA, "payroll-view", HOUR);
    post(company.desk(JOANA), request + "/decisions", "{\"decision\":\"approve\"}");
    post(company.desk(JOANA), request + "/withdraw-approval", "{\"comment\":\"\"}");
    post(company.desk(JOANA), request + "/withdraw-approval", "{\"comment\":\"because\"}");
  }

  private void byHand(Company company) {
    var id = company.ask(PRIYA, "hr-onboarding", HOUR);
    var request = "/api/requests/" + id;
    var joana = company.desk(JOANA);
    post(company.desk(PRIYA), request + "/set-up", "{\"result\":\"done\"}");
    post(company.desk(PRIYA), request + "/taken-away", "{\"note\":\"Out.\"}");
    post(joana, request + "/set-up", "{\"result\":\"done\"}");
    post(joana, request + "/taken-away", "{\"note\":\"Out.\"}");
    company.approve(id, JOANA);
    post(joana, request + "/set-up", "{\"result\":\"perhaps\"}");
    post(joana, request + "/set-up", "{\"result\":\"done\"}");
    company.settle();
    post(company.desk(PRIYA), request + "/return", "");
    company.settle();
    post(joana, request + "/taken-away", "{\"note\":\"\"}");
    post(
        joana,
        request + "/taken-away",
        OpenApi.read().tree().at("/components/examples/takenAwayShown/value").toString());
    company.settle();
    var shown = company.json(id).path("events").findValues("sha256").getFirst().asText();
    get(joana, request + "/evidence/" + shown);
    get(company.desk(PRIYA), request + "/evidence/" + shown);
    get(joana, request + "/evidence/" + "0".repeat(64));
  }

  private void emergency(Company company) {
    var body =
        company
            .body("emergency-information", HOUR, "The office is flooded")
            .put("breakGlass", true);
    var taken = company.desk(JOANA).ask(UUID.randomUUID().toString(), body.toString());
    var request = "/api/requests/" + company.remember(taken.at("/id"));
    post(company.desk(JOANA), request + "/review", JUSTIFIED);
    post(company.desk(RUTH), request + "/review", "{\"verdict\":\"perhaps\"}");
    post(company.desk(RUTH), request + "/review", JUSTIFIED);
    post(company.desk(RUTH), request + "/review", JUSTIFIED.replace("justified", "not-justified"));
    company.settle();
  }

  /** No sign-in is set up. */
  private void closed() {
    try (var company = Company.closed()) {
      everyOperation(company.desk(AMARA), NOBODY);
    }
  }

  /** Nobody can say who somebody is. */
  private void withoutTheIssuer() {
    try (var company = Company.open(cloud -> cloud.parameter("Issuer", "http://127.0.0.1:9"))) {
      everyOperation(company.desk(AMARA), NOBODY);
    }
  }

  /** Whatever is read fails. */
  private void withoutTables() {
    try (var company = Company.open(cloud -> cloud.withoutThrottling())) {
      company.settle();
      for (var table : new String[] {"RequestsTable", "PoliciesTable", "PeopleTable"}) {
        var name = company.table(table);
        company
            .dynamo()
            .updateTable(update -> update.tableName(name).deletionProtectionEnabled(false));
        company.dynamo().deleteTable(delete -> delete.tableName(name));
      }
      everyOperation(company.desk(AMARA), NOBODY);
      everyOperation(company.desk(ELENA), NOBODY);
    }
  }

  /** The gateway lets one call a second through. */
  private void throttled(Path folder) {
    var slow =
        Project.in(folder)
            .with(
                "template.yaml",
                "template.yaml",
                text ->
                    text.replace("ThrottlingBurstLimit: 100", "ThrottlingBurstLimit: 1")
                        .replace("ThrottlingRateLimit: 50", "ThrottlingRateLimit: 0.01"));
    try (var company = Company.open(slow.folder(), cloud -> cloud)) {
      everyOperation(company.stranger(), NOBODY);
      everyOperation(company.stranger(), NOBODY);
    }
  }
}
