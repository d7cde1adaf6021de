package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Pending;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has approved thinks again. */
class WithdrawingTest {
  private static final Instant LATER = MONDAY.plusSeconds(60);

  private static Command.WithdrawApproval withdrawal(String by, String comment) {
    return new Command.WithdrawApproval(Acts.by(by, LATER), comment);
  }

  private static List<String> codes(Request request, Command command) {
    return refusals(request, command).stream().map(Refusal::code).toList();
  }

  @Test
  void endsWhatHasNotBeenBegun() {
    var over =
        (Cancelled) after(ARequest.approvedByTheManager(), withdrawal(MAX, " Sam has moved. "));

    assertThat(over.withdrawnBy()).contains(MAX);
    assertThat(over.stages().getLast().result()).isEqualTo(Stage.Result.APPROVED);
    assertThat(over.trail().last().kind()).isEqualTo(Event.Kind.CANCELLED);
    assertThat(over.trail().last().details())
        .containsEntry("why", "Sam has moved.")
        .containsEntry("withdrawn", "approval");
  }

  @Test
  void endsTheStageThatIsOpenMeanwhile() {
    var second =
        after(
            ARequest.told(ARequest.sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA))),
            approval(MAX, 0));

    var over = (Cancelled) after(second, withdrawal(MAX, "Sam has moved."));

    assertThat(over.stages().getFirst().result()).isEqualTo(Stage.Result.APPROVED);
    assertThat(over.stages().getLast().result()).isEqualTo(Stage.Result.CANCELLED);
    assertThat(codes(over, approval(OLGA, 1))).isNotEmpty();
  }

  @Test
  void endsAStageThatNeedsMore() {
    var half = after(ARequest.told(ARequest.sent(AStage.needsAllOf(MAX, DORA))), approval(MAX, 0));

    assertThat(after(half, withdrawal(MAX, "Sam has moved."))).isInstanceOf(Cancelled.class);
  }

  @Test
  void isForWhoeverHasApproved() {
    var approved = ARequest.approvedByTheManager();
    for (var other : List.of(DORA, OLGA, SAM)) {
      assertThat(codes(approved, withdrawal(other, "No."))).containsExactly(Refusal.NOT_YOURS);
    }
    assertThat(
            codes(
                after(ARequest.waitingForTheManager(), denial(MAX, 0)),
                withdrawal(MAX, "Perhaps.")))
        .containsExactly(Refusal.NOT_YOURS);
  }

  @Test
  void saysWhy() {
    var approved = ARequest.approvedByTheManager();

    assertThat(codes(approved, withdrawal(MAX, "  "))).containsExactly("comment-missing");
    assertThat(codes(approved, withdrawal(MAX, "x".repeat(Texts.LONGEST + 1))))
        .containsExactly("comment-too-long");
    assertThat(codes(approved, withdrawal(MAX, "out\u202e"))).containsExactly("comment-character");
    assertThat(after(approved, withdrawal(MAX, "x".repeat(Texts.LONGEST))))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void twiceIsOnce() {
    var over = after(ARequest.approvedByTheManager(), withdrawal(MAX, "Sam has moved."));

    assertChangesNothing(
        over, new Command.WithdrawApproval(Acts.by(MAX, LATER.plusSeconds(5)), "Again."));
  }

  @Test
  void isNotForWhatSomebodyElseHasEnded() {
    var cancelled =
        after(ARequest.approvedByTheManager(), new Command.Cancel(Acts.by(SAM, MONDAY)));

    assertThat(((Cancelled) cancelled).withdrawnBy()).isEmpty();
    assertThat(codes(cancelled, withdrawal(MAX, "No."))).containsExactly("already-over");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVISIONING", "ACTIVE", "ENDING"})
  @Tag("mind.withdraw")
  void onceTheSetUpHasBegunOwnersAreTheWay(Status status) {
    assertRefusedSaying(
        ARequest.in(status),
        withdrawal(MAX, "No."),
        "already-started",
        "The access is already being set up or is there. An owner of the CRM can take it away.");
  }

  @Test
  void isNotForWhatIsOverWithoutTheSetUp() {
    var half =
        (Pending)
            after(ARequest.told(ARequest.sent(AStage.needsAllOf(MAX, DORA))), approval(MAX, 0));
    var lapsed =
        after(half, new Command.RoundOver(Acts.byTheWorkflow(half.open().roundEndsAt()), 0, 0));

    assertThat(codes(after(half, denial(DORA, 0)), withdrawal(MAX, "No.")))
        .containsExactly("already-over");
    assertThat(codes(lapsed, withdrawal(MAX, "No."))).containsExactly("already-over");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDED", "FAILED"})
  void whatIsOverStays(Status status) {
    assertRefusedSaying(
        ARequest.in(status),
        withdrawal(MAX, "No."),
        "already-over",
        "This request is already over; nothing is left to withdraw.");
  }
}
