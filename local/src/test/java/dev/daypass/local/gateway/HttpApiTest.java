package dev.daypass.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Timeline timeline = new Timeline();
  private final AtomicReference<String> event = new AtomicReference<>("");
  private final BlockingQueue<HttpApi.Access> access = new LinkedBlockingQueue<>();
  private String answer = "{\"statusCode\": 200}";
  private LocalServer server;

  @BeforeEach
  void start() {
    server = LocalServer.bind(0);
    Functions functions =
        (function, payload) -> {
          event.set(payload);
          return new Functions.Result(answer, answer.contains("errorMessage") ? "Unhandled" : null);
        };
    var routes =
        List.of(
            new Route("GET", "/", "f"),
            new Route("ANY", "/pets/{proxy+}", "f"),
            new Route("GET", "/pets/dog/{id}", "f"),
            new Route("GET", "/pets/dog/1", "f"),
            new Route("POST", "/forms", "f"),
            new Route("ANY", "/any", "f"),
            new Route("PUT", "/any", "f"));
    var api = new HttpApi(routes, "api-id", functions, timeline, Place.LOCAL);
    api.logAccess(access::add);
    server.mount("/", api);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    timeline.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /pets/dog/1, GET /pets/dog/1",
    "GET, /pets/dog/2, GET /pets/dog/{id}",
    "GET, /pets/cat/2/3, ANY /pets/{proxy+}",
    "POST, /pets/dog/1, ANY /pets/{proxy+}",
    "PUT, /any, PUT /any",
    "DELETE, /any, ANY /any",
    "GET, /, GET /"
  })
  void theMostSpecificRouteTakesTheRequest(String method, String path, String route)
      throws Exception {
    assertThat(send(method, path, "", "").statusCode()).isEqualTo(200);
    assertThat(event().path("routeKey").asText()).isEqualTo(route);
    assertThat(access.poll(5, TimeUnit.SECONDS))
        .isNotNull()
        .extracting(HttpApi.Access::route)
        .isEqualTo(route);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /pets",
    "GET, /pets/",
    "GET, /forms",
    "HEAD, /pets-not",
    "OPTIONS, /forms",
    "GET, /any/",
    "GET, /nowhere"
  })
  void withoutARouteThereIsNothing(String method, String path) throws Exception {
    var response = send(method, path, "", "");

    assertThat(response.statusCode()).isEqualTo(404);
    if (!method.equals("HEAD")) {
      assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
    }
    assertThat(event.get()).isEmpty();
  }

  @Test
  void aRouteCanTakeWhateverNoOtherTakes() {
    var router =
        new Router(List.of(new Route("GET", "/a", "f"), new Route("ANY", "$default", "g")));

    assertThat(router.match("POST", "/b"))
        .hasValueSatisfying(match -> assertThat(match.route().key()).isEqualTo("$default"));
  }

  @Test
  void theRouteForAllElseGetsThePathAsItIsAndIsThrottledAsOthersAre() throws Exception {
    Functions functions =
        (function, payload) -> {
          event.set(payload);
          return new Functions.Result(answer, null);
        };
    var routes = List.of(new Route("GET", "/a", "f"), new Route("ANY", "$default", "g"));
    var api = new HttpApi(routes, "api-id", functions, timeline, Place.LOCAL);
    api.logAccess(access::add);
    api.throttle(
        Throttle.of(
            JSON.readTree(
                "{\"DefaultRouteSettings\":"
                    + " {\"ThrottlingBurstLimit\": 1, \"ThrottlingRateLimit\": 0}}")));
    server.mount("/a", api);
    server.mount("/else", api);

    assertThat(send("PUT", "/else/b%20c", "", "").statusCode()).isEqualTo(200);
    assertThat(event().path("routeKey").asText()).isEqualTo("$default");
    assertThat(event().at("/requestContext/routeKey").asText()).isEqualTo("$default");
    assertThat(event().at("/requestContext/http/method").asText()).isEqualTo("PUT");
    assertThat(event().path("rawPath").asText()).isEqualTo("/else/b c");
    assertThat(event().has("pathParameters")).isFalse();
    assertThat(access.poll(5, TimeUnit.SECONDS))
        .isNotNull()
        .extracting(HttpApi.Access::route)
        .isEqualTo("$default");
    // Another address and another method, but the same route.
    assertThat(send("POST", "/a", "", "").statusCode()).isEqualTo(429);
    assertThat(send("GET", "/a", "", "").statusCode()).isEqualTo(200);
  }

  @Test
  void theEventIsPayloadFormatTwo() throws Exception {
    timeline.advance(Duration.ofHours(3));
    HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/pets/a%2Fb%20c?x=1&x=2&y=a+b%26"))
            .header("X-Twice", "one")
            .header("X-Twice", "two")
            .header("Cookie", "a=1; b=2")
            .header("User-Agent", "test")
            .build(),
        HttpResponse.BodyHandlers.ofString());

    var event = event();
    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("rawPath").asText()).isEqualTo("/pets/a/b c");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&x=2&y=a+b%26");
    assertThat(event.path("cookies")).isEqualTo(JSON.readTree("[\"a=1\", \"b=2\"]"));
    assertThat(event.path("headers").path("x-twice").asText()).isEqualTo("one,two");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"x\": \"1,2\", \"y\": \"a b&\"}"));
    assertThat(event.at("/pathParameters/proxy").asText()).isEqualTo("a/b c");
    assertThat(event.has("body")).isFalse();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    var context = event.path("requestContext");
    assertThat(context.path("accountId").asText()).isEqualTo("000000000000");
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("routeKey").asText()).isEqualTo("ANY /pets/{proxy+}");
    assertThat(context.at("/http/sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(context.at("/http/method").asText()).isEqualTo("GET");
    assertThat(context.at("/http/userAgent").asText()).isEqualTo("test");
    assertThat(context.path("time").asText())
        .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    assertThat(context.path("timeEpoch").asLong())
        .isGreaterThan(System.currentTimeMillis() + 10_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, false",
    "application/problem+json; charset=utf-8, false",
    "text/plain, false",
    "application/x-www-form-urlencoded, true",
    "application/octet-stream, true"
  })
  void onlyTextComesAsItIs(String type, boolean encoded) throws Exception {
    send("POST", "/forms", type, "a=b");

    assertThat(event().path("isBase64Encoded").asBoolean()).isEqualTo(encoded);
    assertThat(event().path("body").asText()).isEqualTo(encoded ? "YT1i" : "a=b");
  }

  @Test
  void theAnswerHasItsStatusHeadersCookiesAndBody() throws Exception {
    answer =
        """
        {"statusCode": 303, "headers": {"Location": "/x", "Content-Type": "text/html"},
         "cookies": ["a=1", "b=2"], "body": "aGk=", "isBase64Encoded": true}
        """;
    var response = send("GET", "/", "", "");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("location")).contains("/x");
    assertThat(response.headers().firstValue("content-type")).contains("text/html");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.body()).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hello\": 1} | {\"hello\": 1}",
        "\"text\"       | text",
        "[1, 2]         | [1, 2]"
      })
  void anAnswerWithoutAStatusIsTheBody(String payload, String body) throws Exception {
    answer = payload;
    var response = send("GET", "/", "", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"errorMessage\": \"x\"}", "not json", "{\"statusCode\": \"many\"}"})
  void aFunctionThatFailsOrAnswersNonsenseIsAnInternalError(String payload) throws Exception {
    answer = payload;
    var response = send("GET", "/", "", "");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void aBodyOverTenMegabytesIsRefused() throws Exception {
    var response = send("POST", "/forms", "text/plain", "x".repeat(HttpApi.MOST_BYTES + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(event.get()).isEmpty();
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    answer = "{\"statusCode\": 200, \"body\": \"twelve chars\"}";
    var response = send("HEAD", "/any", "", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-length")).contains("12");
    assertThat(response.body()).isEmpty();
  }

  private JsonNode event() throws Exception {
    return JSON.readTree(event.get());
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
