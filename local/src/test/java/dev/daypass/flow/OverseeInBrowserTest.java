package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.InBrowser.button;
import static dev.daypass.flow.InBrowser.desk;
import static dev.daypass.flow.InBrowser.phone;
import static dev.daypass.flow.InBrowser.way;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of owners and administrators in a real browser. */
class OverseeInBrowserTest {
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
    company.comesBack(INGRID);
    company.tidy();
  }

  @Test
  void anOwnerSeesWhoHasAccessAndTakesItAway() {
    var id = company.active(AMARA, CRM, HOUR);
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Omar Farouk");
      way(page, "Systems").click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CRM")).click();

      var access = page.locator("#access");
      assertThat(access).containsText("Amara Okafor");
      assertThat(access).containsText("left");
      var summary = access.locator("summary");
      assertThat(summary).hasAttribute("aria-label", "Take away: Amara Okafor, Record viewer");
      summary.click();
      var form = access.locator("form");
      form.locator("button").click();
      assertThat(form.locator("textarea")).isFocused();
      form.locator("textarea").fill("The case is closed.");
      form.locator("button").click();

      assertThat(page.locator("#done"))
          .containsText("You have taken access away from Amara Okafor: Record viewer.");
      assertThat(page.locator("#done")).isFocused();
      assertThat(page).hasURL(company.daypass().url() + "/systems/crm");
      company.settle();
      assertThat(company.status(id)).isEqualTo("ENDED");
      button(page, "Refresh").click();
      assertThat(page.locator("#access")).containsText("Nobody has access");
      assertThat(page.locator("#access")).not().containsText("Amara Okafor");
      assertThat(company.members("crm-record-viewers")).isEmpty();
    }
  }

  @Test
  void takingAwayNeedsNoScriptAndTheListRefreshesItselfWithOne() {
    var amaras = company.active(AMARA, CRM, HOUR);
    try (var with = browser.context(desk());
        var without = browser.context(desk().setJavaScriptEnabled(false))) {
      var open = browser.signedIn(with, "Ingrid Solberg");
      open.navigate(company.daypass().url() + "/systems/crm");
      var page = browser.signedIn(without, "Omar Farouk");
      page.navigate(company.daypass().url() + "/systems/crm");
      page.locator("#access summary").click();
      page.locator("#access textarea").fill("The case is closed.");
      page.locator("#access form button").click();
      assertThat(page.locator("#done")).containsText("You have taken access away");
      company.settle();
      assertThat(company.status(amaras)).isEqualTo("ENDED");

      open.locator(".fresh button").click();
      assertThat(open.locator("#access")).containsText("Nobody has access");
    }
  }

  @Test
  void anAdministratorSeesARunbookWithWhatIsWrongWithIt() {
    company.leaves(INGRID);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      way(page, "Runbooks").click();
      assertThat(page.locator("main")).containsText("errors.");
      var finding =
          page.locator(".findings li.bad", new Page.LocatorOptions().setHasText("is inactive"));
      assertThat(finding.first()).isVisible();

      page.locator("a[href='/admin/runbooks/" + CRM + "']").click();
      assertThat(page.locator("h1")).containsText("View a customer record in the CRM");
      assertThat(page.locator("main")).containsText("The person who asks never decides");
      page.goBack();
      page.locator("main a[href='/systems/crm']").click();
      assertThat(page.locator(".findings")).containsText("ingrid.solberg@example.com is inactive");
    }
  }

  @Test
  void whoeverCannotAskFindsOutWhy() {
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/find");
      browser.assertIsFine(page, "find");
      page.locator("a[href='/explain?runbook=payroll-view']").click();
      assertThat(page.locator("#verdict")).containsText("No: you may not ask for");
      page.locator("select[name=runbook]").selectOption(CRM);
      button(page, "Show").click();
      assertThat(page.locator("#verdict")).containsText("Yes: you may ask for");
      assertThat(page.locator(".chain")).containsText("Lena Fischer is asked.");
    }
  }

  @Test
  void onlyThoseWhoHaveUseOfThemAreLedThere() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      assertThat(way(page, "Systems")).hasCount(0);
      assertThat(way(page, "Runbooks")).hasCount(0);
    }
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Omar Farouk");
      assertThat(way(page, "Systems")).isVisible();
      assertThat(way(page, "Runbooks")).hasCount(0);
    }
  }

  @Test
  void everyPageIsFineOnPhoneAndDeskByDayAndByNight() {
    company.active(AMARA, CRM, HOUR);
    company.ask(Company.MEI_LING, CRM, HOUR);
    var stuck = company.active(DIEGO, CRM, HOUR);
    company.leaves(INGRID);
    company.daypass().scim().faults().down(true);
    company
        .desk(Company.RUTH)
        .post(
            "/api/requests/" + stuck + "/revoke",
            new JsonMapper().createObjectNode().put("reason", "any"));
    company.passMinutes(40);
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Omar Farouk");
      areFine(page, "owner", "/systems", "/admin/runbooks/" + CRM, "/systems/crm");
      page.locator("#access summary").first().click();
      browser.assertIsFine(page, "owner-open");
    }
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      areFine(page, "admin", "/systems", "/admin/runbooks", "/systems/none");
      var explain = "/explain?person=" + AMARA + "&runbook=";
      areFine(page, "explain", explain + CRM + "&on=2030-12-24T09:00", explain + "payroll-view");
      areFine(page, "explain-wrong", explain + "none&on=tomorrow");
    }
    try (var context = browser.context(phone())) {
      areFine(browser.signedIn(context, "Amara Okafor"), "nobody", "/systems");
    }
  }

  private static void areFine(Page page, String who, String... paths) {
    for (var path : paths) {
      browser.open(page, path);
      browser.assertIsFine(page, who + path);
    }
  }
}
