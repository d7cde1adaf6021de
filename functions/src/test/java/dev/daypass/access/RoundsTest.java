package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** First Max, then Max again, then Erin as well. */
  private final Pending patient =
      sent(
          AStage.needsOneOf(MAX)
              .lasting(HOUR)
              .thenReminds()
              .lasting(HOUR.multipliedBy(2))
              .thenEscalatesTo(1, MAX, ERIN)
              .lasting(HOUR.multipliedBy(3)));

  private static Command roundOver(int stage, int round, Instant at) {
    return new Command.RoundOver(Acts.byTheWorkflow(at), stage, round);
  }

  private static Command asked(int round, List<String> reached, List<String> refused) {
    return asked(0, round, reached, refused);
  }

  private static Command asked(int stage, int round, List<String> reached, List<String> refused) {
    return new Command.Asked(Acts.byTheWorkflow(MONDAY), stage, round, reached, refused);
  }

  @Test
  @Tag("rounds.working-hours")
  void aRoundsDeadlineIsFixedWhenItOpens() {
    assertThat(patient.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR));

    var told = ARequest.told(patient);

    assertThat(told.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR));
  }

  @Test
  void afterTheNoticeComesTheReminderThenTheEscalationThenNobodyHasAnswered() {
    var reminded = (Pending) after(patient, roundOver(0, 0, MONDAY.plus(HOUR)));
    assertThat(reminded.open().roundPlan().kind()).isEqualTo(RoundPlan.Kind.REMINDER);
    assertThat(reminded.open().approvers()).containsExactly(MAX);
    assertThat(reminded.open().asked()).isFalse();
    assertThat(reminded.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR.multipliedBy(3)));

    var escalated = (Pending) after(reminded, roundOver(0, 1, reminded.open().roundEndsAt()));
    assertThat(escalated.open().roundPlan().kind()).isEqualTo(RoundPlan.Kind.ESCALATION);
    assertThat(escalated.open().approvers()).containsExactly(MAX, ERIN);
    assertThat(escalated.open().isLastRound()).isTrue();

    var lapsed = after(escalated, roundOver(0, 2, escalated.open().roundEndsAt()));
    assertThat(lapsed).isInstanceOf(Lapsed.class);
    assertThat(lapsed.stages().getLast().result()).isEqualTo(Stage.Result.LAPSED);
    assertThat(lapsed.trail().last().kind()).isEqualTo(Event.Kind.ROUND_OVER);
    assertThat(lapsed.trail().last().details())
        .containsEntry("stage", "0")
        .containsEntry("round", "2");
  }

  @Test
  void aRoundThatEndsLateGivesTheNextItsFullTime() {
    var late = MONDAY.plus(HOUR).plusSeconds(600);

    var reminded = (Pending) after(patient, roundOver(0, 0, late));

    assertThat(reminded.open().roundEndsAt()).isEqualTo(late.plus(HOUR.multipliedBy(2)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 60, 119_999})
  void whatTheWorkflowNeedsToCloseARoundMovesNoLaterDeadline(long millis) {
    var reminded = (Pending) after(patient, roundOver(0, 0, MONDAY.plus(HOUR).plusMillis(millis)));

    assertThat(reminded.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR.multipliedBy(3)));
  }

  @Test
  void aRoundThatIsClosedTwoMinutesLateGivesTheNextItsFullTime() {
    var late = MONDAY.plus(HOUR).plusSeconds(120);

    var reminded = (Pending) after(patient, roundOver(0, 0, late));

    assertThat(reminded.open().roundEndsAt()).isEqualTo(late.plus(HOUR.multipliedBy(2)));
  }

  @ParameterizedTest
  @CsvSource({"PT2M, PT3M30S", "PT2M1S, PT3M1S"})
  void aRoundOfMomentsHasThemFromWhenItOpens(Duration lasts, Duration ends) {
    var asked =
        sent(AStage.needsOneOf(MAX).lasting(Duration.ofMinutes(1)).thenReminds().lasting(lasts));

    var reminded = (Pending) after(asked, roundOver(0, 0, MONDAY.plusSeconds(90)));

    assertThat(reminded.open().roundEndsAt()).isEqualTo(MONDAY.plus(ends));
  }

  @Test
  void aMomentAfterClosingTimeIsNotTheNextMorning() {
    var plan =
        APlan.inHours(
            HoursTest.office(),
            APlan.of(
                AStage.needsOneOf(MAX)
                    .lasting(HOUR.multipliedBy(8))
                    .thenReminds()
                    .lasting(HOUR.multipliedBy(8))));
    var asked = Life.submit(ARequest.asking(plan), Acts.by(People.SAM, MONDAY));

    var reminded =
        (Pending) after(asked, roundOver(0, 0, MONDAY.plus(HOUR.multipliedBy(8)).plusMillis(60)));

    assertThat(reminded.open().roundEndsAt())
        .isEqualTo(MONDAY.plus(Duration.ofDays(1)).plus(HOUR.multipliedBy(8)));
  }

  @Test
  @Tag("rounds.working-hours")
  void inWorkingHoursTheNightIsNoTime() {
    // A Monday, eight in London and nine in Berlin.
    var plan =
        APlan.inHours(
            HoursTest.office(),
            APlan.of(
                AStage.needsOneOf(MAX)
                    .lasting(HOUR.multipliedBy(6))
                    .thenReminds()
                    .lasting(HOUR.multipliedBy(4))
                    .thenEscalatesTo(1, MAX, ERIN)));
    var asked = Life.submit(ARequest.asking(plan), Acts.by(People.SAM, MONDAY));

    assertThat(asked.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR.multipliedBy(6)));
    var reminded = (Pending) after(asked, roundOver(0, 0, asked.open().roundEndsAt()));
    // Two hours are left of Monday, two of Tuesday are taken.
    assertThat(reminded.open().roundEndsAt()).isEqualTo(Instant.parse("2026-03-03T10:00:00Z"));
    assertThat(after(reminded, roundOver(0, 1, reminded.open().roundEndsAt())))
        .isInstanceOf(Pending.class);
  }

  @Test
  void inWorkingHoursALaterStageOpensWithTheNextOfThem() {
    var plan =
        APlan.inHours(
            HoursTest.office(),
            APlan.of(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).lasting(HOUR)));
    var asked = Life.submit(ARequest.asking(plan), Acts.by(People.SAM, MONDAY));
    var saturday = Instant.parse("2026-03-07T10:00:00Z");
    var second = (Pending) after(asked, approval(MAX, 0, MONDAY.plusSeconds(60)));
    assertThat(second.open().roundEndsAt()).isEqualTo(Instant.parse("2026-03-02T09:01:00Z"));
    assertThat(plan.deadline(saturday, HOUR)).isEqualTo(Instant.parse("2026-03-09T09:00:00Z"));
  }

  @Test
  void aRoundIsNotOverBeforeItsDeadline() {
    assertRefusedSaying(
        patient,
        roundOver(0, 0, MONDAY.plus(HOUR).minusNanos(1)),
        "round-not-over",
        "This round lasts until 2026-03-02T09:00:00Z.");
  }

  @Test
  void aRoundIsOverAtItsVeryDeadline() {
    assertThat(after(patient, roundOver(0, 0, MONDAY.plus(HOUR)))).isInstanceOf(Pending.class);
  }

  @Test
  void theEndOfAnotherRoundChangesNothing() {
    var reminded = after(patient, roundOver(0, 0, MONDAY.plus(HOUR)));
    var muchLater = MONDAY.plus(Duration.ofDays(3));

    assertChangesNothing(reminded, roundOver(0, 0, muchLater));
    assertChangesNothing(reminded, roundOver(0, 2, muchLater));
    assertChangesNothing(reminded, roundOver(1, 1, muchLater));
  }

  @Test
  void whoAnswersAfterTheReminderIsHeard() {
    var reminded = after(patient, roundOver(0, 0, MONDAY.plus(HOUR)));

    assertThat(after(reminded, approval(MAX, 0)).status()).isEqualTo(Status.SCHEDULED);
  }

  @Test
  void aLapsedStageLapsesTheRequestThoughSomeApproved() {
    var pending = sent(AStage.needsAllOf(MAX, OLGA).lasting(HOUR));

    var lapsed = after(pending, approval(MAX, 0), roundOver(0, 0, MONDAY.plus(HOUR)));

    assertThat(lapsed).isInstanceOf(Lapsed.class);
    assertThat(lapsed.stages().getLast().decisions()).hasSize(1);
  }

  @Test
  void aLaterStageLapsesOnItsOwnTime() {
    var at = MONDAY.plusSeconds(60);
    var second =
        (Pending)
            after(
                sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).lasting(HOUR)),
                approval(MAX, 0, at));

    assertThat(second.open().roundEndsAt()).isEqualTo(at.plus(HOUR));
    var lapsed = after(second, roundOver(1, 0, at.plus(HOUR)));
    assertThat(lapsed).isInstanceOf(Lapsed.class);
    assertThat(lapsed.trail().last().details())
        .containsEntry("stage", "1")
        .containsEntry("round", "0");
  }

  @Test
  void theMarkThatAllWereToldIsSetOnce() {
    var told = (Pending) after(patient, asked(0, List.of(MAX), List.of()));

    assertThat(told.open().asked()).isTrue();
    assertThat(told.trail().last().details())
        .containsEntry("reached", MAX)
        .containsEntry("refused", "");
    assertChangesNothing(told, asked(0, List.of(MAX), List.of()));
  }

  @Test
  void theMarkOfAnotherRoundChangesNothing() {
    var reminded = after(patient, roundOver(0, 0, MONDAY.plus(HOUR)));

    assertChangesNothing(patient, asked(1, List.of(MAX), List.of()));
    assertChangesNothing(reminded, asked(0, List.of(MAX), List.of()));
    assertThat(after(reminded, asked(1, List.of(MAX), List.of())).trail().last().details())
        .containsEntry("round", "1");
  }

  @Test
  void theMarkOfAnotherStageChangesNothing() {
    var second = after(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)), approval(MAX, 0));

    assertChangesNothing(second, asked(0, List.of(MAX), List.of()));
    assertThat(after(second, asked(1, 0, List.of(OLGA), List.of())).trail().last().details())
        .containsEntry("stage", "1");
  }

  @Test
  void someRefusedMailsAreRecordedAndTheOthersCanAnswer() {
    var pending = sent(AStage.needsOneOf(OLGA, OTTO));

    var told = (Pending) after(pending, asked(0, List.of(OTTO), List.of(OLGA)));

    assertThat(told.open().asked()).isTrue();
    assertThat(told.open().round()).isZero();
    assertThat(told.trail().last().details())
        .containsEntry("reached", OTTO)
        .containsEntry("refused", OLGA);
  }

  @Test
  void ifAllMailsAreRefusedTheNextRoundThatAsksSomebodyElseOpensAtOnce() {
    var next = (Pending) after(patient, asked(0, List.of(), List.of(MAX)));

    assertThat(next.open().round()).isEqualTo(2);
    assertThat(next.open().asked()).isFalse();
    assertThat(next.open().roundEndsAt()).isEqualTo(MONDAY.plus(HOUR.multipliedBy(3)));
    assertThat(next.trail().last().kind()).isEqualTo(Event.Kind.ASKED);
    assertThat(next.trail().last().details())
        .containsEntry("round", "0")
        .containsEntry("refused", MAX)
        .containsEntry("unreached", MAX)
        .containsEntry("opens", "2");
    assertThat(Reach.left(next.trail().last())).contains(new Reach.Left(0, 0, List.of(MAX), 2));
  }

  @Test
  void ifNobodyElseCanBeAskedTheSamePeopleAreAskedAgainAtOnce() {
    var next =
        (Pending)
            after(sent(AStage.needsOneOf(MAX).thenReminds()), asked(0, List.of(), List.of(MAX)));

    assertThat(next.open().round()).isEqualTo(1);
  }

  @Test
  void oneRefusedMailOfAllWhoMustApproveEscalatesAtOnce() {
    var pending = sent(AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, MAX, OLGA, ERIN));

    var next = (Pending) after(pending, asked(0, List.of(MAX), List.of(OLGA)));

    assertThat(next.open().round()).isEqualTo(1);
    assertThat(next.trail().last().details()).containsEntry("unreached", OLGA);
  }

  @Test
  void ifAllMailsOfTheLastRoundAreRefusedNobodyCanAnswer() {
    var pending = sent(AStage.needsOneOf(MAX));

    assertThat(after(pending, asked(0, List.of(), List.of(MAX)))).isInstanceOf(Lapsed.class);
  }

  @Test
  void ifThereWasNobodyLeftToTellTheRoundGoesOn() {
    var told = (Pending) after(patient, asked(0, List.of(), List.of()));

    assertThat(told.open().round()).isZero();
    assertThat(told.open().asked()).isTrue();
  }

  @Test
  void everybodyAskedSoFarIsNamedOnce() {
    var escalated =
        (Pending)
            after(
                patient,
                roundOver(0, 0, MONDAY.plus(HOUR)),
                roundOver(0, 1, MONDAY.plus(HOUR.multipliedBy(3))));

    assertThat(patient.open().everybodyAsked()).containsExactly(MAX);
    assertThat(escalated.open().everybodyAsked()).containsExactly(MAX, ERIN);
  }
}
