package dev.daypass.store;

import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table {@code people}: partition {@code id}. A person is {@code person#EMAIL}; {@code
 * group#NAME} lists members so that a group can be read without a scan. What a person's own item
 * says about groups decides; the list only says where to look.
 */
public final class People {
  private final DynamoDbClient dynamo;
  private final String table;

  public People(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** The directory over this table: each look-up reads what is stored now. */
  public Directory directory() {
    return new Directory(this::person, this::group, this::people);
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

  /** Keeps the person as given. */
  public void put(Person person) {
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
    dynamo.putItem(put -> put.tableName(table).item(item));
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
