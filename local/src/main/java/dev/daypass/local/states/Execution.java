package dev.daypass.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Agenda;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.states.State.Exit;
import dev.daypass.local.states.State.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a machine. Its steps happen one at a time, under its lock; functions run outside it.
 */
final class Execution {
  /**
   * The largest input or result of a task, a state or an execution, in bytes of UTF-8: "Quotas
   * related to state machine executions" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
   */
  static final int LARGEST_PAYLOAD = 262_144;

  /** "Maximum execution time" of the same page: one year, then the execution has timed out. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final long LONGEST_SECONDS = 99_999_999;

  /** The status as the API names it. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  /** What executions share. */
  record World(
      Agenda timeline,
      Functions functions,
      RandomGenerator random,
      TaskTokens tokens,
      String region) {}

  /**
   * What an execution is called.
   *
   * @param input as the caller wrote it
   */
  record Identity(
      String arn,
      String name,
      String machineArn,
      String machineName,
      String roleArn,
      String input) {}

  /** How it ended. */
  record End(Status status, Instant at, @Nullable JsonNode output, @Nullable Failure failure) {}

  private record Transition(String state, JsonNode input) {}

  /** One entry into one state, with all its retries. */
  private static final class Visit {
    final String name;
    final JsonNode input;
    final Instant entered;
    final long enteredEvent;
    final Map<State.Retrier, Integer> tries = new HashMap<>();
    int retries;
    @Nullable Attempt attempt;

    Visit(String name, JsonNode input, Instant entered, long enteredEvent) {
      this.name = name;
      this.input = input;
      this.entered = entered;
      this.enteredEvent = enteredEvent;
    }
  }

  /** One try of a task; open until it has an answer, its time is up, or the execution ends. */
  final class Attempt {
    private final Visit visit;
    private final State.Task task;
    private final @Nullable String token;
    private long heartbeatSeconds;
    private Agenda.@Nullable Due timeout;
    private Agenda.@Nullable Due heartbeat;
    private boolean closed;

    private Attempt(Visit visit, State.Task task) {
      this.visit = visit;
      this.task = task;
      this.token = task.waitsForToken() ? world.tokens().open(this) : null;
    }

    private void close() {
      closed = true;
      cancel(timeout);
      cancel(heartbeat);
    }

    /** Ends the task with this result; false if it is no longer open. */
    boolean succeed(JsonNode result) {
      return answer(() -> succeeded(this, result));
    }

    /** Ends the task with this error; false if it is no longer open. */
    boolean fail(Failure failure) {
      return answer(() -> taskFailed(this, failure));
    }

    /** Starts the wait for the next heartbeat; false if the task is no longer open. */
    boolean beat() {
      return answer(
          () -> {
            expectHeartbeat(this);
            return null;
          });
    }

    private boolean answer(Supplier<@Nullable Transition> step) {
      lock.lock();
      try {
        if (closed) {
          return false;
        }
        drive(step);
        return true;
      } finally {
        lock.unlock();
      }
    }
  }

  private final World world;
  private final Identity identity;
  private final Machine machine;
  private final JsonNode input;
  private final Instant start;
  private final ReentrantLock lock = new ReentrantLock();
  private final History history = new History();
  private final Map<String, JsonNode> variables = new HashMap<>();
  private Agenda.@Nullable Due limit;
  private Agenda.@Nullable Due waiting;
  private @Nullable Visit current;
  private @Nullable End end;

  Execution(World world, Identity identity, Machine machine, JsonNode input) {
    this.world = world;
    this.identity = identity;
    this.machine = machine;
    this.input = input;
    this.start = now();
    history.add(
        start,
        "ExecutionStarted",
        "executionStartedEventDetails",
        data("input", identity.input()).put("roleArn", identity.roleArn()));
  }

  /** Begins with the first state, on a thread of the timeline. */
  void start() {
    lock.lock();
    try {
      var seconds = machine.timeoutSeconds();
      var most = seconds == null ? LONGEST : Duration.ofSeconds(seconds);
      limit =
          world
              .timeline()
              .at(start.plus(most.compareTo(LONGEST) < 0 ? most : LONGEST), this::timeOut);
    } finally {
      lock.unlock();
    }
    world.timeline().run(() -> drive(() -> new Transition(machine.startAt(), input)));
  }

  Identity identity() {
    return identity;
  }

  Instant startedAt() {
    return start;
  }

  Status status() {
    var ended = end();
    return ended == null ? Status.RUNNING : ended.status();
  }

  /** How it ended, or null while it runs. */
  @Nullable End end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** The events so far, oldest first. */
  List<ObjectNode> events() {
    lock.lock();
    try {
      return history.events();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it from outside; answers when it ended, which may be earlier. */
  Instant stop(Failure reason) {
    lock.lock();
    try {
      var ended = end;
      if (ended == null) {
        ended = new End(Status.ABORTED, now(), null, reason);
        finish(ended);
        var details = Json.object();
        reason.describeIn(details);
        history.closeBeside(now(), "ExecutionAborted", "executionAbortedEventDetails", details);
      }
      return ended.at();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it when the workflow's own TimeoutSeconds are over. The event alone names the error:
   * "States.Timeout" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  private void timeOut() {
    lock.lock();
    try {
      if (end == null) {
        finish(new End(Status.TIMED_OUT, now(), null, null));
        history.closeBeside(
            now(),
            "ExecutionTimedOut",
            "executionTimedOutEventDetails",
            Json.object().put("error", Failure.TIMEOUT));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a step and those that follow at once, unless the execution has ended. */
  private void drive(Supplier<@Nullable Transition> step) {
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      try {
        var next = step.get();
        while (next != null) {
          next = enter(next);
        }
      } catch (StateFailed e) {
        fail(e.failure());
      } catch (RuntimeException | StackOverflowError e) {
        // A fault of this interpreter must not leave an execution that runs for ever.
        fail(new Failure(Failure.RUNTIME, "The local interpreter failed: " + e));
      }
    } finally {
      lock.unlock();
    }
  }

  private void fail(Failure failure) {
    var details = Json.object();
    failure.describeIn(details);
    finish(new End(Status.FAILED, now(), null, failure));
    history.close(now(), "ExecutionFailed", "executionFailedEventDetails", details);
  }

  private void finish(End how) {
    end = how;
    cancel(limit);
    cancel(waiting);
    if (current != null && current.attempt != null) {
      current.attempt.close();
    }
    current = null;
  }

  private @Nullable Transition enter(Transition transition) {
    var state = machine.states().get(transition.state());
    if (state == null) {
      throw new IllegalStateException("there is no state " + transition.state());
    }
    var now = now();
    var event =
        history.enter(
            now,
            state.getClass().getSimpleName() + "StateEntered",
            data("input", Json.write(transition.input())).put("name", transition.state()));
    var visit = new Visit(transition.state(), transition.input(), now, event);
    current = visit;
    return switch (state) {
      case State.Pass pass ->
          leave(visit, state, scope(visit), pass.exit(), visit.input, pass.next());
      case State.Succeed succeed ->
          leave(visit, state, scope(visit), succeed.exit(), visit.input, null);
      case State.Fail fail ->
          throw new StateFailed(
              new Failure(text(visit, fail.error(), "Error"), text(visit, fail.cause(), "Cause")));
      case State.Choice choice -> choose(visit, choice);
      case State.Wait wait -> pause(visit, wait);
      case State.Task task -> attempt(visit, task);
    };
  }

  private @Nullable String text(Visit visit, @Nullable Template template, String field) {
    if (template == null) {
      return null;
    }
    var value = evaluate(visit, scope(visit), template, field);
    if (!value.isTextual()) {
      throw wrongType(visit, template, field, "string", value);
    }
    return value.asText();
  }

  private @Nullable Transition choose(Visit visit, State.Choice choice) {
    var scope = scope(visit);
    for (int i = 0; i < choice.rules().size(); i++) {
      var rule = choice.rules().get(i);
      var field = "Choices/" + i + "/Condition";
      var value = evaluate(visit, scope, rule.condition(), field);
      if (!value.isBoolean()) {
        throw wrongType(visit, rule.condition(), field, "boolean", value);
      }
      if (value.asBoolean()) {
        return leave(visit, choice, scope, rule.exit(), visit.input, rule.next());
      }
    }
    if (choice.otherwise() == null) {
      // "Choice workflow state": without a match and a Default, the state machine throws an error
      // "due to a failure to transition out of the state".
      throw new StateFailed(
          new Failure(
              Failure.RUNTIME,
              prefix(visit)
                  + "Failed to transition out of the state. The state does not point to a next"
                  + " state."));
    }
    return leave(visit, choice, scope, choice.exit(), visit.input, choice.otherwise());
  }

  private @Nullable Transition pause(Visit visit, State.Wait wait) {
    Instant until;
    if (wait.seconds() != null) {
      until = visit.entered.plusSeconds(seconds(visit, scope(visit), wait.seconds(), "Seconds", 0));
    } else {
      var template = wait.timestamp();
      if (template == null) {
        throw new IllegalStateException("a Wait state has Seconds or Timestamp");
      }
      var value = evaluate(visit, scope(visit), template, "Timestamp");
      var instant = Timestamps.parse(value);
      if (instant == null) {
        throw wrongType(visit, template, "Timestamp", "ISO-8601 time with its offset", value);
      }
      until = instant;
    }
    if (!until.isAfter(now())) {
      return leave(visit, wait, scope(visit), wait.exit(), visit.input, wait.next());
    }
    waiting =
        world
            .timeline()
            .at(
                until,
                () ->
                    drive(
                        () ->
                            current == visit
                                ? leave(
                                    visit,
                                    wait,
                                    scope(visit),
                                    wait.exit(),
                                    visit.input,
                                    wait.next())
                                : null));
    return null;
  }

  /**
   * Starts a task. Arguments and times are evaluated for every attempt, each with its own token.
   * The time runs from here, and for a task that waits for its token it is the whole wait:
   * "TimeoutSeconds" of https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html and
   * "Wait for a Callback with Task Token" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
   */
  private @Nullable Transition attempt(Visit visit, State.Task task) {
    var attempt = new Attempt(visit, task);
    visit.attempt = attempt;
    String function;
    JsonNode payload;
    var scheduled = lambda(task);
    long timeout = 0;
    try {
      var scope = scope(visit);
      var arguments = evaluate(visit, scope, task.arguments(), "Arguments");
      checkSize(arguments, visit.name);
      function = functionName(visit, arguments);
      payload = arguments.path("Payload");
      if (task.timeoutSeconds() != null) {
        timeout = seconds(visit, scope, task.timeoutSeconds(), "TimeoutSeconds", 1);
        scheduled.put("timeoutInSeconds", timeout);
      }
      if (task.heartbeatSeconds() != null) {
        attempt.heartbeatSeconds =
            seconds(visit, scope, task.heartbeatSeconds(), "HeartbeatSeconds", 1);
        scheduled.put("heartbeatInSeconds", attempt.heartbeatSeconds);
      }
      scheduled.put("region", world.region()).put("parameters", Json.write(arguments));
    } catch (StateFailed e) {
      attempt.close();
      return failed(visit, task, e.failure());
    }
    history.add(now(), "TaskScheduled", "taskScheduledEventDetails", scheduled);
    history.add(now(), "TaskStarted", "taskStartedEventDetails", lambda(task));
    if (timeout > 0) {
      attempt.timeout = later(timeout, () -> timedOut(attempt, Failure.timeout()));
    }
    expectHeartbeat(attempt);
    // Without a payload Lambda hands the function an empty object.
    var event = payload.isMissingNode() ? "{}" : Json.write(payload);
    world.timeline().run(() -> invoke(attempt, function, event));
    return null;
  }

  private Agenda.Due later(long seconds, Supplier<@Nullable Transition> step) {
    return world.timeline().at(now().plusSeconds(seconds), () -> drive(step));
  }

  private void expectHeartbeat(Attempt attempt) {
    cancel(attempt.heartbeat);
    if (attempt.heartbeatSeconds > 0) {
      attempt.heartbeat =
          later(attempt.heartbeatSeconds, () -> timedOut(attempt, Failure.missedHeartbeat()));
    }
  }

  /**
   * The function to invoke; FunctionName and Payload are all that is supported of
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   */
  private static String functionName(Visit visit, JsonNode arguments) {
    var unknown =
        arguments.properties().stream()
            .map(Map.Entry::getKey)
            .filter(f -> !f.equals("FunctionName") && !f.equals("Payload"))
            .toList();
    var name = arguments.path("FunctionName");
    if (name.isTextual() && unknown.isEmpty()) {
      return name.asText();
    }
    throw new StateFailed(
        new Failure(
            Failure.RUNTIME,
            prefix(visit)
                + "The Parameters '"
                + Json.write(arguments)
                + "' could not be used to start the Task: ["
                + (unknown.isEmpty()
                    ? "The field 'FunctionName' is required but was missing"
                    : "The fields " + unknown + " are not supported")
                + "]"));
  }

  private void invoke(Attempt attempt, String function, String payload) {
    Functions.Result result;
    try {
      result = world.functions().invoke(function, payload);
    } catch (AwsException e) {
      // Errors of the service are named Lambda.…: "Handle transient Lambda service exceptions" of
      // https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
      var cause =
          "%s (Service: AWSLambda; Status Code: %d; Error Code: %s)"
              .formatted(e.getMessage(), e.status(), e.type());
      returned(attempt, () -> taskFailed(attempt, new Failure("Lambda." + e.type(), cause)));
      return;
    } catch (RuntimeException | Error e) {
      // Whatever it was, an execution must not wait for a function that is gone.
      returned(
          attempt, () -> taskFailed(attempt, new Failure("Lambda.Unknown", String.valueOf(e))));
      return;
    }
    if (result.functionError() != null) {
      returned(attempt, () -> taskFailed(attempt, functionError(result.payload())));
    } else if (attempt.task.waitsForToken()) {
      returned(attempt, () -> submitted(attempt, answer(result.payload())));
    } else {
      returned(attempt, () -> succeeded(attempt, answer(result.payload())));
    }
  }

  /** Takes what a function returned, unless the task has ended meanwhile: then it is ignored. */
  private void returned(Attempt attempt, Supplier<@Nullable Transition> step) {
    drive(() -> attempt.closed ? null : step.get());
  }

  /**
   * The function's error becomes the task's: its errorType the name, its document the cause. What
   * has no type is Lambda.Unknown: "Error names" of
   * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  private static Failure functionError(String document) {
    var type = parse(document).path("errorType");
    return type.isTextual()
        ? new Failure(type.asText(), document)
        : new Failure(
            "Lambda.Unknown",
            "The cause could not be determined because Lambda did not return an error type."
                + " Returned payload: "
                + document);
  }

  /**
   * The result of lambda:invoke, without the metadata of the HTTP answer:
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
   */
  private static JsonNode answer(String payload) {
    var answer = Json.object().put("ExecutedVersion", "$LATEST");
    answer.set("Payload", parse(payload));
    return answer.put("StatusCode", 200);
  }

  private static JsonNode parse(String text) {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private @Nullable Transition submitted(Attempt attempt, JsonNode answer) {
    var details = lambda(attempt.task);
    details.setAll(data("output", Json.write(answer)));
    history.add(now(), "TaskSubmitted", "taskSubmittedEventDetails", details);
    return null;
  }

  private @Nullable Transition succeeded(Attempt attempt, JsonNode result) {
    if (Json.size(result) > LARGEST_PAYLOAD) {
      return taskFailed(attempt, Failure.tooLarge("lambda"));
    }
    attempt.close();
    var task = attempt.task;
    var details = lambda(task);
    details.setAll(data("output", Json.write(result)));
    history.add(now(), "TaskSucceeded", "taskSucceededEventDetails", details);
    try {
      var scope = scope(attempt.visit, "result", result);
      return leave(attempt.visit, task, scope, task.exit(), result, task.next());
    } catch (StateFailed e) {
      return failed(attempt.visit, task, e.failure());
    }
  }

  private @Nullable Transition taskFailed(Attempt attempt, Failure failure) {
    return ended(attempt, "TaskFailed", "taskFailedEventDetails", failure);
  }

  private @Nullable Transition timedOut(Attempt attempt, Failure failure) {
    return attempt.closed
        ? null
        : ended(attempt, "TaskTimedOut", "taskTimedOutEventDetails", failure);
  }

  private @Nullable Transition ended(Attempt attempt, String type, String member, Failure failure) {
    attempt.close();
    var details = lambda(attempt.task);
    failure.describeIn(details);
    history.add(now(), type, member, details);
    return failed(attempt.visit, attempt.task, failure);
  }

  /**
   * Retries, else catches, else fails. Only the first retrier that matches counts, and its count
   * lasts as long as the visit ("Retrying after an error", example 4).
   */
  private @Nullable Transition failed(Visit visit, State.Task task, Failure failure) {
    for (var retrier : task.retry()) {
      if (failure.isMatchedBy(retrier.errorEquals())) {
        int tries = visit.tries.getOrDefault(retrier, 0);
        if (tries < retrier.maxAttempts()) {
          visit.tries.put(retrier, tries + 1);
          visit.retries++;
          waiting =
              world
                  .timeline()
                  .at(
                      now().plus(delay(retrier, tries)),
                      () -> drive(() -> current == visit ? attempt(visit, task) : null));
          return null;
        }
        break;
      }
    }
    for (int i = 0; i < task.catchers().size(); i++) {
      var catcher = task.catchers().get(i);
      if (failure.isMatchedBy(catcher.errorEquals())) {
        var output = failure.output();
        return leave(
            visit,
            task,
            scope(visit, "errorOutput", output),
            catcher.exit(),
            output,
            catcher.next(),
            "Catch/" + i + "/");
      }
    }
    throw new StateFailed(failure);
  }

  private Duration delay(State.Retrier retrier, int tries) {
    double seconds = retrier.interval() * Math.pow(retrier.backoffRate(), tries);
    if (retrier.maxDelay() != null) {
      seconds = Math.min(seconds, retrier.maxDelay());
    }
    // Longer than any execution is long enough; so the sum below cannot overflow.
    long millis = (long) Math.min(seconds * 1000, LONGEST.toMillis() * 2.0);
    return Duration.ofMillis(retrier.fullJitter() ? world.random().nextLong(millis + 1) : millis);
  }

  private @Nullable Transition leave(
      Visit visit, State state, Scope scope, Exit exit, JsonNode result, @Nullable String next) {
    return leave(visit, state, scope, exit, result, next, "");
  }

  /**
   * Leaves a state. Assign and Output are evaluated with the variables as they were on entry, and
   * assigned afterwards ("Passing data between states with variables").
   */
  private @Nullable Transition leave(
      Visit visit,
      State state,
      Scope scope,
      Exit exit,
      JsonNode result,
      @Nullable String next,
      String fields) {
    var output =
        exit.output() == null ? result : evaluate(visit, scope, exit.output(), fields + "Output");
    checkSize(output, visit.name);
    var details = data("output", Json.write(output)).put("name", visit.name);
    if (exit.assign() != null) {
      var assigned = evaluate(visit, scope, exit.assign(), fields + "Assign");
      checkSize(assigned, visit.name);
      var shown = details.putObject("assignedVariables");
      for (var entry : assigned.properties()) {
        shown.put(entry.getKey(), Json.write(entry.getValue()));
        variables.put(entry.getKey(), entry.getValue());
      }
      details.putObject("assignedVariablesDetails").put("truncated", false);
    }
    history.add(
        now(),
        state.getClass().getSimpleName() + "StateExited",
        "stateExitedEventDetails",
        details);
    if (next != null) {
      return new Transition(next, output);
    }
    finish(new End(Status.SUCCEEDED, now(), output, null));
    history.close(
        now(),
        "ExecutionSucceeded",
        "executionSucceededEventDetails",
        data("output", Json.write(output)));
    return null;
  }

  private static void checkSize(JsonNode payload, String name) {
    if (Json.size(payload) > LARGEST_PAYLOAD) {
      throw new StateFailed(Failure.tooLarge(name));
    }
  }

  private JsonNode evaluate(Visit visit, Scope scope, Template template, String field) {
    try {
      return scope.evaluate(template, field);
    } catch (Scope.QueryFailed e) {
      throw queryFailed(visit, e.location(), String.valueOf(e.getMessage()));
    }
  }

  private StateFailed queryFailed(Visit visit, String location, String message) {
    var failure = new Failure(Failure.QUERY_EVALUATION_ERROR, prefix(visit) + message);
    var details = Json.object().put("location", location).put("state", visit.name);
    failure.describeIn(details);
    history.addBeside(now(), "EvaluationFailed", "evaluationFailedEventDetails", details);
    return new StateFailed(failure);
  }

  private StateFailed wrongType(
      Visit visit, Template template, String field, String expected, JsonNode value) {
    return queryFailed(
        visit,
        field,
        "The JSONata expression '%s' specified for the field '%s' returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
            .formatted(
                Expression.isExpression(template.source().asText())
                    ? Expression.in(template.source().asText()).text()
                    : template.source().asText(),
                field,
                expected,
                value.getNodeType().name().toLowerCase(Locale.ROOT),
                value));
  }

  private long seconds(Visit visit, Scope scope, Template template, String field, long least) {
    var value = evaluate(visit, scope, template, field);
    if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > LONGEST_SECONDS) {
      throw wrongType(
          visit, template, field, "whole number from " + least + " to " + LONGEST_SECONDS, value);
    }
    return value.asLong();
  }

  private static String prefix(Visit visit) {
    return "An error occurred while executing the state '%s' (entered at the event id #%d). "
        .formatted(visit.name, visit.enteredEvent);
  }

  private Scope scope(Visit visit) {
    var states = Json.object();
    states.set("input", visit.input);
    states.set("context", context(visit));
    return new Scope(states, Map.copyOf(variables), now(), world.random());
  }

  private Scope scope(Visit visit, String name, JsonNode value) {
    var scope = scope(visit);
    scope.states().set(name, value);
    return scope;
  }

  /**
   * The context object.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">Accessing
   *     execution data from the Context object in Step Functions</a>
   */
  private ObjectNode context(Visit visit) {
    var context = Json.object();
    var execution = context.putObject("Execution");
    execution.put("Id", identity.arn());
    execution.set("Input", input);
    execution.put("Name", identity.name());
    execution.put("RoleArn", identity.roleArn());
    execution.put("StartTime", start.toString());
    execution.put("RedriveCount", 0);
    var state = context.putObject("State");
    state.put("EnteredTime", visit.entered.toString());
    state.put("Name", visit.name);
    if (visit.attempt != null) {
      state.put("RetryCount", visit.retries);
    }
    context
        .putObject("StateMachine")
        .put("Id", identity.machineArn())
        .put("Name", identity.machineName());
    if (visit.attempt != null && visit.attempt.token != null) {
      context.putObject("Task").put("Token", visit.attempt.token);
    }
    return context;
  }

  private static ObjectNode lambda(State.Task task) {
    return Json.object().put("resourceType", "lambda").put("resource", task.action());
  }

  /** A payload in an event, with the note that it is whole. */
  private static ObjectNode data(String name, String json) {
    var node = Json.object().put(name, json);
    node.putObject(name + "Details").put("truncated", false);
    return node;
  }

  private Instant now() {
    return world.timeline().instant();
  }

  private static void cancel(Agenda.@Nullable Due due) {
    if (due != null) {
      due.cancel();
    }
  }
}
