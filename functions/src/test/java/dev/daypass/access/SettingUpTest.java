package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.beingSetUp;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SettingUpTest {
  private static Command provisioned() {
    return new Command.Provisioned(Acts.byTheWorkflow(MONDAY));
  }

  private static Command alreadyHeld() {
    return new Command.AlreadyHeld(Acts.byTheWorkflow(MONDAY));
  }

  @Test
  @Tag("time.clock")
  void theTimeBeginsWhenTheAccessIsProvenToBeThere() {
    var at = MONDAY.plus(Duration.ofMinutes(7));

    var active = (Active) after(beingSetUp(), new Command.Provisioned(Acts.byTheWorkflow(at)));

    assertThat(active.grant()).isEqualTo(new Grant(at, at.plus(ARequest.FOUR_HOURS)));
    assertThat(active.given()).contains(active.grant());
    assertThat(active.warned()).isFalse();
    assertThat(active.trail().last().details()).containsEntry("expiresAt", "2026-03-02T12:07:00Z");
  }

  @Test
  void nothingIsSetUpWithoutTheClaim() {
    assertChangesNothing(ARequest.approvedByTheManager(), provisioned());
  }

  @Test
  void nothingIsClaimedWithoutTheApproval() {
    assertChangesNothing(
        ARequest.waitingForTheManager(), new Command.Claim(Acts.byTheWorkflow(MONDAY)));
  }

  @Test
  void aSetUpThatEndsAfterTheReturnGivesNothing() {
    assertChangesNothing(ARequest.returnedWhileBeingSetUp(), provisioned());
  }

  @Test
  void whatCannotBeSetUpIsUndoneAndThenHasFailed() {
    var ending = ARequest.givenUp();
    assertThat(ending.reason()).isEqualTo(EndReason.GIVEN_UP);
    assertThat(ending.why()).isEqualTo("No such group.");
    assertThat(ending.grant()).isNull();
    assertThat(ending.trail().last().kind()).isEqualTo(Event.Kind.GIVEN_UP);

    var failed = (Failed) after(ending, new Command.Gone(Acts.byTheWorkflow(MONDAY), null));

    assertThat(failed.reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(failed.why()).isEqualTo("No such group.");
    assertThat(failed.trail().last().kind()).isEqualTo(Event.Kind.ENDED);
    assertThat(failed.trail().last().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void whatNobodyMayHaveTogetherIsGivenUpBeforeAnythingIsAdded() {
    Request request = Life.submit(ARequest.asking(APlan.apart()), Acts.by(SAM, MONDAY));
    var claimed =
        after(request, ARequest.approval(MAX, 0), new Command.Claim(Acts.byTheWorkflow(MONDAY)));
    assertThat(claimed.notBoth()).isEmpty();

    var ending =
        (Ending) after(claimed, new Command.NotBoth(Acts.byTheWorkflow(MONDAY), APlan.APPROVER));

    assertThat(ending.reason()).isEqualTo(EndReason.GIVEN_UP);
    assertThat(ending.why())
        .isEqualTo(
            "Nobody may have it together with “Approver” in the payments, which the person has or"
                + " is getting.");
    assertThat(ending.trail().last().details())
        .containsEntry("notBoth", "payments/approver")
        .containsEntry("reason", "GIVEN_UP");
    assertThat(ending.notBoth()).contains(APlan.APPROVER);
    var failed = (Failed) after(ending, new Command.NeverAdded(Acts.byTheWorkflow(MONDAY)));
    assertThat(failed.notBoth()).contains(APlan.APPROVER);
    assertThat(APlan.APPROVER.entitlement(SAM))
        .isEqualTo(new Entitlement("payments", "approver", SAM));
  }

  @Test
  void whateverTheTargetAnsweredFitsIntoTheRequest() {
    var novel = "word ".repeat(100_000);

    var ending =
        (Ending) after(beingSetUp(), new Command.GiveUp(Acts.byTheWorkflow(MONDAY), novel));

    assertThat(ending.why()).hasSize(Texts.LONGEST);
  }

  @Test
  void whatWasGivenUpBeforeAnythingWasAddedHasFailedWithoutAReadBack() {
    var failed =
        (Failed) after(ARequest.givenUp(), new Command.NeverAdded(Acts.byTheWorkflow(MONDAY)));

    assertThat(failed.reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(failed.trail().last().details()).containsEntry("readBack", "nothing had been added");
  }

  @Test
  void accessThatWasThereBeforeIsNeitherGivenNorTakenAway() {
    var failed = (Failed) after(beingSetUp(), alreadyHeld());

    assertThat(failed.reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(failed.why()).isEqualTo("The person had this access before, and not from Daypass.");
    assertThat(failed.trail().last().kind()).isEqualTo(Event.Kind.ALREADY_HELD);
    assertThat(failed.given()).isEmpty();
  }

  @Test
  void accessThatWasThereBeforeIsNotTakenAwayThoughSamGaveUpWaiting() {
    assertThat(after(ARequest.returnedWhileBeingSetUp(), alreadyHeld())).isInstanceOf(Failed.class);
    assertThat(after(ARequest.givenUp(), alreadyHeld())).isInstanceOf(Failed.class);
  }

  @Test
  void accessThatWasActiveWasOursAndEndsOnlyByReadBack() {
    Ending returned = (Ending) after(ARequest.active(), new Command.Return(Acts.by(SAM, MONDAY)));

    assertChangesNothing(returned, alreadyHeld());
  }

  @Test
  void theHolderIsWarnedOnce() {
    var warned = (Active) after(ARequest.active(), ARequest.warned(MONDAY));

    assertThat(warned.warned()).isTrue();
    assertThat(warned.grant()).isEqualTo(ARequest.active().grant());
    assertThat(warned.trail().last().kind()).isEqualTo(Event.Kind.ENDING_SOON);
    assertChangesNothing(warned, ARequest.warned(MONDAY));
  }
}
