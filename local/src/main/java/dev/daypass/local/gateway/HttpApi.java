package dev.daypass.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * An HTTP API with Lambda proxy integrations, payload format 2.0, as API Gateway runs it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Create
 *     AWS Lambda proxy integrations for HTTP APIs in API Gateway</a>
 */
public final class HttpApi implements HttpHandler {
  /** The most bytes of a request's body; a quota of HTTP APIs that cannot be raised. */
  public static final int MOST_BYTES = 10 * 1024 * 1024;

  /**
   * One request, as an access log may show it: the route, never the path.
   *
   * @param route the route's key, or {@code -} if none took it
   */
  public record Access(String method, String route, int status, long millis) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(json|xml|javascript|[^;]*\\+(json|xml))\\s*(;.*)?");
  // The server counts and frames the body itself.
  private static final Set<String> NOT_PASSED_ON =
      Set.of("content-length", "transfer-encoding", "connection");

  private final Router router;
  private final String apiId;
  private final Functions functions;
  private final Timeline timeline;
  private final Place place;
  private volatile Consumer<Access> accessLog = access -> {};
  private volatile Throttle throttle = Throttle.NONE;

  /** An API with these routes. */
  public HttpApi(
      List<Route> routes, String apiId, Functions functions, Timeline timeline, Place place) {
    this.router = new Router(routes);
    this.apiId = apiId;
    this.functions = functions;
    this.timeline = timeline;
    this.place = place;
  }

  /** Holds every route to these limits; without this, there are none. */
  public void throttle(Throttle limits) {
    throttle = limits;
  }

  /** Hands every request to this listener once it is answered. */
  public void logAccess(Consumer<Access> listener) {
    accessLog = listener;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long started = System.nanoTime();
    var method = exchange.getRequestMethod().toUpperCase(Locale.ROOT);
    var match = router.match(method, rawPath(exchange));
    int status = match.isPresent() ? admit(exchange, match.get()) : noRoute(exchange);
    accessLog.accept(
        new Access(
            method,
            match.map(found -> found.route().key()).orElse("-"),
            status,
            (System.nanoTime() - started) / 1_000_000));
  }

  private static int noRoute(HttpExchange exchange) throws IOException {
    return message(exchange, 404, "Not Found");
  }

  private int admit(HttpExchange exchange, Router.Match match) throws IOException {
    return throttle.admits(match.route().key())
        ? integrate(exchange, match)
        : message(exchange, 429, "Too Many Requests");
  }

  private int integrate(HttpExchange exchange, Router.Match match) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return message(exchange, 413, "Request Entity Too Large");
    }
    Functions.Result result;
    try {
      result = functions.invoke(match.route().function(), event(exchange, match, body).toString());
    } catch (AwsException refused) {
      return refused.status() == 413
          ? message(exchange, 413, "Request Too Long")
          : message(exchange, 500, "Internal Server Error");
    }
    if (result.functionError() != null) {
      return message(exchange, 500, "Internal Server Error");
    }
    try {
      return answer(exchange, result.payload());
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      return message(exchange, 500, "Internal Server Error");
    }
  }

  private ObjectNode event(HttpExchange exchange, Router.Match match, byte[] body) {
    var event = JSON.createObjectNode();
    var path = Urls.decodePath(rawPath(exchange));
    var query = exchange.getRequestURI().getRawQuery();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", path);
    event.put("rawQueryString", query == null ? "" : query);
    var cookies = exchange.getRequestHeaders().get("Cookie");
    if (cookies != null) {
      var list = event.putArray("cookies");
      for (var header : cookies) {
        for (var cookie : header.split(";\\s*", -1)) {
          if (!cookie.isBlank()) {
            list.add(cookie.strip());
          }
        }
      }
    }
    var headers = headers(event, exchange);
    if (query != null && !query.isEmpty()) {
      event.set("queryStringParameters", JSON.valueToTree(Urls.parameters(query)));
    }
    event.set("requestContext", context(exchange, match, path, headers));
    if (!match.parameters().isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(match.parameters()));
    }
    boolean text =
        TEXT.matcher(headers.path("content-type").asText().toLowerCase(Locale.ROOT)).matches();
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return event;
  }

  private static ObjectNode headers(ObjectNode event, HttpExchange exchange) {
    var headers = event.putObject("headers");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              // Cookies come in their own array only.
              if (!name.equalsIgnoreCase("cookie")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
              }
            });
    headers.put("x-amzn-trace-id", "Root=1-" + UUID.randomUUID());
    headers.put("x-forwarded-for", exchange.getRemoteAddress().getAddress().getHostAddress());
    headers.put("x-forwarded-port", String.valueOf(exchange.getLocalAddress().getPort()));
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  private ObjectNode context(
      HttpExchange exchange, Router.Match match, String path, JsonNode headers) {
    var now = timeline.instant();
    var host = headers.path("host").asText("127.0.0.1").replaceFirst(":[0-9]+$", "");
    var context = JSON.createObjectNode();
    context.put("accountId", place.account());
    context.put("apiId", apiId);
    context.put("domainName", host);
    context.put("domainPrefix", host.split("\\.", 2)[0]);
    context
        .putObject("http")
        .put("method", exchange.getRequestMethod().toUpperCase(Locale.ROOT))
        .put("path", path)
        .put("protocol", exchange.getProtocol())
        .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress())
        .put("userAgent", headers.path("user-agent").asText(""));
    context.put("requestId", UUID.randomUUID().toString().replace("-", "").substring(0, 15) + "=");
    context.put("routeKey", match.route().key());
    context.put("stage", "$default");
    context.put("time", LOG_TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  /** Sends what the function answered, whole or inferred. */
  private static int answer(HttpExchange exchange, String payload) throws IOException {
    var answer = payload.isBlank() ? JSON.nullNode() : JSON.readTree(payload);
    if (!answer.isObject() || !answer.has("statusCode")) {
      // Inferred: the whole answer is the body.
      var body = answer.isTextual() ? answer.asText() : payload;
      exchange.getResponseHeaders().set("content-type", "application/json");
      return send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }
    int status = answer.path("statusCode").asInt();
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("no HTTP status: " + answer.path("statusCode"));
    }
    var headers = exchange.getResponseHeaders();
    headers.set("content-type", "text/plain;charset=UTF-8");
    for (var header : answer.path("headers").properties()) {
      if (!NOT_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.set(header.getKey(), header.getValue().asText());
      }
    }
    for (var cookie : answer.path("cookies")) {
      headers.add("Set-Cookie", cookie.asText());
    }
    var text = answer.path("body").isTextual() ? answer.path("body").asText() : "";
    return send(
        exchange,
        status,
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8));
  }

  private static int message(HttpExchange exchange, int status, String message) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    var body = JSON.writeValueAsBytes(Map.of("message", message));
    return send(exchange, status, body);
  }

  private static int send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean empty =
        body.length == 0
            || status == 204
            || status == 304
            || exchange.getRequestMethod().equalsIgnoreCase("HEAD");
    if (exchange.getRequestMethod().equalsIgnoreCase("HEAD")) {
      exchange.getResponseHeaders().set("content-length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
    return status;
  }

  private static String rawPath(HttpExchange exchange) {
    var uri = exchange.getRequestURI();
    // A path that begins with two slashes looks like an authority to the URI parser.
    var path =
        (uri.getRawAuthority() == null ? "" : "//" + uri.getRawAuthority()) + uri.getRawPath();
    return path.isEmpty() ? "/" : path;
  }
}
