package dev.daypass.api;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.GRACE;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.daypass.access.Decision;
import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.RequestId;
import dev.daypass.access.Stage;
import dev.daypass.access.Status;
import dev.daypass.flow.Answer;
import dev.daypass.flow.Company;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.web.Problem;
import dev.daypass.web.RequestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code openapi.yaml} is a valid document, knows the routes of {@code template.yaml} and no
 * others, and every example in it is real. Time stands still.
 */
class ApiDescriptionTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T09:00:00Z");
  private static final OpenApi API = OpenApi.read();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addDeserializer(Refusal.class, new RefusalReader())
                  .addDeserializer(Problem.class, new ProblemReader()))
          .addMixIn(Refusal.class, InEnglish.class)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();
  private static final String KEY = "ticket-4711";
  private static final String ID = RequestId.of(AMARA, KEY);

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.open(cloud -> cloud.withoutThrottling().clock(InstantSource.fixed(BEGIN)));
  }

  @AfterAll
  static void close() {
    company.close();
  }

  // The document

  /** The schema of the specification's own makers, also for the schemas in the document. */
  private static Schema schemaOfDescriptions() {
    var resources = new HashMap<String, String>();
    for (var name : List.of("schema-base", "schema", "dialect", "meta")) {
      var tree = OpenApi.yaml(resource("/openapi-3.1/" + name + ".yaml"));
      resources.put(tree.path("$id").asText(), tree.toString());
    }
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(resources))
        .getSchema(
            SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/WORK-IN-PROGRESS"));
  }

  private static String resource(String name) {
    try (var in = ApiDescriptionTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void itIsAValidDocumentOfOpenApi31() {
    assertThat(schemaOfDescriptions().validate(API.tree())).map(Error::toString).isEmpty();
    assertThat(API.tree().path("openapi").asText()).isEqualTo("3.1.1");
  }

  @Test
  void whatIsNoValidDocumentIsFound() {
    var schema = schemaOfDescriptions();
    List<Consumer<ObjectNode>> mistakes =
        List.of(
            document -> document.remove("info"),
            document -> document.put("swagger", "2.0"),
            document -> at(document, "/paths/~1api~1runbooks/get").put("operation", "x"),
            document -> at(document, "/paths/~1api~1runbooks/get/responses").putObject("2000"),
            document -> at(document, "/components/schemas/RequestId").put("type", "strin"),
            document -> at(document, "/components/schemas/RequestId").put("minLength", -1),
            document -> at(document, "/components/parameters/Limit").put("in", "body"));
    for (var mistake : mistakes) {
      var document = (ObjectNode) API.tree().deepCopy();
      mistake.accept(document);
      assertThat(document).isNotEqualTo(API.tree());
      assertThat(schema.validate(document)).isNotEmpty();
    }
  }

  private static ObjectNode at(ObjectNode document, String pointer) {
    return (ObjectNode) document.at(pointer);
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryPartIsUsed() {
    var references = new TreeSet<String>();
    references(API.tree(), references);
    assertThat(references).allMatch(pointer -> !API.tree().at(pointer).isMissingNode());
    var parts = new TreeSet<String>();
    API.tree().path("components").properties().stream()
        .filter(kind -> !kind.getKey().equals("securitySchemes"))
        .forEach(
            kind ->
                kind.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> parts.add("/components/" + kind.getKey() + "/" + name)));
    assertThat(parts).isEqualTo(references);
  }

  private static void references(JsonNode node, Set<String> found) {
    if (node.path("$ref").isTextual()) {
      found.add(node.path("$ref").asText().substring(1));
    }
    node.forEach(each -> references(each, found));
  }

  @Test
  void everyOperationHasANameOfItsOwnAndSaysWhatItIsFor() {
    assertThat(API.operations()).map(OpenApi.Operation::id).doesNotHaveDuplicates();
    assertThat(API.operations())
        .allSatisfy(
            each -> {
              assertThat(each.id()).matches("[a-z][A-Za-z]+");
              assertThat(each.node().path("summary").asText()).isNotBlank();
              assertThat(each.node().path("tags")).hasSize(1);
            });
  }

  // The document and the code

  @Test
  void itHasTheRoutesOfTheTemplateAndNoOthers() {
    var routes =
        TemplateFile.read(Path.of("..", "template.yaml"))
            .resolve(Map.of(), Place.LOCAL)
            .routes()
            .stream()
            .filter(route -> route.path().startsWith("/api/"))
            .map(Route::key)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(API.operations().stream().map(OpenApi.Operation::route))
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void itsWordsAreThoseOfTheCode() {
    assertThat(words("/components/schemas/Status/enum")).isEqualTo(names(Status.values()));
    assertThat(words("/components/schemas/Proof/enum")).isEqualTo(names(Proof.values()));
    assertThat(words("/components/schemas/EventKind/enum")).isEqualTo(names(Event.Kind.values()));
    assertThat(words("/components/schemas/Request/properties/endReason/enum"))
        .isEqualTo(names(EndReason.values()));
    assertThat(words("/components/schemas/Request/properties/failure/enum"))
        .isEqualTo(names(dev.daypass.access.Request.Failed.Reason.values()));
    var states = new TreeSet<>(names(Stage.Result.values()));
    states.add("WAITING");
    assertThat(words("/components/schemas/Stage/properties/state/enum")).isEqualTo(states);
    assertThat(words("/components/schemas/Decision/properties/decision/enum"))
        .isEqualTo(
            names(Decision.Answer.values()).stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> words(String pointer) {
    return API.tree()
        .at(pointer)
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
  }

  // Where it is

  @Test
  void everybodyMayReadItAndKeepItForAWhile() {
    var whole = get(Map.of());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("content-type")).contains("application/yaml");
    assertThat(whole.headers().firstValue("cache-control")).contains("public, max-age=300");
    assertThat(whole.body()).isEqualTo(OpenApi.text());

    var tag = whole.headers().firstValue("etag").orElseThrow();
    for (var known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      var same = get(Map.of("If-None-Match", known));
      assertThat(same.statusCode()).as(known).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("etag")).contains(tag);
    }
    assertThat(get(Map.of("If-None-Match", "\"other\"")).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(Map<String, String> headers) {
    var request = HttpRequest.newBuilder(URI.create(company.daypass().url() + "/api/openapi.yaml"));
    headers.forEach(request::header);
    try (var http = HttpClient.newHttpClient()) {
      return ApiContract.checked(
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8)));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  // Examples

  private static JsonNode example(String name) {
    return API.tree().path("components").path("examples").path(name).path("value");
  }

  private static void assertIsWhatIsAnswered(String example, Answer answer) {
    // The address that the call came from is that of this machine.
    var text = answer.body().toString().replace("127.0.0.1", "203.0.113.7");
    assertThat(OpenApi.yaml(text).toPrettyString()).isEqualTo(example(example).toPrettyString());
  }

  /** One story: what is sent in it are the examples, and what comes back. */
  @Test
  void theExamplesOfTheStoryAreSentAndAnswered() {
    var amara = company.desk(AMARA);
    assertIsWhatIsAnswered("runbooks", amara.get("/api/runbooks"));
    var asked = amara.ask(KEY, example("ask").toString());
    assertThat(asked.status()).isEqualTo(201);
    assertIsWhatIsAnswered("asked", asked);
    company.settle();
    assertIsWhatIsAnswered("mine", amara.get("/api/requests?mine"));
    assertIsWhatIsAnswered("inbox", company.desk(LENA).get("/api/requests?inbox"));
    assertIsWhatIsAnswered(
        "trail", company.desk(ELENA).get("/api/audit?request=" + ID + "&limit=1"));

    assertThat(decide(ID, LENA, "approve").at("/stages/0/state")).isEqualTo("APPROVED");
    company.settle();
    var extended = amara.post("/api/requests/" + ID + "/extend", example("extend"));
    assertThat(extended.at("/grant/expiresAt")).isEqualTo(example("extend").at("/until").asText());
    var revoked = company.desk(OMAR).post("/api/requests/" + ID + "/revoke", example("revoke"));
    assertThat(revoked.at("/endReason")).isEqualTo("REVOKED");
  }

  @Test
  void theExampleOfAnApprovalTakenBackIsTaken() {
    var id = company.ask(PRIYA, "payroll-view", Duration.ofHours(1));
    decide(id, JOANA, "approve");
    var over =
        company.desk(JOANA).post("/api/requests/" + id + "/withdraw-approval", example("withdraw"));
    assertThat(over.at("/status")).isEqualTo("CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"takenAway", "takenAwayShown"})
  void theExamplesOfWorkByHandAreTaken(String takenAway) {
    var id = company.ask(PRIYA, "hr-onboarding", Duration.ofHours(1));
    company.approve(id, JOANA);
    var ingrid = company.desk(INGRID);
    var setUp = ingrid.post("/api/requests/" + id + "/set-up", example("setUp"));
    assertThat(setUp.at("/status")).isEqualTo("PROVISIONING");
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    company.desk(PRIYA).post("/api/requests/" + id + "/return", JSON.createObjectNode());
    company.settle();
    assertThat(company.json(id).at("/task/kind").asText()).isEqualTo("take-away");
    var gone = ingrid.post("/api/requests/" + id + "/taken-away", example(takenAway));
    assertThat(gone.at("/status")).isEqualTo("ENDING");
    company.settle();
    assertThat(company.status(id)).isEqualTo("ENDED");
  }

  @Test
  void theExampleOfAReviewIsTaken() {
    var body =
        company
            .body("emergency-information", Duration.ofHours(1), "The office is flooded")
            .put("breakGlass", true);
    var taken = company.desk(JOANA).ask(UUID.randomUUID().toString(), body.toString());
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.body().path("breakGlass").asBoolean()).isTrue();
    var id = company.remember(taken.at("/id"));
    company.settle();
    var reviewed = company.desk(RUTH).post("/api/requests/" + id + "/review", example("review"));
    assertThat(reviewed.at("/review/verdict")).isEqualTo("justified");
    assertThat(reviewed.at("/review/by")).isEqualTo(RUTH);
  }

  @Test
  void theExampleOfAStandInIsTaken() {
    var henrik = company.desk(HENRIK);
    var named = henrik.put("/api/stand-in", example("standIn"));
    assertThat(named.status()).as(named.body().toPrettyString()).isEqualTo(200);
    assertThat(named.at("/named/standIn")).isEqualTo(OMAR);
    assertThat(henrik.get("/api/stand-in").at("/history/0/kind")).isEqualTo("named");
    assertThat(henrik.delete("/api/stand-in").at("/history/1/kind")).isEqualTo("ended");
  }

  @Test
  void theOtherExamplesOfBodiesAreTaken() {
    var refund = company.desk(GRACE).ask("any-refund", example("askWithTicket").toString());
    assertThat(refund.status()).isEqualTo(201);
    assertThat(refund.at("/ticket")).isEqualTo(example("askWithTicket").at("/ticket").asText());
    var colleague = company.desk(PRIYA).ask("any-colleague", example("askForOther").toString());
    company.remember(colleague.at("/id"));
    assertThat(colleague.at("/askedBy")).isEqualTo(PRIYA);

    company.settle();
    assertThat(decide(refund.at("/id"), HENRIK, "deny").at("/status")).isEqualTo("DENIED");

    var record = company.ask(DIEGO, "crm-customer-record", Duration.ofHours(1));
    assertThat(decide(record, LENA, "handOver").at("/stages/0/asks/0")).isEqualTo(OMAR);
    company.settle();
    assertThat(decide(record, OMAR, "deny").at("/status")).isEqualTo("DENIED");

    var payroll = company.ask(GRACE, "payroll-view", Duration.ofHours(2));
    assertThat(decide(payroll, HENRIK, "approveShorter").at("/approvedDuration"))
        .isEqualTo(example("approveShorter").at("/duration").asText());
    company.settle();
    assertThat(decide(payroll, JOANA, "approveSecond").at("/stages/1/state")).isEqualTo("APPROVED");
  }

  private static Answer decide(String id, String who, String example) {
    var answer = company.desk(who).post("/api/requests/" + id + "/decisions", example(example));
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
    return answer;
  }

  @Test
  void theExamplesOfProblemsAreAnswered() {
    var amara = company.desk(AMARA);
    assertIsWhatIsAnswered("badInput", amara.get("/api/requests?mine&limit=1000&page=2"));
    assertIsWhatIsAnswered("notFound", amara.get("/api/requests/" + "0".repeat(25)));
    assertIsWhatIsAnswered(
        "refused",
        amara.ask(
            UUID.randomUUID().toString(),
            company.body("crm-customer-record", Duration.ofHours(9), "").toString()));
  }

  @Test
  void everyExampleIsOneOfThose() throws IOException {
    var source = Files.readString(Path.of("src/test/java/dev/daypass/api/ApiDescriptionTest.java"));
    assertThat(API.tree().path("components").path("examples").fieldNames())
        .toIterable()
        .allSatisfy(name -> assertThat(source).contains("\"" + name + "\""));
  }

  @Test
  void everyExampleFitsItsSchemaAndTheCodesOwnForm() throws IOException {
    for (var operation : API.operations()) {
      for (var content : contents(operation)) {
        for (var example : content.path("examples")) {
          var value = API.resolved(example).path("value");
          assertThat(API.violations(content.path("schema"), value, true))
              .as(operation.route())
              .isEmpty();
        }
      }
    }
    assertReads("asked", RequestJson.class);
    for (var problem : List.of("badInput", "refused")) {
      assertReads(problem, Problem.class);
    }
  }

  private static void assertReads(String example, Class<?> type) throws IOException {
    var value = JSON.treeToValue(example(example), type);
    assertThat(JSON.readTree(JSON.writeValueAsString(value))).isEqualTo(example(example));
  }

  /** Over the wire a refusal speaks English only, as {@code web.Json} writes it. */
  @JsonIgnoreProperties("said")
  private interface InEnglish {}

  /** A refusal as a client reads it; what is lost here is missing when it is written again. */
  private static final class RefusalReader extends JsonDeserializer<Refusal> {
    @Override
    public Refusal deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode read = parser.readValueAsTree();
      return new Refusal(
          read.path("code").asText(),
          read.path("field").asText(null),
          read.path("message").asText());
    }
  }

  /** As {@link RefusalReader}, a problem. */
  private static final class ProblemReader extends JsonDeserializer<Problem> {
    @Override
    public Problem deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode read = parser.readValueAsTree();
      return new Problem(
          read.path("type").asText(),
          read.path("title").asText(),
          read.path("status").asInt(),
          read.path("detail").asText(),
          List.of(context.readTreeAsValue(read.path("errors"), Refusal[].class)),
          read.path("reference").asText(null),
          Problem.inEnglish("any"));
    }
  }

  private static List<JsonNode> contents(OpenApi.Operation operation) {
    return Stream.concat(
            Stream.of(operation.node().path("requestBody")),
            operation.node().path("responses").valueStream().map(API::resolved))
        .flatMap(each -> each.path("content").valueStream())
        .toList();
  }

  // Limits

  /** What the description says that a text may hold is what is taken, to the character. */
  @Test
  void theLimitsAreThoseOfTheCode() {
    var longest = API.tree().at("/components/schemas/Ask/properties/reason/maxLength").asInt();
    var body =
        company.body("marketing-analytics", Duration.ofHours(1), "\uD83D\uDE00".repeat(longest));
    var yuki = company.desk(YUKI);
    var fits = yuki.ask("longest-reason", body.toString());
    assertThat(fits.status()).isEqualTo(201);
    assertThat(API.violations(ref("Ask"), body.put("reason", "x".repeat(longest + 1)), false))
        .isNotEmpty();
    // Of this runbook one person has one at once.
    var sofia = company.desk("sofia.rossi@example.com");
    assertThat(sofia.ask("too-long-a-reason", body.toString()).reasons())
        .containsExactly("reason-too-long");

    var most = API.tree().at("/components/parameters/Limit/schema/maximum").asInt();
    assertThat(yuki.get("/api/requests?mine&limit=" + most).status()).isEqualTo(200);
    assertThat(yuki.get("/api/requests?mine&limit=" + (most + 1)).status()).isEqualTo(400);
    var elena = company.desk(ELENA);
    assertThat(elena.get("/api/audit?system=crm&limit=" + most).status()).isEqualTo(200);
    assertThat(elena.get("/api/audit?system=crm&limit=" + (most + 1)).status()).isEqualTo(400);
    assertThat(company.desk(RUTH).get("/api/requests?inbox&limit=0").status()).isEqualTo(400);
  }

  private static ObjectNode ref(String schema) {
    return OpenApi.JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
  }

  // The guard itself

  @Test
  void anAnswerThatIsNotDescribedIsFound() {
    var operation = API.operation("GET", "/api/requests/" + ID).orElseThrow();
    var schema = operation.node().at("/responses/200/content/application~1json/schema");
    var good = (ObjectNode) example("asked").deepCopy();
    assertThat(API.violations(schema, good, true)).isEmpty();
    assertThat(API.violations(schema, good.deepCopy().put("more", 1), true)).isNotEmpty();
    assertThat(API.violations(schema, good.deepCopy().put("more", 1), false)).isEmpty();
    assertThat(API.violations(schema, good.deepCopy().put("status", "WELL"), true)).isNotEmpty();
    var stage = good.deepCopy();
    ((ObjectNode) stage.at("/stages/0")).put("more", 1);
    assertThat(API.violations(schema, stage, true)).isNotEmpty();
    good.remove("version");
    assertThat(API.violations(schema, good, true)).isNotEmpty();

    var runbooks = API.operation("GET", "/api/runbooks").orElseThrow();
    var described = get(Map.of());
    assertThat(ApiContract.violations(runbooks, described))
        .containsExactly(
            "the media type application/yaml",
            "the header cache-control: "
                + API.violations(
                        API.tree().at("/components/headers/Cache-Control/schema"),
                        new TextNode("public, max-age=300"),
                        true)
                    .getFirst(),
            "the header etag");
    assertThat(ApiContract.violations(runbooks, get(Map.of("If-None-Match", "*"))))
        .containsExactly("the status 304");
  }
}
