package dev.daypass.flow;

import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two roles that nobody may have together: whoever sees salaries enters no colleagues. */
class ApartTest {
  private static final String ONBOARDING = "hr-onboarding";
  private static final String PAYSLIPS = "payroll-view";
  private static final String VIEWERS = "payroll-payslip-viewers";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String NOBODY_MAY =
      "Nobody may have this together with “Payslip viewer” in Payroll";

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

  @Test
  void whatIsAskedForKeepsTheOtherOneOutUntilItIsTakenBack() {
    var id = company.ask(PRIYA, PAYSLIPS, HOUR);
    var priya = company.desk(PRIYA);

    var other =
        priya.ask("other", company.body(ONBOARDING, HOUR, "A new colleague starts").toString());

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.reasons()).containsExactly("not-both");
    var form = priya.open("/ask/" + ONBOARDING);
    assertThat(form.text())
        .contains(
            NOBODY_MAY,
            "which you have asked for (“View payslips in Payroll”)",
            "This stands against it",
            "You can ask when that is over. Look again")
        .doesNotContain("Why do you need it?");
    assertThat(form.html()).contains("href=\"/requests/" + id + "\"");
    assertThat(form.status()).isEqualTo(200);
    assertThat(priya.open("/explain?runbook=" + ONBOARDING).text())
        .contains(NOBODY_MAY, "Stands against it");
    priya.post("/api/requests/" + id + "/cancel");
    company.settle();
    assertThat(priya.open("/ask/" + ONBOARDING).text()).doesNotContain(NOBODY_MAY);
    assertThat(priya.open("/find").html()).contains("href=\"/ask/" + ONBOARDING + "\"");
    assertThat(priya.open("/explain?runbook=" + ONBOARDING).text())
        .contains(
            "Not together with “Payslip viewer” in Payroll, which is neither asked for nor there");
    assertThat(company.ask(PRIYA, ONBOARDING, HOUR)).isNotEmpty();
    // Nor the other way round. Onboarding itself is always offered to Priya: she may ask for
    // others.
    assertThat(priya.open("/find").html()).doesNotContain("href=\"/ask/" + PAYSLIPS + "\"");
    assertThat(priya.open("/").html()).doesNotContain("href=\"/ask/" + PAYSLIPS + "\"");
    assertThat(priya.get("/api/runbooks").body().toString()).doesNotContain(PAYSLIPS);
  }

  @Test
  @Tag("limits.apart")
  void whatIsThereByAnotherRequestStopsTheApproval() {
    var asked = company.ask(PRIYA, ONBOARDING, HOUR);
    var there = company.askPastTheRules(PRIYA, PAYSLIPS, HOUR);
    company.approve(there, JOANA);
    company.approve(there, company.json(there).at("/stages/1/asks/0").asText());
    assertThat(company.status(there)).isEqualTo("ACTIVE");

    var page = company.approve(asked, JOANA);

    assertThat(page.text())
        .contains(
            "Nobody may have this together with “Payslip viewer” in Payroll, which Priya Nair has"
                + " or is getting.");
    assertThat(company.status(asked)).isEqualTo("PENDING");
  }

  @Test
  @Tag("limits.apart")
  void whatIsThereFromElsewhereIsSeenBeforeAnybodySetsAnythingUp() {
    company.putIn(VIEWERS, PRIYA);
    try {
      var id = company.ask(PRIYA, ONBOARDING, HOUR);
      company.approve(id, JOANA);

      assertThat(company.status(id)).isEqualTo("FAILED");
      assertThat(company.events(id)).doesNotContain("SET_UP_TASK_OPENED").contains("GIVEN_UP");
      assertThat(company.kinds(id, PRIYA)).containsExactly("not-both");
      assertThat(text(company.mail(id, PRIYA, "not-both")))
          .contains("nobody may have it together with “Payslip viewer” in Payroll");
      assertThat(company.kinds(id, INGRID)).containsExactly("not-both-owner");
      var page = company.desk(PRIYA).open("/requests/" + id).text();
      assertThat(page)
          .contains(
              "Not set up: nobody may have both",
              "nobody may have this together with “Payslip viewer” in Payroll, which was there or"
                  + " on its way");
    } finally {
      company.empty(VIEWERS);
    }
  }

  @Test
  void theRunbookSaysSo() {
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + ONBOARDING).text())
        .contains("Nobody may have it together with “Payslip viewer” in Payroll");
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + PAYSLIPS).text())
        .contains("Nobody may have it together with “Onboarding editor” in HR tool");
    assertThat(company.desk(JOANA).open("/systems/payroll").text())
        .contains("Nobody may have it together with “Onboarding editor” in HR tool");
    for (var system : new String[] {"payroll", "hr"}) {
      assertThat(company.desk(JOANA).open("/systems/" + system).text())
          .as("the other system is known there")
          .doesNotContain("there is no system");
    }
  }
}
