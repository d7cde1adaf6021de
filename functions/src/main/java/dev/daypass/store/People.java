package dev.daypass.store;

import dev.daypass.runbook.Directory;
import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleDifference.Change;
import dev.daypass.runbook.Person;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The table {@code people}: partition {@code id}. A person is {@code person#EMAIL}; {@code
 * group#NAME} lists members so that a group can be read without a scan. What a person's own item
 * says about groups decides; the list only says where to look.
 */
public final class People {
  /** The one partition of both indexes: whoever looks for somebody does not know where. */
  private static final String LIST = "people";

  /** A key must not be empty, and of some names nothing is left. */
  private static final String SORTED = "name#";

  /** A key holds at most 1,024 bytes. */
  private static final int LONGEST_SORTED = 200;

  /** Of a transaction: AWS, "Amazon DynamoDB Transactions: How it works". */
  private static final int MOST_TOGETHER = 100;

  private static final int MOST_TRIES = 8;

  /** More than that nobody looks through to find one of their people. */
  private static final int MOST_REPORTS = 100;

  /** Of what somebody looks for; what is left says little more. */
  private static final int MOST_WORDS = 10;

  /** Why a transaction was cancelled if somebody else was faster. */
  private static final Set<String> MET = Set.of("ConditionalCheckFailed", "TransactionConflict");

  private static final Map<String, String> NAMES =
      Map.of(
          "#n",
          "name",
          "#m",
          "manager",
          "#g",
          "groups",
          "#z",
          "zone",
          "#l",
          "language",
          "#a",
          "active");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final DynamoDbClient dynamo;
  private final String table;

  public People(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** The directory over this table: each look-up reads what is stored now. */
  public Directory directory() {
    return new Directory(
        this::person,
        this::group,
        this::people,
        manager -> reports(manager, MOST_REPORTS, null).people());
  }

  /** The person, active or not. */
  public Optional<Person> person(String email) {
    var item =
        dynamo
            .getItem(get -> get.tableName(table).key(key(personId(email))).consistentRead(true))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(person(item));
  }

  /** Those listed as members of the group; empty for an unknown group. */
  public List<Person> group(String name) {
    var item =
        dynamo
            .getItem(get -> get.tableName(table).key(key(groupId(name))).consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return List.of();
    }
    return people(texts(item, "members"));
  }

  /** Those people who are or were in the directory, in no order; a hundred with one read. */
  public List<Person> people(Collection<String> emails) {
    var keys = emails.stream().distinct().map(email -> key(personId(email))).toList();
    return new BatchRead(dynamo, table).items(keys).stream().map(People::person).toList();
  }

  /** Everybody who is or was in the directory. Scans the table: for the import alone. */
  public List<Person> everybody() {
    return dynamo
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .filterExpression("begins_with(id, :person)")
                    .expressionAttributeValues(Map.of(":person", Items.text(personId("")))))
        .items()
        .stream()
        .map(People::person)
        .toList();
  }

  /**
   * What the table holds.
   *
   * @param people everybody who is or was in the directory
   * @param groups those whom each group lists, by its name
   */
  public record Everything(List<Person> people, Map<String, List<String>> groups) {
    public Everything {
      people = List.copyOf(people);
      groups = Map.copyOf(groups);
    }
  }

  /** All that is stored. Scans the table: for the import alone. */
  public Everything everything() {
    var people = new ArrayList<Person>();
    var groups = new HashMap<String, List<String>>();
    dynamo
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(
            item -> {
              var id = Items.string(item, "id");
              if (id.startsWith(groupId(""))) {
                groups.put(id.substring(groupId("").length()), texts(item, "members"));
              } else {
                people.add(person(item));
              }
            });
    return new Everything(people, groups);
  }

  /** A page of people; {@code next} asks for the following one. */
  public record Lines(List<Person> people, @Nullable String next) {
    public Lines {
      people = List.copyOf(people);
    }
  }

  /**
   * People, active or not: all by name; or whose whole name or address begins as asked, which the
   * indexes know, and after them those of whom each word asked for begins a word of the name, for
   * which all of an index is gone through. Reads indexes, so somebody who has just changed may be
   * shown as before.
   *
   * @param beginning as people type it; neither case nor accents matter; empty for all
   * @param most at least 1
   * @param from {@link Lines#next} of the page before, or null for the first page
   * @throws IllegalArgumentException if {@code from} is not from this list
   */
  public Lines list(String beginning, int most, @Nullable String from) {
    var sought = Sought.of(beginning);
    var place = from == null ? new Place(sought.first(), null) : sought.place(from);
    var people = new ArrayList<Person>();
    while (true) {
      var by = place.by();
      var start = place.key();
      var answer =
          dynamo.query(
              query -> {
                sought.ask(by, query.tableName(table));
                if (by != By.WORD) {
                  // A limit is one of items that are read, and of those read for a word few fit.
                  query.limit(most - people.size());
                }
                if (start != null) {
                  query.exclusiveStartKey(start);
                }
              });
      for (var item : answer.items()) {
        var person = person(item);
        if (sought.isFirst(by, person)) {
          people.add(person);
        }
        if (people.size() == most && by == By.WORD) {
          return new Lines(people, new Place(by, by.key(item)).write());
        }
      }
      if (answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()) {
        place = new Place(by, answer.lastEvaluatedKey());
      } else {
        var next = sought.after(by);
        if (next == null) {
          return new Lines(people, null);
        }
        place = new Place(next, null);
      }
      if (people.size() >= most) {
        return new Lines(people, place.write());
      }
    }
  }

  /** By what somebody is found. */
  private enum By {
    NAME,
    ADDRESS,
    WORD;

    private String index() {
      return this == NAME ? "by-name" : "by-address";
    }

    /** Where the index goes on behind this item of it. */
    private Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
      var key = new HashMap<>(People.key(Items.string(item, "id")));
      key.put("list", Items.text(LIST));
      if (this == NAME) {
        key.put("sorted", Items.text(Items.string(item, "sorted")));
      }
      return key;
    }
  }

  /**
   * What is looked for.
   *
   * @param name as names are kept for it; empty if nothing of a name was typed
   * @param address in lower case
   */
  private record Sought(String name, String address) {
    static Sought of(String typed) {
      return new Sought(folded(typed), typed.strip().toLowerCase(Locale.ROOT));
    }

    /** Signs alone begin no name. */
    By first() {
      return name.isEmpty() && !address.isEmpty() ? By.ADDRESS : By.NAME;
    }

    @Nullable By after(By by) {
      return switch (by) {
        case NAME -> name.isEmpty() ? null : By.ADDRESS;
        case ADDRESS -> name.isEmpty() ? null : By.WORD;
        case WORD -> null;
      };
    }

    /** Where it goes on; nothing is looked for by its words that has none. */
    Place place(String from) {
      var place = Place.read(from);
      if (place.by() == By.WORD && name.isEmpty()) {
        throw Place.unknown(from);
      }
      return place;
    }

    /** Whether the person has not been found before by something else. */
    boolean isFirst(By by, Person person) {
      boolean byName = !name.isEmpty() && folded(person.name()).startsWith(name);
      return switch (by) {
        case NAME -> true;
        case ADDRESS -> !byName;
        case WORD -> !byName && !person.email().startsWith(address);
      };
    }

    void ask(By by, QueryRequest.Builder query) {
      var names = new HashMap<>(Map.of("#list", "list"));
      var values = new HashMap<>(Map.of(":list", Items.text(LIST)));
      query.indexName(by.index());
      switch (by) {
        case NAME -> {
          query.keyConditionExpression("#list = :list AND begins_with(#sorted, :beginning)");
          names.put("#sorted", "sorted");
          values.put(":beginning", Items.text(SORTED + name));
        }
        case ADDRESS -> {
          query.keyConditionExpression("#list = :list AND begins_with(#id, :beginning)");
          names.put("#id", "id");
          values.put(":beginning", Items.text(personId(address)));
        }
        case WORD -> {
          query.keyConditionExpression("#list = :list").filterExpression(words(values));
          names.put("#sorted", "sorted");
        }
      }
      query.expressionAttributeNames(names).expressionAttributeValues(values);
    }

    /** A word begins the name, or stands behind a blank in it. */
    private String words(Map<String, AttributeValue> values) {
      var words = List.of(name.split(" "));
      var each = new ArrayList<String>();
      for (int i = 0; i < Math.min(words.size(), MOST_WORDS); i++) {
        values.put(":first" + i, Items.text(SORTED + words.get(i)));
        values.put(":later" + i, Items.text(" " + words.get(i)));
        each.add("(begins_with(#sorted, :first%d) OR contains(#sorted, :later%d))".formatted(i, i));
      }
      return String.join(" AND ", each);
    }
  }

  /**
   * Those who are active and have this manager, by name. Reads an index, so somebody who has just
   * changed may be missing.
   *
   * @param most at least 1
   * @param from {@link Lines#next} of the part before, or null for the first
   * @throws IllegalArgumentException if it is not
   */
  public Lines reports(String manager, int most, @Nullable String from) {
    var people = new ArrayList<Person>();
    @Nullable String place = null;
    var start = from == null ? null : placeOfReport(manager, from);
    // One more is looked for than is shown, so that no part of the list is empty.
    while (true) {
      var after = start;
      var answer =
          dynamo.query(
              query ->
                  query
                      .tableName(table)
                      .indexName("by-manager")
                      .keyConditionExpression("#manager = :manager")
                      .expressionAttributeNames(Map.of("#manager", "manager"))
                      .expressionAttributeValues(Map.of(":manager", Items.text(manager)))
                      .limit(most + 1 - people.size())
                      .exclusiveStartKey(after));
      for (var item : answer.items()) {
        var person = person(item);
        if (person.active() && people.size() == most) {
          return new Lines(people, place);
        }
        if (person.active()) {
          people.add(person);
          place = Items.string(item, "id") + " " + Items.string(item, "sorted");
        }
      }
      start = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : Map.of();
      if (start.isEmpty()) {
        return new Lines(people, null);
      }
    }
  }

  private static Map<String, AttributeValue> placeOfReport(String manager, String from) {
    var parts = from.split(" ", 2);
    if (parts.length != 2 || !parts[0].startsWith(personId("")) || !parts[1].startsWith(SORTED)) {
      throw new IllegalArgumentException("not a continuation of this list: " + from);
    }
    var key = new HashMap<>(key(parts[0]));
    key.put("sorted", Items.text(parts[1]));
    key.put("manager", Items.text(manager));
    return key;
  }

  /** Where the list goes on: in which index, and after which key. */
  private record Place(By by, @Nullable Map<String, AttributeValue> key) {
    String write() {
      var word = by.name().toLowerCase(Locale.ROOT);
      if (key == null) {
        return word;
      }
      return word
          + " "
          + Items.string(key, "id")
          + (by == By.NAME ? " " + Items.string(key, "sorted") : "");
    }

    static Place read(String text) {
      var parts = text.split(" ", 3);
      var by =
          Stream.of(By.values())
              .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(parts[0]))
              .findFirst()
              .orElseThrow(() -> unknown(text));
      if (parts.length == 1 && by != By.NAME) {
        return new Place(by, null);
      }
      if (parts.length != (by == By.NAME ? 3 : 2)
          || !parts[1].startsWith(personId(""))
          || (by == By.NAME && !parts[2].startsWith(SORTED))) {
        throw unknown(text);
      }
      var item = new HashMap<>(People.key(parts[1]));
      if (by == By.NAME) {
        item.put("sorted", Items.text(parts[2]));
      }
      return new Place(by, by.key(item));
    }

    private static IllegalArgumentException unknown(String text) {
      return new IllegalArgumentException("not a continuation of this list: " + text);
    }
  }

  /**
   * A name as it is looked for and sorted: neither case nor accents matter, and what is no letter
   * and no digit is a blank.
   */
  static String folded(String name) {
    var apart = Normalizer.normalize(name, Normalizer.Form.NFKD);
    var plain = MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    return NO_WORD.matcher(plain).replaceAll(" ").strip();
  }

  /** Keeps the person as given. */
  public void put(Person person) {
    dynamo.putItem(put -> put.tableName(table).item(item(person)));
  }

  private static Map<String, AttributeValue> item(Person person) {
    var item = new HashMap<>(key(personId(person.email())));
    item.put("name", Items.text(person.name()));
    var manager = person.manager();
    if (manager != null) {
      item.put("manager", Items.text(manager));
    }
    item.put("groups", texts(person.groups()));
    item.put("zone", Items.text(person.zone().getId()));
    item.put("language", Items.text(person.language().toLanguageTag()));
    item.put("active", AttributeValue.fromBool(person.active()));
    item.put("list", Items.text(LIST));
    var sorted = folded(person.name());
    item.put(
        "sorted",
        Items.text(SORTED + sorted.substring(0, Math.min(sorted.length(), LONGEST_SORTED))));
    return item;
  }

  /**
   * Makes these people what they are to be, each on condition that nobody else has changed them:
   * somebody who is neither as before nor as after is left alone. May be called again with the same
   * changes, or while it is at work elsewhere.
   *
   * @return whether all are now as they are to be; if not, some may be
   * @throws IllegalStateException if the table stays too busy
   */
  public boolean change(List<Change> changes) {
    for (int from = 0; from < changes.size(); from += MOST_TOGETHER) {
      if (!changeTogether(changes.subList(from, Math.min(changes.size(), from + MOST_TOGETHER)))) {
        return false;
      }
    }
    return true;
  }

  private boolean changeTogether(List<Change> changes) {
    var keys = changes.stream().map(change -> key(personId(change.after().email()))).toList();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      var now = new HashMap<String, Person>();
      new BatchRead(dynamo, table)
          .items(keys).stream()
              .map(People::person)
              .forEach(person -> now.put(person.email(), person));
      var open =
          changes.stream()
              .filter(change -> !change.after().equals(now.get(change.after().email())))
              .toList();
      if (!open.stream()
          .allMatch(change -> Objects.equals(change.before(), now.get(change.after().email())))) {
        return false;
      }
      if (open.isEmpty() || putTogether(open)) {
        return true;
      }
    }
    throw new IllegalStateException("the table " + table + " is too busy to be written");
  }

  /** Whether it was done; if not, somebody else was faster with one of them. */
  private boolean putTogether(List<Change> changes) {
    var puts = changes.stream().map(this::put).map(put -> put(put)).toList();
    try {
      dynamo.transactWriteItems(write -> write.transactItems(puts));
      return true;
    } catch (TransactionConflictException met) {
      return false;
    } catch (TransactionCanceledException cancelled) {
      if (cancelled.cancellationReasons().stream().anyMatch(each -> MET.contains(each.code()))) {
        return false;
      }
      throw cancelled;
    }
  }

  private static TransactWriteItem put(Put put) {
    return TransactWriteItem.builder().put(put).build();
  }

  private Put put(Change change) {
    var put = Put.builder().tableName(table).item(item(change.after()));
    var before = change.before();
    if (before == null) {
      return put.conditionExpression("attribute_not_exists(id)").build();
    }
    var values = new HashMap<String, AttributeValue>();
    values.put(":n", Items.text(before.name()));
    values.put(":g", texts(before.groups()));
    values.put(":z", Items.text(before.zone().getId()));
    values.put(":l", Items.text(before.language().toLanguageTag()));
    values.put(":a", AttributeValue.fromBool(before.active()));
    var manager = before.manager();
    if (manager != null) {
      values.put(":m", Items.text(manager));
      put.conditionExpression(
          "#n = :n AND #m = :m AND #g = :g AND #z = :z AND #l = :l AND #a = :a");
    } else {
      put.conditionExpression(
          "#n = :n AND attribute_not_exists(#m) AND #g = :g AND #z = :z AND #l = :l AND #a = :a");
    }
    return put.expressionAttributeNames(NAMES).expressionAttributeValues(values).build();
  }

  /** Lists these people as members of the group, besides those it lists. */
  public void join(String group, Collection<String> members) {
    changeGroup(group, listed -> listed.addAll(members));
  }

  /** Lists these people as members of the group no more. */
  public void leave(String group, Collection<String> members) {
    changeGroup(group, listed -> listed.removeAll(members));
  }

  private void changeGroup(String name, Predicate<Set<String>> change) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      var item =
          dynamo
              .getItem(get -> get.tableName(table).key(key(groupId(name))).consistentRead(true))
              .item();
      var members = new TreeSet<String>(item.isEmpty() ? List.of() : texts(item, "members"));
      if (!change.test(members) || putGroup(name, item, members)) {
        return;
      }
    }
    throw new IllegalStateException("the group " + name + " is too busy to be written");
  }

  /** Whether it was done; if not, somebody else was faster. */
  private boolean putGroup(
      String name, Map<String, AttributeValue> before, Collection<String> members) {
    var item = new HashMap<>(key(groupId(name)));
    item.put("members", texts(members));
    try {
      dynamo.putItem(
          put -> {
            put.tableName(table).item(item);
            if (before.isEmpty()) {
              put.conditionExpression("attribute_not_exists(id)");
            } else {
              put.conditionExpression("#members = :before")
                  .expressionAttributeNames(Map.of("#members", "members"))
                  .expressionAttributeValues(
                      Map.of(":before", Objects.requireNonNull(before.get("members"))));
            }
          });
      return true;
    } catch (ConditionalCheckFailedException faster) {
      return false;
    }
  }

  /**
   * Writes the difference and nothing else. Groups come first: what is different is found by
   * comparing people, so an interrupted import finds the rest when it is run again; and a group
   * that lists somebody too early is harmless, since the person's own item decides.
   */
  public void write(PeopleDifference difference) {
    difference.groups().forEach(this::putGroup);
    difference.changes().forEach(change -> put(change.after()));
  }

  /** Keeps the list of a group's members, by email address. */
  public void putGroup(String name, Collection<String> members) {
    var item = new HashMap<>(key(groupId(name)));
    item.put("members", texts(members));
    dynamo.putItem(put -> put.tableName(table).item(item));
  }

  private static Person person(Map<String, AttributeValue> item) {
    return new Person(
        Items.string(item, "id").substring(personId("").length()),
        Items.string(item, "name"),
        Items.find(item, "manager").orElse(null),
        texts(item, "groups"),
        ZoneId.of(Items.string(item, "zone")),
        Locale.forLanguageTag(Items.string(item, "language")),
        isActive(item));
  }

  private static boolean isActive(Map<String, AttributeValue> item) {
    var active = item.get("active");
    // Whoever is not said to be active has no say.
    return active != null && Boolean.TRUE.equals(active.bool());
  }

  private static List<String> texts(Map<String, AttributeValue> item, String name) {
    var texts = item.get(name);
    if (texts == null) {
      throw new IllegalStateException("a stored item lacks " + name);
    }
    return texts.l().stream().map(AttributeValue::s).toList();
  }

  private static AttributeValue texts(Collection<String> texts) {
    return AttributeValue.fromL(texts.stream().map(Items::text).toList());
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", Items.text(id));
  }

  private static String personId(String email) {
    return "person#" + email;
  }

  private static String groupId(String name) {
    return "group#" + name;
  }
}
