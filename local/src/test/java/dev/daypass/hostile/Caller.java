package dev.daypass.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.api.ApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Somebody who writes requests by hand: any method, path, header and bytes. */
final class Caller {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"form\" value=\"([^\"]*)\">");
  private static final Set<String> HEADERS =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "date",
          "location",
          "referrer-policy",
          "set-cookie",
          "www-authenticate",
          "vary",
          "x-content-type-options");

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Caller(String url) {
    this.url = url;
  }

  /** Signs in on the pages. */
  Caller as(String email) {
    var chooser = location(get("/sign-in"));
    var back = location(form(chooser, "as=" + encoded(email)));
    assertThat(location(get(back))).isEqualTo("/");
    return this;
  }

  /** Where an answer leads, as a path. */
  private String location(HttpResponse<String> answer) {
    var location = answer.headers().firstValue("location").orElseThrow();
    return location.startsWith(url) ? location.substring(url.length()) : location;
  }

  /** A bearer token for the API. */
  String token(String email) {
    try {
      return MAPPER
          .readTree(send("GET", "/_local/token?as=" + email, "", new byte[0]).body())
          .path("token")
          .asText();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The secret of the forms of this browser, from this page. */
  String formToken(String page) {
    var html = send("GET", page, "", new byte[0]).body();
    var token = TOKEN.matcher(html);
    assertThat(token.find()).as(html).isTrue();
    return token.group(1);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "", new byte[0]);
  }

  HttpResponse<String> form(String path, String body) {
    return send("POST", path, FORM, body.getBytes(UTF_8));
  }

  HttpResponse<String> send(String method, String path, String contentType, byte[] body) {
    return send(method, path, contentType, body, Map.of());
  }

  HttpResponse<String> send(
      String method, String path, String contentType, byte[] body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    headers.forEach(request::header);
    try {
      return ApiContract.checked(
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8)));
    } catch (IOException broken) {
      throw new UncheckedIOException(method + " " + path, broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * Whatever was sent, this is an answer of ours to somebody who did something wrong: a problem
   * document, a page or the gateway's own message, with our headers only.
   */
  static void assertIsAProperRefusal(String what, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(what + "\n" + answer.body()).isBetween(400, 499);
    assertIsProper(what, answer);
  }

  /** As {@link #assertIsAProperRefusal}, for what may also be harmless: no failure of ours. */
  static void assertIsProper(String what, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(what + "\n" + answer.body()).isBetween(200, 499);
    assertThat(HEADERS).as(what).containsAll(new TreeMap<>(answer.headers().map()).keySet());
    var type = answer.headers().firstValue("content-type").orElse("");
    if (type.startsWith("text/html")) {
      Markup.of(answer.body());
    } else if (type.startsWith("application/problem+json")) {
      var problem = json(answer);
      assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.statusCode());
      assertThat(problem.path("title").asText()).as(what).isNotBlank();
      assertThat(problem.path("type").asText()).as(what).startsWith("urn:daypass:problem:");
      // What is repeated of the input must not make the message read as what it is not.
      assertThat(problem.path("detail").asText())
          .as(what)
          .isNotBlank()
          .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");
    } else if (type.startsWith("application/json") && answer.statusCode() >= 400) {
      assertThat(json(answer).path("message").asText())
          .as(what)
          .isIn("Not Found", "Too Many Requests", "Request Entity Too Large", "Request Too Long");
    } else {
      assertThat(answer.statusCode()).as(what + " " + type).isLessThan(400);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException notJson) {
      throw new UncheckedIOException(answer.body(), notJson);
    }
  }
}
