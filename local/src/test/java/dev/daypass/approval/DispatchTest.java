package dev.daypass.approval;

import static dev.daypass.store.SamAsks.FOUR_HOURS;
import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.claim;
import static dev.daypass.store.SamAsks.denial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.EndReason;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Pending;
import dev.daypass.grant.Crm;
import dev.daypass.grant.Workplace;
import dev.daypass.store.Grants;
import dev.daypass.store.Inbox;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DispatchTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();
  @RegisterExtension static final Crm CRM = new Crm(TABLES);
  @RegisterExtension static final Workplace WORK = new Workplace(TABLES, CRM);

  private final Requests requests = TABLES.requests();
  private final Dispatch dispatch = WORK.app("DispatchFunction").dispatch();

  @Test
  void aNewRequestStartsItsRunOnceHoweverOftenTheStreamDelivers() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    dispatch.written(id, 1, 1, true);
    dispatch.written(id, 1, 1, true);
    WORK.settle();
    assertThat(WORK.runs()).containsExactly(id + "-1 RUNNING");
    assertThat(WORK.subjectsTo(MAX)).hasSize(1);
  }

  @Test
  void aRecordThatComesLateBeginsNoRunBesideTheOneThatHasReplacedIt() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    TABLES.advance(Duration.ofMinutes(3));
    WORK.swept();
    assertThat(request(id).trail().run()).isEqualTo(2);

    dispatch.written(id, 1, 1, true);
    dispatch.written(id, 2, 2, true);
    WORK.settle();

    assertThat(WORK.runs()).containsExactly(id + "-2 RUNNING");
    assertThat(WORK.subjectsTo(MAX)).hasSize(1);
  }

  @Test
  void aDecisionWakesTheRunThatWaitsForIt() {
    var id = asked("first");
    changed(requests, id, approval(MAX, now()));
    dispatched(id);
    assertThat(request(id)).isInstanceOf(Active.class);
    assertThat(WORK.entered(id, 1))
        .containsExactly("Look", "AwaitDecision", "Route", "Provision", "AwaitEnd");
  }

  @Test
  void aWriteThatLeavesItsStageOpenWakesNobody() {
    var id = asked("first");
    changed(requests, id, SamAsks.nextRun(2, now()));
    dispatch.written(id, request(id).version(), 1, false);
    WORK.settle();
    assertThat(WORK.entered(id, 1)).containsExactly("Look", "AwaitDecision");
  }

  @Test
  void anOldRecordNeverEndsAWaitThatTheRequestHasYetToComeTo() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    changed(requests, id, approval(MAX, now()));
    changed(requests, id, claim(now()));
    int claimed = request(id).version();
    // While dispatch is at work on the claim, the set-up is done and the wait for the end begins.
    TABLES.beforeNext("Query", "waits", () -> WORK.start(id, 1));

    dispatch.written(id, claimed, 1, false);
    WORK.settle();

    assertThat(request(id)).isInstanceOf(Active.class);
    assertThat(WORK.entered(id, 1)).endsWith("Provision", "AwaitEnd");
  }

  @Test
  void aClosedStageLeavesTheInboxOfAllWhoWereAsked() {
    var id = asked("first");
    assertThat(TABLES.inbox().of(MAX, 10)).extracting(Inbox.Entry::request).containsExactly(id);
    changed(requests, id, denial(MAX, now()));
    dispatched(id);
    assertThat(TABLES.inbox().of(MAX, 10)).isEmpty();
  }

  // What is over

  @Test
  void whoeverWaitsForAnAnswerIsToldEvenIfTheRunIsDead() {
    var id = asked("first");
    WORK.kill(id, 1);
    changed(requests, id, denial(MAX, now()));

    dispatched(id);
    dispatched(id);

    assertThat(WORK.runs()).containsExactly(id + "-1 ABORTED", id + "-2 SUCCEEDED");
    assertThat(WORK.subjectsTo(SAM)).as("told, and once").hasSize(1);
    assertThat(request(id)).isInstanceOf(Denied.class);
  }

  @Test
  void whoeverWaitsForAnAnswerIsToldEvenIfNoRunWasEverStarted() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    changed(requests, id, denial(MAX, now()));
    dispatched(id);
    assertThat(WORK.runs()).containsExactly(id + "-2 SUCCEEDED");
    assertThat(WORK.subjectsTo(SAM)).hasSize(1);
  }

  @Test
  void aRunThatIsAliveTellsThemItselfAndNeedsNoOther() {
    var id = asked("first");
    changed(requests, id, denial(MAX, now()));
    dispatched(id);
    dispatched(id);
    assertThat(WORK.runs()).containsExactly(id + "-1 SUCCEEDED");
    assertThat(WORK.subjectsTo(SAM)).hasSize(1);
  }

  // The time to live

  @Test
  void aGrantThatTheTimeToLiveDeletedEndsWithoutWorkflowAndSweep() {
    var id = asked("first");
    changed(requests, id, approval(MAX, now()));
    dispatched(id);
    WORK.kill(id, 1);
    TABLES.advance(FOUR_HOURS.plus(Grants.TTL_AFTER_EXPIRY));

    dispatch.grantTimedOut(id);
    dispatch.grantTimedOut(id);

    var ending = (Ending) request(id);
    assertThat(ending.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(ending.trail().run()).isEqualTo(2);
    dispatch.written(id, ending.version(), 2, true);
    WORK.settle();
    assertThat(request(id)).isInstanceOf(Ended.class);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void aGrantThatWasExtendedMeanwhileIsNotEnded() {
    var id = asked("first");
    changed(requests, id, approval(MAX, now()));
    dispatched(id);
    TABLES.advance(FOUR_HOURS.minus(Duration.ofMillis(1)));
    dispatch.grantTimedOut(id);
    assertThat(request(id)).isInstanceOf(Active.class);
  }

  @Test
  void aRecordAboutNoRequestIsAFailureThatTheStreamKeeps() {
    assertThatThrownBy(() -> dispatch.grantTimedOut("nobody-sent-this"))
        .isInstanceOf(NoSuchRequest.class);
  }

  // Words for all that

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private Request request(String id) {
    return requests.find(id).orElseThrow();
  }

  /** Sent, and Max has the mail. */
  private String asked(String key) {
    var id = requests.submit(SamAsks.at(now(), key)).id();
    WORK.start(id, 1);
    assertThat(request(id)).isInstanceOf(Pending.class);
    return id;
  }

  /** The stream delivers the last write. */
  private void dispatched(String id) {
    dispatch.written(id, request(id).version(), request(id).trail().run(), false);
    WORK.settle();
  }
}
