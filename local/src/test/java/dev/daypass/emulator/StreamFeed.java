package dev.daypass.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.StreamMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One event source mapping, polled from outside: reads a table's stream from its beginning and
 * hands the records to a function as Lambda would. A batch that fails is tried again from the
 * record that failed; filters are left to the function, which looks for itself.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
final class StreamFeed implements AutoCloseable {
  private static final String STREAMS = "DynamoDBStreams_20120810.";
  private static final int MOST_TRIES = 20;
  private static final long PAUSE_MILLIS = 250;

  /**
   * DynamoDB Local calls an iterator trimmed that is older than the shard's first record; both are
   * mended by a new one.
   */
  private static final Set<String> BAD_ITERATOR =
      Set.of("TrimmedDataAccessException", "ExpiredIteratorException");

  private final StreamMapping mapping;
  private final Wire wire;
  private final String region;
  private final Functions functions;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread loop;

  private final Map<String, String> iterators = new HashMap<>();
  private final Map<String, String> lastRead = new HashMap<>();
  private final Set<String> finished = new LinkedHashSet<>();

  StreamFeed(StreamMapping mapping, Wire wire, String region, Functions functions) {
    this.mapping = mapping;
    this.wire = wire;
    this.region = region;
    this.functions = functions;
    this.loop = Thread.ofVirtual().name(mapping.name()).unstarted(this::feed);
  }

  void start() {
    loop.start();
  }

  /** What made the feed stop, or null. */
  @Nullable RuntimeException failure() {
    return failure.get();
  }

  private void feed() {
    try {
      var stream = streamArn(wire, mapping.table());
      while (true) {
        boolean idle = true;
        for (var shard : shards(wire, stream)) {
          var id = shard.path("ShardId").asText();
          // A child is read when its parent has been read to the end.
          var parent = shard.path("ParentShardId").asText("");
          if (!finished.contains(id) && !iterators.containsKey(parent)) {
            var records = read(stream, id);
            idle &= records.isEmpty();
            deliver(stream, records);
          }
        }
        if (idle) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      if (!loop.isInterrupted()) {
        failure.compareAndSet(null, broken);
      }
    }
  }

  /** The stream of a table. */
  static String streamArn(Wire wire, String table) {
    return wire.call(
            "DynamoDB_20120810.DescribeTable", Wire.JSON.createObjectNode().put("TableName", table))
        .at("/Table/LatestStreamArn")
        .asText();
  }

  /** The shards of a stream, parents first. */
  static List<JsonNode> shards(Wire wire, String stream) {
    var shards = new ArrayList<JsonNode>();
    wire.call(STREAMS + "DescribeStream", Wire.JSON.createObjectNode().put("StreamArn", stream))
        .at("/StreamDescription/Shards")
        .forEach(shards::add);
    return shards;
  }

  private List<JsonNode> read(String stream, String shard) {
    JsonNode answer;
    try {
      answer = records(iterators.computeIfAbsent(shard, id -> iterator(stream, id)));
    } catch (AwsException refused) {
      if (!BAD_ITERATOR.contains(refused.type())) {
        throw refused;
      }
      answer = records(iterator(stream, shard));
    }
    var next = answer.path("NextShardIterator").asText("");
    if (next.isEmpty()) {
      iterators.remove(shard);
      finished.add(shard);
    } else {
      iterators.put(shard, next);
    }
    var records = new ArrayList<JsonNode>();
    answer.path("Records").forEach(records::add);
    if (!records.isEmpty()) {
      lastRead.put(shard, sequenceNumber(records.getLast()));
    }
    return records;
  }

  private JsonNode records(String iterator) {
    return wire.call(
        STREAMS + "GetRecords",
        Wire.JSON
            .createObjectNode()
            .put("ShardIterator", iterator)
            .put("Limit", mapping.batchSize()));
  }

  private String iterator(String stream, String shard) {
    var input = Wire.JSON.createObjectNode().put("StreamArn", stream).put("ShardId", shard);
    var last = lastRead.get(shard);
    if (last == null) {
      input.put("ShardIteratorType", "TRIM_HORIZON");
    } else {
      input.put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER").put("SequenceNumber", last);
    }
    return wire.call(STREAMS + "GetShardIterator", input).path("ShardIterator").asText();
  }

  private void deliver(String stream, List<JsonNode> records) throws InterruptedException {
    var left = records;
    for (int tries = 0; !left.isEmpty(); tries++) {
      var event = Wire.JSON.createObjectNode();
      var array = event.putArray("Records");
      left.forEach(record -> array.add(asLambdaHasIt(record, stream)));
      var result = functions.invoke(mapping.function(), event.toString());
      var failed = result.functionError() != null ? 0 : firstFailed(left, result.payload());
      if (failed > 0) {
        tries = 0;
      }
      left = left.subList(failed, left.size());
      if (!left.isEmpty()) {
        if (tries >= MOST_TRIES) {
          throw new IllegalStateException(
              mapping.name() + " failed " + tries + " times: " + result.payload());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** How many records were handled: all before the first one that the answer names. */
  private static int firstFailed(List<JsonNode> records, String payload) {
    try {
      var failures = Wire.JSON.readTree(payload).path("batchItemFailures");
      for (int i = 0; i < records.size(); i++) {
        for (var failure : failures) {
          if (failure.path("itemIdentifier").asText().equals(sequenceNumber(records.get(i)))) {
            return i;
          }
        }
      }
      return records.size();
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException("no answer to a batch: " + payload, notJson);
    }
  }

  private ObjectNode asLambdaHasIt(JsonNode record, String stream) {
    ObjectNode event = record.deepCopy();
    event.put("eventSourceARN", stream).put("awsRegion", region);
    var author = record.path("userIdentity");
    if (author.isObject()) {
      // The service writes these names with capitals, Lambda without.
      event
          .putObject("userIdentity")
          .put("principalId", author.path("PrincipalId").asText())
          .put("type", author.path("Type").asText());
    }
    return event;
  }

  private static String sequenceNumber(JsonNode record) {
    return record.at("/dynamodb/SequenceNumber").asText();
  }

  @Override
  public void close() {
    loop.interrupt();
    try {
      loop.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
