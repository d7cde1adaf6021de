package dev.daypass.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Tasks through a queue of SQS, which Step Functions fills by itself.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html">Call Amazon
 *     SQS with Step Functions</a>
 */
final class SqsTasks implements TaskQueue {
  private static final int MOST_AT_ONCE = 10;
  private static final int WAIT_SECONDS = 1;

  private final SqsClient sqs;
  private final String url;

  /** Makes the queue, or takes the one that has this name. */
  SqsTasks(Emulator emulator, String name) {
    this.sqs = emulator.client(SqsClient.builder());
    this.url = sqs.createQueue(create -> create.queueName(name)).queueUrl();
  }

  @Override
  public String resource() {
    return "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
  }

  @Override
  public ObjectNode arguments(ObjectNode body) {
    var arguments = Wire.JSON.createObjectNode().put("QueueUrl", url);
    arguments.set("MessageBody", body);
    return arguments;
  }

  @Override
  public List<JsonNode> next() {
    var bodies = new ArrayList<JsonNode>();
    var messages =
        sqs.receiveMessage(
                receive ->
                    receive
                        .queueUrl(url)
                        .maxNumberOfMessages(MOST_AT_ONCE)
                        .waitTimeSeconds(WAIT_SECONDS))
            .messages();
    for (var message : messages) {
      // Before it is worked on: a task is answered once, and one that is lost fails its test.
      sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      try {
        bodies.add(Wire.JSON.readTree(message.body()));
      } catch (JsonProcessingException notOurs) {
        throw new IllegalStateException("no task: " + message.body(), notOurs);
      }
    }
    return bodies;
  }

  @Override
  public void close() {
    sqs.deleteQueue(delete -> delete.queueUrl(url));
    sqs.close();
  }
}
