package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The parts that people play, each from start to end in a real browser: in English without script,
 * and in German, chosen in the footer, with it.
 */
class PartsInBrowserTest {
  private static final String CRM = "crm-customer-record";
  private static final String GROUP = "crm-record-viewers";
  private static final String REASON = "Ticket 4711: <b>wrong</b> balance";
  private static final Map<String, String> NAMES =
      Map.of(AMARA, "Amara Okafor", LENA, "Lena Fischer", OMAR, "Omar Farouk");

  private static Company company;
  private static InBrowser browser;

  private final List<BrowserContext> open = new ArrayList<>();

  enum Reader {
    ENGLISH(
        "en",
        false,
        "Waiting for Lena Fischer",
        "You approved this",
        "Access until",
        "Access was given back",
        "You denied this",
        "Denied by Lena Fischer",
        "Access was taken away by Omar Farouk"),
    GERMAN(
        "de",
        true,
        "Wartet auf Lena Fischer",
        "Sie haben das genehmigt",
        "Zugang bis",
        "Zugang wurde zurückgegeben",
        "Sie haben das abgelehnt",
        "Abgelehnt von Lena Fischer",
        "Zugang wurde von Omar Farouk entzogen");

    private final String language;
    private final boolean script;
    private final String waiting;
    private final String youApproved;
    private final String access;
    private final String givenBack;
    private final String youDenied;
    private final String denied;
    private final String takenAway;

    Reader(
        String language,
        boolean script,
        String waiting,
        String youApproved,
        String access,
        String givenBack,
        String youDenied,
        String denied,
        String takenAway) {
      this.language = language;
      this.script = script;
      this.waiting = waiting;
      this.youApproved = youApproved;
      this.access = access;
      this.givenBack = givenBack;
      this.youDenied = youDenied;
      this.denied = denied;
      this.takenAway = takenAway;
    }
  }

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
    open.forEach(BrowserContext::close);
    company.tidy();
  }

  private BrowserContext desk(Reader reader) {
    return context(reader, InBrowser.desk());
  }

  private BrowserContext phone(Reader reader) {
    return context(reader, InBrowser.phone());
  }

  private BrowserContext context(Reader reader, NewContextOptions window) {
    var context = browser.context(window.setJavaScriptEnabled(reader.script));
    open.add(context);
    return context;
  }

  /** Signs in through the provider and chooses the language where that is offered. */
  private static Page signedIn(BrowserContext context, Reader reader, String email) {
    return speaking(browser.signedIn(context, Objects.requireNonNull(NAMES.get(email))), reader);
  }

  private static Page speaking(Page page, Reader reader) {
    page.locator("footer button[value=" + reader.language + "]").click();
    assertThat(page.locator("html")).hasAttribute("lang", reader.language);
    return page;
  }

  private static void decide(Page page, String decision) {
    page.locator("button[name=decision][value=" + decision + "]").click();
  }

  /** Presses the one button of a form. */
  private static void press(Page page, String action) {
    page.locator("main form[action$='" + action + "'] button").click();
  }

  /** Asks on the pages, from the start page to the sent request, typing the reason only. */
  private static String asked(Page page, Reader reader) {
    browser.open(page, "/");
    page.locator("a[href='/ask/" + CRM + "']").first().click();
    page.locator("[name=reason]").fill(REASON);
    page.locator("button.send").click();
    assertThat(page.locator("#status")).containsText(reader.waiting);
    assertThat(page.locator("main")).containsText(REASON);
    company.settle();
    return company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));
  }

  @ParameterizedTest
  @EnumSource
  void approvedOnAPhoneAndGivenBack(Reader reader) {
    var amara = signedIn(desk(reader), reader, AMARA);
    var id = asked(amara, reader);

    var mail = company.invitation(id, LENA);
    var lena = speaking(opened(phone(reader), Company.link(mail)), reader);
    assertThat(lena).hasURL(Company.link(mail));
    lena.locator("[name=code]").fill(Company.code(mail));
    decide(lena, "approve");
    assertThat(lena.locator("h1")).containsText(reader.youApproved);
    company.settle();

    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#status")).containsText(reader.access);
    assertThat(company.members(GROUP)).containsExactly(AMARA);
    press(amara, "/return");
    company.settle();
    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#status")).containsText(reader.givenBack);
    assertThat(company.members(GROUP)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("decide.deny")
  void deniedWithAComment(Reader reader) {
    var amara = signedIn(desk(reader), reader, AMARA);
    var id = asked(amara, reader);

    var mail = company.invitation(id, LENA);
    var lena = speaking(opened(phone(reader), Company.link(mail)), reader);
    lena.locator("[name=code]").fill(Company.code(mail));
    decide(lena, "deny");
    assertThat(lena.locator("html")).hasAttribute("lang", reader.language);
    assertThat(lena.locator(".errors")).isFocused();
    assertThat(lena.locator("[name=comment]")).hasAttribute("aria-invalid", "true");
    lena.locator("[name=comment]").fill("Please ask Mei-Ling, she has it.");
    // The code was right and is still there.
    assertThat(lena.locator("[name=code]")).hasValue(Company.code(mail));
    decide(lena, "deny");
    assertThat(lena.locator("h1")).containsText(reader.youDenied);
    company.settle();

    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#status")).containsText(reader.denied);
    assertThat(amara.locator("#story")).containsText("Please ask Mei-Ling, she has it.");
    assertThat(company.members(GROUP)).isEmpty();
  }

  private static Page opened(BrowserContext context, String url) {
    var page = context.newPage();
    page.navigate(url);
    return page;
  }

  @ParameterizedTest
  @EnumSource
  void nobodyAnswersSoAnOwnerIsAskedAndLaterTakesItAway(Reader reader) {
    var amara = signedIn(desk(reader), reader, AMARA);
    var id = asked(amara, reader);
    company.passMinutes(121);
    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#now")).containsText("Omar Farouk");

    var omar = signedIn(phone(reader), reader, OMAR);
    browser.open(omar, "/inbox");
    assertThat(omar.locator("article")).containsText(REASON);
    var mail = company.invitation(id, OMAR);
    // Whoever is signed in needs no code: the link leads to their own page.
    omar.navigate(Company.link(mail));
    assertThat(omar.locator("[name=code]")).hasCount(0);
    decide(omar, "approve");
    company.settle();
    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#status")).containsText(reader.access);

    browser.open(omar, "/requests/" + id);
    omar.locator("details.danger summary").click();
    omar.locator("[name=reason]").fill("The case is closed.");
    press(omar, "/revoke");
    company.settle();
    browser.open(amara, "/requests/" + id);
    assertThat(amara.locator("#status")).containsText(reader.takenAway);
    assertThat(amara.locator("#story")).containsText("The case is closed.");
    assertThat(company.members(GROUP)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void signedOutEverywhere(Reader reader) {
    var here = signedIn(desk(reader), reader, AMARA);
    var there = signedIn(phone(reader), reader, AMARA);

    browser.open(here, "/sessions");
    press(here, "/sign-out-everywhere");
    assertThat(here.locator("html")).hasAttribute("lang", reader.language);
    assertThat(here.locator("main a[href^='/sign-in']")).isVisible();
    for (var page : List.of(here, there)) {
      browser.open(page, "/");
      assertThat(page.locator("main a[href='/ask/" + CRM + "']")).hasCount(0);
      assertThat(page).not().hasURL(company.daypass().url() + "/");
    }
  }
}
