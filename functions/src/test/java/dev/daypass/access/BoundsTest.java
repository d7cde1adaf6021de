package dev.daypass.access;

import static dev.daypass.access.ARequest.active;
import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.afterRuns;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {
  /** So full that neither a decision nor a run is taken. */
  private static Request full(Request request) {
    return afterRuns(request, Trail.MOST_EVENTS - request.version());
  }

  private static Command startRun(Request request) {
    return new Command.StartRun(Acts.by("sweep", MONDAY), request.trail().run() + 1);
  }

  @Test
  void aFullRequestTakesNoMoreDecisionsAndRuns() {
    var full = full(ARequest.waitingForTheManager());

    assertThat(full.version()).isEqualTo(200);
    assertRefusedSaying(
        full,
        approval(MAX, 0),
        "too-many-events",
        "This request has too long a history to take anything more. Please start a new one.");
    assertRefused(full, startRun(full), "too-many-events");
  }

  @Test
  void oneEventLessIsNotFull() {
    var nearly = afterRuns(ARequest.waitingForTheManager(), 199 - 2);

    assertThat(nearly.version()).isEqualTo(199);
    assertThat(after(nearly, approval(MAX, 0)).version()).isEqualTo(200);
  }

  @Test
  void whatWouldChangeNothingIsNotRefusedForWantOfRoom() {
    var full = full(ARequest.approvedByTheManager());

    assertChangesNothing(full, approval(MAX, 0));
    assertChangesNothing(full, ARequest.warned(MONDAY));
  }

  @Test
  void aFullPendingRequestCanBeCancelled() {
    assertThat(
            after(full(ARequest.waitingForTheManager()), new Command.Cancel(Acts.by(SAM, MONDAY))))
        .isInstanceOf(Cancelled.class);
  }

  @Test
  void aFullPendingRequestLapses() {
    var later = MONDAY.plus(Duration.ofDays(30));
    var full = (Pending) full(ARequest.sentToTheManager());

    var told =
        after(full, new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 0, List.of(MAX), List.of()));
    var reminded = after(told, new Command.RoundOver(Acts.byTheWorkflow(later), 0, 0));

    assertThat(
            after(
                reminded,
                new Command.RoundOver(Acts.byTheWorkflow(later.plus(AStage.ANY_ROUND)), 0, 1)))
        .isInstanceOf(Lapsed.class);
  }

  @Test
  void aFullApprovedRequestComesToItsEnd() {
    var full = full(ARequest.approvedByTheManager());

    var active =
        (Active)
            after(
                full,
                new Command.Claim(Acts.byTheWorkflow(MONDAY)),
                new Command.Provisioned(Acts.byTheWorkflow(MONDAY)));
    var ended =
        after(
            active,
            ARequest.warned(MONDAY),
            new Command.Expire(Acts.byTheWorkflow(active.grant().expiresAt())),
            new Command.OpenTask(Acts.byTheWorkflow(MONDAY), "The target is down."),
            new Command.Gone(Acts.byTheWorkflow(MONDAY), null));

    assertThat(ended).isInstanceOf(Ended.class);
  }

  @Test
  void aFullRequestThatCannotBeSetUpComesToItsEnd() {
    var full = full(ARequest.beingSetUp());

    assertThat(
            after(
                full,
                new Command.GiveUp(Acts.byTheWorkflow(MONDAY), "No such group."),
                new Command.Gone(Acts.byTheWorkflow(MONDAY), null)))
        .isInstanceOf(Failed.class);
    assertThat(after(full, new Command.AlreadyHeld(Acts.byTheWorkflow(MONDAY))))
        .isInstanceOf(Failed.class);
  }

  @Test
  void takingAwayHasRoomForRunsOfItsOwn() {
    var ending = after(full(active()), ARequest.revocation(MONDAY));

    var fuller = afterRuns(ending, Trail.MOST_EVENTS_WHILE_ENDING - ending.version());

    assertThat(fuller.version()).isEqualTo(250);
    assertRefused(fuller, startRun(fuller), "too-many-events");
    assertThat(after(fuller, new Command.Gone(Acts.byTheWorkflow(MONDAY), null)))
        .isInstanceOf(Ended.class);
  }
}
