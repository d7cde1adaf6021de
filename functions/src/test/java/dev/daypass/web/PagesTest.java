package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Texts;
import dev.daypass.words.Sentence.Tone;
import dev.daypass.words.Speech;
import dev.daypass.words.Telling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Assets ASSETS = new Assets();
  private static final Pages PAGES = new Pages(ASSETS);

  /** Leaves every page in {@code target/pages} for a person to look at. */
  @Test
  void everyPageRendersWithoutScriptOrStyleInIt() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    for (Map.Entry<String, Page> page : SampleViews.all(PAGES).entrySet()) {
      String html = page.getValue().html();
      assertThat(html)
          .as(page.getKey())
          .startsWith("<!doctype html>")
          .containsOnlyOnce("<script")
          .contains("<script src=\"/assets/daypass.")
          .doesNotContain("<style", " style=", " onclick=", "PENDING", "LAPSED");
      // The tab says what the page says; the start page greets.
      var tab = told(html, "title").replaceFirst("^Problem: ", "").replaceFirst(" · Daypass$", "");
      assertThat(told(html, "h1"))
          .as(page.getKey())
          .startsWith(tab.equals("Start page") ? "Hello, " : tab);
      String local = html;
      for (String name : new String[] {"pico.css", "daypass.css", "daypass.js", "mark.svg"}) {
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
    for (String page :
        new String[] {
          "ask-hostile",
          "request-hostile",
          "decide-hostile",
          "emergency-hostile",
          "request-review-hostile",
          "system-hostile",
          "runbook-hostile",
          "explain-hostile"
        }) {
      assertThat(SampleViews.html(PAGES, page))
          .as(page)
          .contains("&lt;script&gt;", "&lt;/textarea&gt;", "\uD83E\uDD84\uD83D\uDE80")
          .doesNotContain("<b>", "</textarea><");
    }
    String typed = "\n\"a\" onfocus='alert(1)' & <i>";
    String html =
        PAGES
            .ask(
                SampleViews.ask(
                    new AskView.Entered("PT4H", typed, typed, typed),
                    Duration.ofHours(8),
                    List.of(Refusals.of("sent-before", "reason", typed))))
            .html();
    assertThat(html)
        .contains(">\n\n\"a\" onfocus='alert(1)' &amp; &lt;i&gt;</textarea>")
        .contains("value=\"\n&#34;a&#34; onfocus=&#39;alert(1)&#39; &amp; &lt;i>\"")
        .doesNotContain("<i>");
  }

  @Test
  void askShowsWhoWillBeAskedAndKeepsWhatWasEntered() {
    String html = PAGES.ask(SampleViews.refusedAsk("Need it")).html();
    assertThat(html)
        .contains("<bdi>Jonas Weber</bdi> is asked.", "<bdi>Petra Lang</bdi> is asked instead.")
        .contains("name=\"key\" value=\"key-1\"", "name=\"form\" value=\"token-of-the-form\"")
        .contains("value=\"PT8H\" required checked>")
        .contains(">\nNeed it</textarea>", "href=\"#field-reason\"", "id=\"field-reason\"")
        .contains("(at least 10 characters)", "You have already sent this form")
        .contains("<title>Problem: View a customer record");
    assertThat(PAGES.ask(SampleViews.freshAsk()).html())
        .contains("value=\"PT4H\" required checked>")
        .doesNotContain("role=\"alert\"", "aria-invalid");
  }

  @Test
  void choicesEndWithTheLongestAndHoldTheDefault() {
    assertThat(HowLong.choices(Duration.ofMinutes(90), Duration.ofHours(5)))
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
    String html = PAGES.decide(SampleViews.decide("Why", "", List.of(), 5)).html();
    // HTML Standard, 4.10.21.2: the first submit button is pressed by Enter, unless disabled.
    assertThat(html.indexOf("<button type=\"submit\" disabled"))
        .isPositive()
        .isLessThan(html.indexOf("<button type=\"submit\" name=\"decision\""));
  }

  @Test
  void theCodeFieldIsThereOnlyWhereACodeIsDemanded() {
    DecideView with = SampleViews.decide("Why", "", List.of(), 2);
    assertThat(PAGES.decide(with).html())
        .contains("See one customer, and nothing of payments.")
        .contains("inputmode=\"numeric\"", "autocomplete=\"one-time-code\"", "2 tries left");
    DecideView without =
        new DecideView(
            with.frame(),
            with.path(),
            with.sentTo(),
            with.what(),
            "",
            "",
            List.of(),
            null,
            List.of(),
            with.answerBy(),
            with.time(),
            new DecideView.HandOver(List.of(), "", null),
            null,
            null,
            "/sign-in?how=again&next=%2Fdecide%2Fabc",
            "",
            List.of());
    assertThat(PAGES.decide(without).html())
        .contains("First sign in again", "href=\"/sign-in?how=again&amp;next=%2Fdecide%2Fabc\"")
        .doesNotContain("_blank");
    assertThat(PAGES.decide(without).html())
        .contains("there is nobody to whom you can hand this over")
        .doesNotContain("<select");
    assertThat(PAGES.decide(with).html()).doesNotContain("First sign in again");
    assertThat(PAGES.decide(without).html()).doesNotContain("name=\"code\"", "Before you decide");
  }

  @Test
  void whoStandsInIsShownNamedAndEnded() {
    assertThat(SampleViews.html(PAGES, "stand-in"))
        .contains("Your stand-in", "End it now", "1 December 2026", "action=\"/stand-in\"")
        .contains("type=\"date\"")
        .doesNotContain("name=\"reason\"");
    assertThat(SampleViews.html(PAGES, "stand-in-other"))
        .contains("action=\"/stand-in?person=", "name=\"reason\"")
        .contains("href=\"#field-standIn\"", "Nobody with the address")
        .doesNotContain("End it now");
    assertThat(PAGES.decide(forAnother(SampleViews.decide("Why", "", List.of(), 5))).html())
        .contains("You are asked because you stand in for <bdi>Jonas Weber</bdi>")
        .doesNotContain("hand-over");
  }

  private static DecideView forAnother(DecideView view) {
    return new DecideView(
        view.frame(),
        view.path(),
        view.sentTo(),
        view.what(),
        view.allows(),
        view.guidance(),
        view.earlier(),
        view.history(),
        view.ifNothing(),
        view.answerBy(),
        view.time(),
        view.handOver(),
        "Jonas Weber",
        view.code(),
        view.signInAgain(),
        view.comment(),
        view.errors());
  }

  @Test
  void sessionsAreShownWithTheirWaysOut() {
    assertThat(SampleViews.html(PAGES, "sessions"))
        .contains("Firefox on Linux", "this browser", "192.0.2.7", "Chrome on Android")
        .contains("action=\"/sessions/aa11/end\"", "action=\"/sign-out-everywhere\"")
        .containsOnlyOnce("this browser");
    assertThat(SampleViews.html(PAGES, "signed-out")).contains("You are signed out.");
    assertThat(SampleViews.html(PAGES, "signed-out-everywhere"))
        .contains("You are signed out everywhere.");
  }

  @Test
  void longWordsAreThereOnceAndWholeAndFoldedForASmallScreen() {
    var reason = "word ".repeat(200) + "end";
    assertThat(PAGES.decide(SampleViews.decide(reason, "", List.of(), 5)).html())
        .containsOnlyOnce(reason)
        .containsOnlyOnce("class=\"fold\"")
        .contains("Show all 1,003 characters", "Show less");
    assertThat(PAGES.decide(SampleViews.decide("line\n".repeat(13), "", List.of(), 5)).html())
        .contains("class=\"fold\"");
    assertThat(PAGES.decide(SampleViews.decide("Why", "", List.of(), 5)).html())
        .doesNotContain("class=\"fold\"");
    var past = List.of(SampleViews.happened(9, Telling.asked("Mia Torres"), reason, Tone.OVER));
    var told = SampleViews.request(Set.of(), true, past, List.of(), "Why");
    assertThat(PAGES.request(told).html())
        .containsOnlyOnce(reason)
        .containsOnlyOnce("class=\"fold\"");
  }

  @Test
  void anUnknownLinkTellsNothingAboutAnyRequest() {
    assertThat(PAGES.link(SampleViews.link(new LinkView.State.NotKnown())).html())
        .doesNotContain("Mia", "CRM", "customer");
  }

  @Test
  void timesAreExactForMachinesAndNearForPeople() {
    assertThat(PAGES.home(SampleViews.home()).html())
        .contains(
            "<time datetime=\"2026-11-26T16:25:00Z\""
                + " title=\"Thursday, 26 November 2026 at 17:25 CET\">today at 17:25</time>"
                + " <span class=\"exact\">(<span class=\"date\">2026-11-26 </span>16:25:00"
                + " UTC)</span>");
  }

  @Test
  void accessThatIsShownIsNotShownAgainAsARequest() {
    HomeView home = SampleViews.home();
    assertThat(home.recent()).extracting(HomeView.Asked::requestId).doesNotContain("r-1");
    assertThat(PAGES.home(home).html())
        .contains("3 hours and 20 minutes left", "action=\"/requests/r-1/return\"");
  }

  private static String told(String html, String element) {
    var found =
        Pattern.compile("<" + element + "[^>]*>(.*?)</" + element + ">", Pattern.DOTALL)
            .matcher(html);
    assertThat(found.find()).isTrue();
    return Texts.visibleLine(found.group(1).replaceAll("<[^>]+>", ""));
  }

  @Test
  void whatIsNotOverIsNeverAmongTheOlderRequests() {
    var sample = SampleViews.home();
    var asked =
        IntStream.rangeClosed(1, 9)
            .mapToObj(i -> new HomeView.Asked("r-" + i, "Any", SampleViews.NOW, Telling.ended()))
            .toList();
    for (int open : List.of(0, 3, 7)) {
      var home =
          new HomeView(
              sample.frame(),
              sample.access(),
              List.of(),
              List.of(),
              asked,
              List.of(),
              open,
              List.of(),
              true);
      // One of them is shown as access.
      assertThat(home.recent()).hasSize(Math.max(4, open - 1));
      assertThat(home.older()).hasSize(8 - home.recent().size());
    }
  }

  @Test
  void onlyWhatTheVisitorMayDoIsOffered() {
    assertThat(PAGES.request(SampleViews.waiting()).html())
        .contains("/cancel\"", "Waiting for Jonas Weber")
        .doesNotContain("/return\"", "/revoke\"", "/decide\"");
    assertThat(PAGES.request(SampleViews.forOwner()).html())
        .contains(
            "/revoke\"", "mia.<wbr>torres@<wbr>example.<wbr>com", "Please say in a few words why")
        .doesNotContain("/cancel\"", "/return\"");
    assertThat(PAGES.request(SampleViews.lapsed()).html())
        .contains("Nobody answered", "href=\"/ask/crm-view-customer\"");
  }

  @Test
  void aClosedApplicationOffersNoWayIn() {
    assertThat(PAGES.problem(SampleViews.problem(Problem.closed())).html())
        .contains("no sign-in set up yet")
        .doesNotContain("role=\"button\"");
  }

  @Test
  void whatIWaitForRefreshesItselfAndWhatIsOverDoesNot() {
    assertThat(PAGES.request(SampleViews.waiting()).html())
        .contains("data-refresh=\"4\"", "id=\"status\" role=\"status\" data-live", ">Refresh<")
        .contains("data-shown=\"true\"");
    assertThat(PAGES.request(SampleViews.lapsed()).html())
        .contains("data-refresh=\"0\"")
        .doesNotContain(">Refresh<");
    // The answer to a form is not at this address: fetching that would lose the errors.
    assertThat(PAGES.request(SampleViews.forOwner()).html()).contains("data-shown=\"false\"");
  }

  @Test
  void whoIsAskedNowAndUntilWhenIsSaid() {
    assertThat(PAGES.request(SampleViews.waiting()).html())
        .contains("Asked now", "2026-11-26 </span>16:45:00 UTC", "Sent. You get a mail");
    assertThat(PAGES.request(SampleViews.active("")).html())
        .contains("3 hours left", "2026-11-26 </span>16:05:00 UTC");
  }

  @Test
  void whatCannotBeAskedForIsThereWithTheReasonAndWithoutALink() {
    assertThat(PAGES.find(SampleViews.find("")).html())
        .contains(
            "href=\"/ask/billing-refund\"",
            "This is for people in the group <bdi>hr</bdi>, and you",
            "View payroll")
        .doesNotContain("/ask/payroll-view");
    assertThat(PAGES.find(SampleViews.find("unicorn")).html())
        .contains("No runbook matches", "unicorn", "Try fewer words")
        .doesNotContain("/ask/");
  }

  @Test
  void askSaysWhenEachStepIsOverAndWhenTheAccessWouldEnd() {
    assertThat(PAGES.ask(SampleViews.freshAsk()).html())
        // The reminder after 4 hours, the escalation after 8, the end after 24: Berlin, and UTC.
        .contains(
            "Today at 18:05</time> <span class=\"exact\">(<span class=\"date\">2026-11-26 </span>17:05")
        .contains("2026-11-26 </span>21:05:00 UTC", "2026-11-27 </span>13:05:00 UTC")
        .contains("As soon as the step before has said yes:")
        .contains("4 hours <small>until today at 18:05</small>")
        .doesNotContain("You have asked for this already");
    assertThat(PAGES.ask(SampleViews.refusedAsk("Any")).html())
        .contains("You have asked for this already", "href=\"/requests/r-4\"");
  }

  @Test
  void theInboxHasAFormForEachAndTheErrorAtTheRightOne() {
    var html = SampleViews.html(PAGES, "inbox-wrong");
    assertThat(html)
        .contains("action=\"/inbox/r-2?stage=0\"", "action=\"/inbox/r-3?stage=0\"")
        .contains(
            "autofocus id=\"errors-r-3\">",
            "id=\"errors-r-2\" hidden>",
            "href=\"#field-comment-r-3\"",
            "id=\"wrong-comment-r-3\"")
        .doesNotContain("wrong-comment-r-2");
    assertThat(SampleViews.html(PAGES, "inbox-empty")).contains("Nothing waits for your decision.");
  }

  @Test
  void whoeverDecidesSeesWhatTheRequesterHadBefore() {
    var view = SampleViews.decide("Why", "", List.of(), 5);
    assertThat(PAGES.decide(view).html())
        .contains("Earlier requests for <bdi>CRM</bdi>", "Export a list", "There are older ones.");
    assertThat(PAGES.decide(with(view, new Earlier(List.of(), false))).html())
        .contains("None of the latest requests of");
    assertThat(PAGES.decide(with(view, null)).html()).contains("could not be read at the moment");
  }

  private static DecideView with(DecideView view, @Nullable Earlier history) {
    return new DecideView(
        view.frame(),
        view.path(),
        view.sentTo(),
        view.what(),
        view.allows(),
        view.guidance(),
        view.earlier(),
        history,
        view.ifNothing(),
        view.answerBy(),
        view.time(),
        view.handOver(),
        view.standsInFor(),
        view.code(),
        view.signInAgain(),
        view.comment(),
        view.errors());
  }

  @Test
  void whereItCanBeHandedOverOneOfThoseWhoMayTakeItIsChosen() {
    var html = PAGES.decide(SampleViews.decide("Why", "", List.of(), 5)).html();
    assertThat(html)
        .contains(
            "<details class=\"shut hand-over\">",
            "<option value=\"petra.lang@example.com\">Petra Lang</option>",
            "name=\"decision\" value=\"handover\"")
        .doesNotContain("hand-over\" open");
    var refused =
        PAGES
            .decide(
                SampleViews.decide("Why", "", List.of(Refusals.of("handover-to-nobody", "to")), 5))
            .html();
    assertThat(refused)
        .contains("Please choose who is to decide in your place.", "href=\"#field-to\"")
        .contains("<details class=\"shut hand-over\" open>");
    assertThat(PAGES.inbox(SampleViews.inbox(null, SampleViews.item("a", "", List.of()))).html())
        .contains("/decide?stage=0#field-to\">Hand it over to somebody else</a>")
        .doesNotContain("<select");
  }

  @Test
  void theEntriesAtTheTopSayWhereOneIs() {
    assertThat(PAGES.find(SampleViews.find("")).html())
        .containsOnlyOnce("aria-current=\"true\">Find")
        .contains("<a href=\"/find\" aria-current=\"true\">Find access</a>");
    var here = new Frame(null, Speech.english(), "any", "/find?q=crm");
    assertThat(Navigation.current(here, "/find", "/find")).isEqualTo("page");
    assertThat(Navigation.current(here, "/inbox", "/inbox")).isEqualTo("true");
    assertThat(Navigation.current(here, "/inbox", "/find")).isNull();
    // Behind a link nobody is known.
    assertThat(PAGES.decide(SampleViews.decide("Why", "", List.of(), 5)).html())
        .doesNotContain("aria-label=\"Main\"");
  }
}
