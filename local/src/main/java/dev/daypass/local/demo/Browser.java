package dev.daypass.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Speaks HTTP with a local run, as a person's browser and as a program do. */
final class Browser {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"form\"\\s+value=\"([^\"]+)\"|value=\"([^\"]+)\"\\s+name=\"form\"");

  private static final Pattern CHOOSER =
      Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");

  private final String url;
  private final HttpClient http;

  /** A browser with an empty cookie jar. */
  Browser(String url) {
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** A page as text. */
  String page(String pageUrl) {
    return send(html(pageUrl), 200).body();
  }

  /** Fills in the form of a page and sends it, with the page's own anti-forgery token. */
  String submit(String pageUrl, Map<String, String> fields) {
    return submit(pageUrl, page(pageUrl), fields);
  }

  /** As {@link #submit}, by somebody whom the page first leads to the sign-in, and who signs in. */
  String submitSignedIn(String email, String pageUrl, Map<String, String> fields) {
    var chooser = send(html(pageUrl), 200);
    var form = CHOOSER.matcher(chooser.body());
    if (!chooser.uri().getPath().startsWith("/_local/issuer/") || !form.find()) {
      throw new Difference("the page " + pageUrl + " does not lead to the sign-in");
    }
    var action = form.group(1).replace("&amp;", "&");
    var page = send(post(url + action, encode(Map.of("as", email))), 200);
    if (!page.uri().equals(URI.create(pageUrl))) {
      throw new Difference("signing in led to " + page.uri() + " and not back to " + pageUrl);
    }
    return submit(pageUrl, page.body(), fields);
  }

  private static HttpRequest.Builder html(String pageUrl) {
    return HttpRequest.newBuilder(URI.create(pageUrl)).header("Accept", "text/html");
  }

  private static HttpRequest.Builder post(String pageUrl, String body) {
    return HttpRequest.newBuilder(URI.create(pageUrl))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private String submit(String pageUrl, String page, Map<String, String> fields) {
    var token = FORM_TOKEN.matcher(page);
    if (!token.find()) {
      throw new Difference("the page " + pageUrl + " has no form to fill in");
    }
    var form = token.group(1) != null ? token.group(1) : token.group(2);
    var body = encode(fields) + "&form=" + URLEncoder.encode(form, StandardCharsets.UTF_8);
    return send(post(pageUrl, body), 200).body();
  }

  private static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  JsonNode get(String path, String token) {
    return json(
        send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token),
            200));
  }

  JsonNode get(String path) {
    return json(
        send(
            HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "application/json"),
            200));
  }

  JsonNode post(String path, String token, Map<String, String> headers, JsonNode body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    headers.forEach(request::header);
    return json(send(request, 200, 201));
  }

  /** Moves the clock and returns when all has settled. */
  String advance(String duration) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/_local/clock"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofMinutes(2))
            .POST(HttpRequest.BodyPublishers.ofString("advance=" + duration));
    return json(send(request, 200)).path("now").asText();
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder builder, Integer... expected) {
    var request = builder.build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (!List.of(expected).contains(response.statusCode())) {
        throw new Difference(
            "%s %s answered %d, not %s:\n%s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    List.of(expected),
                    response.body()));
      }
      return response;
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Difference("interrupted");
    }
  }
}
