package dev.daypass.grant;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.App;
import dev.daypass.local.lambda.AppHandlers;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.secrets.LocalSecrets;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.ses.Mail;
import dev.daypass.local.states.StepFunctions;
import dev.daypass.local.template.Place;
import dev.daypass.store.LocalTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the sweep finds around it: the workflow with its functions, the mail system, the secrets;
 * all real, over HTTP. Two things are missing on purpose: the streams, so that nobody tells the
 * workflow what was written, and the schedule, so that a test says when the sweep goes.
 */
public final class Workplace implements BeforeEachCallback, AfterEachCallback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalTables tables;
  private final Crm crm;
  private final LocalFunctions functions;
  private final String machine;
  private LocalSecrets secrets;
  private LocalSes ses;
  private StepFunctions states;

  public Workplace(LocalTables tables, Crm crm) {
    this.tables = tables;
    this.crm = crm;
    var template = tables.template();
    functions =
        new LocalFunctions(
            template.functions().values(),
            Map.of(
                "AWS_ENDPOINT_URL",
                tables.awsUrl().toString(),
                "AWS_ACCESS_KEY_ID",
                "any",
                "AWS_SECRET_ACCESS_KEY",
                "any"),
            tables.timeline(),
            Place.LOCAL,
            new AppHandlers(tables.timeline(), new Random(1)));
    machine = template.stateMachine("AccessMachine").arn();
    secrets = new LocalSecrets(tables.timeline());
    ses = new LocalSes(tables.timeline());
    states = statesOf(functions);
    tables.aws().json("AWSStepFunctions", (operation, input) -> states.handle(operation, input));
    tables.aws().json("secretsmanager", (operation, input) -> secrets.handle(operation, input));
    tables.aws().path("/v2/email", exchange -> ses.api().handle(exchange));
  }

  private StepFunctions statesOf(LocalFunctions all) {
    return new StepFunctions(
        tables.timeline(), all, Place.LOCAL.region(), Place.LOCAL.account(), new Random(1));
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    ses = new LocalSes(tables.timeline());
    secrets = new LocalSecrets(tables.timeline());
    secrets.put("daypass/crm", crm.secret());
    states = statesOf(functions);
    var definition = tables.template().stateMachine("AccessMachine");
    states.handle(
        "CreateStateMachine",
        JSON.createObjectNode()
            .put("name", definition.name())
            .put("definition", definition.definition())
            .put("roleArn", "arn:aws:iam::" + Place.LOCAL.account() + ":role/any"));
  }

  /** Nothing of one test goes on in the next. */
  @Override
  public void afterEach(ExtensionContext test) {
    running().forEach(this::stop);
    settle();
  }

  /** What a function is built from, new each time: {@code SweepFunction}. */
  public App app(String function) {
    return new App(functions.environment(function), tables.timeline(), new Random());
  }

  /** The sweep as its function builds it. */
  public Sweep sweep() {
    return app("SweepFunction").sweep();
  }

  /** One go of the sweep, with all the time it wants. */
  public Swept swept() {
    var lines = new CopyOnWriteArrayList<String>();
    var report = sweep().run(() -> false, lines::add);
    return new Swept(report, lines);
  }

  /** A go of the sweep and what it logged. */
  public record Swept(Sweep.Report report, List<String> lines) {
    public Swept {
      lines = List.copyOf(lines);
    }
  }

  /** Starts a run and waits until it waits. */
  public void start(String request, int run) {
    states.handle(
        "StartExecution",
        JSON.createObjectNode()
            .put("stateMachineArn", machine)
            .put("name", request + "-" + run)
            .put("input", "{\"requestId\":\"%s\",\"run\":%d}".formatted(request, run)));
    settle();
  }

  /** Lets a run die. */
  public void kill(String request, int run) {
    stop(machine.replace(":stateMachine:", ":execution:") + ":" + request + "-" + run);
  }

  private void stop(String execution) {
    states.handle("StopExecution", JSON.createObjectNode().put("executionArn", execution));
  }

  private List<String> running() {
    var found = new ArrayList<String>();
    states
        .handle(
            "ListExecutions",
            JSON.createObjectNode().put("stateMachineArn", machine).put("statusFilter", "RUNNING"))
        .path("executions")
        .forEach(each -> found.add(each.path("executionArn").asText()));
    return found;
  }

  /** The states that a run has entered, in order. */
  public List<String> entered(String request, int run) {
    var found = new ArrayList<String>();
    states
        .handle(
            "GetExecutionHistory",
            JSON.createObjectNode()
                .put(
                    "executionArn",
                    machine.replace(":stateMachine:", ":execution:") + ":" + request + "-" + run)
                .put("maxResults", 1000))
        .path("events")
        .forEach(
            event -> {
              if (event.path("type").asText().endsWith("StateEntered")) {
                found.add(event.path("stateEnteredEventDetails").path("name").asText());
              }
            });
    return found;
  }

  /** All runs and how they are, oldest first. */
  public List<String> runs() {
    var found = new ArrayList<String>();
    states
        .handle("ListExecutions", JSON.createObjectNode().put("stateMachineArn", machine))
        .path("executions")
        .forEach(
            each -> found.add(each.path("name").asText() + " " + each.path("status").asText()));
    return found.reversed();
  }

  /** Waits until the workflow rests. */
  public void settle() {
    tables.advance(Duration.ZERO);
  }

  /** The mail system. */
  public LocalSes ses() {
    return ses;
  }

  /** What mails a person got, by subject. */
  public List<String> subjectsTo(String person) {
    return ses.mails().stream().filter(mail -> mail.isFor(person)).map(Mail::subject).toList();
  }

  /** Another SCIM target under this name. */
  public void connection(String name, String url, String token) {
    secrets.put(name, "{\"url\":\"%s\",\"token\":\"%s\"}".formatted(url, token));
  }

  /** What the functions have logged. */
  public List<String> log(String function) {
    return functions.log().of(function);
  }
}
