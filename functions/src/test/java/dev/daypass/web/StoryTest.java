package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Command.MailReturned.Why;
import dev.daypass.access.Decision;
import dev.daypass.access.Hours;
import dev.daypass.access.Life;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.RoundPlan.Kind;
import dev.daypass.access.Said;
import dev.daypass.access.StagePlan;
import dev.daypass.access.Submission;
import dev.daypass.access.Target;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Until when somebody can answer, and by when they should. */
class StoryTest {
  private static final String JONAS = "jonas.weber@example.com";
  private static final String PETRA = "petra.lang@example.com";
  private static final Story STORY = new Story(SampleViews::name, email -> false);

  private static Pending asked(RoundPlan... rounds) {
    return asked(null, rounds);
  }

  private static Pending asked(@Nullable Hours hours, RoundPlan... rounds) {
    var plan =
        new Plan(
            "any-runbook",
            1,
            "Any title",
            "crm",
            "CRM",
            "viewer",
            "Viewer",
            new Target("scim", "any/connection", Map.of()),
            List.of(PETRA),
            List.of(new StagePlan("Your manager", Proof.SESSION, List.of(rounds), null)),
            null,
            hours);
    var mia = SampleViews.MIA.email();
    return Life.submit(
        new Submission("r-1", mia, plan, Duration.ofHours(1), "Any", null, SampleViews.NOW),
        new Act("submit", SampleViews.NOW, mia, "page 192.0.2.1"));
  }

  private static RoundPlan round(Kind kind, int hours, String... who) {
    return new RoundPlan(kind, Duration.ofHours(hours), List.of(who), 1);
  }

  private static Instant inHours(int hours) {
    return SampleViews.NOW.plus(Duration.ofHours(hours));
  }

  @Test
  void inWorkingHoursWhatComesNextComesThen() {
    // Thursday, 26 November 2026, four in the afternoon in Berlin; the next hours are on Monday.
    var at = Instant.parse("2026-11-26T15:00:00Z");
    var request =
        asked(
            SampleViews.OFFICE,
            round(Kind.NOTICE, 1, JONAS),
            round(Kind.REMINDER, 2, JONAS),
            round(Kind.ESCALATION, 8, PETRA));
    var monday = Instant.parse("2026-11-30T08:00:00Z");
    var first = SampleViews.OFFICE.after(SampleViews.NOW, Duration.ofHours(1));
    var second = SampleViews.OFFICE.after(first, Duration.ofHours(2));
    assertThat(SampleViews.OFFICE.after(at, Duration.ofHours(2)))
        .isEqualTo(monday.plus(Duration.ofHours(1)));
    assertThat(STORY.ifNothing(request))
        .containsExactly(
            new Upcoming(first, Telling.nextReminder(List.of("Jonas Weber"))),
            new Upcoming(second, Telling.nextInstead(List.of("Petra Lang"))),
            new Upcoming(
                SampleViews.OFFICE.after(second, Duration.ofHours(8)), Telling.nextLapse()));
    assertThat(Story.answerBy(request)).isEqualTo(second);
  }

  @Test
  void onlyWhoeverHasNotDecidedIsReminded() {
    var request =
        asked(
            new RoundPlan(Kind.NOTICE, Duration.ofHours(4), List.of(JONAS, PETRA), 2),
            new RoundPlan(Kind.REMINDER, Duration.ofHours(4), List.of(JONAS, PETRA), 2));
    var approved =
        (Pending)
            Life.apply(
                    request,
                    new Command.Decide(
                        new Act("decide", SampleViews.NOW, JONAS, "page 192.0.2.1"),
                        0,
                        Decision.Answer.APPROVE,
                        null,
                        "Fine.",
                        Proof.SESSION,
                        List.of()))
                .request();
    assertThat(STORY.ifNothing(approved).getFirst())
        .isEqualTo(new Upcoming(inHours(4), Telling.nextReminder(List.of("Petra Lang"))));
  }

  @Test
  void aMailThatCameBackStandsOnceAndAfterItsAsking() {
    var request = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.REMINDER, 4, JONAS));
    var back = returned(request, 0);
    var told = Life.apply(back, told(0)).request();
    var again = returned(Life.apply(told, told(1)).request(), 1);

    var story = new Story(by -> by.contains("@") ? SampleViews.name(by) : by, email -> false);
    assertThat(story.past(again))
        .extracting(RequestView.Happened::what)
        .containsExactly(
            Telling.asked("Mia Torres"),
            Telling.wereAsked(Kind.NOTICE, List.of("Jonas Weber")),
            Telling.mailReturned("Jonas Weber", Why.BOUNCE),
            Telling.wereAsked(Kind.REMINDER, List.of("Jonas Weber")),
            Telling.nobodyToAsk());
    assertThat(story.past(again, SampleViews.MIA.email()).getFirst().what())
        .isEqualTo(Telling.toWhoeverDid(Telling.asked("Mia Torres")));
  }

  private static Request returned(Request request, int round) {
    var act = new Act("returned" + round, SampleViews.NOW, "ses", "event");
    return Life.apply(
            request, new Command.MailReturned(act, 0, round, JONAS, Why.BOUNCE, "smtp; 550"))
        .request();
  }

  private static Command told(int round) {
    var act = new Act("asked" + round, SampleViews.NOW, "workflow", "workflow");
    return new Command.Asked(act, 0, round, List.of(JONAS), List.of());
  }

  @Test
  void anApprovalThatWasWithdrawnIsNoThanksAnyMore() {
    var request = asked(new RoundPlan(Kind.NOTICE, Duration.ofHours(4), List.of(JONAS, PETRA), 2));
    var act = new Act("decide", SampleViews.NOW, JONAS, "page 192.0.2.1");
    var approved =
        Life.apply(
                request,
                new Command.Decide(
                    act, 0, Decision.Answer.APPROVE, null, "Fine.", Proof.SESSION, List.of()))
            .request();
    assertThat(STORY.closed(approved, 0, JONAS)).isInstanceOf(LinkView.State.Decided.class);
    var withdrawn =
        Life.apply(
                approved,
                new Command.WithdrawApproval(
                    new Act("withdraw", SampleViews.NOW, JONAS, "page 192.0.2.1"), "Not that one."))
            .request();

    assertThat(STORY.closed(withdrawn, 0, JONAS))
        .isEqualTo(
            new LinkView.State.Over(
                Telling.approvalTakenBack("Jonas Weber"),
                Said.of("page.link.approval-withdrawn.you")));
    var json = RequestJson.of(withdrawn);
    assertThat(json.withdrawnBy()).isEqualTo(JONAS);
    assertThat(json.why()).isEqualTo("Not that one.");
    var last = withdrawn.trail().last();
    assertThat(AuditView.said(last.kind().name(), last.details()))
        .isEqualTo(Said.of("audit.kind.approval-withdrawn"));
  }

  @Test
  void whoeverIsRemindedStillHasTheirTime() {
    var request = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.REMINDER, 5, JONAS));
    assertThat(Story.answerBy(request)).isEqualTo(inHours(9));
    assertThat(STORY.askedNow(request))
        .isEqualTo(
            new RequestView.AskedNow(List.of("Jonas Weber"), inHours(9), Telling.thenEnds(), null));
    assertThat(Story.pleaseAnswer(request, JONAS)).isEqualTo(Telling.answerByOrEnds(inHours(9)));
  }

  @Test
  void whoeverWaitsReadsTheSameTimeAsWhoeverIsAsked() {
    var joined =
        asked(
            round(Kind.NOTICE, 4, JONAS),
            round(Kind.REMINDER, 4, JONAS),
            round(Kind.ESCALATION, 16, JONAS, PETRA));
    assertThat(Story.answerBy(joined)).isEqualTo(inHours(8));
    assertThat(STORY.askedNow(joined))
        .isEqualTo(
            new RequestView.AskedNow(
                List.of("Jonas Weber"), inHours(8), Telling.thenAsWell(inHours(24)), null));
    assertThat(Story.pleaseAnswer(joined, JONAS))
        .isEqualTo(Telling.answerByAndAsWell(inHours(8), inHours(24)));
    var replaced = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.ESCALATION, 16, PETRA));
    assertThat(Story.answerBy(replaced)).isEqualTo(inHours(4));
    assertThat(STORY.askedNow(replaced))
        .isEqualTo(
            new RequestView.AskedNow(
                List.of("Jonas Weber"), inHours(4), Telling.thenInstead(), null));
    assertThat(Story.pleaseAnswer(replaced, JONAS))
        .isEqualTo(Telling.answerByOrInstead(inHours(4)));
  }

  @Test
  void whoeverIsAskedUntilOthersStandInsteadReadsUntilWhenTheyCanAnswer() {
    var request =
        asked(
            round(Kind.NOTICE, 4, JONAS),
            round(Kind.ESCALATION, 8, JONAS, PETRA),
            round(Kind.ESCALATION, 16, PETRA));
    assertThat(Story.pleaseAnswer(request, JONAS))
        .isEqualTo(Telling.answerByAndAsWell(inHours(4), inHours(12)));
  }

  @Test
  void whoeverIsGoneIsNotWaitedForWhileSomebodyElseCanAnswer() {
    var story = new Story(SampleViews::name, JONAS::equals);
    var both = asked(round(Kind.NOTICE, 4, JONAS, PETRA));
    assertThat(story.status(both)).isEqualTo(Telling.waitingFor(List.of("Petra Lang")));
    assertThat(story.askedNow(both))
        .isEqualTo(
            new RequestView.AskedNow(
                List.of(Telling.personGone("Jonas Weber"), "Petra Lang"),
                inHours(4),
                Telling.thenEnds(),
                null));
  }

  @Test
  void ifAllOfThemAreGoneItIsSaidWhoIsAskedNextAndWhen() {
    var story = new Story(SampleViews::name, JONAS::equals);
    var request =
        asked(
            round(Kind.NOTICE, 4, JONAS),
            round(Kind.REMINDER, 4, JONAS),
            round(Kind.ESCALATION, 16, JONAS, PETRA));
    var jonas = Telling.personGone("Jonas Weber");
    assertThat(story.status(request)).isEqualTo(Telling.waitingFor(List.of(jonas)));
    assertThat(story.askedNow(request))
        .isEqualTo(
            new RequestView.AskedNow(
                List.of(jonas),
                inHours(8),
                Telling.thenAsWell(inHours(24)),
                Telling.askedInstead(List.of("Petra Lang"), inHours(8))));
    assertThat(story.ifNothing(request))
        .startsWith(new Upcoming(inHours(4), Telling.nextReminder(List.of(jonas))));
  }

  @Test
  void whoeverDidSomethingIsSpokenTo() {
    var act = new Act("decide", SampleViews.NOW, JONAS, "page 192.0.2.1");
    var approved =
        Life.apply(
                asked(round(Kind.NOTICE, 4, JONAS)),
                new Command.Decide(
                    act, 0, Decision.Answer.APPROVE, null, "Fine.", Proof.SESSION, List.of()))
            .request();
    assertThat(STORY.past(approved, JONAS))
        .extracting(RequestView.Happened::what)
        .contains(Said.of("past.approved.you"))
        .doesNotContain(Said.of("past.asked.you"));
    assertThat(STORY.past(approved, SampleViews.MIA.email()))
        .extracting(RequestView.Happened::what)
        .contains(Said.of("past.asked.you"), Said.of("past.approved", "Jonas Weber"));
  }

  @Test
  void whoeverIsAskedIsCalledYou() {
    var both = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.REMINDER, 4, JONAS, PETRA));
    assertThat(STORY.ifNothing(both, JONAS))
        .startsWith(new Upcoming(inHours(4), Telling.nextReminderOfYou(List.of("Petra Lang"))));
    var alone = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.REMINDER, 4, JONAS));
    assertThat(STORY.ifNothing(alone, JONAS))
        .startsWith(new Upcoming(inHours(4), Telling.nextReminderOfYou(List.of())));
    assertThat(STORY.ifNothing(alone, PETRA))
        .startsWith(new Upcoming(inHours(4), Telling.nextReminder(List.of("Jonas Weber"))));
  }

  @Test
  void aRefusalSpeaksOfPeopleByNameWhateverItSays() {
    var refusal =
        Refusal.of("any-code", "in English")
            .with(
                JONAS,
                List.of(JONAS, "nobody@example.com"),
                Said.of("any.message", JONAS),
                Duration.ofHours(1),
                "no address");
    assertThat(STORY.byName(List.of(refusal)))
        .containsExactly(
            refusal.with(
                "Jonas Weber",
                List.of("Jonas Weber", "Nobody"),
                Said.of("any.message", "Jonas Weber"),
                Duration.ofHours(1),
                "no address"));
  }

  @Test
  void ifNobodyIsLeftWhoCouldBeAskedItIsSaidWhenTheRequestEnds() {
    var story = new Story(SampleViews::name, email -> true);
    var request = asked(round(Kind.NOTICE, 4, JONAS), round(Kind.ESCALATION, 16, PETRA));
    assertThat(story.askedNow(request))
        .isEqualTo(
            new RequestView.AskedNow(
                List.of(Telling.personGone("Jonas Weber")),
                inHours(4),
                Telling.thenInstead(),
                Telling.nobodyInstead(inHours(20))));
  }
}
