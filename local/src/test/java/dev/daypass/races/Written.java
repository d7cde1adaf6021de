package dev.daypass.races;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What was written to a table, in the order in which the table took it: its stream. */
final class Written {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final DynamoDbStreamsClient streams;
  private final String stream;
  private final Map<String, String> next = new HashMap<>();
  private final List<Write> writes = new ArrayList<>();

  Written(DynamoDbClient tables, DynamoDbStreamsClient streams, String table) {
    this.streams = streams;
    this.stream = tables.describeTable(it -> it.tableName(table)).table().latestStreamArn();
  }

  /**
   * One write.
   *
   * @param before the version that it replaced, 0 if there was none
   * @param after the version that it wrote
   * @param image the item afterwards, in DynamoDB's JSON
   */
  record Write(String id, int before, int after, JsonNode image) {}

  /** All writes of the item with this id, in order. */
  List<Write> of(String id) {
    readOn();
    return writes.stream().filter(write -> write.id().equals(id)).toList();
  }

  /** Reads what has been written since it was read last. */
  private void readOn() {
    var shards = streams.describeStream(it -> it.streamArn(stream)).streamDescription().shards();
    for (var shard : shards) {
      var from = next.computeIfAbsent(shard.shardId(), this::beginning);
      boolean more = true;
      while (more) {
        var iterator = from;
        var page = streams.getRecords(it -> it.shardIterator(iterator));
        page.records().forEach(record -> writes.add(write(record.dynamodb())));
        from = page.nextShardIterator();
        // An open shard goes on for ever.
        more = !page.records().isEmpty() && from != null;
      }
      next.put(shard.shardId(), from);
    }
  }

  private String beginning(String shard) {
    return streams
        .getShardIterator(
            it ->
                it.streamArn(stream)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private static Write write(StreamRecord change) {
    var image = json(change.newImage());
    return new Write(
        image.at("/id/S").asText(), version(change.oldImage()), version(change.newImage()), image);
  }

  private static int version(Map<String, AttributeValue> image) {
    var version = image.get("version");
    return version == null ? 0 : Integer.parseInt(version.n());
  }

  private static ObjectNode json(Map<String, AttributeValue> item) {
    var object = JSON.objectNode();
    item.forEach((name, value) -> object.set(name, json(value)));
    return object;
  }

  private static ObjectNode json(AttributeValue value) {
    var object = JSON.objectNode();
    switch (value.type()) {
      case S -> object.put("S", value.s());
      case N -> object.put("N", value.n());
      case L -> {
        var list = object.putArray("L");
        value.l().forEach(each -> list.add(json(each)));
      }
      default -> throw new IllegalArgumentException("no request has a value like " + value);
    }
    return object;
  }
}
