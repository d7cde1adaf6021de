package dev.daypass.store;

import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The table {@code audit}: one item for each change of a request, put once and never touched again.
 *
 * <p>Its indexes are cut by month and day, so that neither writing nor reading a record costs more
 * when there are more of them.
 */
public final class AuditRecords {
  /** The longest span of time that is searched at once. */
  public static final Duration LONGEST_SPAN = Duration.ofDays(366);

  /** A word that DynamoDB keeps for itself. */
  private static final Map<String, String> REQUEST = Map.of("#request", "request");

  private final DynamoDbClient dynamo;
  private final String table;

  public AuditRecords(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * An item of the table.
   *
   * @param personMonth {@code email#2026-11}: the requester
   * @param actorMonth {@code email#2026-11}: who did it, if that is another person than the
   *     requester, else null; so whoever looks for a person finds each record once
   * @param systemMonth {@code crm#2026-11}
   * @param day {@code 2026-11-22}
   * @param moment {@code 2026-11-22T05:00:00.000Z#request#000007}: unique; its order is time's
   * @param record the record's text
   * @param hash what the text must hash to
   */
  public record Entry(
      String request,
      int version,
      String personMonth,
      @Nullable String actorMonth,
      String systemMonth,
      String day,
      String moment,
      String record,
      String hash) {
    public Entry {
      Objects.requireNonNull(request);
      Objects.requireNonNull(personMonth);
      Objects.requireNonNull(systemMonth);
      Objects.requireNonNull(day);
      Objects.requireNonNull(moment);
      Objects.requireNonNull(record);
      Objects.requireNonNull(hash);
    }

    /** The item of a record, filed under what the record says. */
    public static Entry of(
        String request,
        int version,
        Instant at,
        String requester,
        String by,
        String system,
        String record,
        String hash) {
      var date = at.atOffset(ZoneOffset.UTC).toLocalDate();
      var month = "#" + YearMonth.from(date);
      var person = lower(requester);
      var actor = lower(by);
      return new Entry(
          request,
          version,
          person + month,
          // The workflow and the sweep act for everybody: an index of them would only grow.
          actor.equals(person) || !actor.contains("@") ? null : actor + month,
          system + month,
          date.toString(),
          "%s#%s#%06d".formatted(Items.moment(at).s(), request, version),
          record,
          hash);
    }
  }

  /**
   * Some records, oldest first.
   *
   * @param next where the following ones begin, or null if there are none
   */
  public record Page(List<Entry> entries, @Nullable String next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A span of time, to the millisecond.
   *
   * @param from the first instant in it
   * @param to the first instant after it
   */
  public record Span(Instant from, Instant to) {
    public Span {
      from = from.truncatedTo(ChronoUnit.MILLIS);
      to = to.truncatedTo(ChronoUnit.MILLIS);
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("a span ends after it begins: " + from + " to " + to);
      }
      if (Duration.between(from, to).compareTo(LONGEST_SPAN) > 0) {
        throw new IllegalArgumentException(
            "a span is at most " + LONGEST_SPAN.toDays() + " days: " + from + " to " + to);
      }
    }

    private LocalDate firstDay() {
      return from.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private LocalDate lastDay() {
      return to.minusMillis(1).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Stream<String> days() {
      return from.equals(to)
          ? Stream.empty()
          : firstDay().datesUntil(lastDay().plusDays(1)).map(LocalDate::toString);
    }

    private Stream<String> months() {
      return from.equals(to)
          ? Stream.empty()
          : firstDay()
              .withDayOfMonth(1)
              .datesUntil(lastDay().plusDays(1), Period.ofMonths(1))
              .map(day -> YearMonth.from(day).toString());
    }
  }

  /** An index and the name of its partition key. */
  private record Index(String name, String key) {}

  private static final Index BY_PERSON = new Index("by-person", "personMonth");
  private static final Index BY_ACTOR = new Index("by-actor", "actorMonth");
  private static final Index BY_SYSTEM = new Index("by-system", "systemMonth");
  private static final Index BY_DAY = new Index("by-day", "day");

  /**
   * Puts a record, once: the same one again changes nothing.
   *
   * @throws AuditMismatch if another one is stored for that version; it stays
   */
  public void put(Entry entry) {
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(item(entry))
                  .conditionExpression("attribute_not_exists(version)")
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
    } catch (ConditionalCheckFailedException thereAlready) {
      if (!item(entry).equals(thereAlready.item())) {
        throw mismatch(entry.request(), entry.version());
      }
    }
  }

  private static AuditMismatch mismatch(String request, int version) {
    return new AuditMismatch(request, version, "the table holds another record than what happened");
  }

  /** The last record of a request, read consistently. */
  public Optional<Entry> last(String request) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request")
                    .expressionAttributeNames(REQUEST)
                    .expressionAttributeValues(Map.of(":request", text(request)))
                    .scanIndexForward(false)
                    .limit(1))
        .items()
        .stream()
        .map(AuditRecords::entry)
        .findFirst();
  }

  /** The record of one version, read consistently. */
  public Optional<Entry> find(String request, int version) {
    // A query, because whoever writes records may query and nothing else.
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request AND version = :version")
                    .expressionAttributeNames(REQUEST)
                    .expressionAttributeValues(
                        Map.of(":request", text(request), ":version", number(version))))
        .items()
        .stream()
        .map(AuditRecords::entry)
        .findFirst();
  }

  /** All records of a request by version, read consistently. */
  public List<Entry> of(String request) {
    return dynamo
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#request = :request")
                    .expressionAttributeNames(REQUEST)
                    .expressionAttributeValues(Map.of(":request", text(request))))
        .items()
        .stream()
        .map(AuditRecords::entry)
        .toList();
  }

  /**
   * Records of what a person asked for, and of what that person did to others' requests.
   *
   * @param after the last moment seen, or null to begin
   * @param most how many, at least 1
   */
  public Page ofPerson(String person, Span span, @Nullable String after, int most) {
    var prefix = lower(person) + "#";
    return walk(List.of(BY_PERSON, BY_ACTOR), span.months().map(prefix::concat), span, after, most);
  }

  /** Records about a system; parameters as in {@link #ofPerson}. */
  public Page ofSystem(String system, Span span, @Nullable String after, int most) {
    var prefix = system + "#";
    return walk(List.of(BY_SYSTEM), span.months().map(prefix::concat), span, after, most);
  }

  /** Records of a span of time; parameters as in {@link #ofPerson}. */
  public Page ofTime(Span span, @Nullable String after, int most) {
    return walk(List.of(BY_DAY), span.days(), span, after, most);
  }

  /** Walks the partitions in the order of time, in each of them through all indexes at once. */
  private Page walk(
      List<Index> indexes, Stream<String> partitions, Span span, @Nullable String after, int most) {
    var low = Items.moment(span.from()).s();
    if (after != null && after.compareTo(low) >= 0) {
      // The least text after it: no moment begins with a whole other one.
      low = after + "#";
    }
    // A moment goes on after its time, so one at that very millisecond is not in.
    var high = Items.moment(span.to()).s();
    var keys = new TreeMap<String, Map<String, AttributeValue>>();
    if (low.compareTo(high) <= 0) {
      var dayOfLow = low.substring(0, "2026-11-22".length());
      for (var partition : (Iterable<String>) partitions::iterator) {
        if (isBefore(partition, dayOfLow)) {
          continue;
        }
        for (var index : indexes) {
          // Each index may hold the earliest ones alone, so each is asked for all that are wanted.
          keys.putAll(keys(index, partition, low, high, most + 1));
        }
        if (keys.size() > most) {
          break;
        }
      }
    }
    var wanted = keys.keySet().stream().limit(most).toList();
    var entries = new HashMap<String, Entry>();
    new BatchRead(dynamo, table)
        .items(wanted.stream().map(keys::get).map(Objects::requireNonNull).toList()).stream()
            .map(AuditRecords::entry)
            .forEach(entry -> entries.put(entry.moment(), entry));
    return new Page(
        wanted.stream()
            .map(entries::get)
            // Gone between index and table: the chain of its request tells.
            .filter(Objects::nonNull)
            .toList(),
        keys.size() > most ? wanted.getLast() : null);
  }

  /** Whether a partition's month or day, at the end of its key, is over before this day begins. */
  private static boolean isBefore(String partition, String day) {
    var time = partition.substring(partition.lastIndexOf('#') + 1);
    return time.compareTo(day.substring(0, time.length())) < 0;
  }

  /** Keys of the table by moment. */
  private Map<String, Map<String, AttributeValue>> keys(
      Index index, String partition, String low, String high, int most) {
    var keys = new HashMap<String, Map<String, AttributeValue>>();
    dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName(index.name())
                    .keyConditionExpression(
                        "#partition = :partition AND #moment BETWEEN :low AND :high")
                    .expressionAttributeNames(
                        Map.of("#partition", index.key(), "#moment", "moment"))
                    .expressionAttributeValues(
                        Map.of(
                            ":partition", text(partition),
                            ":low", text(low),
                            ":high", text(high)))
                    .limit(most))
        .items()
        .forEach(
            item ->
                keys.put(
                    Items.string(item, "moment"),
                    Map.of(
                        "request",
                        text(Items.string(item, "request")),
                        "version",
                        number(Items.integer(item, "version")))));
    return keys;
  }

  private static String lower(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  private static Map<String, AttributeValue> item(Entry entry) {
    var item = new HashMap<String, AttributeValue>();
    item.put("request", text(entry.request()));
    item.put("version", number(entry.version()));
    item.put("personMonth", text(entry.personMonth()));
    if (entry.actorMonth() != null) {
      item.put("actorMonth", text(entry.actorMonth()));
    }
    item.put("systemMonth", text(entry.systemMonth()));
    item.put("day", text(entry.day()));
    item.put("moment", text(entry.moment()));
    item.put("record", text(entry.record()));
    item.put("hash", text(entry.hash()));
    return item;
  }

  /** What has been tampered with is read all the same, so that it can be shown. */
  private static Entry entry(Map<String, AttributeValue> item) {
    return new Entry(
        Items.string(item, "request"),
        Items.integer(item, "version"),
        Items.find(item, "personMonth").orElse(""),
        Items.find(item, "actorMonth").orElse(null),
        Items.find(item, "systemMonth").orElse(""),
        Items.find(item, "day").orElse(""),
        Items.find(item, "moment").orElse(""),
        Items.find(item, "record").orElse(""),
        Items.find(item, "hash").orElse(""));
  }
}
