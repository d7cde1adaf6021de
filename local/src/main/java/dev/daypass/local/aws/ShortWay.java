package dev.daypass.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The AWS SDK's way to an endpoint in the same JVM: what it sends and gets are the bytes that would
 * go over HTTP, but they are handed over in memory, in the thread that calls, which saves what
 * sockets and their threads cost. Requests of the REST protocols go over HTTP all the same.
 */
public final class ShortWay implements SdkHttpClient {
  /** What the SDK makes its clients with. */
  public record Builder(AwsEndpoint endpoint, SdkHttpClient.Builder<?> http)
      implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new ShortWay(endpoint, http.buildWithDefaults(defaults));
    }
  }

  private final AwsEndpoint endpoint;
  private final SdkHttpClient http;

  private ShortWay(AwsEndpoint endpoint, SdkHttpClient http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return request
        .httpRequest()
        .firstMatchingHeader("X-Amz-Target")
        .<ExecutableHttpRequest>map(target -> new Prepared(target, request))
        .orElseGet(() -> http.prepareRequest(request));
  }

  @Override
  public String clientName() {
    return "ShortWay";
  }

  @Override
  public void close() {
    http.close();
  }

  private final class Prepared implements ExecutableHttpRequest {
    private final String target;
    private final HttpExecuteRequest request;

    Prepared(String target, HttpExecuteRequest request) {
      this.target = target;
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      var signed = request.httpRequest().firstMatchingHeader("Authorization").orElse(null);
      var answer = endpoint.answer(target, signed, body());
      var response = SdkHttpResponse.builder().statusCode(answer.status());
      answer.headers().forEach(response::putHeader);
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
          .build();
    }

    private byte[] body() throws IOException {
      var content = request.contentStreamProvider();
      if (content.isEmpty()) {
        return new byte[0];
      }
      try (var bytes = content.get().newStream()) {
        return bytes.readAllBytes();
      }
    }

    @Override
    public void abort() {
      // It is over when it is called.
    }
  }
}
