package dev.daypass.store;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.OLGA;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.cancel;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.claim;
import static dev.daypass.store.SamAsks.denial;
import static dev.daypass.store.SamAsks.expiry;
import static dev.daypass.store.SamAsks.givenBack;
import static dev.daypass.store.SamAsks.givenUp;
import static dev.daypass.store.SamAsks.goneButHeldBy;
import static dev.daypass.store.SamAsks.nextRun;
import static dev.daypass.store.SamAsks.provisioned;
import static dev.daypass.store.SamAsks.revocation;
import static dev.daypass.store.SamAsks.roundOver;
import static dev.daypass.store.SamAsks.stored;
import static dev.daypass.store.SamAsks.task;
import static dev.daypass.store.SamAsks.told;
import static dev.daypass.store.SamAsks.warned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Command;
import dev.daypass.access.Decision;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.access.Status;
import dev.daypass.access.Trail;
import dev.daypass.local.aws.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RequestsTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant FAR = MONDAY.plus(Duration.ofDays(400));

  private static final int MANY = 500;

  private final Requests requests = TABLES.requests();

  @Test
  void whatAPersonHasAskedForWithARunbookIsCounted() {
    var who = "often@example.com";
    var now = MONDAY.plus(Duration.ofDays(2));
    assertThat(requests.usage(who, "any", now).open()).isZero();
    var first = requests.submit(SamAsks.at(now.minus(Duration.ofDays(1)), "often-1", who));
    requests.submit(SamAsks.at(now.minus(HOUR), "often-2", who));
    SamAsks.stored(requests, SamAsks.at(now, "often-3", who), SamAsks.to(Status.DENIED, now));
    var runbook = first.asked().plan().runbook();

    var usage = requests.usage(who, runbook, now);

    assertThat(usage.open()).isEqualTo(2);
    // A day ago is not within it; what was denied is.
    assertThat(usage.lastDay()).containsExactly(now, now.minus(HOUR));
    assertThat(requests.usage(who, "another", now).open()).isZero();
    assertThat(requests.usage("somebody.else@example.com", runbook, now).lastDay()).isEmpty();
  }

  @Test
  void whatAPersonWasGivenIsTheLastTimeByThatRunbookUnlessItWasTakenAway() {
    var who = "used@example.com";
    var first = MONDAY.plus(Duration.ofDays(1));
    var given =
        SamAsks.stored(requests, SamAsks.at(first, "used-1", who), SamAsks.to(Status.ENDED, first));
    var runbook = given.asked().plan().runbook();

    assertThat(requests.lastGiven(who, runbook, first)).contains(first);
    assertThat(requests.lastGiven(who, runbook, first.plusMillis(1))).isEmpty();
    assertThat(requests.lastGiven(who, "another", MONDAY)).isEmpty();
    assertThat(requests.lastGiven("somebody.else@example.com", runbook, MONDAY)).isEmpty();

    var second = first.plus(HOUR);
    SamAsks.stored(requests, SamAsks.at(second, "used-2", who), SamAsks.to(Status.DENIED, second));
    requests.submit(SamAsks.at(second.plus(HOUR), "used-3", who));
    assertThat(requests.lastGiven(who, runbook, MONDAY)).as("no is not given").contains(first);

    var third = second.plus(HOUR).plus(HOUR);
    var active =
        SamAsks.stored(
            requests, SamAsks.at(third, "used-4", who), SamAsks.to(Status.ACTIVE, third));
    assertThat(requests.lastGiven(who, runbook, MONDAY)).contains(third);
    changed(requests, active.id(), revocation(third));
    assertThat(requests.lastGiven(who, runbook, MONDAY)).isEmpty();

    var fourth = third.plus(HOUR);
    SamAsks.stored(requests, SamAsks.at(fourth, "used-5", who), SamAsks.to(Status.ENDED, fourth));
    assertThat(requests.lastGiven(who, runbook, MONDAY)).contains(fourth);
    var fifth = fourth.plus(HOUR);
    SamAsks.stored(
        requests,
        SamAsks.at(fifth, "used-6", who),
        List.of(
            new Command.Decide(
                SamAsks.act(MAX, fifth),
                0,
                Decision.Answer.APPROVE,
                HOUR,
                "",
                Proof.FRESH,
                List.of()),
            SamAsks.claim(fifth),
            SamAsks.provisioned(fifth)));
    assertThat(requests.lastGiven(who, runbook, MONDAY)).as("for less").isEmpty();
  }

  // Sending

  @Test
  void sendingAgainUnderTheSameIdNeverOverwritesTheFirst() {
    var first = SamAsks.once("key");
    assertThat(requests.submit(first)).isEqualTo(first);
    changed(requests, first.id(), approval(MAX, MONDAY));

    var again = requests.submit(SamAsks.at(MONDAY.plus(HOUR), "key"));

    assertThat(again.status()).isEqualTo(Status.SCHEDULED);
    assertThat(again.asked()).isEqualTo(first.asked());
    assertThat(requests.find(first.id())).contains(again);
  }

  @Test
  void ofManySendingAtOnceUnderOneIdAllAreAnsweredTheSame() {
    var answers = atOnce(12, i -> () -> requests.submit(SamAsks.at(MONDAY.plusSeconds(i), "key")));
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(TABLES.items("requests")).hasSize(1);
  }

  @Test
  void whatNobodySentIsNotThere() {
    assertThat(requests.find("nobody-sent-this")).isEmpty();
    assertThat(requests.change("nobody-sent-this", Outcome.Unchanged::new)).isEmpty();
  }

  // Being stored

  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWrittenInEveryStateOnTheWay(Status status) {
    Request now = requests.submit(SamAsks.once("key"));
    assertThat(requests.find(now.id())).contains(now);
    for (var command : SamAsks.to(status, MONDAY)) {
      now = changed(requests, now.id(), command);
      assertThat(requests.find(now.id())).contains(now);
    }
    assertThat(now.status()).isEqualTo(status);
  }

  static Stream<List<Command>> roundaboutWays() {
    var end = MONDAY.plus(SamAsks.FOUR_HOURS);
    return Stream.of(
        List.of(told(SamAsks.once("key"), MONDAY), roundOver(0, MONDAY.plus(SamAsks.ROUND))),
        List.of(nextRun(2, MONDAY), approval(MAX, MONDAY), nextRun(3, MONDAY)),
        List.of(approval(MAX, MONDAY), revocation(MONDAY)),
        List.of(approval(MAX, MONDAY), claim(MONDAY), SamAsks.alreadyHeld(MONDAY)),
        List.of(approval(MAX, MONDAY), claim(MONDAY), givenUp(MONDAY), task(MONDAY)),
        List.of(approval(MAX, MONDAY), claim(MONDAY), givenBack(MONDAY), SamAsks.gone(MONDAY)),
        List.of(
            approval(MAX, MONDAY),
            claim(MONDAY),
            provisioned(MONDAY),
            warned(end),
            expiry(end),
            task(end),
            nextRun(2, end),
            goneButHeldBy("another", end)),
        List.of(
            approval(MAX, MONDAY),
            claim(MONDAY),
            provisioned(MONDAY),
            revocation(MONDAY.plus(HOUR)),
            SamAsks.gone(MONDAY.plus(HOUR))));
  }

  @Test
  void isReadAsItWasWrittenOnRoundaboutWaysToo() {
    var ways = roundaboutWays().toList();
    for (int way = 0; way < ways.size(); way++) {
      Request now = requests.submit(SamAsks.once(way == 0 ? "key" : "way " + way));
      for (var command : ways.get(way)) {
        now = changed(requests, now.id(), command);
        assertThat(requests.find(now.id())).contains(now);
      }
    }
  }

  @Test
  void whatALaterReleaseWroteBesideItDoesNotKeepItFromBeingEnded() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    for (var attribute : List.of("asked", "state")) {
      TABLES
          .client()
          .updateItem(
              update ->
                  update
                      .tableName(TABLES.name("requests"))
                      .key(Map.of("id", AttributeValue.fromS(active.id())))
                      .updateExpression("SET #it = :more, later = :more")
                      .expressionAttributeNames(Map.of("#it", attribute))
                      .expressionAttributeValues(
                          Map.of(
                              ":more",
                              AttributeValue.fromS(
                                  Items.string(itemOf(active.id()), attribute)
                                      .replaceFirst("\\{", "{\"later\":[1],")))));
    }
    assertThat(requests.find(active.id())).contains(active);
    assertThat(changed(requests, active.id(), revocation(MONDAY)).status())
        .isEqualTo(Status.ENDING);
  }

  private static Map<String, AttributeValue> itemOf(String id) {
    return TABLES.items("requests").stream()
        .filter(item -> Items.string(item, "id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLargestRequestWithTheLongestHistoryFitsIntoItsItemAndCanBeEnded() {
    var everybody = SamAsks.approvers(Plan.MOST_APPROVERS);
    var rounds =
        Collections.nCopies(
            Plan.MOST_ROUNDS - 1,
            new RoundPlan(RoundPlan.Kind.REMINDER, SamAsks.ROUND, everybody, everybody.size()));
    var stages = new ArrayList<StagePlan>();
    for (int i = 0; i < Plan.MOST_STAGES; i++) {
      var notice = new RoundPlan(RoundPlan.Kind.NOTICE, SamAsks.ROUND, everybody, everybody.size());
      stages.add(
          new StagePlan(
              "Stage",
              Proof.SESSION,
              Stream.concat(Stream.of(notice), rounds.stream()).toList(),
              null));
    }
    var plan = SamAsks.plan(stages.toArray(StagePlan[]::new));
    Request now = SamAsks.with(plan, MONDAY, "large", SAM, SamAsks.FOUR_HOURS);
    var id = requests.submit((Pending) now).id();
    for (int stage = 0; stage < stages.size(); stage++) {
      for (var person : everybody) {
        now = withTheLongestComment(now, stage, person);
      }
    }
    now = Life.apply(now, claim(MONDAY)).request();
    now = Life.apply(now, provisioned(MONDAY)).request();
    for (int run = 2; now.version() < Trail.MOST_EVENTS; run++) {
      now = Life.apply(now, nextRun(run, MONDAY)).request();
    }
    // Straight there: the writes on the way matter less than the last.
    var full = now;
    put(StoredRequest.of(full));

    var longest = "🧾".repeat(2_000);
    changed(requests, id, new Command.Revoke(SamAsks.act(OLGA, MONDAY), longest));
    changed(requests, id, new Command.OpenTask(SamAsks.act("sweep", MONDAY), longest));
    var ended = changed(requests, id, SamAsks.gone(MONDAY));
    assertThat(requests.find(id)).contains(ended);
  }

  private static Request withTheLongestComment(Request request, int stage, String person) {
    for (int length : new int[] {2_000, 1_000, 500, 100}) {
      var decide =
          new Command.Decide(
              SamAsks.act(person, MONDAY),
              stage,
              Decision.Answer.APPROVE,
              null,
              "🧾".repeat(length),
              Proof.FRESH,
              List.of());
      if (Life.apply(request, decide) instanceof Outcome.Changed changed) {
        return changed.request();
      }
    }
    throw new AssertionError("no comment is short enough");
  }

  private static void put(Map<String, AttributeValue> item) {
    TABLES.client().putItem(put -> put.tableName(TABLES.name("requests")).item(item));
  }

  // Changing

  @Test
  void whatIsRefusedOrChangesNothingIsNotWritten() {
    var pending = requests.submit(SamAsks.once("key"));
    assertThat(applied(pending.id(), cancelByAStranger())).isInstanceOf(Outcome.Refused.class);
    assertThat(applied(pending.id(), claim(MONDAY))).isInstanceOf(Outcome.Unchanged.class);
    assertThat(requests.find(pending.id())).contains(pending);
  }

  private static Command cancelByAStranger() {
    return new Command.Cancel(SamAsks.act("stella.stranger@example.com", MONDAY));
  }

  @Test
  void aRepeatedCommandChangesNothing() {
    var pending = requests.submit(SamAsks.once("key"));
    var yes = approval(MAX, MONDAY);
    var once = changed(requests, pending.id(), yes);
    assertThat(applied(pending.id(), yes)).isEqualTo(new Outcome.Unchanged(once));
  }

  @Test
  void aChangeMadeFromAnOldVersionIsMadeAgainFromTheNewOne() {
    var people = SamAsks.approvers(2);
    var pending = requests.submit(SamAsks.of(2, people));
    var seen = new ArrayList<Request>();

    var outcome =
        requests.change(
            pending.id(),
            request -> {
              seen.add(request);
              if (seen.size() == 1) {
                changed(requests, pending.id(), approval(people.get(1), MONDAY));
              }
              return Life.apply(request, approval(people.getFirst(), MONDAY));
            });

    assertThat(seen).extracting(Request::version).containsExactly(1, 2);
    var now = outcome.orElseThrow().request();
    assertThat(now.status()).isEqualTo(Status.SCHEDULED);
    assertThat(requests.find(pending.id())).contains(now);
    assertThat(now.stages().getFirst().decisions())
        .extracting(Decision::by)
        .containsExactly(people.get(1), people.getFirst());
  }

  @Test
  void aClaimMadeFromAnOldVersionIsMadeAgainAndLeavesNoGrantBehind() {
    var scheduled = stored(requests, Status.SCHEDULED, MONDAY, "key");
    var calls = new AtomicInteger();

    var outcome =
        requests.change(
            scheduled.id(),
            request -> {
              if (calls.incrementAndGet() == 1) {
                changed(requests, scheduled.id(), cancel(MONDAY));
              }
              return Life.apply(request, claim(MONDAY));
            });

    assertThat(calls).hasValue(2);
    assertThat(outcome.orElseThrow()).isInstanceOf(Outcome.Unchanged.class);
    assertThat(requests.find(scheduled.id())).get().isInstanceOf(Cancelled.class);
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void aWriteThatMeetsAnotherTransactionIsMadeAgain() {
    var pending = requests.submit(SamAsks.once("key"));
    TABLES.refuseNext("PutItem", "requests", inTransaction());
    assertThat(changed(requests, pending.id(), approval(MAX, MONDAY)))
        .isInstanceOf(Scheduled.class);
    assertThat(requests.find(pending.id())).get().isInstanceOf(Scheduled.class);
  }

  @Test
  void sendingThatMeetsATransactionIsAnsweredWithWhatIsThere() {
    var pending = requests.submit(SamAsks.once("key"));
    TABLES.refuseNext("PutItem", "requests", inTransaction());
    assertThat(requests.submit(SamAsks.at(MONDAY.plus(HOUR), "key"))).isEqualTo(pending);
  }

  private static AwsException inTransaction() {
    return new AwsException(
        "TransactionConflictException", 400, "Transaction is ongoing for the item");
  }

  @Test
  void whoeverIsOvertakenAgainAndAgainIsNotTurnedAwayBecauseThereIsAnEndToIt() {
    var pending = requests.submit(SamAsks.once("key"));
    var others = new AtomicInteger();
    var outcome =
        requests.change(
            pending.id(),
            request -> {
              if (others.get() < 100) {
                changed(requests, pending.id(), nextRun(others.incrementAndGet() + 1, MONDAY));
              }
              return Life.apply(request, revocation(MONDAY));
            });
    assertThat(outcome).get().isInstanceOf(Outcome.Changed.class);
    assertThat(requests.find(pending.id())).get().isInstanceOf(Cancelled.class);
  }

  @Test
  void aWriteThatNeverSucceedsThoughNobodyElseWritesIsGivenUpWithoutLosingAnything() {
    var pending = requests.submit(SamAsks.once("key"));
    for (int i = 0; i < 100; i++) {
      TABLES.refuseNext("PutItem", "requests", inTransaction());
    }
    assertThatThrownBy(() -> applied(pending.id(), cancel(MONDAY)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(pending.id());
    assertThat(requests.find(pending.id())).contains(pending);
  }

  // Races

  @Test
  void ofTwentyFourApprovalsAtOnceNoneIsLost() {
    var people = SamAsks.approvers(24);
    var pending = requests.submit(SamAsks.of(people.size(), people));

    var outcomes =
        atOnce(people.size(), i -> () -> applied(pending.id(), approval(people.get(i), MONDAY)));

    assertThat(outcomes).allMatch(Outcome.Changed.class::isInstance);
    assertThat(outcomes).extracting(outcome -> outcome.request().version()).doesNotHaveDuplicates();
    var now = requests.find(pending.id()).orElseThrow();
    assertThat(now).isInstanceOf(Scheduled.class);
    assertThat(now.version()).isEqualTo(1 + people.size());
    assertThat(now.stages().getFirst().decisions())
        .extracting(Decision::by)
        .containsExactlyInAnyOrderElementsOf(people);
  }

  @Test
  void aStageHasOneOutcomeHoweverManySayYesAndNoAtOnce() {
    var people = SamAsks.approvers(16);
    var pending = requests.submit(SamAsks.of(1, people));

    var outcomes =
        atOnce(
            people.size(),
            i ->
                () ->
                    applied(
                        pending.id(),
                        i % 2 == 0
                            ? approval(people.get(i), MONDAY)
                            : denial(people.get(i), MONDAY)));

    assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Refused.class::isInstance).hasSize(people.size() - 1);
    var now = requests.find(pending.id()).orElseThrow();
    assertThat(now.stages().getFirst().decisions()).hasSize(1);
    assertThat(now.status().isFinal()).isEqualTo(now.status() == Status.DENIED);
  }

  @Test
  void aDoubleClickFromManySidesIsOneDecision() {
    var pending = requests.submit(SamAsks.once("key"));
    var yes = approval(MAX, MONDAY);
    var outcomes = atOnce(12, _ -> () -> applied(pending.id(), yes));
    assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Unchanged.class::isInstance).hasSize(11);
    assertThat(requests.find(pending.id()).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void ofClaimingAndWithdrawingAtOnceOneWinsAndTheGrantSaysTheSame() {
    for (int i = 0; i < 12; i++) {
      var scheduled = stored(requests, Status.SCHEDULED, MONDAY, "race " + i);
      atOnce(2, side -> () -> applied(scheduled.id(), side == 0 ? claim(MONDAY) : cancel(MONDAY)));

      var now = requests.find(scheduled.id()).orElseThrow();
      var grants =
          TABLES.grants().of(scheduled.asked().entitlement()).stream()
              .filter(held -> held.request().equals(scheduled.id()))
              .toList();
      if (now instanceof Provisioning) {
        assertThat(grants).hasSize(1);
      } else {
        assertThat(now).isInstanceOf(Cancelled.class);
        assertThat(grants).isEmpty();
      }
    }
  }

  private Outcome applied(String id, Command command) {
    return requests.change(id, request -> Life.apply(request, command)).orElseThrow();
  }

  private interface Numbered<T> {
    Callable<T> number(int i);
  }

  /** Does it from so many threads that begin together. */
  private static <T> List<T> atOnce(int threads, Numbered<T> work) {
    var begin = new CountDownLatch(1);
    var futures = new ArrayList<Future<T>>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        var mine = work.number(i);
        futures.add(
            executor.submit(
                () -> {
                  begin.await();
                  return mine.call();
                }));
      }
      begin.countDown();
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  // Lists

  @Test
  void aPersonsListIsNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      requests.submit(SamAsks.at(MONDAY.plusSeconds(i), "list " + i));
    }
    requests.submit(SamAsks.at(MONDAY, "list", OLGA));

    var seen = new ArrayList<Instant>();
    var pages = new ArrayList<Integer>();
    @Nullable String next = null;
    do {
      var page = requests.of(SAM, 2, next);
      page.lines().forEach(line -> seen.add(line.createdAt()));
      pages.add(page.lines().size());
      next = page.next();
    } while (next != null);

    assertThat(pages).containsExactly(2, 2, 1);
    assertThat(requests.of(SAM, 5, null).next()).as("just as many").isNull();
    assertThat(requests.of(SAM, 4, null).next()).isNotNull();
    assertThat(seen)
        .containsExactly(
            MONDAY.plusSeconds(4),
            MONDAY.plusSeconds(3),
            MONDAY.plusSeconds(2),
            MONDAY.plusSeconds(1),
            MONDAY);
  }

  @Test
  void whatSomebodyAskedForOthersIsAListOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      requests.submit(SamAsks.askedBy(MONDAY.plusSeconds(i), "other-" + i, OLGA));
    }
    var own = requests.submit(SamAsks.at(MONDAY, "own", OLGA));

    var first = requests.forOthers(OLGA, 2, null);
    var rest = requests.forOthers(OLGA, 2, first.next());

    assertThat(first.ids())
        .containsExactly(
            SamAsks.askedBy(MONDAY, "other-2", OLGA).id(),
            SamAsks.askedBy(MONDAY, "other-1", OLGA).id());
    assertThat(rest.ids()).containsExactly(SamAsks.askedBy(MONDAY, "other-0", OLGA).id());
    assertThat(rest.next()).isNull();
    assertThat(requests.forOthers(SAM, 9, null).ids()).isEmpty();
    assertThat(requests.of(SAM, 9, null).lines()).hasSize(3);
    assertThat(requests.of(OLGA, 9, null).lines())
        .extracting(Requests.Line::id)
        .containsExactly(own.id());
    assertThat(requests.find(first.ids().getFirst()).orElseThrow().asked().askedBy())
        .isEqualTo(OLGA);
    assertThatIllegalArgumentException().isThrownBy(() -> requests.forOthers(OLGA, 2, "nowhere"));
  }

  @Test
  void earlierIsWhatWasAskedBeforeAndNotWhatCameAfter() {
    var first = requests.submit(SamAsks.at(MONDAY, "first"));
    var second = requests.submit(SamAsks.at(MONDAY.plusSeconds(1), "second"));
    requests.submit(SamAsks.at(MONDAY.plusSeconds(2), "third"));
    requests.submit(SamAsks.at(MONDAY, "somebody else's", OLGA));
    assertThat(requests.earlier(second).orElseThrow())
        .extracting(Requests.Line::id)
        .containsExactly(first.id());
    assertThat(requests.earlier(first).orElseThrow()).isEmpty();
  }

  @Test
  void openIsWhatIsNotOverAndAlsoHeldTheSameAccessThatLastsLongest() {
    var over = stored(requests, Status.ENDED, MONDAY, "over");
    var waiting = requests.submit(SamAsks.at(MONDAY.plusSeconds(1), "waiting"));
    var one = stored(requests, Status.ACTIVE, MONDAY.plusSeconds(2), "one");
    var other = stored(requests, Status.ACTIVE, MONDAY.plusSeconds(3), "other");
    var last = stored(requests, Status.ACTIVE, MONDAY.plusSeconds(4), "last");
    assertThat(requests.open(SAM))
        .extracting(Requests.Line::id)
        .containsExactly(last.id(), other.id(), one.id(), waiting.id());
    assertThat(requests.open(OLGA)).isEmpty();

    assertThat(requests.alsoHeld(over, MONDAY).orElseThrow().id()).isEqualTo(last.id());
    assertThat(requests.alsoHeld(last, MONDAY).orElseThrow().id()).isEqualTo(other.id());
    var afterAll = MONDAY.plusSeconds(4).plus(SamAsks.FOUR_HOURS);
    assertThat(requests.alsoHeld(over, afterAll)).as("when their time is over").isEmpty();
  }

  @Test
  void aLineSaysWhatAListShows() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    assertThat(requests.of(SAM, 10, null).lines())
        .containsExactly(
            new Requests.Line(
                active.id(),
                Status.ACTIVE,
                "crm-customer-record",
                "View a customer record",
                "the CRM",
                MONDAY,
                MONDAY.plus(SamAsks.FOUR_HOURS)));
    var pending = requests.submit(SamAsks.at(MONDAY.plusSeconds(1), "no access yet"));
    assertThat(requests.of(SAM, 1, null).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.id()).isEqualTo(pending.id());
              assertThat(line.expiresAt()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "garbage",
        "no-time_0123456789abcdefghijklmno",
        "2026-03-02T08:00:00.000Z",
        "2026-03-02T08:00:00.000Z_",
        "2026-03-02T08:00:00.000Z_no such id",
        "_0123456789abcdefghijklmno"
      })
  void whatIsNoContinuationIsRefusedAsSuch(String garbage) {
    requests.submit(SamAsks.once("key"));
    assertThatThrownBy(() -> requests.of(SAM, 2, garbage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("continuation");
  }

  @Test
  void anotherPersonsContinuationShowsNothingOfTheirs() {
    for (int i = 0; i < 3; i++) {
      requests.submit(SamAsks.at(MONDAY.plusSeconds(i), "list " + i, OLGA));
      requests.submit(SamAsks.at(MONDAY.plusSeconds(i), "list " + i));
    }
    var olgas = requests.of(OLGA, 1, null).next();
    assertThat(requests.of(SAM, 10, olgas).lines())
        .isNotEmpty()
        .allMatch(line -> requests.find(line.id()).orElseThrow().asked().requester().equals(SAM));
  }

  // Overdue

  @Test
  void whatIsOverdueIsFoundInWhateverBucketItIs() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      ids.add(requests.submit(SamAsks.at(MONDAY, "due " + i)).id());
    }
    assertThat(ids.stream().map(StoredRequest::bucket).distinct())
        .hasSize(StoredRequest.DUE_BUCKETS);
    assertThat(SamAsks.due(requests, FAR, MANY)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void nothingIsOverdueBeforeItsMoment() {
    var pending = requests.submit(SamAsks.once("key"));
    var due = pending.nextDue().orElseThrow();
    assertThat(SamAsks.due(requests, due.minusMillis(1), MANY)).isEmpty();
    assertThat(SamAsks.due(requests, due, MANY)).containsExactly(pending.id());
  }

  @Test
  void theMomentMovesWithEachChange() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    var due = active.nextDue().orElseThrow();
    assertThat(SamAsks.due(requests, due.minusMillis(1), MANY)).isEmpty();
    assertThat(SamAsks.due(requests, due, MANY)).containsExactly(active.id());
  }

  @Test
  void theMostOverdueOfABucketComesFirst() {
    var oldestFirst = inOneBucket(5);
    assertThat(SamAsks.due(requests, FAR, MANY)).containsExactlyElementsOf(oldestFirst);
  }

  @Test
  void manyThatCannotMoveNeverHideTheOneThatHasJustBecomeOverdue() {
    var oldestFirst = inOneBucket(6);
    assertThat(SamAsks.due(requests, FAR, 2))
        .containsExactly(
            oldestFirst.getFirst(), oldestFirst.get(1), oldestFirst.getLast(), oldestFirst.get(4));
    assertThat(SamAsks.due(requests, FAR, 4)).containsExactlyInAnyOrderElementsOf(oldestFirst);
  }

  private List<String> inOneBucket(int number) {
    var oldestFirst = new ArrayList<String>();
    for (int i = 0; oldestFirst.size() < number; i++) {
      var older = SamAsks.at(MONDAY.minusSeconds(oldestFirst.size()), "due " + i);
      if (StoredRequest.bucket(older.id()).equals("due#3")) {
        oldestFirst.addFirst(requests.submit(older).id());
      }
    }
    return oldestFirst;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOverIsNeverOverdueAndEverythingElseIsOneDay(Status status) {
    var request = stored(requests, status, MONDAY, "key");
    if (status.isFinal()) {
      assertThat(SamAsks.due(requests, FAR, MANY)).isEmpty();
      assertThat(itemOf(request.id())).doesNotContainKeys("due", "nextDue");
    } else {
      assertThat(SamAsks.due(requests, FAR, MANY)).containsExactly(request.id());
    }
  }
}
