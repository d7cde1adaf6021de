package dev.daypass.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.local.dynamodb.Engine;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

class EngineTest {
  private static final Template TEMPLATE =
      TemplateFile.read(Path.of("../template.yaml"))
          .resolve(Map.of("PublicUrl", "http://127.0.0.1"), Place.LOCAL);
  private static final String REQUESTS = TEMPLATE.table("RequestsTable").name();
  private static final Map<String, AttributeValue> ITEM = item("r1");

  @Test
  void answersInWhateverThreadAsksAndToNobodyElse() throws InterruptedException {
    try (var one = Database.of(TEMPLATE.tables().values());
        var other = Database.of(TEMPLATE.tables().values())) {
      Thread.ofVirtual().start(() -> put(one, ITEM)).join();
      Thread.ofPlatform()
          .start(
              () ->
                  one.client()
                      .updateItem(
                          update ->
                              update
                                  .tableName(REQUESTS)
                                  .key(Map.of("id", AttributeValue.fromS("r1")))
                                  .updateExpression("SET version = version + :one")
                                  .expressionAttributeValues(
                                      Map.of(":one", AttributeValue.fromN("1")))))
          .join();

      assertThat(one.client().scan(scan -> scan.tableName(REQUESTS)).items())
          .containsExactly(
              Map.of("id", AttributeValue.fromS("r1"), "version", AttributeValue.fromN("2")));
      assertThat(other.client().scan(scan -> scan.tableName(REQUESTS)).items()).isEmpty();
      assertThatThrownBy(
              () ->
                  one.client()
                      .putItem(
                          write ->
                              write
                                  .tableName(REQUESTS)
                                  .item(ITEM)
                                  .conditionExpression("attribute_not_exists(id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThatThrownBy(() -> one.client().scan(scan -> scan.tableName("none")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  private static void put(Database database, Map<String, AttributeValue> item) {
    database.client().putItem(put -> put.tableName(REQUESTS).item(item));
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id), "version", AttributeValue.fromN("1"));
  }

  private static String id(Map<String, AttributeValue> item) {
    return requireNonNull(item.get("id")).s();
  }

  private static List<String> ids(Database database) {
    return database.client().scan(scan -> scan.tableName(REQUESTS)).items().stream()
        .map(EngineTest::id)
        .sorted()
        .toList();
  }

  /** The ids of all writes that the table's stream tells of. */
  private static List<String> told(Database database) {
    var streams = database.streams();
    var arn = streams.listStreams(list -> list.tableName(REQUESTS)).streams().getFirst();
    var shards =
        streams
            .describeStream(describe -> describe.streamArn(arn.streamArn()))
            .streamDescription()
            .shards();
    var iterator =
        streams
            .getShardIterator(
                get ->
                    get.streamArn(arn.streamArn())
                        .shardId(shards.getFirst().shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return streams.getRecords(get -> get.shardIterator(iterator)).records().stream()
        .map(record -> id(record.dynamodb().keys()))
        .toList();
  }

  @Test
  void aCopyHasWhatThereWasAndSharesNothing() {
    try (var model = Database.of(TEMPLATE.tables().values())) {
      put(model, item("before"));
      try (var copy = model.copy()) {
        put(model, item("model"));
        put(copy, item("copy"));

        assertThat(ids(model)).containsExactly("before", "model");
        assertThat(ids(copy)).containsExactly("before", "copy");
        assertThat(told(model)).containsExactly("before", "model");
        assertThat(told(copy)).as("streams go on from there").containsExactly("before", "copy");
        assertThat(copy.client().listTables().tableNames())
            .isEqualTo(model.client().listTables().tableNames());
      }
      assertThat(ids(model)).containsExactly("before", "model");
    }
  }

  @Test
  void manyCanBeCopiedAtOnce() throws InterruptedException {
    try (var model = Database.of(TEMPLATE.tables().values())) {
      put(model, item("before"));
      var seen = new ConcurrentLinkedQueue<List<String>>();
      var threads =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                try (var copy = model.copy()) {
                                  put(copy, item("own-" + i));
                                  seen.add(ids(copy));
                                }
                              }))
              .toList();
      for (var thread : threads) {
        thread.join();
      }
      assertThat(seen)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 20).mapToObj(i -> List.of("before", "own-" + i)).toList());
    }
  }

  @Test
  void neitherSendsUsageDataNorPreparesTo() {
    // DynamoDB Local keeps the id that it would send in a file of this name where it is started.
    try (var engine = Engine.withFixedTables()) {
      assertThat(engine.tables().listTables().tableNames()).isEmpty();
    }

    assertThat(Path.of("dynamodb-local-metadata.json")).doesNotExist();
    assertThat(Path.of("../local/dynamodb-local-metadata.json")).doesNotExist();
  }
}
