package dev.daypass.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalDynamoDb;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.states.StepFunctions;
import dev.daypass.local.template.Place;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Our own DynamoDB and Step Functions, and nothing else: an account without tables, machines or
 * functions. What it lacks is what LocalStack lacks, so whatever this suite does about that runs in
 * every build. Only the queue differs: it is in memory, and Step Functions fills it through the
 * resource that it knows.
 */
final class BareEmulator implements TokenEmulator {
  private static final String AWS = "/aws";

  /** A queue under the name of a function. */
  private static final class MemoryTasks implements TaskQueue {
    private final String name;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    MemoryTasks(String name) {
      this.name = name;
    }

    @Override
    public String resource() {
      return TasksByToken.INVOKE_AND_WAIT;
    }

    @Override
    public ObjectNode arguments(ObjectNode body) {
      var arguments = Wire.JSON.createObjectNode().put("FunctionName", name);
      arguments.set("Payload", body);
      return arguments;
    }

    @Override
    public List<JsonNode> next() throws InterruptedException {
      var message = messages.poll(1, TimeUnit.SECONDS);
      var all = new ArrayList<JsonNode>();
      while (message != null) {
        try {
          all.add(Wire.JSON.readTree(message));
        } catch (JsonProcessingException notOurs) {
          throw new IllegalStateException("no task: " + message, notOurs);
        }
        message = messages.poll();
      }
      return all;
    }

    @Override
    public void close() {
      messages.clear();
    }
  }

  private final Timeline timeline = new Timeline();
  private final LocalServer server = LocalServer.bind(0);
  private final LocalDynamoDb database = LocalDynamoDb.start(timeline, Place.LOCAL);
  private final Map<String, MemoryTasks> queues = new ConcurrentHashMap<>();

  BareEmulator() {
    Functions intoQueues =
        (function, payload) -> {
          queue(function).messages.add(payload);
          return new Functions.Result("null", null);
        };
    var states = new StepFunctions(timeline, intoQueues, region(), account());
    server.mount(
        AWS,
        new AwsEndpoint(AWS)
            .raw("DynamoDB_20120810", database::handle)
            .raw("DynamoDBStreams_20120810", database::handle)
            .json("AWSStepFunctions", states::handle));
    server.start();
  }

  @Override
  public URI endpoint() {
    return URI.create(server.url() + AWS);
  }

  @Override
  public String region() {
    return Place.LOCAL.region();
  }

  @Override
  public String account() {
    return Place.LOCAL.account();
  }

  @Override
  public MemoryTasks queue(String name) {
    return queues.computeIfAbsent(name, MemoryTasks::new);
  }

  @Override
  public void close() {
    server.close();
    timeline.close();
    database.close();
  }
}
