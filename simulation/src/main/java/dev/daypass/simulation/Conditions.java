package dev.daypass.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The condition expressions of all writes: noted as they are met, and some of them can be left out,
 * as if somebody had forgotten them. Which one it is can be told only in a program whose conditions
 * are marked ({@link dev.daypass.simulation.defect.WrittenConditions}).
 */
final class Conditions {
  private static final Pattern PLACEHOLDER = Pattern.compile("[:#][A-Za-z0-9_]+");

  private final Set<Integer> forgotten;
  private final Set<Integer> met = new HashSet<>();

  private Conditions(Set<Integer> forgotten) {
    this.forgotten = Set.copyOf(forgotten);
  }

  /** All conditions hold. */
  static Conditions all() {
    return new Conditions(Set.of());
  }

  /**
   * All but these.
   *
   * @param forgotten their numbers, from 1
   */
  static Conditions without(Set<Integer> forgotten) {
    return new Conditions(forgotten);
  }

  /** The numbers of the conditions met so far; 0 for one that is not marked. */
  Set<Integer> met() {
    return Set.copyOf(met);
  }

  /** The request without what was forgotten, and otherwise as it was. */
  SdkRequest tamper(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put when isForgotten(put.conditionExpression()) ->
          put.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(null)
              .expressionAttributeValues(null)
              .build();
      case DeleteItemRequest delete when isForgotten(delete.conditionExpression()) ->
          delete.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(null)
              .expressionAttributeValues(null)
              .build();
      case UpdateItemRequest update when isForgotten(update.conditionExpression()) ->
          update.toBuilder()
              .conditionExpression(null)
              .expressionAttributeNames(
                  used(update.expressionAttributeNames(), update.updateExpression()))
              .expressionAttributeValues(
                  used(update.expressionAttributeValues(), update.updateExpression()))
              .build();
      case TransactWriteItemsRequest write -> transaction(write);
      default -> request;
    };
  }

  private TransactWriteItemsRequest transaction(TransactWriteItemsRequest write) {
    var items = new ArrayList<TransactWriteItem>();
    for (var item : write.transactItems()) {
      var left = item(item);
      if (left != null) {
        items.add(left);
      }
    }
    return write.toBuilder().transactItems(items).build();
  }

  /** One part of a transaction; null if it was nothing but a condition. */
  private @Nullable TransactWriteItem item(TransactWriteItem item) {
    var put = item.put();
    if (put != null && isForgotten(put.conditionExpression())) {
      return TransactWriteItem.builder()
          .put(
              put.toBuilder()
                  .conditionExpression(null)
                  .expressionAttributeNames(null)
                  .expressionAttributeValues(null)
                  .build())
          .build();
    }
    var update = item.update();
    if (update != null && isForgotten(update.conditionExpression())) {
      return TransactWriteItem.builder()
          .update(
              update.toBuilder()
                  .conditionExpression(null)
                  .expressionAttributeNames(
                      used(update.expressionAttributeNames(), update.updateExpression()))
                  .expressionAttributeValues(
                      used(update.expressionAttributeValues(), update.updateExpression()))
                  .build())
          .build();
    }
    var delete = item.delete();
    if (delete != null && isForgotten(delete.conditionExpression())) {
      return TransactWriteItem.builder()
          .delete(
              delete.toBuilder()
                  .conditionExpression(null)
                  .expressionAttributeNames(null)
                  .expressionAttributeValues(null)
                  .build())
          .build();
    }
    var check = item.conditionCheck();
    return check != null && isForgotten(check.conditionExpression()) ? null : item;
  }

  private boolean isForgotten(@Nullable String expression) {
    if (expression == null) {
      return false;
    }
    int number = expression.length() - expression.stripTrailing().length();
    met.add(number);
    return forgotten.contains(number);
  }

  /** The names or values that an update needs for itself. */
  private static <T> @Nullable Map<String, T> used(Map<String, T> given, String expression) {
    var left = new HashMap<>(given);
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
