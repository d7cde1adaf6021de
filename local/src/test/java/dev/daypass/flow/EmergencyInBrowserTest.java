package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An emergency is taken on a phone, and reviewed, in a real browser. */
class EmergencyInBrowserTest {
  private static final String PAGE = "/ask/emergency-information/emergency";

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
  @Tag("emergency.review")
  void itIsTakenAfterSigningInAgainAndReviewed() {
    String id;
    try (var context = browser.context(InBrowser.phone())) {
      var page = browser.signedIn(context, "Joana Silva");
      company.passMinutes(6);
      browser.open(page, "/ask/emergency-information");
      browser.assertIsFine(page, "ask: with an emergency");
      page.locator("a[href='" + PAGE + "']").click();
      assertThat(page.locator(".again")).containsText("needs a new sign-in");
      browser.assertIsFine(page, "emergency: sign in again");

      page.locator(".again a").click();
      page.locator("button.person:has-text('Joana Silva')").click();
      assertThat(page).hasURL(company.daypass().url() + PAGE);
      assertThat(page.locator(".again")).hasCount(0);
      page.locator("[name=reason]").fill("         ?");
      InBrowser.button(page, "Take access now").click();
      assertThat(page.locator("#wrong-reason")).isVisible();
      browser.assertIsFine(page, "emergency: no reason");

      page.locator("[name=reason]").fill("The office in Lisbon is flooded");
      InBrowser.button(page, "Take access now").click();
      assertThat(page.locator("#done")).containsText("Everybody who must know is told now.");
      id = company.remember(page.url().replaceFirst("(?s).*/([0-9a-z]{25}).*", "$1"));
      company.settle();
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("#status")).containsText("Access until");
      browser.assertIsFine(page, "request: taken in an emergency");
    }
    try (var context = browser.context(InBrowser.phone())) {
      var page = browser.signedIn(context, "Daniel Cohen");
      assertThat(page.locator("#tasks")).containsText("Review the emergency of Joana Silva");
      browser.assertIsFine(page, "home: to be reviewed");
      browser.open(page, "/requests/" + id);
      browser.assertIsFine(page, "request: to be reviewed");
      page.locator("[value='not-justified']").check();
      page.locator("[name=note]").fill("It could have waited for an hour.");
      InBrowser.button(page, "Send review").click();

      assertThat(page.locator("#emergency")).containsText("it was not justified");
      browser.assertIsFine(page, "request: reviewed");
    }
  }
}
