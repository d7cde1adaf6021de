package dev.daypass.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.StreamMapping;
import dev.daypass.local.template.TableResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalDynamoDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUE = "arn:aws:sqs:eu-central-1:000000000000:lost";

  private static Timeline timeline;
  private static LocalDynamoDb database;

  @BeforeAll
  static void start() {
    timeline = new Timeline();
    database = LocalDynamoDb.start(timeline, Place.LOCAL);
  }

  @AfterAll
  static void stop() {
    timeline.close();
    database.close();
  }

  @Test
  void everyRecordOfAWriteIsHandledBeforeTheTimelineSettles() throws Exception {
    var table = table();
    var first = new Recorder(batch -> null);
    var second = new Recorder(batch -> null);
    connect(mapping(table).build(), first);
    connect(mapping(table).build(), second);

    for (int i = 0; i < 50; i++) {
      put(table, "item" + i);
    }
    timeline.settle();

    assertThat(first.handled()).hasSize(50).startsWith("item0").endsWith("item49");
    assertThat(second.handled()).isEqualTo(first.handled());
  }

  @Test
  void aStreamIsReadFromItsFirstRecordEvenIfOtherTablesWereWrittenBefore() throws Exception {
    var table = table();
    var other = table();
    var start = new Recorder(batch -> null);
    var now = new Recorder(batch -> null);
    connect(mapping(table).build(), start);
    connect(mapping(table).latest().build(), now);
    timeline.settle();
    put(other, "elsewhere-1");
    put(other, "elsewhere-2");
    put(table, "first");
    put(other, "elsewhere-3");
    put(table, "second");
    timeline.settle();

    assertThat(start.handled()).containsExactly("first", "second");
    assertThat(now.handled()).containsExactly("first", "second");
  }

  @Test
  void recordsFromBeforeTheMappingAreDeliveredOnlyFromTheStart() throws Exception {
    var table = table();
    put(table, "early");
    var horizon = new Recorder(batch -> null);
    var latest = new Recorder(batch -> null);
    connect(mapping(table).build(), horizon);
    connect(mapping(table).latest().build(), latest);
    timeline.settle();
    put(table, "late");
    timeline.settle();

    assertThat(horizon.handled()).containsExactly("early", "late");
    assertThat(latest.handled()).containsExactly("late");
  }

  @Test
  void whatTheFunctionNamesAsFailedIsTriedAgainFromThereOn() throws Exception {
    var table = table();
    var failedOnce = new AtomicInteger();
    var recorder =
        new Recorder(
            batch -> {
              int at = batch.ids().indexOf("b");
              return at >= 0 && failedOnce.getAndIncrement() == 0
                  ? failures(batch.numbers().get(at))
                  : null;
            });
    putMany(table, "a", "b", "c");
    connect(mapping(table).reports().build(), recorder);
    timeline.advance(Duration.ofSeconds(5));

    assertThat(recorder.batches()).containsExactly(List.of("a", "b", "c"), List.of("b", "c"));
  }

  @Test
  void anUnheardOfIdentifierMeansThatAllFailed() throws Exception {
    var table = table();
    var calls = new AtomicInteger();
    var recorder =
        new Recorder(batch -> calls.getAndIncrement() == 0 ? failures("nonsense") : null);
    putMany(table, "a", "b");
    connect(mapping(table).reports().build(), recorder);
    timeline.advance(Duration.ofSeconds(5));

    assertThat(recorder.batches()).containsExactly(List.of("a", "b"), List.of("a", "b"));
  }

  @Test
  void aPoisonedRecordIsIsolatedGivenUpAndKept() throws Exception {
    var table = table();
    var recorder =
        new Recorder(
            batch -> {
              if (batch.ids().contains("poison")) {
                throw new IllegalStateException("poison");
              }
              return null;
            });
    putMany(table, "a", "b", "poison", "c");
    connect(mapping(table).bisects().retries(2).build(), recorder);
    timeline.advance(Duration.ofMinutes(2));

    assertThat(recorder.handled()).containsExactly("a", "b", "c");
    var lost = database.queue("lost").messages().getLast();
    assertThat(lost.records()).extracting(record -> id(record)).containsExactly("poison");
    assertThat(JSON.readTree(lost.body()).at("/DDBStreamBatchInfo/streamArn").asText())
        .contains(table);
  }

  @Test
  void recordsThatGetTooOldAreGivenUp() throws Exception {
    var table = table();
    var recorder =
        new Recorder(
            batch -> {
              throw new IllegalStateException("never");
            });
    put(table, "aged");
    connect(mapping(table).oldest(60).build(), recorder);
    timeline.advance(Duration.ofMinutes(3));

    var lost = database.queue("lost").messages().getLast();
    assertThat(lost.records()).extracting(record -> id(record)).containsExactly("aged");
    assertThat(JSON.readTree(lost.body()).at("/requestContext/condition").asText())
        .isEqualTo("RecordAgeExceeded");
  }

  @Test
  void aFilterLetsThroughOnlyWhatMatches() throws Exception {
    var table = table();
    var recorder = new Recorder(batch -> null);
    connect(
        mapping(table)
            .filter(
                "{\"eventName\": [\"INSERT\"], \"dynamodb\": {\"Keys\": {\"id\": {\"S\": [{\"prefix\": \"yes\"}]}}}}")
            .build(),
        recorder);
    put(table, "yes-1");
    put(table, "no-1");
    put(table, "yes-1");
    timeline.settle();

    assertThat(recorder.handled()).containsExactly("yes-1");
    assertThatThrownBy(
            () -> connect(mapping(table).filter("{\"a\": [{\"cidr\": \"x\"}]}").build(), recorder))
        .hasMessageContaining("cidr");
  }

  @Test
  void onlyTheExpiredIsRemovedAndOnlyThatIsTheServicesDoing() throws Exception {
    var table = table();
    call(
        "UpdateTimeToLive",
        "{'TableName': '%s', 'TimeToLiveSpecification': {'Enabled': true, 'AttributeName': 'ttl'}}"
            .formatted(table));
    var recorder = new Recorder(batch -> null);
    connect(mapping(table).build(), recorder);
    long soon = timeline.instant().plusSeconds(60).getEpochSecond();
    long later = timeline.instant().plusSeconds(86_400).getEpochSecond();
    putWithExpiry(table, "soon", soon);
    putWithExpiry(table, "extended", soon);
    putWithExpiry(table, "extended", later);
    putWithExpiry(table, "ancient", 1_000);
    put(table, "without");
    put(table, "by-hand");
    call("DeleteItem", "{'TableName': '%s', 'Key': {'id': {'S': 'by-hand'}}}".formatted(table));
    timeline.advance(Duration.ofSeconds(61));

    assertThat(ids(table)).containsExactlyInAnyOrder("extended", "ancient", "without");
    assertThat(recorder.removals())
        .containsExactly("by-hand: nobody", "soon: dynamodb.amazonaws.com");
    assertThat(
            call("DescribeTimeToLive", "{'TableName': '%s'}".formatted(table))
                .at("/TimeToLiveDescription/AttributeName")
                .asText())
        .isEqualTo("ttl");
  }

  @Test
  void whatBecomesOfATableIsKnownAtOnce() throws Exception {
    var table = table();
    put(table, "before");
    call(
        "UpdateTable",
        """
        {'TableName': '%s',
         'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'},
                                  {'AttributeName': 'at', 'AttributeType': 'S'}],
         'GlobalSecondaryIndexUpdates': [{'Create': {'IndexName': 'by-at',
           'KeySchema': [{'AttributeName': 'at', 'KeyType': 'HASH'}],
           'Projection': {'ProjectionType': 'ALL'}}}]}
        """
            .formatted(table));
    var scan = "{'TableName': '%s', 'IndexName': 'by-at'}".formatted(table);
    // Until the index has been filled, DynamoDB Local neither reads it nor writes to the table.
    for (int i = 0; i < 300 && handled("Scan", scan).status() != 200; i++) {
      Thread.sleep(100);
    }
    put(table, "after");

    assertThat(call("Scan", scan).path("Count").asInt()).isEqualTo(2);
    var gone = "{'TableName': '%s'}".formatted(table);
    call("DeleteTable", gone);
    assertThat(handled("Scan", gone).text()).contains("ResourceNotFoundException");
  }

  @Test
  void timeToLiveOfATableThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> call("DescribeTimeToLive", "{'TableName': '%s'}".formatted("nowhere")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.type()).isEqualTo("ResourceNotFoundException"));
  }

  /** What a function was called with. */
  private record Called(List<String> ids, List<String> numbers) {}

  /** A function that keeps what it was called with; null as its answer means that all is well. */
  private static final class Recorder implements Functions {
    private final Function<Called, @Nullable String> answer;
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<String> removals = Collections.synchronizedList(new ArrayList<>());

    Recorder(Function<Called, @Nullable String> answer) {
      this.answer = answer;
    }

    @Override
    public Result invoke(String function, String payload) {
      var ids = new ArrayList<String>();
      var numbers = new ArrayList<String>();
      JsonNode records;
      try {
        records = JSON.readTree(payload).path("Records");
      } catch (IOException malformed) {
        throw new IllegalStateException(malformed);
      }
      for (var record : records) {
        ids.add(id(record));
        numbers.add(record.at("/dynamodb/SequenceNumber").asText());
        if (record.path("eventName").asText().equals("REMOVE")) {
          removals.add(id(record) + ": " + record.at("/userIdentity/principalId").asText("nobody"));
        }
      }
      batches.add(List.copyOf(ids));
      try {
        var reported = answer.apply(new Called(ids, numbers));
        if (reported == null) {
          handled.addAll(ids);
        }
        return new Result(reported == null ? "" : reported, null);
      } catch (IllegalStateException thrown) {
        return new Result("{}", "Unhandled");
      }
    }

    List<List<String>> batches() {
      return batches;
    }

    List<String> handled() {
      return handled;
    }

    List<String> removals() {
      return removals.stream()
          .map(removal -> removal.endsWith(": ") ? removal + "nobody" : removal)
          .toList();
    }
  }

  /** A mapping in which only what a test is about differs from the defaults. */
  private static final class Mapping {
    private final String table;
    private boolean fromTheStart = true;
    private boolean reports;
    private boolean bisects;
    private int retries = -1;
    private int oldest = -1;
    private final List<JsonNode> filters = new ArrayList<>();

    Mapping(String table) {
      this.table = table;
    }

    Mapping latest() {
      fromTheStart = false;
      return this;
    }

    Mapping reports() {
      reports = true;
      return this;
    }

    Mapping bisects() {
      bisects = true;
      return this;
    }

    Mapping retries(int most) {
      retries = most;
      return this;
    }

    Mapping oldest(int seconds) {
      oldest = seconds;
      return this;
    }

    Mapping filter(String pattern) throws Exception {
      filters.add(JSON.readTree(pattern));
      return this;
    }

    StreamMapping build() {
      return new StreamMapping(
          "any mapping",
          "any-function",
          table,
          "arn:aws:dynamodb:eu-central-1:000000000000:table/" + table + "/stream/any",
          fromTheStart,
          100,
          reports,
          bisects,
          retries,
          oldest,
          filters,
          QUEUE);
    }
  }

  private static Mapping mapping(String table) {
    return new Mapping(table);
  }

  private static void connect(StreamMapping mapping, Functions functions) {
    database.connect(List.of(mapping), List.of(QUEUE), functions);
  }

  private static String failures(String sequenceNumber) {
    return "{\"batchItemFailures\": [{\"itemIdentifier\": \"" + sequenceNumber + "\"}]}";
  }

  private static String id(JsonNode record) {
    return record.at("/dynamodb/Keys/id/S").asText();
  }

  private static String table() throws Exception {
    var name = "table-" + UUID.randomUUID();
    var definition =
        (ObjectNode)
            JSON.readTree(
                """
                {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                 "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}}
                """
                    .formatted(name));
    database.create(List.of(new TableResource("Any", name, definition, null)));
    return name;
  }

  private static void put(String table, String id) throws Exception {
    call(
        "PutItem",
        "{'TableName': '%s', 'Item': {'id': {'S': '%s'}, 'at': {'S': '%s'}}}"
            .formatted(table, id, UUID.randomUUID()));
  }

  private static void putWithExpiry(String table, String id, long expiry) throws Exception {
    call(
        "PutItem",
        "{'TableName': '%s', 'Item': {'id': {'S': '%s'}, 'ttl': {'N': '%s'}}}"
            .formatted(table, id, expiry));
  }

  private static void putMany(String table, String... ids) throws Exception {
    for (var id : ids) {
      put(table, id);
    }
  }

  private static List<String> ids(String table) throws Exception {
    var ids = new ArrayList<String>();
    call("Scan", "{'TableName': '%s'}".formatted(table))
        .path("Items")
        .forEach(item -> ids.add(item.at("/id/S").asText()));
    return ids;
  }

  private static JsonNode call(String operation, String input) throws Exception {
    var answer = handled(operation, input);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Objects.requireNonNull(JSON.readTree(answer.text()));
  }

  private static AwsAnswer handled(String operation, String input) {
    var body = input.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return database.handle("DynamoDB_20120810." + operation, body);
  }
}
