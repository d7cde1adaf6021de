package dev.daypass.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.daypass.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The company's pages in a real browser: signing in, going somewhere, and what every page owes. */
final class InBrowser implements AutoCloseable {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /** Of each, the narrowest that people have. */
  static final int PHONE = 375;

  private static final int DESK = 1280;

  private final Company company;
  private final Chromium chromium;
  private final String axe;

  private InBrowser(Company company, Chromium chromium, String axe) {
    this.company = company;
    this.chromium = chromium;
    this.axe = axe;
  }

  /** Starts a browser; close it after use. */
  static InBrowser start(Company company) {
    return new InBrowser(company, Chromium.start(), axe());
  }

  private static String axe() {
    try (var source = InBrowser.class.getResourceAsStream(AXE)) {
      return new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    chromium.close();
  }

  static NewContextOptions desk() {
    return window(DESK);
  }

  static NewContextOptions phone() {
    return window(PHONE);
  }

  private static NewContextOptions window(int width) {
    return new NewContextOptions()
        .setViewportSize(width, 900)
        .setTimezoneId("Europe/Lisbon")
        .setLocale("en-GB");
  }

  /** Somebody's browser, that knows nothing yet; to be closed. */
  BrowserContext context(NewContextOptions options) {
    return chromium.context(options);
  }

  /** As if the language had been chosen in the footer before. */
  void choose(BrowserContext context, String language) {
    context.addCookies(
        List.of(new Cookie("daypass-language", language).setUrl(company.daypass().url())));
  }

  /** A page of somebody who has just signed in, on the start page. */
  Page signedIn(BrowserContext context, String name) {
    var page = context.newPage();
    // The start page leads to the sign-in, and that leads back.
    open(page, "/");
    page.locator("button", new Page.LocatorOptions().setHasText(name)).first().click();
    page.waitForURL(company.daypass().url() + "/");
    return page;
  }

  void open(Page page, String path) {
    page.navigate(company.daypass().url() + path);
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** An entry at the top. */
  static Locator way(Page page, String name) {
    return page.locator("nav.ways")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /**
   * The page as it is now, on a phone and on a desk, by day and by night: a machine finds nothing
   * against accessibility, nothing scrolls sideways, and a thumb hits every button. It is not
   * loaded again for that. If something is not so, {@code target/pages} has a picture.
   */
  void assertIsFine(Page page, String what) {
    if (Boolean.TRUE.equals(page.evaluate("window.axe === undefined"))) {
      page.evaluate(axe);
    }
    for (int width : new int[] {PHONE, DESK}) {
      page.setViewportSize(width, 900);
      // Light comes last: a page that goes on being used looks as it did.
      for (var colours : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        page.evaluate(FINISH_ANIMATIONS);
        var name = "%s-%d-%s".formatted(what.replaceAll("\\W+", "-"), width, colours);
        try {
          assertIsFine(page, name, width, colours);
        } catch (AssertionError notFine) {
          page.screenshot(
              new Page.ScreenshotOptions()
                  .setFullPage(true)
                  .setPath(Path.of("target", "pages", name + ".png")));
          throw notFine;
        }
      }
    }
  }

  private static void assertIsFine(Page page, String name, int width, ColorScheme colours) {
    // Colours change nothing but contrast; all else is looked at once.
    boolean all = colours == ColorScheme.LIGHT;
    assertThat((List<?>) page.evaluate(VIOLATIONS, all)).as(name).isEmpty();
    if (all) {
      assertThat(page.evaluate("document.documentElement.scrollWidth")).as(name).isEqualTo(width);
      assertThat((List<?>) page.evaluate(SMALL_BUTTONS)).as(name).isEmpty();
    }
  }

  /** Colours fade into each other, and half-way between two nothing can be read off. */
  private static final String FINISH_ANIMATIONS =
      """
      () => document.getAnimations()
        .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime))
        .forEach(one => one.finish())
      """;

  /** Only what fails is written out, and by its HTML: a selector that is unique takes long. */
  private static final String VIOLATIONS =
      """
      async (all) => (await axe.run(document, {
          resultTypes: ['violations'], selectors: false, runOnly: all
          ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
          : {type: 'rule', values: ['color-contrast']}})).violations
        .map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary))
      """;

  /** WCAG 2.2, 2.5.8 demands 24 pixels; a thumb wants more. */
  private static final String SMALL_BUTTONS =
      """
      () => [...document.querySelectorAll(
          'main button, main [role=button], main summary, .pills label, .ways a')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 34)
        .map(one => one.outerHTML)
      """;
}
