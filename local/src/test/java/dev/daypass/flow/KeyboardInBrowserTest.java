package dev.daypass.flow;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.daypass.flow.InBrowser.button;
import static dev.daypass.flow.InBrowser.desk;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From asking to taking away, and an import, without a mouse: everything is reached with Tab, has a
 * name that is read out, and where the focus is after each step there is what came of it.
 */
class KeyboardInBrowserTest {
  private static final String CRM = "crm-customer-record";

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

  /** Presses Tab until this has the focus. */
  private static void tabTo(Page page, Locator wanted) {
    for (int i = 0; i < 80; i++) {
      page.keyboard().press("Tab");
      if (hasFocus(wanted)) {
        return;
      }
    }
    throw new AssertionError("not reached by keyboard: " + wanted);
  }

  private static boolean hasFocus(Locator one) {
    return Boolean.TRUE.equals(one.evaluate("one => one === document.activeElement"));
  }

  private static void press(Page page, Locator wanted) {
    tabTo(page, wanted);
    page.keyboard().press("Enter");
  }

  /** What was just done has the focus, so that it is read out and what follows comes next. */
  private static void isTold(Page page, String what) {
    assertThat(page.locator("#done")).isFocused();
    assertThat(page.locator("#done")).containsText(what);
  }

  private static String asks(Page page) {
    browser.open(page, "/");
    press(page, page.locator("a[href='/ask/" + CRM + "']").first());
    page.waitForURL("**/ask/**");
    // The choice is one stop for Tab; arrows move in it.
    tabTo(page, page.locator("[name=duration]:checked"));
    assertThat(page.locator("[name=duration]:checked"))
        .hasAccessibleName(Pattern.compile("4 hours until .*"));
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("[name=duration][value=PT2H]")).isChecked();
    tabTo(page, page.locator("[name=reason]"));
    assertThat(page.locator("[name=reason]"))
        .hasAccessibleName(Pattern.compile("Why do you need it[?]"));
    page.keyboard().type("Ticket 4711: wrong balance");
    press(page, button(page, "Send request"));
    isTold(page, "Sent.");
    company.settle();
    return company.remember(page.url().replaceAll(".*/requests/([^?/]+).*", "$1"));
  }

  @Test
  void askedDecidedGivenBackAndTakenAway() {
    try (var amaras = browser.context(desk());
        var lenas = browser.context(desk());
        var omars = browser.context(desk())) {
      var amara = browser.signedIn(amaras, "Amara Okafor");
      var lena = browser.signedIn(lenas, "Lena Fischer");
      var omar = browser.signedIn(omars, "Omar Farouk");

      var first = asks(amara);
      decidesOnItsPage(lena, first);
      amara.reload();
      press(amara, button(amara, "Give access back now"));
      isTold(amara, "Thank you for giving it back.");
      company.settle();

      var second = asks(amara);
      decidesInTheInbox(lena, second);
      takesAway(omar, second);
    } finally {
      company.tidy();
    }
  }

  private static void decidesOnItsPage(Page page, String id) {
    browser.open(page, "/");
    var decide = page.locator("main a[href^='/requests/" + id + "/decide']").first();
    assertThat(decide).hasAccessibleName("Decide: Amara Okafor, View a customer record in the CRM");
    press(page, decide);
    page.waitForURL("**/decide*");
    // Without a word why, the answer is what is wrong, and its link leads to the field.
    press(page, button(page, "Deny"));
    assertThat(page.locator(".errors")).isFocused();
    press(page, page.locator(".errors a"));
    assertThat(page.locator("[name=comment]")).isFocused();
    assertThat(page.locator("[name=comment]"))
        .hasAccessibleDescription(Pattern.compile("Amara Okafor.*"));
    page.keyboard().type("Yes, that is her case.");
    tabTo(page, page.locator("[name=duration]:checked"));
    page.keyboard().press("ArrowLeft");
    press(page, button(page, "Approve for 1 hour"));
    assertThat(page.locator("h1")).isVisible();
    assertThat(page.locator("main")).containsText("You approved this for 1 hour.");
    company.settle();
  }

  private static void decidesInTheInbox(Page page, String id) {
    browser.open(page, "/inbox");
    var card = page.locator("article:has(form[action^='/inbox/" + id + "'])");
    assertThat(card).hasAccessibleName("Amara Okafor asks for: View a customer record in the CRM");
    press(page, card.locator("button[value=approve]"));
    isTold(page, "You approved");
    company.settle();
  }

  private static void takesAway(Page page, String id) {
    browser.open(page, "/systems/crm");
    var take = page.locator("details.take summary");
    assertThat(take).hasAccessibleName("Take away: Amara Okafor, Record viewer");
    press(page, take);
    var reason = page.locator("#field-reason-" + id);
    tabTo(page, reason);
    // White space is no reason: the page that comes back is the same, and says so.
    page.keyboard().type(" ");
    press(page, page.locator("details.take button"));
    assertThat(page.locator(".errors")).isFocused();
    assertThat(page).hasURL(company.daypass().url() + "/systems/crm");
    press(page, page.locator(".errors a"));
    assertThat(reason).isFocused();
    page.keyboard().type("The case is closed.");
    press(page, page.locator("details.take button"));
    isTold(page, "You have taken access away from Amara Okafor");
    company.settle();
  }

  @Test
  void aListIsUploadedLookedAtAndImported() throws IOException {
    var list =
        Files.readString(Path.of("..", "runbooks", "people.csv"))
            + "Zuri Abara,zuri.abara@example.com,lena.fischer@example.com,support,Europe/Berlin,en\n";
    try (var context = browser.context(desk())) {
      var page = browser.signedIn(context, "Ruth Adeyemi");
      browser.open(page, "/admin/people");
      press(page, page.getByText("Import a list of people"));
      page.waitForURL("**/import");
      var field = page.locator("#field-file");
      assertThat(field).hasAccessibleName("List of people (CSV)");
      tabTo(page, field);
      // What the dialogue of the system would answer.
      field.setInputFiles(new FilePayload("people.csv", "text/csv", list.getBytes(UTF_8)));
      press(page, button(page, "Show what it changes"));
      page.waitForURL("**/admin/imports/*");
      assertThat(page.locator("#standing [role=status]")).hasText("Waits for a decision");
      press(page, button(page, "Import"));
      assertThat(page.locator("#standing [role=status]")).hasText("Done");
    }
  }
}
