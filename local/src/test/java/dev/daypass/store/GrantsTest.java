package dev.daypass.store;

import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.OLGA;
import static dev.daypass.store.SamAsks.cancel;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.claim;
import static dev.daypass.store.SamAsks.expiry;
import static dev.daypass.store.SamAsks.givenBack;
import static dev.daypass.store.SamAsks.gone;
import static dev.daypass.store.SamAsks.provisioned;
import static dev.daypass.store.SamAsks.revocation;
import static dev.daypass.store.SamAsks.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Life;
import dev.daypass.access.Status;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.Grants.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class GrantsTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final Entitlement VIEWER = SamAsks.once("any").asked().entitlement();
  private static final Instant END = MONDAY.plus(SamAsks.FOUR_HOURS);
  private static final Duration A_WHILE = Duration.ofSeconds(150);

  private final Requests requests = TABLES.requests();
  private final Grants grants = TABLES.grants();

  // Together with the request

  @Test
  void claimingPutsTheGrantWithTheSameWrite() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(claimed.id(), Status.PROVISIONING, null, null));
    assertThat(item(claimed.id()))
        .as("nothing deletes a grant that is being set up")
        .doesNotContainKey("ttl")
        .containsEntry("since", AttributeValue.fromS("2026-03-02T08:00:00.000Z"));
  }

  @Test
  void activatingSetsTheEndAndTheNetFifteenMinutesLater() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    assertThat(grants.of(VIEWER)).containsExactly(new Held(active.id(), Status.ACTIVE, END, null));
    var net = END.plus(Duration.ofMinutes(15)).getEpochSecond();
    assertThat(item(active.id())).containsEntry("ttl", AttributeValue.fromN(Long.toString(net)));
  }

  @Test
  void endingTakesTheNetDownAndKeepsWhatIsRemembered() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    grants.remember(VIEWER, active.id(), Before.ABSENT);
    changed(requests, active.id(), revocation(MONDAY));
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(active.id(), Status.ENDING, END, Before.ABSENT));
    assertThat(item(active.id())).doesNotContainKey("ttl");
  }

  @Test
  void endingWhileBeingSetUpIsWrittenToTheGrantToo() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    changed(requests, claimed.id(), givenBack(MONDAY));
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(claimed.id(), Status.ENDING, null, null));
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDED", "FAILED"})
  void whatIsOverHasNoGrant(Status over) {
    stored(requests, over, MONDAY, "key");
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "SCHEDULED", "DENIED", "LAPSED", "CANCELLED"})
  void whatNeverBeganHasNoGrant(Status never) {
    stored(requests, never, MONDAY, "key");
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void changesThatLeaveTheStatusLeaveTheGrant() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    var before = item(active.id());
    changed(requests, active.id(), SamAsks.warned(END));
    changed(requests, active.id(), SamAsks.nextRun(2, END));
    assertThat(item(active.id())).isEqualTo(before);
  }

  @Test
  void claimingNeverOverwritesAGrantThatIsThereAndThenClaimsNothing() {
    var scheduled = stored(requests, Status.SCHEDULED, MONDAY, "key");
    var there = new HashMap<>(key(scheduled.id()));
    there.put("state", AttributeValue.fromS("ENDING"));
    there.put("before", AttributeValue.fromS("FOREIGN"));
    put(there);

    assertThatThrownBy(() -> changed(requests, scheduled.id(), claim(MONDAY)))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(requests.find(scheduled.id())).contains(scheduled);
    assertThat(item(scheduled.id())).isEqualTo(there);
  }

  @Test
  void activatingNeverBringsBackAGrantThatIsGone() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    lose(claimed.id());
    assertThatThrownBy(() -> changed(requests, claimed.id(), provisioned(MONDAY)))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(requests.find(claimed.id())).contains(claimed);
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void endingWhatTheTimeToLiveHasDeletedSucceedsAndDoesNotBringItBack() {
    var start = TABLES.timeline().instant();
    var active = stored(requests, Status.ACTIVE, start, "key");
    TABLES.advance(SamAsks.FOUR_HOURS.plus(Grants.TTL_AFTER_EXPIRY).minusSeconds(1));
    assertThat(grants.of(VIEWER)).hasSize(1);
    TABLES.advance(Duration.ofSeconds(1));
    assertThat(grants.of(VIEWER)).isEmpty();

    var ending = changed(requests, active.id(), expiry(TABLES.timeline().instant()));

    assertThat(ending.status()).isEqualTo(Status.ENDING);
    assertThat(requests.find(active.id())).contains(ending);
    assertThat(TABLES.items("grants")).isEmpty();
    assertThat(changed(requests, active.id(), gone(TABLES.timeline().instant())).status())
        .isEqualTo(Status.ENDED);
  }

  @Test
  void endingWithoutAGrantStillMeetsTheConditionOnTheVersion() {
    var active = stored(requests, Status.ACTIVE, MONDAY, "key");
    lose(active.id());
    var calls = new ArrayList<Integer>();
    requests.change(
        active.id(),
        request -> {
          calls.add(request.version());
          if (calls.size() == 1) {
            changed(requests, active.id(), SamAsks.warned(END));
          }
          return Life.apply(request, revocation(MONDAY));
        });
    assertThat(calls).containsExactly(active.version(), active.version() + 1);
    assertThat(requests.find(active.id()).orElseThrow().version()).isEqualTo(active.version() + 2);
  }

  @Test
  void aWriteThatLostTheRaceForTheRequestLeavesTheGrantAlone() {
    var scheduled = stored(requests, Status.SCHEDULED, MONDAY, "key");
    requests.change(
        scheduled.id(),
        request -> {
          if (request.status() == Status.SCHEDULED) {
            changed(requests, scheduled.id(), cancel(MONDAY));
          }
          return Life.apply(request, claim(MONDAY));
        });
    assertThat(TABLES.items("grants")).isEmpty();
  }

  // Seen from others

  @Test
  void allGrantsOfAnEntitlementAndOnlyThoseAreSeen() {
    var mine = stored(requests, Status.ACTIVE, MONDAY, "mine");
    var other = stored(requests, Status.PROVISIONING, MONDAY, "other");
    stored(requests, SamAsks.at(MONDAY, "hers", OLGA), SamAsks.to(Status.ACTIVE, MONDAY));
    assertThat(grants.lock(VIEWER, "me", MONDAY, MONDAY.plus(A_WHILE))).isEmpty();

    assertThat(grants.of(VIEWER))
        .containsExactlyInAnyOrder(
            new Held(mine.id(), Status.ACTIVE, END, null),
            new Held(other.id(), Status.PROVISIONING, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "PROVISIONING, , true",
    "ACTIVE, 2026-03-02T08:00:00.001Z, true",
    "ACTIVE, 2026-03-02T08:00:00Z, false",
    "ACTIVE, 2026-03-02T07:59:59.999Z, false",
    "ENDING, 2026-03-02T09:00:00Z, false",
    "ENDING, , false"
  })
  void aGrantWantsTheAccessWhileItIsSetUpAndUntilItExpires(
      Status status, @Nullable Instant expiresAt, boolean wants) {
    assertThat(new Held("any", status, expiresAt, null).wants(MONDAY)).isEqualTo(wants);
  }

  // What was there before

  @Test
  void whatIsRememberedFirstStays() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    assertThat(grants.remember(VIEWER, claimed.id(), Before.FOREIGN)).contains(Before.FOREIGN);
    assertThat(grants.remember(VIEWER, claimed.id(), Before.ABSENT)).contains(Before.FOREIGN);
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(claimed.id(), Status.PROVISIONING, null, Before.FOREIGN));
  }

  @Test
  void whatWasRememberedOutlivesTheActivation() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    grants.remember(VIEWER, claimed.id(), Before.ABSENT);
    changed(requests, claimed.id(), provisioned(MONDAY));
    assertThat(grants.of(VIEWER)).extracting(Held::before).containsExactly(Before.ABSENT);
  }

  @Test
  void rememberingNeverBringsBackAGrantThatIsGone() {
    var claimed = stored(requests, Status.PROVISIONING, MONDAY, "key");
    lose(claimed.id());
    assertThat(grants.remember(VIEWER, claimed.id(), Before.ABSENT)).isEmpty();
    assertThat(TABLES.items("grants")).isEmpty();
  }

  // The lock

  @Test
  void whoeverAsksAgainBecauseTheAnswerWasLostHasTheLock() {
    assertThat(lock("one", MONDAY)).isTrue();
    assertThat(lock("one", MONDAY)).isTrue();
    assertThat(lock("two", MONDAY.plusSeconds(1))).isFalse();
  }

  @Test
  void whoeverDoesNotGetTheLockIsToldUntilWhenItIsTaken() {
    lock("one", MONDAY);
    var later = MONDAY.plusSeconds(1);
    assertThat(grants.lock(VIEWER, "two", later, later.plus(A_WHILE)))
        .contains(MONDAY.plus(A_WHILE));
  }

  @Test
  void theLockIsRefusedWhileSomebodyHasIt() {
    assertThat(lock("one", MONDAY)).isTrue();
    assertThat(lock("two", MONDAY.plusSeconds(1))).isFalse();
    assertThat(lock("two", MONDAY.plus(A_WHILE))).as("to its last moment").isFalse();
    assertThat(TABLES.items("grants"))
        .extracting(item -> Items.string(item, "owner"))
        .containsExactly("one");
  }

  @Test
  void theLockCanBeTakenWhenItsTimeIsOver() {
    lock("dead", MONDAY);
    assertThat(lock("next", MONDAY.plus(A_WHILE).plusMillis(1))).isTrue();
  }

  @Test
  void theLockIsFreedByItsOwnerAndByNobodyElse() {
    lock("dead", MONDAY);
    var later = MONDAY.plus(A_WHILE).plusMillis(1);
    lock("next", later);

    grants.unlock(VIEWER, "dead");
    assertThat(lock("third", later)).as("still the next one's").isFalse();

    grants.unlock(VIEWER, "next");
    assertThat(lock("third", later)).isTrue();
  }

  @Test
  void freeingALockThatIsNotThereDoesNoHarm() {
    grants.unlock(VIEWER, "nobody");
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void eachEntitlementHasALockOfItsOwn() {
    lock("one", MONDAY);
    var editor = new Entitlement("crm", "editor", SamAsks.SAM);
    assertThat(grants.lock(editor, "two", MONDAY, MONDAY.plus(A_WHILE))).isEmpty();
  }

  @Test
  void ofManyTakingTheLockAtOnceOneGetsIt() {
    var answers = new ArrayList<Future<Boolean>>();
    int taken = 0;
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        var owner = "owner-" + i;
        answers.add(threads.submit(() -> lock(owner, MONDAY)));
      }
      for (var answer : answers) {
        taken += answer.get() ? 1 : 0;
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
    assertThat(taken).isEqualTo(1);
  }

  private boolean lock(String owner, Instant now) {
    return grants.lock(VIEWER, owner, now, now.plus(A_WHILE)).isEmpty();
  }

  // Items

  private static Map<String, AttributeValue> key(String request) {
    return Map.of(
        "entitlement",
        AttributeValue.fromS(VIEWER.key()),
        "request",
        AttributeValue.fromS(request));
  }

  private static Map<String, AttributeValue> item(String request) {
    return TABLES
        .client()
        .getItem(get -> get.tableName(TABLES.name("grants")).key(key(request)).consistentRead(true))
        .item();
  }

  private static void put(Map<String, AttributeValue> item) {
    TABLES.client().putItem(put -> put.tableName(TABLES.name("grants")).item(item));
  }

  private static void lose(String request) {
    TABLES.client().deleteItem(delete -> delete.tableName(TABLES.name("grants")).key(key(request)));
  }
}
