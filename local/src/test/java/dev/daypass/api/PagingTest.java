package dev.daypass.api;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.GRACE;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.MEI_LING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Answer;
import dev.daypass.flow.Company;
import dev.daypass.flow.Desk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists come in parts, and calls that are sent again change nothing. */
class PagingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);

  private static Company company;
  private static final List<String> AMARAS = new ArrayList<>();
  private static final List<String> ALL = new ArrayList<>();

  @BeforeAll
  static void open() {
    company = Company.open(cloud -> cloud.withoutThrottling());
    for (var who : List.of(AMARA, AMARA, AMARA, AMARA, AMARA, DIEGO, MEI_LING)) {
      var id = company.ask(who, CRM, HOUR);
      ALL.add(id);
      if (who.equals(AMARA)) {
        AMARAS.add(id);
      }
    }
  }

  @AfterAll
  static void close() {
    company.close();
  }

  /** The ids of all parts, one after the other; each part is at most as long as asked for. */
  private static List<String> all(Desk desk, String path, String list, String id, int limit) {
    var found = new ArrayList<String>();
    String next = "";
    do {
      var answer = desk.get(path + "&limit=" + limit + next);
      assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
      assertThat(answer.body().path(list).size()).isLessThanOrEqualTo(limit);
      for (JsonNode one : answer.body().path(list)) {
        found.add(one.path(id).asText());
      }
      assertThat(answer.body().has("next")).isTrue();
      next = answer.body().path("next").isNull() ? "" : "&next=" + answer.at("/next");
    } while (!next.isEmpty());
    return found;
  }

  @Test
  void ownRequestsComeNewestFirstHoweverTheyAreCut() {
    for (int limit : new int[] {1, 2, 3, 5, 200}) {
      assertThat(all(company.desk(AMARA), "/api/requests?mine", "requests", "id", limit))
          .isEqualTo(AMARAS.reversed());
    }
    assertThat(company.desk(AMARA).get("/api/requests?mine").body().path("requests")).hasSize(5);
  }

  @Test
  void whatWaitsComesOldestFirstHoweverItIsCut() {
    var lena = company.desk(LENA);
    for (int limit : new int[] {1, 2, 3, 7, 200}) {
      assertThat(all(lena, "/api/requests?inbox", "requests", "id", limit)).isEqualTo(ALL);
    }
  }

  @Test
  void whatIsDecidedMeanwhileLeavesItsPartShorter() {
    var more = company.ask(DIEGO, CRM, HOUR);
    var lena = company.desk(LENA);
    var decided =
        lena.post(
            "/api/requests/" + more + "/decisions",
            JSON.createObjectNode().put("decision", "deny").put("comment", "Not today."));
    assertThat(decided.status()).isEqualTo(200);
    // At once: dispatch may not have cleared the inbox yet.
    assertThat(all(lena, "/api/requests?inbox", "requests", "id", 2)).isEqualTo(ALL);
    company.settle();
    assertThat(all(lena, "/api/requests?inbox", "requests", "id", 2)).isEqualTo(ALL);
  }

  @Test
  void theTrailComesInPartsTheSameWay() {
    var elena = company.desk(ELENA);
    var id = ALL.getFirst();
    var whole = all(elena, "/api/audit?request=" + id, "records", "version", 200);
    assertThat(whole).hasSizeGreaterThan(1);
    assertThat(all(elena, "/api/audit?request=" + id, "records", "version", 1)).isEqualTo(whole);
  }

  // Cursors

  private static String next(Desk desk, String path) {
    return desk.get(path + "&limit=1").at("/next");
  }

  private static void assertRefused(Answer answer, String code) {
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(400);
    assertThat(answer.reasons()).containsExactly(code);
  }

  @Test
  void aCursorIsGoodForItsOwnListOnly() {
    var amara = company.desk(AMARA);
    var lena = company.desk(LENA);
    var mine = next(amara, "/api/requests?mine");
    var inbox = next(lena, "/api/requests?inbox");
    assertThat(mine).isNotBlank();
    var another = "next-of-another-question";
    assertRefused(amara.get("/api/requests?inbox&next=" + mine), another);
    assertRefused(lena.get("/api/requests?mine&next=" + mine), another);
    assertRefused(lena.get("/api/requests?mine&next=" + inbox), another);
    // Another length of the parts is the same list.
    assertThat(amara.get("/api/requests?mine&limit=3&next=" + mine).status()).isEqualTo(200);
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    var amara = company.desk(AMARA);
    var mine = next(amara, "/api/requests?mine");
    var of = decoded(mine).path("of").asText();
    for (var none :
        List.of(
            "",
            "x",
            "%00",
            "bnVsbA",
            mine + "A*",
            "A".repeat(2_000),
            encoded("{}"),
            encoded("[]"),
            encoded("{\"after\":\"\",\"of\":\"" + of + "\"}"),
            encoded("{\"after\":\"yesterday_" + AMARAS.getFirst() + "\",\"of\":\"" + of + "\"}"),
            encoded("{\"after\":null,\"of\":\"" + of + "\"}"))) {
      assertRefused(amara.get("/api/requests?mine&next=" + none), "next-unreadable");
    }
    var lena = company.desk(LENA);
    var waiting = decoded(next(lena, "/api/requests?inbox")).path("of").asText();
    assertRefused(
        lena.get(
            "/api/requests?inbox&next="
                + encoded("{\"after\":\"1#2#3\",\"of\":\"" + waiting + "\"}")),
        "next-unreadable");
  }

  private static JsonNode decoded(String cursor) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(cursor));
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everythingThatIsWrongWithTheQueryIsSaid() {
    var answer = company.desk(AMARA).get("/api/requests?limit=0&page=2&next=x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.reasons())
        .containsExactly("unknown-parameter", "subject-missing", "limit-wrong", "next-unreadable");
    assertRefused(company.desk(AMARA).get("/api/requests?mine&inbox"), "too-many-subjects");
  }

  // Sent again

  @Test
  void aKeyIsTheSameWithAndWithoutQuotationMarks() {
    var grace = company.desk(GRACE);
    var body =
        company
            .body("billing-refund", HOUR, "The customer was charged twice")
            .put("ticket", "SUP-10423");
    var id = grace.ask("ticket-4711", body.toString()).at("/id");
    assertThat(id).isNotBlank();
    assertThat(grace.ask("\"ticket-4711\"", body.toString()).at("/id")).isEqualTo(id);
    assertThat(grace.ask("\"ticket 4711\"", body.toString()).at("/id")).isNotEqualTo(id);
    for (var none : List.of("\"", "\"\"", "\"x", "ticket 4711", "\"a\"b\"", "x".repeat(256))) {
      var answer = grace.ask(none, body.toString());
      assertThat(answer.status()).as(none).isEqualTo(400);
      assertThat(answer.at("/detail")).contains("Idempotency-Key");
    }
    assertThat(grace.ask("x".repeat(255), body.toString()).status()).isEqualTo(201);
  }

  @Test
  void everyOtherCallThatIsSentAgainChangesNothing() {
    var diego = company.desk(DIEGO);
    var lena = company.desk(LENA);
    var id = company.ask(DIEGO, CRM, HOUR);
    var approve = JSON.createObjectNode().put("decision", "approve");
    assertSentTwice(lena, "/api/requests/" + id + "/decisions", approve);
    var until = company.json(id).at("/grant/expiresAt").asText();
    var later = Instant.parse(until).plus(HOUR).toString();
    assertSentTwice(
        diego, "/api/requests/" + id + "/extend", JSON.createObjectNode().put("until", later));
    assertSentTwice(diego, "/api/requests/" + id + "/return", JSON.createObjectNode());
    assertSentTwice(
        company.desk(Company.OMAR),
        "/api/requests/" + id + "/revoke",
        JSON.createObjectNode().put("reason", "because"));
    var other = company.ask(DIEGO, CRM, HOUR);
    assertSentTwice(diego, "/api/requests/" + other + "/cancel", JSON.createObjectNode());
  }

  /** The second time, everything that the first has set off is done. */
  private static void assertSentTwice(Desk desk, String path, JsonNode body) {
    var first = desk.post(path, body);
    assertThat(first.status()).as(first.body().toPrettyString()).isEqualTo(200);
    company.settle();
    var id = first.at("/id");
    var stored = company.stored(id);
    var again = desk.post(path, body);
    assertThat(again.status()).as(again.body().toPrettyString()).isEqualTo(200);
    assertThat(again.at("/id")).isEqualTo(id);
    company.settle();
    assertThat(company.stored(id)).isEqualTo(stored);
  }
}
