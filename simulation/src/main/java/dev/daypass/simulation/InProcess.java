package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

  /** Whom the call that this thread carries out is for. */
  private static final ScopedValue<Service> CALLED = ScopedValue.newInstance();

  private InProcess() {}

  /**
   * A client for all runs, which costs more to make than a run has calls for it; {@link #to} says
   * whom it calls. It tries once: what goes wrong is the simulation's affair.
   */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C shared(B builder) {
    return builder
        .httpClient(new InProcess())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .endpointOverride(URI.create("http://simulated.invalid"))
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /** The shared client as a client of that service. */
  static <C> C to(Service service, Class<C> type, C shared) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return ScopedValue.where(CALLED, service).call(() -> method.invoke(shared, arguments));
          } catch (InvocationTargetException threw) {
            throw threw.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
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
      return response(200, "", CALLED.get().handle(target, input));
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
