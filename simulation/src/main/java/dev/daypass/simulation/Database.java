package dev.daypass.simulation;

import dev.daypass.local.dynamodb.Engine;
import dev.daypass.local.template.TableResource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A DynamoDB Local of its own, in memory, with the template's tables. */
final class Database implements AutoCloseable {
  private final Engine engine;
  private final DynamoDbClient client;

  private Database(Engine engine) {
    this.engine = engine;
    this.client = engine.tables();
  }

  /** With these tables, empty. */
  static Database of(Iterable<TableResource> tables) {
    var database = new Database(Engine.withFixedTables());
    for (var table : tables) {
      database.client.createTable(TableDefinition.of(table));
    }
    return database;
  }

  /** Another one with all that is in this one now. */
  Database copy() {
    return new Database(engine.copy());
  }

  /** The way past all faults, for those who look on. */
  DynamoDbClient client() {
    return client;
  }

  DynamoDbStreamsClient streams() {
    return engine.streams();
  }

  @Override
  public void close() {
    engine.close();
  }
}
