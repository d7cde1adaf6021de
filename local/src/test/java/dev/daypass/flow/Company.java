package dev.daypass.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Act;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Life;
import dev.daypass.access.RequestId;
import dev.daypass.access.Status;
import dev.daypass.access.Submission;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.s3.LocalS3;
import dev.daypass.local.ses.Mail;
import dev.daypass.runbook.Ask;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.store.Grants;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.store.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The sample company with Daypass running in it, and what one can find out from outside. */
public final class Company implements AutoCloseable {
  public static final String AMARA = "amara.okafor@example.com";
  public static final String DIEGO = "diego.ramirez@example.com";
  public static final String MEI_LING = "mei-ling.chen@example.com";
  public static final String LENA = "lena.fischer@example.com";
  public static final String PRIYA = "priya.nair@example.com";
  public static final String TOMASZ = "tomasz.kowalski@example.com";
  public static final String JOANA = "joana.silva@example.com";
  public static final String HENRIK = "henrik.larsen@example.com";
  public static final String GRACE = "grace.mwangi@example.com";
  public static final String SOFIA = "sofia.rossi@example.com";
  public static final String YUKI = "yuki.tanaka@example.com";
  public static final String OMAR = "omar.farouk@example.com";
  public static final String INGRID = "ingrid.solberg@example.com";
  public static final String NOOR = "noor.haddad@example.com";

  /** An administrator, who may see and end everything. */
  public static final String RUTH = "ruth.adeyemi@example.com";

  public static final String ELENA = "elena.petrova@example.com";

  private static final Pattern CODE = Pattern.compile("(?m)^\\s*Code: (\\d{6})$");
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalDaypass daypass;
  private final SfnClient workflow;
  private final DynamoDbClient dynamo;
  private final List<String> asked = new ArrayList<>();

  private Company(LocalDaypass daypass) {
    this.daypass = daypass;
    this.workflow =
        SfnClient.builder()
            .endpointOverride(URI.create(daypass.cloud().awsUrl()))
            .region(Region.of("eu-central-1"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.dynamo = LocalDaypass.dynamo(daypass.cloud());
  }

  public static Company open() {
    return open(Path.of(".."), cloud -> cloud);
  }

  /** The company in a run that is changed first. */
  public static Company open(UnaryOperator<LocalCloud.Builder> change) {
    return open(Path.of(".."), change);
  }

  /** The company with another template or other policies. */
  public static Company open(Path project, UnaryOperator<LocalCloud.Builder> change) {
    return new Company(
        LocalDaypass.start(
            project,
            cloud ->
                change.apply(
                    // The demo and the command line's tests call AWS over HTTP, hundreds of times.
                    cloud.port(0).withShortWayToAws().sleeper(Company::aFiftieth))));
  }

  /**
   * What a connector waits before it tries again is as long by its own clock, and seldom matters.
   */
  private static void aFiftieth(Duration pause) throws InterruptedException {
    Thread.sleep(pause.dividedBy(50));
  }

  /** The company before sign-in has been set up. */
  public static Company closed() {
    return new Company(
        LocalDaypass.start(Path.of(".."), cloud -> cloud.port(0).parameter("Issuer", "")));
  }

  public LocalDaypass daypass() {
    return daypass;
  }

  public Desk desk(String email) {
    return new Desk(daypass.url(), email);
  }

  /** Somebody who is not signed in. */
  public Desk stranger() {
    return desk("");
  }

  // Time

  /** Waits until everything that was set off is done. */
  public void settle() {
    daypass.cloud().settle();
  }

  /** Time passes. */
  public void pass(Duration duration) {
    daypass.cloud().advance(duration);
  }

  public void passMinutes(long minutes) {
    pass(Duration.ofMinutes(minutes));
  }

  /** Time passes while the machine sleeps: only afterwards does anything happen. */
  public void sleep(Duration duration) {
    daypass.cloud().sleep(duration);
  }

  // Requests

  /** Asks through the API, with a reason that is long enough everywhere. */
  public String ask(String who, String runbook, Duration duration) {
    return ask(who, runbook, duration, "The customer of ticket 4711 sees a wrong balance");
  }

  /** The same, for this reason. */
  public String ask(String who, String runbook, Duration duration, String reason) {
    return ask(who, body(runbook, duration, reason));
  }

  /** The same, for somebody else. */
  public String askFor(
      String requester, String who, String runbook, Duration duration, String reason) {
    return ask(who, body(runbook, duration, reason).put("requester", requester));
  }

  private String ask(String who, ObjectNode body) {
    var answer = desk(who).ask(UUID.randomUUID().toString(), body.toString());
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(201);
    settle();
    return remember(answer.at("/id"));
  }

  public ObjectNode body(String runbook, Duration duration, String reason) {
    return JSON.createObjectNode()
        .put("runbook", runbook)
        .put("duration", duration.toString())
        .put("reason", reason);
  }

  /** Remembers a request that was asked another way, so that {@link #tidy} ends it. */
  public String remember(String id) {
    asked.add(id);
    return id;
  }

  /** The request that was asked last. */
  public String lastAsked() {
    return asked.getLast();
  }

  /** Asks and has it approved by link: whoever is asked first says yes, stage by stage. */
  public String active(String who, String runbook, Duration duration) {
    var id = ask(who, runbook, duration);
    for (int stage = 0; stage < json(id).path("stages").size(); stage++) {
      // Read anew: whoever approved one stage is not asked in the next.
      approve(id, json(id).at("/stages/" + stage + "/asks/0").asText());
    }
    assertThat(status(id)).isEqualTo("ACTIVE");
    return id;
  }

  /** Moves the end of an access through the API. */
  public Answer extend(String id, String who, Instant until) {
    var answer =
        desk(who)
            .post(
                "/api/requests/" + id + "/extend",
                JSON.createObjectNode().put("until", until.toString()));
    settle();
    return answer;
  }

  /** Says through the API what became of setting an access up by hand. */
  public Answer setUp(String id, String owner, String result, String note) {
    return says(
        id, owner, "set-up", JSON.createObjectNode().put("result", result).put("note", note));
  }

  /** Says through the API that an access is taken away by hand. */
  public Answer takenAway(String id, String owner, String note) {
    return says(id, owner, "taken-away", JSON.createObjectNode().put("note", note));
  }

  private Answer says(String id, String owner, String what, ObjectNode body) {
    var answer = desk(owner).post("/api/requests/" + id + "/" + what, body);
    settle();
    return answer;
  }

  /** Approves by the link of the last mail to this person. */
  public Page approve(String id, String approver) {
    return decide(id, approver, "approve", "");
  }

  public Page deny(String id, String approver, String comment) {
    return decide(id, approver, "deny", comment);
  }

  private Page decide(String id, String approver, String decision, String comment) {
    return decide(id, approver, Map.of("comment", comment, "decision", decision));
  }

  /** Fills in the form behind the link of the last mail to this person. */
  public Page decide(String id, String approver, Map<String, String> fields) {
    var mail = invitation(id, approver);
    var link = link(mail);
    var typed = new HashMap<>(fields);
    var code = CODE.matcher(mail.text());
    if (code.find()) {
      typed.put("code", code.group(1));
    }
    // Where the code is not enough, the link leads to the sign-in.
    var page = desk(approver).fill(link, URI.create(link).getPath(), typed);
    settle();
    return page;
  }

  /** The request as the API shows it to an administrator. */
  public JsonNode json(String id) {
    var answer = desk(RUTH).get("/api/requests/" + id);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  public String status(String id) {
    return json(id).path("status").asText();
  }

  /** What happened, by kind, oldest first. */
  public List<String> events(String id) {
    return each(json(id).path("events"), "kind");
  }

  // People

  /** Somebody leaves the company. */
  public void leaves(String email) {
    people().put(person(email).deactivated());
  }

  /** Somebody who left is here again. */
  public void comesBack(String email) {
    var gone = person(email);
    people()
        .put(
            new Person(
                gone.email(),
                gone.name(),
                gone.manager(),
                gone.groups(),
                gone.zone(),
                gone.language(),
                true));
  }

  private Person person(String email) {
    return people().directory().person(email).orElseThrow();
  }

  private People people() {
    return new People(dynamo, table("PeopleTable"));
  }

  /** Locks an entitlement as a function does that then dies. */
  public void lock(Entitlement entitlement, Duration time) {
    var now = daypass.cloud().timeline().instant();
    var grants = new Grants(dynamo, table("GrantsTable"));
    assertThat(grants.lock(entitlement, "somebody who died", now, now.plus(time))).isEmpty();
  }

  // Mail

  /** All mails about a request, oldest first. */
  public List<Mail> mails(String id) {
    return daypass.ses().mails().stream()
        .filter(mail -> id.equals(mail.tags().get("request")))
        .toList();
  }

  /** The mails about a request to one person, oldest first. */
  public List<Mail> mails(String id, String to) {
    return mails(id).stream().filter(mail -> mail.isFor(to)).toList();
  }

  /** The kinds of the mails about a request to one person, oldest first. */
  public List<String> kinds(String id, String to) {
    return mails(id, to).stream().map(mail -> String.valueOf(mail.tags().get("mail"))).toList();
  }

  /** The last mail of this kind about a request to this person. */
  public Mail mail(String id, String to, String kind) {
    return mails(id, to).stream()
        .filter(mail -> kind.equals(mail.tags().get("mail")))
        .reduce((first, last) -> last)
        .orElseThrow(
            () -> new AssertionError("no mail " + kind + " to " + to + ", but " + kinds(id, to)));
  }

  /** The last mail that asks this person to decide. */
  public Mail invitation(String id, String to) {
    return mails(id, to).stream()
        .filter(mail -> mail.links().stream().anyMatch(link -> link.contains("/decide/")))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError(to + " was not asked, but has " + kinds(id, to)));
  }

  public static String code(Mail mail) {
    var code = CODE.matcher(mail.text());
    assertThat(code.find()).as(mail.text()).isTrue();
    return code.group(1);
  }

  public static String link(Mail mail) {
    assertThat(mail.links()).hasSize(1);
    return mail.links().getFirst();
  }

  /** The text of a mail as one line. */
  public static String text(Mail mail) {
    return mail.text().replaceAll("\\s+", " ");
  }

  // What is true

  /** Who is in a group of the target, read from the target itself. */
  public List<String> members(String group) {
    return daypass.scim().members(group);
  }

  /** Gives somebody the membership in the target itself, past Daypass. */
  public void putIn(String group, String email) {
    var user = target("GET", "/Users?filter=" + equal("userName", email), null);
    patch(
        group,
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
            .formatted(user.at("/Resources/0/id").asText()));
    assertThat(members(group)).contains(email);
  }

  /** Takes everybody out of a group in the target itself. */
  public void empty(String group) {
    patch(group, "{\"op\":\"remove\",\"path\":\"members\"}");
  }

  private void patch(String group, String operation) {
    var found = target("GET", "/Groups?filter=" + equal("displayName", group), null);
    target(
        "PATCH",
        "/Groups/" + found.at("/Resources/0/id").asText(),
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[%s]}"
            .formatted(operation));
  }

  private static String equal(String attribute, String value) {
    return URLEncoder.encode(attribute + " eq \"" + value + "\"", StandardCharsets.UTF_8);
  }

  /**
   * Stores a request as of somebody who sent it in the same moment as another: nothing of what they
   * have asked for is known yet.
   */
  public String askPastTheRules(String who, String runbook, Duration duration) {
    var grants = new Grants(dynamo, table("GrantsTable"));
    var now = daypass.cloud().timeline().instant();
    var ask =
        new Ask(
            runbook,
            who,
            Optional.of(duration),
            "The customer of ticket 4711 sees a wrong balance",
            "");
    var planned =
        (Planning.Planned)
            Planner.plan(
                new Policies(dynamo, table("PoliciesTable")).catalog(),
                people().directory(),
                Past.UNKNOWN,
                ask);
    var submission =
        new Submission(
            RequestId.of(who, UUID.randomUUID().toString()),
            who,
            planned.plan(),
            planned.duration(),
            planned.reason(),
            null,
            now);
    new Requests(dynamo, table("RequestsTable"), grants)
        .submit(Life.submit(submission, new Act("submit", now, who, "test")));
    settle();
    return remember(submission.id());
  }

  private JsonNode target(String method, String path, @Nullable String body) {
    var request =
        HttpRequest.newBuilder(URI.create(daypass.url() + "/_local/scim/v2" + path))
            .header("Authorization", "Bearer " + LocalDaypass.SCIM_TOKEN)
            .header("Content-Type", "application/scim+json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
      return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** The token of the workflow's wait of this name, as stored; empty if there is none. */
  public Optional<String> token(String id, String wait) {
    return Optional.ofNullable(
            dynamo
                .getItem(
                    get ->
                        get.tableName(table("WaitsTable"))
                            .key(
                                Map.of(
                                    "request", AttributeValue.fromS(id),
                                    "wait", AttributeValue.fromS("wait#" + wait)))
                            .consistentRead(true))
                .item()
                .get("token"))
        .map(AttributeValue::s);
  }

  /** What the auditor reads about a request; the chain verifies and holds every version. */
  public List<String> audited(String id) {
    settle();
    var answer = desk(ELENA).get("/api/audit?request=" + id);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/chain/verified").asBoolean())
        .as(answer.at("/chain/problem"))
        .isTrue();
    var kinds = each(answer.body().path("records"), "kind");
    assertThat(kinds).isEqualTo(events(id));
    assertThat(each(answer.body().path("records"), "version"))
        .isEqualTo(IntStream.rangeClosed(1, kinds.size()).mapToObj(Integer::toString).toList());
    return kinds;
  }

  /** The runs of the workflow for a request, first to last. */
  public List<ExecutionListItem> runs(String id) {
    return workflow
        .listExecutionsPaginator(list -> list.stateMachineArn(machine()))
        .executions()
        .stream()
        .filter(run -> run.name().startsWith(id + "-"))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /** The states a run entered, in order, from its history. */
  public List<String> statesEntered(ExecutionListItem run) {
    return workflow
        .getExecutionHistoryPaginator(history -> history.executionArn(run.executionArn()))
        .events()
        .stream()
        .filter(event -> event.typeAsString().endsWith("StateEntered"))
        .map(HistoryEvent::stateEnteredEventDetails)
        .map(details -> details.name())
        .toList();
  }

  public SfnClient workflow() {
    return workflow;
  }

  /** Stops the run that is under way, as an operator can. */
  public void stopWorkflow(String id) {
    var run = runs(id).getLast();
    assertThat(run.statusAsString()).isEqualTo("RUNNING");
    workflow.stopExecution(
        stop -> stop.executionArn(run.executionArn()).error("Operator").cause("a test"));
    settle();
  }

  /** Takes a request out of the index of what is due, so that the sweep does not see it. */
  public void hideFromSweep(String id) {
    dynamo.updateItem(
        update ->
            update
                .tableName(table("RequestsTable"))
                .key(Map.of("id", AttributeValue.fromS(id)))
                .updateExpression("REMOVE #due")
                .expressionAttributeNames(Map.of("#due", "due")));
    settle();
  }

  private String machine() {
    return workflow.listStateMachines().stateMachines().getFirst().stateMachineArn();
  }

  public DynamoDbClient dynamo() {
    return dynamo;
  }

  /** The name of a table by its logical id in the template. */
  public String table(String logicalId) {
    return daypass.cloud().template().table(logicalId).name();
  }

  /** What the stored request is, item by item: for what must leave it as it was. */
  public Map<String, AttributeValue> stored(String id) {
    return dynamo
        .getItem(
            get ->
                get.tableName(table("RequestsTable"))
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .consistentRead(true))
        .item();
  }

  /** How many items a table holds. */
  public int count(String logicalId) {
    return dynamo.scanPaginator(scan -> scan.tableName(table(logicalId))).items().stream()
        .toList()
        .size();
  }

  /** Lines that functions logged and that begin so. */
  public List<String> logged(String beginning) {
    return daypass.cloud().functions().log().entries().stream()
        .map(entry -> entry.text())
        .filter(text -> text.startsWith(beginning))
        .toList();
  }

  /** What lies in the bucket of evidence, by key. */
  public Map<String, LocalS3.Kept> evidence() {
    return daypass.cloud().s3().files(daypass.cloud().template().bucket("EvidenceBucket"));
  }

  /** Puts something else in the place of a file. */
  public void replaceEvidence(String key, byte[] bytes) {
    daypass
        .cloud()
        .s3()
        .put(
            daypass.cloud().template().bucket("EvidenceBucket"),
            key,
            new LocalS3.Kept("application/pdf", bytes));
  }

  /** Repairs the target and ends whatever a test has left: taking away cannot be refused. */
  public void tidy() {
    daypass.scim().faults().clear();
    var ruth = desk(RUTH);
    for (var id : asked) {
      var answer =
          ruth.post(
              "/api/requests/" + id + "/revoke", JSON.createObjectNode().put("reason", "tidying"));
      assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
    }
    settle();
    for (var id : asked) {
      if (json(id).at("/task/answerable").asBoolean()) {
        takenAway(id, RUTH, "tidying");
      }
    }
    if (!asked.stream().allMatch(id -> isOver(id))) {
      passMinutes(5);
    }
    assertThat(asked).allMatch(id -> isOver(id));
    asked.clear();
  }

  private boolean isOver(String id) {
    return Status.valueOf(status(id)).isFinal();
  }

  private static List<String> each(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path(field).asText())
        .toList();
  }

  @Override
  public void close() {
    dynamo.close();
    workflow.close();
    daypass.close();
  }
}
