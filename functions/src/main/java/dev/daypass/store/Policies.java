package dev.daypass.store;

import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.PolicyJson;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table {@code policies}: partition {@code id}, sort {@code version}.
 *
 * <p>A policy is {@code runbook#ID} or {@code system#ID}, and none of its versions is ever
 * overwritten. The item {@code catalog} with version 0 names the version of each that holds now; it
 * is swapped on condition that nobody else did so meanwhile. So readers see a publication as a
 * whole or not at all. What it said at each revision stays readable as {@code catalog} with that
 * version.
 */
public final class Policies {
  private static final String CATALOG = "catalog";

  private final DynamoDbClient dynamo;
  private final String table;

  public Policies(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Which kind of policy it is. */
  public enum Kind {
    RUNBOOK("runbook#"),
    SYSTEM("system#");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    private String key(String id) {
      return prefix + id;
    }
  }

  /**
   * Which version of each policy holds.
   *
   * @param revision counts the publications from 1; 0 before the first
   * @param runbooks version by id
   * @param systems version by id
   */
  public record Contents(
      int revision, Map<String, Integer> runbooks, Map<String, Integer> systems) {
    public Contents {
      runbooks = Map.copyOf(runbooks);
      systems = Map.copyOf(systems);
    }
  }

  /** A stored version without its text. */
  public record Stored(int version, String hash, String publisher) {}

  /** What holds now; revision 0 and empty before the first publication. */
  public Contents contents() {
    var item =
        dynamo
            .getItem(get -> get.tableName(table).key(key(CATALOG, 0)).consistentRead(true))
            .item();
    return item.isEmpty()
        ? new Contents(0, Map.of(), Map.of())
        : new Contents(
            Items.integer(item, "revision"), versions(item, "runbooks"), versions(item, "systems"));
  }

  /** The policies that hold now. Costs one read of each policy's item and one more. */
  public Catalog catalog() {
    var contents = contents();
    var keys =
        Stream.concat(
                contents.runbooks().entrySet().stream()
                    .map(entry -> key(Kind.RUNBOOK.key(entry.getKey()), entry.getValue())),
                contents.systems().entrySet().stream()
                    .map(entry -> key(Kind.SYSTEM.key(entry.getKey()), entry.getValue())))
            .toList();
    var runbooks = new HashMap<String, Published<Runbook>>();
    var systems = new HashMap<String, Published<TargetSystem>>();
    for (var item : new BatchRead(dynamo, table).items(keys)) {
      if (Items.string(item, "id").startsWith(Kind.RUNBOOK.prefix)) {
        var runbook = published(item, PolicyJson::runbook);
        runbooks.put(runbook.policy().id(), runbook);
      } else {
        var system = published(item, PolicyJson::system);
        systems.put(system.policy().id(), system);
      }
    }
    if (runbooks.size() + systems.size() != keys.size()) {
      throw new IllegalStateException("the catalog names policies that are not there: " + contents);
    }
    return new Catalog(runbooks, systems);
  }

  /** A runbook as it was published under that version: what a frozen plan refers to. */
  public Optional<Published<Runbook>> runbook(String id, int version) {
    var item =
        dynamo.getItem(get -> get.tableName(table).key(key(Kind.RUNBOOK.key(id), version))).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(published(item, PolicyJson::runbook));
  }

  /**
   * A version as a list of versions tells of it.
   *
   * @param publisher who published it
   */
  public record Kept(int version, String publisher, Instant at) {}

  /** The newest versions of a policy without their texts, newest first. */
  public List<Kept> versions(Kind kind, String id, int most) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("id = :id")
                    .expressionAttributeValues(Map.of(":id", Items.text(kind.key(id))))
                    .projectionExpression("#version, publisher, #at")
                    .expressionAttributeNames(Map.of("#version", "version", "#at", "at"))
                    .scanIndexForward(false)
                    .limit(most))
        .items()
        .stream()
        .map(
            item ->
                new Kept(
                    Items.integer(item, "version"),
                    Items.string(item, "publisher"),
                    Instant.parse(Items.string(item, "at"))))
        .toList();
  }

  /** One version without its text; empty if there is no such version. */
  public Optional<Stored> stored(Kind kind, String id, int version) {
    var item =
        dynamo
            .getItem(
                get ->
                    get.tableName(table)
                        .key(key(kind.key(id), version))
                        .consistentRead(true)
                        .projectionExpression("#version, #hash, publisher")
                        .expressionAttributeNames(Map.of("#version", "version", "#hash", "hash")))
            .item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Stored(
                Items.integer(item, "version"),
                Items.string(item, "hash"),
                Items.string(item, "publisher")));
  }

  /**
   * Keeps a text as a new version, which does not hold before {@link #hold} says so. If the newest
   * version has the same hash and is the same person's, that one is taken: an interrupted
   * publication leaves nothing behind that a second attempt would double. What somebody else left
   * behind is not taken, since whoever makes a version hold must be its publisher.
   *
   * @param hash SHA-256 of the text, in hexadecimal
   * @return the version
   */
  public int store(Kind kind, String id, String hash, String json, String publisher, Instant at) {
    while (true) {
      var newest = newest(kind.key(id));
      if (newest.isPresent()
          && Items.string(newest.get(), "hash").equals(hash)
          && Items.string(newest.get(), "publisher").equals(publisher)) {
        return Items.integer(newest.get(), "version");
      }
      int version = newest.map(item -> Items.integer(item, "version")).orElse(0) + 1;
      var item = new HashMap<>(key(kind.key(id), version));
      item.put("hash", Items.text(hash));
      item.put("publisher", Items.text(publisher));
      item.put("at", Items.moment(at));
      item.put("body", Items.text(json));
      if (putNew(item)) {
        return version;
      }
      // Somebody stored this version meanwhile: look again, it may be the same text.
    }
  }

  /**
   * Makes these versions hold, all at once.
   *
   * @param next its revision is one more than that of the contents it was made from
   * @return false if somebody else published meanwhile; nothing has changed then
   */
  public boolean hold(Contents next, String publisher, Instant at) {
    var item = new HashMap<String, AttributeValue>();
    item.put("revision", Items.number(next.revision()));
    item.put("runbooks", versions(next.runbooks()));
    item.put("systems", versions(next.systems()));
    item.put("publisher", Items.text(publisher));
    item.put("at", Items.moment(at));
    var current = new HashMap<>(item);
    current.putAll(key(CATALOG, 0));
    var kept = new HashMap<>(item);
    kept.putAll(key(CATALOG, next.revision()));
    var swap =
        Put.builder()
            .tableName(table)
            .item(current)
            .conditionExpression(
                next.revision() == 1 ? "attribute_not_exists(id)" : "revision = :before");
    if (next.revision() > 1) {
      swap.expressionAttributeValues(Map.of(":before", Items.number(next.revision() - 1L)));
    }
    var keep =
        Put.builder()
            .tableName(table)
            .item(kept)
            .conditionExpression("attribute_not_exists(id)")
            .build();
    try {
      dynamo.transactWriteItems(
          write ->
              write.transactItems(
                  TransactWriteItem.builder().put(swap.build()).build(),
                  TransactWriteItem.builder().put(keep).build()));
      return true;
    } catch (TransactionCanceledException cancelled) {
      if (cancelled.cancellationReasons().stream()
          .map(CancellationReason::code)
          .anyMatch(Policies::isRace)) {
        return false;
      }
      throw cancelled;
    }
  }

  private static boolean isRace(String code) {
    return code.equals("ConditionalCheckFailed") || code.equals("TransactionConflict");
  }

  private boolean putNew(Map<String, AttributeValue> item) {
    try {
      dynamo.putItem(
          put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(id)"));
      return true;
    } catch (ConditionalCheckFailedException taken) {
      return false;
    }
  }

  private Optional<Map<String, AttributeValue>> newest(String id) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("id = :id")
                    .expressionAttributeValues(Map.of(":id", Items.text(id)))
                    .scanIndexForward(false)
                    .limit(1)
                    .consistentRead(true))
        .items()
        .stream()
        .findFirst();
  }

  private static <T> Published<T> published(
      Map<String, AttributeValue> item, Function<String, T> policy) {
    return new Published<>(
        policy.apply(Items.string(item, "body")),
        Items.integer(item, "version"),
        Items.string(item, "hash"),
        Items.string(item, "publisher"),
        Instant.parse(Items.string(item, "at")));
  }

  private static Map<String, AttributeValue> key(String id, int version) {
    return Map.of("id", Items.text(id), "version", Items.number(version));
  }

  private static AttributeValue versions(Map<String, Integer> versions) {
    var map = new HashMap<String, AttributeValue>();
    versions.forEach((id, version) -> map.put(id, Items.number(version)));
    return AttributeValue.fromM(map);
  }

  private static Map<String, Integer> versions(Map<String, AttributeValue> item, String name) {
    var map = item.get(name);
    if (map == null) {
      throw new IllegalStateException("a stored item lacks " + name);
    }
    var versions = new HashMap<String, Integer>();
    map.m().keySet().forEach(id -> versions.put(id, Items.integer(map.m(), id)));
    return versions;
  }
}
