package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.daypass.access.Absence;
import dev.daypass.access.Naming;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table {@code stand-ins}: partition {@code person}. One item for each person who has ever
 * named somebody, with all that was said of it; each change is one more in the same write, on
 * condition of the version. Items are never deleted. A sparse index says whom the sweep must look
 * at.
 */
public final class StandIns {
  /** The one partition of the index: few stand in for others, and only what is due is read. */
  private static final String DUE = "due";

  private static final TypeReference<List<Naming>> NAMINGS = new TypeReference<>() {};

  private final DynamoDbClient dynamo;
  private final String table;

  public StandIns(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * What is kept of a person.
   *
   * @param told how many of its changes the people concerned have been told of
   */
  public record Kept(Absence absence, int told) {}

  /** What is kept of this person, read consistently; empty if they have never named anybody. */
  public Optional<Kept> find(String person) {
    var item =
        dynamo.getItem(get -> get.tableName(table).key(key(person)).consistentRead(true)).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(kept(item));
  }

  /** What was ever said of who stands in for this person, read consistently. */
  public Absence of(String person) {
    return find(person).map(Kept::absence).orElseGet(() -> Absence.none(person));
  }

  /**
   * Who stands in for these people at that moment, read consistently; a hundred with one read.
   *
   * @return by the address of the one who is away, that of whoever stands in
   */
  public Map<String, String> of(Collection<String> people, Instant now) {
    var keys = people.stream().distinct().map(StandIns::key).toList();
    return new BatchRead(dynamo, table)
        .items(keys).stream()
            .map(item -> kept(item).absence())
            .filter(absence -> absence.standInAt(now).isPresent())
            .collect(Collectors.toMap(Absence::person, each -> each.standInAt(now).orElseThrow()));
  }

  /**
   * Writes what comes of it, unless nothing changes; runs again if somebody else was faster.
   *
   * @return what came of it
   */
  public Absence.Outcome change(
      String person, Instant now, Function<Absence, Absence.Outcome> step) {
    while (true) {
      var before = find(person);
      var absence = before.map(Kept::absence).orElseGet(() -> Absence.none(person));
      var outcome = step.apply(absence);
      if (!(outcome instanceof Absence.Outcome.Holds holds)
          || holds.absence().equals(absence)
          || put(holds.absence(), before.orElse(null), now)) {
        return outcome;
      }
    }
  }

  /** Whether it was written; if not, somebody else was faster. What follows is due at once. */
  private boolean put(Absence absence, @Nullable Kept before, Instant now) {
    var item = new HashMap<>(key(absence.person()));
    item.put("version", number(absence.version()));
    item.put("told", number(before == null ? 0 : before.told()));
    item.put("namings", text(Json.write(absence.namings())));
    item.put("waiting", text(DUE));
    item.put("due", moment(now));
    try {
      dynamo.putItem(
          put -> {
            put.tableName(table).item(item);
            if (before == null) {
              put.conditionExpression("attribute_not_exists(person)");
            } else {
              put.conditionExpression("#version = :before AND #told = :told")
                  .expressionAttributeNames(Map.of("#version", "version", "#told", "told"))
                  .expressionAttributeValues(
                      Map.of(
                          ":before",
                          number(before.absence().version()),
                          ":told",
                          number(before.told())));
            }
          });
      return true;
    } catch (ConditionalCheckFailedException faster) {
      return false;
    }
  }

  /** Those who must be looked at by then, the most overdue first. */
  public List<String> due(Instant now, int most) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("by-due")
                    .keyConditionExpression("#waiting = :waiting AND #due <= :now")
                    .expressionAttributeNames(Map.of("#waiting", "waiting", "#due", "due"))
                    .expressionAttributeValues(Map.of(":waiting", text(DUE), ":now", moment(now)))
                    .limit(most))
        .items()
        .stream()
        .map(item -> Items.string(item, "person"))
        .toList();
  }

  /**
   * All that follows from it has been done; nothing changes if more was said meanwhile.
   *
   * @param next when it must be looked at again; empty if it need not be
   */
  public void done(Absence absence, Optional<Instant> next) {
    var values =
        new HashMap<>(
            Map.of(":version", number(absence.version()), ":told", number(absence.version())));
    next.ifPresent(due -> values.put(":due", moment(due)));
    try {
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(absence.person()))
                  .conditionExpression("#version = :version")
                  .updateExpression(
                      next.isPresent()
                          ? "SET #told = :told, #due = :due"
                          : "SET #told = :told REMOVE #due, #waiting")
                  .expressionAttributeNames(
                      next.isPresent()
                          ? Map.of("#version", "version", "#told", "told", "#due", "due")
                          : Map.of(
                              "#version",
                              "version",
                              "#told",
                              "told",
                              "#due",
                              "due",
                              "#waiting",
                              "waiting"))
                  .expressionAttributeValues(values));
    } catch (ConditionalCheckFailedException more) {
      // It is due, and the next minute does it.
      return;
    }
  }

  private static Kept kept(Map<String, AttributeValue> item) {
    return new Kept(
        new Absence(
            Items.string(item, "person"), Json.read(Items.string(item, "namings"), NAMINGS)),
        Items.integer(item, "told"));
  }

  private static Map<String, AttributeValue> key(String person) {
    return Map.of("person", text(person));
  }
}
