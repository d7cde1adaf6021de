package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queue of the template, kept in memory: what hears of records that were given up. */
public final class LocalQueue {
  /**
   * A message.
   *
   * @param body as SQS would hold it: for a stream's batch that was given up, the invocation record
   * @param records the stream records themselves, which SQS does not get: here they can be seen
   * @param at when it was sent
   */
  public record Message(String body, List<JsonNode> records, Instant at) {
    public Message {
      records = List.copyOf(records);
    }
  }

  private final String arn;
  private final List<Message> messages = new CopyOnWriteArrayList<>();

  /** An empty queue. */
  public LocalQueue(String arn) {
    this.arn = arn;
  }

  /** Its ARN in this stack. */
  public String arn() {
    return arn;
  }

  /** What it holds, oldest first. */
  public List<Message> messages() {
    return List.copyOf(messages);
  }

  /** Puts a message at its end. */
  public void send(Message message) {
    messages.add(message);
  }
}
