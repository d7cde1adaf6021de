package dev.daypass.store;

import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import dev.daypass.access.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table {@code waits}: the task tokens of the workflow's waits, and which mails have been sent.
 */
public final class Waits {
  private static final String SENT = "sent#";
  private static final String WAIT = "wait#";

  private final DynamoDbClient dynamo;
  private final String table;

  public Waits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * Which of two tokens of one wait is newer: the later run, the later entry into the state, the
   * later retry.
   */
  public record Order(int run, Instant entered, int retry) {
    String text() {
      return "%06d#%020d#%04d".formatted(run, entered.toEpochMilli(), retry);
    }
  }

  /** A wait and the token that ends it. */
  public record Waiting(Wait on, String token) {}

  /**
   * Keeps the token of a wait. A newer one stays.
   *
   * @return whether this token is now the one that is kept
   */
  public boolean keep(String request, Wait wait, Order order, String token) {
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(
                      Map.of(
                          "request",
                          text(request),
                          "wait",
                          text(WAIT + wait.name()),
                          "order",
                          text(order.text()),
                          "token",
                          text(token)))
                  .conditionExpression("attribute_not_exists(#order) OR #order <= :order")
                  .expressionAttributeNames(Map.of("#order", "order"))
                  .expressionAttributeValues(Map.of(":order", text(order.text()))));
      return true;
    } catch (ConditionalCheckFailedException newerIsThere) {
      return false;
    }
  }

  /** All waits of a request whose tokens are kept, read consistently. */
  public List<Waiting> of(String request) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request AND begins_with(#wait, :wait)")
                    .expressionAttributeNames(Map.of("#request", "request", "#wait", "wait"))
                    .expressionAttributeValues(
                        Map.of(":request", text(request), ":wait", text(WAIT))))
        .items()
        .stream()
        .map(
            item ->
                new Waiting(
                    Wait.named(Items.string(item, "wait").substring(WAIT.length())),
                    Items.string(item, "token")))
        .toList();
  }

  /** Forgets a wait that is over, unless a newer token is kept for it by now. */
  public void forget(String request, Waiting waiting) {
    try {
      dynamo.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(request, WAIT + waiting.on().name()))
                  .conditionExpression("#token = :token")
                  .expressionAttributeNames(Map.of("#token", "token"))
                  .expressionAttributeValues(Map.of(":token", text(waiting.token()))));
    } catch (ConditionalCheckFailedException newerIsThere) {
      // That one is still waited for.
      return;
    }
  }

  /** The names of all mails of a request that are marked as sent, read consistently. */
  public Set<String> sent(String request) {
    return dynamo
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request AND begins_with(#wait, :sent)")
                    .expressionAttributeNames(Map.of("#request", "request", "#wait", "wait"))
                    .expressionAttributeValues(
                        Map.of(":request", text(request), ":sent", text(SENT))))
        .items()
        .stream()
        .map(item -> Items.string(item, "wait").substring(SENT.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Marks a mail as sent, so that a repeated step does not send it again. */
  public void markSent(String request, String mail, Instant at) {
    dynamo.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "request",
                        text(request),
                        "wait",
                        text(SENT + mail),
                        "at",
                        number(at.getEpochSecond()))));
  }

  /**
   * Marks a mail as sent before it is, for one that must not be sent twice.
   *
   * @return whether nobody had marked it
   */
  public boolean claim(String request, String mail, Instant at) {
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(
                      Map.of(
                          "request",
                          text(request),
                          "wait",
                          text(SENT + mail),
                          "at",
                          number(at.getEpochSecond())))
                  .conditionExpression("attribute_not_exists(#request)")
                  .expressionAttributeNames(Map.of("#request", "request")));
      return true;
    } catch (ConditionalCheckFailedException claimedBefore) {
      return false;
    }
  }

  /** Takes a claim back, because the mail could not be sent. */
  public void release(String request, String mail) {
    dynamo.deleteItem(delete -> delete.tableName(table).key(key(request, SENT + mail)));
  }

  private static Map<String, AttributeValue> key(String request, String wait) {
    return Map.of("request", text(request), "wait", text(wait));
  }
}
