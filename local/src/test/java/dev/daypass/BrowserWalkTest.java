package dev.daypass;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.daypass.local.LocalDaypass;
import java.nio.file.Path;
import java.time.Duration;
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
  private static LocalDaypass daypass;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    daypass = LocalDaypass.start(Path.of(".."), 0);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    daypass.close();
  }

  private static Page page(int width, int height) {
    return chromium
        .context(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("en-GB")
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

  /** Noor reads German, as the directory says. */
  @Test
  void anApprovalLinkOpenedSignedOutLeadsThroughTheSignInToTheSameDecision() {
    var desk = page(1280, 900);
    desk.navigate(daypass.url() + "/ask/emergency-information");
    desk.getByText("Amara Okafor").first().click();
    desk.locator("[name=reason]").fill("The site is down and nobody knows whom to call");
    desk.getByRole(AriaRole.BUTTON, named("Send request")).click();
    daypass.cloud().settle();
    var mail =
        daypass.ses().mails().stream()
            .filter(each -> each.isFor("noor.haddad@example.com"))
            .reduce((first, last) -> last)
            .orElseThrow();
    var link = mail.links().getFirst();

    var phone = page(375, 800);
    phone.navigate(link);
    assertThat(phone.locator("h1")).hasText("Sign in");
    assertThat(sidewaysScroll(phone)).isZero();
    phone.getByText("Noor Haddad").first().click();
    assertThat(phone).hasURL(link);
    assertThat(phone.locator("main")).not().containsText("Melden Sie sich zuerst erneut an");

    // Six minutes later that is too long ago.
    daypass.cloud().advance(Duration.ofMinutes(6));
    phone.locator("[name=comment]").fill("They called me as well");
    phone.getByRole(AriaRole.BUTTON, named("Genehmigen")).click();
    assertThat(phone.locator("main")).containsText("Melden Sie sich zuerst erneut an");
    assertThat(phone.locator("[name=comment]")).hasValue("They called me as well");
    assertThat(sidewaysScroll(phone)).isZero();
    var tab =
        phone
            .context()
            .waitForPage(() -> phone.getByRole(AriaRole.BUTTON, named("Erneut anmelden")).click());
    assertThat(tab.locator("body")).containsText("see again that it is you");
    tab.getByText("Noor Haddad").last().click();
    assertThat(tab).hasURL(link);
    phone.getByRole(AriaRole.BUTTON, named("Genehmigen")).click();
    assertThat(phone.locator("main")).containsText("genehmigt");

    phone.navigate(daypass.url() + "/sessions");
    assertThat(phone.locator("main")).containsText("dieser Browser");
    assertThat(sidewaysScroll(phone)).isZero();
    phone.getByRole(AriaRole.BUTTON, named("Überall abmelden")).click();
    assertThat(phone.locator("main")).containsText("Sie sind überall abgemeldet.");
    phone.navigate(daypass.url() + "/sessions");
    assertThat(phone.locator("h1")).hasText("Sign in");
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
