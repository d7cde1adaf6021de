package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.daypass.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pictures of the main pages in {@code docs/images/}, on a desk and on a phone, light and dark.
 * No test of the suite: {@code ./daypass pictures} runs it. The day in them is always the same.
 */
class Pictures {
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final Instant MORNING = Instant.parse("2026-11-23T09:05:00Z");
  private static final Map<String, String> NAMES =
      Map.of(AMARA, "Amara Okafor", LENA, "Lena Fischer", OMAR, "Omar Farouk");

  /** A page, under the name that its pictures get. */
  private record Shown(String name, String path) {}

  private enum Device {
    DESK(1280, 900),
    PHONE(375, 812);

    private final int width;
    private final int height;

    Device(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  @Test
  void intoTheDocuments() {
    try (var company =
            Company.open(cloud -> cloud.withoutThrottling().clock(InstantSource.fixed(MORNING)));
        var chromium = Chromium.start()) {
      ask(company, "a", AMARA, "crm-customer-record", 1, "Ticket 4702: address changed");
      company.approve(company.lastAsked(), LENA);
      company.passMinutes(70);
      ask(company, "b", AMARA, "crm-customer-record", 4, "Ticket 4711: wrong balance");
      company.approve(company.lastAsked(), LENA);
      company.passMinutes(25);
      ask(company, "c", DIEGO, "crm-customer-record", 2, "Ticket 4718: which address is right?");
      ask(company, "d", AMARA, "billing-refund", 1, "Ticket 4716: charged twice for November");
      var waiting = company.lastAsked();
      company.passMinutes(4);

      for (var device : Device.values()) {
        for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          var options =
              new NewContextOptions()
                  .setViewportSize(device.width, device.height)
                  .setTimezoneId("Europe/Berlin")
                  .setLocale("en-GB")
                  .setColorScheme(colours);
          take(
              chromium,
              company,
              options,
              AMARA,
              device,
              new Shown("start", "/"),
              new Shown("ask", "/ask/crm-customer-record"),
              new Shown("request", "/requests/" + waiting));
          take(
              chromium,
              company,
              options,
              LENA,
              device,
              new Shown("decide", "/requests/" + waiting + "/decide"),
              new Shown("inbox", "/inbox"));
          take(chromium, company, options, OMAR, device, new Shown("system", "/systems/crm"));
        }
      }
    }
  }

  private static void ask(
      Company company, String key, String who, String runbook, int hours, String reason) {
    var body = company.body(runbook, Duration.ofHours(hours), reason);
    if (runbook.equals("billing-refund")) {
      body.put("ticket", "SUP-4716");
    }
    // The same key each time, and so the same reference on the page.
    var answer = company.desk(who).ask("picture-" + key, body.toString());
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(201);
    company.settle();
    company.remember(answer.at("/id"));
  }

  private static void take(
      Chromium chromium,
      Company company,
      NewContextOptions options,
      String who,
      Device device,
      Shown... pages) {
    try (var context = chromium.context(options)) {
      var page = context.newPage();
      page.navigate(company.daypass().url() + "/");
      page.locator("button", new Page.LocatorOptions().setHasText(NAMES.get(who))).first().click();
      page.waitForURL(company.daypass().url() + "/");
      for (var one : pages) {
        var answer = page.navigate(company.daypass().url() + one.path());
        assertThat(answer.status()).as(one.path()).isEqualTo(200);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    IMAGES.resolve(
                        "%s-%s-%s.png"
                            .formatted(
                                one.name(),
                                device.name().toLowerCase(Locale.ROOT),
                                options.colorScheme.get().name().toLowerCase(Locale.ROOT)))));
      }
    }
  }
}
