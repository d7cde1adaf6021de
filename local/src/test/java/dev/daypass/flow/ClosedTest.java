package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Without sign-in everything personal is closed, also to those who bring what opens it elsewhere.
 */
class ClosedTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANY_REQUEST = "0".repeat(25);
  private static final String ANY_LINK = "/decide/bm8tc3VjaC1saW5rLWV2ZXItd2FzLXNlbnQtdG8tYW55";

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.closed();
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @Test
  void everyPersonalPageIsRefusedInClearWords() {
    for (var desk : List.of(company.desk(AMARA), company.stranger())) {
      for (var path :
          List.of(
              "/",
              "/ask/crm-customer-record",
              "/requests/" + ANY_REQUEST,
              "/requests/" + ANY_REQUEST + "/decide")) {
        assertClosed(desk.open(path));
      }
      for (var path :
          List.of(
              "/ask/crm-customer-record",
              "/requests/" + ANY_REQUEST + "/cancel",
              "/requests/" + ANY_REQUEST + "/return",
              "/requests/" + ANY_REQUEST + "/revoke",
              "/requests/" + ANY_REQUEST + "/decide")) {
        assertClosed(desk.post(path, Map.of("reason", "because")));
      }
    }
  }

  @Test
  void nothingIsDecidedByLink() {
    var somebody = company.stranger();
    assertClosed(somebody.open(ANY_LINK));
    assertClosed(somebody.post(ANY_LINK, Map.of("code", "123456", "decision", "approve")));
    assertClosed(somebody.post(ANY_LINK + "/mail", Map.of()));
  }

  @Test
  void everyCallOfTheApiIsRefusedAsAProblemDocument() {
    var amara = company.desk(AMARA);
    var body = company.body("crm-customer-record", Duration.ofHours(1), "Ticket 4711, a long one");
    var decision = JSON.createObjectNode().put("decision", "approve");
    for (var answer :
        List.of(
            amara.get("/api/runbooks"),
            amara.ask("any-key", body.toString()),
            amara.get("/api/requests?mine"),
            amara.get("/api/requests?inbox"),
            amara.get("/api/requests/" + ANY_REQUEST),
            amara.post("/api/requests/" + ANY_REQUEST + "/cancel"),
            amara.post("/api/requests/" + ANY_REQUEST + "/return"),
            amara.post("/api/requests/" + ANY_REQUEST + "/revoke"),
            amara.post("/api/requests/" + ANY_REQUEST + "/decisions", decision),
            amara.get("/api/audit?request=" + ANY_REQUEST),
            company.stranger().get("/api/runbooks"))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.contentType()).startsWith("application/problem+json");
      assertThat(answer.at("/type")).isEqualTo("urn:daypass:problem:sign-in-not-set-up");
      assertThat(answer.at("/detail"))
          .isEqualTo(
              "Daypass has no sign-in set up yet, so nobody can be let in. Please ask your"
                  + " administrator.");
    }
    company.settle();
    assertThat(company.count("RequestsTable")).isZero();
    assertThat(company.daypass().ses().mails()).isEmpty();
  }

  private static void assertClosed(Page page) {
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text())
        .contains("Daypass is closed", "nobody can be let in. Please ask your administrator.");
  }
}
