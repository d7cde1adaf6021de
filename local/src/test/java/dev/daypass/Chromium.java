package dev.daypass;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium of this machine, driven by Playwright, without a window. */
public final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of(
          // Made for this: without windows there is half the work.
          "/usr/bin/chromium-headless-shell",
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  /** In milliseconds. A page that is later than that will never come. */
  private static final double PATIENCE = 60_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; close it after use. */
  public static Chromium start() {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            // A process for each page costs more than all that a test looks at.
                            "--renderer-process-limit=1",
                            "--disable-features=SpareRendererForSitePerProcess,site-per-process")));
    return new Chromium(playwright, browser);
  }

  private static Path executable() {
    return PLACES.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Chromium in any of "
                        + PLACES
                        + ". ./daypass test installs it, or says how."));
  }

  /**
   * Somebody's browser, that knows nothing yet; to be closed. Close it with its pages rather than a
   * page that is just being left: the Chromium without windows never answers that.
   */
  public BrowserContext context(NewContextOptions options) {
    var context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE);
    context.setDefaultNavigationTimeout(PATIENCE);
    return context;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
