package dev.daypass.emulator;

import dev.daypass.local.template.Template;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes the tables of a stack as CloudFormation would: from the template, one call each. */
final class Tables {
  private Tables() {}

  /** Makes all of them, with their times to live, and returns when all are active. */
  static void create(Emulator emulator, DynamoDbClient dynamo, Template template) {
    for (var table : template.tables().values()) {
      emulator.wire().call("DynamoDB_20120810.CreateTable", table.definition());
    }
    for (var table : template.tables().values()) {
      awaitActive(dynamo, table.name());
      var attribute = table.expiry();
      if (attribute != null) {
        dynamo.updateTimeToLive(
            update ->
                update
                    .tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
      }
    }
  }

  private static void awaitActive(DynamoDbClient dynamo, String table) {
    try (var waiter = dynamo.waiter()) {
      waiter.waitUntilTableExists(describe -> describe.tableName(table));
    }
  }
}
