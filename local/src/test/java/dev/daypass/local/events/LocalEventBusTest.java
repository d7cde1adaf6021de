package dev.daypass.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalQueue;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.RuleResource;
import dev.daypass.local.template.TemplateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules, retries and what is given up; and what the configuration set of the template tells. */
class LocalEventBusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Timeline timeline = new Timeline(() -> Instant.parse("2026-11-23T09:00:00Z"));
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<Instant> times = new CopyOnWriteArrayList<>();
  private final List<LocalQueue.Message> lost = new CopyOnWriteArrayList<>();
  private boolean fails;

  @AfterEach
  void close() {
    timeline.close();
  }

  private Functions.Result invoked(String function, String event) {
    events.add(event);
    times.add(timeline.instant());
    return fails ? LocalFunctions.error("any", "any") : new Functions.Result("", null);
  }

  private LocalEventBus bus(RuleResource... rules) {
    return new LocalEventBus(
        List.of(rules),
        this::invoked,
        timeline,
        Place.LOCAL,
        (queue, message) -> lost.add(message));
  }

  private static RuleResource rule(String pattern) throws IOException {
    return new RuleResource("any", JSON.readTree(pattern), "any", 2, "arn:aws:sqs:any", 1);
  }

  @Test
  void aRuleHearsOnlyOfWhatMatchesItAndOfListsThatHoldIt() throws Exception {
    var bus = bus(rule("{\"source\":[\"aws.ses\"],\"detail\":{\"tags\":{\"set\":[\"ours\"]}}}"));

    bus.put("aws.ses", "any", "arn:any", detail("[\"ours\",\"other\"]"));
    bus.put("aws.ses", "any", "arn:any", detail("[\"theirs\"]"));
    bus.put("ours.ses", "any", "arn:any", detail("[\"ours\"]"));
    timeline.settle();

    assertThat(events).hasSize(1);
    var event = JSON.readTree(events.getFirst());
    assertThat(event.path("source").asText()).isEqualTo("aws.ses");
    assertThat(event.path("resources").path(0).asText()).isEqualTo("arn:any");
    assertThat(event.path("time").asText()).isEqualTo("2026-11-23T09:00:00Z");
  }

  @Test
  void whatFailsIsTriedAfterOneMinuteAndAfterTwoAndThenToldToTheQueue() throws Exception {
    fails = true;
    bus(rule("{\"source\":[\"aws.ses\"]}")).put("aws.ses", "any", "arn:any", detail("[\"ours\"]"));

    timeline.advance(Duration.ofMinutes(10));

    assertThat(times)
        .extracting(at -> Duration.between(times.getFirst(), at).toMinutes())
        .containsExactly(0L, 1L, 3L);
    assertThat(lost).hasSize(1);
    var record = JSON.readTree(lost.getFirst().body());
    assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(record.path("requestPayload")).isEqualTo(JSON.readTree(events.getFirst()));
  }

  @Test
  void aComparisonThatIsNotCarriedOutIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bus(rule("{\"detail\":{\"n\":[{\"numeric\":[\">\",1]}]}}")))
        .withMessageContaining("numeric");
  }

  @Test
  void theMailSystemTellsWhatTheTemplateSays() throws Exception {
    var template = TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), Place.LOCAL);
    var bus = bus(template.rules().toArray(RuleResource[]::new));
    var ses = LocalSes.of(template, timeline, Place.LOCAL, bus);

    send(ses, "bounce+any@simulator.amazonses.com");
    send(ses, "complaint@simulator.amazonses.com");
    send(ses, "success@simulator.amazonses.com");
    timeline.settle();

    assertThat(events).hasSize(2);
    var shown = events.stream().map(LocalEventBusTest::json).toList();
    assertThat(shown)
        .extracting(event -> event.path("detail-type").asText())
        .containsExactlyInAnyOrder("Email Bounced", "Email Complaint Received");
    assertThat(shown)
        .allMatch(event -> event.at("/detail/mail/tags/request/0").asText().equals("r-1"))
        .allMatch(
            event ->
                event
                    .at("/detail/mail/tags/ses:configuration-set/0")
                    .asText()
                    .equals("daypass-mail"));
    assertThat(template.rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.mostRetries()).isEqualTo(2))
        .satisfies(rule -> assertThat(rule.onFailure()).endsWith("LostRecords"));
  }

  private static void send(LocalSes ses, String to) {
    ses.handle(
        "POST",
        "/v2/email/outbound-emails",
        json(
            """
            {"FromEmailAddress": "daypass@example.com", "ConfigurationSetName": "daypass-mail",
             "Destination": {"ToAddresses": ["%s"]},
             "Content": {"Simple": {"Subject": {"Data": "any"}, "Body": {"Text": {"Data": "any"}}}},
             "EmailTags": [{"Name": "request", "Value": "r-1"}]}
            """
                .formatted(to)));
  }

  private static ObjectNode detail(String set) {
    return (ObjectNode) json("{\"tags\":{\"set\":%s}}".formatted(set));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
