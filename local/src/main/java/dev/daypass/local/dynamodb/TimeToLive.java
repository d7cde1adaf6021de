package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has expired by the one clock. DynamoDB Local's own expiry is left off, because it
 * keeps the machine's time.
 *
 * <p>As in AWS, an item expires when its attribute is a number of epoch seconds that has passed and
 * is not older than five years, and its removal comes in the stream with the service as its author.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Using
 *     time to live in DynamoDB</a>
 */
final class TimeToLive {
  private static final Duration TOO_OLD = Duration.ofDays(5 * 365);

  private static final class Watched {
    private final String attribute;
    private volatile boolean written = true;
    private long earliest = Long.MAX_VALUE;

    Watched(String attribute) {
      this.attribute = attribute;
    }
  }

  private final DynamoDbWire wire;
  private final InstantSource clock;
  private final ReadWriteLock writing;
  private final Map<String, Watched> tables = new ConcurrentHashMap<>();
  private final Set<String> removals = ConcurrentHashMap.newKeySet();

  /**
   * @param writing its write lock keeps out whoever writes items or reads streams
   */
  TimeToLive(DynamoDbWire wire, InstantSource clock, ReadWriteLock writing) {
    this.wire = wire;
    this.clock = clock;
    this.writing = writing;
  }

  void watch(String table, String attribute) {
    tables.put(table, new Watched(attribute));
  }

  void forget(String table) {
    tables.remove(table);
  }

  /** The attribute that says when the table's items expire, or null. */
  @Nullable String attribute(String table) {
    var watched = tables.get(table);
    return watched == null ? null : watched.attribute;
  }

  /** Hears of a write to any table that this request names. */
  void written(String request) {
    tables.forEach(
        (table, watched) -> {
          if (request.contains(table)) {
            watched.written = true;
          }
        });
  }

  /** Whether the stream record is a removal by expiry. */
  boolean isExpiry(String table, String sequenceNumber) {
    return removals.contains(table + "/" + sequenceNumber);
  }

  /** Deletes what has expired and returns the tables that lost something. */
  synchronized List<String> sweep() {
    var lost = new ArrayList<String>();
    long now = clock.instant().getEpochSecond();
    tables.forEach(
        (table, watched) -> {
          if (watched.written || watched.earliest <= now) {
            try {
              if (sweep(table, watched, now)) {
                lost.add(table);
              }
            } catch (AwsException gone) {
              if (!gone.type().equals("ResourceNotFoundException")) {
                throw gone;
              }
              tables.remove(table, watched);
            }
          }
        });
    return lost;
  }

  private boolean sweep(String table, Watched watched, long now) {
    // Before the scan, so that a write during it is looked at next time.
    watched.written = false;
    var description = wire.call(DynamoDbWire.TABLES + "DescribeTable", named(table)).path("Table");
    var expired = new ArrayList<ObjectNode>();
    long earliest = Long.MAX_VALUE;
    var scan =
        named(table)
            .put("ConsistentRead", true)
            .put("FilterExpression", "attribute_type(#ttl, :number)");
    scan.putObject("ExpressionAttributeNames").put("#ttl", watched.attribute);
    scan.putObject("ExpressionAttributeValues").putObject(":number").put("S", "N");
    JsonNode page;
    do {
      page = wire.call(DynamoDbWire.TABLES + "Scan", scan);
      for (var item : page.path("Items")) {
        long at = (long) item.path(watched.attribute).path("N").asDouble();
        if (at > now) {
          earliest = Math.min(earliest, at);
        } else if (at > now - TOO_OLD.toSeconds()) {
          var key = DynamoDbWire.JSON.createObjectNode();
          for (var part : description.path("KeySchema")) {
            var name = part.path("AttributeName").asText();
            key.set(name, item.get(name));
          }
          expired.add(key);
        }
      }
      scan.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
    } while (page.hasNonNull("LastEvaluatedKey"));
    watched.earliest = earliest;
    if (expired.isEmpty()) {
      return false;
    }
    writing.writeLock().lock();
    try {
      delete(table, watched, now, expired, description.path("LatestStreamArn").asText(""));
    } finally {
      writing.writeLock().unlock();
    }
    return true;
  }

  /** With everybody else kept out, the records that appear are those of these deletions. */
  private void delete(
      String table, Watched watched, long now, List<ObjectNode> keys, String streamArn) {
    var readers = streamArn.isEmpty() ? List.<ShardReader>of() : openShards(streamArn);
    for (var key : keys) {
      var delete =
          named(table).put("ConditionExpression", "attribute_type(#ttl, :number) AND #ttl <= :now");
      delete.set("Key", key);
      delete.putObject("ExpressionAttributeNames").put("#ttl", watched.attribute);
      var values = delete.putObject("ExpressionAttributeValues");
      values.putObject(":number").put("S", "N");
      values.putObject(":now").put("N", String.valueOf(now));
      try {
        wire.call(DynamoDbWire.TABLES + "DeleteItem", delete);
      } catch (AwsException changed) {
        if (!changed.type().equals("ConditionalCheckFailedException")) {
          throw changed;
        }
        // Somebody gave it more time since the scan.
        watched.written = true;
      }
    }
    for (var reader : readers) {
      for (var read = reader.next(1000); !read.isEmpty(); read = reader.next(1000)) {
        read.forEach(record -> removals.add(table + "/" + ShardReader.sequenceNumber(record)));
      }
    }
  }

  private List<ShardReader> openShards(String streamArn) {
    var readers = new ArrayList<ShardReader>();
    for (var shard : ShardReader.shards(wire, streamArn)) {
      if (!shard.path("SequenceNumberRange").has("EndingSequenceNumber")) {
        readers.add(ShardReader.fromNow(wire, streamArn, shard.path("ShardId").asText()));
      }
    }
    return readers;
  }

  private static ObjectNode named(String table) {
    return DynamoDbWire.JSON.createObjectNode().put("TableName", table);
  }
}
