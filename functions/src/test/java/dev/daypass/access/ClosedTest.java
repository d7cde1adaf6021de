package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.words.InWords;
import org.junit.jupiter.api.Test;

class ClosedTest {
  @Test
  void anOpenStageIsOpen() {
    assertThat(sentence(ARequest.waitingForTheManager(), 0)).isEqualTo("This is still open.");
  }

  @Test
  void anApprovedStageNamesAllWhoApproved() {
    var approved = after(sent(AStage.needsAllOf(MAX, OLGA)), approval(OLGA, 0), approval(MAX, 0));

    assertThat(sentence(approved, 0))
        .isEqualTo("Already approved by " + OLGA + " and " + MAX + ".");
  }

  @Test
  void aDeniedStageNamesWhoDeniedOnly() {
    var denied =
        after(sent(AStage.needsAllOf(MAX, OLGA)), approval(OLGA, 0), ARequest.denial(MAX, 0));

    assertThat(sentence(denied, 0)).isEqualTo("Already denied by " + MAX + ".");
  }

  @Test
  void aLapsedStageSaysThatNobodyAnswered() {
    assertThat(sentence(ARequest.lapsed(), 0))
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

    assertThat(sentence(lapsed, 0))
        .isEqualTo(
            "Only " + OLGA + " approved in time, which was not enough; the request is over.");
  }

  @Test
  void aCancelledStageWasWithdrawn() {
    assertThat(sentence(ARequest.cancelled(), 0))
        .isEqualTo("The request was withdrawn before it was decided.");
  }

  @Test
  void aStageApprovedBeforeTheWithdrawalStaysApproved() {
    var cancelled = after(ARequest.approvedByTheManager(), ARequest.revocation(Acts.MONDAY));

    assertThat(sentence(cancelled, 0)).isEqualTo("Already approved by " + MAX + ".");
  }

  @Test
  void aStageNeverOpenedWasNeverReached() {
    var denied =
        after(sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA)), ARequest.denial(MAX, 0));

    assertThat(sentence(denied, 1)).isEqualTo("This step of the approval was never reached.");
    assertThat(sentence(denied, -1)).isEqualTo("This step of the approval was never reached.");
  }

  /** The sentence, which is also what whoever comes too late is refused with, in every language. */
  private static String sentence(Request request, int stage) {
    var refusal = InWords.saidInEveryLanguage(Closed.refusal(request, stage));
    assertThat(refusal.code()).isEqualTo("stage-closed");
    assertThat(Closed.sentence(request, stage)).isEqualTo(refusal.message());
    return refusal.message();
  }
}
