package dev.daypass.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Command;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.access.Status;
import dev.daypass.access.Wait;
import dev.daypass.audit.Chain;
import dev.daypass.audit.Recorder;
import dev.daypass.audit.Verdict;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.store.AuditMismatch;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.Grants;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.Inbox;
import dev.daypass.store.Links;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import dev.daypass.store.Waits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/**
 * The stack of {@code template.yaml} on an emulator of AWS: tables, streams, stores, state machine,
 * and the main path from asking to the audit trail.
 *
 * <p>Which emulator, the system property {@code daypass.emulator} says: {@code local} (without it
 * too) is the endpoint of a local run, {@code localstack} is LocalStack in a container (that is
 * what {@code ./mvnw verify -Plocalstack} sets), and an address is any endpoint that does not check
 * signatures: {@code http://127.0.0.1:4566}.
 *
 * <p>Never run against LocalStack so far: where this was written there is no Docker. What differs
 * there from our own endpoint (tasks by token, polled streams, services that are missing) runs in
 * every build as {@link EmulatorByTokenTest}; the container, SQS and LocalStack's own answers do
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorIT {
  static final Path PROJECT = Path.of("..");

  private static final Pattern CODE = Pattern.compile("(?m)^\\s*Code: (\\d{6})$");
  private static final String AMARA = "amara.okafor@example.com";
  private static final String LENA = "lena.fischer@example.com";
  private static final String ELENA = "elena.petrova@example.com";
  private static final Instant NOVEMBER = AnAsk.NOVEMBER;

  private Emulator emulator;
  private Template template;
  private DynamoDbClient dynamo;
  private DynamoDbStreamsClient streams;
  private SfnClient states;
  private Grants grants;
  private Requests requests;

  /** The emulator that is asked for. */
  Emulator start() {
    var wanted = System.getProperty("daypass.emulator", "local");
    return switch (wanted) {
      case "local" -> new LocalEmulator(PROJECT);
      case "localstack" -> new LocalStackEmulator();
      default -> new EndpointEmulator(URI.create(wanted));
    };
  }

  @BeforeAll
  void makeTheTables() {
    emulator = start();
    dynamo = emulator.client(DynamoDbClient.builder());
    streams = emulator.client(DynamoDbStreamsClient.builder());
    states = emulator.client(SfnClient.builder());
    var stack = "emulatorit-" + UUID.randomUUID().toString().substring(0, 8);
    template =
        TemplateFile.read(PROJECT.resolve("template.yaml"))
            .resolve(Map.of(), new Place(emulator.region(), emulator.account(), stack));
    Tables.create(emulator, dynamo, template);
    grants = new Grants(dynamo, table("GrantsTable"));
    requests = new Requests(dynamo, table("RequestsTable"), grants);
  }

  @AfterAll
  void stop() {
    // Nothing started if there is no emulator.
    if (emulator != null) {
      emulator.close();
    }
  }

  private String table(String logicalId) {
    return template.table(logicalId).name();
  }

  // Tables

  @Test
  void eachTableHasTheKeysIndexesAndStreamOfTheTemplate() {
    for (var wanted : template.tables().values()) {
      var found = dynamo.describeTable(describe -> describe.tableName(wanted.name())).table();

      assertThat(keys(found.keySchema()))
          .as(wanted.name())
          .isEqualTo(keys(wanted.definition().path("KeySchema")));
      assertThat(indexes(found)).as(wanted.name()).isEqualTo(indexes(wanted.definition()));
      assertThat(
              found.streamSpecification() == null
                  ? ""
                  : found.streamSpecification().streamViewTypeAsString())
          .as(wanted.name())
          .isEqualTo(wanted.definition().at("/StreamSpecification/StreamViewType").asText());
    }
  }

  private static String keys(List<KeySchemaElement> schema) {
    return schema.stream()
        .map(key -> key.attributeName() + " " + key.keyTypeAsString())
        .collect(Collectors.joining(", "));
  }

  private static String keys(JsonNode schema) {
    return schema
        .valueStream()
        .map(key -> key.path("AttributeName").asText() + " " + key.path("KeyType").asText())
        .collect(Collectors.joining(", "));
  }

  private static Set<String> indexes(TableDescription table) {
    return table.globalSecondaryIndexes().stream()
        .map(
            index ->
                index.indexName()
                    + ": "
                    + keys(index.keySchema())
                    + " with "
                    + index.projection().projectionTypeAsString()
                    + " "
                    + new TreeSet<>(index.projection().nonKeyAttributes()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> indexes(JsonNode definition) {
    return definition
        .path("GlobalSecondaryIndexes")
        .valueStream()
        .map(
            index ->
                index.path("IndexName").asText()
                    + ": "
                    + keys(index.path("KeySchema"))
                    + " with "
                    + index.at("/Projection/ProjectionType").asText()
                    + " "
                    + index
                        .at("/Projection/NonKeyAttributes")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.toCollection(TreeSet::new)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void itemsExpireWhereTheTemplateSaysAndNowhereElse() {
    for (var wanted : template.tables().values()) {
      var found =
          dynamo
              .describeTimeToLive(describe -> describe.tableName(wanted.name()))
              .timeToLiveDescription();

      if (wanted.expiry() == null) {
        assertThat(found.timeToLiveStatus()).as(wanted.name()).isEqualTo(TimeToLiveStatus.DISABLED);
      } else {
        assertThat(found.timeToLiveStatus())
            .as(wanted.name())
            .isIn(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);
        assertThat(found.attributeName()).as(wanted.name()).isEqualTo(wanted.expiry());
      }
    }
  }

  // Stores

  @Test
  void aRequestIsStoredOnce() {
    var asked = AnAsk.by(AnAsk.somebody(), NOVEMBER);
    requests.submit(asked);
    change(asked.id(), AnAsk.told(NOVEMBER.plusSeconds(1)));

    var again = requests.submit(asked);

    assertThat(again.version()).isEqualTo(2);
    assertThat(requests.find(asked.id())).contains(again);
  }

  @Test
  void ofTwoChangesAtOnceTheSecondIsMadeFromWhatTheFirstLeft() {
    var asked = AnAsk.by(AnAsk.somebody(), NOVEMBER);
    requests.submit(asked);
    var tries = new AtomicInteger();

    requests.change(
        asked.id(),
        request -> {
          if (tries.incrementAndGet() == 1) {
            change(asked.id(), AnAsk.told(NOVEMBER.plusSeconds(1)));
          }
          return Life.apply(request, AnAsk.nextRun(NOVEMBER.plusSeconds(2)));
        });

    assertThat(tries).hasValue(2);
    assertThat(find(asked.id()).trail().events()).hasSize(3);
  }

  @Test
  void aGrantComesAndGoesWithItsRequest() {
    var asked = active(NOVEMBER);
    var entitlement = asked.asked().entitlement();

    assertThat(grants.of(entitlement))
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.request()).isEqualTo(asked.id());
              assertThat(held.status()).isEqualTo(Status.ACTIVE);
            });
    assertThat(grants.remember(entitlement, asked.id(), Before.ABSENT)).contains(Before.ABSENT);
    assertThat(grants.remember(entitlement, asked.id(), Before.FOREIGN)).contains(Before.ABSENT);
    var end = NOVEMBER.plus(Duration.ofHours(5));
    change(asked.id(), AnAsk.expired(end));
    change(asked.id(), AnAsk.gone(end.plusSeconds(1)));

    assertThat(find(asked.id()).status()).isEqualTo(Status.ENDED);
    assertThat(grants.of(entitlement)).isEmpty();
    assertThat(grants.remember(entitlement, asked.id(), Before.OURS)).isEmpty();
  }

  @Test
  void endingIsWrittenThoughItsGrantIsGoneByTimeToLive() {
    var asked = active(NOVEMBER);
    var entitlement = asked.asked().entitlement();
    dynamo.deleteItem(
        delete ->
            delete
                .tableName(table("GrantsTable"))
                .key(
                    Map.of(
                        "entitlement",
                        AttributeValue.fromS(entitlement.key()),
                        "request",
                        AttributeValue.fromS(asked.id()))));

    change(asked.id(), AnAsk.expired(NOVEMBER.plus(Duration.ofHours(5))));

    assertThat(find(asked.id()).status()).isEqualTo(Status.ENDING);
    assertThat(grants.of(entitlement)).isEmpty();
  }

  @Test
  void aTransactionThatIsCancelledSaysWhichPartFailedAndWritesNothing() {
    var asked = AnAsk.by(AnAsk.somebody(), NOVEMBER);
    requests.submit(asked);
    var other = AttributeValue.fromS("other-" + asked.id());

    var put =
        TransactWriteItem.builder()
            .put(one -> one.tableName(table("RequestsTable")).item(Map.of("id", other)))
            .build();
    var refused =
        TransactWriteItem.builder()
            .conditionCheck(
                check ->
                    check
                        .tableName(table("RequestsTable"))
                        .key(Map.of("id", AttributeValue.fromS(asked.id())))
                        .conditionExpression("attribute_not_exists(id)"))
            .build();

    var cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () -> dynamo.transactWriteItems(write -> write.transactItems(List.of(put, refused))));

    assertThat(cancelled.cancellationReasons())
        .extracting(CancellationReason::code)
        .containsExactly("None", "ConditionalCheckFailed");
    assertThat(
            dynamo
                .getItem(
                    get ->
                        get.tableName(table("RequestsTable"))
                            .key(Map.of("id", other))
                            .consistentRead(true))
                .item())
        .isEmpty();
  }

  @Test
  void aLockHasOneOwnerUntilItIsFreedOrItsTimeIsOver() {
    var entitlement = new Entitlement("crm", "viewer", AnAsk.somebody());
    var until = NOVEMBER.plusSeconds(120);

    assertThat(grants.lock(entitlement, "one", NOVEMBER, until)).isEmpty();
    assertThat(grants.lock(entitlement, "two", NOVEMBER.plusSeconds(60), until)).contains(until);
    assertThat(grants.lock(entitlement, "two", until.plusSeconds(1), until.plusSeconds(120)))
        .isEmpty();
    grants.unlock(entitlement, "one");
    assertThat(grants.lock(entitlement, "one", until.plusSeconds(2), until.plusSeconds(120)))
        .isPresent();
    grants.unlock(entitlement, "two");
    assertThat(grants.lock(entitlement, "one", until.plusSeconds(3), until.plusSeconds(120)))
        .isEmpty();
    assertThat(grants.of(entitlement)).isEmpty();
  }

  @Test
  void aPersonsRequestsComeNewestFirstPageByPage() {
    var person = AnAsk.somebody();
    var older = requests.submit(AnAsk.by(person, NOVEMBER));
    var newer = requests.submit(AnAsk.by(person, NOVEMBER.plusSeconds(60)));
    await("both in the index", () -> requests.of(person, 5, null).lines(), all -> all.size() == 2);

    var first = requests.of(person, 1, null);
    var second = requests.of(person, 1, first.next());

    assertThat(first.lines()).extracting(Requests.Line::id).containsExactly(newer.id());
    assertThat(second.lines()).extracting(Requests.Line::id).containsExactly(older.id());
    assertThat(second.lines().getFirst().title()).isEqualTo("View a record");
  }

  @Test
  void whatIsOverdueIsFoundAndNothingElse() {
    var overdue = requests.submit(AnAsk.by(AnAsk.somebody(), NOVEMBER));
    var later = requests.submit(AnAsk.by(AnAsk.somebody(), NOVEMBER.plus(Duration.ofDays(1))));
    var by = overdue.nextDue().orElseThrow();

    var due =
        await(
            "the overdue one in the index",
            () -> SamAsks.due(requests, by, 400),
            ids -> ids.contains(overdue.id()));

    assertThat(due).doesNotContain(later.id());
    assertThat(SamAsks.due(requests, by.minusMillis(1), 400)).doesNotContain(overdue.id());
  }

  @Test
  void ofTheTokensOfAWaitTheNewestStays() {
    var waits = new Waits(dynamo, table("WaitsTable"));
    var request = UUID.randomUUID().toString();
    var wait = new Wait.ForDecision(0, 0);

    assertThat(waits.keep(request, wait, order(1, 5, 0), "first")).isTrue();
    assertThat(waits.keep(request, wait, order(1, 5, 1), "retried")).isTrue();
    assertThat(waits.keep(request, wait, order(1, 5, 0), "late")).isFalse();
    waits.forget(request, new Waits.Waiting(wait, "first"));
    assertThat(waits.of(request)).containsExactly(new Waits.Waiting(wait, "retried"));
    waits.markSent(request, "ASK", NOVEMBER);
    assertThat(waits.sent(request)).containsExactly("ASK");
    waits.forget(request, new Waits.Waiting(wait, "retried"));
    assertThat(waits.of(request)).isEmpty();
  }

  private static Waits.Order order(int run, int second, int retry) {
    return new Waits.Order(run, NOVEMBER.plusSeconds(second), retry);
  }

  @Test
  void aLinkAllowsFiveTries() {
    var links = new Links(dynamo, table("LinksTable"));
    var secret = UUID.randomUUID().toString();
    var link =
        new Links.Link(
            Links.hashOfSecret(secret),
            "any-request",
            0,
            0,
            AnAsk.MAX,
            Links.hashOfCode("salt", "123456"),
            "salt",
            0,
            NOVEMBER.plus(Links.KEPT_FOR));
    links.put(link);

    for (int left = Links.MOST_TRIES - 1; left >= 0; left--) {
      assertThat(links.useTry(link).orElseThrow().triesLeft()).isEqualTo(left);
    }
    assertThat(links.useTry(link)).isEmpty();
    assertThat(links.find(secret, NOVEMBER).orElseThrow().triesLeft()).isZero();
    assertThat(links.find(secret, NOVEMBER.plus(Links.KEPT_FOR))).isEmpty();
  }

  @Test
  void anInboxIsOldestFirst() {
    var inbox = new Inbox(dynamo, table("InboxTable"));
    var person = AnAsk.somebody();
    var newer = new Inbox.Entry(person, NOVEMBER.plusSeconds(60), "b", 0);
    var older = new Inbox.Entry(person, NOVEMBER, "a", 0);
    inbox.put(newer);
    inbox.put(older);
    inbox.put(older);

    assertThat(inbox.of(person, 10)).containsExactly(older, newer);
    inbox.delete(older);
    assertThat(inbox.of(person, 10)).containsExactly(newer);
  }

  @Test
  void anAuditRecordIsPutOnceAndNeverReplaced() {
    var records = new AuditRecords(dynamo, table("AuditTable"));
    var asked = active(NOVEMBER);
    var events = asked.trail().events();
    var recorder = new Recorder(records);
    recorder.record(asked.asked(), events);
    recorder.record(asked.asked(), events);
    var stored = records.of(asked.id());
    var first = stored.getFirst();
    records.put(first);

    assertThat(Chain.verify(stored, asked.asked(), events)).isInstanceOf(Verdict.Verified.class);
    assertThatThrownBy(
            () ->
                records.put(
                    AuditRecords.Entry.of(
                        first.request(),
                        first.version(),
                        NOVEMBER,
                        AnAsk.somebody(),
                        AnAsk.MAX,
                        "crm",
                        "another record",
                        first.hash())))
        .isInstanceOf(AuditMismatch.class);
    assertThat(records.of(asked.id())).isEqualTo(stored);
    var span = new AuditRecords.Span(NOVEMBER, NOVEMBER.plus(Duration.ofDays(1)));
    await(
        "all of the person's records in the index",
        () -> records.ofPerson(asked.asked().requester(), span, null, 100).entries(),
        stored::equals);
  }

  // Streams

  @Test
  void aStreamTellsEveryChangeInOrderWithOldAndNewImage() {
    var asked = active(NOVEMBER);

    var changes =
        await(
            "all records of the request",
            () -> changes(table("RequestsTable"), asked.id()),
            all -> all.size() >= asked.version());

    assertThat(changes)
        .extracting(Record::eventName)
        .startsWith(OperationType.INSERT)
        .endsWith(OperationType.MODIFY)
        .hasSize(asked.version());
    for (int i = 0; i < changes.size(); i++) {
      var change = changes.get(i).dynamodb();
      assertThat(part(change.newImage(), "version").n()).isEqualTo(String.valueOf(i + 1));
      assertThat(part(change.newImage(), "events").l()).hasSize(i + 1);
      if (i > 0) {
        assertThat(change.oldImage()).isEqualTo(changes.get(i - 1).dynamodb().newImage());
      }
    }
  }

  private static AttributeValue part(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private List<Record> changes(String table, String id) {
    var stream =
        dynamo.describeTable(describe -> describe.tableName(table)).table().latestStreamArn();
    var shards =
        streams.describeStream(describe -> describe.streamArn(stream)).streamDescription().shards();
    var records = new ArrayList<Record>();
    for (var shard : shards) {
      try {
        var iterator =
            streams
                .getShardIterator(
                    get ->
                        get.streamArn(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        // An open shard never says that it ends, so an empty answer does.
        boolean more = true;
        while (more && iterator != null) {
          var from = iterator;
          var answer = streams.getRecords(get -> get.shardIterator(from));
          records.addAll(answer.records());
          iterator = answer.nextShardIterator();
          more = answer.hasRecords() && !answer.records().isEmpty();
        }
      } catch (TrimmedDataAccessException nothingYet) {
        // DynamoDB Local says so of a shard that has no record yet; the caller asks again.
        return List.of();
      }
    }
    return records.stream()
        .filter(record -> id.equals(part(record.dynamodb().keys(), "id").s()))
        .toList();
  }

  // State machine

  @Test
  void theSameStartIsTheSameExecutionAndAnotherOneIsRefused() {
    var machine = template.stateMachine("AccessMachine");
    var arn =
        states
            .createStateMachine(
                create ->
                    create
                        .name(machine.name())
                        .definition(emulator.runnable(machine.definition()))
                        .roleArn("arn:aws:iam::" + emulator.account() + ":role/daypass"))
            .stateMachineArn();
    var first = start(arn, "once", 1);
    var again = start(arn, "once", 1);

    assertThat(arn).isEqualTo(machine.arn());
    assertThat(again.executionArn()).isEqualTo(first.executionArn());
    assertThat(again.startDate()).isEqualTo(first.startDate());
    assertThatThrownBy(() -> start(arn, "once", 2))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    var running = states.describeExecution(d -> d.executionArn(first.executionArn()));
    assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(running.name()).isEqualTo("once");
    assertThat(running.input()).isEqualTo(input(1));
    assertThat(states.listExecutions(list -> list.stateMachineArn(arn)).executions())
        .singleElement()
        .satisfies(one -> assertThat(one.executionArn()).isEqualTo(first.executionArn()));

    states.stopExecution(s -> s.executionArn(first.executionArn()).error("Daypass.Test"));
    await(
        "the end of the execution",
        () -> states.describeExecution(d -> d.executionArn(first.executionArn())).status(),
        ExecutionStatus.ABORTED::equals);

    assertThatThrownBy(() -> start(arn, "once", 1))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
    assertThat(history(first.executionArn()))
        .extracting(HistoryEvent::type)
        .startsWith(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED)
        .endsWith(HistoryEventType.EXECUTION_ABORTED);
    assertThatThrownBy(
            () ->
                states.describeExecution(
                    d -> d.executionArn(first.executionArn().replace(":once", ":never"))))
        .isInstanceOf(ExecutionDoesNotExistException.class);
  }

  private StartExecutionResponse start(String machine, String name, int run) {
    return states.startExecution(s -> s.stateMachineArn(machine).name(name).input(input(run)));
  }

  private static String input(int run) {
    return "{\"requestId\":\"no-such-request\",\"run\":" + run + "}";
  }

  private List<HistoryEvent> history(String execution) {
    return states.getExecutionHistoryPaginator(get -> get.executionArn(execution)).events().stream()
        .toList();
  }

  // The main path

  @Test
  void accessIsAskedForApprovedSetUpGivenBackTakenAwayAndOnRecord() {
    try (var application = emulator.application(PROJECT)) {
      var outside = new Outside(application.url());
      var id = outside.ask(AMARA, "crm-customer-record", "PT1H", "Ticket 4711, a wrong balance");

      var mail =
          await(application, "the mail to Lena", () -> outside.mails(LENA, id), m -> !m.isEmpty())
              .getFirst();
      var code = CODE.matcher(mail.path("text").asText());
      assertThat(code.find()).as("a code in %s", mail).isTrue();
      outside.decide(mail.path("links").path(0).asText(), code.group(1), "approve");
      awaitStatus(application, outside, id, "ACTIVE");
      assertThat(outside.members("crm-record-viewers", LocalDaypass.SCIM_TOKEN))
          .containsExactly(AMARA);

      outside.giveBack(id, AMARA);
      var ended = awaitStatus(application, outside, id, "ENDED");
      assertThat(ended.path("endReason").asText()).isEqualTo("RETURNED");
      assertThat(outside.members("crm-record-viewers", LocalDaypass.SCIM_TOKEN)).isEmpty();

      var execution = application.stateMachine().replace(":stateMachine:", ":execution:");
      walkedThePlainPath(application, execution + ":" + id + "-1");
      int version = outside.request(id, AMARA).path("version").asInt();
      var trail =
          await(
              application,
              "a record of each change",
              () -> outside.trail(id, ELENA),
              answer -> answer.path("records").size() >= version);
      assertThat(trail.at("/chain/verified").asBoolean()).as("%s", trail).isTrue();
      application.requireHealthy();
    }
  }

  private JsonNode awaitStatus(Application application, Outside outside, String id, String status) {
    return await(
        application,
        "status " + status,
        () -> outside.request(id, AMARA),
        request -> request.path("status").asText().equals(status));
  }

  private void walkedThePlainPath(Application application, String execution) {
    await(
        application,
        "the end of the workflow",
        () -> states.describeExecution(describe -> describe.executionArn(execution)).status(),
        status -> status != ExecutionStatus.RUNNING);
    var events = history(execution);

    assertThat(events.stream().filter(event -> event.stateEnteredEventDetails() != null))
        .extracting(event -> event.stateEnteredEventDetails().name())
        .containsExactly(
            "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
    assertThat(events)
        .extracting(HistoryEvent::type)
        .startsWith(HistoryEventType.EXECUTION_STARTED)
        .contains(
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_SCHEDULED,
            HistoryEventType.TASK_STARTED,
            HistoryEventType.TASK_SUBMITTED,
            HistoryEventType.TASK_SUCCEEDED,
            HistoryEventType.TASK_STATE_EXITED,
            HistoryEventType.CHOICE_STATE_ENTERED)
        .endsWith(HistoryEventType.EXECUTION_SUCCEEDED);
  }

  // What they share

  private Request active(Instant from) {
    var asked = AnAsk.by(AnAsk.somebody(), from);
    requests.submit(asked);
    change(asked.id(), AnAsk.told(from.plusSeconds(1)));
    change(asked.id(), AnAsk.approved(from.plusSeconds(60)));
    change(asked.id(), AnAsk.claimed(from.plusSeconds(61)));
    change(asked.id(), AnAsk.setUp(from.plusSeconds(62)));
    var active = find(asked.id());
    assertThat(active.status()).isEqualTo(Status.ACTIVE);
    return active;
  }

  private void change(String id, Command command) {
    var outcome = requests.change(id, request -> Life.apply(request, command)).orElseThrow();
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
  }

  private Request find(String id) {
    return requests.find(id).orElseThrow();
  }

  private <T> T await(
      Application application, String what, Supplier<T> source, Predicate<T> enough) {
    return await(
        what,
        () -> {
          application.requireHealthy();
          return source.get();
        },
        enough);
  }

  private <T> T await(String what, Supplier<T> source, Predicate<T> enough) {
    long giveUp = System.nanoTime() + emulator.patience().toNanos();
    var last = source.get();
    while (!enough.test(last)) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(
            "waited " + emulator.patience() + " for " + what + "; last was " + last);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      }
      last = source.get();
    }
    return last;
  }
}
