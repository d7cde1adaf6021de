package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.InBrowser.button;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody asks for a colleague, in a real browser. */
class ForOthersInBrowserTest {
  private static final String ASK = "/ask/hr-onboarding";

  private static Company company;
  private static InBrowser browser;

  @BeforeAll
  static void open() {
    company = Company.open();
    browser = InBrowser.start(company);
  }

  @AfterAll
  static void close() {
    browser.close();
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  @Test
  @Tag("others.asked-for")
  void itIsAskedForOnAPhoneAndWithdrawnByTheColleague() {
    String id;
    try (var context = browser.context(InBrowser.phone())) {
      var page = browser.signedIn(context, "Joana Silva");
      browser.open(page, "/find");
      assertThat(page.locator("a[href='" + ASK + "']")).containsText("also for others");
      browser.assertIsFine(page, "find: also for others");
      browser.open(page, ASK);
      browser.assertIsFine(page, "ask: for oneself or for others");

      choose(page, "nobody@example.com");
      assertThat(page.locator("main")).containsText("We do not know nobody@example.com");
      assertThat(page.locator("[name=reason]")).hasCount(0);
      browser.assertIsFine(page, "ask: for nobody");

      page.locator("form.whom [name=requester]").fill(PRIYA);
      button(page, "Go on").click();
      assertThat(page.locator("#whom")).containsText("For Priya Nair");
      assertThat(page.locator(".chain")).containsText("Ingrid Solberg is asked");
      browser.assertIsFine(page, "ask: for another");
      id = send(page);
      browser.open(page, "/");
      assertThat(page.locator("#for-others")).containsText("For Priya Nair, asked");
      browser.assertIsFine(page, "home: asked for others");
    }
    try (var context = browser.context(InBrowser.phone())) {
      var page = browser.signedIn(context, "Ingrid Solberg");
      assertThat(page.locator("main"))
          .containsText("Joana Silva (for Priya Nair) asks for: Set up a new colleague");
      browser.assertIsFine(page, "home: asked by one for another");
      browser.open(page, "/requests/" + id + "/decide");
      browser.assertIsFine(page, "decide: asked by one for another");
    }
    try (var context = browser.context(InBrowser.phone())) {
      var page = browser.signedIn(context, "Priya Nair");
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("main")).containsText("Joana Silva asked for this for Priya Nair");
      browser.assertIsFine(page, "request: asked for by another");
      button(page, "Withdraw this request").click();
      assertThat(page.locator("#done")).isVisible();
    }
  }

  @Test
  void whoMayAskForOthersOnlyIsToldSo() {
    try (var context = browser.context(InBrowser.phone())) {
      // She is not in HR, and manages Joana, who is.
      var page = browser.signedIn(context, "Noor Haddad");
      browser.choose(context, "en");
      browser.open(page, ASK);

      assertThat(page.locator("#whom")).containsText("You can ask for this for somebody else.");
      assertThat(page.locator("#colleagues option")).hasCount(1);
      assertThat(page.locator("#colleagues option")).hasAttribute("value", JOANA);
      assertThat(page.locator("[name=reason]")).hasCount(0);
      browser.assertIsFine(page, "ask: for others only");

      page.locator("form.whom [name=requester]").fill(JOANA);
      button(page, "Go on").click();
      assertThat(page.locator("#whom")).containsText("For Joana Silva");
      assertThat(page.locator("#whom")).not().containsText("Ask for yourself");
    }
  }

  @Test
  void itWorksWithoutScript() {
    try (var context = browser.context(InBrowser.desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Joana Silva");
      browser.open(page, ASK);
      choose(page, PRIYA);
      page.locator("[name=reason]").fill("Short");
      page.locator("[name=reason]").evaluate("one => one.form.noValidate = true");
      button(page, "Send request").click();
      assertThat(page.locator("#wrong-reason")).isVisible();
      assertThat(page.locator("#whom")).containsText("For Priya Nair");
      send(page);
      assertThat(page.locator("main")).containsText("You asked for this for Priya Nair");
      button(page, "Withdraw this request").click();
      assertThat(page.locator("main")).containsText("You withdrew the request");
    }
  }

  private static void choose(Page page, String email) {
    page.locator("summary", new Page.LocatorOptions().setHasText("For somebody else?")).click();
    page.locator("form.whom [name=requester]").fill(email);
    button(page, "Go on").click();
  }

  private static String send(Page page) {
    page.locator("[name=reason]").fill("Mira Novak starts on Monday");
    button(page, "Send request").click();
    page.waitForURL("**/requests/**");
    var id = company.remember(page.url().replaceFirst("(?s).*/([0-9a-z]{25}).*", "$1"));
    company.settle();
    return id;
  }
}
