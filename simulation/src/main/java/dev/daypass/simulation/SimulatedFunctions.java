package dev.daypass.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.Outside;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.lambda.LambdaContext;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.template.FunctionResource;
import dev.daypass.local.template.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The real functions, each in an execution environment of its own that is used again, cut off in
 * time and thrown away when it is killed. They run in the strand of whoever invokes them.
 */
final class SimulatedFunctions implements Functions {
  /** A line that a function logged. */
  record Line(Instant at, String function, String text) {}

  private final Map<String, FunctionResource> byName = new HashMap<>();
  private final Map<String, Deque<RequestStreamHandler>> idle = new HashMap<>();
  private final Map<String, Duration> skews = new HashMap<>();
  private final Map<String, String> common;
  private final Clockwork clockwork;
  private final Outside outside;
  private final long seed;
  private final List<Line> log = new ArrayList<>();
  private int environments;
  private int invocations;

  /**
   * @param common variables that every function gets besides its own
   */
  SimulatedFunctions(
      Collection<FunctionResource> functions,
      Map<String, String> common,
      Clockwork clockwork,
      Outside outside,
      List<Fault> faults,
      long seed) {
    for (var function : functions) {
      byName.put(function.name(), function);
      byName.put(function.logicalId(), function);
    }
    for (var fault : faults) {
      if (fault instanceof Fault.Skewed(var function, var ahead)) {
        skews.put(function, ahead);
      }
    }
    this.common = Map.copyOf(common);
    this.clockwork = clockwork;
    this.outside = outside;
    this.seed = seed;
  }

  /** What the functions logged. */
  List<Line> log() {
    return List.copyOf(log);
  }

  @Override
  public Result invoke(String function, String payload) {
    var resource = find(function);
    var started = clockwork.instant();
    var skew = skews.getOrDefault(resource.logicalId(), Duration.ZERO);
    var invocation =
        new Invocation(++invocations, resource.logicalId(), started.plus(resource.timeout()), skew);
    var stack = clockwork.strand().invocations;
    stack.addFirst(invocation);
    try {
      return run(resource, payload, invocation);
    } catch (Invocation.Killed killed) {
      log.add(
          new Line(
              clockwork.instant(), resource.logicalId(), killed.late ? "timed out" : "killed"));
      return killed.late
          ? LocalFunctions.error("Sandbox.Timedout", "Task timed out after " + resource.timeout())
          : LocalFunctions.error("Runtime.ExitError", "RequestId: any Error: Runtime exited");
    } finally {
      stack.remove(invocation);
    }
  }

  private Result run(FunctionResource resource, String payload, Invocation invocation) {
    var warm = idle.computeIfAbsent(resource.logicalId(), any -> new ArrayDeque<>());
    var handler = warm.isEmpty() ? handler(resource) : warm.pollFirst();
    var output = new ByteArrayOutputStream();
    var context =
        new LambdaContext(
            resource,
            "%08d-0000-4000-8000-000000000000".formatted(invocation.number()),
            Place.LOCAL.arn("lambda", "function:" + resource.name()),
            "$LATEST",
            () -> (int) Duration.between(clockwork.instant(), invocation.deadline()).toMillis(),
            text ->
                log.add(new Line(clockwork.instant(), resource.logicalId(), text.stripTrailing())));
    Result result;
    try {
      handler.handleRequest(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), output, context);
      result = new Result(output.toString(StandardCharsets.UTF_8), null);
    } catch (IOException | RuntimeException threw) {
      result = failed(resource, threw);
    }
    if (invocation.isDead()) {
      // What it did while it unwound is nobody's.
      throw invocation.kill(false);
    }
    warm.addFirst(handler);
    return result;
  }

  private Result failed(FunctionResource resource, Exception threw) {
    var printed = new StringBuilder();
    var result = LocalFunctions.failed(threw, printed);
    log.add(new Line(clockwork.instant(), resource.logicalId(), printed.toString()));
    return result;
  }

  private RequestStreamHandler handler(FunctionResource resource) {
    var environment = new LinkedHashMap<>(resource.environment());
    environment.putAll(common);
    environment.put("AWS_REGION", Place.LOCAL.region());
    var skew = skews.getOrDefault(resource.logicalId(), Duration.ZERO);
    var app =
        new App(
            environment,
            () -> clockwork.instant().plus(skew),
            new Random(seed * 1_000 + environments++),
            outside);
    try {
      return Class.forName(resource.handler())
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(App.class)
          .newInstance(app);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(resource.handler() + " cannot be made", impossible);
    }
  }

  private FunctionResource find(String function) {
    int at = function.indexOf("function:");
    var name = at < 0 ? function : function.substring(at + "function:".length());
    var found = byName.get(name.split(":", 2)[0]);
    if (found == null) {
      throw new AwsException("ResourceNotFoundException", 404, "Function not found: " + function);
    }
    return found;
  }
}
