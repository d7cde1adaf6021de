package dev.daypass.simulation;

import dev.daypass.local.dynamodb.Engine;
import dev.daypass.local.template.TableResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A DynamoDB Local of its own, in memory, with the template's tables. */
final class Database implements AutoCloseable {
  private static final int MOST_IN_A_BATCH = 25;

  private final Engine engine = Engine.withFixedTables();
  private final DynamoDbClient client;

  Database(Iterable<TableResource> tables) {
    client = engine.tables();
    for (var table : tables) {
      client.createTable(TableDefinition.of(table));
    }
  }

  /** The way past all faults, for those who look on. */
  DynamoDbClient client() {
    return client;
  }

  DynamoDbStreamsClient streams() {
    return engine.streams();
  }

  void put(String table, List<Map<String, AttributeValue>> items) {
    for (int from = 0; from < items.size(); from += MOST_IN_A_BATCH) {
      var writes = new ArrayList<WriteRequest>();
      for (var item : items.subList(from, Math.min(items.size(), from + MOST_IN_A_BATCH))) {
        writes.add(
            WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
      }
      client.batchWriteItem(write -> write.requestItems(Map.of(table, writes)));
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
