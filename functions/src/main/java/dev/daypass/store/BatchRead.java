package dev.daypass.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Consistent reads of many items of one table. Source: <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>:
 * at most 100 keys a call, and some of them may come back unprocessed.
 */
final class BatchRead {
  private static final int MOST_KEYS = 100;
  private static final int MOST_TRIES = 8;

  private final DynamoDbClient dynamo;
  private final String table;

  BatchRead(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * The items that exist, in no order.
   *
   * @throws IllegalStateException if the table stays too busy to answer
   */
  List<Map<String, AttributeValue>> items(List<Map<String, AttributeValue>> keys) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (int from = 0; from < keys.size(); from += MOST_KEYS) {
      var open = keys.subList(from, Math.min(keys.size(), from + MOST_KEYS));
      for (int tries = 0; !open.isEmpty(); tries++) {
        if (tries == MOST_TRIES) {
          throw new IllegalStateException("the table " + table + " is too busy to be read");
        }
        pause(tries);
        var wanted = KeysAndAttributes.builder().keys(open).consistentRead(true).build();
        var answer = dynamo.batchGetItem(get -> get.requestItems(Map.of(table, wanted)));
        items.addAll(answer.responses().getOrDefault(table, List.of()));
        var rest = answer.unprocessedKeys().get(table);
        open = rest == null ? List.of() : rest.keys();
      }
    }
    return items;
  }

  /** Waits longer each time, as the page asks for: 0, 20, 40, 80 … milliseconds. */
  private static void pause(int tries) {
    if (tries == 0) {
      return;
    }
    try {
      Thread.sleep(10L << tries);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while reading", stopping);
    }
  }
}
