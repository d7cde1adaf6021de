package dev.daypass.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Agenda;
import dev.daypass.local.dynamodb.LocalQueue;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.RuleResource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The default event bus: hands what services put on it to the functions whose rules match it. As in
 * AWS, a function is invoked asynchronously; Lambda waits a minute before it tries a failed
 * invocation again, two before the third time, and then tells the queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     How Lambda handles errors and retries with asynchronous invocation</a>
 */
public final class LocalEventBus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RuleResource> rules;
  private final Functions functions;
  private final Agenda agenda;
  private final Place place;
  private final BiConsumer<String, LocalQueue.Message> lost;

  /**
   * @param lost gets what was given up: the queue's ARN, and the message
   * @throws IllegalArgumentException naming a comparison of a rule that is not carried out here
   */
  public LocalEventBus(
      List<RuleResource> rules,
      Functions functions,
      Agenda agenda,
      Place place,
      BiConsumer<String, LocalQueue.Message> lost) {
    rules.forEach(rule -> Pattern.check(rule.pattern()));
    this.rules = List.copyOf(rules);
    this.functions = functions;
    this.agenda = agenda;
    this.place = place;
    this.lost = lost;
  }

  /**
   * Puts an event of an AWS service on the bus.
   *
   * @param source {@code aws.ses}
   * @param resource ARN of what it is about
   * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">
   *     AWS service event metadata</a>
   */
  public void put(String source, String type, String resource, ObjectNode detail) {
    var event =
        JSON.createObjectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", type)
            .put("source", source)
            .put("account", place.account())
            .put("time", agenda.instant().toString())
            .put("region", place.region());
    event.putArray("resources").add(resource);
    event.set("detail", detail);
    for (var rule : rules) {
      if (Pattern.matches(rule.pattern(), event)) {
        agenda.run(() -> invoke(rule, event, 1));
      }
    }
  }

  private void invoke(RuleResource rule, ObjectNode event, int times) {
    var result = invoke(rule.function(), event);
    if (result.functionError() == null) {
      return;
    }
    if (times <= rule.mostRetries()) {
      agenda.at(
          agenda.instant().plus(Duration.ofMinutes(times)), () -> invoke(rule, event, times + 1));
      return;
    }
    var queue = rule.onFailure();
    if (queue != null) {
      lost.accept(
          queue,
          new LocalQueue.Message(record(rule, event, times), List.of(event), agenda.instant()));
    }
  }

  private Functions.Result invoke(String function, JsonNode event) {
    try {
      return functions.invoke(function, event.toString());
    } catch (AwsException notTaken) {
      return LocalFunctions.error(notTaken.type(), String.valueOf(notTaken.getMessage()));
    }
  }

  /**
   * What a destination gets.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">
   *     Capturing records of Lambda asynchronous invocations</a>
   */
  private String record(RuleResource rule, ObjectNode event, int times) {
    var record =
        JSON.createObjectNode().put("version", "1.0").put("timestamp", agenda.instant().toString());
    record
        .putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("functionArn", place.arn("lambda", "function:" + rule.function()))
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", times);
    record.set("requestPayload", event);
    return record.toString();
  }
}
