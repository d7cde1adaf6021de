package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.daypass.Chromium;
import dev.daypass.flow.Company;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.ses.Mail;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines that read people's mail and try what is in it: with plain requests, and with a browser
 * that runs scripts, fills in every field, presses every button and submits every form.
 */
class ScannersTest {
  private static final String CRM = "crm-customer-record";
  private static final String BY_SESSION = "crm-by-session";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern HREF = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");

  @TempDir private static Path folder;
  private static Company company;
  private static Chromium chromium;

  @BeforeAll
  static void open() {
    company =
        Company.open(
            Project.in(folder).withRunbookBySession().folder(),
            LocalCloud.Builder::withoutThrottling);
    chromium = Chromium.start();
  }

  @AfterAll
  static void close() {
    chromium.close();
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static Mail invitation(String id) {
    return company.mail(id, LENA, "please-decide");
  }

  private static String wrongCode(Mail mail) {
    return mail.text().contains("Code: 000000") ? "111111" : "000000";
  }

  @ParameterizedTest
  @ValueSource(strings = {CRM, BY_SESSION})
  void aScannerOfPlainRequestsDecidesNothing(String runbook) {
    var id = company.ask(AMARA, runbook, HOUR);
    var mail = invitation(id);
    var before = company.stored(id);
    var scanner = new Caller(company.daypass().url());
    var addresses = new LinkedHashSet<String>();
    mail.links().forEach(link -> addresses.add(URI.create(link).getPath()));
    addresses.addAll(addressesIn(mail.html()));
    assertThat(addresses).hasSize(1);

    var page = scanner.get(addresses.getFirst()).body();
    addresses.addAll(addressesIn(page));
    var token = scanner.formToken(withForm(mail, runbook));
    for (var address : addresses) {
      for (var method : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")) {
        var answer =
            scanner.send(method, address, "", new byte[0], Map.of("Sec-Purpose", "prefetch"));
        assertThat(answer.statusCode()).as(method + " " + address).isLessThan(500);
      }
      for (var fields :
          List.of(
              "",
              "decision=approve",
              "decision=approve&code=" + wrongCode(mail),
              "form=" + token + "&decision=approve",
              "form=" + token + "&decision=deny&comment=scanned")) {
        var answer = scanner.send("POST", address, Caller.FORM, fields.getBytes(UTF_8));
        assertThat(answer.statusCode()).as(address + " " + fields).isLessThan(500);
      }
    }

    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.status(id)).isEqualTo("PENDING");
  }

  /**
   * A link that shows its form to everybody: where a sign-in is asked for, that of another mail.
   */
  private static String withForm(Mail mail, String runbook) {
    var shown =
        runbook.equals(BY_SESSION) ? company.invitation(company.ask(AMARA, CRM, HOUR), LENA) : mail;
    return URI.create(Company.link(shown)).getPath();
  }

  private static List<String> addressesIn(String html) {
    return HREF.matcher(html)
        .results()
        .map(found -> URI.create(found.group(1)).getPath())
        .filter(path -> path != null && !path.isEmpty())
        .toList();
  }

  /** The sign-in is where a scanner stops: it can be nobody there. */
  @Test
  void aScannerWithABrowserSeesNothingWhereASignInIsAskedFor() {
    var id = company.ask(AMARA, BY_SESSION, HOUR);
    var before = company.stored(id);
    try (var context = chromium.context(new Browser.NewContextOptions())) {
      var page = opened(context, Company.link(invitation(id)));
      assertThat(URI.create(page.url()).getPath()).isEqualTo("/_local/issuer/authorize");
      assertThat(page.content()).doesNotContain(id).doesNotContain("asks for");
    }
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    personDecides(id, BY_SESSION);
  }

  @Test
  void aScannerWithABrowserThatPressesEverythingDecidesNothing() {
    var runbook = CRM;
    var id = company.ask(AMARA, runbook, HOUR);
    var mail = invitation(id);
    var before = company.stored(id);
    var wrong = wrongCode(mail);
    try (var context = chromium.context(new Browser.NewContextOptions())) {
      var link = Company.link(mail);
      for (var code : List.of("", wrong)) {
        int buttons = opened(context, link).locator("button").count();
        for (int i = 0; i < buttons; i++) {
          var page = opened(context, link);
          fill(page, code);
          page.locator("button")
              .nth(i)
              .evaluate("b => { b.disabled = false; b.hidden = false; b.click(); }");
          awaitDone(page);
        }
        int forms = opened(context, link).locator("form").count();
        for (int i = 0; i < forms; i++) {
          for (var how : List.of("f => f.submit()", "f => f.requestSubmit()")) {
            var page = opened(context, link);
            fill(page, code);
            page.locator("form").nth(i).evaluate("f => { f.noValidate = true; }");
            page.locator("form").nth(i).evaluate(how);
            awaitDone(page);
          }
        }
        for (var address : addressesIn(opened(context, link).content())) {
          opened(context, URI.create(link).resolve(address).toString());
        }
      }
    }

    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.status(id)).isEqualTo("PENDING");
    assertThat(company.members("crm-record-viewers")).isEmpty();
    personDecides(id, runbook);
  }

  /** After all that noise, the person who was asked can still decide. */
  private static void personDecides(String id, String runbook) {
    var path = URI.create(Company.link(invitation(id))).getPath();
    if (runbook.equals(BY_SESSION)) {
      company.desk(LENA).fill(path, path, Map.of("decision", "approve"));
    } else {
      if (company.stranger().open(path).text().contains("The code was wrong too often.")) {
        company.stranger().fill(path, path + "/mail", Map.of());
        company.settle();
      }
      company.approve(id, LENA);
    }
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  private static Page opened(BrowserContext context, String address) {
    var page = context.newPage();
    page.navigate(address);
    return page;
  }

  private static void fill(Page page, String code) {
    for (var field : page.locator("input:not([type=hidden]), textarea").all()) {
      if ("radio".equals(field.getAttribute("type"))) {
        // As whoever looks at pictures sees it: what is beside the circle is pressed.
        field.evaluate("one => one.closest('label').click()");
      } else {
        field.fill("code".equals(field.getAttribute("name")) ? code : "scanned");
      }
    }
  }

  private static void awaitDone(Page page) {
    try {
      page.waitForLoadState();
    } catch (PlaywrightException navigated) {
      // Went on to the next page meanwhile.
    }
  }

  /** Without our Content-Security-Policy, which forbids scripts anyway, nothing runs either. */
  @Test
  void noScriptOfAPayloadRunsOnAnyPageEvenWithoutThePolicy() {
    var alerts = new AtomicInteger();
    var foreign = new AtomicInteger();
    var options =
        new Browser.NewContextOptions()
            .setBypassCSP(true)
            .setLocale("en-GB")
            .setJavaScriptEnabled(true);
    try (var context = chromium.context(options)) {
      context.onDialog(
          (Dialog dialog) -> {
            alerts.incrementAndGet();
            dialog.dismiss();
          });
      context.onRequest(
          request -> {
            if (!request.url().startsWith(company.daypass().url())
                && !request.url().startsWith("data:")) {
              foreign.incrementAndGet();
            }
          });
      for (var payload : Payload.PLAIN.subList(0, 2)) {
        // Whoever is signed in as Omar does not decide by Lena's link.
        context.clearCookies();
        var body = company.body(CRM, HOUR, payload.text()).put("ticket", payload.shortLine());
        var asked = company.desk(AMARA).ask(UUID.randomUUID().toString(), body.toString());
        var id = company.remember(asked.at("/id"));
        company.settle();
        opened(context, Company.link(company.invitation(id, LENA)));
        var wrong = company.invitation(id, LENA);
        var page = opened(context, Company.link(wrong));
        page.locator("[name=comment]").fill(payload.text());
        page.locator("[name=code]").fill(Company.code(wrong));
        page.locator("button[value=approve]").click();
        page.waitForLoadState();
        company.settle();
        assertThat(company.status(id)).isEqualTo("ACTIVE");
        var inbox = opened(context, company.daypass().url() + "/");
        inbox.getByText("Omar Farouk").first().click();
        var request = opened(context, company.daypass().url() + "/requests/" + id);
        assertThat(request.locator("main").textContent()).contains("4711");
        var notOurs = "script:not([src^='/assets/daypass.']), iframe, svg, base, main img";
        assertThat(request.locator(notOurs).count()).isZero();
        assertThat(request.locator("script").count()).isEqualTo(1);
        // The mail's HTML part in a browser, which trusts it more than mail programs do.
        for (var mail : company.mails(id)) {
          context.newPage().setContent(mail.html());
        }
        company.desk(OMAR).open("/requests/" + id);
      }
    }
    assertThat(alerts).hasValue(0);
    assertThat(foreign).hasValue(0);
  }
}
