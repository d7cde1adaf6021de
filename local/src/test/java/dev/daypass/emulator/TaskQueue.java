package dev.daypass.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How tasks of a state machine reach a worker outside the emulator. */
interface TaskQueue extends AutoCloseable {
  /** The {@code Resource} of a state that sends a message and waits for the task's token. */
  String resource();

  /** The {@code Arguments} of such a state that send this body. */
  ObjectNode arguments(ObjectNode body);

  /**
   * The next messages, each exactly as sent; may wait for a second or so.
   *
   * @throws InterruptedException if the worker is to stop
   */
  List<JsonNode> next() throws InterruptedException;

  @Override
  void close();
}
