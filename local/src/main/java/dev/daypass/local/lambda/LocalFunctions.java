package dev.daypass.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.template.FunctionResource;
import dev.daypass.local.template.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The template's functions, run as Lambda runs them: each execution environment has a handler of
 * its own, takes one invocation at a time and is used again.
 *
 * <p>An invocation is work of the timeline.
 */
public final class LocalFunctions implements Functions {
  /** The most bytes of an event or an answer of a synchronous invocation. */
  public static final int MOST_BYTES = 6 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, FunctionResource> byName = new HashMap<>();
  private final Map<String, String> common;
  private final Timeline timeline;
  private final Place place;
  private final Handlers handlers;
  private final FunctionLog log = new FunctionLog();
  private volatile Set<String> expected = Set.of();
  private final Map<String, Deque<RequestStreamHandler>> idle = new ConcurrentHashMap<>();

  /**
   * @param common variables that every function gets besides its own; with no credentials among
   *     them, each function's access key is its logical id
   * @param handlers what makes a handler for each new execution environment
   */
  public LocalFunctions(
      Collection<FunctionResource> functions,
      Map<String, String> common,
      Timeline timeline,
      Place place,
      Handlers handlers) {
    for (var function : functions) {
      byName.put(function.name(), function);
      byName.put(function.logicalId(), function);
    }
    this.common = Map.copyOf(common);
    this.timeline = timeline;
    this.place = place;
    this.handlers = handlers;
  }

  /**
   * Failures that whoever calls the functions knows by name and goes on from, such as {@code Retry}
   * and {@code Catch} of a state machine: they are answers, and the log has them in one line.
   *
   * @param types full names of their classes
   */
  public void expect(Set<String> types) {
    expected = Set.copyOf(types);
  }

  /** What the functions log. */
  public FunctionLog log() {
    return log;
  }

  /**
   * The environment of a function.
   *
   * @throws AwsException {@code ResourceNotFoundException} if there is no such function
   */
  public Map<String, String> environment(String function) {
    var resource = find(function);
    // The order of Lambda: what it sets itself cannot be overridden.
    var environment = new LinkedHashMap<>(resource.environment());
    environment.putAll(common);
    // Each function has credentials of its own, so whom it calls can tell who calls.
    environment.putIfAbsent("AWS_ACCESS_KEY_ID", resource.logicalId());
    environment.putIfAbsent("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_REGION", place.region());
    environment.put("AWS_DEFAULT_REGION", place.region());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", resource.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(resource.memory()));
    return environment;
  }

  /** A handler as the function's execution environment would make it; for tests of the wiring. */
  public RequestStreamHandler handler(String function) {
    var resource = find(function);
    return handlers.make(resource.handler(), environment(resource.name()));
  }

  @Override
  public Result invoke(String function, String payload) {
    var resource = find(function);
    var event = payload.getBytes(StandardCharsets.UTF_8);
    if (event.length > MOST_BYTES) {
      throw new AwsException(
          "RequestEntityTooLargeException",
          413,
          event.length
              + " byte payload is too large for the RequestResponse invocation type (limit "
              + MOST_BYTES
              + " bytes)");
    }
    try (var _ = timeline.work()) {
      return run(resource, function, event);
    }
  }

  private Result run(FunctionResource function, String invokedAs, byte[] event) {
    var requestId = UUID.randomUUID().toString();
    var environments =
        idle.computeIfAbsent(function.logicalId(), id -> new ConcurrentLinkedDeque<>());
    var handler = environments.pollFirst();
    if (handler == null) {
      try {
        handler = handlers.make(function.handler(), environment(function.name()));
      } catch (RuntimeException broken) {
        return failed(function, broken);
      }
    }
    // Only an alias that the template publishes leads to a published version.
    var alias = function.alias();
    boolean aliased = alias != null && invokedAs.endsWith(":" + alias);
    var arn = place.arn("lambda", "function:" + function.name());
    long end = System.nanoTime() + function.timeout().toNanos();
    var context =
        new LambdaContext(
            function,
            requestId,
            aliased ? arn + ":" + alias : arn,
            aliased ? "1" : "$LATEST",
            () -> (int) TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()),
            text -> log(function, text));
    var output = new ByteArrayOutputStream();
    var used = handler;
    var task =
        new FutureTask<>(
            () -> {
              used.handleRequest(new ByteArrayInputStream(event), output, context);
              return output.toByteArray();
            });
    var thread = Thread.ofVirtual().name(function.logicalId() + "-", 0).unstarted(task);
    thread.start();
    try {
      var answer = task.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS);
      environments.addFirst(used);
      if (answer.length > MOST_BYTES) {
        return error(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size ("
                + MOST_BYTES
                + " bytes).");
      }
      return new Result(new String(answer, StandardCharsets.UTF_8), null);
    } catch (ExecutionException threw) {
      environments.addFirst(used);
      return failed(function, threw.getCause() == null ? threw : threw.getCause());
    } catch (TimeoutException late) {
      // As in Lambda, the environment is thrown away with the invocation in it.
      thread.interrupt();
      var message =
          String.format(
              Locale.ROOT,
              "RequestId: %s Error: Task timed out after %.2f seconds",
              requestId,
              function.timeout().toMillis() / 1000.0);
      log(function, message);
      return error("Sandbox.Timedout", message);
    } catch (InterruptedException stopped) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return error("Runtime.ExitError", "the local run is stopping");
    }
  }

  private Result failed(FunctionResource function, Throwable threw) {
    var printed = new StringBuilder();
    var result = failed(threw, printed);
    boolean answer = expected.contains(threw.getClass().getName());
    log(
        function,
        answer ? printed.toString().lines().findFirst().orElseThrow() : printed.toString());
    return result;
  }

  /**
   * The error document of the Java runtime: the class's full name, its message, its frames.
   *
   * @param printed gets what the runtime logs
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Understanding
   *     Lambda function errors in Java</a>
   */
  public static Result failed(Throwable threw, StringBuilder printed) {
    var type = threw.getClass().getName();
    var message = threw.getLocalizedMessage() == null ? type : threw.getLocalizedMessage();
    var document = JSON.createObjectNode();
    document.put("errorMessage", message).put("errorType", type);
    var frames = document.putArray("stackTrace");
    printed.append(message).append(": ").append(type);
    for (var frame : threw.getStackTrace()) {
      // The runtime's own frames are not part of it.
      if (frame.getClassName().split("\\$", 2)[0].equals(LocalFunctions.class.getName())) {
        break;
      }
      frames.add(frame.toString());
      printed.append("\n\tat ").append(frame);
    }
    if (threw.getCause() != null) {
      printed.append("\nCaused by: ").append(threw.getCause());
    }
    return new Result(document.toString(), "Unhandled");
  }

  /** The error document of an invocation that the runtime or the sandbox has ended. */
  public static Result error(String type, String message) {
    var document = JSON.createObjectNode().put("errorType", type).put("errorMessage", message);
    return new Result(document.toString(), "Unhandled");
  }

  private void log(FunctionResource function, String text) {
    log.add(new FunctionLog.Entry(timeline.instant(), function.logicalId(), text.stripTrailing()));
  }

  /** By name or ARN, whole or partial, with or without version or alias. */
  private FunctionResource find(String function) {
    var name = function;
    int at = name.indexOf("function:");
    if (at >= 0) {
      name = name.substring(at + "function:".length());
    }
    int qualifier = name.indexOf(':');
    var bare = qualifier < 0 ? name : name.substring(0, qualifier);
    var found = byName.get(bare);
    if (found == null) {
      var arn = function.startsWith("arn:") ? function : place.arn("lambda", "function:" + name);
      throw new AwsException("ResourceNotFoundException", 404, "Function not found: " + arn);
    }
    return found;
  }
}
