package dev.daypass.flow;

import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Access that is asked for to begin at a time of its own. */
class BeginningLaterTest {
  private static final String ARCHIVE = "compliance-audit";
  private static final String READERS = "compliance-readers";
  private static final Duration LATER = Duration.ofHours(6);

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
    company.comesBack(ELENA);
    company.tidy();
  }

  @Test
  @Tag("time.start")
  void beginsThenAndNotBefore() {
    var startsAt = now().plus(LATER);
    var id = ask(startsAt);
    var page = company.desk(ELENA).open("/requests/" + id).text();
    assertThat(page).contains("Begins");
    assertThat(text(company.invitation(id, RUTH))).contains("Begins");
    company.approve(id, RUTH);
    company.approve(id, HENRIK);

    assertThat(company.status(id)).isEqualTo("SCHEDULED");
    assertThat(company.json(id).path("startsAt").asText()).isEqualTo(startsAt.toString());
    assertThat(company.kinds(id, ELENA)).containsExactly("begins-later");
    assertThat(text(company.mail(id, ELENA, "begins-later")))
        .contains("You get access: Reader in Compliance archive, from ", "approved it");
    assertThat(company.desk(ELENA).open("/requests/" + id).text())
        .contains("Approved, begins ", "It begins: the access is set up", "Withdraw this request");
    assertThat(company.members(READERS)).isEmpty();

    company.pass(LATER.minusMinutes(1));
    assertThat(company.status(id)).isEqualTo("SCHEDULED");
    assertThat(company.members(READERS)).isEmpty();

    company.pass(Duration.ofMinutes(2));
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(READERS)).containsExactly(ELENA);
    assertThat(Instant.parse(company.json(id).at("/grant/startedAt").asText()))
        .isBetween(startsAt, startsAt.plus(Duration.ofMinutes(2)));
    company.audited(id);
  }

  @Test
  void isNotForSomebodyWhoHasLeftMeanwhile() {
    var id = ask(now().plus(LATER));
    company.approve(id, RUTH);
    company.approve(id, HENRIK);
    assertThat(company.status(id)).isEqualTo("SCHEDULED");

    company.leaves(ELENA);
    company.pass(LATER.plusMinutes(1));

    assertThat(company.status(id)).isEqualTo("CANCELLED");
    assertThat(company.members(READERS)).isEmpty();
    assertThat(company.kinds(id, ELENA)).containsExactly("begins-later", "not-begun");
    assertThat(text(company.mail(id, ELENA, "not-begun")))
        .contains("it could not begin: the person is not in the list of people any more");
    assertThat(company.desk(RUTH).open("/requests/" + id).text())
        .contains(
            "It could not begin",
            "It did not begin: the person is not in the list of people any more");
  }

  @Test
  void canBeWithdrawnUntilThen() {
    var id = ask(now().plus(LATER));
    company.approve(id, RUTH);
    company.approve(id, HENRIK);

    var page = company.desk(ELENA).fill("/requests/" + id, "/requests/" + id + "/cancel", Map.of());
    company.pass(LATER.plusMinutes(1));

    assertThat(page.text()).contains("You withdrew the request");
    assertThat(company.status(id)).isEqualTo("CANCELLED");
    assertThat(company.members(READERS)).isEmpty();
    company.audited(id);
  }

  @Test
  @Tag("time.start")
  void isAskedForOnThePageByItsClock() {
    var elena = company.desk(ELENA);
    var form = elena.open("/ask/" + ARCHIVE);
    assertThat(form.text()).contains("Begin later?", "within 30 days");

    var fields =
        Map.of(
            "startsAt",
            now().plus(Duration.ofDays(400)).toString().substring(0, 16),
            "reason",
            "The yearly audit of the archive",
            "ticket",
            "AUD-2026-4");
    var refused = elena.send(form.form("/ask/" + ARCHIVE), fields);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("This can begin within 30 days, by ");
    assertThat(refused.html()).contains("value=\"" + fields.get("startsAt") + "\"");
    var garbled = elena.send(form.form("/ask/" + ARCHIVE), Map.of("startsAt", "soon"));
    assertThat(garbled.status()).isEqualTo(422);
    assertThat(garbled.text()).contains("Please give the time to begin as a date with a time.");
    assertThat(elena.open("/ask/billing-refund").text()).doesNotContain("Begin later?");
  }

  @Test
  void isOfferedByRunbooksThatSaySo() {
    var elena = company.desk(ELENA);
    var past = body().put("startsAt", now().minus(LATER).toString());
    var answer = elena.ask(UUID.randomUUID().toString(), past.toString());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.reasons()).containsExactly("start-past");
    var soon = elena.ask(UUID.randomUUID().toString(), body().put("startsAt", "soon").toString());
    assertThat(soon.reasons()).containsExactly("start-unreadable");
    var emergency =
        company
            .body("emergency-information", Duration.ofHours(1), "The site is down and burning")
            .put("startsAt", now().plus(LATER).toString());
    assertThat(elena.ask(UUID.randomUUID().toString(), emergency.toString()).reasons())
        .containsExactly("start-not-offered");
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + ARCHIVE).text())
        .contains("With the last approval, or at a chosen time within 30 days");
  }

  private static String ask(Instant startsAt) {
    var answer =
        company
            .desk(ELENA)
            .ask(
                UUID.randomUUID().toString(),
                body().put("startsAt", startsAt.toString()).toString());
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(201);
    company.settle();
    return company.remember(answer.at("/id"));
  }

  private static ObjectNode body() {
    return company
        .body(ARCHIVE, Duration.ofDays(1), "The yearly audit of the archive")
        .put("ticket", "AUD-2026-4");
  }

  private static Instant now() {
    return company.daypass().cloud().timeline().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
