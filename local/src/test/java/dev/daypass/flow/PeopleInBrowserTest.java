package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.InBrowser.button;
import static dev.daypass.flow.InBrowser.desk;
import static dev.daypass.flow.InBrowser.phone;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People and their import in a real browser, by an administrator. */
class PeopleInBrowserTest {
  private static Company company;
  private static InBrowser browser;
  private static String everybody;

  @BeforeAll
  static void start() throws IOException {
    company = Company.open();
    browser = InBrowser.start(company);
    everybody = Files.readString(Path.of("..", "runbooks", "people.csv"));
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

  private static void upload(Page page, String text) {
    browser.open(page, "/admin/people/import");
    page.locator("#field-file")
        .setInputFiles(new FilePayload("people.csv", "text/csv", text.getBytes(UTF_8)));
    button(page, "Show what it changes").click();
  }

  private static void uploaded(Page page, String text) {
    upload(page, text);
    page.waitForURL("**/admin/imports/*");
  }

  /** Tomasz has left, Yuki has another manager, and somebody is new. */
  private static String threeChanges() {
    return everybody
            .lines()
            .filter(line -> !line.startsWith("Tomasz"))
            .map(
                line ->
                    line.startsWith("Yuki")
                        ? line.replace(
                            "sofia.rossi@example.com,marketing",
                            "noor.haddad@example.com,marketing;support")
                        : line)
            .collect(Collectors.joining("\n"))
        + "\nZuri Abara,zuri.abara@example.com,lena.fischer@example.com,support,Europe/Berlin,en\n";
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void threeChangesAreShownAndThenDone(boolean script, boolean first) {
    var text = first ? threeChanges() : everybody;
    try (var context = browser.context(desk().setJavaScriptEnabled(script))) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      browser.open(page, "/admin/people");
      assertThat(page.locator(".person")).hasCount(first ? 17 : 18);
      page.getByText("Import a list of people").click();
      uploaded(page, text);
      if (!script) {
        company.settle();
        button(page, "Refresh").click();
      }
      assertThat(page.locator("#standing")).containsText("Waits for a decision");
      var rows = page.locator(".rows.small .row");
      assertThat(rows).hasCount(3);
      if (first) {
        assertThat(rows.nth(0)).containsText("Zuri Abara");
        assertThat(rows.nth(0)).containsText("New");
        assertThat(rows.nth(1)).containsText("Groups: marketing → marketing, support");
        assertThat(rows.nth(1)).containsText("Yuki Tanaka");
        assertThat(rows.nth(1)).containsText("noor.haddad@example.com");
        assertThat(rows.nth(2)).containsText("Tomasz Kowalski");
        assertThat(rows.nth(2)).containsText("Inactive");
      }

      button(page, "Import").click();

      if (!script) {
        company.settle();
        button(page, "Refresh").click();
      }
      assertThat(page.locator("#standing")).containsText("The directory says what the file says");
      assertThat(page.locator("#result")).containsText("What it changed");
      assertThat(page.locator("#result")).containsText("Ruth Adeyemi");
      assertThat(page.locator("#result")).not().containsText("ruth.adeyemi@example.com");
      assertThat(button(page, "Import")).hasCount(0);
      // The button sends a form without fields.
      var report = page.url().replaceFirst("[?]$", "");
      browser.open(page, "/admin/people?q=zuri");
      assertThat(page.locator(".person")).hasCount(1);
      assertThat(page.locator(".inactive")).hasCount(first ? 0 : 1);
      browser.open(page, "/admin/people/import");
      page.locator("main .rows a").first().click();
      assertThat(page).hasURL(report);
    }
  }

  @Test
  void pressedTwiceAndBackAgainImportsOnce() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      browser.open(page, "/admin/people/import");
      page.locator("#field-file")
          .setInputFiles(
              new FilePayload(
                  "twice.csv",
                  "text/csv",
                  (everybody + "Twice,twice@example.com,,,,\n").getBytes(UTF_8)));
      button(page, "Show what it changes").dblclick();
      page.waitForURL("**/admin/imports/*");
      var once = page.url();
      assertThat(page.locator("#standing")).containsText("Waits for a decision");
      button(page, "Discard").click();
      assertThat(page.locator("#standing")).containsText("Nothing has changed");
      page.goBack();
      browser.open(page, "/admin/people/import");
      assertThat(page.locator("main .rows a", new Page.LocatorOptions().setHasText("twice.csv")))
          .hasCount(1);
      browser.open(page, once.substring(company.daypass().url().length()));
      assertThat(button(page, "Import")).hasCount(0);
    }
  }

  @Test
  void whatIsWrongIsToldLineByLineAndNothingChanges() {
    try (var context = browser.context(desk().setLocale("de-DE"))) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      browser.open(page, "/admin/people/import");
      page.locator(".languages button[value=de]").click();
      page.locator("#field-file")
          .setInputFiles(
              new FilePayload(
                  "people.csv",
                  "text/csv",
                  (everybody + "=1+1,one@example.com,nobody@example.com,,,\n").getBytes(UTF_8)));
      button(page, "Änderungen anzeigen").click();

      assertThat(page.locator("#standing")).containsText("Kann nicht importiert werden");
      // Of the same line, also what only the other lines tell.
      assertThat(page.locator("table.findings tbody tr")).hasCount(2);
      assertThat(page.locator("table.findings")).containsText("19");
      assertThat(page.locator("table.findings")).containsText("beginnt wie eine Formel");
      assertThat(page.locator("table.findings")).containsText("steht nicht in dieser Datei");
      // Ruth comes back in other tests, and would be spoken to as she chose here.
      page.locator(".languages button[value=en]").click();
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("en.*"));
    }
  }

  @Test
  void whatIsNoListIsRefusedAtOnce() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      upload(page, "");
      assertThat(page.locator(".errors")).isFocused();
      assertThat(page.locator("#wrong-file")).containsText("is empty");
      upload(page, "PK\u0003\u0004 and what follows");
      assertThat(page.locator("#wrong-file")).containsText("is a workbook");
    }
  }

  @Test
  void whatIsRashIsDoneOnlyIfItIsMeant() {
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      uploaded(page, everybody.replace("admins;", ""));
      company.settle();
      button(page, "Refresh").click();
      assertThat(page.locator("fieldset")).containsText("You yourself");
      assertThat(page.locator("fieldset")).containsText("Nobody in the directory");
      button(page, "Import").click();
      assertThat(page.locator(".errors")).isFocused();
      assertThat(page.locator("#wrong-sure")).isVisible();
      assertThat(page.locator("#field-sure")).not().isChecked();
      button(page, "Discard").click();
      assertThat(page.locator("#standing")).containsText("Discarded");
    }
  }

  @Test
  void whoLeavesWithAccessOrAnOpenRequestIsNamedBeforeAndAfter() {
    var held = company.active(Company.AMARA, "crm-customer-record", Duration.ofHours(1));
    var open = company.ask(Company.YUKI, "marketing-analytics", Duration.ofDays(1));
    var rest =
        everybody
            .lines()
            .filter(line -> !line.startsWith("Amara") && !line.startsWith("Yuki"))
            .filter(line -> !line.startsWith("Tomasz"))
            .collect(Collectors.joining("\n"));
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      uploaded(page, rest);
      var leaving = page.locator("#leaving");
      assertThat(leaving.locator("h3"))
          .hasText("2 people who become inactive have access now, or an open request");
      assertThat(leaving.locator(".row")).hasCount(2);
      var amara = leaving.locator(".row").first();
      assertThat(amara).containsText("View a customer record in the CRM, CRM: Access until");
      assertThat(amara.locator("a").first())
          .hasAttribute("href", "/admin/people/amara.okafor%40example.com");
      assertThat(amara.locator("a").last()).hasAttribute("href", "/requests/" + held);
      assertThat(leaving.locator(".row").last()).containsText("Waiting for Sofia Rossi");
      assertThat(leaving.locator(".row").last().locator("a").last())
          .hasAttribute("href", "/requests/" + open);
      assertThat(leaving).containsText("The import takes nothing away");
      browser.assertIsFine(page, "import: who leaves with access");

      button(page, "Import").click();

      assertThat(page.locator("#standing")).containsText("The directory says what the file says");
      assertThat(leaving.locator("h3"))
          .hasText("2 people who became inactive still have access, or an open request");
      browser.assertIsFine(page, "import: who left with access");
      org.assertj.core.api.Assertions.assertThat(company.status(held)).isEqualTo("ACTIVE");

      // Whoever is back, or has nothing any more, is named no longer.
      company.comesBack(Company.YUKI);
      page.reload();
      assertThat(leaving.locator(".row")).hasCount(1);
      company.tidy();
      page.reload();
      assertThat(leaving).hasCount(0);
    } finally {
      for (var one : List.of(Company.AMARA, Company.YUKI, "tomasz.kowalski@example.com")) {
        company.comesBack(one);
      }
    }
  }

  @Test
  void whatWouldBeWrongAfterwardsIsSaidBefore() {
    var id = company.ask(Company.AMARA, "crm-customer-record", Duration.ofHours(1));
    var rest =
        everybody
            .lines()
            .filter(line -> !line.startsWith("Lena") && !line.startsWith("Ingrid"))
            .collect(Collectors.joining("\n"));
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      uploaded(page, rest);
      var waiting = page.locator("#waiting-then");
      assertThat(waiting.locator("h3"))
          .hasText("1 open request would wait for nobody but people who become inactive");
      assertThat(waiting.locator(".row")).hasCount(1);
      assertThat(waiting).containsText("Asked for by Amara Okafor");
      assertThat(waiting).containsText("Waiting for Lena Fischer");
      assertThat(waiting.locator("a")).hasAttribute("href", "/requests/" + id);
      var broken = page.locator("#broken-then");
      assertThat(broken).containsText("ingrid.solberg@example.com is inactive");
      assertThat(broken.locator("a[href='/systems/crm']")).hasCount(1);
      browser.assertIsFine(page, "import: what would be wrong afterwards");

      button(page, "Discard").click();

      assertThat(page.locator("#standing")).containsText("Discarded");
      assertThat(waiting).hasCount(0);
      assertThat(broken).hasCount(0);

      // Whoever else is asked can answer; and what is wrong already is nothing new.
      company.leaves(Company.INGRID);
      uploaded(
          page,
          everybody
              .lines()
              .filter(line -> !line.startsWith("Ingrid") && !line.startsWith("Mei-Ling"))
              .collect(Collectors.joining("\n")));
      assertThat(page.locator("#result")).containsText("Discard");
      assertThat(waiting).hasCount(0);
      assertThat(broken).hasCount(0);
      button(page, "Discard").click();
      assertThat(page.locator("#standing")).containsText("Discarded");
    } finally {
      company.comesBack(Company.INGRID);
      company.tidy();
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotSentAndItsFieldSaysWhy() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      browser.open(page, "/admin/people/import");
      var words = page.locator("#most-file");
      assertThat(words).isHidden();
      var field = page.locator("#field-file");
      var bytes = new byte[4 * 1024 * 1024 + 1];
      field.setInputFiles(new FilePayload("large.csv", "text/csv", bytes));
      assertThat(words).containsText("larger than 4 MB");
      button(page, "Show what it changes").click();
      assertThat(field).isFocused();
      assertThat(field).hasAttribute("aria-invalid", "true");
      assertThat(page).hasTitle("Import a list of people · Daypass");
      assertThat(page.locator(".errors")).isHidden();

      field.setInputFiles(
          new FilePayload("people.csv", "text/csv", (everybody + "\n").getBytes(UTF_8)));
      assertThat(words).isHidden();
      button(page, "Show what it changes").click();
      page.waitForURL("**/admin/imports/*");
    }
  }

  @Test
  void auditorsSeeAllAndChangeNothing() {
    try (var context = browser.context(desk())) {
      var ruth = browser.signedIn(context, "Ruth Adeyemi");
      uploaded(ruth, everybody + "New,new@example.com,,,,\n");
      var path = ruth.url();
      try (var other = browser.context(desk())) {
        var elena = browser.signedIn(other, "Elena Petrova");
        browser.open(elena, "/admin/people/import");
        assertThat(elena.locator("#field-file")).hasCount(0);
        assertThat(elena.locator("main .rows a").first()).isVisible();
        elena.navigate(path);
        assertThat(elena.locator("#result")).containsText("What it changes");
        assertThat(button(elena, "Import")).hasCount(0);
        assertThat(button(elena, "Discard")).hasCount(0);
      }
    }
  }

  @Test
  void whatIsDownloadedAndImportedAgainChangesNothing() throws IOException {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      for (var link : List.of("Download the list", "Download with semicolons")) {
        browser.open(page, "/admin/people");
        var file = page.waitForDownload(() -> page.getByText(link).click());
        assertThat(page).hasURL(company.daypass().url() + "/admin/people");
        org.assertj.core.api.Assertions.assertThat(file.suggestedFilename())
            .matches("people-\\d{4}-\\d\\d-\\d\\d[.]csv");
        browser.open(page, "/admin/people/import");
        page.locator("#field-file").setInputFiles(file.path());
        button(page, "Show what it changes").click();
        page.waitForURL("**/admin/imports/*");
        assertThat(page.locator("#standing"))
            .containsText("Everything is as the file says already");
        assertThat(page.locator("main form[action$=apply]")).hasCount(0);
      }
    }
  }

  @Test
  void aPersonHasAPageWithManagerTeamAccessAndRequests() {
    var id = company.active(Company.AMARA, "crm-customer-record", Duration.ofHours(1));
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Elena Petrova");
      browser.open(page, "/admin/people?q=amara");
      page.locator(".person .main a").click();
      assertThat(page.locator("h1")).hasText("Amara Okafor");
      assertThat(page.locator(".facts")).containsText("support");
      assertThat(page.locator("#access .row")).hasCount(1);
      assertThat(page.locator("#access")).containsText("Record viewer in CRM");
      assertThat(page.locator("#requests .row")).not().hasCount(0);
      assertThat(page.locator("main")).containsText("Nobody who is active.");

      page.locator("#access .row a").click();
      assertThat(page).hasURL(company.daypass().url() + "/requests/" + id);
      page.goBack();
      page.locator(".facts a").click();
      assertThat(page.locator("h1")).hasText("Lena Fischer");
      assertThat(page.locator("#access")).containsText("No access through Daypass");
      page.locator("main").getByText("Amara Okafor").click();
      assertThat(page.locator("h1")).hasText("Amara Okafor");
      // As the link is written if signs are in an address that no path brings through.
      var unreadable =
          Base64.getUrlEncoder().encodeToString("amara.okafor@example.com".getBytes(UTF_8));
      browser.open(page, "/admin/people/" + unreadable.replace("=", ""));
      assertThat(page.locator("h1")).hasText("Amara Okafor");
    }
  }

  @ParameterizedTest
  @CsvSource({"en", "de"})
  void onAPhoneAllEntriesAtTheTopStandInTwoLines(String language) {
    try (var context = browser.context(phone())) {
      browser.choose(context, language);
      for (var who : List.of("Ruth Adeyemi", "Elena Petrova")) {
        var page = browser.signedIn(context, who);
        assertThat(page.locator(".ways a")).hasCount(7);
        org.assertj.core.api.Assertions.assertThat(
                page.evaluate(
                    "new Set([...document.querySelectorAll('.ways a')].map(one =>"
                        + " Math.round(one.getBoundingClientRect().top))).size"))
            .isEqualTo(2);
        browser.assertIsFine(page, "entries " + who + language);
        page.locator(".me form button").click();
      }
    }
  }

  @Test
  void everyPageIsFineOnPhoneAndDeskByDayAndByNight() {
    try (var context = browser.context(phone())) {
      company.active(Company.AMARA, "crm-customer-record", Duration.ofHours(1));
      var page = browser.signedIn(context, "Ruth Adeyemi");
      for (var path :
          List.of(
              "/admin/people",
              "/admin/people?q=nobody-of-this-name",
              "/admin/people/lena.fischer@example.com",
              "/admin/people/amara.okafor@example.com",
              "/admin/people/nobody@example.com",
              "/admin/people/import")) {
        browser.open(page, path);
        page.locator("details").all().forEach(each -> each.locator("summary").click());
        browser.assertIsFine(page, path);
      }
      var most =
          IntStream.range(0, 230)
              .mapToObj(
                  "Somebody with a rather long name %1$d,member%1$d@example.com,,,,%n"::formatted)
              .collect(Collectors.joining("", "name,email,manager,groups,zone,language\n", ""));
      for (var text :
          List.of(
              most,
              everybody.replace("Europe/Rome", "Europe/Roma"),
              everybody + ",x,\n".repeat(120),
              everybody.replace("auditors", "auditors;board"))) {
        uploaded(page, text);
        company.settle();
        page.reload();
        browser.assertIsFine(page, "import of " + text.length());
      }
      assertThat(page.locator("form[action$=apply]")).isVisible();
      button(page, "Discard").click();
      browser.assertIsFine(page, "discarded");
      upload(page, "");
      browser.assertIsFine(page, "an error");
    }
  }
}
