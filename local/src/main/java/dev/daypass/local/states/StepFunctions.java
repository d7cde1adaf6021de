package dev.daypass.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Agenda;
import dev.daypass.local.lambda.Functions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Step Functions API over machines and executions in memory. Safe for threads. Everything that
 * takes time happens on the {@link Agenda}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html">AWS
 *     Step Functions API Reference</a>
 */
public final class StepFunctions {
  /** "StartExecution": "Names can be reused after 90 days"; closed executions are kept as long. */
  private static final Duration KEPT = Duration.ofDays(90);

  /** What a caller can set on a machine, beside its name, tags and definition: AWS's defaults. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "loggingConfiguration",
          Json.object().put("level", "OFF").put("includeExecutionData", false),
          "tracingConfiguration",
          Json.object().put("enabled", false),
          "encryptionConfiguration",
          Json.object().put("type", "AWS_OWNED_KEY"));

  /** A registered machine; an update replaces it, and what runs goes on with what it started. */
  private record Registered(
      String arn,
      String name,
      String definition,
      Machine machine,
      String roleArn,
      Map<String, JsonNode> configuration,
      JsonNode tags,
      Instant created,
      Instant updated,
      @Nullable String revision,
      boolean deleting) {
    /** One part of the configuration, with AWS's default where nothing is set. */
    JsonNode configuration(String part) {
      return configuration.getOrDefault(part, DEFAULTS.getOrDefault(part, Json.object()));
    }
  }

  private record Checked(String definition, Machine machine) {}

  private static volatile @Nullable Checked lastChecked;

  private record Started(long order, Execution execution, Registered machine) {}

  private final Execution.World world;
  private final String region;
  private final String account;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Registered> machines = new TreeMap<>();
  private final Map<String, Started> executions = new LinkedHashMap<>();
  private long orders;

  /** An endpoint without machines. */
  public StepFunctions(Agenda timeline, Functions functions, String region, String account) {
    this(timeline, functions, region, account, new SecureRandom());
  }

  /** An endpoint whose jitter and {@code $random()} come from {@code random}. */
  public StepFunctions(
      Agenda timeline, Functions functions, String region, String account, RandomGenerator random) {
    this.world = new Execution.World(timeline, functions, random, new TaskTokens(), region);
    this.region = region;
    this.account = account;
  }

  /**
   * Runs one operation.
   *
   * @param operation the part after {@code AWSStepFunctions.} in {@code X-Amz-Target}
   * @param input the body
   * @return the answer's body
   * @throws AwsException the error that AWS would answer with
   */
  public JsonNode handle(String operation, JsonNode input) {
    var call = new Call(input);
    lock.lock();
    // Time waits for the steps that the call takes itself, up to where functions take over.
    try (var work = world.timeline().work()) {
      Objects.requireNonNull(work);
      forgetOld();
      return switch (operation) {
        case "CreateStateMachine" -> createStateMachine(call);
        case "DescribeStateMachine" -> describe(machine(call.arn("stateMachineArn")));
        case "DescribeStateMachineForExecution" -> describeForExecution(call);
        case "UpdateStateMachine" -> updateStateMachine(call);
        case "DeleteStateMachine" -> deleteStateMachine(call);
        case "ListStateMachines" -> listStateMachines(call);
        case "ValidateStateMachineDefinition" -> validate(call);
        case "ListTagsForResource" -> listTags(call);
        case "StartExecution" -> startExecution(call);
        case "DescribeExecution" -> describeExecution(call);
        case "ListExecutions" -> listExecutions(call);
        case "GetExecutionHistory" -> getExecutionHistory(call);
        case "StopExecution" -> stopExecution(call);
        case "SendTaskSuccess" -> sendTaskSuccess(call);
        case "SendTaskFailure" -> sendTaskFailure(call);
        case "SendTaskHeartbeat" -> finishTask(call, Execution.Attempt::beat);
        default ->
            throw new AwsException(
                "UnknownOperationException",
                400,
                "Step Functions here has no operation '" + operation + "'");
      };
    } finally {
      lock.unlock();
    }
  }

  /**
   * Idempotent: the same name with the same definition, type and configuration answers the same;
   * role and tags do not count ("CreateStateMachine").
   */
  private JsonNode createStateMachine(Call call) {
    call.required("name");
    var name = Objects.requireNonNull(call.name());
    var definition = call.required("definition");
    var role = call.arn("roleArn");
    var type = call.optional("type");
    if (type != null && !type.equals("STANDARD")) {
      throw new AwsException(
          "StateMachineTypeNotSupported", 400, "Only the type STANDARD is supported, not " + type);
    }
    if (call.flag("publish", false)) {
      throw Call.invalid("Versions of state machines are not supported: leave 'publish' out");
    }
    var machine = checked(definition);
    var arn = "arn:aws:states:%s:%s:stateMachine:%s".formatted(region, account, name);
    var configuration = configuration(call);
    var existing = machines.get(arn);
    if (existing != null && existing.deleting()) {
      throw deleting(arn);
    }
    if (existing == null) {
      var now = now();
      existing =
          new Registered(
              arn,
              name,
              definition,
              machine,
              role,
              configuration,
              call.input().path("tags").deepCopy(),
              now,
              now,
              null,
              false);
      machines.put(arn, existing);
    } else if (!existing.definition().equals(definition)
        || !existing.configuration().equals(configuration)) {
      throw new AwsException(
          "StateMachineAlreadyExists", 400, "State Machine Already Exists: '" + arn + "'");
    }
    return Json.object()
        .put("stateMachineArn", arn)
        .set("creationDate", Timestamps.wire(existing.created()));
  }

  /** The machine of this text; who registers the one of the last time gets that: it is a value. */
  private static Machine checked(String definition) {
    var last = lastChecked;
    if (last != null && last.definition().equals(definition)) {
      return last.machine();
    }
    var machine = read(definition);
    lastChecked = new Checked(definition, machine);
    return machine;
  }

  private static Machine read(String definition) {
    var findings = DefinitionCheck.findings(definition);
    if (!findings.isEmpty()) {
      throw new AwsException(
          "InvalidDefinition",
          400,
          findings.stream()
              .map(Finding::toString)
              .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'")));
    }
    return Machine.of(definition);
  }

  private static Map<String, JsonNode> configuration(Call call) {
    return DEFAULTS.keySet().stream()
        .filter(c -> call.input().path(c).isObject())
        .collect(Collectors.toUnmodifiableMap(c -> c, c -> call.input().path(c).deepCopy()));
  }

  /** What runs goes on with the definition it started with ("UpdateStateMachine"). */
  private JsonNode updateStateMachine(Call call) {
    var old = machine(call.arn("stateMachineArn"));
    if (old.deleting()) {
      throw deleting(old.arn());
    }
    var definition = call.optional("definition");
    var configuration = configuration(call);
    if (definition == null && call.optional("roleArn") == null && configuration.isEmpty()) {
      throw new AwsException(
          "MissingRequiredParameter",
          400,
          "Either the definition, the role ARN or a configuration must be specified");
    }
    var merged = new LinkedHashMap<>(old.configuration());
    merged.putAll(configuration);
    var revision = UUID.randomUUID().toString();
    var now = now();
    machines.put(
        old.arn(),
        new Registered(
            old.arn(),
            old.name(),
            definition == null ? old.definition() : definition,
            definition == null ? old.machine() : checked(definition),
            call.optional("roleArn") == null ? old.roleArn() : call.arn("roleArn"),
            Map.copyOf(merged),
            old.tags(),
            old.created(),
            now,
            revision,
            false));
    return Json.object().put("revisionId", revision).set("updateDate", Timestamps.wire(now));
  }

  /** What runs is let finish; until then the machine is DELETING ("DeleteStateMachine"). */
  private JsonNode deleteStateMachine(Call call) {
    var arn = call.arn("stateMachineArn");
    machines.computeIfPresent(
        arn,
        (key, m) ->
            new Registered(
                m.arn(),
                m.name(),
                m.definition(),
                m.machine(),
                m.roleArn(),
                m.configuration(),
                m.tags(),
                m.created(),
                m.updated(),
                m.revision(),
                true));
    return Json.object();
  }

  private JsonNode describe(Registered machine) {
    var answer =
        definition(machine)
            .put("name", machine.name())
            .put("type", "STANDARD")
            .put("status", machine.deleting() ? "DELETING" : "ACTIVE");
    answer.set("creationDate", Timestamps.wire(machine.created()));
    return answer;
  }

  private JsonNode describeForExecution(Call call) {
    var machine = started(call.arn("executionArn")).machine();
    var answer = definition(machine).put("name", machine.name());
    answer.set("updateDate", Timestamps.wire(machine.updated()));
    return answer;
  }

  private static ObjectNode definition(Registered machine) {
    var answer =
        Json.object()
            .put("stateMachineArn", machine.arn())
            .put("definition", machine.definition())
            .put("roleArn", machine.roleArn());
    if (machine.revision() != null) {
      answer.put("revisionId", machine.revision());
    }
    DEFAULTS.keySet().forEach(c -> answer.set(c, machine.configuration(c)));
    return answer;
  }

  private JsonNode listStateMachines(Call call) {
    var answer = Json.object();
    var list = answer.putArray("stateMachines");
    var after = call.after("machines");
    long skip = after == null ? 0 : after;
    int size = call.pageSize();
    machines.values().stream()
        .skip(skip)
        .limit(size)
        .forEach(
            m ->
                list.addObject()
                    .put("stateMachineArn", m.arn())
                    .put("name", m.name())
                    .put("type", "STANDARD")
                    .set("creationDate", Timestamps.wire(m.created())));
    if (machines.size() > skip + size) {
      answer.put("nextToken", Call.nextToken("machines", skip + size));
    }
    return answer;
  }

  private static JsonNode validate(Call call) {
    var findings = DefinitionCheck.findings(call.required("definition"));
    var answer =
        Json.object().put("result", findings.isEmpty() ? "OK" : "FAIL").put("truncated", false);
    var list = answer.putArray("diagnostics");
    findings.forEach(
        f ->
            list.addObject()
                .put("severity", "ERROR")
                .put("code", f.code())
                .put("message", f.message())
                .put("location", f.pointer()));
    return answer;
  }

  private JsonNode listTags(Call call) {
    var arn = call.arn("resourceArn");
    var machine = machines.get(arn);
    if (machine == null) {
      throw new AwsException("ResourceNotFound", 400, "Resource not found: '" + arn + "'");
    }
    var answer = Json.object();
    answer.putArray("tags").addAll(tags(machine));
    return answer;
  }

  private static List<JsonNode> tags(Registered machine) {
    var tags = new ArrayList<JsonNode>();
    machine.tags().forEach(tags::add);
    return tags;
  }

  /**
   * Idempotent while the execution of that name runs with the same input; otherwise the name is
   * taken for 90 days after its end ("StartExecution").
   */
  private JsonNode startExecution(Call call) {
    var machineArn = call.arn("stateMachineArn");
    var given = call.name();
    var text = call.optional("input");
    var input = executionInput(text);
    var machine = machine(machineArn);
    if (machine.deleting()) {
      throw deleting(machineArn);
    }
    var name = given == null ? UUID.randomUUID().toString() : given;
    var arn =
        "arn:aws:states:%s:%s:execution:%s:%s".formatted(region, account, machine.name(), name);
    var existing = executions.get(arn);
    if (existing != null) {
      var execution = existing.execution();
      if (execution.status() != Execution.Status.RUNNING
          || !execution.identity().input().equals(text == null ? "{}" : text)) {
        throw new AwsException(
            "ExecutionAlreadyExists", 400, "Execution Already Exists: '" + arn + "'");
      }
      return begun(execution);
    }
    var identity =
        new Execution.Identity(
            arn, name, machineArn, machine.name(), machine.roleArn(), text == null ? "{}" : text);
    var execution = new Execution(world, identity, machine.machine(), input);
    executions.put(arn, new Started(orders++, execution, machine));
    execution.start();
    return begun(execution);
  }

  private static JsonNode executionInput(@Nullable String text) {
    if (text == null) {
      return Json.object();
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > Execution.LARGEST_PAYLOAD) {
      throw tooLong("input");
    }
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new AwsException(
          "InvalidExecutionInput",
          400,
          "Invalid State Machine Execution Input: '" + e.getOriginalMessage() + "'");
    }
  }

  private static JsonNode begun(Execution execution) {
    return Json.object()
        .put("executionArn", execution.identity().arn())
        .set("startDate", Timestamps.wire(execution.startedAt()));
  }

  private JsonNode describeExecution(Call call) {
    var execution = started(call.arn("executionArn")).execution();
    var end = execution.end();
    var answer = summary(execution, end);
    answer.put("input", execution.identity().input());
    answer.putObject("inputDetails").put("included", true);
    if (end != null && end.output() != null) {
      answer.put("output", Json.write(end.output()));
      answer.putObject("outputDetails").put("included", true);
    }
    if (end != null && end.failure() != null) {
      end.failure().describeIn(answer);
    }
    // RedriveExecution does not exist here, so nothing can be redriven.
    answer.put("redriveStatus", "NOT_REDRIVABLE");
    answer.put(
        "redriveStatusReason",
        "Execution is " + answer.path("status").asText() + " and cannot be redriven");
    return answer;
  }

  private static ObjectNode summary(Execution execution, Execution.@Nullable End end) {
    var identity = execution.identity();
    var status = end == null ? Execution.Status.RUNNING : end.status();
    var summary =
        Json.object()
            .put("executionArn", identity.arn())
            .put("stateMachineArn", identity.machineArn())
            .put("name", identity.name())
            .put("status", status.name())
            .put("redriveCount", 0);
    summary.set("startDate", Timestamps.wire(execution.startedAt()));
    if (end != null) {
      summary.set("stopDate", Timestamps.wire(end.at()));
    }
    return summary;
  }

  /** Newest first ("ListExecutions": "Results are sorted by time"). */
  private JsonNode listExecutions(Call call) {
    var arn = machine(call.arn("stateMachineArn")).arn();
    var filter = status(call.optional("statusFilter"));
    var after = call.after("executions");
    int size = call.pageSize();
    var found =
        executions.values().stream()
            .filter(s -> s.machine().arn().equals(arn))
            .filter(s -> after == null || s.order() < after)
            .filter(s -> filter == null || s.execution().status() == filter)
            .toList()
            .reversed();
    var answer = Json.object();
    var list = answer.putArray("executions");
    found.stream().limit(size).forEach(s -> list.add(summary(s.execution(), s.execution().end())));
    if (found.size() > size) {
      answer.put("nextToken", Call.nextToken("executions", found.get(size - 1).order()));
    }
    return answer;
  }

  private static Execution.@Nullable Status status(@Nullable String name) {
    if (name == null || name.equals("PENDING_REDRIVE")) {
      return null;
    }
    return Arrays.stream(Execution.Status.values())
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Call.invalid(
                    "1 validation error detected: Value '"
                        + name
                        + "' at 'statusFilter' failed to satisfy constraint: Member must satisfy"
                        + " enum value set: "
                        + Arrays.toString(Execution.Status.values())));
  }

  private JsonNode getExecutionHistory(Call call) {
    var events = new ArrayList<>(started(call.arn("executionArn")).execution().events());
    var backwards = call.flag("reverseOrder", false);
    var kind = backwards ? "history-back" : "history";
    var after = call.after(kind);
    if (backwards) {
      Collections.reverse(events);
    }
    int size = call.pageSize();
    var rest =
        events.stream()
            .filter(
                e ->
                    after == null
                        || (backwards
                            ? e.path("id").asLong() < after
                            : e.path("id").asLong() > after))
            .toList();
    var answer = Json.object();
    var list = answer.putArray("events");
    rest.stream()
        .limit(size)
        .forEach(e -> list.add(call.flag("includeExecutionData", true) ? e : withoutData(e)));
    if (rest.size() > size) {
      answer.put("nextToken", Call.nextToken(kind, rest.get(size - 1).path("id").asLong()));
    }
    return answer;
  }

  /** The event without inputs and outputs ("GetExecutionHistory": includeExecutionData). */
  private static JsonNode withoutData(ObjectNode event) {
    var copy = event.deepCopy();
    for (var details : copy) {
      if (details instanceof ObjectNode object) {
        object.remove(
            List.of(
                "input",
                "inputDetails",
                "output",
                "outputDetails",
                "parameters",
                "assignedVariables",
                "assignedVariablesDetails"));
      }
    }
    return copy;
  }

  private JsonNode stopExecution(Call call) {
    var stopped =
        started(call.arn("executionArn"))
            .execution()
            .stop(new Failure(call.optional("error"), call.optional("cause")));
    return Json.object().set("stopDate", Timestamps.wire(stopped));
  }

  private JsonNode sendTaskSuccess(Call call) {
    var text = call.required("output");
    if (text.getBytes(StandardCharsets.UTF_8).length > Execution.LARGEST_PAYLOAD) {
      throw tooLong("output");
    }
    JsonNode output;
    try {
      output = Json.read(text);
    } catch (JsonProcessingException e) {
      throw new AwsException(
          "InvalidOutput", 400, "Invalid Output: '" + e.getOriginalMessage() + "'");
    }
    return finishTask(call, attempt -> attempt.succeed(output));
  }

  private JsonNode sendTaskFailure(Call call) {
    var failure = new Failure(call.optional("error"), call.optional("cause"));
    return finishTask(call, attempt -> attempt.fail(failure));
  }

  /**
   * Applies a caller's answer to the task of its token. A task that has ended, for whatever reason,
   * answers TaskTimedOut, as AWS does ("The task token has either expired or the task associated
   * with the token has already been closed"); a token of an earlier local run TaskDoesNotExist;
   * anything else InvalidToken.
   */
  private JsonNode finishTask(Call call, Predicate<Execution.Attempt> answer) {
    var token = call.required("taskToken");
    var attempt = world.tokens().find(token);
    if (attempt == null) {
      throw TaskTokens.isWellFormed(token)
          ? new AwsException("TaskDoesNotExist", 400, "Task does not exist")
          : new AwsException("InvalidToken", 400, "Invalid Token: 'Invalid token'");
    }
    if (!answer.test(attempt)) {
      throw new AwsException(
          "TaskTimedOut", 400, "Task Timed Out: 'Provided task does not exist anymore'");
    }
    return Json.object();
  }

  private Registered machine(String arn) {
    var machine = machines.get(arn);
    if (machine == null) {
      throw new AwsException(
          "StateMachineDoesNotExist", 400, "State Machine Does Not Exist: '" + arn + "'");
    }
    return machine;
  }

  private Started started(String arn) {
    var started = executions.get(arn);
    if (started == null) {
      throw new AwsException(
          "ExecutionDoesNotExist", 400, "Execution Does Not Exist: '" + arn + "'");
    }
    return started;
  }

  private static AwsException deleting(String arn) {
    return new AwsException(
        "StateMachineDeleting", 400, "State Machine is being deleted: '" + arn + "'");
  }

  private static AwsException tooLong(String member) {
    return Call.invalid(
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: Member must have length less than or equal to "
            + Execution.LARGEST_PAYLOAD);
  }

  /** Drops executions that ended 90 days ago and deleted machines that nothing runs on. */
  private void forgetOld() {
    var oldest = now().minus(KEPT);
    executions
        .values()
        .removeIf(
            s -> {
              var end = s.execution().end();
              return end != null && !end.at().isAfter(oldest);
            });
    machines
        .values()
        .removeIf(
            m ->
                m.deleting()
                    && executions.values().stream()
                        .noneMatch(
                            s ->
                                s.machine().arn().equals(m.arn())
                                    && s.execution().status() == Execution.Status.RUNNING));
  }

  private Instant now() {
    return world.timeline().instant();
  }
}
