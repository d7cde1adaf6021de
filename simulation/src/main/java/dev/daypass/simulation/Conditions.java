package dev.daypass.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The condition expressions of all writes: counted as they are met, and one of them can be left
 * out, as if somebody had forgotten it.
 */
final class Conditions {
  private static final Pattern PLACEHOLDER = Pattern.compile("[:#][A-Za-z0-9_]+");

  /**
   * A condition expression on a kind of write to a table.
   *
   * @param write {@code PutItem}, or {@code Put} inside a transaction
   */
  record Condition(String write, String table, String expression) {
    @Override
    public String toString() {
      return write + " " + table + ": " + expression;
    }
  }

  private final @Nullable Condition forgotten;
  private final Map<Condition, Integer> met =
      new TreeMap<>(Comparator.comparing(Condition::toString));

  private Conditions(@Nullable Condition forgotten) {
    this.forgotten = forgotten;
  }

  /** All conditions hold. */
  static Conditions all() {
    return new Conditions(null);
  }

  /** All but this one. */
  static Conditions without(Condition forgotten) {
    return new Conditions(forgotten);
  }

  /** The conditions met so far. */
  Set<Condition> met() {
    return Set.copyOf(met.keySet());
  }

  SdkRequest tamper(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put
          when isForgotten("PutItem", put.tableName(), put.conditionExpression()) ->
          put.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(null)
              .expressionAttributeValues(null)
              .build();
      case DeleteItemRequest delete
          when isForgotten("DeleteItem", delete.tableName(), delete.conditionExpression()) ->
          delete.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(null)
              .expressionAttributeValues(null)
              .build();
      case UpdateItemRequest update
          when isForgotten("UpdateItem", update.tableName(), update.conditionExpression()) ->
          update.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(
                  used(update.expressionAttributeNames(), update.updateExpression()))
              .expressionAttributeValues(
                  usedValues(update.expressionAttributeValues(), update.updateExpression()))
              .build();
      case TransactWriteItemsRequest write -> transaction(write);
      default -> request;
    };
  }

  private TransactWriteItemsRequest transaction(TransactWriteItemsRequest write) {
    List<TransactWriteItem> items = new ArrayList<>();
    for (var item : write.transactItems()) {
      var put = item.put();
      var update = item.update();
      var delete = item.delete();
      if (put != null && isForgotten("Put", put.tableName(), put.conditionExpression())) {
        items.add(
            TransactWriteItem.builder()
                .put(
                    put.toBuilder()
                        .conditionExpression(null)
                        .expressionAttributeNames(null)
                        .expressionAttributeValues(null)
                        .build())
                .build());
      } else if (update != null
          && isForgotten("Update", update.tableName(), update.conditionExpression())) {
        items.add(
            TransactWriteItem.builder()
                .update(
                    update.toBuilder()
                        .conditionExpression(null)
                        .expressionAttributeNames(
                            used(update.expressionAttributeNames(), update.updateExpression()))
                        .expressionAttributeValues(
                            usedValues(
                                update.expressionAttributeValues(), update.updateExpression()))
                        .build())
                .build());
      } else if (delete != null
          && isForgotten("Delete", delete.tableName(), delete.conditionExpression())) {
        items.add(
            TransactWriteItem.builder()
                .delete(delete.toBuilder().conditionExpression(null).build())
                .build());
      } else {
        items.add(item);
      }
    }
    return write.toBuilder().transactItems(items).build();
  }

  private boolean isForgotten(String write, String table, @Nullable String expression) {
    if (expression == null) {
      return false;
    }
    var condition = new Condition(write, table, expression);
    met.merge(condition, 1, Integer::sum);
    return condition.equals(forgotten);
  }

  private static @Nullable Map<String, String> used(Map<String, String> names, String expression) {
    var left = new HashMap<>(names);
    left.keySet().retainAll(placeholders(expression));
    return left.isEmpty() ? null : left;
  }

  private static @Nullable Map<String, AttributeValue> usedValues(
      Map<String, AttributeValue> values, String expression) {
    var left = new HashMap<>(values);
    left.keySet().retainAll(placeholders(expression));
    return left.isEmpty() ? null : left;
  }

  private static Set<String> placeholders(String expression) {
    return PLACEHOLDER
        .matcher(expression)
        .results()
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
