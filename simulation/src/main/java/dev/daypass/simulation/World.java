package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.Outside;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Request;
import dev.daypass.access.Status;
import dev.daypass.connector.Sleeper;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.chat.ChatMessage;
import dev.daypass.local.chat.LocalChat;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.cli.Publication;
import dev.daypass.local.cli.Publisher;
import dev.daypass.local.events.LocalEventBus;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.s3.LocalS3;
import dev.daypass.local.scim.ScimServer;
import dev.daypass.local.secrets.LocalSecrets;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.ses.Mail;
import dev.daypass.local.states.StepFunctions;
import dev.daypass.local.template.Place;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.signin.Wire;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.Grants;
import dev.daypass.store.Imports;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * One run: the stack with everything around it, on a database of its own, and all that can be seen
 * of it from outside.
 */
final class World implements AutoCloseable {
  /** What functions log about failures that are made on purpose would fill screens. */
  private static final Logger QUIET = quiet();

  /** How late an expired item is deleted; in AWS it can be days. */
  private static final Duration TTL_IS_LATE = Duration.ofMinutes(3);

  /** After the last thing has happened, so long nothing may stir any more. */
  private static final Duration REST = Duration.ofMinutes(5);

  private static final int MOST_PUBLICATIONS = 100;

  /** Five times what the longest life needs: whoever calls so often has no end. */
  private static final int MOST_CALLS = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SfnClient STATES = InProcess.shared(SfnClient.builder());
  private static final SesV2Client MAIL = InProcess.shared(SesV2Client.builder());
  private static final SecretsManagerClient SECRETS =
      InProcess.shared(SecretsManagerClient.builder());

  /**
   * A request of a person to the application and its answer.
   *
   * @param status 503 if no answer came
   * @param before the status of the request in question before, as stored
   */
  record Exchange(
      Instant at,
      Instant until,
      String who,
      String route,
      @Nullable String request,
      JsonNode sent,
      int status,
      JsonNode answer,
      @Nullable Status before) {
    boolean isAccepted() {
      return status >= 200 && status < 400;
    }
  }

  private final Company company;
  private final Conditions conditions;
  private final OldReads oldReads;
  private final Clockwork clockwork = new Clockwork(Company.MONDAY);
  private final Calls calls;
  private final Database database;
  private final DynamoDbClient raw;
  private final StepFunctions workflow;
  private final LocalSes ses;
  private final LocalS3 files = new LocalS3();
  private final LocalChat chat = new LocalChat(clockwork);
  private final ScimServer target;
  private final LocalProvider provider;
  private final Memberships memberships;
  private final SimulatedFunctions functions;
  private final Streams streams;
  private final String machine;
  private final Map<String, Instant> due = new TreeMap<>();
  private final Map<String, Status> statuses = new LinkedHashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final List<String> torn = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Map<String, Instant> departures = new HashMap<>();
  private final List<Memberships.Span> foreign = new ArrayList<>();
  private int scripts;
  private final Inside outside;
  private final List<Memberships.Span> unlocked = new ArrayList<>();
  private final List<Announced> publications = new ArrayList<>();
  private final Map<String, Instant> withdrawn = new HashMap<>();
  private final List<Supplier<Optional<Broken>>> claims = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Returning> returned = new HashMap<>();
  private boolean targetDown;
  private boolean troubled;
  private boolean lastNet;
  private final boolean faulty;
  private final Set<String> forgotten = new HashSet<>();
  private @Nullable Instant restingSince;

  /**
   * @param conditions how the database is tampered with; usually not at all
   */
  World(Company company, List<Fault> faults, long seed, Conditions conditions) {
    this.company = company;
    this.faulty = !faults.isEmpty();
    Objects.requireNonNull(QUIET);
    this.conditions = conditions;
    this.oldReads =
        new OldReads(
            OldReads.DECIDED_BY.entrySet().stream()
                .collect(Collectors.toMap(each -> name(each.getKey()), Map.Entry::getValue)));
    this.calls = new Calls(clockwork, faults);
    var template = company.template();
    this.database = company.database().copy();
    this.raw = database.client();
    this.target = target();
    this.provider = company.provider(clockwork);
    this.memberships =
        new Memberships(
            target,
            company.policies().systems().stream()
                .flatMap(system -> system.roles().stream())
                .map(TargetSystem.Role::group)
                .collect(Collectors.toSet()));
    var random = new Random(seed);
    this.outside = new Inside();
    this.functions =
        new SimulatedFunctions(
            template.functions().values(),
            Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            clockwork,
            outside,
            faults,
            seed);
    this.ses =
        LocalSes.of(
            template,
            clockwork,
            Place.LOCAL,
            new LocalEventBus(
                template.rules(),
                new Events(functions, calls, clockwork),
                clockwork,
                Place.LOCAL,
                // What is given up, the deadline of the round makes good.
                (queue, message) -> {}));
    this.workflow =
        new StepFunctions(
            clockwork,
            new Steps(functions, calls, clockwork),
            Place.LOCAL.region(),
            Place.LOCAL.account(),
            random);
    this.machine = createMachine();
    this.streams =
        new Streams(
            clockwork,
            calls,
            functions,
            raw,
            database.streams(),
            template.streams(),
            this::changed);
    clockwork.at(Company.MONDAY.plus(Duration.ofMinutes(1)), this::minute);
  }

  private static Logger quiet() {
    var logger = Logger.getLogger("dev.daypass");
    logger.setLevel(Level.OFF);
    return logger;
  }

  private String createMachine() {
    var definition = company.template().stateMachines().values().iterator().next();
    return workflow
        .handle(
            "CreateStateMachine",
            JSON.createObjectNode()
                .put("name", definition.name())
                .put("definition", definition.definition())
                .put("roleArn", "arn:aws:iam::" + Place.LOCAL.account() + ":role/machine")
                .put("type", definition.type()))
        .path("stateMachineArn")
        .asText();
  }

  private ScimServer target() {
    var server =
        new ScimServer(
            () -> URI.create("https://target.invalid/scim/v2"), LocalDaypass.SCIM_TOKEN, clockwork);
    for (var person : company.policies().people()) {
      server.addUser(person.email(), person.name());
    }
    company.policies().systems().stream()
        .flatMap(system -> system.roles().stream())
        .map(TargetSystem.Role::group)
        .distinct()
        .forEach(server::addGroup);
    return server;
  }

  /** What functions call. */
  private final class Inside implements Outside {
    private final Clients clients = new Clients(calls);
    private final LocalSecrets kept = connections(company);
    private final DynamoDbClient dynamo =
        clients.dynamo(
            raw,
            request -> conditions.tamper(oldReads.look(request)),
            table -> streams().written(table));
    private final SfnClient states =
        clients.states(
            InProcess.to(
                (target, input) ->
                    workflow().handle(target.substring(target.indexOf('.') + 1), input),
                SfnClient.class,
                STATES));
    private final SesV2Client mail =
        clients.mail(
            InProcess.to(
                (target, input) -> {
                  var parts = target.split(" ", 2);
                  return ses().handle(parts[0], parts[1], input);
                },
                SesV2Client.class,
                MAIL));
    private final S3Client attachments = clients.files(files);
    private final SecretsManagerClient secrets =
        clients.secrets(
            InProcess.to(
                (target, input) -> kept.handle(target.substring(target.indexOf('.') + 1), input),
                SecretsManagerClient.class,
                SECRETS));
    private final HttpClient targets =
        new TargetHttp(calls, World.this.target, () -> targetDown, this::changed);

    private final HttpClient channels = new ChatHttp(calls, chat);

    private final Wire wire = new ProviderWire(calls, clockwork, provider);

    private void changed() {
      var before = memberships.spans();
      memberships.look(clockwork.instant());
      memberships.spans().stream()
          .filter(span -> !before.contains(span) && !isLocked(span.person()))
          .forEach(unlocked::add);
    }

    private Streams streams() {
      return World.this.streams;
    }

    private LocalSes ses() {
      return World.this.ses;
    }

    private StepFunctions workflow() {
      return World.this.workflow;
    }

    @Override
    public DynamoDbClient dynamo() {
      return dynamo;
    }

    @Override
    public SfnClient states() {
      return states;
    }

    @Override
    public SesV2Client mail() {
      return mail;
    }

    @Override
    public S3Client files() {
      return attachments;
    }

    @Override
    public SecretsManagerClient secrets() {
      return secrets;
    }

    @Override
    public HttpClient targets() {
      return targets;
    }

    @Override
    public HttpClient chat() {
      return channels;
    }

    @Override
    public Wire provider() {
      return wire;
    }

    @Override
    public Sleeper sleeper() {
      return calls::pause;
    }

    @Override
    public InstantSource stopwatch() {
      return clockwork;
    }

    @Override
    public ExecutorService sideBySide() {
      return new OneAfterTheOther();
    }
  }

  /** Carries out each task when it is given, so that a run is the same each time. */
  private static final class OneAfterTheOther extends AbstractExecutorService {
    private boolean shut;

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {
      shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shut = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shut;
    }
  }

  private LocalSecrets connections(Company of) {
    var secrets = new LocalSecrets(clockwork);
    var connection =
        JSON.createObjectNode()
            .put("url", "https://target.invalid/scim/v2")
            .put("token", LocalDaypass.SCIM_TOKEN)
            .toString();
    of.policies().systems().stream()
        .filter(system -> !system.connector().isByHand())
        .map(system -> system.connector().connection())
        .distinct()
        .forEach(name -> secrets.put(name, connection));
    for (var system : of.policies().systems()) {
      var webhook = system.chat();
      if (webhook != null) {
        secrets.put(
            webhook.webhook(),
            "https://chat.invalid" + LocalChat.path(webhook.kind(), system.id()));
      }
    }
    secrets.put(LocalCloud.CLIENT_SECRET_NAME, LocalProvider.CLIENT_SECRET);
    return secrets;
  }

  // What happens by itself

  private void changed(String table, JsonNode record) {
    restingSince = null;
    var image = record.path("dynamodb").path("NewImage");
    if (table.equals(name("RequestsTable"))) {
      var id = record.at("/dynamodb/Keys/id/S").asText();
      var next = Streams.text(image, "nextDue");
      if (next == null) {
        due.remove(id);
      } else {
        due.put(id, Instant.parse(next));
      }
      var status = Streams.text(image, "status");
      if (status != null) {
        statuses.put(id, Status.valueOf(status));
      }
      var written = Streams.text(image, "version");
      int version = written == null ? 0 : Integer.parseInt(written);
      int before = versions.getOrDefault(id, 0);
      if (version != before + 1) {
        torn.add(
            "request %s was written as version %d after version %d".formatted(id, version, before));
      }
      versions.put(id, version);
      calls.happened(versions.keySet().size() + " " + version + " " + status);
    } else if (table.equals(name("GrantsTable"))) {
      var ttl = Streams.text(image, "ttl");
      if (ttl != null) {
        clockwork.at(
            Instant.ofEpochSecond(Long.parseLong(ttl)).plus(TTL_IS_LATE),
            () -> expire(record.path("dynamodb").path("Keys")));
      }
    }
  }

  /** Deletes a grant whose time to live is over, as DynamoDB does. */
  private void expire(JsonNode keys) {
    var key =
        Map.of(
            "entitlement",
            AttributeValue.fromS(keys.at("/entitlement/S").asText()),
            "request",
            AttributeValue.fromS(keys.at("/request/S").asText()));
    try {
      raw.deleteItem(
          delete ->
              delete
                  .tableName(name("GrantsTable"))
                  .key(key)
                  .conditionExpression("#ttl <= :now")
                  .expressionAttributeNames(Map.of("#ttl", "ttl"))
                  .expressionAttributeValues(
                      Map.of(
                          ":now",
                          AttributeValue.fromN(
                              String.valueOf(clockwork.instant().getEpochSecond())))));
      streams.expired(name("GrantsTable"));
    } catch (ConditionalCheckFailedException movedOrGone) {
      // Nothing has expired.
    }
  }

  private boolean isStandInDue(Instant now) {
    return exchanges.stream().anyMatch(each -> each.route().endsWith("/api/stand-in"))
        && !new StandIns(raw, name("StandInsTable")).due(now, 1).isEmpty();
  }

  /** The schedule's minute. A sweep that would find nothing only reads, and is left out. */
  private void minute() {
    var now = clockwork.instant();
    clockwork.at(now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)), this::minute);
    if (due.values().stream().noneMatch(moment -> !moment.isAfter(now)) && !isStandInDue(now)) {
      return;
    }
    var schedule = company.template().schedules().getFirst();
    var input = schedule.input() == null ? "{}" : schedule.input();
    var fault = calls.next("schedule", Callee.SCHEDULE, schedule.name());
    if (calls.isDown("SweepFunction")) {
      return;
    }
    switch (fault) {
      case FAILS_BEFORE -> {
        // This minute has none.
      }
      case TWICE -> {
        functions.invoke(schedule.function(), input);
        functions.invoke(schedule.function(), input);
      }
      case null, default -> functions.invoke(schedule.function(), input);
    }
  }

  // What scripts do

  /** Begins something that people do; the run is not over before it is done. */
  void play(Runnable script) {
    scripts++;
    clockwork.run(
        () -> {
          script.run();
          scripts--;
        });
  }

  void pass(Duration duration) {
    clockwork.pause(duration);
  }

  Instant now() {
    return clockwork.instant();
  }

  /** The target answers nobody until this is called with false. */
  void targetIsDown(boolean down) {
    troubled = true;
    targetDown = down;
  }

  /**
   * Something answers nobody until it is up again.
   *
   * @param what a function by logical id, or a {@link Callee}
   */
  void isDown(String what, boolean down) {
    troubled = true;
    calls.isDown(what, down);
  }

  /** Whether something was down. */
  boolean isTroubled() {
    return troubled;
  }

  /** Whether single calls are made to fail. */
  boolean isFaulty() {
    return faulty;
  }

  /** Only the last net is left, which is slower than what is promised of the other two. */
  void onlyTheTtlIsLeft() {
    lastNet = true;
  }

  boolean isOnlyTheTtlLeft() {
    return lastNet;
  }

  /** The target forgets somebody altogether. */
  void forgets(String email) {
    var user = directory("/Users?filter=" + equal("userName", email));
    target.carryOut(
        "DELETE",
        URI.create("https://target.invalid/scim/v2/Users/" + user.at("/Resources/0/id").asText()),
        headers(),
        new byte[0]);
    memberships.look(now());
    forgotten.add(email);
  }

  /** Whom the target has forgotten. */
  Set<String> forgotten() {
    return Set.copyOf(forgotten);
  }

  /** Nobody who asks may ask for this any more. */
  void withdraws(String runbook) {
    publishes(FurtherLives.with(this, runbook, each -> FurtherLives.mayAsk(each, "group:nobody")));
    withdrawn.putIfAbsent(runbook, now());
  }

  /** From when on which runbook was withdrawn. */
  Map<String, Instant> withdrawn() {
    return Map.copyOf(withdrawn);
  }

  /** Other runbooks and systems are published, again until it has worked. */
  void publishes(PolicyFiles files) {
    var inside = clockwork.isInside();
    var policies = new Policies(inside ? outside.dynamo() : raw, name("PoliciesTable"));
    for (int tries = 1; tries <= MOST_PUBLICATIONS; tries++) {
      // A program of its own beside the functions, with the same calls and faults.
      var invocation =
          new Invocation(0, "publish", now().plus(Duration.ofMinutes(10)), Duration.ZERO);
      if (inside) {
        clockwork.strand().invocations.addFirst(invocation);
      }
      try {
        var told = new Publisher(policies, clockwork).publish(files, Lives.RUTH);
        publications.add(new Announced(now(), files, told));
        return;
      } catch (RuntimeException | Invocation.Killed unfinished) {
        // Whoever publishes reads the message and calls it again.
        restingSince = null;
      } finally {
        if (inside) {
          clockwork.strand().invocations.remove(invocation);
        }
      }
      if (inside) {
        clockwork.pause(Duration.ofSeconds(7));
      }
    }
    throw new IllegalStateException("publishing failed " + MOST_PUBLICATIONS + " times");
  }

  /** Whether somebody has the lock of anything this person can have. */
  boolean isLocked(String person) {
    for (var item : items("GrantsTable")) {
      var request = item.get("request");
      var entitlement = item.get("entitlement");
      if (request != null
          && request.s().equals("lock")
          && entitlement != null
          && entitlement.s().endsWith("#" + person)) {
        return true;
      }
    }
    return false;
  }

  /** Tables that decide something and were read as they may have been a moment ago. */
  Set<OldReads.Old> oldReads() {
    return oldReads.found();
  }

  /** Memberships that were changed while nobody had the lock. */
  List<Memberships.Span> unlocked() {
    return List.copyOf(unlocked);
  }

  /** Frees a lock for an owner whose time was over long ago. */
  void unlocksLate(Entitlement entitlement) {
    var invocation = new Invocation(0, "ghost", now().plus(Duration.ofMinutes(1)), Duration.ZERO);
    clockwork.strand().invocations.addFirst(invocation);
    try {
      new Grants(outside.dynamo(), name("GrantsTable")).unlock(entitlement, "ghost");
    } catch (RuntimeException | Invocation.Killed lost) {
      // Nobody waits for the answer.
      restingSince = null;
    } finally {
      clockwork.strand().invocations.remove(invocation);
    }
  }

  /** A publication that was told as done. */
  record Announced(Instant at, PolicyFiles files, Publication told) {}

  List<Announced> publications() {
    return List.copyOf(publications);
  }

  /** The runbook that is stored under this version. */
  Optional<Runbook> published(String runbook, int version) {
    return new Policies(raw, name("PoliciesTable"))
        .runbook(runbook, version)
        .map(Published::policy);
  }

  /** As before the first publication. */
  void unpublishes() {
    for (var item : items("PoliciesTable")) {
      raw.deleteItem(
          delete ->
              delete
                  .tableName(name("PoliciesTable"))
                  .key(Map.of("id", item.get("id"), "version", item.get("version"))));
    }
  }

  /** Something that must be true when everything has come to rest. */
  void mustBe(int promise, String what, BooleanSupplier truth) {
    claims.add(
        () ->
            truth.getAsBoolean() ? Optional.empty() : Optional.of(new Broken(promise, null, what)));
  }

  List<Broken> claimsBroken() {
    return claims.stream().flatMap(claim -> claim.get().stream()).toList();
  }

  /** The mail system takes nothing for this person any more. */
  void mailIsRefused(String person) {
    refused.add(person);
    ses.refuse(
        person::equals, new AwsException("MessageRejected", 400, "Email address is suppressed"));
  }

  /** This becomes of each mail to this person, so long after it went out. */
  void mailReturns(String person, LocalSes.Returned how, Duration after) {
    ses.returns(person::equals, how, after);
    returned.put(person, new Returning(how, after));
  }

  /** What becomes of the mails to somebody. */
  record Returning(LocalSes.Returned how, Duration after) {}

  /** What becomes of whose mails. */
  Map<String, Returning> returned() {
    return Map.copyOf(returned);
  }

  /** Whose mail is refused. */
  Set<String> refused() {
    return Set.copyOf(refused);
  }

  /** Somebody leaves the company. */
  void leaves(String email) {
    new People(raw, name("PeopleTable")).put(company.person(email).deactivated());
    departures.put(email, now());
  }

  /** Somebody has left the company by now, by another way than {@link #leaves}. */
  void hasLeft(String email) {
    departures.put(email, now());
  }

  /** The directory as it is stored. */
  People.Everything directory() {
    return new People(raw, name("PeopleTable")).everything();
  }

  /** How an import of people stands, as stored. */
  Imports.Import importOf(String id) {
    return new Imports(raw, name("ImportsTable")).find(id).orElseThrow();
  }

  /** How the imports of people stand, as stored. */
  List<Imports.Import> imports() {
    var imports = new Imports(raw, name("ImportsTable"));
    return items("ImportsTable").stream()
        .filter(item -> AttributeValue.fromS(Imports.IMPORT).equals(item.get("part")))
        .map(item -> Objects.requireNonNull(item.get("id")).s())
        .flatMap(id -> imports.find(id).stream())
        .toList();
  }

  /** Whether an import is being applied, by the mark that keeps others from it. */
  boolean isImporting() {
    return new Imports(raw, name("ImportsTable")).applying().isPresent();
  }

  /** Somebody changes people past the pages, as the command does. */
  void keeps(Person person) {
    new People(raw, name("PeopleTable")).put(person);
  }

  /** Somebody gets a membership in the target past Daypass. */
  void putIn(String group, String email) {
    setUpByHand(group, email);
    foreign.add(new Memberships.Span(group, email, now(), null));
  }

  /** An owner sets an access up by hand. */
  void setUpByHand(String group, String email) {
    var user = directory("/Users?filter=" + equal("userName", email));
    var found = directory("/Groups?filter=" + equal("displayName", group));
    target.carryOut(
        "PATCH",
        URI.create("https://target.invalid/scim/v2/Groups/" + found.at("/Resources/0/id").asText()),
        headers(),
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}]}"
            .formatted(user.at("/Resources/0/id").asText())
            .getBytes(StandardCharsets.UTF_8));
    memberships.look(now());
  }

  /** An owner takes an access away by hand. */
  void takeAwayByHand(String group, String email) {
    var user = directory("/Users?filter=" + equal("userName", email));
    var found = directory("/Groups?filter=" + equal("displayName", group));
    target.carryOut(
        "PATCH",
        URI.create("https://target.invalid/scim/v2/Groups/" + found.at("/Resources/0/id").asText()),
        headers(),
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}]}"
            .formatted(user.at("/Resources/0/id").asText())
            .getBytes(StandardCharsets.UTF_8));
    memberships.look(now());
  }

  private JsonNode directory(String path) {
    var answer =
        target.carryOut(
            "GET", URI.create("https://target.invalid/scim/v2" + path), headers(), new byte[0]);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String equal(String attribute, String value) {
    return URLEncoder.encode(attribute + " eq \"" + value + "\"", StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers() {
    return Map.of(
        "Authorization",
        "Bearer " + LocalDaypass.SCIM_TOKEN,
        "Content-Type",
        "application/scim+json");
  }

  /** Sends an event to the function behind a route, and writes the answer down. */
  Exchange send(
      String who, String route, @Nullable String request, JsonNode sent, ObjectNode event) {
    var began = now();
    var before = request == null ? null : statuses.get(request);
    var function =
        company.template().routes().stream()
            .filter(each -> each.key().equals(route))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no route " + route))
            .function();
    var answer =
        switch (calls.next(who, Callee.HTTP, route)) {
          case FAILS_BEFORE -> unavailable();
          case FAILS_AFTER -> {
            http(function, event);
            yield unavailable();
          }
          case TWICE -> {
            http(function, event);
            yield http(function, event);
          }
          case null, default -> http(function, event);
        };
    var exchange =
        new Exchange(
            began,
            now(),
            who,
            route,
            request,
            sent,
            answer.path("statusCode").asInt(),
            answer,
            before);
    exchanges.add(exchange);
    return exchange;
  }

  private ObjectNode http(String function, ObjectNode event) {
    var result = functions.invoke(function, event.toString());
    if (result.functionError() != null) {
      return unavailable();
    }
    try {
      return (ObjectNode) JSON.readTree(result.payload());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ObjectNode unavailable() {
    return JSON.createObjectNode().put("statusCode", 503).put("body", "{}");
  }

  // How it goes on

  /**
   * Lets everything happen until it has come to rest.
   *
   * @return whether it has, before the horizon and without calling for ever
   */
  boolean run(Instant horizon) {
    return clockwork.runUntil(horizon, () -> isEndless() || rests()) && !isEndless();
  }

  private boolean isEndless() {
    return calls.many() > MOST_CALLS;
  }

  private boolean rests() {
    boolean quiet =
        scripts == 0
            && streams.areQuiet()
            && statuses.values().stream().allMatch(Status::isFinal)
            && running().isEmpty();
    if (!quiet) {
      restingSince = null;
      return false;
    }
    if (restingSince == null) {
      restingSince = clockwork.instant();
    }
    return !clockwork.instant().isBefore(restingSince.plus(REST));
  }

  // What can be seen from outside

  /** Executions that have not ended. */
  List<String> running() {
    return executions("RUNNING");
  }

  /** Names of executions with this status. */
  List<String> executions(String status) {
    var names = new ArrayList<String>();
    workflow
        .handle(
            "ListExecutions",
            JSON.createObjectNode().put("stateMachineArn", machine).put("statusFilter", status))
        .path("executions")
        .forEach(execution -> names.add(execution.path("name").asText()));
    return names;
  }

  /** Where people sign in. */
  LocalProvider provider() {
    return provider;
  }

  Company company() {
    return company;
  }

  List<Call> calls() {
    return calls.all();
  }

  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  List<Mail> mails() {
    return ses.mails();
  }

  List<SimulatedFunctions.Line> log() {
    return functions.log();
  }

  List<Streams.Lost> lost() {
    return streams.lost();
  }

  List<Memberships.Span> memberships() {
    return memberships.spans();
  }

  /** Writes of a request that did not follow the one before. */
  List<String> torn() {
    return List.copyOf(torn);
  }

  /** Memberships that Daypass neither gave nor may take. */
  List<Memberships.Span> foreign() {
    return List.copyOf(foreign);
  }

  /** What channels were told, oldest first. */
  List<ChatMessage> messages() {
    return chat.messages();
  }

  /** Who has left, and when. */
  Map<String, Instant> departures() {
    return Map.copyOf(departures);
  }

  /** Ids of all stored requests, in the order in which they were first seen. */
  List<String> requestIds() {
    return List.copyOf(statuses.keySet());
  }

  @Nullable Status status(String id) {
    return statuses.get(id);
  }

  Request request(String id) {
    return new Requests(raw, name("RequestsTable"), new Grants(raw, name("GrantsTable")))
        .find(id)
        .orElseThrow();
  }

  List<AuditRecords.Entry> audit(String id) {
    return new AuditRecords(raw, name("AuditTable")).of(id);
  }

  /** All items of a table. */
  List<Map<String, AttributeValue>> items(String logicalId) {
    return raw.scanPaginator(scan -> scan.tableName(name(logicalId))).items().stream().toList();
  }

  /** What lies in the bucket of evidence, by key. */
  Map<String, LocalS3.Kept> evidence() {
    return files.files(bucket());
  }

  /** Somebody who may write to the bucket puts something else in the place of a file. */
  void replaceEvidence(String key, byte[] bytes) {
    files.put(bucket(), key, new LocalS3.Kept("image/png", bytes));
  }

  private String bucket() {
    return company.template().bucket("EvidenceBucket");
  }

  private String name(String logicalId) {
    return company.template().table(logicalId).name();
  }

  @Override
  public void close() {
    clockwork.close();
    database.close();
  }
}
