package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One call as API Gateway hands it to a function: payload format 2.0 of an HTTP API.
 *
 * @param method in capitals
 * @param routeKey the route that matched, as written in {@code template.yaml}: {@code GET
 *     /requests/{id}}
 * @param path as the client wrote it
 * @param pathParameters decoded, by the names in the route
 * @param query decoded; the values of a name that comes more than once are joined by commas
 * @param headers by lower-case name
 * @param cookies by name; the first one counts if a name comes twice
 * @param body decoded from base64 if need be; empty if there is none
 * @param sourceIp who called, as the gateway saw it
 * @param requestId the gateway's id of the call; in the access log too
 * @param time when the gateway took the call, wall time
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">the
 *     format</a>
 */
public record HttpRequest(
    String method,
    String routeKey,
    String path,
    Map<String, String> pathParameters,
    Map<String, String> query,
    Map<String, String> headers,
    Map<String, String> cookies,
    Body body,
    String sourceIp,
    String requestId,
    Instant time) {
  /** The largest body that is read, in bytes. */
  public static final int LARGEST_BODY = 64 * 1024;

  public HttpRequest {
    Objects.requireNonNull(method);
    Objects.requireNonNull(routeKey);
    Objects.requireNonNull(path);
    pathParameters = Map.copyOf(pathParameters);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
    cookies = Map.copyOf(cookies);
    Objects.requireNonNull(body);
    Objects.requireNonNull(sourceIp);
    Objects.requireNonNull(requestId);
    Objects.requireNonNull(time);
  }

  /**
   * Reads what API Gateway sends.
   *
   * @param event JSON of the exact shape that API Gateway sends
   * @throws IOException if it is no JSON
   * @throws IllegalArgumentException if it is no event of payload format 2.0
   */
  public static HttpRequest read(InputStream event) throws IOException {
    JsonNode root = Json.tree(event);
    if (!root.path("version").asText().equals("2.0")) {
      throw new IllegalArgumentException("not an HTTP API event of payload format 2.0");
    }
    JsonNode context = root.path("requestContext");
    JsonNode http = context.path("http");
    Map<String, String> headers = new LinkedHashMap<>();
    root.path("headers")
        .properties()
        .forEach(
            one -> headers.put(one.getKey().toLowerCase(Locale.ROOT), one.getValue().asText()));
    return new HttpRequest(
        http.path("method").asText(),
        root.path("routeKey").asText(),
        root.path("rawPath").asText(),
        texts(root.path("pathParameters")),
        texts(root.path("queryStringParameters")),
        headers,
        cookies(root.path("cookies")),
        body(root, headers.getOrDefault("content-type", "")),
        http.path("sourceIp").asText(),
        context.path("requestId").asText(),
        Instant.ofEpochMilli(context.path("timeEpoch").asLong()));
  }

  /**
   * A parameter of the route.
   *
   * @throws IllegalArgumentException if the route has no such parameter
   */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("route " + routeKey + " has no parameter " + name);
    }
    return value;
  }

  /** A header by its name, however that is written. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether a program calls, which is answered in JSON. */
  public boolean isApi() {
    return path.startsWith("/api/");
  }

  /**
   * The fields of the posted form.
   *
   * @throws HttpProblem 400 if the body is something else or damaged, 413 if it is too large
   */
  public Form form() {
    return readable().form();
  }

  /**
   * The fields of the posted form, and the file in it.
   *
   * @param largest the most bytes that are read, in place of {@link #LARGEST_BODY}
   * @throws HttpProblem 400 if the body is something else or damaged, 413 if it is too large
   */
  public Upload upload(int largest) {
    return readable().upload(largest);
  }

  /**
   * The fields of the posted form, with the file in it if it was sent as one that can have a file.
   *
   * @param largest as for {@link #upload}, where there can be a file
   * @throws HttpProblem 400 if the body is something else or damaged, 413 if it is too large
   */
  public Upload formOrUpload(int largest) {
    return readable().formOrUpload(largest);
  }

  /**
   * The posted JSON object as a record of this type; absent fields are null.
   *
   * @throws HttpProblem 400 if the body is something else, is damaged or has unknown fields, 413 if
   *     it is too large
   */
  public <T> T json(Class<T> type) {
    return readable().json(type);
  }

  /**
   * The same, where unknown fields are told together with what else is wrong.
   *
   * @throws HttpProblem 400 if the body is something else or is damaged, 413 if it is too large
   */
  public <T> Sent<T> sent(Class<T> type) {
    return sent(type, LARGEST_BODY);
  }

  /**
   * As {@link #sent(Class)}, where a file can be among the fields.
   *
   * @param largest the most bytes that are read, in place of {@link #LARGEST_BODY}
   * @throws HttpProblem as that
   */
  public <T> Sent<T> sent(Class<T> type, int largest) {
    return readable().sent(type, largest);
  }

  /** RFC 9110, section 8.4: a coding that we do not undo leaves bytes that we cannot read. */
  private Body readable() {
    var coding = header("content-encoding").orElse("identity").strip();
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw new HttpProblem(
          Problem.badInput(Said.of("problem.body.coding", Texts.visibleLine(coding))));
    }
    return body;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
    return texts;
  }

  private static Map<String, String> cookies(JsonNode list) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (JsonNode one : list) {
      String cookie = one.asText();
      int equals = cookie.indexOf('=');
      if (equals > 0) {
        cookies.putIfAbsent(
            cookie.substring(0, equals).strip(), cookie.substring(equals + 1).strip());
      }
    }
    return cookies;
  }

  private static Body body(JsonNode root, String contentType) {
    String text = root.path("body").asText("");
    if (!root.path("isBase64Encoded").asBoolean()) {
      return new Body(text.getBytes(UTF_8), contentType);
    }
    try {
      return new Body(Base64.getDecoder().decode(text), contentType);
    } catch (IllegalArgumentException noBase64) {
      return Body.damaged(contentType);
    }
  }
}
