package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.daypass.access.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners attach a picture in a real browser, and open it again. */
class EvidenceInBrowserTest {
  private static final byte[] PICTURE = "\u0089PNG\r\n\u001a\n nobody".getBytes(ISO_8859_1);

  private static Company company;
  private static InBrowser browser;

  @BeforeAll
  static void open() {
    company = Company.open();
    browser = InBrowser.start(company);
  }

  @AfterAll
  static void close() {
    browser.close();
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static String toBeTakenAway() {
    var id = company.ask(PRIYA, "hr-onboarding", Duration.ofHours(1));
    company.approve(id, JOANA);
    company.setUp(id, INGRID, "done", "");
    company.passMinutes(61);
    return id;
  }

  private static void choose(Page page, String name, byte[] file) {
    page.locator("[name=evidence]").setInputFiles(new FilePayload(name, "image/png", file));
  }

  @Test
  @Tag("by-hand.evidence")
  void onAPhoneWithoutScriptAPictureIsEnough() throws IOException {
    var id = toBeTakenAway();
    try (var context = browser.context(InBrowser.phone().setJavaScriptEnabled(false))) {
      var page = browser.signedIn(context, "Ingrid Solberg");
      browser.open(page, "/requests/" + id);
      choose(page, "notes.txt", "no picture".getBytes(ISO_8859_1));
      InBrowser.button(page, "It is taken away").click();
      assertThat(page.locator("#wrong-evidence")).containsText("This is not a picture");
      choose(page, "users after.png", PICTURE);
      InBrowser.button(page, "It is taken away").click();
      assertThat(page.locator("#done")).containsText("What you said is kept in the trail.");
      company.settle();

      browser.open(page, "/requests/" + id);
      var kept = page.waitForDownload(() -> page.locator(".timeline a").click());

      assertThat(kept.suggestedFilename()).isEqualTo(Evidence.of(PICTURE, "").fileName());
      assertThat(Files.readAllBytes(kept.path())).isEqualTo(PICTURE);
    }
  }

  @Test
  void withScriptWhatIsTooLargeIsNotSentAndWhatIsChosenStays() {
    var id = toBeTakenAway();
    try (var context = browser.context(InBrowser.desk())) {
      browser.choose(context, "de");
      var page = browser.signedIn(context, "Joana Silva");
      browser.open(page, "/requests/" + id);
      browser.assertIsFine(page, "a task with a file");
      choose(page, "large.png", new byte[Evidence.LARGEST + 1]);
      assertThat(page.locator("#most-evidence")).containsText("größer als 4 MB");
      InBrowser.button(page, "Es ist entzogen").click();
      assertThat(page.locator("[name=evidence]")).isFocused();
      choose(page, "after.png", PICTURE);
      assertThat(page.locator("#most-evidence")).isHidden();
      page.locator(".fresh button").click();
      assertThat(page.locator("[name=evidence]").evaluate("field => field.files.length"))
          .isEqualTo(1);

      InBrowser.button(page, "Es ist entzogen").click();

      assertThat(page.locator("#done")).containsText("Ihre Antwort bleibt im Protokoll.");
      company.settle();
      browser.open(page, "/requests/" + id);
      assertThat(page.locator(".timeline")).containsText("Angehängt: after.png (PNG, 1 KB)");
      browser.assertIsFine(page, "a request with a file");
    }
  }
}
