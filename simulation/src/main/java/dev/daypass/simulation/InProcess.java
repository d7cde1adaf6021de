package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Carries the SDK's wire form to an emulated service in the same thread. */
final class InProcess implements SdkHttpClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An emulated service. */
  interface Service {
    /**
     * Carries out an operation.
     *
     * @param target of the JSON protocol, or method and path
     * @throws AwsException the error to be answered
     */
    JsonNode handle(String target, JsonNode input);
  }

  private final Service service;

  private InProcess(Service service) {
    this.service = service;
  }

  /** A client of that service. It tries once: what goes wrong is the simulation's affair. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Service service) {
    return builder
        .httpClient(new InProcess(service))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .endpointOverride(URI.create("http://simulated.invalid"))
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {
        // Answered at once.
      }
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    var http = request.httpRequest();
    var target =
        http.firstMatchingHeader("X-Amz-Target").orElse(http.method() + " " + http.encodedPath());
    var input = JSON.createObjectNode();
    if (request.contentStreamProvider().isPresent()) {
      try (var body = request.contentStreamProvider().get().newStream()) {
        input.setAll((ObjectNode) JSON.readTree(body));
      }
    }
    try {
      return response(200, "", service.handle(target, input));
    } catch (AwsException refused) {
      return response(
          refused.status(),
          refused.type(),
          JSON.createObjectNode()
              .put("__type", refused.type())
              .put("message", refused.getMessage()));
    }
  }

  private static HttpExecuteResponse response(int status, String error, JsonNode document) {
    byte[] bytes;
    try {
      bytes = JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    var response =
        SdkHttpResponse.builder()
            .statusCode(status)
            .putHeader("content-type", "application/json")
            .putHeader("content-length", String.valueOf(bytes.length));
    if (!error.isEmpty()) {
      response.putHeader("x-amzn-ErrorType", error);
    }
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
