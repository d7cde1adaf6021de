package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.StreamMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The event source mappings: what the database's own streams hold is handed to the functions as
 * Lambda hands it over, at least once, in the order of each item, and with what goes wrong there.
 */
final class Streams {
  /** How long after a write its record is handed over. */
  private static final Duration USUAL = Duration.ofMillis(150);

  /** How late a late record is. */
  private static final Duration LATE = Duration.ofSeconds(90);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A batch given up for good. */
  record Lost(Instant at, String mapping, int records) {}

  private static final class Source {
    private final String arn;
    private final Map<String, String> iterators = new LinkedHashMap<>();

    Source(String arn) {
      this.arn = arn;
    }
  }

  /** One mapping: what it has still to hand over, oldest first. */
  private static final class Mapping {
    private final StreamMapping definition;
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean oneByOne;

    Mapping(StreamMapping definition) {
      this.definition = definition;
    }
  }

  private final Clockwork clockwork;
  private final Calls calls;
  private final Functions functions;
  private final DynamoDbStreamsClient streams;
  private final Map<String, Source> sources = new TreeMap<>();
  private final List<Mapping> mappings = new ArrayList<>();
  private final BiConsumer<String, JsonNode> watcher;
  private final List<Lost> lost = new ArrayList<>();

  /**
   * @param watcher hears of every record once: table and record
   */
  Streams(
      Clockwork clockwork,
      Calls calls,
      Functions functions,
      DynamoDbClient dynamo,
      DynamoDbStreamsClient streams,
      List<StreamMapping> definitions,
      BiConsumer<String, JsonNode> watcher) {
    this.clockwork = clockwork;
    this.calls = calls;
    this.functions = functions;
    this.streams = streams;
    this.watcher = watcher;
    for (var definition : definitions) {
      mappings.add(new Mapping(definition));
      sources.computeIfAbsent(
          definition.table(),
          table ->
              new Source(
                  dynamo
                      .describeTable(describe -> describe.tableName(table))
                      .table()
                      .latestStreamArn()));
    }
  }

  /** Whether a write to this table has records. */
  boolean has(String table) {
    return sources.containsKey(table);
  }

  /** Batches that were given up. */
  List<Lost> lost() {
    return List.copyOf(lost);
  }

  /** Whether everything has been handed over. */
  boolean areQuiet() {
    return mappings.stream().allMatch(each -> each.waiting.isEmpty() && !each.running);
  }

  /** Reads what a write has left in the table's stream. */
  void written(String table) {
    written(table, false);
  }

  /** Reads what the removal of expired items has left. */
  void expired(String table) {
    written(table, true);
  }

  private void written(String table, boolean byService) {
    var source = sources.get(table);
    if (source == null) {
      return;
    }
    for (var record : read(source)) {
      var event = event(record, source.arn, byService);
      watcher.accept(table, event);
      for (var mapping : mappings) {
        if (mapping.definition.table().equals(table)) {
          mapping.waiting.addLast(event);
          if (!mapping.running) {
            mapping.running = true;
            clockwork.at(clockwork.instant().plus(USUAL), () -> handOver(mapping));
          }
        }
      }
    }
  }

  private List<Record> read(Source source) {
    if (source.iterators.isEmpty()) {
      streams
          .describeStream(describe -> describe.streamArn(source.arn))
          .streamDescription()
          .shards()
          .forEach(
              shard ->
                  source.iterators.put(
                      shard.shardId(),
                      streams
                          .getShardIterator(
                              get ->
                                  get.streamArn(source.arn)
                                      .shardId(shard.shardId())
                                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                          .shardIterator()));
    }
    var records = new ArrayList<Record>();
    for (var shard : List.copyOf(source.iterators.keySet())) {
      var answer = streams.getRecords(get -> get.shardIterator(source.iterators.get(shard)));
      if (answer.nextShardIterator() == null) {
        throw new IllegalStateException("a shard of " + source.arn + " was closed during a run");
      }
      source.iterators.put(shard, answer.nextShardIterator());
      records.addAll(answer.records());
    }
    return records;
  }

  private void handOver(Mapping mapping) {
    int failures = 0;
    while (!mapping.waiting.isEmpty()) {
      int most = mapping.oneByOne ? 1 : mapping.definition.batchSize();
      var batch =
          new ArrayList<>(mapping.waiting).subList(0, Math.min(most, mapping.waiting.size()));
      var fault =
          calls.next(
              "stream",
              Callee.STREAM,
              mapping.definition.name() + (batch.size() == 1 ? "" : Call.SEVERAL + batch.size()));
      int handled =
          calls.isDown(mapping.definition.name().split("\\.", 2)[0])
              ? 0
              : switch (fault) {
                case FAILS_BEFORE -> 0;
                case FAILS_AFTER -> {
                  deliver(mapping, batch);
                  yield 0;
                }
                case TWICE -> {
                  deliver(mapping, batch);
                  clockwork.pause(FIRST_PAUSE);
                  yield deliver(mapping, batch);
                }
                case SLOW -> {
                  clockwork.pause(LATE);
                  yield deliver(mapping, batch);
                }
                case SPLIT -> {
                  mapping.oneByOne = true;
                  batch = batch.subList(0, 1);
                  yield deliver(mapping, batch);
                }
                case REORDERED -> {
                  // The order of an item stands; where it has two mappings, the other overtakes.
                  clockwork.pause(Duration.ofSeconds(5));
                  yield deliver(mapping, reordered(batch));
                }
                case null -> deliver(mapping, batch);
                case THROTTLED, TIMES_OUT, KILLED_BEFORE, KILLED_AFTER, IGNORED ->
                    throw new IllegalArgumentException("this does not happen to streams: " + fault);
              };
      if (handled == batch.size() || handled > 0) {
        failures = 0;
        for (int i = 0; i < handled; i++) {
          mapping.waiting.removeFirst();
        }
        if (handled < batch.size()) {
          clockwork.pause(FIRST_PAUSE);
        }
        continue;
      }
      failures++;
      if (failures > mapping.definition.mostRetries() && mapping.definition.mostRetries() >= 0) {
        lost.add(new Lost(clockwork.instant(), mapping.definition.name(), batch.size()));
        for (int i = 0; i < batch.size(); i++) {
          mapping.waiting.removeFirst();
        }
        failures = 0;
        continue;
      }
      if (mapping.definition.bisects() && batch.size() > 1) {
        mapping.oneByOne = true;
      }
      clockwork.pause(pause(failures));
    }
    mapping.oneByOne = false;
    mapping.running = false;
  }

  private static Duration pause(int failures) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 12));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** The last item's records first, each item's in their own order. */
  private static List<ObjectNode> reordered(List<ObjectNode> batch) {
    var byItem = new LinkedHashMap<String, List<ObjectNode>>();
    for (var record : batch) {
      byItem
          .computeIfAbsent(
              record.path("dynamodb").path("Keys").toString(), any -> new ArrayList<>())
          .add(record);
    }
    var turned = new ArrayList<ObjectNode>();
    byItem.sequencedValues().reversed().forEach(turned::addAll);
    return turned;
  }

  /** How many of the batch, from its first on, were handled. */
  private int deliver(Mapping mapping, List<ObjectNode> batch) {
    var event = JSON.createObjectNode();
    event.putArray("Records").addAll(batch);
    var result = functions.invoke(mapping.definition.function(), event.toString());
    if (result.functionError() != null) {
      return 0;
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(result.payload());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    int lowest = batch.size();
    for (var failure : answer.path("batchItemFailures")) {
      var number = failure.path("itemIdentifier").asText();
      for (int i = 0; i < batch.size(); i++) {
        if (batch.get(i).at("/dynamodb/SequenceNumber").asText().equals(number)) {
          lowest = Math.min(lowest, i);
        }
      }
    }
    return lowest;
  }

  private static ObjectNode event(Record record, String arn, boolean byService) {
    var event = JSON.createObjectNode();
    event.put("eventID", record.eventID());
    event.put("eventName", record.eventNameAsString());
    event.put("eventVersion", record.eventVersion());
    event.put("eventSource", record.eventSource());
    event.put("eventSourceARN", arn);
    var change = event.putObject("dynamodb");
    change.set("Keys", image(record.dynamodb().keys()));
    if (record.dynamodb().hasNewImage()) {
      change.set("NewImage", image(record.dynamodb().newImage()));
    }
    if (record.dynamodb().hasOldImage()) {
      change.set("OldImage", image(record.dynamodb().oldImage()));
    }
    change.put("SequenceNumber", record.dynamodb().sequenceNumber());
    if (byService && record.eventNameAsString().equals("REMOVE")) {
      event
          .putObject("userIdentity")
          .put("type", "Service")
          .put("principalId", "dynamodb.amazonaws.com");
    }
    return event;
  }

  private static ObjectNode image(Map<String, AttributeValue> item) {
    var image = JSON.createObjectNode();
    item.forEach((name, value) -> image.set(name, node(value)));
    return image;
  }

  private static ObjectNode node(AttributeValue value) {
    var node = JSON.createObjectNode();
    switch (value.type()) {
      case S -> node.put("S", value.s());
      case N -> node.put("N", value.n());
      case BOOL -> node.put("BOOL", value.bool());
      case NUL -> node.put("NULL", true);
      case L -> {
        var list = node.putArray("L");
        value.l().forEach(each -> list.add(node(each)));
      }
      case M -> node.set("M", image(value.m()));
      case SS -> {
        var set = node.putArray("SS");
        value.ss().forEach(set::add);
      }
      case B, NS, BS, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("no table with a stream holds " + value);
    }
    return node;
  }

  /** For the watcher: text of an attribute, or null. */
  static @Nullable String text(JsonNode image, String name) {
    var value = image.path(name);
    return value.has("S")
        ? value.path("S").asText()
        : value.has("N") ? value.path("N").asText() : null;
  }
}
