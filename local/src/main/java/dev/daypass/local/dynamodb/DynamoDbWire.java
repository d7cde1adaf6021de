package dev.daypass.local.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;

/** Speaks DynamoDB's JSON protocol; its items and stream records stay the JSON they are. */
final class DynamoDbWire implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The target of a table operation. */
  static final String TABLES = "DynamoDB_20120810.";

  /** The target of a stream operation. */
  static final String STREAMS = "DynamoDBStreams_20120810.";

  // DynamoDB Local wants a header of this form and checks no signature.
  private static final String CREDENTIALS =
      "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  DynamoDbWire(URI address) {
    this.address = address;
  }

  /** Passes a request on as it is and returns the answer as it is. */
  HttpResponse<byte[]> forward(String target, byte[] body) {
    var request =
        HttpRequest.newBuilder(address)
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("Authorization", CREDENTIALS)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException unreachable) {
      throw new UncheckedIOException("DynamoDB Local does not answer", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while DynamoDB Local was answering", stopped);
    }
  }

  /**
   * Calls an operation.
   *
   * @throws AwsException with the error's name if it is answered with one
   */
  JsonNode call(String target, ObjectNode input) {
    try {
      var response = forward(target, JSON.writeValueAsBytes(input));
      var answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        var type = answer.path("__type").asText();
        throw new AwsException(
            type.substring(type.indexOf('#') + 1),
            response.statusCode(),
            answer.path("message").asText(answer.path("Message").asText()));
      }
      return answer;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("not JSON", impossible);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
