package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.StreamMapping;
import dev.daypass.local.template.TableResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * DynamoDB and its streams as the endpoint shows them: DynamoDB Local behind a door that hears
 * every write, so that stream records reach functions at once and the timeline settles only when
 * they have been handled.
 */
public final class LocalDynamoDb implements AutoCloseable {
  private static final Set<String> WRITES =
      Set.of(
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "BatchWriteItem",
          "TransactWriteItems",
          "ExecuteStatement",
          "BatchExecuteStatement",
          "ExecuteTransaction");

  private static final Duration LOOK = Duration.ofSeconds(30);

  private final Timeline timeline;
  private final Place place;
  private final DynamoDbServer server;
  private final DynamoDbWire wire;
  // Fair, so that a stream of writes does not keep expiry out.
  private final ReadWriteLock writing = new ReentrantReadWriteLock(true);
  private final TimeToLive expiry;
  private final List<StreamPump> pumps = new CopyOnWriteArrayList<>();
  private final Map<String, LocalQueue> queues = new ConcurrentHashMap<>();

  private final Thread watch = Thread.ofVirtual().name("expiry").unstarted(this::watch);

  private LocalDynamoDb(Timeline timeline, Place place, DynamoDbServer server) {
    this.timeline = timeline;
    this.place = place;
    this.server = server;
    this.wire = new DynamoDbWire(server);
    this.expiry = new TimeToLive(wire, timeline, writing);
  }

  /** Starts an empty database; from now on what expires by the timeline is deleted. */
  public static LocalDynamoDb start(Timeline timeline, Place place) {
    var database = new LocalDynamoDb(timeline, place, DynamoDbServer.start());
    timeline.onMove(database::expire);
    database.watch.start();
    return database;
  }

  /** Makes the tables exactly as the template says. */
  public void create(Iterable<TableResource> tables) {
    for (var table : tables) {
      wire.call(DynamoDbWire.TABLES + "CreateTable", table.definition());
      var attribute = table.expiry();
      if (attribute != null) {
        expiry.watch(table.name(), attribute);
      }
    }
  }

  /**
   * Connects the streams to functions; records from before reach mappings that want them.
   *
   * @param queueArns the queues that mappings may name as their on-failure destination
   * @throws NoSuchElementException if a mapping names another
   */
  public void connect(List<StreamMapping> mappings, List<String> queueArns, Functions functions) {
    queueArns.forEach(arn -> queues.computeIfAbsent(arn, LocalQueue::new));
    for (var mapping : mappings) {
      var destination = mapping.onFailure();
      var pump =
          new StreamPump(
              mapping,
              wire,
              expiry,
              writing,
              functions,
              timeline,
              place,
              destination == null ? null : queue(destination));
      pumps.add(pump);
      pump.wake();
    }
  }

  /**
   * The queue with this ARN, or whose name ends so.
   *
   * @throws NoSuchElementException if there is none
   */
  public LocalQueue queue(String arnOrName) {
    return queues.values().stream()
        .filter(queue -> queue.arn().endsWith(arnOrName))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("there is no queue " + arnOrName + " here"));
  }

  /** Deletes what has expired by now; its stream records are on their way when this returns. */
  public void expire() {
    try (var _ = timeline.work()) {
      var lost = expiry.sweep();
      pumps.stream().filter(pump -> lost.contains(pump.table())).forEach(StreamPump::wake);
    }
  }

  /** Looks twice a minute at what passes without a move of the clock or a write. */
  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        try {
          expire();
        } catch (RuntimeException passing) {
          if (!Thread.currentThread().isInterrupted()) {
            System.err.println("expiry looks again in 30 s: " + passing);
          }
        }
        // Reading now and then keeps the pumps' iterators from expiring.
        pumps.forEach(StreamPump::wake);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Answers a request in DynamoDB's JSON protocol.
   *
   * @param target the header {@code X-Amz-Target}
   * @throws AwsException for what is answered here rather than by DynamoDB Local
   */
  public AwsAnswer handle(String target, byte[] body) {
    var operation = target.substring(target.indexOf('.') + 1);
    return switch (operation) {
      case "DescribeTimeToLive" -> AwsAnswer.json(describeTimeToLive(read(body)));
      case "UpdateTimeToLive" -> AwsAnswer.json(updateTimeToLive(read(body)));
      case "DeleteTable" -> {
        expiry.forget(tableName(read(body)));
        yield server.answer(target, body);
      }
      default -> WRITES.contains(operation) ? write(target, body) : server.answer(target, body);
    };
  }

  private AwsAnswer write(String target, byte[] body) {
    try (var _ = timeline.work()) {
      AwsAnswer answer;
      writing.readLock().lock();
      try {
        answer = server.answer(target, body);
      } finally {
        writing.readLock().unlock();
      }
      if (answer.status() == 200) {
        var request = new String(body, StandardCharsets.UTF_8);
        expiry.written(request);
        pumps.stream().filter(pump -> request.contains(pump.table())).forEach(StreamPump::wake);
      }
      return answer;
    }
  }

  private JsonNode describeTimeToLive(JsonNode input) {
    var table = existing(input);
    var attribute = expiry.attribute(table);
    var answer = DynamoDbWire.JSON.createObjectNode();
    var description = answer.putObject("TimeToLiveDescription");
    if (attribute == null) {
      description.put("TimeToLiveStatus", "DISABLED");
    } else {
      description.put("TimeToLiveStatus", "ENABLED").put("AttributeName", attribute);
    }
    return answer;
  }

  private JsonNode updateTimeToLive(JsonNode input) {
    var table = existing(input);
    var wanted = input.path("TimeToLiveSpecification");
    boolean enable = wanted.path("Enabled").asBoolean();
    if (enable == (expiry.attribute(table) != null)) {
      throw new AwsException(
          "ValidationException", 400, "TimeToLive is already " + (enable ? "enabled" : "disabled"));
    }
    if (enable) {
      expiry.watch(table, wanted.path("AttributeName").asText());
    } else {
      expiry.forget(table);
    }
    var answer = DynamoDbWire.JSON.createObjectNode();
    answer.set("TimeToLiveSpecification", wanted);
    return answer;
  }

  private String existing(JsonNode input) {
    var table = tableName(input);
    ObjectNode describe = DynamoDbWire.JSON.createObjectNode().put("TableName", table);
    wire.call(DynamoDbWire.TABLES + "DescribeTable", describe);
    return table;
  }

  private static String tableName(JsonNode input) {
    var nameOrArn = input.path("TableName").asText();
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }

  private static JsonNode read(byte[] body) {
    try {
      return DynamoDbWire.JSON.readTree(body);
    } catch (IOException malformed) {
      throw new AwsException("SerializationException", 400, "the request is not JSON");
    }
  }

  /** Everything the queues hold, for a person who looks: queue ARN and messages. */
  public Map<String, List<LocalQueue.Message>> messages() {
    var all = new LinkedHashMap<String, List<LocalQueue.Message>>();
    queues.values().forEach(queue -> all.put(queue.arn(), queue.messages()));
    return all;
  }

  @Override
  public void close() {
    watch.interrupt();
    pumps.forEach(StreamPump::close);
    server.close();
  }
}
