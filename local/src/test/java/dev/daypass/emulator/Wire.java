package dev.daypass.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.local.aws.AwsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * AWS's JSON protocol as it goes over the wire. The signature has the form of one (Signature
 * Version 4) and is none: emulators read service and region off it and check nothing.
 */
final class Wire {
  static final JsonMapper JSON = new JsonMapper();

  private final URI endpoint;
  private final String region;
  private final String keyId;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Wire(URI endpoint, String region, String keyId) {
    this.endpoint = endpoint;
    this.region = region;
    this.keyId = keyId;
  }

  /**
   * Calls an operation.
   *
   * @param target the header {@code X-Amz-Target}: {@code DynamoDB_20120810.CreateTable}
   * @throws AwsException if the emulator answers an error
   */
  JsonNode call(String target, JsonNode input) {
    try {
      var response = forward(target, JSON.writeValueAsBytes(input));
      var answer = JSON.readTree(response.body());
      if (response.statusCode() == 200) {
        return answer;
      }
      var type = answer.path("__type").asText("");
      throw new AwsException(
          type.substring(type.lastIndexOf('#') + 1),
          response.statusCode(),
          target + ": " + answer.path("message").asText(answer.path("Message").asText()));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** Passes bytes on and brings back what is answered, errors too. */
  HttpResponse<byte[]> forward(String target, byte[] body) {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header("X-Amz-Date", "20261122T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20261122/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                    .formatted(keyId, region, service(target), "0".repeat(64)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while calling " + target, stopped);
    }
  }

  private static String service(String target) {
    // Streams are signed as DynamoDB is.
    return target.startsWith("AWSStepFunctions") ? "states" : "dynamodb";
  }
}
