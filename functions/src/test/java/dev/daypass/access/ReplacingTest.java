package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A round that asks others instead of those who were asked before. */
class ReplacingTest {
  private static Pending roundOver(Request request) {
    var pending = (Pending) request;
    var stage = pending.open();
    return (Pending)
        after(
            pending,
            new Command.RoundOver(
                Acts.byTheWorkflow(stage.roundEndsAt()), pending.stage(), stage.round()));
  }

  private final Pending first = sent(AStage.needsOneOf(MAX).thenReminds().thenEscalatesTo(1, ERIN));

  @Test
  void nobodyIsReplacedBeforeOthersAreAsked() {
    assertThat(first.open().replaced()).isEmpty();
    var reminded = roundOver(first);
    assertThat(reminded.open().replaced()).isEmpty();
    assertThat(reminded.trail().last().details()).doesNotContainKey("replaced");
  }

  @Test
  @Tag("rounds.escalation")
  void whoIsReplacedIsNamedAndCanDecideNothingAnyMore() {
    var instead = roundOver(roundOver(first));

    assertThat(instead.open().replaced()).containsExactly(MAX);
    assertThat(instead.trail().last().details()).containsEntry("replaced", MAX);
    assertRefusedSaying(
        instead,
        approval(MAX, 0),
        "replaced",
        "This is no longer yours to decide: not enough answers had come in time, so "
            + ERIN
            + " is asked instead.");
    assertRefused(instead, denial(MAX, 0), "replaced");
    assertThat(after(instead, approval(ERIN, 0))).isInstanceOf(Scheduled.class);
    assertThat(after(instead, denial(ERIN, 0))).isInstanceOf(Denied.class);
  }

  @Test
  void whoIsReplacedReadsWhoCanStillDecide() {
    var instead =
        roundOver(sent(AStage.needs(2, MAX, OLGA).thenEscalatesTo(2, ERIN, OTTO, STELLA)));

    assertRefusedSaying(
        after(instead, approval(ERIN, 0)),
        approval(MAX, 0),
        "replaced",
        "This is no longer yours to decide: not enough answers had come in time, so "
            + OTTO
            + " and "
            + STELLA
            + " are asked instead.");
  }

  @Test
  void nobodyIsReplacedWhoWasNeverAsked() {
    assertThat(roundOver(roundOver(first)).open().isReplaced(STELLA)).isFalse();
    assertRefused(roundOver(roundOver(first)), approval(STELLA, 0), "not-asked");
  }

  @Test
  void whoIsAskedBeforeAndAfterStaysAsked() {
    var instead = roundOver(sent(AStage.needsOneOf(MAX, OLGA).thenEscalatesTo(1, OLGA, ERIN)));

    assertThat(instead.open().replaced()).containsExactly(MAX);
    assertThat(after(instead, approval(OLGA, 0))).isInstanceOf(Scheduled.class);
  }

  @Test
  void whoIsReplacedIsNamedOnceThoughOthersAreReplacedLater() {
    var chain = sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN).thenEscalatesTo(1, OTTO));

    var last = roundOver(roundOver(chain));

    assertThat(last.open().replaced()).containsExactly(MAX, ERIN);
    assertThat(last.trail().last().details()).containsEntry("replaced", ERIN);
  }

  @Test
  @Tag("rounds.escalation")
  void anEscalationThatAddsReplacesNobody() {
    var more = roundOver(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, ERIN)));

    assertThat(more.open().replaced()).isEmpty();
    assertThat(more.trail().last().details()).doesNotContainKey("replaced");
    assertThat(after(more, approval(MAX, 0))).isInstanceOf(Scheduled.class);
  }

  @Test
  void whatWasDecidedBeforeCountsOn() {
    var pending = sent(AStage.needs(2, MAX, OLGA).thenEscalatesTo(2, ERIN, OTTO));
    var instead = roundOver(after(pending, approval(MAX, 0)));

    assertThat(instead.open().replaced()).containsExactly(OLGA);
    assertRefused(instead, denial(MAX, 0), "already-decided");
    var done = after(instead, approval(OTTO, 0));
    assertThat(done).isInstanceOf(Scheduled.class);
    assertThat(Stage.approvers(done.stages())).containsExactlyInAnyOrder(MAX, OTTO);
  }

  @Test
  void whereNoMailArrivesOthersAreAskedAtOnceAndTheTrailSaysWhoIsReplaced() {
    var pending = sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN));

    var instead =
        after(
            pending,
            new Command.Asked(Acts.byTheWorkflow(Acts.MONDAY), 0, 0, List.of(), List.of(MAX)));

    assertThat(instead.trail().last().kind()).isEqualTo(Event.Kind.ASKED);
    assertThat(instead.trail().last().details()).containsEntry("replaced", MAX);
  }

  @Test
  void aRoundThatCouldNeverDecideCannotBePlanned() {
    assertThatThrownBy(() -> AStage.needs(2, MAX, OLGA).thenEscalatesTo(2, ERIN).planned())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoApprovedBeforeIsNotAskedInsteadOfOthersEither() {
    // Erin may have approved the first stage: then nobody is left for the last round.
    var plans =
        List.of(
            AStage.needsOneOf(ERIN).planned(),
            AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN).byOthers().planned());
    assertThat(Plan.stuck(plans)).hasValue(1);
    var withOlga =
        List.of(
            AStage.needsOneOf(ERIN).planned(),
            AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN).byOthers(OLGA).planned());
    assertThat(Plan.stuck(withOlga)).isEmpty();
    var opened = withOlga.get(1).after(java.util.Set.of(ERIN));
    assertThat(opened.rounds().getFirst().approvers()).containsExactly(MAX);
    assertThat(opened.rounds().getLast().approvers()).containsExactly(OLGA);
  }

  @Test
  void whereAllMustApproveAndOthersAreAskedInsteadTheyAreEnough() {
    // Erin may have approved before, and then Stella alone is too few for two.
    var stuck =
        List.of(
            AStage.needsOneOf(ERIN).planned(),
            AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, ERIN, STELLA).byAllOthers().planned());
    assertThat(Plan.stuck(stuck)).hasValue(1);
    // If Max has, one is enough.
    var fine =
        List.of(
            AStage.needsOneOf(MAX).planned(),
            AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, ERIN, STELLA).byAllOthers().planned());
    assertThat(Plan.stuck(fine)).isEmpty();
    assertThat(fine.get(1).after(java.util.Set.of(MAX)).rounds().getLast().needed()).isEqualTo(1);
  }
}
