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

import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody decides in the place of whoever is asked. */
class StandingInTest {
  private final Pending asked = told(sent(AStage.needsOneOf(MAX).thenReminds()));

  private static Command standIns(Request request, Map<String, String> standIns) {
    return new Command.AskStandIns(
        new Act("stand-ins#" + request.version(), MONDAY, "workflow", "workflow"),
        request.stages().size() - 1,
        standIns);
  }

  private static Pending with(Request request, Map<String, String> standIns) {
    return (Pending) after(request, standIns(request, standIns));
  }

  private static void passedOver(Request request, Map<String, String> standIns) {
    assertThat(Life.apply(request, standIns(request, standIns))).isEqualTo(new Unchanged(request));
  }

  @Test
  @Tag("stand-in.asked")
  void bothMayDecideAndItIsRecordedForWhom() {
    var pending = with(asked, Map.of(MAX, OLGA));

    assertThat(pending.open().approvers()).containsExactly(MAX);
    assertThat(pending.open().everybodyTold()).containsExactly(MAX, OLGA);
    assertThat(pending.open().standInOf(MAX)).contains(OLGA);
    assertThat(pending.open().standsInFor(OLGA)).contains(MAX);
    assertThat(pending.trail().last().kind()).isEqualTo(Event.Kind.STAND_INS);
    assertThat(pending.trail().last().details())
        .containsEntry("standIns", OLGA)
        .containsEntry("for", MAX)
        .containsEntry("stage", "0")
        .containsEntry("round", "0")
        .doesNotContainKeys("over", "back");
    assertThat(after(pending, approval(MAX, 0))).isInstanceOf(Scheduled.class);
    assertThat(after(pending, denial(OLGA, 0))).isInstanceOf(Denied.class);
    var scheduled = after(pending, approval(OLGA, 0));
    assertThat(scheduled).isInstanceOf(Scheduled.class);
    var decision = scheduled.stages().getFirst().decisions().getFirst();
    assertThat(decision.by()).isEqualTo(OLGA);
    assertThat(decision.standsInFor()).isEqualTo(MAX);
    assertThat(decision.part()).isEqualTo(MAX);
    assertThat(scheduled.trail().last().details()).containsEntry("for", MAX);
    assertThat(after(pending, approval(MAX, 0)).trail().last().details()).doesNotContainKey("for");
  }

  @Test
  @Tag("stand-in.asked")
  void togetherTheyCountOnce() {
    var two = with(told(sent(AStage.needsAllOf(MAX, DORA))), Map.of(MAX, OLGA));
    var pending = (Pending) after(two, approval(OLGA, 0));

    assertThat(pending.open().awaited()).containsExactly(DORA);
    assertThat(pending.open().isDecidedBy(MAX)).isTrue();
    assertRefusedSaying(
        pending,
        approval(MAX, 0),
        "stand-in-decided",
        OLGA
            + " has approved this in your place, and that counts as your approval. To take it back,"
            + " please withdraw it on the page of the request.");
    assertThat(Life.apply(pending, approval(OLGA, 0))).isEqualTo(new Unchanged(pending));
    assertRefused(pending, denial(OLGA, 0), "already-decided");
    assertThat(after(pending, approval(DORA, 0))).isInstanceOf(Scheduled.class);
    var own = (Pending) after(two, approval(MAX, 0));
    assertRefusedSaying(
        own,
        approval(OLGA, 0),
        "stand-in-over",
        "You were asked in place of " + MAX + ". That is over, so it is not yours to decide.");
    assertThat(own.open().askedNoMore()).containsExactly(OLGA);
  }

  @Test
  void theSameAgainChangesNothingAndWhatIsOverGoesBack() {
    var pending = with(asked, Map.of(MAX, OLGA));

    passedOver(pending, Map.of(MAX, OLGA));
    var back = with(pending, Map.of());
    assertThat(back.open().standInOf(MAX)).isEmpty();
    assertThat(back.open().standIns()).containsExactly(new StandIn(MAX, OLGA, MONDAY, MONDAY));
    assertThat(back.open().askedNoMore()).containsExactly(OLGA);
    assertThat(back.trail().last().details())
        .containsEntry("over", OLGA)
        .containsEntry("back", MAX)
        .doesNotContainKeys("standIns", "for");
    assertRefused(back, approval(OLGA, 0), "stand-in-over");
    passedOver(back, Map.of());
    assertThat(with(back, Map.of(MAX, OLGA)).open().standsInFor(OLGA)).contains(MAX);
    var other = with(pending, Map.of(MAX, OTTO));
    assertThat(other.open().standInOf(MAX)).contains(OTTO);
    assertRefused(other, approval(OLGA, 0), "stand-in-over");
    assertThat(after(other, approval(OTTO, 0))).isInstanceOf(Scheduled.class);
  }

  @Test
  @Tag("stand-in.not-followed")
  void whoeverTheRequestNeedsElsewhereOrAsksIsPassedOver() {
    passedOver(asked, Map.of(MAX, SAM));
    passedOver(asked, Map.of(DORA, OLGA));
    passedOver(told(sent(AStage.needsOneOf(MAX, OLGA))), Map.of(MAX, OLGA));
    // In a later round.
    passedOver(told(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, OLGA))), Map.of(MAX, OLGA));
    // In a later stage in which nobody counts twice, also if only where too few are left.
    var later = AStage.needsOneOf(OLGA).byOthers(OTTO);
    passedOver(told(sent(AStage.needsOneOf(MAX), later)), Map.of(MAX, OLGA));
    passedOver(told(sent(AStage.needsOneOf(MAX), later)), Map.of(MAX, OTTO));
    assertThat(with(told(sent(AStage.needsOneOf(MAX), later)), Map.of(MAX, STELLA)).open())
        .extracting(stage -> stage.standInOf(MAX).orElseThrow())
        .isEqualTo(STELLA);
    // Where people count twice nobody is needed.
    var twice = told(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)));
    assertThat(with(twice, Map.of(MAX, OLGA)).open().standsInFor(OLGA)).contains(MAX);
  }

  @Test
  void nobodyStandsInForTwoAndAStandInsStandInIsNotAsked() {
    var two = told(sent(AStage.needsAllOf(MAX, DORA)));
    var pending = with(two, Map.of(MAX, OLGA, DORA, OLGA, OLGA, OTTO));

    assertThat(pending.open().standIns()).extracting(StandIn::of).containsExactly(MAX);
    assertRefused(pending, approval(OTTO, 0), "not-asked");
    // Once Max has decided himself, Olga is free for the other.
    var then = with(after(pending, approval(MAX, 0)), Map.of(MAX, OLGA, DORA, OLGA));
    assertThat(then.open().standsInFor(OLGA)).contains(DORA);
    // Who has decided for one does not for the other.
    passedOver(after(pending, approval(OLGA, 0)), Map.of(MAX, OLGA, DORA, OLGA));
  }

  @Test
  void whereNobodyCountsTwiceNeitherCountsAgain() {
    var later = AStage.needsOneOf(MAX, DORA).byOthers(OTTO);
    var pending = with(told(sent(AStage.needsOneOf(MAX), later)), Map.of(MAX, STELLA));
    var second = (Pending) after(pending, approval(STELLA, 0));

    assertThat(second.stage()).isEqualTo(1);
    assertThat(second.open().approvers()).containsExactly(DORA);
    assertThat(second.isLeftOut(MAX)).isTrue();
    assertThat(second.isLeftOut(STELLA)).isTrue();
    assertRefused(second, approval(MAX, 1), "approved-before");
    passedOver(second, Map.of(DORA, STELLA));
    assertRefused(second, handover(DORA, 1, STELLA), "handover-approved-before");
    assertThat(after(second, approval(DORA, 1))).isInstanceOf(Scheduled.class);
  }

  @Test
  void eitherTakesTheApprovalBack() {
    var two = with(told(sent(AStage.needsAllOf(MAX, DORA))), Map.of(MAX, OLGA));
    var approved = after(two, approval(OLGA, 0));

    for (var by : List.of(OLGA, MAX)) {
      assertThat(
              after(approved, new Command.WithdrawApproval(Acts.by(by, MONDAY), "I was wrong."))
                  .status())
          .isEqualTo(Status.CANCELLED);
    }
    assertRefused(
        approved, new Command.WithdrawApproval(Acts.by(DORA, MONDAY), "No."), "not-yours");
  }

  @Test
  void itIsNotHandedToAStandInNorByOne() {
    var two = with(told(sent(AStage.needsAllOf(MAX, DORA))), Map.of(MAX, OLGA));

    assertRefused(two, handover(DORA, 0, OLGA), "handover-asked-before");
    assertRefused(two, handover(OLGA, 0, OTTO), "handover-stand-in");
    var handed = (Pending) after(two, handover(MAX, 0, ERIN));
    assertThat(handed.open().standsInFor(OLGA)).isEmpty();
    assertThat(handed.open().askedNoMore()).containsExactly(MAX, OLGA);
    assertRefused(handed, approval(OLGA, 0), "stand-in-over");
    assertThat(with(handed, Map.of(ERIN, STELLA)).open().standInOf(ERIN)).contains(STELLA);
  }

  @Test
  void aMailToAStandInThatComesBackReachedNobodyForThatPart() {
    var pending =
        with(told(sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, DORA))), Map.of(MAX, OLGA));
    var escalated = (Pending) after(pending, mailReturned(0, 0, OLGA));

    assertThat(escalated.open().round()).isEqualTo(1);
    assertThat(escalated.trail().last().details())
        .containsEntry("person", OLGA)
        .containsEntry("for", MAX)
        .containsEntry("unreached", MAX);
    assertThat(Reach.lost(escalated, 0)).containsExactly(OLGA);
    assertThat(Reach.passedOver(escalated)).isEmpty();
    var only = with(asked, Map.of(MAX, OLGA));
    var reminded = (Pending) after(only, mailReturned(0, 0, OLGA));
    assertThat(reminded.open().round()).isEqualTo(1);
  }

  @Test
  void aStageKeepsOnlySoMany() {
    Request request = asked;
    for (int i = 0; i < StandingIn.MOST; i++) {
      request = with(with(request, Map.of(MAX, "someone" + i + "@example.com")), Map.of());
    }
    passedOver(request, Map.of(MAX, OLGA));
    assertThat(request.stages().getFirst().standIns()).hasSize(StandingIn.MOST);
  }

  @Test
  void whoeverNamesOneAfterTheOtherTakesNoRoomFromThoseWhoDecide() {
    Request request = asked;
    while (request.version() < Trail.MOST_EVENTS / 2) {
      request =
          after(
              request, new Command.StartRun(Acts.byTheWorkflow(MONDAY), request.trail().run() + 1));
    }
    assertRefused(request, standIns(request, Map.of(MAX, OLGA)), "too-many-events");
    assertThat(after(request, approval(MAX, 0))).isInstanceOf(Scheduled.class);
  }

  @Test
  void whatIsNoneOfTheseIsNoStage() {
    var open = with(asked, Map.of(MAX, OLGA)).open();
    var pair = open.standIns().getFirst();

    assertThatIllegalArgumentException().isThrownBy(() -> new StandIn(MAX, MAX, MONDAY, null));
    for (var wrong :
        List.of(
            List.of(pair, pair),
            List.of(pair, new StandIn(MAX, OTTO, MONDAY, null)),
            List.of(new StandIn(DORA, OLGA, MONDAY, null)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> open.with(wrong));
    }
    var many = new ArrayList<StandIn>();
    for (int i = 0; i <= StandingIn.MOST; i++) {
      many.add(pair.over(MONDAY));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> open.with(many));
    var said = new Decision(OTTO, Decision.Answer.APPROVE, null, "", Proof.FRESH, MONDAY, MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> open.with(said));
  }
}
