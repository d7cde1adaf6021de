package dev.daypass.local.notes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.local.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The whole of a small template, from an HTTP request to the last stream record. */
class NotesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalCloud cloud;

  @BeforeAll
  static void start() {
    cloud =
        LocalCloud.of(Path.of("src/test/resources/notes"))
            .withoutPermissions()
            .port(0)
            .handlers(NotesApp::handlers)
            .start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aWriteOverHttpReachesTheOtherFunctionThroughTheStream() throws Exception {
    var answer = post("/notes", "{\"id\": \"one\", \"author\": \"ada\", \"text\": \"hello\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("written");
    assertThat(answer.headers().firstValue("location")).contains("/notes/one");
    assertThat(answer.headers().allValues("set-cookie"))
        .containsExactly("a=1; Path=/", "b=2; HttpOnly");

    cloud.settle();
    var event = seen("one");
    assertThat(event.path("eventName").asText()).isEqualTo("INSERT");
    assertThat(event.path("eventSource").asText()).isEqualTo("aws:dynamodb");
    assertThat(event.path("eventVersion").asText()).isEqualTo("1.1");
    assertThat(event.path("awsRegion").asText()).isEqualTo("eu-central-1");
    assertThat(event.path("eventSourceARN").asText())
        .startsWith("arn:aws:dynamodb:eu-central-1:000000000000:table/daypass-NotesTable/stream/");
    assertThat(event.at("/dynamodb/Keys/id/S").asText()).isEqualTo("one");
    assertThat(event.at("/dynamodb/NewImage/text/S").asText()).isEqualTo("hello");
    assertThat(event.at("/dynamodb/StreamViewType").asText()).isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(event.at("/dynamodb/ApproximateCreationDateTime").isIntegralNumber()).isTrue();
    assertThat(event.has("userIdentity")).isFalse();
    assertThat(get("/notes/one").body()).contains("hello");
  }

  @Test
  void anItemWhoseTimeHasPassedIsRemovedByTheServiceAndTheStreamSaysSo() throws Exception {
    long expires = cloud.timeline().instant().plusSeconds(3600).getEpochSecond();
    post("/notes", "{\"id\": \"brief\", \"text\": \"soon gone\", \"expires\": " + expires + "}");

    cloud.advance(Duration.ofMinutes(59));
    assertThat(get("/notes/brief").statusCode()).isEqualTo(200);

    cloud.advance(Duration.ofMinutes(2));
    assertThat(get("/notes/brief").statusCode()).isEqualTo(404);
    var event = seen("brief");
    assertThat(event.path("eventName").asText()).isEqualTo("REMOVE");
    assertThat(event.at("/dynamodb/OldImage/text/S").asText()).isEqualTo("soon gone");
    assertThat(event.path("userIdentity"))
        .isEqualTo(
            JSON.readTree("{\"type\": \"Service\", \"principalId\": \"dynamodb.amazonaws.com\"}"));
  }

  @Test
  void aRecordThatFailsAgainAndAgainEndsInTheQueueAndHoldsUpNoOther() throws Exception {
    post("/notes", "{\"id\": \"bad\", \"text\": \"fail\"}");
    post("/notes", "{\"id\": \"worse\", \"text\": \"throw\"}");
    post("/notes", "{\"id\": \"good\", \"text\": \"fine\"}");

    cloud.advance(Duration.ofMinutes(1));

    assertThat(seen("good").path("eventName").asText()).isEqualTo("INSERT");
    var lost = cloud.database().queue("daypass-Lost").messages();
    assertThat(lost).hasSize(2);
    assertThat(lost.getFirst().records().getFirst().at("/dynamodb/Keys/id/S").asText())
        .isEqualTo("bad");
    var message = JSON.readTree(lost.getLast().body());
    assertThat(message.at("/requestContext/condition").asText())
        .isEqualTo("RetryAttemptsExhausted");
    assertThat(message.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(message.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
    assertThat(message.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
    assertThat(message.at("/DDBStreamBatchInfo/startSequenceNumber").asText()).isNotEmpty();
    assertThat(cloud.functions().log().of("SeenFunction"))
        .anyMatch(entry -> entry.contains("a note that throws"));
  }

  @Test
  void schedulesRunByTheOneClock() throws Exception {
    var before = ticks("aws.scheduler").size();
    cloud.advance(Duration.ofMinutes(61));

    assertThat(ticks("aws.scheduler").size() - before).isBetween(12, 13);
    var rule = ticks("aws.events").getLast();
    assertThat(rule.at("/resources/0").asText())
        .isEqualTo("arn:aws:events:eu-central-1:000000000000:rule/daypass-hourly");
    assertThat(rule.path("detail").isObject()).isTrue();
    assertThat(ticks("aws.scheduler").getLast().path("detail").asText()).isEqualTo("{}");
  }

  @Test
  void whatAMachineThatSleptHasMissedIsNotMadeUpFor() throws Exception {
    var before = ticks("aws.scheduler").size();
    cloud.sleep(Duration.ofDays(7));

    assertThat(ticks("aws.scheduler")).hasSize(before + 1);
    cloud.advance(Duration.ofMinutes(5));
    assertThat(ticks("aws.scheduler")).hasSize(before + 2);
  }

  @Test
  void timeToLiveIsShownAsTheTemplateSaysIt() {
    try (var dynamo = dynamo()) {
      var notes =
          dynamo
              .describeTimeToLive(ask -> ask.tableName("daypass-NotesTable"))
              .timeToLiveDescription();
      assertThat(notes.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
      assertThat(notes.attributeName()).isEqualTo("expires");
      assertThat(
              dynamo
                  .describeTimeToLive(ask -> ask.tableName("seen-notes"))
                  .timeToLiveDescription()
                  .timeToLiveStatus())
          .isEqualTo(TimeToLiveStatus.DISABLED);
      assertThat(dynamo.listTables().tableNames())
          .containsExactlyInAnyOrder("daypass-NotesTable", "seen-notes");
    }
  }

  @Test
  void theStateMachineOfTheTemplateRunsAndItsFunctionWithIt() throws Exception {
    try (var states =
        SfnClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create(cloud.awsUrl()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(credentials())
            .build()) {
      var started =
          states.startExecution(
              start ->
                  start
                      .stateMachineArn(cloud.template().output("Machine"))
                      .name("first")
                      .input("{\"hello\": 1}"));
      cloud.settle();

      var described = states.describeExecution(ask -> ask.executionArn(started.executionArn()));
      assertThat(described.statusAsString()).isEqualTo("SUCCEEDED");
      assertThat(JSON.readTree(described.output()).path("hello").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aFunctionIsInvokedByNameLogicalIdOrArn() throws Exception {
    var arn = "arn:aws:lambda:eu-central-1:000000000000:function:daypass-NotesFunction";
    for (var name :
        new String[] {
          "NotesFunction", "daypass-NotesFunction", arn, arn + ":live", arn + ":$LATEST"
        }) {
      var result = cloud.invoke(name, JSON.readTree("{\"x\": 1}"));
      assertThat(result.functionError()).isNull();
      assertThat(JSON.readTree(result.payload()).path("x").asInt()).isEqualTo(1);
    }
  }

  private static List<JsonNode> ticks(String source) throws IOException {
    var ticks = new ArrayList<JsonNode>();
    for (var entry : cloud.functions().log().of("TickFunction")) {
      var event = JSON.readTree(entry.substring(entry.indexOf(' ') + 1));
      if (event.path("source").asText().equals(source)) {
        ticks.add(event);
      }
    }
    return ticks;
  }

  private static JsonNode seen(String id) throws IOException {
    try (var dynamo = dynamo()) {
      var item =
          dynamo
              .getItem(
                  get -> get.tableName("seen-notes").key(Map.of("id", AttributeValue.fromS(id))))
              .item();
      return JSON.readTree(
          Objects.requireNonNull(item.get("event"), "nothing was seen of " + id).s());
    }
  }

  private static DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create(cloud.awsUrl()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(credentials())
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  private static HttpResponse<String> post(String path, String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(cloud.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(cloud.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
