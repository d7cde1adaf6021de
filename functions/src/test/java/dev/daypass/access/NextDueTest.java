package dev.daypass.access;

import static dev.daypass.access.ARequest.active;
import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.afterRuns;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.expiry;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.ARequest.told;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NextDueTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private static Instant due(Request request) {
    return request.nextDue().orElseThrow();
  }

  private static Request runStarted(Request request, Instant at) {
    return after(request, new Command.StartRun(Acts.by("sweep", at), request.trail().run() + 1));
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsOverIsNeverDue(Status status) {
    assertThat(ARequest.in(status).nextDue().isEmpty()).isEqualTo(status.isFinal());
  }

  @Nested
  class WhilePending {
    @Test
    void theApproversMustBeToldWithinTwoMinutes() {
      assertThat(due(ARequest.sentToTheManager())).isEqualTo(MONDAY.plus(TWO_MINUTES));
    }

    @Test
    void onceTheyAreToldTheyHaveUntilTheEndOfTheRound() {
      var told = ARequest.waitingForTheManager();

      assertThat(due(told)).isEqualTo(told.open().roundEndsAt());
    }

    @Test
    void aRoundShorterThanThePatienceEndsAtItsDeadline() {
      var pending = sent(AStage.needsOneOf(MAX).lasting(Duration.ofMinutes(1)));

      assertThat(due(pending)).isEqualTo(MONDAY.plusSeconds(60));
    }

    @Test
    void aVoteThatLeavesTheStageOpenMovesNothing() {
      var pending = told(sent(AStage.needsAllOf(MAX, OLGA)));

      assertThat(due(after(pending, approval(MAX, 0, MONDAY.plusSeconds(600)))))
          .isEqualTo(pending.open().roundEndsAt());
    }

    @Test
    void aVoteAfterTheEndOfTheRoundDoesNotPutItOff() {
      var pending = told(sent(AStage.needsAllOf(MAX, OLGA).thenReminds()));
      var deadline = pending.open().roundEndsAt();

      assertThat(due(after(pending, approval(MAX, 0, deadline.plusSeconds(30)))))
          .isEqualTo(deadline);
    }

    @Test
    void theNextStageMustBeToldWithinTwoMinutesOfTheDecision() {
      var at = MONDAY.plusSeconds(600);
      var pending = told(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)));

      assertThat(due(after(pending, approval(MAX, 0, at)))).isEqualTo(at.plus(TWO_MINUTES));
    }

    @Test
    void aRunBegunAfterTheEndOfTheRoundGetsItsTime() {
      var told = ARequest.waitingForTheManager();
      var late = told.open().roundEndsAt().plusSeconds(30);

      assertThat(due(runStarted(told, late))).isEqualTo(late.plus(TWO_MINUTES.multipliedBy(2)));
    }

    @Test
    void aRunBegunAtTheVeryEndOfTheRoundGetsItsTime() {
      var told = ARequest.waitingForTheManager();
      var deadline = told.open().roundEndsAt();

      assertThat(due(runStarted(told, deadline)))
          .isEqualTo(deadline.plus(TWO_MINUTES.multipliedBy(2)));
    }

    @Test
    void aRunBegunBeforeTheEndOfTheRoundDoesNotPutItOff() {
      var told = ARequest.waitingForTheManager();

      assertThat(due(runStarted(told, MONDAY.plusSeconds(30))))
          .isEqualTo(told.open().roundEndsAt());
    }
  }

  @Nested
  class WhileSettingUpAndTakingAway {
    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "PROVISIONING", "ENDING"})
    void twoMinutesMustDo(Status status) {
      var request = ARequest.in(status);

      assertThat(due(request)).isEqualTo(request.trail().last().act().at().plus(TWO_MINUTES));
    }

    @ParameterizedTest
    @CsvSource({"0, PT2M", "1, PT4M", "2, PT8M", "3, PT16M", "7, PT4H16M", "8, PT6H", "40, PT6H"})
    void eachRunInVainDoublesThePatienceUpToSixHours(int runs, Duration patience) {
      var request = afterRuns(ARequest.ending(), runs);

      assertThat(due(request)).isEqualTo(request.trail().last().act().at().plus(patience));
    }

    @Test
    void whateverMovesTheRequestMakesThePatienceShortAgain() {
      var struggling = afterRuns(ARequest.approvedByTheManager(), 12);
      var at = MONDAY.plus(Duration.ofDays(2));

      var claimed = after(struggling, new Command.Claim(Acts.byTheWorkflow(at)));

      assertThat(due(claimed)).isEqualTo(at.plus(TWO_MINUTES));
    }
  }

  @Nested
  class WhileActive {
    @Test
    void theHolderIsToldAQuarterOfAnHourBeforeTheEnd() {
      assertThat(due(active())).isEqualTo(expiry().minus(Duration.ofMinutes(15)));
    }

    @Test
    void thenOnlyTheEndIsLeft() {
      assertThat(due(after(active(), ARequest.warned(MONDAY)))).isEqualTo(expiry());
    }

    @ParameterizedTest
    @CsvSource({"PT15M, PT15M", "PT59M59S, PT59M59S", "PT1H, PT45M", "PT8H, PT7H45M"})
    void accessOfLessThanAnHourIsNotAnnouncedToEnd(Duration length, Duration due) {
      assertThat(due(active(length))).isEqualTo(MONDAY.plus(due));
    }

    @Test
    void aRunBegunAfterTheEndGetsItsTime() {
      var late = expiry().plusSeconds(30);

      assertThat(due(runStarted(active(), late))).isEqualTo(late.plus(TWO_MINUTES.multipliedBy(2)));
    }

    @Test
    void aWarningThatComesTooLateDoesNotPutOffTheEnd() {
      var late = expiry().plusSeconds(30);

      assertThat(due(after(active(), ARequest.warned(late)))).isEqualTo(expiry());
    }

    @Test
    void noRunPutsOffTheEnd() {
      var shortlyBefore = expiry().minusSeconds(30);

      assertThat(due(runStarted(active(), shortlyBefore))).isEqualTo(expiry());
    }
  }
}
