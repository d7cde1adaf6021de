package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Decision.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A record that exists is valid. */
class ValidityTest {
  private static String[] people(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "p" + i + "@example.com").toArray(String[]::new);
  }

  @Nested
  class ASubmission {
    @Test
    void isKeptAsItWasAsked() {
      var pending = ARequest.sentToTheManager();

      assertThat(pending.id()).isEqualTo(RequestId.of(SAM, "first"));
      assertThat(pending.version()).isEqualTo(1);
      assertThat(pending.asked().entitlement()).isEqualTo(new Entitlement("crm", "viewer", SAM));
      assertThat(pending.trail().last().kind()).isEqualTo(Event.Kind.SUBMITTED);
      assertThat(pending.trail().last().details())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "runbook",
                  "crm-customer-record",
                  "runbookVersion",
                  "3",
                  "duration",
                  "PT4H",
                  "reason",
                  ARequest.anyReason(),
                  "ticket",
                  "SUP-1234",
                  "asks",
                  MAX + " " + DORA));
    }

    @Test
    void needsNoTicket() {
      var asked =
          new Submission(
              "id", SAM, APlan.forTheManager(), ARequest.FOUR_HOURS, "Because.", null, MONDAY);

      assertThat(Life.submit(asked, Acts.by(SAM, MONDAY)).trail().last().details())
          .containsEntry("ticket", "");
    }

    @Test
    void neverAsksTheRequesterToApproveInAnyRoundOfAnyStage() {
      var plan =
          APlan.of(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).thenEscalatesTo(1, OLGA, SAM));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> ARequest.asking(plan))
          .withMessage("the requester is never an approver");
    }

    @Test
    void isForSomeTime() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ARequest.asking(APlan.forTheManager(), Duration.ZERO));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ARequest.asking(APlan.forTheManager(), Duration.ofSeconds(-1)))
          .withMessage("access lasts some time, not PT-1S");
    }

    @Test
    void hasTextsOfBoundedLength() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Submission(
                      "id",
                      SAM,
                      APlan.forTheManager(),
                      ARequest.FOUR_HOURS,
                      "x".repeat(2_001),
                      null,
                      MONDAY));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Submission(
                      "id",
                      SAM,
                      APlan.forTheManager(),
                      ARequest.FOUR_HOURS,
                      "Because.",
                      "x".repeat(2_001),
                      MONDAY));
    }

    @Test
    void hasTextsThatCanBeShown() {
      for (var turned : List.of("out\u202e", "\u0000")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> with(turned, null))
            .withMessage("a text holds what cannot be shown");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> with("Because.", turned))
            .withMessage("a text holds what cannot be shown");
      }
      assertThat(with("Because.", "SUP-1234").ticket()).isEqualTo("SUP-1234");
    }

    private static Submission with(String reason, @Nullable String ticket) {
      return new Submission(
          "id", SAM, APlan.forTheManager(), ARequest.FOUR_HOURS, reason, ticket, MONDAY);
    }

    @Test
    void namesItsRequesterInLowerCase() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Submission(
                      "id",
                      "Sam.Support@example.com",
                      APlan.forTheManager(),
                      ARequest.FOUR_HOURS,
                      "Because.",
                      null,
                      MONDAY))
          .withMessage("an address is in lower case: Sam.Support@example.com");
    }
  }

  @Nested
  class APlanOrAPartOfIt {
    @Test
    void hasOneToFiveStages() {
      var stage = AStage.needsOneOf(MAX);

      assertThatIllegalArgumentException().isThrownBy(() -> APlan.of());
      assertThat(APlan.of(stage, stage, stage, stage, stage).stages()).hasSize(5);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> APlan.of(stage, stage, stage, stage, stage, stage))
          .withMessage("a plan has 1 to 5 stages, not 6");
    }

    @Test
    void hasAPublishedRunbookAndOwners() {
      var stages = APlan.forTheManager().stages();

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Plan(
                      "r",
                      0,
                      "t",
                      "s",
                      "S",
                      "x",
                      "X",
                      APlan.anyTarget(),
                      List.of(OLGA),
                      stages,
                      null,
                      null));
      assertThat(
              new Plan(
                      "r",
                      1,
                      "t",
                      "s",
                      "S",
                      "x",
                      "X",
                      APlan.anyTarget(),
                      List.of(OLGA),
                      stages,
                      null,
                      null)
                  .runbookVersion())
          .isEqualTo(1);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Plan(
                      "r",
                      1,
                      "t",
                      "s",
                      "S",
                      "x",
                      "X",
                      APlan.anyTarget(),
                      List.of(),
                      stages,
                      null,
                      null));
    }

    @Test
    void canBeExtendedBySomeTime() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> extendable(Duration.ZERO))
          .withMessage("access lasts some time, not PT0S");
      assertThat(extendable(Duration.ofSeconds(1)).extendable()).isEqualTo(Duration.ofSeconds(1));
    }

    private static Plan extendable(Duration longest) {
      var stages = APlan.forTheManager().stages();
      return new Plan(
          "r", 1, "t", "s", "S", "x", "X", APlan.anyTarget(), List.of(OLGA), stages, longest, null);
    }

    @Test
    void beginsEveryStageWithANotice() {
      var reminder = new RoundPlan(RoundPlan.Kind.REMINDER, AStage.ANY_ROUND, List.of(MAX), 1);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StagePlan("Max", Proof.SESSION, List.of(reminder), null))
          .withMessage("a stage begins with a notice: " + List.of(reminder));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StagePlan("Max", Proof.SESSION, List.of(), null));
    }

    @Test
    void hasAtMostFiveRoundsAStage() {
      var five = AStage.needsOneOf(MAX).thenReminds().thenReminds().thenReminds().thenReminds();

      assertThat(five.planned().rounds()).hasSize(5);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> five.thenReminds().planned())
          .withMessage("a stage has 1 to 5 rounds, not 6");
    }

    @Test
    void asksAtMostTwentyFivePeopleAStage() {
      assertThat(AStage.needsOneOf(people(0, 25)).planned().rounds()).hasSize(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf(people(0, 26)))
          .withMessage("a round asks 1 to 25 people, not 26");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> AStage.needsOneOf(people(0, 20)).thenEscalatesTo(1, people(20, 26)).planned())
          .withMessage("a stage asks at most 25 people, not 26");
    }

    @Test
    void countsThoseWhoAreAskedAgainOnce() {
      assertThat(AStage.needsOneOf(people(0, 25)).thenReminds().planned().rounds()).hasSize(2);
    }

    @Test
    void asksAtLeastOnePersonAndNobodyTwice() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf())
          .withMessage("a round asks 1 to 25 people, not 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf(MAX, MAX))
          .withMessage("an approver is named twice: " + List.of(MAX, MAX));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf("Max.Manager@example.com"));
    }

    @Test
    void needsNoMoreThanThereAreToAsk() {
      assertThatIllegalArgumentException().isThrownBy(() -> AStage.needs(0, MAX));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needs(3, MAX, OLGA))
          .withMessage("needed is 1 to 2 (those asked), not 3");
    }

    @Test
    void hasRoundsThatLast() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AStage.needsOneOf(MAX).lasting(Duration.ZERO))
          .withMessage("a round lasts some time, not PT0S");
    }

    @Test
    void staysAsItIsWhateverBecomesOfTheListsItWasMadeFrom() {
      var people = new ArrayList<>(List.of(MAX, OLGA));
      var round = new RoundPlan(RoundPlan.Kind.NOTICE, AStage.ANY_ROUND, people, 1);

      people.add(ERIN);

      assertThat(round.approvers()).containsExactly(MAX, OLGA);
    }
  }

  @Nested
  class ARequestThatExists {
    private final Submission asked =
        ARequest.asking(APlan.of(AStage.needsAllOf(MAX, OLGA), AStage.needsOneOf(ERIN)));
    private final StagePlan first = asked.plan().stages().getFirst();
    private final StagePlan second = asked.plan().stages().getLast();
    private final Trail trail = ARequest.active().trail();

    private static Decision said(String by, Answer answer) {
      return new Decision(by, answer, null, "Because.", Proof.SESSION, MONDAY);
    }

    private static Stage stage(StagePlan plan, Stage.Result result, Decision... decisions) {
      return new Stage(plan, MONDAY, 0, MONDAY, true, List.of(decisions), result);
    }

    private Stage firstApproved() {
      return stage(
          first, Stage.Result.APPROVED, said(MAX, Answer.APPROVE), said(OLGA, Answer.APPROVE));
    }

    private Stage secondApproved() {
      return stage(second, Stage.Result.APPROVED, said(ERIN, Answer.APPROVE));
    }

    @Test
    void hasAccessOnlyWithEveryStageApproved() {
      var enough = List.of(firstApproved(), secondApproved());
      var grant = ARequest.active().grant();

      assertThat(new Request.Active(asked, enough, grant, false, trail).stages()).isEqualTo(enough);
      for (var stages :
          List.of(
              List.<Stage>of(),
              List.of(firstApproved()),
              List.of(secondApproved(), firstApproved()),
              List.of(firstApproved(), stage(second, Stage.Result.OPEN)),
              List.of(firstApproved(), stage(second, Stage.Result.CANCELLED)),
              List.of(firstApproved(), secondApproved(), secondApproved()))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Request.Scheduled(asked, stages, trail));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Request.Provisioning(asked, stages, null, trail));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Request.Active(asked, stages, grant, false, trail));
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    new Request.Ending(
                        asked, stages, grant, EndReason.EXPIRED, "", MONDAY, null, trail));
        assertThatIllegalArgumentException()
            .isThrownBy(
                () -> new Request.Ended(asked, stages, grant, EndReason.EXPIRED, null, trail));
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    new Request.Failed(asked, stages, Request.Failed.Reason.NOT_SET_UP, "", trail));
      }
    }

    @Test
    void saysHowManyApprovalsAreMissing() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Scheduled(asked, List.of(firstApproved()), trail))
          .withMessage("1 of 2 stages are not approval enough");
    }

    @Test
    void isPendingWithItsLastStageOpenAndTheOnesBeforeApproved() {
      var open = stage(second, Stage.Result.OPEN);

      assertThat(new Request.Pending(asked, List.of(firstApproved(), open), trail).stage())
          .isEqualTo(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Pending(asked, List.of(firstApproved()), trail));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Request.Pending(asked, List.of(stage(first, Stage.Result.OPEN), open), trail))
          .withMessage("stage 0 is OPEN and must be APPROVED");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Pending(asked, List.of(open), trail))
          .withMessage("stage 0 is not the plan's: " + second);
      for (var stages :
          List.of(List.<Stage>of(), List.of(firstApproved(), secondApproved(), open))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Request.Pending(asked, stages, trail))
            .withMessageStartingWith("these are not the stages of the plan: [");
      }
    }

    @Test
    void isOverAsItsLastStageSays() {
      var lapsed = List.of(firstApproved(), stage(second, Stage.Result.LAPSED));
      var denied = List.of(stage(first, Stage.Result.DENIED, said(MAX, Answer.DENY)));
      var cancelled = List.of(stage(first, Stage.Result.CANCELLED));

      assertThat(new Request.Lapsed(asked, lapsed, trail).nextDue()).isEmpty();
      assertThat(new Request.Denied(asked, denied, trail).nextDue()).isEmpty();
      assertThat(new Request.Cancelled(asked, cancelled, trail).nextDue()).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Denied(asked, lapsed, trail));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Lapsed(asked, cancelled, trail));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Request.Cancelled(asked, denied, trail));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Request.Cancelled(
                      asked,
                      List.of(
                          stage(first, Stage.Result.OPEN), stage(second, Stage.Result.CANCELLED)),
                      trail));
    }

    @Test
    void hasStagesThatFollowFromTheirDecisions() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(first, Stage.Result.APPROVED, said(MAX, Answer.APPROVE)))
          .withMessage("1 approvals are not enough");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(first, Stage.Result.DENIED, said(MAX, Answer.APPROVE)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(first, Stage.Result.OPEN, said(MAX, Answer.DENY)))
          .withMessage("one denial denies, and nothing else does: OPEN");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(first, Stage.Result.OPEN, said(ERIN, Answer.APPROVE)))
          .withMessage(ERIN + " was not asked");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  stage(
                      first,
                      Stage.Result.APPROVED,
                      said(MAX, Answer.APPROVE),
                      said(MAX, Answer.APPROVE)));
    }

    @Test
    void countsWhoDecidedTwiceInDifferentWordsOnce() {
      var again = new Decision(MAX, Answer.APPROVE, null, "As I said.", Proof.FRESH, MONDAY);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> stage(first, Stage.Result.APPROVED, said(MAX, Answer.APPROVE), again))
          .withMessage(
              "a person decides once in a stage: " + List.of(said(MAX, Answer.APPROVE), again));
    }

    @Test
    void isInARoundOfItsPlan() {
      for (var round : List.of(-1, 1)) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(
                () -> new Stage(first, MONDAY, round, MONDAY, true, List.of(), Stage.Result.OPEN))
            .withMessage("Index " + round + " out of bounds for length 1");
      }
    }

    @Test
    void hasFailedIfItCouldNotBeSetUp() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Request.Ended(
                      asked,
                      List.of(firstApproved(), secondApproved()),
                      null,
                      EndReason.GIVEN_UP,
                      null,
                      trail));
    }

    @Test
    void hasAGrantThatEndsAfterItStarts() {
      assertThatIllegalArgumentException().isThrownBy(() -> new Grant(MONDAY, MONDAY));
    }

    @Test
    void hasATrailWithoutGaps() {
      var events = trail.events();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Trail(1, events.subList(1, 2)))
          .withMessage("event 1 has version 2");
      assertThatIllegalArgumentException().isThrownBy(() -> new Trail(0, events));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Event(0, Acts.any(), Event.Kind.ASKED, Status.PENDING, Map.of()));
    }
  }

  @Nested
  class SmallThings {
    @Test
    void anEntitlementHasAKeyThatCanBeTakenApart() {
      assertThat(new Entitlement("crm", "viewer", SAM).key()).isEqualTo("crm#viewer#" + SAM);
      assertThatIllegalArgumentException().isThrownBy(() -> new Entitlement("c#rm", "viewer", SAM));
      assertThatIllegalArgumentException().isThrownBy(() -> new Entitlement("crm", "view#er", SAM));
    }

    @Test
    void aRefusalHasAReason() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Outcome.Refused(ARequest.active(), List.of()));
    }

    @Test
    void aTextIsMeasuredInCharactersAsPeopleCountThem() {
      assertThat(Texts.isTooLong("\uD83D\uDE00".repeat(2_000))).isFalse();
      assertThat(Texts.isTooLong("\uD83D\uDE00".repeat(2_001))).isTrue();
      assertThat(Texts.isTooLong(null)).isFalse();
    }

    @Test
    void aTextThatFitsIsNotShortened() {
      var fits = "\uD83D\uDE00".repeat(2_000);

      assertThat(Texts.shortened(fits)).isEqualTo(fits);
      assertThat(Texts.shortened(fits + "x")).isEqualTo("\uD83D\uDE00".repeat(1_999) + "…");
    }

    @Test
    void detailsOfAnEventComeInTheOrderOfTheirNames() {
      var event =
          new Event(
              1,
              Acts.any(),
              Event.Kind.ASKED,
              Status.PENDING,
              Map.of("b", "2", "a", "1", "c", "3"));

      assertThat(event.details().keySet()).containsExactly("a", "b", "c");
    }
  }
}
