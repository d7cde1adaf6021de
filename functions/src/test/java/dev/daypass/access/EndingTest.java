package dev.daypass.access;

import static dev.daypass.access.ARequest.active;
import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.expiry;
import static dev.daypass.access.ARequest.revocation;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndingTest {
  private static Command cancel() {
    return new Command.Cancel(Acts.by(SAM, MONDAY));
  }

  private static Command giveBack() {
    return new Command.Return(Acts.by(SAM, MONDAY));
  }

  private static Command gone() {
    return new Command.Gone(Acts.byTheWorkflow(MONDAY), null);
  }

  @Nested
  class Cancelling {
    @Test
    void beforeADecisionTheOpenStageClosesAsCancelled() {
      var cancelled = after(ARequest.waitingForTheManager(), cancel());

      assertThat(cancelled.stages().getLast().result()).isEqualTo(Stage.Result.CANCELLED);
    }

    @Test
    void afterTheApprovalTheStageStaysApproved() {
      var cancelled = after(ARequest.approvedByTheManager(), cancel());

      assertThat(cancelled).isInstanceOf(Cancelled.class);
      assertThat(cancelled.stages().getLast().result()).isEqualTo(Stage.Result.APPROVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVISIONING", "ACTIVE", "ENDING"})
    void onceTheSetUpHasBegunGivingBackIsTheWay(Status status) {
      assertRefusedSaying(
          ARequest.in(status),
          cancel(),
          "already-started",
          "The access is already being set up or is there. You can give it back instead.");
    }

    @ParameterizedTest
    @EnumSource(names = {"DENIED", "LAPSED", "ENDED", "FAILED"})
    @Tag("mind.cancel")
    void whatIsOverCannotBeCancelled(Status status) {
      assertRefusedSaying(
          ARequest.in(status),
          cancel(),
          "already-over",
          "This request is already over; nothing is left to withdraw.");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyCancelsForSomebodyElse(Status status) {
      assertRefusedSaying(
          ARequest.in(status),
          new Command.Cancel(Acts.by(OLGA, MONDAY)),
          "not-yours",
          "Only the person who asked for this can withdraw the request.");
    }
  }

  @Nested
  class GivingBack {
    @Test
    void beforeTheSetUpItCancels() {
      assertThat(after(ARequest.waitingForTheManager(), giveBack())).isInstanceOf(Cancelled.class);
      assertThat(after(ARequest.approvedByTheManager(), giveBack())).isInstanceOf(Cancelled.class);
    }

    @Test
    void duringTheSetUpItEndsWhatMayBeThereByNow() {
      var ending = ARequest.returnedWhileBeingSetUp();

      assertThat(ending.grant()).isNull();
      assertThat(ending.given()).isEmpty();
      assertThat(ending.reason()).isEqualTo(EndReason.RETURNED);
      assertThat(after(ending, gone())).isInstanceOf(Ended.class);
    }

    @Test
    void afterTheSetUpItEndsTheAccess() {
      var active = active();

      var ending = (Ending) after(active, giveBack());

      assertThat(ending.grant()).isEqualTo(active.grant());
      assertThat(ending.given()).contains(active.grant());
      assertThat(ending.reason()).isEqualTo(EndReason.RETURNED);
      assertThat(ending.since()).isEqualTo(MONDAY);
      assertThat(ending.trail().last().kind()).isEqualTo(Event.Kind.ENDING);
      assertThat(ending.trail().last().details()).containsEntry("reason", "RETURNED");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGivesBackForSomebodyElse(Status status) {
      assertRefusedSaying(
          ARequest.in(status),
          new Command.Return(Acts.by(OLGA, MONDAY)),
          "not-yours",
          "Only the person who has this access can give it back.");
    }
  }

  @Nested
  class Revoking {
    @Test
    void itSaysWhy() {
      var ending = (Ending) after(active(), revocation(MONDAY));

      assertThat(ending.reason()).isEqualTo(EndReason.REVOKED);
      assertThat(ending.why()).isEqualTo("The case is closed.");
      assertThat(ending.trail().last().details())
          .containsEntry("reason", "REVOKED")
          .containsEntry("why", "The case is closed.");
    }

    @Test
    void beforeTheSetUpItCancelsAndSaysWhy() {
      var cancelled = after(ARequest.approvedByTheManager(), revocation(MONDAY));

      assertThat(cancelled).isInstanceOf(Cancelled.class);
      assertThat(cancelled.trail().last().details()).containsEntry("why", "The case is closed.");
    }

    @Test
    void theReasonIsKeptWithoutTheSpaceAroundIt() {
      var spacious = new Command.Revoke(Acts.by(OLGA, MONDAY), " \n The case is closed.  ");

      assertThat(((Ending) after(active(), spacious)).why()).isEqualTo("The case is closed.");
    }

    @Test
    void tooLongAReasonIsShortenedAndNotRefused() {
      var talkative = new Command.Revoke(Acts.by(OLGA, MONDAY), "x".repeat(Texts.LONGEST * 5));

      var ending = (Ending) after(active(), talkative);

      assertThat(ending.why()).hasSize(Texts.LONGEST).endsWith("x…");
    }

    @Test
    void theFirstReasonStays() {
      var returned = after(active(), giveBack());

      assertChangesNothing(returned, revocation(MONDAY));
    }
  }

  @Nested
  class Expiring {
    @Test
    void notAMomentTooSoon() {
      assertRefusedSaying(
          active(),
          new Command.Expire(Acts.byTheWorkflow(expiry().minusNanos(1))),
          "not-due",
          "This access lasts until 2026-03-02T12:00:00Z.");
    }

    @Test
    void atTheVeryMoment() {
      var ending = (Ending) after(active(), new Command.Expire(Acts.byTheWorkflow(expiry())));

      assertThat(ending.reason()).isEqualTo(EndReason.EXPIRED);
      assertThat(ending.why()).isEmpty();
      assertThat(ending.since()).isEqualTo(expiry());
    }
  }

  @Nested
  class TheEnd {
    @Test
    void isProvenByReadingTheTarget() {
      var ended = (Ended) after(ARequest.ending(), gone());

      assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
      assertThat(ended.heldBy()).isNull();
      assertThat(ended.given()).contains(active().grant());
      assertThat(ended.trail().last().kind()).isEqualTo(Event.Kind.ENDED);
      assertThat(ended.trail().last().details())
          .containsEntry("readBack", "absent")
          .containsEntry("reason", "EXPIRED");
    }

    @Test
    void namesTheGrantThatStillHoldsTheEntitlement() {
      var ended =
          (Ended) after(ARequest.ending(), new Command.Gone(Acts.byTheWorkflow(MONDAY), "other"));

      assertThat(ended.heldBy()).isEqualTo("other");
      assertThat(ended.trail().last().details())
          .containsEntry("readBack", "held by another grant")
          .containsEntry("heldBy", "other");
    }

    @Test
    void isReadFromTheTargetWhateverIsOnlyWanted() {
      var wanted = new Command.Gone(Acts.byTheWorkflow(MONDAY), "another", true);

      var ended = (Ended) after(ARequest.ending(), wanted);

      assertThat(ended.isUnsaid()).isFalse();
      assertThat(ended.trail().last().details()).doesNotContainKey(Request.UNSAID);
    }

    @Test
    void givesTheOwnersATaskIfItDoesNotCome() {
      var at = expiry().plus(Duration.ofMinutes(10));
      var ending =
          (Ending)
              after(
                  ARequest.ending(),
                  new Command.OpenTask(Acts.byTheWorkflow(at), "The target is down."));

      assertThat(ending.task())
          .isEqualTo(new RemovalTask(at, List.of(OLGA, OTTO), "The target is down."));
      assertThat(ending.reason()).isEqualTo(EndReason.EXPIRED);
      assertThat(ending.grant()).isEqualTo(active().grant());
      assertThat(ending.trail().last().kind()).isEqualTo(Event.Kind.REMOVAL_TASK_OPENED);
      assertThat(ending.trail().last().details())
          .containsEntry("for", OLGA + " " + OTTO)
          .containsEntry("problem", "The target is down.");
      assertChangesNothing(
          ending, new Command.OpenTask(Acts.byTheWorkflow(at), "It is still down."));
      assertThat(after(ending, gone())).isInstanceOf(Ended.class);
    }

    @Test
    void aTargetThatAnswersWithANovelDoesNotFillTheRequest() {
      var novel = "word ".repeat(100_000);

      var ending =
          (Ending)
              after(ARequest.ending(), new Command.OpenTask(Acts.byTheWorkflow(MONDAY), novel));

      assertThat(ending.trail().last().details().get("problem")).hasSize(Texts.LONGEST);
    }
  }
}
