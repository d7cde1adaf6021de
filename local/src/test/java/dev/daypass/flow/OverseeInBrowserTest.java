package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.INGRID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.daypass.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages of owners and administrators in a real browser. What they look like is left in {@code
 * target/pages} for a person to look at.
 */
class OverseeInBrowserTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static Company company;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    company = Company.open();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    company.close();
  }

  @AfterEach
  void tidy() {
    company.comesBack(INGRID);
    company.tidy();
  }

  private static NewContextOptions window(int width) {
    return new NewContextOptions().setViewportSize(width, 900).setTimezoneId("Europe/Lisbon");
  }

  /** A page of somebody who has just signed in, on the start page. */
  private static Page signedIn(BrowserContext context, String name) {
    var page = context.newPage();
    page.navigate(company.daypass().url() + "/");
    page.locator("button", new Page.LocatorOptions().setHasText(name)).first().click();
    page.waitForURL(company.daypass().url() + "/");
    return page;
  }

  private static Locator way(Page page, String name) {
    return page.locator("nav.ways")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
  }

  @Test
  void anOwnerSeesWhoHasAccessAndTakesItAway() {
    var id = company.active(AMARA, CRM, HOUR);
    try (var context = chromium.browser().newContext(window(375))) {
      var page = signedIn(context, "Omar Farouk");
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

      page.waitForURL("**/requests/" + id + "*");
      assertThat(page.locator("#done")).containsText("You have taken the access away.");
      company.settle();
      page.locator("nav.back a[href='/systems/crm']").click();
      assertThat(page.locator("#access")).containsText("Nobody has access");
      assertThat(page.locator("#access")).not().containsText("Amara Okafor");
      assertThat(company.members("crm-record-viewers")).isEmpty();
    }
  }

  @Test
  void takingAwayNeedsNoScriptAndTheListRefreshesItselfWithOne() {
    var amaras = company.active(AMARA, CRM, HOUR);
    try (var with = chromium.browser().newContext(window(1280));
        var without = chromium.browser().newContext(window(1280).setJavaScriptEnabled(false))) {
      var open = signedIn(with, "Ingrid Solberg");
      open.navigate(company.daypass().url() + "/systems/crm");
      var page = signedIn(without, "Omar Farouk");
      page.navigate(company.daypass().url() + "/systems/crm");
      page.locator("#access summary").click();
      page.locator("#access textarea").fill("The case is closed.");
      page.locator("#access form button").click();
      assertThat(page.locator("h1")).containsText("View a customer record");
      company.settle();
      assertThat(company.status(amaras)).isEqualTo("ENDED");

      open.locator(".fresh button").click();
      assertThat(open.locator("#access")).containsText("Nobody has access");
    }
  }

  @Test
  void anAdministratorSeesARunbookWithWhatIsWrongWithIt() {
    company.leaves(INGRID);
    try (var context = chromium.browser().newContext(window(1280))) {
      var page = signedIn(context, "Ruth Adeyemi");
      way(page, "Runbooks").click();
      assertThat(page.locator("main")).containsText("errors.");
      var finding =
          page.locator(".findings li.bad", new Page.LocatorOptions().setHasText("has left"));
      assertThat(finding.first()).isVisible();

      page.locator("a[href='/admin/runbooks/" + CRM + "']").click();
      assertThat(page.locator("h1")).containsText("View a customer record in the CRM");
      assertThat(page.locator("main")).containsText("The person who asks never decides");
      page.goBack();
      page.locator("main a[href='/systems/crm']").click();
      assertThat(page.locator(".findings")).containsText("ingrid.solberg@example.com has left");
    }
  }

  @Test
  void onlyThoseWhoHaveUseOfThemAreLedThere() {
    try (var context = chromium.browser().newContext(window(1280))) {
      var page = signedIn(context, "Amara Okafor");
      assertThat(way(page, "Systems")).hasCount(0);
      assertThat(way(page, "Runbooks")).hasCount(0);
    }
    try (var context = chromium.browser().newContext(window(1280))) {
      var page = signedIn(context, "Omar Farouk");
      assertThat(way(page, "Systems")).isVisible();
      assertThat(way(page, "Runbooks")).hasCount(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"375, LIGHT", "1280, DARK"})
  void noPageScrollsSidewaysAndAMachineFindsNothingAgainstAccessibility(
      int width, ColorScheme colours) throws IOException {
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
    var axe = axe();
    try (var context = chromium.browser().newContext(window(width).setColorScheme(colours))) {
      var page = signedIn(context, "Omar Farouk");
      look(
          page, axe, width, colours, "owner", "/systems", "/systems/crm", "/admin/runbooks/" + CRM);
      page.locator("nav.ways a[href='/systems']").click();
      page.locator("main a[href='/systems/crm']").click();
      page.locator("#access summary").first().click();
      check(page, axe, width, colours, "owner-open");
    }
    try (var context = chromium.browser().newContext(window(width).setColorScheme(colours))) {
      var page = signedIn(context, "Ruth Adeyemi");
      look(page, axe, width, colours, "admin", "/systems", "/admin/runbooks", "/systems/none");
    }
    try (var context = chromium.browser().newContext(window(width).setColorScheme(colours))) {
      var page = signedIn(context, "Amara Okafor");
      look(page, axe, width, colours, "nobody", "/systems");
    }
  }

  private static void look(
      Page page, String axe, int width, ColorScheme colours, String who, String... paths) {
    for (var path : paths) {
      page.navigate(company.daypass().url() + path);
      check(page, axe, width, colours, who + path.replace('/', '-'));
    }
  }

  private static void check(Page page, String axe, int width, ColorScheme colours, String name) {
    var file = name + "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT) + ".png";
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pages", file)));
    assertThat(page.evaluate("document.documentElement.scrollWidth")).as(file).isEqualTo(width);
    assertThat((List<?>) page.evaluate(SMALL_BUTTONS)).as(file).isEmpty();
    page.evaluate(axe);
    assertThat((List<?>) page.evaluate(VIOLATIONS)).as(file).isEmpty();
  }

  /** WCAG 2.2, 2.5.8 demands 24 pixels; a thumb wants more. */
  private static final String SMALL_BUTTONS =
      """
      () => [...document.querySelectorAll('main button, main [role=button], main summary, .ways a')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 34)
        .map(one => one.outerHTML)
      """;

  private static final String VIOLATIONS =
      """
      async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
          'wcag22aa', 'best-practice']})).violations
        .map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary))
      """;

  private static String axe() throws IOException {
    try (var source = OverseeInBrowserTest.class.getResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
