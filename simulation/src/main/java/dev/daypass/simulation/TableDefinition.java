package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.template.TableResource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** The SDK's form of a table of the template. */
final class TableDefinition {
  private TableDefinition() {}

  static CreateTableRequest of(TableResource table) {
    var definition = table.definition();
    var request =
        CreateTableRequest.builder()
            .tableName(table.name())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attributes(definition.path("AttributeDefinitions")))
            .keySchema(keys(definition.path("KeySchema")));
    var indexes = new ArrayList<GlobalSecondaryIndex>();
    for (var index : definition.path("GlobalSecondaryIndexes")) {
      var projection = index.path("Projection");
      var names = new ArrayList<String>();
      projection.path("NonKeyAttributes").forEach(name -> names.add(name.asText()));
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.path("IndexName").asText())
              .keySchema(keys(index.path("KeySchema")))
              .projection(
                  Projection.builder()
                      .projectionType(projection.path("ProjectionType").asText())
                      .nonKeyAttributes(names.isEmpty() ? null : names)
                      .build())
              .build());
    }
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    var stream = definition.path("StreamSpecification");
    if (stream.isObject()) {
      request.streamSpecification(
          StreamSpecification.builder()
              .streamEnabled(true)
              .streamViewType(stream.path("StreamViewType").asText())
              .build());
    }
    return request.build();
  }

  private static List<AttributeDefinition> attributes(JsonNode definitions) {
    var attributes = new ArrayList<AttributeDefinition>();
    for (var definition : definitions) {
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(definition.path("AttributeName").asText())
              .attributeType(definition.path("AttributeType").asText())
              .build());
    }
    return attributes;
  }

  private static List<KeySchemaElement> keys(JsonNode schema) {
    var keys = new ArrayList<KeySchemaElement>();
    for (var part : schema) {
      keys.add(
          KeySchemaElement.builder()
              .attributeName(part.path("AttributeName").asText())
              .keyType(part.path("KeyType").asText())
              .build());
    }
    return keys;
  }
}
