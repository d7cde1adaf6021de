package dev.daypass.grant;

import static dev.daypass.store.SamAsks.FOUR_HOURS;
import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.OLGA;
import static dev.daypass.store.SamAsks.ROUND;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.revocation;
import static dev.daypass.store.SamAsks.stored;
import static dev.daypass.store.SamAsks.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Plan;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Status;
import dev.daypass.access.Target;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.scim.ScimServer;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SweepTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();
  @RegisterExtension static final Crm CRM = new Crm(TABLES);
  @RegisterExtension static final Workplace WORK = new Workplace(TABLES, CRM);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Requests requests = TABLES.requests();

  // Access that nobody else ends

  @Test
  void expiredAccessIsEndedByTheSweepAloneWithinFiveMinutes() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS);
    var expiry = now();
    while (!(request(id) instanceof Ended) && now().isBefore(expiry.plus(Duration.ofHours(1)))) {
      WORK.swept();
      TABLES.advance(MINUTE);
    }

    var ended = (Ended) request(id);
    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(ended.trail().last().act().at())
        .isBetween(expiry.plus(Sweep.GRACE), expiry.plus(MINUTE.multipliedBy(5)));
    assertThat(ended.trail().last().act().by()).isEqualTo("sweep");
    assertThat(CRM.members()).isEmpty();
    delivered(id);
    assertThat(WORK.subjectsTo(SAM)).filteredOn(it -> it.contains("has ended")).hasSize(1);
  }

  @Test
  void theWorkflowHasItsTurnFirst() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS.plus(Sweep.GRACE).minus(MOMENT));
    assertThat(WORK.swept().lines()).isEmpty();
    assertThat(request(id)).isInstanceOf(Active.class);
    TABLES.advance(MOMENT);
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Ended.class);
  }

  @Test
  void accessThatIsNotOverIsLeftAlone() {
    var id = active("first");
    var before = request(id);
    TABLES.advance(Duration.ofHours(3));
    WORK.swept();
    assertThat(request(id)).isEqualTo(before);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void accessTakenAwayWhileNobodyIsAtWorkIsEndedByTheSweep() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    TABLES.advance(Duration.ofMinutes(2));
    WORK.swept();
    assertThat(((Ended) request(id)).reason()).isEqualTo(EndReason.REVOKED);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whoeverIsAtWorkOnAnEntitlementIsLeftInPeace() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    TABLES.advance(Duration.ofMinutes(2));
    var lock = request(id).asked().entitlement();
    TABLES.grants().lock(lock, "workflow", now(), now().plus(MINUTE));

    var swept = WORK.swept();

    assertThat(swept.report()).isEqualTo(new Sweep.Report(1, 0));
    assertThat(swept.lines()).singleElement().asString().contains("next minute", id);
    assertThat(CRM.members()).containsExactly(SAM);
    TABLES.advance(MINUTE.plus(MOMENT));
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Ended.class);
  }

  // Two goes at once, since a schedule can fire twice

  @Test
  void aGoThatMeetsAnotherOneStartsNoSecondRun() {
    var id = stored(requests, Status.SCHEDULED, now(), "first").id();
    TABLES.advance(Duration.ofMinutes(2));
    // Both have found it in the index; the other one drives it on first.
    TABLES.beforeNext("GetItem", "requests", WORK::swept);
    WORK.swept();
    assertThat(request(id).trail().run()).isEqualTo(2);
  }

  @Test
  void aGoThatMeetsAnotherOneAtTheEndOfARoundStartsNoSecondRun() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    changed(requests, id, told(request(id), now()));
    TABLES.advance(ROUND.plus(MINUTE));
    // Both have read it; the other one ends the round first.
    TABLES.beforeNext(
        "GetItem", "requests", () -> TABLES.beforeNext("GetItem", "requests", WORK::swept));
    WORK.swept();
    assertThat(((Pending) request(id)).open().round()).isEqualTo(1);
    assertThat(request(id).trail().run()).isEqualTo(2);
  }

  // Access that cannot be taken away

  @Test
  void afterThreeMinutesInVainTheOwnersGetATaskAndTheAlarmGoesOnUntilItIsGone() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    var since = now();
    CRM.server().faults().down(true);

    TABLES.advance(Duration.ofMinutes(3).minus(MOMENT));
    var early = WORK.swept();
    assertThat(early.report()).isEqualTo(new Sweep.Report(0, 1));
    assertThat(early.lines()).singleElement().asString().contains(id).doesNotContain("ALARM");
    assertThat(((Ending) request(id)).task()).isNull();
    assertThat(WORK.subjectsTo(OLGA)).isEmpty();

    TABLES.advance(MOMENT);
    assertThat(WORK.swept().lines())
        .singleElement()
        .asString()
        .startsWith("ALARM removal-task request=" + id);
    var task = Objects.requireNonNull(((Ending) request(id)).task());
    assertThat(task.openedAt()).isEqualTo(since.plus(Duration.ofMinutes(3)));
    assertThat(task.owners()).containsExactly(OLGA);
    assertThat(WORK.subjectsTo(OLGA)).singleElement().asString().contains("still has access");

    TABLES.advance(Duration.ofMinutes(2));
    assertThat(WORK.swept().lines())
        .as("the alarm, which looks at five minutes, stays on")
        .singleElement()
        .asString()
        .startsWith("ALARM removal-task request=" + id);
    assertThat(WORK.subjectsTo(OLGA)).as("one task, one mail").hasSize(1);

    CRM.server().faults().down(false);
    TABLES.advance(MINUTE);
    assertThat(WORK.swept().lines()).isEmpty();
    assertThat(((Ended) request(id)).heldBy()).isNull();
    assertThat(CRM.members()).isEmpty();
    delivered(id);
    assertThat(WORK.subjectsTo(OLGA)).last().asString().contains("no longer has access");
    assertThat(WORK.subjectsTo(SAM)).last().asString().contains("was taken away");
  }

  @Test
  void theOwnersHaveTheTaskAfterThreeMinutesEvenIfSomebodyDeadHoldsTheLock() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    TABLES.advance(Duration.ofMinutes(2).minusSeconds(30));
    var lock = request(id).asked().entitlement();
    TABLES.grants().lock(lock, "a sweep that died", now(), now().plus(Reconcile.LOCK));

    TABLES.advance(Reconcile.LONGEST_AT_WORK.plus(MOMENT));
    assertThat(now()).isBefore(((Ending) request(id)).since().plus(Duration.ofMinutes(3)));
    assertThat(WORK.swept().lines()).singleElement().asString().contains("next minute", id);
    assertThat(((Ending) request(id)).task()).isNull();
    TABLES.advance(MINUTE);
    assertThat(WORK.swept().lines())
        .singleElement()
        .asString()
        .startsWith("ALARM removal-task request=" + id);
    assertThat(((Ending) request(id)).task()).isNotNull();
    assertThat(WORK.subjectsTo(OLGA)).hasSize(1);

    TABLES.advance(Reconcile.LOCK);
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Ended.class);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whoeverIsAliveAndAtWorkRaisesNoAlarm() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    TABLES.advance(Duration.ofMinutes(10));
    var lock = request(id).asked().entitlement();
    TABLES.grants().lock(lock, "workflow", now(), now().plus(Reconcile.LOCK));

    TABLES.advance(Reconcile.LONGEST_AT_WORK);
    assertThat(WORK.swept().lines()).singleElement().asString().contains("next minute", id);
    TABLES.advance(MOMENT);
    assertThat(WORK.swept().lines()).singleElement().asString().startsWith("ALARM");
  }

  @Test
  void aTargetThatDoesNotAnswerIsWaitedForOnceInAGo() {
    var ids = List.of(active("first"), active("second"));
    ids.forEach(id -> changed(requests, id, revocation(now())));
    TABLES.advance(Duration.ofMinutes(2));
    // As often as one call tries.
    CRM.server().faults().answer(3, 500);

    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(0, 2));
    assertThat(ids).allSatisfy(id -> assertThat(request(id)).isInstanceOf(Ending.class));

    TABLES.advance(MINUTE);
    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(2, 0));
    assertThat(ids).allSatisfy(id -> assertThat(request(id)).isInstanceOf(Ended.class));
  }

  @Test
  void everybodyWhoWaitsForATargetThatDoesNotAnswerGetsTheTaskInTheSameGo() {
    var ids = List.of(active("first"), active("second"));
    ids.forEach(id -> changed(requests, id, revocation(now())));
    TABLES.advance(Duration.ofMinutes(10));
    CRM.server().faults().down(true);
    assertThat(WORK.swept().lines()).hasSize(2).allMatch(line -> line.startsWith("ALARM"));
    assertThat(ids).allSatisfy(id -> assertThat(((Ending) request(id)).task()).isNotNull());
  }

  @Test
  void accessThatExpiresWhileItsTargetDoesNotAnswerBeginsToEndAllTheSame() {
    var ids = List.of(active("first"), active("second"));
    TABLES.advance(FOUR_HOURS.plus(MINUTE));
    CRM.server().faults().down(true);
    WORK.swept();
    assertThat(ids).allSatisfy(id -> assertThat(request(id)).isInstanceOf(Ending.class));
  }

  @Test
  void theAlarmGoesOnEvenIfTheOwnersCannotBeTold() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    CRM.replaced().addUser(SAM, "Sam");
    TABLES.advance(Duration.ofMinutes(10));
    var mended = mailRefusedForNow();

    assertThat(WORK.swept().lines())
        .anyMatch(line -> line.startsWith("ALARM removal-task request=" + id))
        .anyMatch(line -> line.startsWith("sweep of request " + id + " failed"));
    assertThat(((Ending) request(id)).task()).isNotNull();

    mended.run();
    TABLES.advance(Duration.ofMinutes(2));
    WORK.swept();
    assertThat(WORK.subjectsTo(OLGA)).as("told with the next go").hasSize(1);
  }

  private static Runnable mailRefusedForNow() {
    return WORK.ses()
        .refuse(_ -> true, new AwsException("TooManyRequestsException", 429, "Slow down."));
  }

  // Rounds

  @Test
  void aRoundWhoseTimeIsUpIsFollowedByTheNextAndTheLastByNobodyAnswered() {
    var id = waiting("first");
    TABLES.advance(ROUND.plus(Sweep.GRACE).minus(MOMENT));
    WORK.swept();
    assertThat(((Pending) request(id)).open().round()).isZero();

    TABLES.advance(MOMENT);
    WORK.swept();
    assertThat(((Pending) request(id)).open().round()).isEqualTo(1);

    TABLES.advance(ROUND.plus(Sweep.GRACE));
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Lapsed.class);
    delivered(id);
    assertThat(WORK.subjectsTo(SAM)).singleElement().asString().containsIgnoringCase("answered");
  }

  @Test
  void aRoundThatIsOpenAndToldIsLeftAlone() {
    var id = waiting("first");
    var before = request(id);
    TABLES.advance(ROUND.minus(MOMENT));
    WORK.swept();
    assertThat(request(id)).isEqualTo(before);
  }

  // The workflow

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "SCHEDULED", "PROVISIONING"})
  void aRunThatIsDeadIsFollowedByTheNext(Status status) {
    var id = stored(requests, status, now(), "first").id();
    WORK.start("somebody-elses-request", 1);

    TABLES.advance(Duration.ofMinutes(2).minus(MOMENT));
    WORK.swept();
    assertThat(request(id).trail().run()).as("patience first").isEqualTo(1);

    TABLES.advance(MOMENT);
    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(1, 0));
    assertThat(request(id).trail().run()).isEqualTo(2);
    assertThat(request(id).trail().last().kind()).isEqualTo(Event.Kind.RUN_STARTED);
    assertThat(request(id).status()).isEqualTo(status);

    TABLES.advance(Duration.ofMinutes(4).minus(MOMENT));
    WORK.swept();
    assertThat(request(id).trail().run()).as("twice the patience").isEqualTo(2);
    TABLES.advance(MOMENT);
    WORK.swept();
    assertThat(request(id).trail().run()).isEqualTo(3);
  }

  @Test
  void aRunThatIsKilledIsFollowedByTheNextWhichCarriesOn() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    WORK.start(id, 1);
    assertThat(WORK.subjectsTo(MAX)).hasSize(1);
    WORK.kill(id, 1);
    changed(requests, id, approval(MAX, now()));

    TABLES.advance(Duration.ofMinutes(2));
    WORK.swept();
    assertThat(request(id).trail().run()).isEqualTo(2);
    WORK.start(id, 2);

    assertThat(request(id)).isInstanceOf(Active.class);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(WORK.subjectsTo(MAX)).as("not asked again").hasSize(1);
    assertThat(WORK.subjectsTo(SAM)).singleElement().asString().contains("You have access until");
  }

  @Test
  void aRunThatWaitsIsLeftWaiting() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    WORK.start(id, 1);
    TABLES.advance(Duration.ofMinutes(5));
    WORK.swept();
    assertThat(WORK.runs()).containsExactly(id + "-1 RUNNING");
    assertThat(request(id)).isInstanceOf(Pending.class);
    assertThat(request(id).trail().run()).isEqualTo(1);
  }

  @Test
  void aRunThatNobodyToldOfTheApprovalIsWoken() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    WORK.start(id, 1);
    changed(requests, id, approval(MAX, now()));
    WORK.settle();
    assertThat(request(id)).isInstanceOf(Scheduled.class);

    TABLES.advance(Duration.ofMinutes(2));
    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(1, 0));
    WORK.settle();

    assertThat(request(id)).isInstanceOf(Active.class);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(WORK.runs()).containsExactly(id + "-1 RUNNING");
  }

  @Test
  void aRunThatNobodyToldOfTheRevocationIsDoneWithWhenTheSweepHasEndedTheAccess() {
    var id = requests.submit(SamAsks.at(now(), "first")).id();
    changed(requests, id, approval(MAX, now()));
    WORK.start(id, 1);
    assertThat(request(id)).isInstanceOf(Active.class);
    changed(requests, id, revocation(now()));
    TABLES.advance(Duration.ofMinutes(2));
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Ended.class);

    TABLES.advance(FOUR_HOURS);
    assertThat(WORK.runs()).containsExactly(id + "-1 SUCCEEDED");
    assertThat(WORK.subjectsTo(SAM)).filteredOn(it -> it.contains("taken away")).hasSize(1);
  }

  // Ending soon

  @Test
  void whoeverHasAccessIsToldOnceThatItEndsSoon() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS.minus(Duration.ofMinutes(15)).minus(MOMENT));
    WORK.swept();
    assertThat(WORK.subjectsTo(SAM)).noneMatch(it -> it.contains("ends soon"));

    TABLES.advance(MOMENT);
    for (int minute = 0; minute < 4; minute++) {
      WORK.swept();
      TABLES.advance(MINUTE);
    }
    assertThat(WORK.subjectsTo(SAM)).filteredOn(it -> it.contains("ends soon")).hasSize(1);
    assertThat(((Active) request(id)).warned()).isTrue();
  }

  @Test
  void dyingBetweenTheMailAndTheNoteOfItSendsNoSecondMail() {
    active("first");
    TABLES.advance(FOUR_HOURS.minus(Duration.ofMinutes(15)));
    TABLES.refuseNext("PutItem", "requests", new AwsException("ValidationException", 400, "any"));
    assertThat(WORK.swept().report().failed()).isEqualTo(1);
    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(1, 0));
    assertThat(WORK.subjectsTo(SAM)).filteredOn(it -> it.contains("ends soon")).hasSize(1);
  }

  @Test
  void whoeverAskedForLessThanAnHourIsNotTold() {
    var request =
        stored(
            requests,
            SamAsks.lasting(Duration.ofMinutes(59), now(), "first"),
            SamAsks.to(Status.SCHEDULED, now()));
    reconcile().provision(request.id(), "workflow");
    TABLES.advance(Duration.ofMinutes(59).minus(MOMENT));
    WORK.swept();
    assertThat(WORK.subjectsTo(SAM)).isEmpty();
  }

  // Nobody holds up the others

  @Test
  void aRequestThatCannotBeReadDoesNotHoldUpTheOthers() {
    var damaged = active("first");
    var sound = active("second");
    damage(damaged);
    TABLES.advance(FOUR_HOURS.plus(MINUTE));

    var swept = WORK.swept();

    assertThat(swept.report()).isEqualTo(new Sweep.Report(1, 1));
    assertThat(swept.lines()).singleElement().asString().contains(damaged);
    assertThat(request(sound)).isInstanceOf(Ended.class);
  }

  private static void damage(String id) {
    TABLES
        .client()
        .updateItem(
            update ->
                update
                    .tableName(TABLES.name("requests"))
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("SET asked = :nonsense")
                    .expressionAttributeValues(
                        Map.of(":nonsense", AttributeValue.fromS("not JSON"))));
  }

  @Test
  void aTargetThatDoesNotAnswerDoesNotHoldUpTheOthers() {
    var crm = active("first");
    var isSlow = new AtomicBoolean();
    // Once slow, it answers only when the other target's access is gone.
    var payroll = activeInPayroll(() -> !isSlow.get() || request(crm) instanceof Ended);
    isSlow.set(true);
    for (var id : List.of(crm, payroll)) {
      changed(requests, id, revocation(now()));
    }
    TABLES.advance(Duration.ofMinutes(2));

    assertThat(WORK.swept().report()).isEqualTo(new Sweep.Report(2, 0));
    assertThat(request(crm)).isInstanceOf(Ended.class);
    assertThat(request(payroll)).isInstanceOf(Ended.class);
  }

  /** Access in another system, whose target answers only when it may. */
  private String activeInPayroll(BooleanSupplier mayAnswer) {
    var path = "/payroll/v2";
    var url = TABLES.server().url() + path;
    var target = new ScimServer(() -> URI.create(url), "any", TABLES.timeline());
    target.addUser(SAM, "Sam");
    target.addGroup("Payroll");
    TABLES
        .server()
        .mount(
            path,
            exchange -> {
              waitFor(mayAnswer);
              target.handle(exchange);
            });
    WORK.connection("daypass/payroll", url, "any");
    var plan = SamAsks.once("any").asked().plan();
    var payroll =
        new Plan(
            plan.runbook(),
            plan.runbookVersion(),
            plan.title(),
            "payroll",
            "Payroll",
            plan.role(),
            plan.roleTitle(),
            new Target("scim", "daypass/payroll", Map.of("group", "Payroll")),
            plan.owners(),
            plan.stages(),
            plan.extendable(),
            null);
    var request =
        stored(
            requests,
            SamAsks.with(payroll, now(), "payroll", SAM, FOUR_HOURS),
            SamAsks.to(Status.SCHEDULED, now()));
    WORK.start(request.id(), 1);
    assertThat(request(request.id())).isInstanceOf(Active.class);
    WORK.kill(request.id(), 1);
    return request.id();
  }

  private static void waitFor(BooleanSupplier happened) {
    try {
      for (int i = 0; i < 1000 && !happened.getAsBoolean(); i++) {
        Thread.sleep(5);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatHasFailedForLongIsTriedAfterWhatHasNotBeenTried() {
    var stuck = active("first");
    changed(requests, stuck, revocation(now()));
    CRM.server().faults().down(true);
    TABLES.advance(Duration.ofMinutes(10));
    WORK.swept();
    assertThat(((Ending) request(stuck)).task()).isNotNull();
    CRM.server().faults().down(false);

    var fresh = active("second");
    changed(requests, fresh, revocation(now()));
    TABLES.advance(Duration.ofMinutes(2));
    var asked = new AtomicInteger();
    WORK.sweep().run(() -> asked.incrementAndGet() > 1, _ -> {});

    assertThat(request(fresh)).isInstanceOf(Ended.class);
    assertThat(request(stuck)).isInstanceOf(Ending.class);
  }

  @Test
  void whatIsLeftWhenTheTimeIsUsedUpIsFoundAgain() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS.plus(MINUTE));
    assertThat(WORK.sweep().run(() -> true, _ -> {})).isEqualTo(new Sweep.Report(0, 0));
    assertThat(request(id)).isInstanceOf(Active.class);
    WORK.swept();
    assertThat(request(id)).isInstanceOf(Ended.class);
  }

  @Test
  void aMailThatCannotBeSentHoldsUpNobody() {
    var ending = active("first");
    TABLES.advance(MINUTE.multipliedBy(5));
    var soon = active("second");
    TABLES.advance(FOUR_HOURS.minus(MINUTE.multipliedBy(4)));
    mailRefusedForNow();

    var swept = WORK.swept();

    assertThat(swept.lines()).singleElement().asString().contains(soon, "TooManyRequests");
    assertThat(request(ending)).isInstanceOf(Ended.class);
    assertThat(CRM.members()).as("the other still holds it").containsExactly(SAM);
  }

  // Words for all that

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private Request request(String id) {
    return requests.find(id).orElseThrow();
  }

  private Reconcile reconcile() {
    return new Reconcile(
        requests, TABLES.grants(), Map.of("scim", CRM), TABLES.timeline(), new Random(1));
  }

  /** The stream delivers the last write after all. */
  private void delivered(String id) {
    WORK.app("DispatchFunction")
        .dispatch()
        .written(id, request(id).version(), request(id).trail().run(), false);
    WORK.settle();
  }

  /** Sam has the access, and no workflow knows of it. */
  private String active(String key) {
    var id = stored(requests, Status.SCHEDULED, now(), key).id();
    assertThat(reconcile().provision(id, "workflow")).isInstanceOf(Active.class);
    return id;
  }

  /** Max has been asked, and no workflow knows of it. */
  private String waiting(String key) {
    var request = requests.submit(SamAsks.at(now(), key));
    return changed(requests, request.id(), told(request, now())).id();
  }
}
