package dev.daypass.approval;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.OLGA;
import static dev.daypass.store.SamAsks.ROUND;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.denial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Event;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.grant.Crm;
import dev.daypass.grant.Workplace;
import dev.daypass.local.aws.AwsException;
import dev.daypass.store.Inbox;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AskingTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();
  @RegisterExtension static final Crm CRM = new Crm(TABLES);
  @RegisterExtension static final Workplace WORK = new Workplace(TABLES, CRM);

  private final Requests requests = TABLES.requests();

  @Test
  void anAnswerThatComesBeforeTheTokenIsKeptIsNotLost() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    TABLES.beforeNext("PutItem", "waits", () -> changed(requests, id, approval(MAX, now())));
    WORK.start(id, 1);
    assertThat(request(id)).isInstanceOf(Active.class);
    assertThat(WORK.subjectsTo(MAX)).as("nobody is asked what is answered").isEmpty();
  }

  @Test
  void anAnswerThatComesWhilePeopleAreAskedLeavesNothingInTheirInbox() {
    var id = requests.submit(asking(1)).id();
    TABLES.beforeNext("PutItem", "links", () -> changed(requests, id, denial(MAX, now())));
    WORK.start(id, 1);
    assertThat(request(id)).isInstanceOf(Denied.class);
    assertThat(TABLES.inbox().of(MAX, 10)).isEmpty();
    assertThat(TABLES.inbox().of(OLGA, 10)).isEmpty();
  }

  @Test
  void whoeverIsAskedHasTheEntryBeforeTheMail() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    var refused = mailIsRefused(MAX, "TooManyRequestsException", 429);
    WORK.start(id, 1);
    assertThat(TABLES.inbox().of(MAX, 10)).extracting(Inbox.Entry::request).containsExactly(id);
    assertThat(WORK.entered(id, 1)).endsWith("AwaitDecision", "Pause");
    refused.run();
  }

  @Test
  void whoeverHasAnsweredIsNotAskedAgain() {
    var id = requests.submit(asking(2)).id();
    WORK.start(id, 1);
    changed(requests, id, approval(MAX, now()));
    TABLES.advance(ROUND);

    assertThat(((Pending) request(id)).open().round()).isEqualTo(1);
    assertThat(WORK.subjectsTo(MAX)).hasSize(1);
    assertThat(WORK.subjectsTo(OLGA)).hasSize(2);
    assertThat(request(id).trail().last().kind()).isEqualTo(Event.Kind.ASKED);
  }

  @Test
  void aRunThatCouldNotAskEverybodyPausesAndAsksTheRestAndNobodyTwice() {
    var id = requests.submit(asking(1)).id();
    var refused = mailIsRefused(OLGA, "TooManyRequestsException", 429);
    WORK.start(id, 1);
    assertThat(WORK.entered(id, 1)).endsWith("AwaitDecision", "Pause");
    refused.run();

    TABLES.advance(Duration.ofMinutes(2));

    assertThat(WORK.subjectsTo(MAX)).hasSize(1);
    assertThat(WORK.subjectsTo(OLGA)).hasSize(1);
    assertThat(((Pending) request(id)).open().asked()).isTrue();
  }

  @Test
  void whenTheMailSystemRefusesOneApproverForGoodTheOthersAreAsked() {
    var id = requests.submit(asking(1)).id();
    mailIsRefused(MAX, "MessageRejected", 400);
    WORK.start(id, 1);
    assertThat(((Pending) request(id)).open().round()).isZero();
    assertThat(request(id).trail().last().details())
        .containsEntry("refused", MAX)
        .containsEntry("reached", OLGA);
    assertThat(WORK.subjectsTo(OLGA)).hasSize(1);
    assertThat(WORK.subjectsTo(SAM)).isEmpty();
  }

  @Test
  void whenTheMailSystemRefusesAllApproversForGoodTheRoundsEndAtOnceAndTheRequesterIsToldOnce() {
    var id = requests.submit(asking(1)).id();
    mailIsRefused(MAX, "MessageRejected", 400);
    mailIsRefused(OLGA, "MessageRejected", 400);
    WORK.start(id, 1);
    assertThat(((Pending) request(id)).open().round()).isEqualTo(1);
    delivered(id);
    assertThat(request(id)).isInstanceOf(Lapsed.class);
    delivered(id);
    assertThat(WORK.subjectsTo(SAM)).hasSize(1);
    assertThat(WORK.runs()).containsExactly(id + "-1 SUCCEEDED");
  }

  private static Runnable mailIsRefused(String person, String error, int status) {
    return WORK.ses().refuse(person::equals, new AwsException(error, status, "any"));
  }

  // Words for all that

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private Request request(String id) {
    return requests.find(id).orElseThrow();
  }

  /** The stream delivers the last write. */
  private void delivered(String id) {
    WORK.app("DispatchFunction")
        .dispatch()
        .written(id, request(id).version(), request(id).trail().run(), false);
    WORK.settle();
  }

  /** So many of Max and Olga must approve. */
  private static Pending asking(int needed) {
    return SamAsks.with(
        SamAsks.planAsking(needed, List.of(MAX, OLGA)), now(), "first", SAM, SamAsks.FOUR_HOURS);
  }
}
