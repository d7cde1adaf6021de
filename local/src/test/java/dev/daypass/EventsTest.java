package dev.daypass;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.RequestId;
import dev.daypass.flow.Desk;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.identity.SamplePerson;
import dev.daypass.local.lambda.FunctionLog;
import dev.daypass.store.Links;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The sample events in {@code events/}: their list is whole, every function has one, and every one
 * is understood by its function. Time stands still at the moment at which the story begins.
 */
class EventsTest {
  private static final Path EVENTS = Path.of("..", "events");
  private static final Instant BEGIN = Instant.parse("2026-11-23T09:00:00Z");
  private static final String LENA = "lena.fischer@example.com";
  private static final String REQUEST = RequestId.of("amara.okafor@example.com", "sample-4711");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern ROW =
      Pattern.compile("\\| \\[([^]]+)]\\(([^)]+)\\) \\| ([^|]+) \\| [^|]+ \\|");
  private static final Pattern TOKEN = Pattern.compile("TOKEN_OF_([a-z.-]+@[a-z.]+)");
  private static final Pattern SESSION = Pattern.compile("SESSION_OF_([a-z.-]+@[a-z.]+)");

  private static LocalDaypass daypass;

  @BeforeAll
  static void start() {
    daypass =
        LocalDaypass.start(Path.of(".."), cloud -> cloud.port(0).clock(InstantSource.fixed(BEGIN)));
  }

  @AfterAll
  static void stop() {
    daypass.close();
  }

  /** The functions that each event in the list is for. */
  private static Map<String, Set<String>> listed() {
    var listed = new TreeMap<String, Set<String>>();
    for (var line : text(EVENTS.resolve("README.md")).lines().toList()) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(row.group(2)).isEqualTo(row.group(1));
        listed.put(row.group(1), Set.of(row.group(3).strip().split(", ", -1)));
      }
    }
    return listed;
  }

  @Test
  void theListNamesEveryEventAndEveryFunction() throws IOException {
    try (var files = Files.list(EVENTS)) {
      assertThat(listed().keySet())
          .isEqualTo(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".json"))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(listed().values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
        .isEqualTo(daypass.cloud().template().functions().keySet());
  }

  @Test
  void everyStepOfTheWorkflowHasAnEvent() throws IOException {
    var steps =
        JSON
            .readTree(Path.of("..", "statemachine", "access.asl.json").toFile())
            .findValues("Payload")
            .stream()
            .map(payload -> "step-" + payload.path("step").asText() + ".json")
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed().keySet().stream().filter(name -> name.startsWith("step-")))
        .containsExactlyElementsOf(steps);
    for (var name : steps) {
      assertThat(fields(event(name))).as(name).isEqualTo(fieldsInTheWorkflow(name));
    }
  }

  private static Set<String> fieldsInTheWorkflow(String name) throws IOException {
    return JSON
        .readTree(Path.of("..", "statemachine", "access.asl.json").toFile())
        .findValues("Payload")
        .stream()
        .filter(payload -> name.equals("step-" + payload.path("step").asText() + ".json"))
        .map(EventsTest::fields)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> fields(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void httpEventsAreForRoutesOfTheirFunction() {
    listed()
        .forEach(
            (name, functions) -> {
              if (name.startsWith("http-")) {
                var event = event(name);
                assertThat(daypass.cloud().template().routes())
                    .as(name)
                    .anyMatch(
                        route ->
                            route.key().equals(event.path("routeKey").asText())
                                && functions.stream()
                                    .map(daypass.cloud().template()::function)
                                    .anyMatch(
                                        each ->
                                            route
                                                .function()
                                                .equals(each.name() + ":" + each.alias())));
                assertThat(event.at("/requestContext/routeKey")).isEqualTo(event.path("routeKey"));
              }
            });
  }

  @Test
  void theStoryIsUnderstoodFromTheFirstEventToTheLast() {
    assertThat(answer("schedule.json")).isEqualTo(json("{'moved': 0, 'failed': 0}"));
    assertThat(answer("http-sign-in.json").at("/headers/location").asText())
        .startsWith(daypass.url() + "/_local/issuer/authorize?")
        .contains("code_challenge_method=S256");
    assertThat(status("http-home.json")).isEqualTo(200);

    var uploaded = answer("http-import.json");
    assertThat(uploaded.path("statusCode").asInt()).as(uploaded.toString()).isEqualTo(303);
    assertThat(uploaded.at("/headers/location").asText())
        .isEqualTo(
            "/admin/imports/"
                + event("imports-stream.json").at("/Records/0/dynamodb/Keys/id/S").asText());
    daypass.cloud().settle();
    assertThat(answer("imports-stream.json"))
        .as("compared already")
        .isEqualTo(json("{'batchItemFailures': []}"));

    // What the stream's record says was stored; then the record itself comes a second time.
    store(event("requests-stream.json").at("/Records/0/dynamodb/NewImage"));
    daypass.cloud().settle();
    assertThat(daypass.ses().mails()).hasSize(1);
    assertThat(answers("requests-stream.json"))
        .hasSize(2)
        .allMatch(answer -> answer.equals(json("{'batchItemFailures': []}")));

    var asked = answer("http-ask.json");
    assertThat(asked.path("statusCode").asInt()).as(asked.toString()).isEqualTo(303);
    assertThat(asked.at("/headers/location").asText())
        .isEqualTo("/requests/" + REQUEST + "?done=SENT");
    var askedByApi = answer("http-api-ask.json");
    assertThat(askedByApi.path("statusCode").asInt()).isEqualTo(201);
    assertThat(json(askedByApi.path("body").asText()).path("id").asText()).isEqualTo(REQUEST);

    assertThat(next("step-look.json")).isEqualTo("DECIDE");
    assertThat(answer("step-await-decision.json").isMissingNode()).isTrue();

    assertThat(status("http-decide.json")).as("a link that nobody was sent").isEqualTo(404);
    sendLink();
    assertThat(status("http-decide.json")).isEqualTo(303);
    daypass.cloud().settle();
    assertThat(daypass.scim().members("crm-record-viewers")).hasSize(1);

    assertThat(answer("mail-returned.json").isMissingNode()).isTrue();
    assertThat(daypass.cloud().functions().log().entries())
        .extracting(FunctionLog.Entry::text)
        .filteredOn(line -> line.startsWith("mail BOUNCE request=" + REQUEST))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .contains("stage=0 round=0: changes nothing")
        .doesNotContain("@");

    var system = answer("http-system.json");
    assertThat(system.path("statusCode").asInt()).isEqualTo(200);
    assertThat(system.path("body").asText()).contains("Amara Okafor");

    assertThat(next("step-round-over.json")).isEqualTo("AWAIT_END");
    assertThat(next("step-provision.json")).isEqualTo("AWAIT_END");
    assertThat(next("step-give-up.json")).as("there is nothing to give up").isEqualTo("AWAIT_END");
    assertThat(answer("step-await-end.json").isMissingNode()).isTrue();
    assertThat(next("step-hand-over.json")).as("nothing to hand over").isEqualTo("AWAIT_END");
    assertThat(answer("grants-ttl.json"))
        .as("too early to be true")
        .isEqualTo(json("{'batchItemFailures': []}"));

    daypass.cloud().advance(Duration.ofHours(4));
    assertThat(daypass.scim().members("crm-record-viewers")).isEmpty();
    assertThat(next("step-deprovision.json")).isEqualTo("DONE");
    assertThat(next("step-done.json")).isEqualTo("DONE");
    var trail = answer("http-audit-query.json");
    assertThat(trail.path("statusCode").asInt()).isEqualTo(200);
    var records = json(trail.path("body").asText());
    assertThat(records.at("/chain/verified").asBoolean()).as(records.toString()).isTrue();
    assertThat(records.path("records").get(0).path("kind").asText()).isEqualTo("SUBMITTED");
  }

  /** Puts an item as the stream shows it into the table it comes from. */
  private static void store(JsonNode image) {
    var item = new HashMap<String, AttributeValue>();
    image
        .properties()
        .forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
    try (var dynamo = LocalDaypass.dynamo(daypass.cloud())) {
      var table = daypass.cloud().template().table("RequestsTable").name();
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
  }

  private static AttributeValue value(JsonNode typed) {
    if (typed.has("S")) {
      return AttributeValue.fromS(typed.path("S").asText());
    }
    if (typed.has("N")) {
      return AttributeValue.fromN(typed.path("N").asText());
    }
    return AttributeValue.fromL(
        Stream.of(typed.path("L"))
            .flatMap(list -> list.valueStream())
            .map(EventsTest::value)
            .toList());
  }

  /** Gives Lena the link and the code of {@code http-decide.json}. */
  private static void sendLink() {
    try (var dynamo = LocalDaypass.dynamo(daypass.cloud())) {
      var table = daypass.cloud().template().table("LinksTable").name();
      var secret = event("http-decide.json").at("/pathParameters/token").asText();
      new Links(dynamo, table)
          .put(
              new Links.Link(
                  Links.hashOfSecret(secret),
                  REQUEST,
                  0,
                  0,
                  LENA,
                  Links.hashOfCode("any", "471100"),
                  "any",
                  0,
                  BEGIN.plus(Duration.ofDays(1))));
    }
  }

  private static int status(String name) {
    return answer(name).path("statusCode").asInt();
  }

  private static String next(String name) {
    return answer(name).path("next").asText();
  }

  private static JsonNode answer(String name) {
    var answers = answers(name);
    assertThat(answers).as(name).hasSize(1);
    return answers.getFirst();
  }

  /** What each function that the event is for answers; missing if it answers nothing. */
  private static List<JsonNode> answers(String name) {
    return listed().getOrDefault(name, Set.of()).stream()
        .map(
            function -> {
              var result = daypass.cloud().invoke(function, event(name));
              assertThat(result.functionError()).as(name + ": " + result.payload()).isNull();
              return result.payload().isEmpty() ? JSON.missingNode() : json(result.payload());
            })
        .toList();
  }

  /** An event with real tokens in the places of those that it stands for. */
  private static JsonNode event(String name) {
    var signedIn =
        SESSION.matcher(text(EVENTS.resolve(name))).replaceAll(person -> session(person.group(1)));
    return json(
        TOKEN
            .matcher(signedIn)
            .replaceAll(
                token ->
                    daypass
                        .cloud()
                        .token(new SamplePerson(token.group(1), "any", null, List.of()))));
  }

  private static String session(String person) {
    var desk = new Desk(daypass.url(), person);
    assertThat(desk.signIn("").path()).isEqualTo("/");
    return desk.cookie("daypass-session");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** JSON, with apostrophes for quotes where a test writes it. */
  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.startsWith("{'") ? text.replace('\'', '"') : text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(text, malformed);
    }
  }
}
