package dev.daypass.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.gateway.Urls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Lambda's {@code Invoke}, synchronous.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaEndpoint implements HttpHandler {
  /** Where Lambda's functions are. */
  public static final String PATH = "/2015-03-31/functions/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Functions functions;

  /** An endpoint that invokes these. */
  public LambdaEndpoint(Functions functions) {
    this.functions = functions;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    var rest = path.substring(path.indexOf(PATH) + PATH.length());
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    try {
      if (!rest.endsWith("/invocations") || !exchange.getRequestMethod().equals("POST")) {
        throw new AwsException(
            "UnknownOperationException", 404, "of Lambda, only Invoke is run here");
      }
      var type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
      if (type != null && !type.equals("RequestResponse")) {
        throw new AwsException(
            "InvalidParameterValueException", 400, "only RequestResponse is run here, not " + type);
      }
      var name = Urls.decodePath(rest.substring(0, rest.length() - "/invocations".length()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var result = functions.invoke(name, body.isEmpty() ? "{}" : body);
      if (result.functionError() != null) {
        headers.set("X-Amz-Function-Error", result.functionError());
      }
      headers.set("X-Amz-Executed-Version", "$LATEST");
      send(exchange, 200, result.payload());
    } catch (AwsException error) {
      headers.set("X-Amzn-ErrorType", error.type());
      send(
          exchange,
          error.status(),
          JSON.createObjectNode().put("Message", error.getMessage()).toString());
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
