package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.local.dynamodb.Engine;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.TemplateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class EngineTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("r1"), "version", AttributeValue.fromN("1"));

  @Test
  void answersInWhateverThreadAsksAndToNobodyElse() throws InterruptedException {
    var template =
        TemplateFile.read(Path.of("../template.yaml"))
            .resolve(Map.of("PublicUrl", "http://127.0.0.1"), Place.LOCAL);
    var requests = template.table("RequestsTable").name();
    try (var one = new Database(template.tables().values());
        var other = new Database(template.tables().values())) {
      Thread.ofVirtual().start(() -> one.put(requests, List.of(ITEM))).join();
      Thread.ofPlatform()
          .start(
              () ->
                  one.client()
                      .updateItem(
                          update ->
                              update
                                  .tableName(requests)
                                  .key(Map.of("id", AttributeValue.fromS("r1")))
                                  .updateExpression("SET version = version + :one")
                                  .expressionAttributeValues(
                                      Map.of(":one", AttributeValue.fromN("1")))))
          .join();

      assertThat(one.client().scan(scan -> scan.tableName(requests)).items())
          .containsExactly(
              Map.of("id", AttributeValue.fromS("r1"), "version", AttributeValue.fromN("2")));
      assertThat(other.client().scan(scan -> scan.tableName(requests)).items()).isEmpty();
      assertThatThrownBy(
              () ->
                  one.client()
                      .putItem(
                          put ->
                              put.tableName(requests)
                                  .item(ITEM)
                                  .conditionExpression("attribute_not_exists(id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThatThrownBy(() -> one.client().scan(scan -> scan.tableName("none")))
          .isInstanceOf(ResourceNotFoundException.class);
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
