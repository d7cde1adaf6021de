package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Grant;
import dev.daypass.access.Request;
import dev.daypass.access.RequestId;
import dev.daypass.access.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The table {@code grants}: who holds an entitlement and through which request, what was there
 * before, and the lock under which the target is changed.
 *
 * <p>A grant is put when provisioning claims the request, and deleted with the write that ends it.
 * Every update demands that it exists, so none brings back what its time to live has deleted.
 */
public final class Grants {
  /** The time to live is the last net, after workflow and sweep. */
  public static final Duration TTL_AFTER_EXPIRY = Duration.ofMinutes(15);

  private static final String LOCK = "lock";

  private final DynamoDbClient dynamo;
  private final String table;

  public Grants(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** What the target said before our first call to add. */
  public enum Before {
    /** The person did not have the entitlement: it is ours to add and to remove. */
    ABSENT,
    /** The person had it through another grant of ours. */
    OURS,
    /** The person had it, and not from us: never added, never removed. */
    FOREIGN
  }

  /**
   * A grant as stored.
   *
   * @param status PROVISIONING, ACTIVE or ENDING
   * @param expiresAt once it is active
   * @param before what was there, once the target has been read
   */
  public record Held(
      String request, Status status, @Nullable Instant expiresAt, @Nullable Before before) {
    /** Whether this grant says that the person should have the entitlement at this moment. */
    public boolean wants(Instant now) {
      return switch (status) {
        case PROVISIONING -> true;
        case ACTIVE -> expiresAt != null && expiresAt.isAfter(now);
        case PENDING, SCHEDULED, ENDING, DENIED, LAPSED, CANCELLED, ENDED, FAILED -> false;
      };
    }
  }

  /** What this change of a request writes here, in one transaction with the request. */
  Optional<TransactWriteItem> change(Request before, Request after) {
    if (before.status() == after.status()
        && before.given().map(Grant::expiresAt).equals(after.given().map(Grant::expiresAt))) {
      return Optional.empty();
    }
    return switch (after.status()) {
      case PROVISIONING -> Optional.of(putProvisioning(after));
      case ACTIVE -> Optional.of(updateActive(after));
      case ENDING -> Optional.of(updateEnding(after));
      case ENDED, FAILED -> Optional.of(delete(after));
      case PENDING, SCHEDULED, DENIED, LAPSED, CANCELLED -> Optional.empty();
    };
  }

  private TransactWriteItem putProvisioning(Request request) {
    var entitlement = request.asked().entitlement();
    var item = new HashMap<>(key(entitlement, request.id()));
    item.put("person", text(entitlement.person()));
    item.put("system", text(entitlement.system()));
    item.put("role", text(entitlement.role()));
    item.put("state", text(Status.PROVISIONING.name()));
    item.put("since", moment(request.trail().last().act().at()));
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(entitlement)"))
        .build();
  }

  private TransactWriteItem updateActive(Request request) {
    var expiresAt = request.given().orElseThrow().expiresAt();
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(request.asked().entitlement(), request.id()))
                    .conditionExpression("attribute_exists(entitlement)")
                    .updateExpression("SET #state = :active, expiresAt = :at, #ttl = :ttl")
                    .expressionAttributeNames(Map.of("#state", "state", "#ttl", "ttl"))
                    .expressionAttributeValues(
                        Map.of(
                            ":active",
                            text(Status.ACTIVE.name()),
                            ":at",
                            moment(expiresAt),
                            ":ttl",
                            number(expiresAt.plus(TTL_AFTER_EXPIRY).getEpochSecond()))))
        .build();
  }

  private TransactWriteItem updateEnding(Request request) {
    // From here on somebody is at work on it until it is gone, so the net is taken down.
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(request.asked().entitlement(), request.id()))
                    .conditionExpression("attribute_exists(entitlement)")
                    .updateExpression("SET #state = :ending REMOVE #ttl")
                    .expressionAttributeNames(Map.of("#state", "state", "#ttl", "ttl"))
                    .expressionAttributeValues(Map.of(":ending", text(Status.ENDING.name()))))
        .build();
  }

  private TransactWriteItem delete(Request request) {
    return TransactWriteItem.builder()
        .delete(
            delete -> delete.tableName(table).key(key(request.asked().entitlement(), request.id())))
        .build();
  }

  /** All grants of an entitlement, read consistently. */
  public List<Held> of(Entitlement entitlement) {
    return dynamo
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("entitlement = :entitlement")
                    .expressionAttributeValues(Map.of(":entitlement", text(entitlement.key()))))
        .items()
        .stream()
        .filter(item -> !LOCK.equals(Items.string(item, "request")))
        .map(Grants::held)
        .toList();
  }

  /**
   * The requests by which people have access to a system, begin to have it or still have it, newest
   * first. The index may be a moment behind: whoever reads the requests asks them again.
   *
   * @param from {@link Ids#next} of the part before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Ids ofSystem(String system, int most, @Nullable String from) {
    return list("system", system, most, from);
  }

  /**
   * The requests by which a person has access, begins to have it or still has it; otherwise as
   * {@link #ofSystem}.
   */
  public Ids ofPerson(String person, int most, @Nullable String from) {
    return list("person", person, most, from);
  }

  private Ids list(String of, String value, int most, @Nullable String from) {
    var answer =
        dynamo.query(
            query -> {
              query
                  .tableName(table)
                  .indexName("by-" + of)
                  .keyConditionExpression("#of = :of")
                  .expressionAttributeNames(Map.of("#of", of))
                  .expressionAttributeValues(Map.of(":of", text(value)))
                  .scanIndexForward(false)
                  .limit(most + 1);
              if (from != null) {
                query.exclusiveStartKey(startKey(of, value, from));
              }
            });
    var last = Items.last(answer, most);
    return new Ids(
        answer.items().stream().limit(most).map(item -> Items.string(item, "request")).toList(),
        last.isEmpty()
            ? null
            : Items.string(last, "since")
                + "_"
                + Items.string(last, "request")
                + "_"
                + Items.string(last, "entitlement"));
  }

  private static Map<String, AttributeValue> startKey(String of, String value, String from) {
    var parts = from.split("_", 3);
    if (parts.length != 3
        || !Items.isMoment(parts[0])
        || !RequestId.isOne(parts[1])
        || !isAbout(parts[2], of, value)) {
      throw new IllegalArgumentException("not a continuation of this list: " + from);
    }
    var key = new HashMap<>(key(parts[2], parts[1]));
    key.put(of, text(value));
    key.put("since", text(parts[0]));
    return key;
  }

  /** Whether this is the key of an entitlement in the system, or of the person. */
  private static boolean isAbout(String entitlement, String of, String value) {
    return of.equals("system")
        ? entitlement.startsWith(value + "#")
        : entitlement.endsWith("#" + value);
  }

  private static Held held(Map<String, AttributeValue> item) {
    return new Held(
        Items.string(item, "request"),
        Status.valueOf(Items.string(item, "state")),
        Items.find(item, "expiresAt").map(Instant::parse).orElse(null),
        Items.find(item, "before").map(Before::valueOf).orElse(null));
  }

  /**
   * Stores what the target said before the first add; what is stored already stays.
   *
   * @return what is stored now; empty if the grant is gone
   */
  public Optional<Before> remember(Entitlement entitlement, String request, Before before) {
    try {
      var item =
          dynamo
              .updateItem(
                  update ->
                      update
                          .tableName(table)
                          .key(key(entitlement, request))
                          .conditionExpression("attribute_exists(entitlement)")
                          .updateExpression("SET #before = if_not_exists(#before, :before)")
                          .expressionAttributeNames(Map.of("#before", "before"))
                          .expressionAttributeValues(Map.of(":before", text(before.name())))
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes();
      return Items.find(item, "before").map(Before::valueOf);
    } catch (ConditionalCheckFailedException gone) {
      return Optional.empty();
    }
  }

  /**
   * What another grant had set up goes over to this one, which has it to take away from now on. A
   * grant that is gone inherits nothing.
   */
  public void inherit(Entitlement entitlement, String request) {
    try {
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(entitlement, request))
                  .conditionExpression("attribute_exists(entitlement)")
                  .updateExpression("SET #before = :ours")
                  .expressionAttributeNames(Map.of("#before", "before"))
                  .expressionAttributeValues(Map.of(":ours", text(Before.OURS.name()))));
    } catch (ConditionalCheckFailedException gone) {
      return;
    }
  }

  /**
   * Takes the lock of an entitlement if it is free, ours already or its time is over. Ours already
   * is what the second try finds when the answer to the first was lost.
   *
   * @param owner names this attempt; no two attempts share one
   * @param until when it is over even if nobody frees it
   * @return empty if it is ours now; otherwise until when somebody else has it
   */
  public Optional<Instant> lock(Entitlement entitlement, String owner, Instant now, Instant until) {
    var item = new HashMap<>(key(entitlement.key(), LOCK));
    item.put("owner", text(owner));
    item.put("until", moment(until));
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression(
                      "attribute_not_exists(entitlement) OR #owner = :owner OR #until < :now")
                  .expressionAttributeNames(Map.of("#owner", "owner", "#until", "until"))
                  .expressionAttributeValues(Map.of(":owner", text(owner), ":now", moment(now)))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Optional.empty();
    } catch (ConditionalCheckFailedException held) {
      return Optional.of(Instant.parse(Items.string(held.item(), "until")));
    }
  }

  /** Frees the lock, unless somebody else has it by now. */
  public void unlock(Entitlement entitlement, String owner) {
    try {
      dynamo.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(entitlement.key(), LOCK))
                  .conditionExpression("#owner = :owner")
                  .expressionAttributeNames(Map.of("#owner", "owner"))
                  .expressionAttributeValues(Map.of(":owner", text(owner))));
    } catch (ConditionalCheckFailedException notOursAnyMore) {
      // Its time was over and somebody took it: theirs to free.
      return;
    }
  }

  private static Map<String, AttributeValue> key(Entitlement entitlement, String request) {
    return key(entitlement.key(), request);
  }

  private static Map<String, AttributeValue> key(String entitlement, String request) {
    return Map.of("entitlement", text(entitlement), "request", text(request));
  }
}
