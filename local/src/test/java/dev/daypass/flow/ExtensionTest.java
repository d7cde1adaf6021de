package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Moving the end of an access: on the page, through the API, and what comes of it. */
class ExtensionTest {
  private static final String CRM = "crm-customer-record";
  private static final String VIEWERS = "crm-record-viewers";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final JsonMapper JSON = new JsonMapper();

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.open();
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static Instant end(String id) {
    return Instant.parse(company.json(id).at("/grant/expiresAt").asText());
  }

  @Test
  @Tag("time.extension")
  void onThePageItTakesOneChoiceAndTheAccessEndsAtItsNewEnd() {
    var id = company.active(AMARA, CRM, HOUR);
    var before = end(id);
    var amara = company.desk(AMARA);
    var page = amara.open("/requests/" + id);
    assertThat(page.text())
        .contains("Need it longer?", "30 minutes more", "1 hour more", "2 hours more", "11 hours");

    var extended =
        amara.fill(
            "/requests/" + id,
            "/requests/" + id + "/extend",
            Map.of("until", before.plus(HOUR).toString()));

    assertThat(extended.text()).contains("You extended the access until");
    assertThat(company.json(id).at("/grant/extendableUntil").asText()).isNotEmpty();
    assertThat(end(id)).isBetween(before.plus(HOUR).minusSeconds(1), before.plus(HOUR));
    company.pass(HOUR.plusMinutes(1));
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    company.pass(HOUR);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.audited(id))
        .containsExactly(
            "SUBMITTED",
            "ASKED",
            "DECIDED",
            "PROVISIONING_STARTED",
            "ACTIVATED",
            "EXTENDED",
            "ENDING_SOON",
            "ENDING",
            "ENDED");
    assertThat(company.runs(id)).hasSize(1);
  }

  @Test
  @Tag("time.ending")
  void theHolderIsToldOfEachEndThatIsNear() {
    var id = company.active(AMARA, CRM, HOUR);
    company.passMinutes(46);
    var told = company.mail(id, AMARA, "ending-soon");
    assertThat(text(told)).contains("extend it on the page of your request");

    company.extend(id, AMARA, end(id).plus(HOUR));
    company.pass(HOUR);

    assertThat(company.kinds(id, AMARA))
        .containsExactly("access-until", "ending-soon", "ending-soon");
    assertThat(company.mail(id, AMARA, "ending-soon").subject()).isNotEqualTo(told.subject());
  }

  @Test
  void theSameEndAgainChangesNothingAndADoubleClickIsHarmless() {
    var id = company.active(AMARA, CRM, HOUR);
    var first = end(id).plus(HOUR);
    assertThat(company.extend(id, AMARA, first).status()).isEqualTo(200);
    assertThat(company.extend(id, AMARA, first.plus(HOUR)).status()).isEqualTo(200);
    var before = company.stored(id);

    assertThat(company.extend(id, AMARA, first).status()).isEqualTo(200);

    assertThat(company.stored(id)).isEqualTo(before);
  }

  @Test
  void thoseWhoDecideSeeThatItCanBeExtended() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    assertThat(text(mail)).contains("1 hour, which can be extended to 12 hours in all");
    assertThat(company.stranger().open(URI.create(Company.link(mail)).getPath()).text())
        .contains("1 hour, which can be extended to 12 hours in all");
  }

  @Test
  @Tag("time.extension")
  void whereNobodyMayExtendThePageLeadsToAskingAgain() {
    var id = company.active(PRIYA, "payroll-view", HOUR);
    var page = company.desk(PRIYA).open("/requests/" + id);

    assertThat(page.text()).contains("Need it longer? Ask again").doesNotContain("more until");
    var refused = company.extend(id, PRIYA, end(id).plus(HOUR));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().toString()).contains("not-extendable");
  }

  @Test
  void whatIsWrongIsSaidAndNothingChanges() {
    var id = company.active(AMARA, CRM, HOUR);
    var path = "/api/requests/" + id + "/extend";
    var before = company.stored(id);
    var amara = company.desk(AMARA);

    for (var broken : new String[] {"", "tomorrow", "2026-11-27", "PT2H", "2026-13-01T00:00:00Z"}) {
      var answer = amara.post(path, JSON.createObjectNode().put("until", broken));
      assertThat(answer.status()).as(broken).isEqualTo(422);
      assertThat(answer.at("/errors/0/code")).isEqualTo("until-unreadable");
      assertThat(answer.at("/errors/0/field")).isEqualTo("until");
    }
    assertThat(amara.post(path, JSON.createObjectNode()).status()).isEqualTo(422);
    assertThat(amara.post(path, JSON.createObjectNode().put("by", "PT1H")).status()).isEqualTo(400);
    assertRefused(id, AMARA, end(id), "not-later");
    assertRefused(id, AMARA, end(id).plus(Duration.ofHours(12)), "extended-too-long");
    assertRefused(id, AMARA, Instant.parse("+999999999-12-31T23:59:59Z"), "extended-too-long");
    assertRefused(id, LENA, end(id).plus(HOUR), "not-yours");
    assertRefused(id, OMAR, end(id).plus(HOUR), "not-yours");
    assertThat(company.extend(id, YUKI, end(id).plus(HOUR)).status()).isEqualTo(404);
    var page =
        amara.fill(
            "/requests/" + id, "/requests/" + id + "/extend", Map.of("until", "as long as I like"));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text()).contains("Please give the new end as an instant");
    var nothing = amara.fill("/requests/" + id, "/requests/" + id + "/extend", Map.of("until", ""));
    assertThat(nothing.text()).contains("Please choose how much longer.");

    assertThat(company.stored(id)).isEqualTo(before);
  }

  private static void assertRefused(String id, String who, Instant until, String code) {
    var answer = company.extend(id, who, until);
    assertThat(answer.status()).isEqualTo(code.equals("not-yours") ? 403 : 409);
    assertThat(answer.body().at("/errors").findValuesAsText("code")).contains(code);
  }

  @Test
  void whatIsNotThereYetOrOverCannotBeExtended() {
    var asked = company.ask(AMARA, CRM, HOUR);
    var soon = Instant.parse(company.json(asked).at("/createdAt").asText()).plus(HOUR);
    assertRefused(asked, AMARA, soon, "not-started");
    company.approve(asked, LENA);
    company.settle();
    company.desk(AMARA).post("/api/requests/" + asked + "/return");
    company.settle();
    assertRefused(asked, AMARA, soon.plus(HOUR), "already-over");
  }

  @Test
  void whoHasLeftCannotExtend() {
    var id = company.active(AMARA, CRM, HOUR);
    company.leaves(AMARA);
    try {
      var before = company.stored(id);
      assertThat(company.extend(id, AMARA, end(id).plus(HOUR)).status()).isEqualTo(403);
      assertThat(company.stored(id)).isEqualTo(before);
    } finally {
      company.comesBack(AMARA);
    }
  }

  @Test
  void inTheLastMinuteTheEndStays() {
    var id = company.active(AMARA, CRM, HOUR);
    var end = end(id);
    company.pass(
        Duration.between(company.daypass().cloud().timeline().instant(), end.minusSeconds(50)));

    assertRefused(id, AMARA, end.plus(HOUR), "too-late");
    assertThat(company.desk(AMARA).open("/requests/" + id).text()).doesNotContain("more until");
    company.passMinutes(2);
    assertThat(company.status(id)).isEqualTo("ENDED");
  }
}
