package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedTest {
  @Test
  void anOpenStageIsOpen() {
    assertThat(Closed.sentence(ARequest.waitingForTheManager(), 0))
        .isEqualTo("This is still open.");
  }

  @Test
  void anApprovedStageNamesAllWhoApproved() {
    var approved = after(sent(AStage.needsAllOf(MAX, OLGA)), approval(OLGA, 0), approval(MAX, 0));

    assertThat(Closed.sentence(approved, 0))
        .isEqualTo("Already approved by " + OLGA + " and " + MAX + ".");
  }

  @Test
  void aDeniedStageNamesWhoDeniedOnly() {
    var denied =
        after(sent(AStage.needsAllOf(MAX, OLGA)), approval(OLGA, 0), ARequest.denial(MAX, 0));

    assertThat(Closed.sentence(denied, 0)).isEqualTo("Already denied by " + MAX + ".");
  }

  @Test
  void aLapsedStageSaysThatNobodyAnswered() {
    assertThat(Closed.sentence(ARequest.lapsed(), 0))
        .isEqualTo("Nobody answered in time; the request is over.");
  }

  @Test
  void aLapsedStageDoesNotForgetWhoDidAnswer() {
    var pending = sent(AStage.needsAllOf(MAX, OLGA));
    var lapsed =
        after(
            pending,
            approval(OLGA, 0),
            new Command.RoundOver(Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, 0));

    assertThat(Closed.sentence(lapsed, 0))
        .isEqualTo(
            "Only " + OLGA + " approved in time, which was not enough; the request is over.");
  }

  @Test
  void aCancelledStageWasWithdrawn() {
    assertThat(Closed.sentence(ARequest.cancelled(), 0))
        .isEqualTo("The request was withdrawn before it was decided.");
  }

  @Test
  void aStageApprovedBeforeTheWithdrawalStaysApproved() {
    var cancelled = after(ARequest.approvedByTheManager(), ARequest.revocation(Acts.MONDAY));

    assertThat(Closed.sentence(cancelled, 0)).isEqualTo("Already approved by " + MAX + ".");
  }

  @Test
  void aStageNeverOpenedWasNeverReached() {
    var denied =
        after(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)), ARequest.denial(MAX, 0));

    assertThat(Closed.sentence(denied, 1))
        .isEqualTo("This step of the approval was never reached.");
    assertThat(Closed.sentence(denied, -1))
        .isEqualTo("This step of the approval was never reached.");
  }
}
