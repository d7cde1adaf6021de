package dev.daypass.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.local.template.TableResource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Tables in maps, thousands of times faster than the real engine and put back as they were after
 * each input. Refuses what DynamoDB refuses of what a caller can cause: keys that are empty or too
 * long, items that are too large, texts that are none. Expressions that it does not know are a
 * mistake of the fuzzing and end it.
 */
public final class Shelves implements DynamoDbClient {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  private static final int LONGEST_PARTITION = 2_048;
  private static final int LONGEST_SORT = 1_024;
  private static final int LARGEST_ITEM = 400 * 1_024;

  private static final Pattern ATOM =
      Pattern.compile(
          "(?<function>attribute_exists|attribute_not_exists|begins_with)\\((?<of>[#\\w]+)(?:,"
              + " (?<with>:\\w+))?\\)|(?<name>[#\\w]+) (?<sign>=|<=|<)"
              + " (?<value>:\\w+)|(?<span>[#\\w]+) BETWEEN (?<low>:\\w+) AND (?<high>:\\w+)");
  private static final Pattern CLAUSE =
      Pattern.compile("\\b(ADD|SET|REMOVE) (.*?)(?= ADD | SET | REMOVE |$)");

  private static final Pattern COMMA = Pattern.compile(", ?(?![^(]*\\))");

  private final Map<String, List<String>> keys = new HashMap<>();
  private Map<String, Map<String, Map<String, AttributeValue>>> tables = new HashMap<>();
  private Map<String, Map<String, Map<String, AttributeValue>>> kept = new HashMap<>();

  public Shelves(Collection<TableResource> definitions) {
    for (var table : definitions) {
      var names = new ArrayList<String>();
      for (var part : table.definition().path("KeySchema")) {
        names.add(part.path("AttributeName").asText());
      }
      keys.put(table.name(), names);
      tables.put(table.name(), new TreeMap<>());
    }
    keep();
  }

  /** From now on {@link #reset} leads back here. */
  public void keep() {
    kept = copy(tables);
  }

  /** As at the last {@link #keep}. */
  public void reset() {
    tables = copy(kept);
  }

  /** Whether this table holds what it held at the last {@link #keep}. */
  public boolean isUnchanged(String table) {
    return Objects.equals(tables.get(table), kept.get(table));
  }

  private static Map<String, Map<String, Map<String, AttributeValue>>> copy(
      Map<String, Map<String, Map<String, AttributeValue>>> tables) {
    var copy = new HashMap<String, Map<String, Map<String, AttributeValue>>>();
    tables.forEach((name, items) -> copy.put(name, new TreeMap<>(items)));
    return copy;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest get) {
    var item = table(get.tableName()).get(key(get.tableName(), get.key()));
    return item == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(item).build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest get) {
    var found = new HashMap<String, List<Map<String, AttributeValue>>>();
    get.requestItems()
        .forEach(
            (name, wanted) -> {
              var items = new ArrayList<Map<String, AttributeValue>>();
              for (var each : wanted.keys()) {
                var item = table(name).get(key(name, each));
                if (item != null) {
                  items.add(item);
                }
              }
              found.put(name, items);
            });
    return BatchGetItemResponse.builder().responses(found).unprocessedKeys(Map.of()).build();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest put) {
    var key = key(put.tableName(), put.item());
    var old = table(put.tableName()).get(key);
    demand(
        old,
        put.conditionExpression(),
        put.expressionAttributeNames(),
        put.expressionAttributeValues());
    checkSize(put.item());
    table(put.tableName()).put(key, put.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest delete) {
    var key = key(delete.tableName(), delete.key());
    demand(
        table(delete.tableName()).get(key),
        delete.conditionExpression(),
        delete.expressionAttributeNames(),
        delete.expressionAttributeValues());
    table(delete.tableName()).remove(key);
    return DeleteItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest update) {
    var key = key(update.tableName(), update.key());
    var old = table(update.tableName()).get(key);
    demand(
        old,
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
    var item = new HashMap<>(old == null ? update.key() : old);
    var clauses = CLAUSE.matcher(update.updateExpression());
    while (clauses.find()) {
      for (var each : COMMA.splitAsStream(clauses.group(2)).toList()) {
        change(
            item,
            clauses.group(1),
            each.strip(),
            update.expressionAttributeNames(),
            update.expressionAttributeValues());
      }
    }
    checkSize(item);
    table(update.tableName()).put(key, item);
    return UpdateItemResponse.builder().attributes(item).build();
  }

  private static void change(
      Map<String, AttributeValue> item,
      String verb,
      String what,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    var words = what.split(" (= )?", 2);
    var name = names.getOrDefault(words[0], words[0]);
    switch (verb) {
      case "REMOVE" -> item.remove(name);
      case "ADD" -> item.put(name, plus(item.get(name), value(values, words[1])));
      default -> {
        if (words[1].startsWith("if_not_exists(")) {
          item.putIfAbsent(name, value(values, words[1].replaceFirst(".*, ", "").replace(")", "")));
        } else if (words[1].contains(" + ")) {
          item.put(name, plus(item.get(name), value(values, words[1].replaceFirst(".* \\+ ", ""))));
        } else {
          item.put(name, value(values, words[1]));
        }
      }
    }
  }

  private static AttributeValue value(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static AttributeValue plus(@Nullable AttributeValue one, AttributeValue more) {
    var sum = new BigDecimal(one == null ? "0" : one.n()).add(new BigDecimal(more.n()));
    return AttributeValue.fromN(sum.toPlainString());
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest write) {
    var before = copy(tables);
    var reasons = new ArrayList<CancellationReason>();
    boolean failed = false;
    for (var each : write.transactItems()) {
      try {
        if (each.put() != null) {
          var put = each.put();
          putItem(
              PutItemRequest.builder()
                  .tableName(put.tableName())
                  .item(put.item())
                  .conditionExpression(put.conditionExpression())
                  .expressionAttributeNames(put.expressionAttributeNames())
                  .expressionAttributeValues(put.expressionAttributeValues())
                  .build());
        } else if (each.update() != null) {
          var update = each.update();
          updateItem(
              UpdateItemRequest.builder()
                  .tableName(update.tableName())
                  .key(update.key())
                  .updateExpression(update.updateExpression())
                  .conditionExpression(update.conditionExpression())
                  .expressionAttributeNames(update.expressionAttributeNames())
                  .expressionAttributeValues(update.expressionAttributeValues())
                  .build());
        } else {
          var delete = each.delete();
          deleteItem(
              DeleteItemRequest.builder().tableName(delete.tableName()).key(delete.key()).build());
        }
        reasons.add(CancellationReason.builder().code("None").build());
      } catch (ConditionalCheckFailedException refused) {
        failed = true;
        reasons.add(CancellationReason.builder().code("ConditionalCheckFailed").build());
      }
    }
    if (failed) {
      tables = before;
      throw TransactionCanceledException.builder().cancellationReasons(reasons).build();
    }
    return TransactWriteItemsResponse.builder().build();
  }

  @Override
  public QueryResponse query(QueryRequest query) {
    for (var value : query.expressionAttributeValues().values()) {
      checkKey(value, LONGEST_PARTITION);
    }
    if (query.hasExclusiveStartKey()) {
      query.exclusiveStartKey().values().forEach(value -> checkKey(value, LONGEST_SORT));
    }
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (var item : table(query.tableName()).values()) {
      if (holds(
          item,
          query.keyConditionExpression(),
          query.expressionAttributeNames(),
          query.expressionAttributeValues())) {
        items.add(item);
      }
    }
    var wanted = Boolean.FALSE.equals(query.scanIndexForward()) ? items.reversed() : items;
    return QueryResponse.builder()
        .items(wanted.stream().limit(query.limit() == null ? 1_000 : query.limit()).toList())
        .build();
  }

  @Override
  public ScanResponse scan(ScanRequest scan) {
    if (scan.filterExpression() != null) {
      throw new AssertionError("a filter that is not known here: " + scan.filterExpression());
    }
    return ScanResponse.builder().items(table(scan.tableName()).values()).build();
  }

  private Map<String, Map<String, AttributeValue>> table(String name) {
    var table = tables.get(name);
    if (table == null) {
      throw new AssertionError("no table " + name);
    }
    return table;
  }

  private String key(String table, Map<String, AttributeValue> item) {
    var names = keys.getOrDefault(table, List.of());
    var key = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      var value = item.get(names.get(i));
      if (value == null) {
        throw new AssertionError("no " + names.get(i) + " in a key of " + table);
      }
      checkKey(value, i == 0 ? LONGEST_PARTITION : LONGEST_SORT);
      // Numbers in the order of numbers.
      key.append(value.s() != null ? value.s() : "%020d".formatted(Long.parseLong(value.n())))
          .append('\n');
    }
    return key.toString();
  }

  private static void checkKey(AttributeValue value, int longest) {
    if (value.s() != null) {
      if (value.s().isEmpty()) {
        throw refused("a key is empty");
      }
      checkText(value.s());
      if (value.s().getBytes(UTF_8).length > longest) {
        throw refused("a key is too long");
      }
    }
  }

  private static void checkText(String text) {
    if (!new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
      throw refused("a text is none");
    }
  }

  private static void checkSize(Map<String, AttributeValue> item) {
    long size = 0;
    for (var each : item.entrySet()) {
      size += each.getKey().length() + each.getValue().toString().getBytes(UTF_8).length;
      if (each.getValue().s() != null) {
        checkText(each.getValue().s());
      }
    }
    if (size > LARGEST_ITEM) {
      throw refused("an item is too large");
    }
  }

  private static DynamoDbException refused(String why) {
    return (DynamoDbException)
        DynamoDbException.builder().message("ValidationException: " + why).statusCode(400).build();
  }

  private static void demand(
      @Nullable Map<String, AttributeValue> item,
      @Nullable String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    if (condition != null && !holds(item == null ? Map.of() : item, condition, names, values)) {
      throw ConditionalCheckFailedException.builder()
          .message("The conditional request failed")
          .item(item)
          .build();
    }
  }

  private static boolean holds(
      Map<String, AttributeValue> item,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    return Arrays.stream(condition.split(" OR "))
        .anyMatch(
            all ->
                Arrays.stream(all.split(" AND (?!:)"))
                    .allMatch(atom -> atom(item, atom, names, values)));
  }

  private static boolean atom(
      Map<String, AttributeValue> item,
      String text,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    var atom = ATOM.matcher(text);
    if (!atom.matches()) {
      throw new AssertionError("an expression that is not known here: " + text);
    }
    if (atom.group("span") != null) {
      var value = item.get(name(atom, "span", names));
      return value != null
          && value.s().compareTo(value(values, atom.group("low")).s()) >= 0
          && value.s().compareTo(value(values, atom.group("high")).s()) <= 0;
    }
    if (atom.group("function") != null) {
      var value = item.get(name(atom, "of", names));
      return switch (atom.group("function")) {
        case "attribute_exists" -> value != null;
        case "attribute_not_exists" -> value == null;
        default -> value != null && value.s().startsWith(value(values, atom.group("with")).s());
      };
    }
    var value = item.get(name(atom, "name", names));
    var other = value(values, atom.group("value"));
    if (value == null) {
      return false;
    }
    int order =
        value.s() != null
            ? value.s().compareTo(other.s())
            : new BigDecimal(value.n()).compareTo(new BigDecimal(other.n()));
    return switch (atom.group("sign")) {
      case "=" -> order == 0;
      case "<" -> order < 0;
      default -> order <= 0;
    };
  }

  private static String name(Matcher atom, String group, Map<String, String> names) {
    var name = atom.group(group);
    return names.getOrDefault(name, name);
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
