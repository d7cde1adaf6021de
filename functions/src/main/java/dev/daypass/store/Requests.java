package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import dev.daypass.access.EndReason;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.Status;
import dev.daypass.runbook.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The table {@code requests}, together with what the same change writes to {@code grants}.
 *
 * <p>Every write is conditional on the version it was made from. So of two changes at once one
 * succeeds, and the other is made again from what the first one left.
 */
public final class Requests {
  /**
   * So many tries may come to nothing while nobody else succeeds either, because transactions meet;
   * more is not contention but a defect. A try lost to somebody who succeeded is not counted: what
   * a request can go through is bounded, so there is an end to those, and whoever revokes while
   * many are at work must not be turned away.
   */
  private static final int MOST_TRIES_IN_VAIN = 25;

  /** A page's worth: what an approver wants to know is how it went lately. */
  private static final int LAST_LOOKED_AT = 50;

  /** Five steps of thirty days and access for ninety are less. */
  private static final Duration LONGEST_OPEN = Duration.ofDays(300);

  /** How many partitions the index of due work has. */
  public static final int DUE_BUCKETS = StoredRequest.DUE_BUCKETS;

  private final DynamoDbClient dynamo;
  private final String table;
  private final Grants grants;

  public Requests(DynamoDbClient dynamo, String table, Grants grants) {
    this.dynamo = dynamo;
    this.table = table;
    this.grants = grants;
  }

  /** A line of a person's list. */
  public record Line(
      String id,
      Status status,
      String runbook,
      String title,
      String systemTitle,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  /** A page of lines, newest first; {@code next} asks for the following one. */
  public record Lines(List<Line> lines, @Nullable String next) {}

  /** Stores a new request, or answers the one that has its id already. */
  public Request submit(Request request) {
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(StoredRequest.of(request))
                  .conditionExpression("attribute_not_exists(id)"));
      return request;
    } catch (ConditionalCheckFailedException | TransactionConflictException thereAlready) {
      return find(request.id())
          .orElseThrow(() -> new IllegalStateException("requests are never deleted", thereAlready));
    }
  }

  /** The request as it is now: read consistently. */
  public Optional<Request> find(String id) {
    var item =
        dynamo
            .getItem(get -> get.tableName(table).key(Map.of("id", text(id))).consistentRead(true))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(StoredRequest.read(item));
  }

  /**
   * The requests with these ids as they are now, in the order of the ids: read consistently, a
   * hundred with one call. An id that there is no request of is passed over.
   */
  public List<Request> all(List<String> ids) {
    var keys = ids.stream().distinct().map(id -> Map.of("id", text(id))).toList();
    var found =
        new BatchRead(dynamo, table)
            .items(keys).stream()
                .map(StoredRequest::read)
                .collect(Collectors.toMap(Request::id, request -> request));
    return ids.stream().distinct().map(found::get).filter(Objects::nonNull).toList();
  }

  /**
   * Requests that a system's owners should know of, oldest first. The index may be a moment behind:
   * whoever reads the requests asks them again.
   *
   * @param from {@link Ids#next} of the part before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Ids watched(Watch watch, String system, int most, @Nullable String from) {
    var key = watch.key(system);
    var answer =
        dynamo.query(
            query -> {
              query
                  .tableName(table)
                  .indexName("by-watch")
                  .keyConditionExpression("watch = :watch")
                  .expressionAttributeValues(Map.of(":watch", text(key)))
                  .limit(most + 1);
              if (from != null) {
                query.exclusiveStartKey(startKey("watch", key, from));
              }
            });
    return new Ids(
        answer.items().stream().limit(most).map(item -> Items.string(item, "id")).toList(),
        place(answer, most));
  }

  /** Whether a request is among those that {@link #watched} means. */
  public static boolean isWatched(Watch watch, Request request) {
    return StoredRequest.watch(request).filter(watch::equals).isPresent();
  }

  /**
   * Changes a request: loads it, asks the step what comes of it, writes that on condition that
   * nobody else wrote meanwhile; if somebody did, starts over.
   *
   * @param step pure; may be called more than once
   * @return the outcome that was written, or that changed nothing; empty if there is no such
   *     request
   */
  public Optional<Outcome> change(String id, Function<Request, Outcome> step) {
    int inVain = 0;
    int last = 0;
    while (inVain < MOST_TRIES_IN_VAIN) {
      var found = find(id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      inVain = found.get().version() == last ? inVain + 1 : 0;
      last = found.get().version();
      var outcome = step.apply(found.get());
      switch (outcome) {
        case Outcome.Unchanged _, Outcome.Refused _ -> {
          return Optional.of(outcome);
        }
        case Outcome.Changed changed -> {
          if (write(found.get(), changed.request())) {
            return Optional.of(outcome);
          }
        }
      }
    }
    throw new IllegalStateException(
        "request " + id + " could not be written in " + MOST_TRIES_IN_VAIN + " tries");
  }

  private boolean write(Request before, Request after) {
    var put =
        Put.builder()
            .tableName(table)
            .item(StoredRequest.of(after))
            .conditionExpression("version = :before")
            .expressionAttributeValues(Map.of(":before", number(before.version())))
            .build();
    var withGrant = grants.change(before, after);
    return withGrant.isEmpty() ? writeAlone(put) : writeWithGrant(put, withGrant.get(), after);
  }

  private boolean writeAlone(Put put) {
    try {
      dynamo.putItem(
          request ->
              request
                  .tableName(put.tableName())
                  .item(put.item())
                  .conditionExpression(put.conditionExpression())
                  .expressionAttributeValues(put.expressionAttributeValues()));
      return true;
    } catch (ConditionalCheckFailedException | TransactionConflictException somebodyElse) {
      return false;
    }
  }

  private boolean writeWithGrant(Put put, TransactWriteItem grant, Request after) {
    try {
      dynamo.transactWriteItems(
          write -> write.transactItems(TransactWriteItem.builder().put(put).build(), grant));
      return true;
    } catch (TransactionCanceledException cancelled) {
      var reasons = cancelled.cancellationReasons().stream().map(reason -> reason.code()).toList();
      if (reasons.contains("TransactionConflict")
          || reasons.getFirst().equals("ConditionalCheckFailed")) {
        return false;
      }
      if (reasons.getLast().equals("ConditionalCheckFailed") && after.status() == Status.ENDING) {
        // The grant's time to live was over first: ending is never refused, and nothing brings it
        // back.
        return writeAlone(put);
      }
      throw cancelled;
    }
  }

  /**
   * The person's own requests, newest first.
   *
   * @param from {@link Lines#next} of the page before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Lines of(String requester, int most, @Nullable String from) {
    var answer =
        dynamo.query(
            query -> {
              query
                  .tableName(table)
                  .indexName("by-requester")
                  .keyConditionExpression("requester = :requester")
                  .expressionAttributeValues(Map.of(":requester", text(requester)))
                  .scanIndexForward(false)
                  .limit(most + 1);
              if (from != null) {
                query.exclusiveStartKey(startKey("requester", requester, from));
              }
            });
    var lines = answer.items().stream().limit(most).map(Requests::line).toList();
    return new Lines(lines, place(answer, most));
  }

  /**
   * Ids of what the person has asked for others, newest first.
   *
   * @param from {@link Ids#next} of the page before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Ids forOthers(String asker, int most, @Nullable String from) {
    var answer =
        dynamo.query(
            query -> {
              query
                  .tableName(table)
                  .indexName("by-asker")
                  .keyConditionExpression("askedBy = :asker")
                  .expressionAttributeValues(Map.of(":asker", text(asker)))
                  .scanIndexForward(false)
                  .limit(most + 1);
              if (from != null) {
                query.exclusiveStartKey(startKey("askedBy", asker, from));
              }
            });
    return new Ids(
        answer.items().stream().limit(most).map(item -> Items.string(item, "id")).toList(),
        place(answer, most));
  }

  /**
   * The person's own requests that are not over, newest first: those that wait, and those by which
   * they have access. The index may be a moment behind.
   */
  public List<Line> open(String requester) {
    return dynamo
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("by-requester")
                    .keyConditionExpression("requester = :requester")
                    .expressionAttributeValues(Map.of(":requester", text(requester)))
                    .scanIndexForward(false))
        .items()
        .stream()
        .map(Requests::line)
        .filter(line -> !line.status().isFinal())
        .toList();
  }

  /** As {@link #open}, each request as it is now. */
  public List<Request> openNow(String requester) {
    return all(open(requester).stream().map(Line::id).toList()).stream()
        .filter(request -> !request.status().isFinal())
        .toList();
  }

  /** What is known of what people have asked for, as of this moment. */
  public Past past(InstantSource clock) {
    return new Past() {
      @Override
      public Optional<Usage> of(String requester, String runbook) {
        return Optional.of(usage(requester, runbook, clock.instant()));
      }

      @Override
      public Optional<Instant> lastGiven(String requester, String runbook, Instant since) {
        return Requests.this.lastGiven(requester, runbook, since);
      }

      @Override
      public Optional<List<Open>> open(String requester) {
        return Optional.of(
            openNow(requester).stream()
                .map(
                    request -> {
                      var plan = request.asked().plan();
                      return new Open(
                          plan.title(), plan.system(), plan.role(), state(request.status()));
                    })
                .toList());
      }
    };
  }

  private static Past.State state(Status status) {
    return switch (status) {
      case PENDING, SCHEDULED, PROVISIONING -> Past.State.ASKED;
      case ACTIVE -> Past.State.THERE;
      case ENDING, DENIED, LAPSED, CANCELLED, ENDED, FAILED -> Past.State.ENDING;
    };
  }

  /**
   * Another request by which the same person has the same access now; the one by which they have it
   * longest. Empty if there is none.
   */
  public Optional<Active> alsoHeld(Request besides, Instant now) {
    var asked = besides.asked();
    var others =
        open(asked.requester()).stream()
            .filter(line -> line.status() == Status.ACTIVE)
            .map(Line::id)
            .filter(id -> !id.equals(besides.id()))
            .toList();
    return all(others).stream()
        .filter(other -> other.asked().entitlement().equals(asked.entitlement()))
        .flatMap(other -> other instanceof Active active ? Stream.of(active) : Stream.empty())
        .filter(active -> active.grant().expiresAt().isAfter(now))
        .max(Comparator.comparing(active -> active.grant().expiresAt()));
  }

  /**
   * How often the person has asked with the runbook. The index may be a moment behind: of what was
   * sent in the same moment, nothing may be counted yet.
   */
  public Past.Usage usage(String requester, String runbook, Instant now) {
    var asked =
        dynamo
            .queryPaginator(
                query ->
                    query
                        .tableName(table)
                        .indexName("by-requester")
                        .keyConditionExpression("requester = :requester AND createdAt >= :from")
                        .filterExpression("runbook = :runbook")
                        .expressionAttributeValues(
                            Map.of(
                                ":requester",
                                text(requester),
                                ":from",
                                moment(now.minus(LONGEST_OPEN)),
                                ":runbook",
                                text(runbook)))
                        .scanIndexForward(false))
            .items()
            .stream()
            .map(Requests::line)
            .toList();
    var yesterday = now.minus(Duration.ofDays(1));
    return new Past.Usage(
        (int) asked.stream().filter(line -> !line.status().isFinal()).count(),
        asked.stream().map(Line::createdAt).filter(at -> at.isAfter(yesterday)).toList());
  }

  /**
   * When the person last asked with the runbook, not before that, and was given it; empty if they
   * never were, or if that last time it was approved for less or taken from them. The index may be
   * a moment behind.
   */
  public Optional<Instant> lastGiven(String requester, String runbook, Instant since) {
    return dynamo
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .indexName("by-requester")
                    .keyConditionExpression("requester = :requester AND createdAt >= :since")
                    .filterExpression("runbook = :runbook AND attribute_exists(expiresAt)")
                    .expressionAttributeValues(
                        Map.of(
                            ":requester",
                            text(requester),
                            ":since",
                            moment(since),
                            ":runbook",
                            text(runbook)))
                    .scanIndexForward(false))
        .items()
        .stream()
        .findFirst()
        .flatMap(item -> all(List.of(Items.string(item, "id"))).stream().findFirst())
        .filter(request -> !isRevoked(request))
        // Whoever has thought that less is enough would be passed over.
        .filter(request -> request.shortened().isEmpty())
        .map(request -> request.asked().at());
  }

  private static boolean isRevoked(Request request) {
    return switch (request) {
      case Request.Ending ending -> ending.reason() == EndReason.REVOKED;
      case Request.Ended ended -> ended.reason() == EndReason.REVOKED;
      case Pending _,
          Request.Scheduled _,
          Request.Provisioning _,
          Request.Active _,
          Request.Denied _,
          Request.Lapsed _,
          Request.Cancelled _,
          Request.Failed _ ->
          false;
    };
  }

  /** Where an index by {@code createdAt} goes on after so many items, or null if it does not. */
  private static @Nullable String place(QueryResponse answer, int most) {
    var last = Items.last(answer, most);
    return last.isEmpty() ? null : Items.string(last, "createdAt") + "_" + Items.string(last, "id");
  }

  /**
   * What the person asked for in this system before, newest first, of their last {@value
   * #LAST_LOOKED_AT} requests. Empty if the index does not answer: it is only to be read beside
   * something else, which must not fail with it.
   *
   * @param than the request that is not meant, nor any that was asked after it
   */
  public Optional<List<Line>> earlier(Request than) {
    var asked = than.asked();
    try {
      return Optional.of(
          dynamo
              .query(
                  query ->
                      query
                          .tableName(table)
                          .indexName("by-requester")
                          .keyConditionExpression("requester = :requester AND createdAt <= :at")
                          .filterExpression("#system = :system")
                          .expressionAttributeNames(Map.of("#system", "system"))
                          .expressionAttributeValues(
                              Map.of(
                                  ":requester",
                                  text(asked.requester()),
                                  ":at",
                                  moment(asked.at()),
                                  ":system",
                                  text(asked.plan().system())))
                          .scanIndexForward(false)
                          .limit(LAST_LOOKED_AT))
              .items()
              .stream()
              .map(Requests::line)
              .filter(line -> !line.id().equals(than.id()))
              .toList());
    } catch (SdkException unavailable) {
      return Optional.empty();
    }
  }

  private static Map<String, AttributeValue> startKey(String index, String key, String from) {
    var parts = from.split("_", 2);
    if (parts.length != 2 || !Items.isMoment(parts[0]) || !RequestId.isOne(parts[1])) {
      throw new IllegalArgumentException("not a continuation of this list: " + from);
    }
    return Map.of(index, text(key), "createdAt", text(parts[0]), "id", text(parts[1]));
  }

  private static Line line(Map<String, AttributeValue> item) {
    return new Line(
        Items.string(item, "id"),
        Status.valueOf(Items.string(item, "status")),
        Items.string(item, "runbook"),
        Items.string(item, "title"),
        Items.string(item, "systemTitle"),
        Instant.parse(Items.string(item, "createdAt")),
        Items.find(item, "expiresAt").map(Instant::parse).orElse(null));
  }

  /**
   * Ids of requests in a bucket that should have moved by then: the most overdue ones, most overdue
   * first, and if there are more, the ones that have just become overdue as well. So many that
   * cannot move never hide a new one.
   *
   * @param bucket from 0, below {@link #DUE_BUCKETS}
   * @param most how many of each kind, at least 1
   */
  public List<String> due(int bucket, Instant by, int most) {
    var oldest = due(bucket, by, most, true);
    if (oldest.size() < most) {
      return oldest;
    }
    var ids = new LinkedHashSet<>(oldest);
    ids.addAll(due(bucket, by, most, false));
    return List.copyOf(ids);
  }

  private List<String> due(int bucket, Instant by, int most, boolean oldestFirst) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("by-due")
                    .keyConditionExpression("due = :due AND nextDue <= :by")
                    .expressionAttributeValues(
                        Map.of(":due", text("due#" + bucket), ":by", moment(by)))
                    .scanIndexForward(oldestFirst)
                    .limit(most))
        .items()
        .stream()
        .map(item -> Items.string(item, "id"))
        .toList();
  }
}
