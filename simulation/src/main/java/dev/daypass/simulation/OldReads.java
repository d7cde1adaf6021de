package dev.daypass.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads that DynamoDB may answer with what was there a moment ago. The local engine always answers
 * with what is there now, so nothing else can show that a decision rests on such a read. Reads of
 * an index are always so; whoever makes them looks at the item itself afterwards.
 */
final class OldReads {
  /** Promises that break if a table is read so, by the table's name in the template. */
  static final Map<String, Integer> DECIDED_BY =
      Map.of(
          "GrantsTable", 7,
          "RequestsTable", 4,
          "WaitsTable", 5,
          "LinksTable", 1,
          "SessionsTable", 1,
          "PeopleTable", 1);

  /** A table that was read so, and the promise that is not kept by it. */
  record Old(int promise, String sentence) {}

  private final Map<String, Integer> tables;
  private final Map<String, Integer> found = new LinkedHashMap<>();

  /**
   * @param tables promises by the name of a table
   */
  OldReads(Map<String, Integer> tables) {
    this.tables = Map.copyOf(tables);
  }

  /** Looks at what a function is about to ask. */
  synchronized SdkRequest look(SdkRequest request) {
    switch (request) {
      case GetItemRequest get -> note(get.tableName(), get.consistentRead());
      case QueryRequest query when query.indexName() == null ->
          note(query.tableName(), query.consistentRead());
      case BatchGetItemRequest batch ->
          batch.requestItems().forEach((table, keys) -> note(table, keys.consistentRead()));
      default -> {
        // Writes, and reads of an index.
      }
    }
    return request;
  }

  private void note(String table, Boolean consistent) {
    var promise = tables.get(table);
    if (promise != null && !Objects.equals(consistent, true)) {
      found.put(table, promise);
    }
  }

  /** What was read so. */
  synchronized Set<Old> found() {
    var all = new LinkedHashSet<Old>();
    for (var table : new TreeSet<>(found.keySet())) {
      all.add(
          new Old(
              Objects.requireNonNull(found.get(table)),
              "%s was read as it may have been a moment ago".formatted(table)));
    }
    return all;
  }
}
