package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.ARequest.handover;
import static dev.daypass.access.ARequest.mailReturned;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.ARequest.told;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is asked hands their part over to somebody else. */
class HandingOverTest {
  private final Pending asked = told(sent(AStage.needsOneOf(MAX).thenReminds()));

  private static Pending handedOver(Request request, String from, String to) {
    return handedOver(request, from, 0, to);
  }

  private static Pending handedOver(Request request, String from, int stage, String to) {
    return (Pending) after(request, handover(from, stage, to));
  }

  private static Pending roundOver(Pending pending) {
    var stage = pending.open();
    return (Pending)
        after(
            pending,
            new Command.RoundOver(
                Acts.byTheWorkflow(stage.roundEndsAt()), pending.stage(), stage.round()));
  }

  @Test
  @Tag("decide.hand-over")
  void theOtherIsAskedInThatPlaceAndTheDeadlineStays() {
    var pending = handedOver(asked, MAX, OLGA);

    assertThat(pending.open().approvers()).containsExactly(OLGA);
    assertThat(pending.open().everybodyAsked()).containsExactly(MAX, OLGA);
    assertThat(pending.open().handedOverTo(OLGA)).isEqualTo(pending.open().handedOverBy(MAX));
    assertThat(pending.open().handedOverTo(OLGA)).isPresent();
    assertThat(pending.open().handedOverTo(MAX)).isEmpty();
    assertThat(pending.open().roundEndsAt()).isEqualTo(asked.open().roundEndsAt());
    assertThat(pending.open().round()).isZero();
    assertThat(pending.open().asked()).as("Olga has still to be told").isFalse();
    assertThat(pending.open().handovers())
        .containsExactly(new Handover(MAX, OLGA, 0, "You know them.", MONDAY));
    assertThat(pending.trail().last().kind()).isEqualTo(Event.Kind.HANDED_OVER);
    assertThat(pending.trail().last().details())
        .containsEntry("to", OLGA)
        .containsEntry("stage", "0")
        .containsEntry("round", "0")
        .containsEntry("comment", "You know them.")
        .containsEntry("proof", "FRESH");
    assertThat(after(pending, approval(OLGA, 0))).isInstanceOf(Scheduled.class);
    assertThat(after(pending, denial(OLGA, 0))).isInstanceOf(Denied.class);
  }

  @Test
  void whoHasHandedItOverDecidesNoMoreAndIsNotReplaced() {
    var pending = handedOver(asked, MAX, OLGA);

    assertRefusedSaying(
        pending,
        approval(MAX, 0),
        "handed-over",
        "You handed this over to " + OLGA + ", so it is no longer yours to decide.");
    assertRefused(pending, denial(MAX, 0), "handed-over");
    assertRefused(pending, handover(MAX, 0, OTTO), "handed-over");
    assertThat(pending.open().replaced()).isEmpty();
    assertThat(pending.open().askedNoMore()).containsExactly(MAX);
    assertRefused(roundOver(pending), approval(MAX, 0), "handed-over");
  }

  @Test
  void theSameHandoverAgainChangesNothing() {
    var pending = handedOver(asked, MAX, OLGA);
    var again =
        new Command.HandOver(
            Acts.by(MAX, MONDAY.plusSeconds(5)), 0, OLGA, "", Proof.FRESH, List.of());

    assertThat(Life.apply(pending, again)).isEqualTo(new Unchanged(pending));
    var decided = after(pending, approval(OLGA, 0));
    assertThat(Life.apply(decided, again)).isEqualTo(new Unchanged(decided));
  }

  @Test
  void itCanBeHandedOnButNeverBack() {
    var pending = handedOver(handedOver(asked, MAX, OLGA), OLGA, OTTO);

    assertThat(pending.open().approvers()).containsExactly(OTTO);
    assertThat(pending.open().everybodyAsked()).containsExactly(MAX, OLGA, OTTO);
    assertThat(pending.open().heirOf(MAX)).isEqualTo(OTTO);
    assertRefused(pending, handover(OTTO, 0, MAX), "handover-asked-before");
    assertRefused(pending, handover(OTTO, 0, OLGA), "handover-asked-before");
    assertRefused(pending, handover(OTTO, 0, OTTO), "handover-asked-before");
  }

  @Test
  void onlyWhoCouldDecideHandsOver() {
    assertRefused(asked, handover(STELLA, 0, ""), "not-asked");
    assertRefused(asked, handover(SAM, 0, OLGA), "self-approval", "not-asked");
    assertRefused(asked, handover(MAX, 1, OLGA), "no-such-stage");
    assertRefused(asked, handover(MAX, -1, OLGA), "no-such-stage");
    assertRefused(after(asked, denial(MAX, 0)), handover(MAX, 0, OLGA), "stage-closed");
    var two = sent(AStage.needsAllOf(MAX, DORA));
    assertRefused(after(two, approval(MAX, 0)), handover(MAX, 0, OLGA), "already-decided");
    var late = roundOver(asked);
    assertRefused(
        late,
        new Command.HandOver(
            Acts.by(MAX, late.open().roundEndsAt()), 0, OLGA, "", Proof.FRESH, List.of()),
        "too-late");
  }

  @Test
  void itNeedsTheProofThatADecisionNeeds() {
    var pending = sent(AStage.needsOneOf(MAX).provenBy(Proof.FRESH));
    var weak =
        new Command.HandOver(
            Acts.by(MAX, MONDAY), 0, OLGA, "x".repeat(2001), Proof.SESSION, List.of());

    assertRefused(pending, weak, "proof-too-weak", "comment-too-long");
  }

  @Test
  void whatTodaysRunbookSaysIsSaidToo() {
    var refusal =
        Refusal.of("approver-left", "You are not in the directory any more, so you cannot decide.");

    assertRefused(
        asked,
        new Command.HandOver(Acts.by(MAX, MONDAY), 0, OLGA, "", Proof.FRESH, List.of(refusal)),
        "approver-left");
  }

  @Test
  void itIsToSomebodyElseWhoCountsOnce() {
    assertRefused(asked, handover(MAX, 0, " "), "handover-to-nobody");
    assertRefused(asked, handover(MAX, 0, SAM), "handover-to-requester");
    assertRefused(
        sent(AStage.needsOneOf(MAX, OLGA)), handover(MAX, 0, OLGA), "handover-asked-before");
    var second =
        after(
            sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).byOthers(OTTO)), approval(MAX, 0));
    assertRefused(second, handover(OLGA, 1, MAX), "handover-approved-before");
    var counted = after(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)), approval(MAX, 0));
    assertThat(((Pending) after(counted, handover(OLGA, 1, MAX))).open().approvers())
        .containsExactly(MAX);
  }

  @Test
  void nobodyIsTakenFromALaterStepThatNeedsThem() {
    var pending = sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).byOthers());

    assertRefused(pending, handover(MAX, 0, OLGA), "handover-needed-elsewhere");
    assertThat(HandingOver.isPossible(pending, MAX, OLGA)).isFalse();
    assertThat(HandingOver.isPossible(pending, MAX, OTTO)).isTrue();
    var enough = sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA, OTTO).byOthers());
    var next = (Pending) after(enough, handover(MAX, 0, OLGA), approval(OLGA, 0));
    assertThat(next.open().approvers()).containsExactly(OTTO);
  }

  @Test
  void nobodyIsTakenFromALaterRoundThatNeedsThem() {
    var all = sent(AStage.needs(1, MAX, DORA).thenEscalatesTo(2, MAX, OLGA));
    assertRefused(all, handover(MAX, 0, OLGA), "handover-needed-elsewhere");

    var alone = handedOver(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, OLGA)), MAX, OLGA);
    assertThat(roundOver(alone).open().approvers()).containsExactly(OLGA);

    var one = handedOver(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, OLGA)), MAX, OLGA);
    assertThat(one.open().plan().rounds())
        .extracting(RoundPlan::kind)
        .as("there is nobody else to escalate to")
        .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER);
    assertThat(roundOver(one).open().approvers()).containsExactly(OLGA);
  }

  @Test
  void countsStay() {
    var two = sent(AStage.needs(2, MAX, DORA, ERIN));
    var pending = handedOver(after(two, approval(MAX, 0)), DORA, OLGA);

    assertThat(pending.open().approvers()).containsExactly(MAX, OLGA, ERIN);
    assertThat(pending.open().everybodyAsked()).containsExactly(MAX, DORA, OLGA, ERIN);
    assertThat(pending.open().awaited()).containsExactly(OLGA, ERIN);
    assertThat(after(pending, approval(OLGA, 0))).isInstanceOf(Scheduled.class);
    var all = handedOver(sent(AStage.needsAllOf(MAX, DORA)), MAX, OLGA);
    assertThat(all.open().approvers()).containsExactly(OLGA, DORA);
  }

  @Test
  void whoHasApprovedIsNotAmongThoseWhoAreAskedNoMore() {
    var two = sent(AStage.needsAllOf(MAX, DORA).thenEscalatesTo(1, ERIN));
    var escalated = roundOver((Pending) after(told(two), approval(MAX, 0)));

    assertThat(escalated.open().askedNoMore()).containsExactly(DORA);
  }

  @Test
  void itIsPossibleInALaterStageTooByTheSameRules() {
    var second =
        after(
            sent(
                AStage.needsOneOf(ERIN).byOthers(),
                AStage.needsOneOf(MAX),
                AStage.needsOneOf(ERIN, OLGA).byOthers()),
            approval(ERIN, 0));

    assertRefused(second, handover(MAX, 1, OLGA), "handover-needed-elsewhere");
    assertThat(Life.apply(second, handover(ERIN, 0, OTTO)))
        .isEqualTo(new Refused(second, List.of(Closed.refusal(second, 0))));
    var pending = handedOver(second, MAX, 1, OTTO);
    assertThat(pending.trail().last().details()).containsEntry("stage", "1");
    assertThat(Life.apply(pending, handover(MAX, 1, OTTO))).isEqualTo(new Unchanged(pending));
    var denied = after(pending, denial(OTTO, 1));
    assertThat(Life.apply(denied, handover(OTTO, 1, OLGA)))
        .isEqualTo(new Refused(denied, List.of(Closed.refusal(denied, 1))));
    assertThat(Closed.refusal(denied, 1)).isNotEqualTo(Closed.refusal(denied, 0));
  }

  @Test
  void aRoundThatAsksTheSameAsAnEarlierStageOfItStaysWhatItIsWhereItIsHandedOver() {
    var plan = AStage.needsOneOf(OLGA).thenEscalatesTo(1, MAX).planned();

    assertThat(plan.with(new Handover(MAX, OLGA, 1, "", MONDAY)).rounds())
        .extracting(RoundPlan::kind)
        .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.ESCALATION);
  }

  @Test
  void laterRoundsAskWhoeverHasItNow() {
    var pending =
        handedOver(
            told(sent(AStage.needsOneOf(MAX).thenReminds().thenEscalatesTo(1, MAX, ERIN))),
            MAX,
            OLGA);

    var reminded = roundOver(pending);
    assertThat(reminded.open().approvers()).containsExactly(OLGA);
    assertThat(roundOver(reminded).open().approvers()).containsExactly(OLGA, ERIN);
    assertThat(pending.open().plan().rounds())
        .extracting(RoundPlan::kind)
        .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER, RoundPlan.Kind.ESCALATION);
    var replaced =
        roundOver(handedOver(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN)), MAX, OLGA));
    assertThat(replaced.open().replaced()).containsExactly(OLGA);
    assertThat(replaced.trail().last().details()).containsEntry("replaced", OLGA);
  }

  @Test
  void whatHappenedInEarlierRoundsStaysAsItWas() {
    var reminded = roundOver(asked);
    var pending = handedOver(reminded, MAX, OLGA);

    assertThat(pending.open().plan().rounds())
        .extracting(RoundPlan::approvers)
        .containsExactly(List.of(MAX), List.of(OLGA));
    assertThat(pending.open().approvers()).containsExactly(OLGA);
    assertThat(pending.open().everybodyAsked()).containsExactly(MAX, OLGA);
  }

  @Test
  void theWaitForThoseAskedBeforeIsOver() {
    var before = new Wait.ForDecision(0, 0);
    var since = new Wait.ForDecision(0, 0, 1);
    var pending = handedOver(asked, MAX, OLGA);

    assertThat(before.isAnsweredBy(asked)).isFalse();
    assertThat(before.isAnsweredBy(pending)).isTrue();
    assertThat(since.isAnsweredBy(pending)).isFalse();
    assertThat(since.name()).isEqualTo("decision#0#0#1");
    assertThat(Wait.named(since.name())).isEqualTo(since);
  }

  @Test
  void whoWasToldBeforeIsNotTakenForWhoIsAskedNow() {
    var pending = handedOver(sent(AStage.needsOneOf(MAX)), MAX, OLGA);
    var stale = new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 0, List.of(MAX), List.of());

    assertThat(Life.apply(pending, stale)).isEqualTo(new Unchanged(pending));
    assertThat(told(pending).open().asked()).isTrue();
  }

  @Test
  void aMailThatComesBackFromTheNewOneEscalates() {
    var pending =
        told(handedOver(told(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN))), MAX, OLGA));

    assertThat(Life.apply(pending, mailReturned(0, 0, MAX))).isEqualTo(new Unchanged(pending));
    var next = (Pending) after(pending, mailReturned(0, 0, OLGA));
    assertThat(next.open().approvers()).containsExactly(ERIN);
  }

  @Test
  void aStageAsksAtMostTwentyFivePeople() {
    Request request = asked;
    var from = MAX;
    for (int i = 1; i < Plan.MOST_APPROVERS; i++) {
      var to = "person" + i + "@example.com";
      request = handedOver(request, from, to);
      from = to;
    }
    assertThat(((Pending) request).open().everybodyAsked()).hasSize(Plan.MOST_APPROVERS);
    assertRefused(request, handover(from, 0, OLGA), "handover-too-many");
    var crowd =
        sent(
            AStage.needsOneOf(
                IntStream.range(0, Plan.MOST_APPROVERS)
                    .mapToObj(i -> "person" + i + "@example.com")
                    .toArray(String[]::new)));
    assertRefused(crowd, handover("person3@example.com", 0, OLGA), "handover-too-many");
  }

  @Test
  void onlyWhatIsPossibleCanBeKept() {
    var stage = handedOver(asked, MAX, OLGA).open();
    var again = List.of(stage.handovers().getFirst(), new Handover(MAX, OTTO, 0, "", MONDAY));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Stage(
                    stage.plan(),
                    MONDAY,
                    0,
                    stage.roundEndsAt(),
                    true,
                    List.of(),
                    Stage.Result.OPEN,
                    again,
                    List.of()))
        .withMessage("who has handed over is not asked again: " + again);
    assertThatIllegalArgumentException()
        .as("Max has given his part away")
        .isThrownBy(
            () ->
                new Stage(
                    stage.plan(),
                    MONDAY,
                    0,
                    stage.roundEndsAt(),
                    true,
                    List.of(
                        new Decision(MAX, Decision.Answer.DENY, null, "No.", Proof.FRESH, MONDAY)),
                    Stage.Result.DENIED,
                    stage.handovers(),
                    List.of()))
        .withMessage(MAX + " was not asked");
    assertThatIllegalArgumentException()
        .as("Max is still asked")
        .isThrownBy(
            () ->
                new Stage(
                    asked.open().plan(),
                    MONDAY,
                    0,
                    stage.roundEndsAt(),
                    true,
                    List.of(),
                    Stage.Result.OPEN,
                    stage.handovers(),
                    List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Handover(MAX, MAX, 0, "", MONDAY));
    assertThat(new Handover(MAX, OLGA, 4, "", MONDAY).round()).isEqualTo(4);
    assertThatThrownBy(() -> new Handover(MAX, OLGA, 5, "", MONDAY))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handover(MAX, "Olga@example.com", 0, "", MONDAY));
  }
}
