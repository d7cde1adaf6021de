package dev.daypass.access;

import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextTest {
  @Test
  void whilePendingSomebodyDecidesByTheEndOfTheRound() {
    var pending = ARequest.waitingForTheManager();
    var reminded =
        (Request.Pending)
            ARequest.after(
                pending,
                new Command.RoundOver(Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, 0));

    assertThat(Next.of(pending, Instant.EPOCH))
        .isEqualTo(new Next.Decide(0, 0, pending.open().roundEndsAt()));
    assertThat(Next.of(reminded, Instant.EPOCH))
        .isEqualTo(new Next.Decide(0, 1, reminded.open().roundEndsAt()));
  }

  @Test
  void whileALaterStageIsOpenSomebodyDecidesThatOne() {
    var first = ARequest.sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA));
    var second = (Request.Pending) ARequest.after(first, ARequest.approval(MAX, 0));

    assertThat(Next.of(second, Instant.EPOCH))
        .isEqualTo(new Next.Decide(1, 0, second.open().roundEndsAt()));
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PROVISIONING"})
  void whatIsApprovedIsSetUpHoweverFarThatWent(Status status) {
    assertThat(Next.of(ARequest.in(status), Instant.EPOCH)).isEqualTo(new Next.Provision());
  }

  @Test
  void whatIsActiveAwaitsItsEnd() {
    assertThat(Next.of(ARequest.active(), Instant.EPOCH))
        .isEqualTo(new Next.AwaitEnd(ARequest.expiry()));
  }

  @Test
  void whatIsEndingIsTakenAway() {
    assertThat(Next.of(ARequest.ending(), Instant.EPOCH)).isEqualTo(new Next.Deprovision());
    assertThat(Next.of(ARequest.givenUp(), Instant.EPOCH)).isEqualTo(new Next.Deprovision());
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "LAPSED", "CANCELLED", "ENDED", "FAILED"})
  void whatIsOverIsDone(Status status) {
    assertThat(Next.of(ARequest.in(status), Instant.EPOCH)).isEqualTo(new Next.Done());
  }
}
