package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why somebody may or may not ask, on its page. */
class ExplainTest {
  private static final String CRM = "crm-customer-record";
  private static final String PAYROLL = "payroll-view";

  private static Company company;

  @BeforeAll
  static void start() {
    company = Company.open();
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.comesBack(LENA);
    company.tidy();
  }

  @Test
  @Tag("explain.why")
  void whatIsShutOnFindAccessLeadsToTheReason() {
    var find = company.desk(AMARA).open("/find");
    assertThat(find.html()).contains("href=\"/explain?runbook=" + PAYROLL + "\"");

    var page = company.desk(AMARA).open("/explain?runbook=" + PAYROLL);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            "No: you may not ask for",
            "Amara Okafor is in the list of people. Holds",
            "and you are not among them.",
            "Stands against it",
            "Somebody can decide in step 1:",
            "Who would be asked otherwise, and when")
        .doesNotContain("Who would be asked, and when", "Who The email address");
    assertThat(page.html()).doesNotContain("href=\"/ask/" + PAYROLL + "\"");
  }

  @Test
  void whatIsOpenTellsWhoWouldBeAskedAndLeadsToTheForm() {
    var page = company.desk(AMARA).open("/explain?runbook=" + CRM);

    assertThat(page.text())
        .contains(
            "Yes: you may ask for “View a customer record in the CRM”",
            "Who would be asked, and when",
            "Lena Fischer is asked.",
            "As if it were sent now.");
    assertThat(page.html()).contains("href=\"/ask/" + CRM + "\"");
  }

  @Test
  @Tag("explain.why")
  void onAGivenDayTheRoundsComeThen() {
    var page =
        company
            .desk(RUTH)
            .open("/explain?person=" + AMARA + "&runbook=" + CRM + "&on=2030-12-24T09:00");

    assertThat(page.text())
        .contains("Yes: Amara Okafor may ask for", "“you” is Amara Okafor", "24 Dec 2030 at 09:00");
    assertThat(page.html())
        .contains("datetime=\"2030-12-24T09:00:00Z\"", "datetime=\"2030-12-24T11:00:00Z\"");
  }

  @Test
  void whatHasChangedInTheListOfPeopleChangesTheAnswer() {
    company.leaves(LENA);

    assertThat(company.desk(AMARA).open("/explain?runbook=" + CRM).text())
        .contains("Somebody can decide in step 1: Omar Farouk and Ingrid Solberg. Needed: 1.")
        .doesNotContain("Lena Fischer is asked");
  }

  @Test
  void anAddressWithAnUmlautIsToldWhichCharacterIsWrong() {
    var path = "/explain?runbook=" + CRM + "&person=";
    var page = company.desk(RUTH).open(path + "j%C3%B6rg@example.com");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("Character 2 (“ö”) can’t be in an address");
    assertThat(company.desk(RUTH).open(path + "nobody@example.com").text())
        .contains("Nobody in the list of people has this address.");
  }

  @Test
  void othersAreForThoseWhoLookAfterIt() {
    var amaras = "/explain?person=" + AMARA + "&runbook=";
    assertThat(company.desk(RUTH).open(amaras + PAYROLL).status()).isEqualTo(200);
    assertThat(company.desk(ELENA).open(amaras + PAYROLL).status()).isEqualTo(200);
    assertThat(company.desk(OMAR).open(amaras + CRM).status()).isEqualTo(200);
    var refused = company.desk(OMAR).open(amaras + PAYROLL);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("You do not answer for this system.");
    assertThat(refused.html()).contains("value=\"" + AMARA + "\"").doesNotContain("id=\"verdict\"");
    // Whoever looks after nothing is told the same of everybody and of nobody.
    var lena = company.desk(LENA);
    assertThat(lena.open(amaras + CRM).status()).isEqualTo(403);
    assertThat(lena.open(amaras + CRM).text())
        .isEqualTo(lena.open("/explain?person=nobody@example.com&runbook=none").text());
    assertThat(lena.open("/explain?person=" + AMARA).status()).isEqualTo(403);
  }

  @Test
  void thePagesOfAPersonAndOfARunbookLeadToTheForm() {
    var ruth = company.desk(RUTH);
    assertThat(ruth.open("/admin/people/" + AMARA).html())
        .contains("href=\"/explain?person=amara.okafor%40example.com\"");
    assertThat(ruth.open("/admin/runbooks/" + CRM).html())
        .contains("href=\"/explain?runbook=" + CRM + "&amp;person=\"");
    assertThat(ruth.open("/explain?person=amara.okafor%40example.com").html())
        .contains("value=\"" + AMARA + "\"")
        .doesNotContain("id=\"verdict\"");
    var form = ruth.open("/explain?runbook=" + CRM + "&person=");
    assertThat(form.status()).isEqualTo(200);
    assertThat(form.html())
        .contains("<option value=\"" + CRM + "\" selected>")
        .doesNotContain("id=\"verdict\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'person=nobody@example.com&runbook=crm-customer-record', Nobody in the list of people has this address.",
    "'person=x&runbook=crm-customer-record', Nobody in the list of people has this address.",
    "'runbook=none', Please choose a runbook from the list.",
    "'runbook=crm-customer-record&on=tomorrow', Please give a day and a time",
    "'runbook=crm-customer-record&on=%2B999999999-12-31T23:59', Please give a day and a time"
  })
  void whatIsWrongIsSaidBesideItsField(String query, String told) {
    var page = company.desk(RUTH).open("/explain?" + query);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains(told);
    assertThat(page.html()).contains("aria-invalid=\"true\"");
  }

  @Test
  void itSpeaksGerman() {
    assertThat(company.desk(NOOR).open("/explain?runbook=" + CRM).text())
        .contains("Nein: Sie dürfen", "Spricht dagegen", "kann jemand entscheiden");
  }
}
