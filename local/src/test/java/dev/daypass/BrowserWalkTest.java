package dev.daypass;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.daypass.local.LocalDaypass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer does after {@code ./daypass up}, in Chromium: ask at a desk, approve on a phone,
 * see access come and go. Scripts are switched off, as nothing here needs one.
 */
class BrowserWalkTest {
  private static final String GROUP = "crm-record-viewers";
  private static final String AMARA = "amara.okafor@example.com";
  private static final List<String> CHROMIUMS =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static LocalDaypass daypass;
  private static Playwright playwright;
  private static Browser browser;

  @BeforeAll
  static void start() {
    daypass = LocalDaypass.start(Path.of(".."), 0);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
  }

  private static Path chromium() {
    return CHROMIUMS.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Chromium in any of "
                        + CHROMIUMS
                        + ". ./daypass test installs it, or says how."));
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    daypass.close();
  }

  private static Page page(int width, int height) {
    return browser
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setJavaScriptEnabled(false))
        .newPage();
  }

  @Test
  void aNewcomerAsksApprovesAndSeesAccessComeAndGo() {
    var desk = page(1280, 900);
    desk.navigate(daypass.url() + "/");
    desk.getByText("Amara Okafor").first().click();
    desk.getByText("View a customer record in the CRM").first().click();
    assertThat(desk.locator("main")).containsText("Lena Fischer is asked");
    desk.locator("[name=reason]").fill("Ticket 4711: <b>wrong</b> balance");
    desk.getByRole(AriaRole.BUTTON, named("Send request")).click();
    assertThat(desk.locator("main")).containsText("Waiting for Lena Fischer");
    assertThat(desk.locator("main")).containsText("Ticket 4711: <b>wrong</b> balance");

    daypass.cloud().settle();
    var mail = daypass.ses().mails().getLast();
    var code = Pattern.compile("Code: (\\d{6})").matcher(mail.text());
    assertThat(code.find()).isTrue();
    var phone = page(375, 800);
    phone.navigate(mail.links().getFirst());
    assertThat(sidewaysScroll(phone)).isZero();
    phone.locator("[name=code]").fill(code.group(1));
    phone.getByRole(AriaRole.BUTTON, named("Approve")).click();
    assertThat(phone.locator("main")).containsText("approved");

    daypass.cloud().settle();
    assertThat(daypass.scim().members(GROUP)).containsExactly(AMARA);
    desk.reload();
    assertThat(desk.locator("main")).containsText("Access until");

    daypass.cloud().advance(Duration.ofHours(4));
    assertThat(daypass.scim().members(GROUP)).isEmpty();
    desk.reload();
    assertThat(desk.locator("main")).containsText("Access has ended");
  }

  private static Page.GetByRoleOptions named(String begins) {
    return new Page.GetByRoleOptions().setName(Pattern.compile("^" + begins));
  }

  /** How many pixels the page is wider than the phone. */
  private static int sidewaysScroll(Page page) {
    var box = page.locator("html").boundingBox();
    return (int) Math.max(0, box.width - 375);
  }
}
