package dev.daypass.races;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.template.TableResource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Local inside this JVM, reached without HTTP: more of a race's time is spent racing. In
 * memory, one for all races, gone with the JVM.
 */
final class Engine {
  // Of the same name, and the same engine: put together so that SQLite needs no thread of its own.
  private static final dev.daypass.local.dynamodb.Engine LOCAL =
      dev.daypass.local.dynamodb.Engine.start();

  private Engine() {}

  static DynamoDbClient client() {
    return LOCAL.tables();
  }

  static DynamoDbStreamsClient streams() {
    return LOCAL.streams();
  }

  /** Makes a table as the template says, as far as it matters to what is written and read. */
  static void create(TableResource table) {
    var definition = table.definition();
    var request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(key(definition))
            .attributeDefinitions(
                each(definition.path("AttributeDefinitions")).stream()
                    .map(
                        attribute ->
                            AttributeDefinition.builder()
                                .attributeName(attribute.path("AttributeName").asText())
                                .attributeType(attribute.path("AttributeType").asText())
                                .build())
                    .toList());
    var indexes =
        each(definition.path("GlobalSecondaryIndexes")).stream().map(Engine::index).toList();
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    var stream = definition.at("/StreamSpecification/StreamViewType");
    if (!stream.isMissingNode()) {
      request.streamSpecification(
          StreamSpecification.builder()
              .streamEnabled(true)
              .streamViewType(stream.asText())
              .build());
    }
    client().createTable(request.build());
  }

  private static GlobalSecondaryIndex index(JsonNode index) {
    var projection =
        Projection.builder().projectionType(index.at("/Projection/ProjectionType").asText());
    var more = each(index.at("/Projection/NonKeyAttributes"));
    if (!more.isEmpty()) {
      projection.nonKeyAttributes(more.stream().map(JsonNode::asText).toList());
    }
    return GlobalSecondaryIndex.builder()
        .indexName(index.path("IndexName").asText())
        .keySchema(key(index))
        .projection(projection.build())
        .build();
  }

  private static List<KeySchemaElement> key(JsonNode definition) {
    return each(definition.path("KeySchema")).stream()
        .map(
            part ->
                KeySchemaElement.builder()
                    .attributeName(part.path("AttributeName").asText())
                    .keyType(part.path("KeyType").asText())
                    .build())
        .toList();
  }

  private static List<JsonNode> each(JsonNode array) {
    var all = new ArrayList<JsonNode>();
    array.forEach(all::add);
    return all;
  }
}
