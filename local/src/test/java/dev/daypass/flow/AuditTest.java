package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.MEI_LING;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.InBrowser.desk;
import static dev.daypass.flow.InBrowser.phone;
import static dev.daypass.flow.InBrowser.way;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The audit trail on its page. */
class AuditTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);

  private static Company company;
  private static InBrowser browser;

  @BeforeAll
  static void start() {
    company = Company.open();
    browser = InBrowser.start(company);
  }

  @AfterAll
  static void stop() {
    browser.close();
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  /** Three months of which the company's day is in the last. */
  private static String search(String by, String what) {
    var now = company.daypass().cloud().timeline().instant().toString().substring(0, 7);
    return "?by=" + by + "&what=" + what + "&from=" + now + "&to=" + now;
  }

  @Test
  void anAuditorFindsWhoDidWhatAndWhen() {
    var hers = company.active(MEI_LING, CRM, HOUR);
    var amaras = company.ask(AMARA, CRM, HOUR);
    company.settle();
    var elena = company.desk(ELENA);

    assertThat(elena.open("/audit").text()).contains("Choose what to look for");
    var trail = elena.open("/audit" + search("request", hers));
    assertThat(trail.text())
        .contains("The chain is whole", "Asked for access", "Approved", "Access was set up")
        .contains(
            "By: " + MEI_LING,
            "By: " + LENA,
            "By: Daypass itself (workflow)",
            "Access for: " + MEI_LING);
    assertThat(elena.open("/audit" + search("person", MEI_LING)).html())
        .contains("Request " + hers + ", record 1")
        .doesNotContain("Request " + amaras, "The chain is");
    for (var all : List.of(search("system", "crm"), search("months", ""))) {
      assertThat(elena.open("/audit" + all).text()).contains("Asked for access");
      assertThat(elena.open("/audit.csv" + all).html()).contains(hers + ",1,", amaras + ",1,");
    }
    assertThat(elena.open("/audit" + search("person", "nobody@example.com")).text())
        .contains("Nothing is recorded about this.");
    assertThat(elena.open("/audit" + search("request", "0123456789abcdefghijklmno")).text())
        .contains("Nothing is recorded about this.");
  }

  @Test
  void whatIsMissingShows() {
    var id = company.active(AMARA, CRM, HOUR);
    company.settle();
    var key = Map.of("request", AttributeValue.fromS(id), "version", AttributeValue.fromN("2"));
    var lost =
        company.dynamo().getItem(get -> get.tableName(company.table("AuditTable")).key(key)).item();
    company.dynamo().deleteItem(one -> one.tableName(company.table("AuditTable")).key(key));
    try {
      assertThat(company.desk(ELENA).open("/audit" + search("request", id)).text())
          .contains("The chain is broken at record 2.", "is missing");
    } finally {
      company.dynamo().putItem(put -> put.tableName(company.table("AuditTable")).item(lost));
    }
  }

  @Test
  void whoeverNamesSomebodyIsNotShownEverybody() {
    var answer = company.desk(ELENA).open("/audit" + search("months", "zzz"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("leave this empty, or choose above what it is");
  }

  @Test
  void capitalsDoNotMatter() {
    company.ask(AMARA, CRM, HOUR);
    company.settle();
    assertThat(company.desk(ELENA).open("/audit" + search("system", "CRM")).text())
        .contains("Asked for access");
    assertThat(
            company
                .desk(ELENA)
                .open("/audit" + search("person", "Amara.Okafor@Example.com"))
                .text())
        .contains("Asked for access");
  }

  @Test
  void aLongListGoesOnAndTheFileHasAllOfIt() {
    for (int i = 0; i < 26; i++) {
      company.ask(AMARA, CRM, HOUR);
    }
    company.settle();
    var elena = company.desk(ELENA);
    var first = elena.open("/audit" + search("person", AMARA));
    var next = Pattern.compile("href=\"(/audit[^\"]+next=[^\"]+)\"").matcher(first.html());
    assertThat(next.find()).isTrue();
    var place = next.group(1).replace("&amp;", "&");
    assertThat(elena.open(place).text()).contains("First page");
    // A place in one search is none in another.
    var other = elena.open(place.replaceFirst("by=person&what=[^&]*", "by=months&what="));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.html()).contains("<a href=\"/audit\" role=\"button\"");

    var file = elena.open("/audit.csv" + search("person", AMARA));
    assertThat(file.html().lines().filter(line -> line.contains(",SUBMITTED,")).count())
        .isGreaterThanOrEqualTo(26);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?by=person&what=amara.okafor@example.com | 2 | 0",
        "?by=months&from=&to= | 2 | 0",
        "?by=system&what=crm&from={1} | 1 | 0",
        "?by=system&what=crm&from={20} | 20 | 9",
        "?by=system&what=crm&to={1} | 3 | 1"
      })
  void monthsThatAreNotGivenAreAssumedAndSaid(String search, int from, int to) {
    var now = YearMonth.from(company.daypass().cloud().timeline().instant().atOffset(UTC));
    var asked =
        Pattern.compile("\\{([0-9]+)}")
            .matcher(search)
            .replaceAll(ago -> now.minusMonths(Long.parseLong(ago.group(1))).toString());
    var elena = company.desk(ELENA);
    var page = elena.open("/audit" + asked);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            "Not every month was given, so this is about %s to %s."
                .formatted(now.minusMonths(from), now.minusMonths(to)));
    assertThat(page.html()).contains("value=\"" + now.minusMonths(from) + "\"");
    assertThat(elena.open("/audit.csv" + asked).status()).isEqualTo(200);
    assertThat(elena.open("/audit" + search("system", "crm")).text()).doesNotContain("Not every");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?by=person&what=nobody&from=2026-11&to=2026-11 | Please give the email address",
        "?by=person&what=j%C3%B6rg@example.com&from=&to= | Character 2 (“ö”) can’t be in an address",
        "?by=system&what=%3Cb%3E&from=2026-11&to=2026-11 | Please give the id of the system",
        "?by=request&what=x | That is not the id of a request",
        "?by=months&from=2026-11&to=2026-10 | The last month is before the first.",
        "?by=months&from=2025-11&to=2026-11 | Please choose at most 12 months.",
        "?by=months&from=2026-13&to= | Please give a month",
        "?by=months&from=1999-12&to=2000-01 | Please give a month"
      })
  void whatCannotBeLookedForIsSaid(String search, String why) {
    var page = company.desk(ELENA).open("/audit" + search);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains(why);
    assertThat(company.desk(ELENA).open("/audit.csv" + search).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {AMARA, LENA, OMAR})
  void othersAreToldWhereTheyFindTheirOwn(String who) {
    for (var path : new String[] {"/audit", "/audit" + search("person", who), "/audit.csv"}) {
      var page = company.desk(who).open(path);
      assertThat(page.status()).isEqualTo(403);
      assertThat(page.text())
          .contains("Only administrators and auditors can search the audit trail.")
          .doesNotContain("Audit trail");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void anAuditorSearchesInTheBrowser(String language) {
    var id = company.active(DIEGO, CRM, HOUR);
    company.settle();
    try (var context = browser.context(language.equals("en") ? desk() : phone())) {
      browser.choose(context, language);
      var page = browser.signedIn(context, "Elena Petrova");
      way(page, language.equals("en") ? "Audit trail" : "Protokoll").click();
      browser.assertIsFine(page, "audit-" + language);
      page.locator("[name=what]").fill("nobody");
      page.locator("form.trail button").click();
      assertThat(page.locator(".errors")).isFocused();
      browser.assertIsFine(page, "audit-wrong-" + language);

      page.locator("[name=what]").fill(DIEGO);
      page.locator("form.trail button").click();
      assertThat(page.locator(".record").first()).containsText(DIEGO);
      page.locator(".record a[href*='what=" + id + "']").first().click();
      assertThat(page.locator("main [role=status]"))
          .containsText(language.equals("en") ? "The chain is whole" : "Die Kette ist vollständig");
      page.locator(".record summary").first().click();
      assertThat(page.locator(".record dl").first()).containsText("SUBMITTED");
      browser.assertIsFine(page, "audit-found-" + language);
    }
  }
}
