package dev.daypass.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalDynamoDb;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.AuditRecords.Entry;
import dev.daypass.store.Grants;
import dev.daypass.store.People;
import dev.daypass.store.Requests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The tables and the stream that the audit trail lives on, as {@code template.yaml} says, on a
 * database that all ledgers of a run share; each has a stack of its own in it.
 */
final class Ledger implements Functions {
  private static final JsonMapper JSON = new JsonMapper();
  private static final AtomicInteger STACKS = new AtomicInteger();

  /** Started with the first ledger, stopped with the JVM. */
  private static final class Engine {
    static final Timeline TIMELINE = new Timeline();
    static final LocalDynamoDb DATABASE = LocalDynamoDb.start(TIMELINE, Place.LOCAL);
    static final LocalServer SERVER = LocalServer.bind(0);
    static final DynamoDbClient CLIENT;

    static {
      SERVER.mount("/", new AwsEndpoint("").raw("DynamoDB_20120810", DATABASE::handle));
      SERVER.start();
      CLIENT =
          DynamoDbClient.builder()
              .endpointOverride(URI.create(SERVER.url()))
              .region(Region.of(Place.LOCAL.region()))
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build();
    }
  }

  private final Template template;
  private final List<JsonNode> stream = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AuditHandler handler;
  private volatile boolean delivers = true;

  final AuditRecords records;
  final Requests requests;
  final People people;

  Ledger() {
    var place =
        new Place(Place.LOCAL.region(), Place.LOCAL.account(), "audit-" + STACKS.incrementAndGet());
    template = TemplateFile.read(Path.of("../template.yaml")).resolve(Map.of(), place);
    Engine.DATABASE.create(
        List.of(
            template.table("RequestsTable"),
            template.table("GrantsTable"),
            template.table("PeopleTable"),
            template.table("AuditTable")));
    records = new AuditRecords(Engine.CLIENT, auditTable());
    requests =
        new Requests(
            Engine.CLIENT,
            template.table("RequestsTable").name(),
            new Grants(Engine.CLIENT, template.table("GrantsTable").name()));
    people = new People(Engine.CLIENT, template.table("PeopleTable").name());
    handler = new AuditHandler(new Recorder(records));
    var function = template.function("AuditFunction").name();
    Engine.DATABASE.connect(
        template.streams().stream().filter(each -> each.function().equals(function)).toList(),
        template.queues(),
        this);
  }

  private String auditTable() {
    return template.table("AuditTable").name();
  }

  /** From now on the stream's records are kept here and reach nobody. */
  Ledger holdBack() {
    delivers = false;
    return this;
  }

  @Override
  public Result invoke(String function, String payload) {
    var event = read(payload);
    event.path("Records").forEach(stream::add);
    return new Result(delivers ? handle(payload) : "{\"batchItemFailures\":[]}", null);
  }

  private String handle(String event) {
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
          answer,
          new LoggingContext(log::add));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** Stores a new request and lets the commands change it, as the functions do. */
  Request happens(Request.Pending request, Command... commands) {
    requests.submit(request);
    return happens(request.id(), commands);
  }

  /** Records what would happen, past the table of requests and its stream: many times faster. */
  Request recorded(Request.Pending asked, Command... commands) {
    Request request = asked;
    for (var command : commands) {
      request = changed(Life.apply(request, command));
    }
    new Recorder(records).record(request.asked(), request.trail().events());
    return request;
  }

  private static Request changed(Outcome outcome) {
    if (outcome instanceof Outcome.Changed changed) {
      return changed.request();
    }
    throw new AssertionError("nothing changes: " + outcome);
  }

  /** Lets the commands change a stored request. */
  Request happens(String id, Command... commands) {
    for (var command : commands) {
      var outcome = requests.change(id, request -> Life.apply(request, command)).orElseThrow();
      if (!(outcome instanceof Outcome.Changed)) {
        throw new AssertionError(command + " changes nothing: " + outcome);
      }
    }
    settle();
    return requests.find(id).orElseThrow();
  }

  /** Waits until the stream's records have been handled. */
  void settle() {
    try {
      Engine.TIMELINE.settle();
    } catch (InterruptedException | TimeoutException stuck) {
      throw new AssertionError(stuck);
    }
  }

  /** Lets time pass, so that the stream tries again what failed. */
  void pass(Duration time) {
    try {
      Engine.TIMELINE.advance(time);
    } catch (InterruptedException | TimeoutException stuck) {
      throw new AssertionError(stuck);
    }
  }

  /** What the stream has shown so far, in order. */
  List<JsonNode> stream() {
    return List.copyOf(stream);
  }

  /**
   * Hands these stream records to the function as one batch.
   *
   * @return the sequence numbers it reports as failed
   */
  List<String> deliver(JsonNode... batch) {
    var event = JSON.createObjectNode();
    Arrays.stream(batch).forEach(event.putArray("Records")::add);
    var failed = new ArrayList<String>();
    read(handle(event.toString()))
        .path("batchItemFailures")
        .forEach(each -> failed.add(each.path("itemIdentifier").asText()));
    return failed;
  }

  static String number(JsonNode streamRecord) {
    return streamRecord.path("dynamodb").path("SequenceNumber").asText();
  }

  /** What the function has logged. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** How many messages wait in the queue of lost records. */
  int lost() {
    return Engine.DATABASE.queue(template.queues().getFirst()).messages().size();
  }

  /** What the trail of a request comes to. */
  Verdict verdict(String id) {
    var request = requests.find(id).orElseThrow();
    return Chain.verify(records.of(id), request.asked(), request.trail().events());
  }

  /** Changes a stored record, as only somebody could who gets past the table's policy. */
  void tamper(Entry entry, Map<String, String> attributes) {
    var item =
        new HashMap<>(
            Engine.CLIENT.getItem(get -> get.tableName(auditTable()).key(key(entry))).item());
    attributes.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    Engine.CLIENT.putItem(put -> put.tableName(auditTable()).item(item));
  }

  /** Deletes a stored record, as only somebody could who gets past the table's policy. */
  void delete(Entry entry) {
    Engine.CLIENT.deleteItem(delete -> delete.tableName(auditTable()).key(key(entry)));
  }

  /** Deletes a request, which nothing in Daypass does. */
  void deleteRequest(String id) {
    Engine.CLIENT.deleteItem(
        delete ->
            delete
                .tableName(template.table("RequestsTable").name())
                .key(Map.of("id", AttributeValue.fromS(id))));
    settle();
  }

  private static Map<String, AttributeValue> key(Entry entry) {
    return Map.of(
        "request",
        AttributeValue.fromS(entry.request()),
        "version",
        AttributeValue.fromN(Integer.toString(entry.version())));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
