package dev.daypass.audit;

import static dev.daypass.audit.Histories.NOVEMBER;
import static dev.daypass.audit.Histories.SAM;
import static dev.daypass.audit.Histories.approves;
import static dev.daypass.audit.Histories.asks;
import static dev.daypass.audit.Histories.decides;
import static dev.daypass.audit.Histories.theWholeLife;
import static dev.daypass.audit.Histories.told;
import static dev.daypass.audit.Ledger.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Life;
import dev.daypass.access.Request;
import dev.daypass.audit.Verdict.Broken;
import dev.daypass.audit.Verdict.Verified;
import dev.daypass.store.AuditMismatch;
import dev.daypass.store.AuditRecords.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** From the stream of requests to the audit table, on a real engine. */
class AuditTrailTest {
  private final Ledger ledger = new Ledger();

  private Request aWholeLife() {
    return ledger.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));
  }

  private static List<Entry> entriesOf(Request request) {
    return Chain.of(request.asked(), request.trail().events()).stream()
        .map(AuditRecord::entry)
        .toList();
  }

  @Test
  void everyChangeIsRecordedAndTheChainVerifies() {
    var request = aWholeLife();

    assertThat(ledger.records.of(request.id())).isEqualTo(entriesOf(request)).hasSize(7);
    assertThat(ledger.verdict(request.id())).isEqualTo(new Verified(7));
    assertThat(ledger.log()).isEmpty();
  }

  @Test
  void aRedeliveredBatchChangesNothing() {
    var request = aWholeLife();
    var batch = ledger.stream().toArray(JsonNode[]::new);

    assertThat(ledger.deliver(batch)).isEmpty();
    assertThat(ledger.deliver(batch)).isEmpty();

    assertThat(ledger.records.of(request.id())).isEqualTo(entriesOf(request));
  }

  @Test
  void overlappingBatchesInAnyOrderComeToTheSameRecords() {
    for (int seed = 0; seed < 5; seed++) {
      var held = new Ledger().holdBack();
      var request = held.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));
      var twice = new ArrayList<>(held.stream());
      twice.addAll(held.stream());
      Collections.shuffle(twice, new Random(seed));

      assertThat(held.deliver(twice.toArray(JsonNode[]::new))).isEmpty();

      assertThat(held.records.of(request.id())).isEqualTo(entriesOf(request));
    }
  }

  @Test
  void oneLaterRecordHealsAGap() {
    ledger.holdBack();
    var request = aWholeLife();
    var stream = ledger.stream();
    assertThat(stream).hasSize(7);

    ledger.deliver(stream.get(1));
    assertThat(ledger.records.of(request.id())).hasSize(2);
    assertThat(ledger.verdict(request.id()))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.kind()).isEqualTo(Verdict.Kind.SHORT);
              assertThat(broken.version()).isEqualTo(3);
            });

    ledger.deliver(stream.get(6));
    assertThat(ledger.verdict(request.id())).isEqualTo(new Verified(7));
  }

  @Test
  void recordsCutOffAtTheEndComeBackAsTheyWere() {
    var request = aWholeLife();
    var before = ledger.records.of(request.id());
    ledger.delete(before.get(6));
    ledger.delete(before.get(5));

    assertThat(ledger.deliver(ledger.stream().getLast())).isEmpty();

    assertThat(ledger.records.of(request.id())).isEqualTo(before);
  }

  @Test
  void aPutOfTheSameRecordSucceedsAndOfAnotherIsAMismatch() {
    var request = aWholeLife();
    var entry = entriesOf(request).get(2);
    var other =
        Entry.of(entry.request(), 3, NOVEMBER, SAM, SAM, "crm", "{}", AuditRecord.hash("{}"));

    ledger.records.put(entry);

    assertThatThrownBy(() -> ledger.records.put(other))
        .isInstanceOfSatisfying(
            AuditMismatch.class,
            mismatch -> {
              assertThat(mismatch.request()).isEqualTo(request.id());
              assertThat(mismatch.version()).isEqualTo(3);
            });
    assertThat(ledger.records.of(request.id())).isEqualTo(entriesOf(request));
  }

  @Test
  void anOverwrittenRecordRaisesTheAlarmAndNothingIsHungOnIt() {
    ledger.holdBack();
    var request = aWholeLife();
    var stream = ledger.stream();
    ledger.deliver(stream.get(2));
    var last = ledger.records.last(request.id()).orElseThrow();
    var other = last.record().replace("APPROVE", "DENY");
    ledger.tamper(last, Map.of("record", other, "hash", AuditRecord.hash(other)));

    assertThat(ledger.deliver(stream.get(3), stream.get(4))).containsExactly(number(stream.get(3)));

    assertThat(ledger.log())
        .singleElement()
        .asString()
        .startsWith("ALARM audit-mismatch request=" + request.id() + " version=3 ");
    assertThat(ledger.records.of(request.id())).hasSize(3);
  }

  @Test
  void aDamagedOrMisfiledRecordRaisesTheAlarm() {
    for (var damage :
        List.of(
            Map.of("record", "{}"),
            Map.of("record", ""),
            Map.of("hash", "00".repeat(32)),
            Map.of("personMonth", "pat@example.com#2026-11"),
            Map.of("moment", "2020-01-01T00:00:00.000Z#x#000002"))) {
      var held = new Ledger().holdBack();
      var request = held.happens(asks(SAM, NOVEMBER), told(NOVEMBER), approves(NOVEMBER));
      var stream = held.stream();
      held.deliver(stream.get(1));
      held.tamper(held.records.last(request.id()).orElseThrow(), damage);

      assertThat(held.deliver(stream.get(2))).containsExactly(number(stream.get(2)));
      assertThat(held.log()).as(damage.toString()).hasSize(1);
      assertThat(held.log().getFirst()).contains("ALARM audit-mismatch", " version=2 ");
      assertThat(held.records.of(request.id())).hasSize(2);
    }
  }

  @Test
  void aRecordGoneFromTheMiddleIsNoticedWhenItsChangeComesAgain() {
    var request = aWholeLife();
    ledger.delete(ledger.records.of(request.id()).get(3));

    assertThat(ledger.deliver(ledger.stream().get(3)))
        .containsExactly(number(ledger.stream().get(3)));
    assertThat(ledger.log().getFirst()).startsWith("ALARM audit-mismatch").contains("is gone");
  }

  @Test
  void aRequestRestoredToAnEarlierVersionIsNoticedWithItsNextChange() {
    ledger.holdBack();
    var request = ledger.happens(asks(SAM, NOVEMBER), told(NOVEMBER), approves(NOVEMBER));
    var approval = ledger.stream().get(2);
    var elsewhere = new Ledger().holdBack();
    elsewhere.requests.submit(
        (Request.Pending) Life.apply(asItBegan(request), told(NOVEMBER.plusSeconds(9))).request());
    elsewhere.settle();

    assertThat(ledger.deliver(approval)).isEmpty();
    assertThat(ledger.deliver(elsewhere.stream().getFirst())).hasSize(1);
    assertThat(ledger.log().getFirst())
        .startsWith("ALARM audit-mismatch request=" + request.id() + " version=2 ");
  }

  private static Request asItBegan(Request request) {
    return Life.submit(request.asked(), request.trail().events().getFirst().act());
  }

  @Test
  void theFirstFailureIsReportedAndWhatFollowsWaits() {
    ledger.holdBack();
    var first = ledger.happens(asks(SAM, NOVEMBER));
    ledger.happens(asks(SAM, NOVEMBER));
    var third = ledger.happens(asks(SAM, NOVEMBER));
    var stream = ledger.stream();
    var broken = (ObjectNode) stream.get(1).deepCopy();
    ((ObjectNode) broken.at("/dynamodb/NewImage/events/L/0")).put("S", "{not JSON");

    assertThat(ledger.deliver(stream.get(0), broken, stream.get(2)))
        .containsExactly(number(stream.get(1)));

    assertThat(ledger.records.of(first.id())).hasSize(1);
    assertThat(ledger.records.of(third.id())).isEmpty();
    assertThat(ledger.log()).singleElement().asString().startsWith("audit of record ");

    assertThat(ledger.deliver(stream.get(1), stream.get(2))).isEmpty();
    assertThat(ledger.records.of(third.id())).hasSize(1);
  }

  @Test
  void eventsThatAreNotOneForEachVersionAreNotRecorded() {
    ledger.holdBack();
    var request = ledger.happens(asks(SAM, NOVEMBER), told(NOVEMBER));
    var broken = (ObjectNode) ledger.stream().get(1).deepCopy();
    ((ArrayNode) broken.at("/dynamodb/NewImage/events/L")).remove(0);

    assertThat(ledger.deliver(broken)).containsExactly(number(broken));
    assertThat(ledger.records.of(request.id())).isEmpty();
  }

  @Test
  void deletionsAndImagesWithoutEventsArePassedOver() {
    ledger.holdBack();
    var request = ledger.happens(asks(SAM, NOVEMBER));
    ledger.deleteRequest(request.id());
    var stream = ledger.stream();
    var empty = (ObjectNode) stream.get(0).deepCopy();
    ((ObjectNode) empty.at("/dynamodb/NewImage")).remove("events");

    assertThat(stream.get(1).path("eventName").asText()).isEqualTo("REMOVE");
    assertThat(ledger.deliver(stream.get(1), empty)).isEmpty();
    assertThat(ledger.deliver()).isEmpty();
    assertThat(ledger.records.of(request.id())).isEmpty();
  }

  @Test
  void hostileTextIsKeptToTheLetter() {
    var hostile =
        "\",\"status\":\"ACTIVE\"}\n{'$':1} \t\u200b\u200f\ufeff \\u0041 <script> #2026-11 "
            + "\ud83d\ude00 \u061c e\u0301";
    var request =
        ledger.happens(
            asks(SAM, "crm", hostile, NOVEMBER), decides(Answer.DENY, hostile, NOVEMBER));

    assertThat(ledger.verdict(request.id())).isEqualTo(new Verified(2));
    assertThat(ledger.records.of(request.id()))
        .extracting(entry -> AuditRecord.read(entry.record()).details())
        .satisfiesExactly(
            first -> assertThat(first).containsEntry("reason", hostile),
            second -> assertThat(second).containsEntry("comment", hostile.strip()));
  }

  @Test
  void twoInvocationsSideBySideWriteOneChain() throws Exception {
    ledger.holdBack();
    var request = aWholeLife();
    var batch = ledger.stream().toArray(JsonNode[]::new);
    Callable<List<String>> delivery = () -> ledger.deliver(batch);

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var done : threads.invokeAll(Collections.nCopies(4, delivery))) {
        assertThat(done.get()).isEmpty();
      }
    }

    assertThat(ledger.records.of(request.id())).isEqualTo(entriesOf(request));
  }

  @Test
  void whatCannotBeRecordedEndsInTheQueueOfLostRecords() {
    var request = ledger.happens(asks(SAM, NOVEMBER));
    ledger.tamper(ledger.records.last(request.id()).orElseThrow(), Map.of("hash", "x"));

    ledger.happens(request.id(), told(NOVEMBER));
    ledger.pass(Duration.ofHours(13));

    assertThat(ledger.lost()).isEqualTo(1);
    assertThat(ledger.log()).allMatch(line -> line.startsWith("ALARM audit-mismatch"));
  }
}
