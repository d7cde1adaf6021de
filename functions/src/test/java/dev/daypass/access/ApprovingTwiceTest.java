package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody counts twice along the chain, unless the plan says so. */
class ApprovingTwiceTest {
  private static List<String> codes(Request request, Command command) {
    return refusals(request, command).stream().map(Refusal::code).toList();
  }

  private static String[] people(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "person-%02d@example.com".formatted(i))
        .toArray(String[]::new);
  }

  private static OptionalInt stuck(AStage... stages) {
    return Plan.stuck(Arrays.stream(stages).map(AStage::planned).toList());
  }

  @Nested
  class WhoeverApprovedBefore {
    private final Pending second =
        (Pending)
            after(
                sent(
                    AStage.needsOneOf(MAX, DORA),
                    AStage.needsOneOf(MAX, OLGA).thenReminds().byOthers()),
                approval(MAX, 0));

    @Test
    @Tag("approvers.once")
    void isNotAskedAgain() {
      assertThat(second.open().approvers()).containsExactly(OLGA);
      assertThat(second.open().plan().rounds().getLast().approvers()).containsExactly(OLGA);
      assertThat(second.isLeftOut(MAX)).isTrue();
      assertThat(second.isLeftOut(DORA)).isFalse();
    }

    @Test
    @Tag("approvers.once")
    void isRefusedWithTheReason() {
      assertThat(refusals(second, approval(MAX, 1)))
          .containsExactly(
              Refusal.of(
                  "approved-before",
                  "You have approved an earlier step of this request. Nobody counts twice, so"
                      + " somebody else decides about this one."));
      assertThat(codes(second, denial(MAX, 1))).containsExactly("approved-before");
    }

    @Test
    void isNobodyWhoHasApprovedInThisStageAlone() {
      var half =
          after(
              sent(AStage.needsOneOf(MAX), AStage.needs(2, OLGA, OTTO, ERIN).byOthers()),
              approval(MAX, 0),
              approval(OLGA, 1));

      assertThat(codes(half, denial(OLGA, 1))).containsExactly("already-decided");
    }

    @Test
    void isNotTakenForSomebodyWhoWasNeverAsked() {
      assertThat(codes(second, approval(DORA, 1))).containsExactly("not-asked");
    }

    @Test
    void isNamedInTheTrail() {
      assertThat(second.trail().last().details()).containsEntry("approvedBefore", MAX);
    }

    @Test
    void isFollowedBySomebodyElse() {
      assertThat(after(second, approval(OLGA, 1))).isInstanceOf(Scheduled.class);
    }

    @Test
    void countsAgainWhereThePlanSaysNothing() {
      var asked =
          (Pending) after(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX)), approval(MAX, 0));

      assertThat(asked.open().approvers()).containsExactly(MAX);
      assertThat(asked.isLeftOut(MAX)).isFalse();
      assertThat(asked.trail().last().details()).doesNotContainKey("approvedBefore");
      assertThat(after(asked, approval(MAX, 1))).isInstanceOf(Scheduled.class);
    }

    @Test
    void isEverybodyOfAllEarlierStages() {
      var third =
          (Pending)
              after(
                  sent(
                      AStage.needsAllOf(MAX, DORA),
                      AStage.needsOneOf(OTTO).byOthers(),
                      AStage.needsOneOf(MAX, DORA, OTTO, OLGA).byOthers()),
                  approval(MAX, 0),
                  approval(DORA, 0),
                  approval(OTTO, 1));

      assertThat(third.open().approvers()).containsExactly(OLGA);
      assertThat(third.trail().last().details())
          .containsEntry("approvedBefore", String.join(" ", MAX, DORA, OTTO));
    }

    @Test
    void isNobodyWhoHasOnlyBeenAsked() {
      var next =
          (Pending)
              after(
                  sent(AStage.needsOneOf(MAX, DORA), AStage.needsOneOf(DORA, OLGA).byOthers()),
                  approval(MAX, 0));

      assertThat(next.open().approvers()).containsExactly(DORA, OLGA);
      assertThat(next.trail().last().details()).doesNotContainKey("approvedBefore");
      assertThat(next.open().plan().others()).isNull();
    }

    @Test
    void isNobodyWhoHasDenied() {
      var denied = after(sent(AStage.needsAllOf(MAX, DORA)), approval(MAX, 0), denial(DORA, 0));

      assertThat(denied).isInstanceOf(Denied.class);
      assertThat(Stage.approvers(denied.stages())).containsExactly(MAX);
    }
  }

  @Nested
  class WhereTooFewAreLeft {
    private List<List<String>> asked(AStage stage, String... approved) {
      return stage.planned().after(Set.of(approved)).rounds().stream()
          .map(RoundPlan::approvers)
          .toList();
    }

    @Test
    void thoseOfTheLastRoundAreAskedFromTheBeginning() {
      var stage = AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, OLGA).byOthers(OTTO);

      assertThat(asked(stage, MAX)).containsExactly(List.of(OLGA), List.of(OLGA));
      assertThat(stage.planned().after(Set.of(MAX)).rounds())
          .extracting(RoundPlan::kind)
          .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER);
    }

    @Test
    void thenTheStandIns() {
      var stage = AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, OLGA).byOthers(OLGA, OTTO, ERIN);

      assertThat(asked(stage, MAX, OLGA)).containsExactly(List.of(OTTO, ERIN), List.of(OTTO, ERIN));
    }

    @Test
    void nobodyStandsInWhoIsNotNeeded() {
      var stage = AStage.needs(2, MAX, DORA, OLGA).thenEscalatesTo(2, MAX, DORA, OLGA, ERIN);

      assertThat(asked(stage.byOthers(OTTO), MAX))
          .containsExactly(List.of(DORA, OLGA), List.of(DORA, OLGA, ERIN));
      assertThat(stage.byOthers().planned().after(Set.of(MAX)).rounds())
          .extracting(RoundPlan::kind)
          .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.ESCALATION);
    }

    @Test
    void aNumberStaysTheNumber() {
      var opened = AStage.needs(2, MAX, DORA).byOthers(OTTO).planned().after(Set.of(MAX)).rounds();

      assertThat(opened.getFirst().approvers()).containsExactly(DORA, OTTO);
      assertThat(opened.getFirst().needed()).isEqualTo(2);
    }

    @Test
    void allAreThoseWhoHaveNotApprovedYet() {
      var stage = AStage.needsAllOf(MAX, DORA, OLGA).thenEscalatesTo(3, MAX, DORA, OLGA, ERIN);
      var opened = stage.byAllOthers(OTTO).planned().after(Set.of(MAX, ERIN)).rounds();

      assertThat(opened).extracting(RoundPlan::needed).containsExactly(2, 2);
      assertThat(opened)
          .extracting(RoundPlan::approvers)
          .containsExactly(List.of(DORA, OLGA), List.of(DORA, OLGA));
    }

    @Test
    void ofAllWhoHaveApprovedOneStandsIn() {
      var opened =
          AStage.needsAllOf(MAX, DORA).byAllOthers(OTTO).planned().after(Set.of(MAX, DORA));

      assertThat(opened.rounds().getFirst().approvers()).containsExactly(OTTO);
      assertThat(opened.rounds().getFirst().needed()).isEqualTo(1);
    }

    @Test
    void atMostTwentyFivePeopleAreAsked() {
      var crowd = people(25);
      var opened = AStage.needsAllOf(crowd).byOthers(MAX, DORA).planned().after(Set.of(crowd[0]));

      assertThat(opened.rounds().getFirst().approvers())
          .hasSize(25)
          .contains(MAX)
          .doesNotContain(DORA);
    }

    @Test
    void titleProofAndTimesStay() {
      var planned = AStage.needsOneOf(MAX, OLGA).provenBy(Proof.FRESH).thenReminds().byOthers();
      var opened = planned.planned().after(Set.of(MAX));

      assertThat(opened.title()).isEqualTo(planned.planned().title());
      assertThat(opened.proof()).isEqualTo(Proof.FRESH);
      assertThat(opened.rounds())
          .extracting(RoundPlan::lasts)
          .containsExactly(AStage.ANY_ROUND, AStage.ANY_ROUND);
    }
  }

  @Nested
  class AChainIsStuck {
    @Test
    void ifALaterStageHasNobodyElse() {
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX).byOthers())).hasValue(1);
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX).byOthers(MAX))).hasValue(1);
      assertThat(stuck(AStage.needsOneOf(MAX, DORA), AStage.needsOneOf(MAX).byOthers()))
          .hasValue(1);
      assertThat(stuck(AStage.needsAllOf(MAX), AStage.needsAllOf(MAX).byAllOthers())).hasValue(1);
    }

    @Test
    void notIfItHas() {
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX).byOthers(OLGA))).isEmpty();
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX, OLGA).byOthers())).isEmpty();
      assertThat(
              stuck(
                  AStage.needsOneOf(MAX),
                  AStage.needsOneOf(MAX).thenEscalatesTo(1, MAX, OLGA).byOthers()))
          .isEmpty();
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX))).isEmpty();
      assertThat(stuck(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).byOthers())).isEmpty();
    }

    @Test
    void ifMoreAreNeededThanCanBeLeft() {
      var two = AStage.needs(2, MAX, DORA, OLGA);

      assertThat(stuck(AStage.needsOneOf(MAX, DORA), two.byOthers())).isEmpty();
      assertThat(stuck(AStage.needsAllOf(MAX, DORA), two.byOthers())).hasValue(1);
      assertThat(stuck(AStage.needsAllOf(MAX, DORA), two.byOthers(ERIN))).isEmpty();
      assertThat(
              stuck(
                  AStage.needsOneOf(MAX, DORA),
                  AStage.needs(1, MAX, DORA).thenEscalatesTo(2, MAX, DORA).byOthers()))
          .hasValue(1);
    }

    @Test
    void ofAllOneIsEnough() {
      var all = AStage.needsAllOf(MAX, DORA);

      assertThat(stuck(AStage.needsOneOf(MAX), all.byAllOthers())).isEmpty();
      assertThat(stuck(AStage.needsAllOf(MAX, DORA), all.byAllOthers())).hasValue(1);
      assertThat(stuck(AStage.needsOneOf(MAX), all.byOthers())).hasValue(1);
    }

    @Test
    void aStageTakesNoMoreAwayThanItNeeds() {
      var crowd = AStage.needs(2, MAX, DORA, OLGA, OTTO);

      assertThat(stuck(crowd, AStage.needsOneOf(MAX, DORA, OLGA).byOthers())).isEmpty();
      assertThat(stuck(crowd, AStage.needsOneOf(MAX, DORA).byOthers())).hasValue(1);
    }

    @Test
    void whoApprovedOneStageCannotHaveApprovedTwo() {
      var max = AStage.needsOneOf(MAX);

      assertThat(stuck(max, AStage.needsOneOf(MAX), AStage.needsOneOf(MAX, OLGA).byOthers()))
          .isEmpty();
      assertThat(
              stuck(
                  max, AStage.needsOneOf(DORA).byOthers(), AStage.needsOneOf(MAX, DORA).byOthers()))
          .hasValue(2);
    }

    @Test
    void whoStandsInMayHaveApprovedForWhatFollows() {
      var max = AStage.needsOneOf(MAX);

      assertThat(stuck(max, max.byOthers(OLGA), AStage.needsOneOf(OLGA).byOthers())).hasValue(2);
      assertThat(
              stuck(
                  max, AStage.needsOneOf(DORA).byOthers(OLGA), AStage.needsOneOf(OLGA).byOthers()))
          .isEmpty();
    }

    @Test
    void andThenItIsNoPlan() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> APlan.of(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX).byOthers()))
          .withMessageStartingWith("nobody may be left for stage 1: [StagePlan[")
          .withMessageContaining(MAX);
    }
  }

  @Nested
  class WhatIsValid {
    @Test
    void asksNotTooManyWhereOthersAreAskedInstead() {
      var instead = AStage.needsOneOf(MAX).thenEscalatesTo(1, OLGA);
      assertThat(instead.byOthers(people(23)).planned().asked()).containsExactly(MAX, OLGA);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> instead.byOthers(people(24)).planned())
          .withMessageStartingWith("with those who stand in too many are asked: 26");
    }

    @Test
    void countsEachOfARoundAndWhoeverStandsInForThemselvesOnce() {
      var instead = AStage.needsOneOf(MAX, DORA).thenEscalatesTo(1, OLGA, people(1)[0]);

      assertThat(instead.byOthers(people(22)).planned().asked()).hasSize(4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> instead.byOthers(people(23)).planned())
          .withMessageStartingWith("with those who stand in too many are asked: 26");
    }

    @Test
    void needsAllOfThoseAskedFirst() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf(MAX, OLGA).byAllOthers().planned())
          .withMessageStartingWith("all of those asked first must approve: RoundPlan[");
      assertThat(AStage.needsAllOf(MAX, OLGA).byAllOthers().planned().mostNeeded()).isEqualTo(2);
    }

    @Test
    void namesAtMostTwentyFiveStandInsEachOnceInLowerCase() {
      assertThat(new StagePlan.Others(false, List.of(people(25))).standIns()).hasSize(25);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StagePlan.Others(false, List.of(people(26))));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StagePlan.Others(false, List.of(MAX, MAX)))
          .withMessage("too many stand-ins, or one twice: " + List.of(MAX, MAX));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StagePlan.Others(false, List.of("Max@example.com")));
    }

    @Test
    void leavesOutNobodyWithoutTheRule() {
      var both = Set.of(MAX, STELLA);

      assertThat(AStage.needsOneOf(MAX, OLGA).planned().leftOut(both)).isEmpty();
      assertThat(AStage.needsOneOf(MAX, OLGA).byOthers().planned().leftOut(both))
          .containsExactly(MAX);
    }

    @Test
    void aRequestHoldsTheStageAsItWasOpened() {
      var asked =
          ARequest.asking(
              APlan.of(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX, OLGA).byOthers()));
      var first = Life.submit(asked, Acts.any());
      var second = (Pending) after(first, approval(MAX, 0));
      var asPlanned =
          new Stage(
              asked.plan().stages().getLast(),
              Acts.MONDAY,
              0,
              Acts.MONDAY,
              true,
              List.of(),
              Stage.Result.OPEN);

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Pending(
                      asked, List.of(second.stages().getFirst(), asPlanned), second.trail()))
          .withMessageStartingWith("stage 1 is not the plan's: ");
    }
  }
}
