package dev.daypass.store;

import dev.daypass.access.RequestId;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Where a person's list of requests goes on. */
public final class NextFuzz {
  private NextFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var next = Input.text(data);
    people(next);
    var table = new OnePage();
    var requests = new Requests(table, "requests", new Grants(table, "grants"));
    Requests.Lines lines;
    try {
      lines = requests.of("amara.okafor@example.com", 50, next);
    } catch (IllegalArgumentException refused) {
      return;
    }
    var key = table.begin;
    Check.same(
        Items.string(key, "requester"), "amara.okafor@example.com", "nobody pages through others'");
    Check.that(RequestId.isOne(Items.string(key, "id")), "the id of a request");
    Check.that(Items.string(key, "createdAt").matches("[0-9TZ:.+-]{24,40}"), "a moment");
    Check.same(String.valueOf(lines.next()), next, "where it ended is where it goes on");
  }

  /** The same text as the place in the list of people. */
  private static void people(String next) {
    var table = new NoPage();
    try {
      new People(table, "people").list("mar", 50, next);
    } catch (IllegalArgumentException refused) {
      return;
    }
    var key = table.begins.getFirst();
    if (key.isEmpty()) {
      Check.that(next.equals("address") || next.equals("word"), "from the beginning", next);
      return;
    }
    Check.that(Items.string(key, "id").startsWith("person#"), "the key of a person", key);
    Check.same(Items.string(key, "list"), "people", "of the one list");
    Check.that(
        !key.containsKey("sorted") || Items.string(key, "sorted").startsWith("name#"), "a name");
    Check.that(
        next.endsWith(Items.string(key, key.containsKey("sorted") ? "sorted" : "id")),
        "where it ended is where it goes on");
    Check.that(
        table.begins.stream().skip(1).allMatch(Map::isEmpty), "what follows begins at its start");
  }

  /** Holds nobody, and remembers where each question began. */
  private static final class NoPage implements DynamoDbClient {
    private final List<Map<String, AttributeValue>> begins = new ArrayList<>();

    @Override
    public QueryResponse query(QueryRequest query) {
      begins.add(query.exclusiveStartKey());
      return QueryResponse.builder().items(List.of()).build();
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

  /** Ends each page where it began. */
  private static final class OnePage implements DynamoDbClient {
    private Map<String, AttributeValue> begin = Map.of();

    @Override
    public QueryResponse query(QueryRequest query) {
      begin = query.exclusiveStartKey();
      return QueryResponse.builder().items(List.of()).lastEvaluatedKey(begin).build();
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
}
