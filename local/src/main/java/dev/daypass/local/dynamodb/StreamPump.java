package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.events.Pattern;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.StreamMapping;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * One event source mapping: reads a table's stream and hands its records to a function, in order
 * within a shard, each until it is handled or given up.
 *
 * <p>It sleeps until it is woken. While it has something to read or to deliver it is work of the
 * timeline; a batch that waits to be tried again is an entry in it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
final class StreamPump {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_AT_ONCE = 1000;

  /** Records that are tried together. */
  private record Batch(List<ObjectNode> records, int failures, Instant seen) {
    Batch part(int from, int to, int failuresSoFar) {
      return new Batch(List.copyOf(records.subList(from, to)), failuresSoFar, seen);
    }
  }

  private static final class Shard {
    private final ShardReader reader;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private Instant pausedUntil = Instant.MIN;

    Shard(ShardReader reader) {
      this.reader = reader;
    }

    boolean isDone() {
      return reader.isAtItsEnd() && batches.isEmpty();
    }
  }

  private final StreamMapping mapping;
  private final DynamoDbWire wire;
  private final TimeToLive expiry;
  private final ReadWriteLock writing;
  private final Functions functions;
  private final Timeline timeline;
  private final Place place;
  private final @Nullable LocalQueue onFailure;

  private volatile boolean closed;
  private final AtomicInteger wakes = new AtomicInteger();
  private final List<Shard> shards = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private @Nullable String streamArn;

  StreamPump(
      StreamMapping mapping,
      DynamoDbWire wire,
      TimeToLive expiry,
      ReadWriteLock writing,
      Functions functions,
      Timeline timeline,
      Place place,
      @Nullable LocalQueue onFailure) {
    mapping.filters().forEach(Pattern::check);
    this.mapping = mapping;
    this.wire = wire;
    this.expiry = expiry;
    this.writing = writing;
    this.functions = functions;
    this.timeline = timeline;
    this.place = place;
    this.onFailure = onFailure;
  }

  String table() {
    return mapping.table();
  }

  /**
   * Reads on, now. The work is open when this returns, so whoever settles after a write waits for
   * its records.
   */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      timeline.run(this::runUntilNobodyWakes);
    }
  }

  /** Makes it quiet about a database that is gone. */
  void close() {
    closed = true;
  }

  private void runUntilNobodyWakes() {
    int seen;
    do {
      seen = wakes.get();
      try {
        drain();
      } catch (RuntimeException broken) {
        if (closed) {
          return;
        }
        // Nothing is lost: the position is kept, and reading goes on after a pause.
        System.err.println("the mapping " + mapping.name() + " goes on in 30 s: " + broken);
        timeline.at(timeline.instant().plus(LONGEST_PAUSE), this::wake);
      }
    } while (!wakes.compareAndSet(seen, 0));
  }

  private void drain() {
    if (streamArn == null) {
      var describe = DynamoDbWire.JSON.createObjectNode().put("TableName", mapping.table());
      streamArn =
          wire.call(DynamoDbWire.TABLES + "DescribeTable", describe)
              .at("/Table/LatestStreamArn")
              .asText();
      addShards(streamArn);
    }
    boolean more = true;
    while (more) {
      more = false;
      for (var shard : List.copyOf(shards)) {
        drain(shard);
        if (shard.isDone()) {
          shards.remove(shard);
          addShards(streamArn);
          more = true;
        }
      }
    }
  }

  /** Adds shards not known yet, children only once their parent has been read to its end. */
  private void addShards(String arn) {
    for (var shard : ShardReader.shards(wire, arn)) {
      var id = shard.path("ShardId").asText();
      var parent = shard.path("ParentShardId").asText("");
      boolean parentOpen = shards.stream().anyMatch(open -> open.reader.shardId().equals(parent));
      if (!parentOpen && known.add(id)) {
        boolean whole = mapping.fromTheStart() || known.contains(parent);
        shards.add(
            new Shard(
                whole
                    ? ShardReader.fromTheStart(wire, arn, id)
                    : ShardReader.fromNow(wire, arn, id)));
      }
    }
  }

  private void drain(Shard shard) {
    while (!timeline.instant().isBefore(shard.pausedUntil)) {
      if (shard.batches.isEmpty() && !read(shard)) {
        return;
      }
      var batch = shard.batches.pollFirst();
      if (batch != null) {
        deliver(shard, batch);
      }
    }
  }

  /** Reads the next records into a batch; false if there are none. */
  private boolean read(Shard shard) {
    List<JsonNode> read;
    writing.readLock().lock();
    try {
      read = shard.reader.next(Math.min(mapping.batchSize(), MOST_AT_ONCE));
    } finally {
      writing.readLock().unlock();
    }
    var wanted = new ArrayList<ObjectNode>();
    for (var record : read) {
      var event = event(record);
      if (mapping.filters().isEmpty()
          || mapping.filters().stream().anyMatch(filter -> Pattern.matches(filter, event))) {
        wanted.add(event);
      }
    }
    if (!wanted.isEmpty()) {
      shard.batches.add(new Batch(List.copyOf(wanted), 0, timeline.instant()));
    }
    return !read.isEmpty();
  }

  /** The record as Lambda's event has it. */
  private ObjectNode event(JsonNode record) {
    var event = DynamoDbWire.JSON.createObjectNode();
    for (var field : List.of("eventID", "eventName", "eventVersion", "eventSource")) {
      event.set(field, record.get(field));
    }
    event.put("awsRegion", place.region());
    var change = (ObjectNode) record.path("dynamodb").deepCopy();
    change.put("ApproximateCreationDateTime", change.path("ApproximateCreationDateTime").asLong());
    event.set("dynamodb", change);
    if (expiry.isExpiry(mapping.table(), ShardReader.sequenceNumber(record))) {
      event
          .putObject("userIdentity")
          .put("type", "Service")
          .put("principalId", "dynamodb.amazonaws.com");
    }
    return event.put("eventSourceARN", mapping.streamArn());
  }

  private void deliver(Shard shard, Batch batch) {
    if (mapping.oldest() != -1
        && batch.seen().plusSeconds(mapping.oldest()).isBefore(timeline.instant())) {
      giveUp(shard, batch, "RecordAgeExceeded", false);
      return;
    }
    var event = DynamoDbWire.JSON.createObjectNode();
    event.putArray("Records").addAll(batch.records());
    int size = batch.records().size();
    boolean threw;
    int handled;
    try {
      var result = functions.invoke(mapping.function(), event.toString());
      threw = result.functionError() != null;
      handled = threw ? 0 : handled(batch, result.payload());
    } catch (AwsException notInvoked) {
      threw = true;
      handled = 0;
    }
    if (handled == size) {
      return;
    }
    if (handled > 0) {
      // Some were handled: what is left is tried as a batch of its own.
      shard.batches.addFirst(batch.part(handled, size, 0));
      pause(shard, 0);
    } else if (mapping.bisects() && size > 1) {
      // Splitting does not count as a retry.
      shard.batches.addFirst(batch.part(size / 2, size, batch.failures()));
      shard.batches.addFirst(batch.part(0, size / 2, batch.failures()));
      pause(shard, batch.failures());
    } else if (mapping.mostRetries() != -1 && batch.failures() >= mapping.mostRetries()) {
      giveUp(shard, batch, "RetryAttemptsExhausted", threw);
    } else {
      shard.batches.addFirst(batch.part(0, size, batch.failures() + 1));
      pause(shard, batch.failures());
    }
  }

  /**
   * How many records from the first on the answer calls handled: all before the lowest one that
   * failed; none if the answer cannot be understood.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
   *     partial batch response</a>
   */
  private int handled(Batch batch, String payload) {
    int size = batch.records().size();
    if (!mapping.reportsFailures() || payload.isBlank()) {
      return size;
    }
    JsonNode answer;
    try {
      answer = DynamoDbWire.JSON.readTree(payload);
    } catch (JsonProcessingException noJson) {
      return size;
    }
    var failures = answer.path("batchItemFailures");
    int lowest = size;
    for (var failure : failures) {
      var identifier = failure.path("itemIdentifier").asText("");
      int at = 0;
      while (at < size && !ShardReader.sequenceNumber(batch.records().get(at)).equals(identifier)) {
        at++;
      }
      if (at == size) {
        // Empty or unheard of: Lambda takes the whole batch for failed.
        return 0;
      }
      lowest = Math.min(lowest, at);
    }
    return lowest;
  }

  private void pause(Shard shard, int failures) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
    var pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    shard.pausedUntil = timeline.instant().plus(pause);
    timeline.at(shard.pausedUntil, this::wake);
  }

  /**
   * Tells the on-failure destination.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
   *     discarded records for a DynamoDB event source</a>
   */
  private void giveUp(Shard shard, Batch batch, String condition, boolean threw) {
    if (onFailure == null) {
      return;
    }
    var first = batch.records().getFirst();
    var last = batch.records().getLast();
    var now = timeline.instant();
    var message = DynamoDbWire.JSON.createObjectNode();
    message
        .putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("functionArn", place.arn("lambda", "function:" + mapping.function()))
        .put("condition", condition)
        .put("approximateInvokeCount", batch.failures() + 1);
    var response =
        message
            .putObject("responseContext")
            .put("statusCode", 200)
            .put("executedVersion", "$LATEST");
    if (threw) {
      response.put("functionError", "Unhandled");
    }
    message.put("version", "1.0").put("timestamp", now.toString());
    message
        .putObject("DDBStreamBatchInfo")
        .put("shardId", shard.reader.shardId())
        .put("startSequenceNumber", ShardReader.sequenceNumber(first))
        .put("endSequenceNumber", ShardReader.sequenceNumber(last))
        .put("approximateArrivalOfFirstRecord", arrival(first))
        .put("approximateArrivalOfLastRecord", arrival(last))
        .put("batchSize", batch.records().size())
        .put("streamArn", mapping.streamArn());
    onFailure.send(
        new LocalQueue.Message(
            message.toString(), List.copyOf(batch.records()), now.truncatedTo(ChronoUnit.MILLIS)));
  }

  private static String arrival(JsonNode record) {
    return Instant.ofEpochSecond(record.at("/dynamodb/ApproximateCreationDateTime").asLong())
        .toString();
  }
}
