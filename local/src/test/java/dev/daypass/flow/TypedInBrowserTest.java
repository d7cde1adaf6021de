package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.InBrowser.button;
import static dev.daypass.flow.InBrowser.desk;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody has typed is still there when something else came first. */
class TypedInBrowserTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEPT = "sessionStorage.getItem('daypass-typed')";

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

  private static Locator card(Page page, String id) {
    return page.locator("article:has(form[action^='/inbox/" + id + "'])");
  }

  private static Locator comment(Page page, String id) {
    return card(page, id).locator("[name=comment]");
  }

  /** The browser does not know any more who this is, as when the time of a session is over. */
  private static void sessionEnds(BrowserContext context) {
    context.clearCookies();
  }

  /** Follows the problem page to the sign-in. */
  private static void signsInAgain(Page page, String name) {
    assertThat(page.locator(".kept")).isVisible();
    page.locator("main a[role=button]").click();
    page.locator("button", new Page.LocatorOptions().setHasText(name)).first().click();
  }

  @Test
  void aCommentOnAnotherCardStaysWhenOneIsRefusedAndWhenOneIsDecided() {
    var amaras = company.ask(AMARA, CRM, HOUR);
    var diegos = company.ask(DIEGO, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      comment(page, amaras).fill("Is ticket 4711 still open?");
      card(page, amaras).locator("[name=duration][value=PT30M]").check();
      // A denial without a reason.
      card(page, diegos).locator("button[value=deny]").click();
      assertThat(card(page, diegos).locator(".errors")).isFocused();
      assertThat(comment(page, amaras)).hasValue("Is ticket 4711 still open?");
      assertThat(card(page, amaras).locator("[name=duration][value=PT30M]")).isChecked();
      assertThat(card(page, amaras).locator("button[value=approve]"))
          .hasText("Approve for 30 minutes");

      comment(page, diegos).fill("Please ask Mei-Ling.");
      card(page, diegos).locator("button[value=deny]").click();

      assertThat(page.locator("#done")).containsText("You denied");
      assertThat(card(page, diegos)).hasCount(0);
      assertThat(comment(page, amaras)).hasValue("Is ticket 4711 still open?");
      assertThat(card(page, amaras).locator("[name=duration][value=PT30M]")).isChecked();
      org.assertj.core.api.Assertions.assertThat(page.evaluate(KEPT)).isNull();
    }
  }

  @Test
  void aFormThatIsOverGoesAndWhatWasTypedCanStillBeRead() {
    var id = company.ask(PRIYA, "hr-onboarding", HOUR);
    company.approve(id, JOANA);
    company.setUp(id, INGRID, "done", "");
    company.passMinutes(61);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Joana Silva");
      browser.open(page, "/requests/" + id);
      page.locator("#task [name=note]").fill("Taken out of the group.");
      page.locator(".fresh button").click();
      assertThat(page.locator("#task [name=note]")).hasValue("Taken out of the group.");
      assertThat(page.locator(".overtaken")).isHidden();

      company.takenAway(id, INGRID, "Out.");
      company.settle();
      page.locator(".fresh button").click();

      assertThat(page.locator(".overtaken")).containsText("What you typed was not sent.");
      assertThat(page.locator(".overtaken")).containsText("Taken out of the group.");
      assertThat(page.locator("#task form")).hasCount(0);
      browser.assertIsFine(page, "a form that is over");
    }
  }

  @Test
  void whatCannotBeAskedSinceTheSessionIsOverIsInTheFormAgainAfterSigningIn() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill("Ticket 4711: wrong balance");
      page.locator("[name=duration][value=PT2H]").check(forced());
      sessionEnds(context);
      button(page, "Send request").click();
      assertThat(page.locator("h1")).hasText("Please sign in");

      signsInAgain(page, "Amara Okafor");

      page.waitForURL("**/ask/**");
      assertThat(page.locator("[name=reason]")).hasValue("Ticket 4711: wrong balance");
      assertThat(page.locator("[name=duration][value=PT2H]")).isChecked();
      button(page, "Send request").click();
      assertThat(page.locator("#done")).containsText("Sent.");
      company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));
      org.assertj.core.api.Assertions.assertThat(page.evaluate(KEPT)).isNull();
    }
  }

  private static Locator.CheckOptions forced() {
    return new Locator.CheckOptions().setForce(true);
  }

  @Test
  void whatCannotBeDecidedOrTakenAwaySinceTheSessionIsOverIsThereAgainToo() {
    var waiting = company.ask(AMARA, CRM, HOUR);
    var held = company.active(DIEGO, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      for (var path : new String[] {"/inbox", "/requests/" + waiting + "/decide"}) {
        browser.open(page, path);
        page.locator("[name=comment]").fill("Not this week.");
        sessionEnds(context);
        page.locator("button[value=deny]").click();
        signsInAgain(page, "Lena Fischer");
        page.waitForURL("**" + path + "*");
        assertThat(page.locator("[name=comment]")).hasValue("Not this week.");
      }
    }
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Omar Farouk");
      browser.open(page, "/requests/" + held);
      page.locator("details.danger summary").click();
      page.locator("[name=reason]").fill("Left the team.");
      sessionEnds(context);
      page.locator("details.danger button").click();
      signsInAgain(page, "Omar Farouk");
      page.waitForURL("**/requests/" + held + "*");
      assertThat(page.locator("[name=reason]")).isVisible();
      assertThat(page.locator("[name=reason]")).hasValue("Left the team.");
    }
  }

  @Test
  void whatSomebodyTypedIsNotForWhoeverSignsInAfterThem() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill("Ticket 4711: wrong balance");
      sessionEnds(context);
      button(page, "Send request").click();

      signsInAgain(page, "Diego Ramírez");

      page.waitForURL("**/ask/**");
      assertThat(page.locator("[name=reason]")).hasValue("");
      org.assertj.core.api.Assertions.assertThat(page.evaluate(KEPT)).isNull();
    }
  }

  @Test
  void withoutScriptNothingIsPromised() {
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill("Ticket 4711: wrong balance");
      sessionEnds(context);
      button(page, "Send request").click();
      assertThat(page.locator("h1")).hasText("Please sign in");
      assertThat(page.locator(".kept")).isHidden();
    }
  }
}
