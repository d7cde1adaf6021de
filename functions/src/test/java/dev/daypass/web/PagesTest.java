package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Assets ASSETS = new Assets();
  private static final Pages PAGES = new Pages(ASSETS, InstantSource.fixed(SampleViews.NOW));

  /** Leaves every page in {@code target/pages} for a person to look at. */
  @Test
  void everyPageRendersWithoutScriptOrStyleInIt() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    for (Map.Entry<String, String> page : SampleViews.all(PAGES).entrySet()) {
      String html = page.getValue();
      assertThat(html)
          .as(page.getKey())
          .startsWith("<!doctype html>")
          .doesNotContain("<script", "<style", " style=", " onclick=", "PENDING", "LAPSED");
      String local = html;
      for (String name : new String[] {"pico.css", "daypass.css", "mark.svg"}) {
        local = local.replace(ASSETS.path(name), name);
        Files.writeString(
            folder.resolve(name),
            ASSETS.answer(ASSETS.path(name).substring("/assets/".length())).orElseThrow().body(),
            UTF_8);
      }
      Files.writeString(folder.resolve(page.getKey() + ".html"), local, UTF_8);
    }
  }

  @Test
  void whatPeopleTypeIsNeverMarkupAndStaysWhatTheyTyped() {
    for (String page : new String[] {"ask-hostile", "request-hostile", "decide-hostile"}) {
      assertThat(SampleViews.all(PAGES).get(page))
          .as(page)
          .contains("&lt;script&gt;", "&lt;/textarea&gt;", "\uD83E\uDD84\uD83D\uDE80")
          .doesNotContain("<b>", "</textarea><");
    }
    String typed = "\n\"a\" onfocus='alert(1)' & <i>";
    String html =
        PAGES.ask(
            SampleViews.ask(
                new AskView.Entered("PT4H", typed, typed),
                Duration.ofHours(8),
                List.of(new Refusal("wrong", "reason", typed))));
    assertThat(html)
        .contains(">\n\n\"a\" onfocus='alert(1)' &amp; &lt;i&gt;</textarea>")
        .contains("value=\"\n&#34;a&#34; onfocus=&#39;alert(1)&#39; &amp; &lt;i>\"")
        .doesNotContain("<i>");
  }

  @Test
  void askShowsWhoWillBeAskedAndKeepsWhatWasEntered() {
    String html = PAGES.ask(SampleViews.refusedAsk("Need it"));
    assertThat(html)
        .contains("Jonas Weber is asked.", "Petra Lang is asked instead.")
        .contains("name=\"key\" value=\"key-1\"", "name=\"form\" value=\"token-of-the-form\"")
        .contains("<option value=\"PT8H\" selected>8 hours</option>")
        .contains(">\nNeed it</textarea>", "href=\"#field-reason\"", "id=\"field-reason\"")
        .contains("Please say why in at least 10 characters.", "You have an open request")
        .contains("<title>Problem: View a customer record");
    assertThat(PAGES.ask(SampleViews.freshAsk()))
        .contains("value=\"PT4H\" required checked>")
        .doesNotContain("role=\"alert\"", "aria-invalid");
  }

  @Test
  void choicesEndWithTheLongestAndHoldTheDefault() {
    assertThat(AskView.choices(Duration.ofMinutes(90), Duration.ofHours(5)))
        .containsExactly(
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofMinutes(90),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(5));
  }

  @Test
  void enterAloneDecidesNothing() {
    String html = PAGES.decide(SampleViews.decide("Why", "", List.of(), 5));
    // HTML Standard, 4.10.21.2: the first submit button is pressed by Enter, unless disabled.
    assertThat(html.indexOf("<button type=\"submit\" disabled"))
        .isPositive()
        .isLessThan(html.indexOf("<button type=\"submit\" name=\"decision\""));
  }

  @Test
  void theCodeFieldIsThereOnlyWhereACodeIsDemanded() {
    DecideView with = SampleViews.decide("Why", "", List.of(), 2);
    assertThat(PAGES.decide(with))
        .contains("inputmode=\"numeric\"", "autocomplete=\"one-time-code\"", "2 tries left");
    DecideView without =
        new DecideView(
            with.frame(),
            with.path(),
            with.what(),
            "",
            List.of(),
            List.of(),
            null,
            "/sign-in?how=again&next=%2Fdecide%2Fabc",
            "",
            List.of());
    assertThat(PAGES.decide(without))
        .contains("First sign in again", "href=\"/sign-in?how=again&amp;next=%2Fdecide%2Fabc\"")
        .doesNotContain("_blank");
    assertThat(PAGES.decide(with)).doesNotContain("First sign in again");
    assertThat(PAGES.decide(without)).doesNotContain("name=\"code\"", "Before you decide");
  }

  @Test
  void sessionsAreShownWithTheirWaysOut() {
    assertThat(SampleViews.all(PAGES).get("sessions"))
        .contains("Firefox on Linux", "this browser", "192.0.2.7", "Chrome on Android")
        .contains("action=\"/sessions/aa11/end\"", "action=\"/sign-out-everywhere\"")
        .containsOnlyOnce("this browser");
    assertThat(SampleViews.all(PAGES).get("signed-out")).contains("You are signed out.");
    assertThat(SampleViews.all(PAGES).get("signed-out-everywhere"))
        .contains("You are signed out everywhere.");
  }

  @Test
  void anUnknownLinkTellsNothingAboutAnyRequest() {
    assertThat(PAGES.link(SampleViews.link(new LinkView.State.NotKnown())))
        .doesNotContain("Mia", "CRM", "customer");
  }

  @Test
  void timesAreExactForMachinesAndNearForPeople() {
    assertThat(PAGES.home(SampleViews.home()))
        .contains(
            "<time datetime=\"2026-11-26T16:25:00Z\""
                + " title=\"Thursday 26 November 2026 at 17:25 CET\">today at 17:25</time>");
  }

  @Test
  void accessThatIsShownIsNotShownAgainAsARequest() {
    HomeView home = SampleViews.home();
    assertThat(home.recent()).extracting(HomeView.Asked::requestId).doesNotContain("r-1");
    assertThat(PAGES.home(home))
        .contains("Not for you at the moment (2)", "action=\"/requests/r-1/return\"");
  }

  @Test
  void onlyWhatTheVisitorMayDoIsOffered() {
    assertThat(PAGES.request(SampleViews.waiting()))
        .contains("/cancel\"", "Waiting for Jonas Weber")
        .doesNotContain("/return\"", "/revoke\"", "/decide\"");
    assertThat(PAGES.request(SampleViews.forOwner()))
        .contains("/revoke\"", "mia.torres@example.com", "Please say why.")
        .doesNotContain("/cancel\"", "/return\"");
    assertThat(PAGES.request(SampleViews.lapsed()))
        .contains("Nobody answered", "href=\"/ask/crm-view-customer\"");
  }

  @Test
  void aClosedApplicationOffersNoWayIn() {
    assertThat(PAGES.problem(Problem.closed(), null))
        .contains("no sign-in set up yet")
        .doesNotContain("role=\"button\"");
  }
}
