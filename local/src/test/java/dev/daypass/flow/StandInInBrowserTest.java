package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.InBrowser.desk;
import static dev.daypass.flow.InBrowser.phone;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody names who stands in for them, on a phone; whoever does decides. */
class StandInInBrowserTest {
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

  @Test
  @Tag("stand-in.asked")
  void namedOnAPhoneAndDecidedAtADesk() {
    var through =
        LocalDate.ofInstant(company.daypass().cloud().timeline().instant(), ZoneOffset.UTC)
            .plusDays(5)
            .toString();
    try (var context = browser.context(phone())) {
      var page = browser.signedIn(context, "Lena Fischer");
      browser.open(page, "/sessions");
      page.locator("a[href='/stand-in']").click();
      browser.assertIsFine(page, "stand-in");
      page.locator("input[name=standIn]").fill("nobody@example.com");
      page.locator("input[name=through]").fill(through);
      page.locator("button[value=name]").click();
      assertThat(page.locator(".errors")).isFocused();
      browser.assertIsFine(page, "stand-in refused");
      page.locator("input[name=standIn]").fill(YUKI);
      page.locator("button[value=name]").click();
      assertThat(page.locator("main")).containsText("Yuki Tanaka");
      assertThat(page.locator("button[value=end]")).isVisible();
      browser.assertIsFine(page, "stand-in named");
    }
    company.passMinutes(2);
    var id = company.ask(AMARA, "crm-customer-record", Duration.ofHours(1));
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Yuki Tanaka");
      browser.open(page, "/inbox");
      assertThat(page.locator("main")).containsText("because you stand in for Lena Fischer");
      browser.assertIsFine(page, "inbox of a stand-in");
      page.locator("button[value=approve]").click();
      company.settle();
      browser.open(page, "/inbox");
      assertThat(page.locator("main")).not().containsText("Amara Okafor");
    }
    org.assertj.core.api.Assertions.assertThat(company.status(id)).isEqualTo("ACTIVE");
    company.tidy();
  }
}
