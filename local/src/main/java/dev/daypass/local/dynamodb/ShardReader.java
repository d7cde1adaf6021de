package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.aws.AwsException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard of a stream from a position on, each record once.
 *
 * <p>An iterator can go bad: it expires after a quarter of an hour, and DynamoDB Local calls one
 * trimmed that was made before the shard's first record, as it counts sequence numbers across all
 * tables. Reading then goes on after the last record read; if there was none, from the start.
 */
final class ShardReader {
  private static final Set<String> BAD_ITERATOR =
      Set.of("TrimmedDataAccessException", "ExpiredIteratorException");

  private final DynamoDbWire wire;
  private final String streamArn;
  private final String shardId;
  private @Nullable String iterator;
  private @Nullable String last;

  private ShardReader(
      DynamoDbWire wire, String streamArn, String shardId, @Nullable String iterator) {
    this.wire = wire;
    this.streamArn = streamArn;
    this.shardId = shardId;
    this.iterator = iterator;
  }

  /** A reader of everything that the shard still holds. */
  static ShardReader fromTheStart(DynamoDbWire wire, String streamArn, String shardId) {
    return positioned(wire, streamArn, shardId, "TRIM_HORIZON");
  }

  /** A reader of what is written from now on. */
  static ShardReader fromNow(DynamoDbWire wire, String streamArn, String shardId) {
    return positioned(wire, streamArn, shardId, "LATEST");
  }

  private static ShardReader positioned(
      DynamoDbWire wire, String streamArn, String shardId, String position) {
    var reader = new ShardReader(wire, streamArn, shardId, null);
    reader.iterator = reader.iterator(position, null);
    return reader;
  }

  /** The shards of a stream, as {@code DescribeStream} lists them. */
  static JsonNode shards(DynamoDbWire wire, String streamArn) {
    var describe = DynamoDbWire.JSON.createObjectNode().put("StreamArn", streamArn);
    return wire.call(DynamoDbWire.STREAMS + "DescribeStream", describe)
        .at("/StreamDescription/Shards");
  }

  String shardId() {
    return shardId;
  }

  /** Whether the shard is closed and read to its end. */
  boolean isAtItsEnd() {
    return iterator == null;
  }

  /**
   * The next records, in order; empty if there are none now.
   *
   * @param most how many at most, 1 to 1000
   */
  List<JsonNode> next(int most) {
    if (iterator == null) {
      return List.of();
    }
    JsonNode answer;
    try {
      answer = read(iterator, most);
    } catch (AwsException refused) {
      if (!BAD_ITERATOR.contains(refused.type())) {
        throw refused;
      }
      answer = read(iterator(last == null ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER", last), most);
    }
    iterator = answer.path("NextShardIterator").asText(null);
    var records = List.copyOf(answer.path("Records").valueStream().toList());
    if (!records.isEmpty()) {
      last = sequenceNumber(records.getLast());
    }
    return records;
  }

  static String sequenceNumber(JsonNode record) {
    return record.at("/dynamodb/SequenceNumber").asText();
  }

  private JsonNode read(String from, int most) {
    var input = DynamoDbWire.JSON.createObjectNode().put("ShardIterator", from).put("Limit", most);
    return wire.call(DynamoDbWire.STREAMS + "GetRecords", input);
  }

  private String iterator(String type, @Nullable String after) {
    var input =
        DynamoDbWire.JSON
            .createObjectNode()
            .put("StreamArn", streamArn)
            .put("ShardId", shardId)
            .put("ShardIteratorType", type);
    if (after != null) {
      input.put("SequenceNumber", after);
    }
    return wire.call(DynamoDbWire.STREAMS + "GetShardIterator", input)
        .path("ShardIterator")
        .asText();
  }
}
