package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.InBrowser.button;
import static dev.daypass.flow.InBrowser.desk;
import static dev.daypass.flow.InBrowser.phone;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages in a real browser: with and without script, by keyboard alone, on a phone, on paper.
 */
class PagesInBrowserTest {
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

  /** Presses Tab until this has the focus: whoever has no mouse must get there. */
  private static void tabTo(Page page, Locator wanted) {
    for (int i = 0; i < 80; i++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(wanted.evaluate("one => one === document.activeElement"))) {
        return;
      }
    }
    throw new AssertionError("not reached by keyboard: " + wanted);
  }

  // Asking

  @Test
  void byKeyboardAloneFromTheStartPageToASentRequestInThreeInteractions() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      int interactions = 0;

      tabTo(page, page.locator("a[href='/ask/" + CRM + "']").first());
      page.keyboard().press("Enter");
      interactions++;
      page.waitForURL("**/ask/**");
      tabTo(page, page.locator("[name=reason]"));
      page.keyboard().type("Ticket 4711: wrong balance");
      interactions++;
      tabTo(page, button(page, "Send request"));
      page.keyboard().press("Enter");
      interactions++;

      assertThat(page.locator("#done")).containsText("Sent.");
      assertThat(page.locator("#done")).isFocused();
      assertThat(page.locator("main")).containsText("Asked now");
      assertThat(interactions).isLessThanOrEqualTo(4);
      company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));
    }
  }

  @Test
  void pressedTwiceAndBackAgainAsksOnce() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      int before = company.count("RequestsTable");
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill("Ticket 4711: wrong balance");
      button(page, "Send request").dblclick();
      page.waitForURL("**/requests/**");
      var id = company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));

      page.goBack();

      assertThat(page.locator("main")).containsText("You have asked for this already");
      assertThat(page.locator("main a[href='/requests/" + id + "']")).isVisible();
      assertThat(company.count("RequestsTable")).isEqualTo(before + 1);
    }
  }

  @Test
  void findingNeedsNoScript() {
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Amara Okafor");
      page.locator("[name=q]").fill("PAYROLL view");
      page.locator("[name=q]").press("Enter");

      assertThat(page.locator("main")).containsText("1 runbook matches");
      assertThat(page.locator("main")).containsText("Not for you at the moment.");
      assertThat(page.locator("main")).containsText("people in the group hr");
      assertThat(page.locator("main a[href^='/ask/']")).hasCount(0);
      page.getByText("Show all").click();
      assertThat(page.locator("main a[href='/ask/" + CRM + "']")).isVisible();
    }
  }

  // Seeing

  @Test
  void aRequestRefreshesItselfAndKeepsTheFocus() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/requests/" + id + "?done=SENT");
      assertThat(page.locator("#done")).containsText("Sent");
      assertThat(page.locator(".fresh .self")).isVisible();
      page.evaluate("window.theSamePage = true");
      page.locator(".fresh button").focus();

      company.approve(id, LENA);

      assertThat(page.locator("#status")).containsText("Access until");
      assertThat(page.locator("#done")).hasCount(0);
      assertThat(button(page, "Give access back now")).isVisible();
      assertThat(page.locator("#now")).containsText("left");
      assertThat(page.locator(".fresh button")).isFocused();
      assertThat(page.evaluate("window.theSamePage")).isEqualTo(true);
    }
  }

  @Test
  void whatIsTypedIsNotRefreshedAway() {
    var id = company.active(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/requests/" + id);
      page.locator("[name=until]").first().check();

      var end = Instant.parse(company.json(id).at("/grant/expiresAt").asText());
      company.extend(id, AMARA, end.plus(HOUR));
      button(page, "Refresh").click();

      assertThat(page.locator("#story")).containsText("extended the access until");
      assertThat(page.locator("[name=until]").first()).isChecked();

      company.desk(AMARA).post("/api/requests/" + id + "/return");
      company.settle();
      button(page, "Refresh").click();

      // What the choice was for is over.
      assertThat(page.locator("#status")).containsText("given back");
      assertThat(page.locator("[name=until]")).hasCount(0);
      assertThat(page.locator(".overtaken")).containsText("This form is over");
    }
  }

  @Test
  void whatIsOverIsToldAsOfNoEarlierMoment() {
    var id = company.active(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("#fresh")).containsText("As of");
      page.locator(".fresh button").focus();

      company.desk(AMARA).post("/api/requests/" + id + "/return");
      company.settle();
      button(page, "Refresh").click();

      assertThat(page.locator("#status")).containsText("given back");
      assertThat(page.locator("#fresh")).hasCount(0);
      assertThat(page.locator("main")).isFocused();
    }
  }

  @Test
  void givingBackFromTheStartPageTakesTwoStepsWithoutScriptToo() {
    var id = company.active(AMARA, CRM, HOUR);
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/");
      var now = button(page, "Give access back now");
      assertThat(now).isHidden();

      page.locator("#access summary").click();

      assertThat(page.locator("#access")).containsText("It ends at once");
      assertThat(company.status(id)).isEqualTo("ACTIVE");
      now.click();
      assertThat(page.locator("main")).containsText("Thank you for giving it back.");
      company.settle();
      assertThat(company.status(id)).isEqualTo("ENDED");
    }
  }

  @Test
  void withoutScriptRefreshIsAButton() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("#status")).containsText("Waiting for Lena Fischer");
      assertThat(page.locator(".fresh .self")).isHidden();
      company.approve(id, LENA);

      button(page, "Refresh").click();

      assertThat(page.locator("#status")).containsText("Access until");
    }
  }

  // Times

  @Test
  void timesAreToldForTheBrowsersZoneFromTheFirstVisitOn() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk().setTimezoneId("Asia/Tokyo"))) {
      var page = browser.signedIn(context, "Amara Okafor");
      assertThat(page.locator("footer")).containsText("Times are for Asia/Tokyo");
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("footer")).containsText("Times are for Asia/Tokyo");
      var time = page.locator("#story time").first();
      assertThat(time).hasAttribute("title", Pattern.compile(".* JST"));
      var instant = Objects.requireNonNull(time.getAttribute("datetime"));
      assertThat(page.locator("#story .exact").first())
          .hasText("(" + instant.substring(0, 19).replace('T', ' ') + " UTC)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "%3Cscript%3E", "+02:00"})
  void aZoneThatIsNoneIsPassedOver(String zone) {
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      context.addCookies(List.of(new Cookie("daypass-zone", zone).setUrl(company.daypass().url())));
      var page = browser.signedIn(context, "Amara Okafor");

      // What the directory says of Amara.
      assertThat(page.locator("footer")).containsText("Times are for Europe/London");
    }
  }

  // Deciding

  @Test
  void severalAreDecidedOnOnePageWithoutScript() {
    var amaras = company.ask(AMARA, CRM, HOUR);
    var diegos = company.ask(DIEGO, CRM, HOUR);
    try (var context = browser.context(phone().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Lena Fischer");
      page.getByText("Decide them on one page").click();
      assertThat(page.locator("article")).hasCount(2);

      deny(page, diegos);
      assertThat(item(page, diegos).locator(".errors")).isFocused();
      assertThat(item(page, diegos).locator(".wrong")).isVisible();
      assertThat(item(page, amaras).locator(".errors")).isHidden();

      item(page, diegos).locator("[name=comment]").fill("Please ask Mei-Ling.");
      deny(page, diegos);
      assertThat(page.locator("#done")).containsText("You denied");
      assertThat(page.locator("#done")).containsText("Diego Ramírez");
      assertThat(page.locator("#done")).isFocused();
      assertThat(page.locator("article")).hasCount(1);

      assertThat(item(page, amaras).locator("button[value=approve]")).hasText("Approve");
      item(page, amaras).locator("[name=duration][value=PT30M]").check();
      item(page, amaras).locator("button[value=approve]").click();
      assertThat(page.locator("#done")).containsText("30 minutes only");
      assertThat(page.locator("main")).containsText("Nothing waits for your decision.");
      company.settle();
      assertThat(company.status(amaras)).isEqualTo("ACTIVE");
      assertThat(company.status(diegos)).isEqualTo("DENIED");
    }
  }

  @Test
  void theButtonSaysForHowLongItApproves() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      var approve = item(page, id).locator("button[value=approve]");
      assertThat(approve).hasText("Approve for 1 hour");

      item(page, id).locator("[name=duration][value=PT30M]").check();

      assertThat(approve).hasText("Approve for 30 minutes");
    }
  }

  @Test
  @Tag("decide.hand-over")
  void fromTheInboxItIsHandedOverToOneOfAFew() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      item(page, id).getByText("Hand it over to somebody else").click();
      var to = page.locator("select[name=to]");
      assertThat(to).isVisible();
      assertThat(to.locator("option")).hasCount(3);
      browser.assertIsFine(page, "hand over");

      page.getByText("Hand over", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator(".errors")).isFocused();
      assertThat(to).isVisible();
      assertThat(page.locator(".wrong")).containsText("Please choose who is to decide");
      to.selectOption("omar.farouk@example.com");
      page.getByText("Hand over", new Page.GetByTextOptions().setExact(true)).click();

      assertThat(page.locator("main")).containsText("You handed this over to Omar Farouk");
      company.settle();
      company.deny(id, OMAR, "Not today.");
    }
  }

  @Test
  @Tag("decide.question")
  void aQuestionIsAskedInTheInboxAndAnsweredOnThePhone() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      item(page, id).getByText("Ask a question first").click();
      item(page, id).locator("button[value=question]").click();
      assertThat(page.locator(".errors")).isFocused();
      item(page, id).locator("textarea").fill("For which customer is it?");
      item(page, id).getByText("Ask a question first").click();
      browser.assertIsFine(page, "asking first");
      item(page, id).locator("button[value=question]").click();

      assertThat(item(page, id)).containsText("You have asked Amara Okafor a question.");
      browser.assertIsFine(page, "an inbox with a question");
      browser.open(page, "/requests/" + id + "/decide");
      assertThat(page.locator("[role=status]")).containsText("You have asked Amara Okafor");
      browser.assertIsFine(page, "a decision with a question");
    }
    company.settle();
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Amara Okafor");
      assertThat(page.locator("#questions")).containsText("Lena Fischer asks about");
      browser.assertIsFine(page, "a start page with a question");
      page.locator("#questions [role=button]").click();
      browser.assertIsFine(page, "a question");
      page.getByLabel("Your answer").fill("For customer 4711.");
      page.getByText("Send answer").click();

      assertThat(page.locator("main")).containsText("gets a mail with your answer");
      assertThat(page.locator("#story")).containsText("For customer 4711.");
      assertThat(page.getByText("Send answer")).hasCount(0);
      browser.assertIsFine(page, "an answered question");
    }
    company.settle();
    company.deny(id, LENA, "Not today.");
  }

  private static void deny(Page page, String id) {
    item(page, id).locator("button[value=deny]").click();
  }

  private static Locator item(Page page, String id) {
    return page.locator("article[aria-labelledby='title-" + id + "']");
  }

  @Test
  void whoeverComesTooLateInTheInboxIsToldWhatHappened() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      company.desk(AMARA).post("/api/requests/" + id + "/cancel");
      company.settle();

      item(page, id).getByText("Approve for 1 hour").click();

      assertThat(page.locator("#done")).containsText("There is nothing left to decide here");
      assertThat(page.locator("#done")).containsText("withdrawn before it was decided");
      assertThat(company.status(id)).isEqualTo("CANCELLED");
    }
  }

  @Test
  void whoeverDecidesSeesWhatTheRequesterHadInThisSystem() {
    var before = company.active(AMARA, CRM, HOUR);
    company.desk(AMARA).post("/api/requests/" + before + "/return");
    company.settle();
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/requests/" + id + "/decide");

      assertThat(page.locator("main")).containsText("Earlier requests for CRM");
      assertThat(page.locator(".rows.small .row")).not().hasCount(0);
      assertThat(page.locator(".rows.small")).containsText("Access was given back");
      assertThat(page.locator("main")).containsText("If you do nothing");
    }
  }

  // Languages

  @Test
  void aLanguageIsChosenInTheFooterAndRememberedAfterSigningOut() {
    try (var context = browser.context(desk().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/find?q=payroll");
      button(page, "Deutsch").click();

      // Back on the same page, said in German.
      assertThat(page).hasURL(company.daypass().url() + "/find?q=payroll");
      assertThat(page.locator("html")).hasAttribute("lang", "de");
      assertThat(page.locator("h1")).hasText("Zugang finden");
      assertThat(page.locator("main")).containsText("Im Moment nicht für Sie.");
      assertThat(button(page, "Deutsch")).hasAttribute("aria-current", "true");
      button(page, "Abmelden").click();
      assertThat(page.locator("h1")).hasText("Sie sind abgemeldet.");
      // There it would lead into the next sign-in.
      assertThat(button(page, "English")).hasCount(0);
      browser.open(page, "/decide/" + "A".repeat(43));
      assertThat(page.locator("h1")).hasText("Wir kennen diesen Link nicht.");
      button(page, "English").click();
      assertThat(page.locator("h1")).hasText("We do not know this link.");
    }
    // A browser in which nobody has chosen anything gets what this person chose.
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      assertThat(page.locator("html")).hasAttribute("lang", "de");
      inEnglishAgain(page);
    }
    // One in which somebody has keeps that.
    try (var context = browser.context(desk())) {
      browser.choose(context, "de");
      var page = browser.signedIn(context, "Amara Okafor");
      assertThat(page.locator("html")).hasAttribute("lang", "de");
    }
  }

  /** For those tests in which the same person comes back. */
  private static void inEnglishAgain(Page page) {
    page.locator(".languages button[value=en]").click();
    assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("en.*"));
  }

  @Test
  void inGermanFromAskingToGivingBack() {
    try (var context = browser.context(phone())) {
      browser.choose(context, "de");
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill("Ticket 4711: falscher Saldo");
      button(page, "Anfrage senden").click();
      assertThat(page.locator("#done")).containsText("Gesendet.");
      assertThat(page.locator("#status")).hasText("Wartet auf Lena Fischer");
      var id = company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));
      company.settle();

      company.approve(id, LENA);

      assertThat(page.locator("#status"))
          .containsText(Pattern.compile("Zugang bis (heute|morgen) um"));
      assertThat(page.locator("#story")).containsText("Lena Fischer hat");
      button(page, "Zugang jetzt zurückgeben").click();
      assertThat(page.locator("#done")).containsText("Danke");
    }
  }

  @Test
  void whatWasTypedStaysWhileALanguageIsChosenAndNoLonger() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, AMARA);
      browser.open(page, "/ask/" + CRM);
      var reason = page.locator("[name=reason]");
      reason.fill("Ticket 4711: <b>half</b> of it");
      var duration = page.locator("[name=duration]").last();
      duration.check(new Locator.CheckOptions().setForce(true));
      page.locator(".languages button[value=de]").click();
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(reason).hasValue("Ticket 4711: <b>half</b> of it");
      assertThat(duration).isChecked();
      assertThat(page.evaluate("sessionStorage.getItem('daypass-typed')")).isNull();
      page.reload();
      assertThat(reason).hasValue("");
      inEnglishAgain(page);
    }
  }

  @Test
  void aCodeIsNotKept() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = context.newPage();
      page.navigate(Company.link(company.invitation(id, LENA)));
      page.locator("[name=code]").fill("123456");
      page.locator("[name=comment]").first().fill("Yes, that is her case.");
      page.locator(".languages button[value=de]").click();
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(page.locator("[name=comment]").first()).hasValue("Yes, that is her case.");
      assertThat(page.locator("[name=code]")).hasValue("");
    }
  }

  @Test
  void whatWasTypedStaysOnAFormThatCameBackWithErrorsToo() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, AMARA);
      browser.open(page, "/ask/" + CRM);
      var reason = page.locator("[name=reason]");
      var duration = page.locator("[name=duration]").last();
      duration.check(new Locator.CheckOptions().setForce(true));
      // Long enough for the browser, and nothing for anybody who reads it.
      reason.fill(" ".repeat(20));
      button(page, "Send request").click();
      assertThat(page.locator(".errors")).isFocused();
      reason.fill("Ticket 4711: <b>half</b> of it");

      button(page, "Deutsch").click();

      assertThat(page).hasURL(company.daypass().url() + "/ask/" + CRM);
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(reason).hasValue("Ticket 4711: <b>half</b> of it");
      assertThat(duration).isChecked();
      // What was wrong is said again, and in the other language after the next choice too.
      assertThat(page.locator(".errors")).isFocused();
      assertThat(page.locator(".errors a")).containsText("warum Sie diesen Zugang brauchen");
      assertThat(reason).hasAttribute("aria-invalid", "true");
      browser.assertIsFine(page, "errors-again");
      button(page, "English").click();
      assertThat(page.locator(".errors a")).containsText("why you need this access");
      page.reload();
      assertThat(page.locator(".errors")).isHidden();
    }
  }

  @Test
  void whatWasTypedIntoTheInboxStaysWhereItWasTypedAfterErrorsToo() {
    var amaras = company.ask(AMARA, CRM, HOUR);
    var diegos = company.ask(DIEGO, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      deny(page, diegos);
      assertThat(item(page, diegos).locator(".errors")).isFocused();
      item(page, amaras).locator("[name=comment]").fill("Is it still open?");
      item(page, diegos).locator("[name=comment]").fill("Please ask Mei-Ling.");

      button(page, "Deutsch").click();

      assertThat(page).hasURL(company.daypass().url() + "/inbox");
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(item(page, amaras).locator("[name=comment]")).hasValue("Is it still open?");
      assertThat(item(page, diegos).locator("[name=comment]")).hasValue("Please ask Mei-Ling.");
      assertThat(item(page, diegos).locator(".errors")).containsText("warum nicht");
      assertThat(item(page, amaras).locator(".errors")).isHidden();
      inEnglishAgain(page);
    }
  }

  @Test
  void aCodeThatWasWrongIsNotKeptEither() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = context.newPage();
      page.navigate(Company.link(company.invitation(id, LENA)));
      page.locator("[name=code]").fill("000000");
      page.locator("[name=comment]").first().fill("Yes, that is her case.");
      page.locator("button[value=approve]").click();
      assertThat(page.locator(".errors")).isFocused();
      page.locator("[name=code]").fill("000001");

      button(page, "Deutsch").click();

      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(page.locator("[name=comment]").first()).hasValue("Yes, that is her case.");
      assertThat(page.locator("[name=code]")).hasValue("");
    }
  }

  @Test
  void withoutScriptAChosenLanguageLeadsToAnEmptyFormAndSaysSoBefore() {
    try (var context = browser.context(phone().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, AMARA);
      browser.open(page, "/ask/" + CRM);
      page.locator("[name=reason]").fill(" ".repeat(20));
      button(page, "Send request").click();
      assertThat(page.locator(".errors")).isVisible();
      var warning = page.locator("footer noscript p");
      assertThat(warning).isVisible();
      assertThat(warning).containsText("What you have typed and not sent is lost");
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(375);

      button(page, "Deutsch").click();

      assertThat(page).hasURL(company.daypass().url() + "/ask/" + CRM);
      assertThat(page.locator("html")).hasAttribute("lang", Pattern.compile("de.*"));
      assertThat(page.locator(".errors")).isHidden();
      assertThat(page.locator("[name=reason]")).hasValue("");
      assertThat(warning).containsText("geht verloren");
      inEnglishAgain(page);
    }
  }

  @Test
  void choosingALanguageLeadsToNoOtherSite() {
    var amara = company.desk(AMARA);
    var form = amara.open("/find").form("/language");
    var chosen = amara.send(form, Map.of("language", "de", "next", "//evil.example"));
    assertThat(chosen.path()).isEqualTo("/");
    assertThat(amara.send(form, Map.of("language", "de")).path()).isEqualTo("/find");
    assertThat(amara.send(form, Map.of("language", "fr")).status()).isEqualTo(400);
    amara.send(form, Map.of("language", "en"));
  }

  @Test
  void mailsSpeakWhatWasChosenOnPagesAndTheOthersWhatTheDirectorySays() {
    var lena = company.desk(LENA);
    var form = lena.open("/find").form("/language");
    lena.send(form, Map.of("language", "de"));
    var id = company.active(AMARA, CRM, HOUR);
    assertThat(company.invitation(id, LENA).subject()).startsWith("Bitte entscheiden: ");
    assertThat(Company.text(company.invitation(id, LENA))).contains("Amara Okafor fragt an: View");

    assertThat(company.mails(id, AMARA)).isNotEmpty();
    assertThat(company.mails(id, AMARA))
        .allSatisfy(mail -> assertThat(mail.html()).contains("lang=\"en"));

    // Chosen once more, it is English again.
    lena.send(lena.open("/find").form("/language"), Map.of("language", "en"));
    var next = company.ask(AMARA, CRM, HOUR);
    assertThat(company.invitation(next, LENA).subject()).startsWith("Please decide: ");
  }

  // Everybody, everywhere

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyPageIsFineOnPhoneAndDeskByDayAndByNight(String language) {
    var waits = company.ask(AMARA, CRM, HOUR);
    var active = company.active(AMARA, CRM, HOUR);
    areFine(
        language,
        "Amara Okafor",
        "/",
        "/find",
        "/find?q=nothing-like-it",
        "/ask/" + CRM,
        "/requests/" + waits,
        "/requests/" + active,
        "/requests/none");
    areFine(
        language,
        "Lena Fischer",
        "/",
        "/inbox",
        "/requests/" + waits + "/decide",
        "/requests/" + active,
        "/sessions");
  }

  private static void areFine(String language, String name, String... paths) {
    try (var context = browser.context(phone())) {
      browser.choose(context, language);
      var page = browser.signedIn(context, name);
      for (var path : paths) {
        browser.open(page, path);
        assertThat(page.locator("html")).hasAttribute("lang", language);
        browser.assertIsFine(page, name + path + language);
      }
    }
  }

  @Test
  void aLongReasonIsFoldedOnAPhoneAndWholeOnADeskAndOnPaper() {
    var reason =
        "Ticket 4711. " + "The customer sees a wrong balance, \n".repeat(50) + "since May.";
    var id = company.ask(AMARA, CRM, HOUR, reason);
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Lena Fischer");
      for (var path : List.of("/requests/" + id + "/decide", "/inbox")) {
        browser.open(page, path);
        var fold = page.locator(".fold").first();
        assertThat(fold.locator(".typed")).containsText("since May.");
        assertThat(isFolded(fold)).isTrue();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(isFolded(fold)).isFalse();
        assertThat(fold.locator("summary")).isHidden();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        assertThat(fold.locator("summary")).containsText("Show all 1,8");
        browser.assertIsFine(
            page, "folded" + path.substring(path.lastIndexOf('/')).replace('/', '-'));
        page.setViewportSize(InBrowser.PHONE, 900);
        fold.locator("summary").focus();
        page.keyboard().press("Enter");
        assertThat(isFolded(fold)).isFalse();
        assertThat(fold.getByText("Show less")).isVisible();
      }
    }
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      assertThat(isFolded(page.locator(".fold").first())).isFalse();
      assertThat(page.locator(".fold summary").first()).isHidden();
    }
  }

  private static boolean isFolded(Locator fold) {
    return (boolean)
        fold.locator(".typed").evaluate("one => one.scrollHeight > one.clientHeight + 2");
  }

  @Test
  void backToAFormThatWasRefusedIsThePageWithTheForm() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/inbox");
      page.locator("#title-" + id).locator("xpath=..").locator("button[value=deny]").click();
      assertThat(page.locator(".errors:not([hidden])")).isFocused();
      page.locator(".brand").click();
      page.waitForURL(company.daypass().url() + "/");

      page.goBack();

      assertThat(page.locator("#title-" + id)).isVisible();
      assertThat(page.locator("#title-" + id).locator("xpath=..").locator("button[value=deny]"))
          .isVisible();
    }
  }

  @Test
  void onPaperThereIsTheStoryAndNothingToPress() {
    var id = company.ask(AMARA, CRM, HOUR);
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      browser.open(page, "/requests/" + id);
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

      assertThat(page.locator("#story")).isVisible();
      assertThat(page.locator("#status")).isVisible();
      assertThat(button(page, "Withdraw this request")).isHidden();
      assertThat(page.locator("#fresh")).containsText("As of today");
      assertThat(page.locator("#fresh")).isVisible();
      assertThat(page.locator(".fresh button")).isHidden();
      assertThat(page.locator(".fresh .self")).isHidden();
      assertThat(page.locator(".ways")).isHidden();

      company.approve(id, LENA);
      browser.open(page, "/requests/" + id);
      assertThat(page.locator("#status")).containsText("Access until");
      assertThat(page.locator("#actions")).isHidden();
    }
  }

  @Test
  void thePolicyLetsNoOtherScriptRun() {
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Amara Okafor");
      page.evaluate(
          "() => { const s = document.createElement('script'); s.textContent = 'window.hit = 1';"
              + " document.body.append(s); }");
      assertThat(page.evaluate("window.hit === undefined")).isEqualTo(true);
    }
  }
}
