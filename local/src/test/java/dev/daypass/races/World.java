package dev.daypass.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Event;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Status;
import dev.daypass.approval.Decisions;
import dev.daypass.approval.Dispatch;
import dev.daypass.approval.Letters;
import dev.daypass.approval.Notices;
import dev.daypass.approval.Rounds;
import dev.daypass.approval.Tokens;
import dev.daypass.approval.Workflow;
import dev.daypass.audit.Chain;
import dev.daypass.audit.Recorder;
import dev.daypass.audit.Verdict;
import dev.daypass.grant.Reconcile;
import dev.daypass.grant.Sweep;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.states.StepFunctions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.mail.Mailer;
import dev.daypass.mail.Mails;
import dev.daypass.request.Asks;
import dev.daypass.request.Endings;
import dev.daypass.request.Extensions;
import dev.daypass.runbook.Ask;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.Grants;
import dev.daypass.store.Grants.Held;
import dev.daypass.store.Inbox;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.store.StreamImage;
import dev.daypass.store.Waits;
import dev.daypass.web.Standing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * What a race runs on: the tables of {@code template.yaml} inside this JVM, a SCIM target, mail and
 * Step Functions over HTTP, all real; and what must be true of a request afterwards. No stream is
 * connected and no schedule runs, so nothing happens but what the racers do.
 */
final class World implements AfterAllCallback {
  private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final String AWS = "/aws";
  private static final AtomicInteger STACKS = new AtomicInteger();

  /** Things that happen once in a life, if at all. */
  private static final Set<Kind> ONCE =
      EnumSet.of(
          Kind.SUBMITTED,
          Kind.CANCELLED,
          Kind.PROVISIONING_STARTED,
          Kind.ACTIVATED,
          Kind.ALREADY_HELD,
          Kind.GIVEN_UP,
          Kind.ENDING_SOON,
          Kind.ENDING,
          Kind.REMOVAL_TASK_OPENED,
          Kind.ENDED);

  private final Place place =
      new Place(Place.LOCAL.region(), Place.LOCAL.account(), "races-" + STACKS.incrementAndGet());
  private final Template template =
      TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), place);
  private final LocalServer server = LocalServer.bind(0);
  private final Turnstile tables = new Turnstile(Engine.client());
  private final AtomicInteger environments = new AtomicInteger();
  private final AtomicInteger people = new AtomicInteger();
  private final Timeline timeline = new Timeline(this::now);
  private final Written written;
  private final Crm crm;
  private final SfnClient states;
  private final SesV2Client ses;
  private volatile Instant now = MONDAY;

  World() {
    template.tables().values().forEach(Engine::create);
    written = new Written(Engine.client(), Engine.streams(), name("requests"));
    crm = new Crm(server, this::now);
    var aws = new AwsEndpoint(AWS);
    var functions =
        new LocalFunctions(
            List.of(),
            Map.of(),
            timeline,
            place,
            (name, _) -> {
              throw new IllegalStateException("no run is started here, so nobody calls " + name);
            });
    var machines =
        new StepFunctions(timeline, functions, place.region(), place.account(), new Random(1));
    aws.json("AWSStepFunctions", machines::handle);
    aws.path("/v2/email", new LocalSes(timeline).api());
    server.mount(AWS, aws);
    server.start();
    var url = URI.create(server.url() + AWS);
    states =
        SfnClient.builder()
            .endpointOverride(url)
            .region(Region.of(place.region()))
            .credentialsProvider(LocalTables.credentials())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    ses =
        SesV2Client.builder()
            .endpointOverride(url)
            .region(Region.of(place.region()))
            .credentialsProvider(LocalTables.credentials())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  private String name(String table) {
    return place.stack() + "-" + table;
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    states.close();
    ses.close();
    server.close();
    timeline.close();
    crm.close();
  }

  // Time

  Instant now() {
    return now;
  }

  /** Time passes, or goes back where a new race begins. */
  void at(Instant moment) {
    now = moment;
  }

  /** Somebody who has not asked for anything yet. */
  String somebody() {
    return Office.asking().get(people.getAndIncrement());
  }

  // The functions

  /** A new execution environment, whose clock is exact. */
  Environment environment() {
    return environment(Duration.ZERO);
  }

  /** A new execution environment, whose clock is so far ahead. */
  Environment environment(Duration ahead) {
    int number = environments.incrementAndGet();
    InstantSource clock = () -> now.plus(ahead);
    var grants = new Grants(tables, name("grants"));
    var requests = new Requests(tables, name("requests"), grants);
    var waits = new Waits(tables, name("waits"));
    var standing = new Standing(() -> Office.CATALOG);
    var reconcile =
        new Reconcile(
            requests, grants, Map.of("scim", crm.connector(number)), clock, new Random(number));
    var workflow = new Workflow(states, template.stateMachine("AccessMachine").arn());
    var tokens = new Tokens(states, waits, clock);
    var letters =
        new Letters(
            new Mails(URI.create("https://daypass.example.com"), "example.com"),
            Office.DIRECTORY,
            () -> Office.CATALOG,
            _ -> Optional.empty(),
            clock);
    var notices = new Notices(waits, letters, new Mailer(ses, "daypass@example.com", null), clock);
    return new Environment(
        requests,
        grants,
        new Asks(requests, () -> Office.CATALOG, Office.DIRECTORY, clock),
        new Decisions(requests, () -> Office.CATALOG, Office.DIRECTORY, standIns(), clock),
        new Endings(requests, standing, clock),
        new Extensions(requests, standing, () -> Office.CATALOG, Office.DIRECTORY, clock),
        new Rounds(requests, clock),
        reconcile,
        new Dispatch(requests, new Inbox(tables, name("inbox")), workflow, tokens, clock),
        new Sweep(
            requests,
            reconcile,
            notices,
            workflow,
            tokens,
            clock,
            Executors::newVirtualThreadPerTaskExecutor));
  }

  StandIns standIns() {
    return new StandIns(tables, name("stand-ins"));
  }

  /** From now on somebody is asked in the place of somebody. */
  void asksInPlace(String id, String of, String by) {
    var act = new Act("stand-ins", now, "workflow", "workflow");
    var command = new Command.AskStandIns(act, 0, Map.of(of, by));
    environment().requests().change(id, request -> Life.apply(request, command));
  }

  // Races

  /** All at once, in an order that the seed shuffles. */
  <T> List<T> race(Race.Start start, long seed, Collection<? extends Callable<T>> racers) {
    var shuffled = new ArrayList<Callable<T>>(racers);
    Collections.shuffle(shuffled, new Random(seed));
    return Race.run(tables, start, shuffled);
  }

  /** All at once, but the slow ones write only when the prompt ones are done. */
  <T> List<T> raceWithSlowOnes(List<Callable<T>> prompt, List<Callable<T>> slow) {
    return Race.runWithSlowOnes(tables, prompt, slow);
  }

  /** In the last race at least so many writes came too late: it was one. */
  void itWasARace(int lost) {
    assertThat(tables.lost()).as("lost of %d writes", tables.tried()).isGreaterThanOrEqualTo(lost);
  }

  Crm crm() {
    return crm;
  }

  // Requests

  static Ask ask(String requester, String runbook, String reason) {
    return new Ask(runbook, requester, Optional.of(Office.FOUR_HOURS), reason, "");
  }

  /** Somebody has asked. */
  String asked(String requester, String runbook, String key) {
    at(MONDAY);
    var result =
        environment()
            .asks()
            .ask(ask(requester, runbook, "Invoice of customer 17"), key, Proof.SESSION, "api");
    return ((Asks.Result.Accepted) result).request().id();
  }

  /** Somebody has asked and the manager has approved. */
  String approved(String requester, String key) {
    var id = asked(requester, Office.BY_MANAGER, key);
    assertThat(decide(environment(), id, 0, Office.MAX, Answer.APPROVE).request())
        .isInstanceOf(Scheduled.class);
    return id;
  }

  /** Somebody has the access. */
  String active(String requester, String key) {
    var id = approved(requester, key);
    assertThat(environment().reconcile().provision(id, "workflow")).isInstanceOf(Active.class);
    return id;
  }

  /** Somebody claimed it and died before taking the lock. */
  String claimed(String requester, String key) {
    var id = approved(requester, key);
    var act = new Act("claim", now(), "workflow", "workflow");
    var claimed =
        environment()
            .requests()
            .change(id, request -> Life.apply(request, new Command.Claim(act)))
            .orElseThrow();
    assertThat(claimed.request()).isInstanceOf(Provisioning.class);
    return id;
  }

  static Outcome decide(
      Environment in, String id, int stage, String by, Answer answer, String via) {
    var comment = answer == Answer.DENY ? "Not now, please." : "";
    return in.decisions()
        .decide(id, new Decisions.Sent(stage, by, answer, null, comment, Proof.SESSION, via));
  }

  static Outcome handOver(Environment in, String id, int stage, String by, String to) {
    return in.decisions()
        .handOver(id, new Decisions.SentOn(stage, by, to, "", Proof.SESSION, "page"));
  }

  static Outcome decide(Environment in, String id, int stage, String by, Answer answer) {
    return decide(in, id, stage, by, answer, "page");
  }

  /** The request as it is now. */
  Request request(String id) {
    return environment().requests().find(id).orElseThrow();
  }

  List<Held> grants(Entitlement entitlement) {
    return new Grants(tables, name("grants")).of(entitlement);
  }

  // What must be true afterwards

  /** Nothing is twice, nothing is missing; all records of it agree. */
  Request verified(String id) {
    var request = request(id);
    var events = request.trail().events();
    assertThat(events).extracting(Event::version).isEqualTo(versions(events.size()));
    assertThat(events)
        .as("no command was taken twice")
        .extracting(Event::act)
        .extracting(Act::command, Act::by)
        .doesNotHaveDuplicates();
    assertThat(events)
        .extracting(Event::kind)
        .filteredOn(ONCE::contains)
        .as("what happens once in a life")
        .doesNotHaveDuplicates();
    assertThat(events)
        .filteredOn(event -> event.kind() == Kind.ROUND_OVER)
        .extracting(Event::details)
        .as("a round is over once")
        .doesNotHaveDuplicates();
    assertThat(events.subList(0, events.size() - 1))
        .as("nothing happens to what is over")
        .noneMatch(event -> event.status().isFinal());
    assertThat(events.getLast().status()).isEqualTo(request.status());
    theStreamShowsEachVersionOnce(request);
    theAuditHasEachVersionOnce(request);
    theGrantsSayTheSame(request);
    return request;
  }

  private static List<Integer> versions(int number) {
    return IntStream.rangeClosed(1, number).boxed().toList();
  }

  private void theStreamShowsEachVersionOnce(Request request) {
    var writes = written.of(request.id());
    assertThat(writes)
        .as("each write followed the one before")
        .extracting(Written.Write::after)
        .isEqualTo(versions(request.version()));
    assertThat(writes).allMatch(write -> write.before() == write.after() - 1);
    for (var write : writes) {
      assertThat(image(write).events())
          .as("no write changes what had happened")
          .isEqualTo(request.trail().events().subList(0, write.after()));
    }
  }

  private static StreamImage image(Written.Write write) {
    return StreamImage.read(write.image()).orElseThrow();
  }

  /** Streams deliver at least once; so the audit function gets all of it, three times at once. */
  private void theAuditHasEachVersionOnce(Request request) {
    var images = written.of(request.id()).stream().map(World::image).toList();
    var tables = new Turnstile(Engine.client());
    Race.run(
        tables,
        Race.Start.AT_ONCE,
        Collections.nCopies(
            3,
            () -> {
              var recorder = new Recorder(new AuditRecords(tables, name("audit")));
              images.forEach(image -> recorder.record(image.asked(), image.events()));
              return null;
            }));
    var records = new AuditRecords(tables, name("audit")).of(request.id());
    assertThat(records)
        .extracting(AuditRecords.Entry::version)
        .isEqualTo(versions(request.version()));
    assertThat(Chain.verify(records, request.asked(), request.trail().events()))
        .isEqualTo(new Verdict.Verified(request.version()));
  }

  private void theGrantsSayTheSame(Request request) {
    var grant =
        grants(request.asked().entitlement()).stream()
            .filter(held -> held.request().equals(request.id()))
            .map(Held::status)
            .toList();
    switch (request.status()) {
      case PROVISIONING, ACTIVE, ENDING -> assertThat(grant).containsExactly(request.status());
      case PENDING, SCHEDULED, DENIED, LAPSED, CANCELLED, ENDED, FAILED ->
          assertThat(grant).isEmpty();
    }
  }

  /** The target holds exactly what open grants say, and nobody has left a lock behind. */
  void theTargetAgrees(Entitlement entitlement) {
    assertThat(crm.has(entitlement.person()))
        .as("%s is in the group", entitlement.person())
        .isEqualTo(grants(entitlement).stream().anyMatch(held -> held.status() == Status.ACTIVE));
    var lock =
        tables
            .getItem(
                get ->
                    get.tableName(name("grants"))
                        .key(
                            Map.of(
                                "entitlement",
                                AttributeValue.fromS(entitlement.key()),
                                "request",
                                AttributeValue.fromS("lock")))
                        .consistentRead(true))
            .item();
    assertThat(lock).as("the lock").isEmpty();
  }
}
