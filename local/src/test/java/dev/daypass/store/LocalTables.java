package dev.daypass.store;

import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.aws.ShortWay;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalDynamoDb;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.TableResource;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * The tables of {@code template.yaml} on DynamoDB Local and the stores over them, reached by the
 * SDK, whose bytes are handed over in memory; whoever has the address reaches them over HTTP as in
 * AWS. One engine for a test class; empty before each test.
 *
 * <p>Time stands still at {@link SamAsks#MONDAY} until a test moves it.
 */
public final class LocalTables implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private static final String AWS = "/_local/aws";

  private record Happening(String operation, String table, Runnable happens) {}

  private final Timeline timeline = new Timeline(() -> SamAsks.MONDAY);
  private final Template template =
      TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), Place.LOCAL);
  private final LocalServer server = LocalServer.bind(0);
  private final AwsEndpoint aws = new AwsEndpoint(AWS);
  private final Queue<Happening> events = new ConcurrentLinkedQueue<>();
  private final Map<String, List<String>> keys = new ConcurrentHashMap<>();
  private final LocalDynamoDb database;
  private final DynamoDbClient client;
  private int depth;

  /** An engine that runs until all tests of its class are over. */
  public LocalTables() {
    database = LocalDynamoDb.start(timeline, Place.LOCAL);
    database.create(template.tables().values());
    aws.raw("DynamoDB_20120810", this::handle);
    server.mount(AWS, aws);
    server.start();
    client =
        DynamoDbClient.builder()
            .endpointOverride(awsUrl())
            .region(Region.of(Place.LOCAL.region()))
            .credentialsProvider(credentials())
            .httpClientBuilder(new ShortWay.Builder(aws, UrlConnectionHttpClient.builder()))
            .build();
  }

  /** Credentials that nobody checks. */
  public static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
  }

  private AwsAnswer handle(String target, byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    events.stream()
        .filter(event -> target.endsWith("." + event.operation()))
        .filter(event -> text.contains('"' + event.table() + '"'))
        .findFirst()
        .filter(events::remove)
        .ifPresent(event -> event.happens().run());
    return database.handle(target, body);
  }

  /** The next such call on this table is answered with an error, and nothing is done. */
  public void refuseNext(String operation, String table, AwsException error) {
    beforeNext(
        operation,
        table,
        () -> {
          throw error;
        });
  }

  /** Something happens before the next such call on this table, as if by another function. */
  public void beforeNext(String operation, String table, Runnable happens) {
    events.add(new Happening(operation, name(table), happens));
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    events.clear();
    for (var table : template.tables().values()) {
      empty(table);
    }
  }

  private void empty(TableResource table) {
    delete(table.name(), any -> true);
  }

  private void delete(String table, Predicate<Map<String, AttributeValue>> those) {
    var key = keys.computeIfAbsent(table, this::key);
    for (var item : client.scanPaginator(scan -> scan.tableName(table)).items()) {
      if (those.test(item)) {
        var keyOfItem = new HashMap<>(item);
        keyOfItem.keySet().retainAll(key);
        client.deleteItem(delete -> delete.tableName(table).key(keyOfItem));
      }
    }
  }

  private List<String> key(String table) {
    return client.describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
        .map(KeySchemaElement::attributeName)
        .toList();
  }

  /** Deletes items of a table: {@code requests}. */
  public void forget(String table, Predicate<Map<String, AttributeValue>> those) {
    delete(name(table), those);
  }

  /** What was to happen before a next call does not happen any more. */
  public void forgetEvents() {
    events.clear();
  }

  @Override
  public void beforeAll(ExtensionContext tests) {
    // Nested classes begin and end inside the one that holds them.
    depth++;
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    if (--depth > 0) {
      return;
    }
    client.close();
    server.close();
    timeline.close();
    database.close();
  }

  /** Moves time; what is past its time to live is gone when this returns. */
  public void advance(Duration step) {
    try {
      timeline.advance(step);
    } catch (InterruptedException | TimeoutException stuck) {
      throw new AssertionError(stuck);
    }
  }

  /** The one clock. */
  public Timeline timeline() {
    return timeline;
  }

  /** The resolved template. */
  public Template template() {
    return template;
  }

  /** Where further services are added. */
  public AwsEndpoint aws() {
    return aws;
  }

  /** The server, for further paths. */
  public LocalServer server() {
    return server;
  }

  /** The address of the emulated services. */
  public URI awsUrl() {
    return URI.create(server.url() + AWS);
  }

  /** The SDK's client, for tests that look at items themselves. */
  public DynamoDbClient client() {
    return client;
  }

  /** The name of a table: {@code requests}. */
  public String name(String table) {
    return Place.LOCAL.stack() + "-" + table;
  }

  /** All items of a table. */
  public List<Map<String, AttributeValue>> items(String table) {
    return client
        .scanPaginator(scan -> scan.tableName(name(table)).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  public Requests requests() {
    return new Requests(client, name("requests"), grants());
  }

  public Grants grants() {
    return new Grants(client, name("grants"));
  }

  public Waits waits() {
    return new Waits(client, name("waits"));
  }

  public Links links() {
    return new Links(client, name("links"));
  }

  public Sessions sessions() {
    return new Sessions(client, name("sessions"));
  }

  public People people() {
    return new People(client, name("people"));
  }

  public Imports imports() {
    return new Imports(client, name("imports"));
  }

  public StandIns standIns() {
    return new StandIns(client, name("stand-ins"));
  }

  public Inbox inbox() {
    return new Inbox(client, name("inbox"));
  }
}
