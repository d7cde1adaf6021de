package dev.daypass.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An answer of an emulated AWS service, ready to be sent. */
public final class AwsAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_1_0 = "application/x-amz-json-1.0";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** An answer with these headers and this body, which is not copied. */
  public AwsAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** Success in the AWS JSON 1.0 protocol. */
  public static AwsAnswer json(JsonNode output) {
    return new AwsAnswer(200, Map.of("content-type", JSON_1_0), bytes(output));
  }

  /**
   * An error in the AWS JSON 1.0 protocol.
   *
   * @see <a
   *     href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization">Operation
   *     error serialization</a>
   */
  public static AwsAnswer error(AwsException error) {
    var document = JSON.createObjectNode().put("__type", error.type());
    document.put("message", error.getMessage());
    return new AwsAnswer(
        error.status(),
        Map.of("content-type", JSON_1_0, "x-amzn-errortype", error.type()),
        bytes(document));
  }

  /**
   * An error as S3 answers it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses">REST
   *     error responses</a>
   */
  public static AwsAnswer xmlError(AwsException error) {
    var message = String.valueOf(error.getMessage()).replace("&", "&amp;").replace("<", "&lt;");
    var document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(error.type(), message);
    return new AwsAnswer(
        error.status(),
        Map.of("content-type", "application/xml"),
        document.getBytes(StandardCharsets.UTF_8));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers, with an id of its own for every answer. */
  Map<String, String> headers() {
    var all = new LinkedHashMap<String, String>();
    all.put("x-amzn-requestid", UUID.randomUUID().toString());
    all.putAll(headers);
    return all;
  }

  /** The body, not a copy of it. */
  byte[] body() {
    return body;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Sends it and ends the exchange. */
  public void send(HttpExchange exchange) throws IOException {
    headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] bytes(JsonNode document) {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
