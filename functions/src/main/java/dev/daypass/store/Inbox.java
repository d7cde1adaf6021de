package dev.daypass.store;

import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import dev.daypass.access.Request;
import dev.daypass.access.Review;
import dev.daypass.access.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table {@code inbox}: what waits for a person. Written before the mail goes out, deleted when
 * the stage closes; readers check each entry against the request, so a stale one does no harm.
 */
public final class Inbox {
  private static final Pattern PLACE = Pattern.compile("[0-9]{20}#[0-9a-z]{25}#[0-9]{1,2}");

  private final DynamoDbClient dynamo;
  private final String table;

  public Inbox(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** A stage, or the review of an emergency, that waits for a person. */
  public record Entry(String person, Instant openedAt, String request, int stage) {
    String key() {
      return "%020d#%s#%d".formatted(openedAt.toEpochMilli(), request, stage);
    }
  }

  /** Stores an entry; the same one again changes nothing. */
  public void put(Entry entry) {
    dynamo.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "person",
                        text(entry.person()),
                        "entry",
                        text(entry.key()),
                        "request",
                        text(entry.request()),
                        "stage",
                        number(entry.stage()))));
  }

  /** Deletes an entry; a missing one does no harm. */
  public void delete(Entry entry) {
    dynamo.deleteItem(
        delete ->
            delete
                .tableName(table)
                .key(Map.of("person", text(entry.person()), "entry", text(entry.key()))));
  }

  /**
   * Deletes the entries of all stages of a request that are closed, in the open one those of
   * whoever can no longer decide, and those of a review that is answered.
   */
  public void forgetClosed(Request request) {
    for (int index = 0; index < request.stages().size(); index++) {
      var stage = request.stages().get(index);
      boolean isOpen = stage.result() == Stage.Result.OPEN;
      for (var person : isOpen ? stage.askedNoMore() : stage.everybodyTold()) {
        delete(new Entry(person, stage.openedAt(), request.id(), index));
      }
    }
    request
        .review()
        .filter(review -> !review.isOpen())
        .ifPresent(review -> reviews(request.id(), review).forEach(this::delete));
  }

  /** Stores that an emergency waits for those who must review it. */
  public void putReview(Request request) {
    request.openReview().ifPresent(review -> reviews(request.id(), review).forEach(this::put));
  }

  /** Nobody is asked in an emergency, so no stage has that number. */
  private static List<Entry> reviews(String request, Review review) {
    return review.reviewers().stream()
        .map(reviewer -> new Entry(reviewer, review.openedAt(), request, 0))
        .toList();
  }

  /**
   * A part of what waits for a person.
   *
   * @param next asks for the part after this one, or null if there is none
   */
  public record Page(List<Entry> entries, @Nullable String next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** The oldest entries of a person. */
  public List<Entry> of(String person, int most) {
    return of(person, most, null).entries();
  }

  /**
   * Entries of a person, oldest first.
   *
   * @param from {@link Page#next} of the part before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Page of(String person, int most, @Nullable String from) {
    if (from != null && !PLACE.matcher(from).matches()) {
      throw new IllegalArgumentException("not a continuation of this list: " + from);
    }
    var answer =
        dynamo.query(
            query -> {
              query
                  .tableName(table)
                  .keyConditionExpression("person = :person")
                  .expressionAttributeValues(Map.of(":person", text(person)))
                  .limit(most);
              if (from != null) {
                query.exclusiveStartKey(Map.of("person", text(person), "entry", text(from)));
              }
            });
    var entries = answer.items().stream().map(item -> entry(person, item)).toList();
    return new Page(
        entries,
        answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
            ? Items.string(answer.lastEvaluatedKey(), "entry")
            : null);
  }

  private static Entry entry(String person, Map<String, AttributeValue> item) {
    return new Entry(
        person,
        Instant.ofEpochMilli(Long.parseLong(Items.string(item, "entry").substring(0, 20))),
        Items.string(item, "request"),
        Items.integer(item, "stage"));
  }
}
