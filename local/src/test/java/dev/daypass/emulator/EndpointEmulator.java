package dev.daypass.emulator;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Any endpoint that speaks for DynamoDB, its streams, Step Functions and SQS and does not check
 * signatures. What is made there stays there, under names of its own for each run.
 */
final class EndpointEmulator implements TokenEmulator {
  private final URI endpoint;
  private final Map<String, TaskQueue> queues = new ConcurrentHashMap<>();

  EndpointEmulator(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public String region() {
    return "eu-central-1";
  }

  @Override
  public String account() {
    return "000000000000";
  }

  @Override
  public TaskQueue queue(String name) {
    return queues.computeIfAbsent(name, each -> new SqsTasks(this, each));
  }

  @Override
  public void close() {
    queues.values().forEach(TaskQueue::close);
  }
}
