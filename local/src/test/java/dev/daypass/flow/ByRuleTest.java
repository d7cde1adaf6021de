package dev.daypass.flow;

import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever has looked at the dashboards before gets them again at once, for a day at most. */
class ByRuleTest {
  private static final String DASHBOARDS = "marketing-analytics";
  private static final String SOFIA = "sofia.rossi@example.com";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

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

  /** Approved by people and given back. */
  private static void given() {
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(2));
    company.approve(id, SOFIA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    company.desk(YUKI).post("/api/requests/" + id + "/return");
    company.settle();
    assertThat(company.status(id)).isEqualTo("ENDED");
  }

  @Test
  @Tag("rules.trail")
  void isGivenAtOnceAndEverybodyCanSeeByWhat() {
    given();
    assertThat(company.desk(YUKI).open("/ask/" + DASHBOARDS).text())
        .contains(
            "This is approved at once, and nobody is asked (rule “looked-before” of the runbook),"
                + " if you ask for at most 1 day",
            "Otherwise: who will be asked");

    var id = company.ask(YUKI, DASHBOARDS, DAY);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members("analytics-dashboard-viewers")).contains(YUKI);
    assertThat(company.mails(id, SOFIA)).isEmpty();
    assertThat(company.kinds(id, YUKI)).containsExactly("access-until");
    var json = company.json(id);
    assertThat(json.at("/rule/name").asText()).isEqualTo("looked-before");
    assertThat(json.at("/rule/publisher").asText()).isEqualTo(RUTH);
    assertThat(json.path("stages")).isEmpty();
    for (var reader : new String[] {YUKI, SOFIA, RUTH}) {
      assertThat(company.desk(reader).open("/requests/" + id).text())
          .contains(
              "Approved at once, and nobody was asked: by the rule “looked-before” of version 1 of the"
                  + " runbook, which Ruth Adeyemi published");
    }
    assertThat(company.audited(id)).startsWith("SUBMITTED", "PROVISIONING_STARTED", "ACTIVATED");
    var record = company.desk(ELENA).get("/api/audit?request=" + id).body().at("/records/0");
    assertThat(record.toString()).contains("looked-before", RUTH);
    assertThat(company.statesEntered(company.runs(id).getFirst()))
        .as("states up to the wait for the end")
        .hasSizeLessThanOrEqualTo(7);

    company.pass(DAY.plusMinutes(1));
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members("analytics-dashboard-viewers")).doesNotContain(YUKI);
  }

  @Test
  void nobodyExtendsItBeyondWhatTheRuleGives() {
    given();
    var id = company.ask(YUKI, DASHBOARDS, HOUR);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    var began = Instant.parse(company.json(id).at("/grant/startedAt").asText());

    assertThat(company.extend(id, YUKI, began.plus(DAY).plusSeconds(5)).reasons())
        .containsExactly("extended-too-long");
    assertThat(company.desk(YUKI).open("/requests/" + id).text())
        .contains("which can be extended to 1 day in all");
    assertThat(company.extend(id, YUKI, began.plus(DAY)).status()).isEqualTo(200);
  }

  @Test
  @Tag("rules.conditions")
  void peopleAreAskedForMoreThanTheRuleGives() {
    given();

    var id = company.ask(YUKI, DASHBOARDS, DAY.plus(HOUR));

    assertThat(company.status(id)).isEqualTo("PENDING");
    assertThat(company.kinds(id, SOFIA)).containsExactly("please-decide");
    assertThat(company.json(id).has("rule")).isFalse();
  }

  @Test
  void peopleAreAskedAgainAfterItWasTakenAway() {
    given();
    var revoked = company.ask(YUKI, DASHBOARDS, HOUR);
    assertThat(company.status(revoked)).isEqualTo("ACTIVE");
    company.tidy();
    assertThat(company.desk(YUKI).open("/ask/" + DASHBOARDS).text())
        .doesNotContain("This is approved at once");
    assertThat(company.desk(YUKI).open("/explain?runbook=" + DASHBOARDS).text())
        .contains(
            "Approved at once, if all of this holds (rule “looked-before”)",
            "from whom it was not taken away the last time Stands against it",
            "For at most 1 day When asking",
            "Published by somebody else who is in the list of people (" + RUTH + ") Holds");

    var id = company.ask(YUKI, DASHBOARDS, HOUR);

    assertThat(company.status(id)).isEqualTo("PENDING");
  }

  @Test
  void theRunbooksPageShowsItsRules() {
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + DASHBOARDS).text())
        .contains(
            "Approved at once Rule “looked-before”, if all of this holds: for at most 1 day asked by"
                + " somebody who was given this access within the last 90 days",
            "A rule does not count for whoever published it");
  }

  @Test
  void theMailSaysWhatApprovedIt() {
    given();
    var id = company.ask(YUKI, DASHBOARDS, HOUR);

    assertThat(text(company.mail(id, YUKI, "access-until")))
        .contains(
            "It was approved at once, and nobody was asked (rule “looked-before” of the runbook)");
  }
}
