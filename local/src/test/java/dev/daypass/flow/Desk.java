package dev.daypass.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.api.ApiContract;
import dev.daypass.store.Sessions;
import dev.daypass.words.Paths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where somebody works: a browser with cookies of its own, and a program that calls the API. */
public final class Desk {
  private static final JsonMapper JSON = new JsonMapper();

  /** What calls the API at all desks where no page has been opened: a client is dear to make. */
  private static final HttpClient PROGRAM = client().build();

  private final String url;
  private final String email;
  private final CookieManager cookies = new CookieManager();
  private @Nullable HttpClient browser;

  /**
   * @param email who works here; empty for somebody who is not signed in
   */
  public Desk(String url, String email) {
    this.url = url;
    this.email = email;
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(10));
  }

  private synchronized HttpClient browser() {
    if (browser == null) {
      browser = client().cookieHandler(cookies).build();
    }
    return browser;
  }

  /** Programs send the cookies of this desk, too, if it has any. */
  private synchronized HttpClient program() {
    return browser == null ? PROGRAM : browser;
  }

  // Pages

  /** Opens a page; whoever is led to the sign-in signs in as the person of this desk. */
  public Page open(String path) {
    var page = page(HttpRequest.newBuilder(address(path)));
    return email.isEmpty() || !isChooser(page) ? page : choose(page);
  }

  /** Signs in as the person of this desk, also if the browser has a session. */
  public Page signIn(String query) {
    var page = page(HttpRequest.newBuilder(address("/sign-in" + query)));
    return isChooser(page) ? choose(page) : page;
  }

  /** Follows redirects until the browser is there, and signs in to nothing. */
  public Page openUntil(String path, String there) {
    var page = page(HttpRequest.newBuilder(address(path)));
    if (!page.path().equals(there)) {
      throw new AssertionError(path + " led to " + page.path() + ": " + page.text());
    }
    return page;
  }

  /** Sends the first form of a page and answers where that would lead, without going there. */
  public String leadsTo(Page page, Map<String, String> typed) {
    var form = page.forms().getFirst();
    try (var standing =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      return standing
          .send(form(form.action(), typed).build(), HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("location")
          .orElseThrow();
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Where a form ends the session with this cookie. */
  public String sessionPath(String cookie) {
    return Paths.endSession(Sessions.hashOfId(cookie));
  }

  private static boolean isChooser(Page page) {
    return page.path().equals("/_local/issuer/authorize");
  }

  private Page choose(Page chooser) {
    return send(chooser.forms().getFirst(), Map.of("as", email));
  }

  /** The value of a cookie of this browser. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  /** Opens a page as a browser with this cookie and no other. */
  public Page openWith(String path, String name, String value) {
    cookies.getCookieStore().removeAll();
    return page(HttpRequest.newBuilder(address(path)).header("Cookie", name + "=" + value));
  }

  /**
   * One call as it is, without opening or signing in anything first.
   *
   * @param contentType empty if there is no body
   * @return the very first answer, also where that leads somewhere else
   */
  public HttpResponse<String> call(
      String method, String path, String contentType, String body, Map<String, String> headers) {
    var request =
        (path.startsWith("/api/") ? api(path) : HttpRequest.newBuilder(address(path)))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    headers.forEach(request::header);
    var answer = send(browser(), request);
    while (answer.previousResponse().isPresent()) {
      answer = answer.previousResponse().get();
    }
    return answer;
  }

  /**
   * Opens a page, fills in the form that posts to {@code action} and sends it as a browser does.
   */
  public Page fill(String path, String action, Map<String, String> typed) {
    return send(open(path).form(action), typed);
  }

  /**
   * Opens a page that does not show such a form, and sends its fields all the same: every page has
   * the secret that forms need.
   */
  public Page sendUnasked(String path, Map<String, String> fields) {
    var all = new LinkedHashMap<>(fields);
    all.put("form", open(path).form("/language").hidden().getOrDefault("form", ""));
    return post(path, all);
  }

  /** Sends a form that was shown before: the first time, again, or from the history. */
  public Page send(Page.PostForm form, Map<String, String> typed) {
    var fields = new LinkedHashMap<>(form.hidden());
    fields.putAll(typed);
    return post(form.action(), fields);
  }

  /** Posts fields as they are, whatever the form says. */
  public Page post(String path, Map<String, String> fields) {
    return page(form(path, fields));
  }

  /** Posts a body that no browser would send. */
  public Page postRaw(String path, String contentType, String body) {
    return page(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)));
  }

  /** The same with any bytes. */
  public Page postRaw(String path, String contentType, byte[] body) {
    return page(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** As {@link #post}, with a header that the browser adds. */
  public Page post(String path, Map<String, String> fields, String header, String value) {
    return page(form(path, fields).header(header, value));
  }

  private HttpRequest.Builder form(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(address(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  private Page page(HttpRequest.Builder request) {
    var response = send(browser(), request.header("Accept", "text/html"));
    return new Page(response.statusCode(), response.uri().getPath(), response.body());
  }

  // The API

  public Answer get(String path) {
    return answer(api(path));
  }

  /** Posts JSON; null for no body. */
  public Answer post(String path, JsonNode body) {
    return answer(
        api(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** Posts without a body. */
  public Answer post(String path) {
    return answer(api(path).POST(BodyPublishers.noBody()));
  }

  /** Puts JSON. */
  public Answer put(String path, JsonNode body) {
    return answer(
        api(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  /** Deletes. */
  public Answer delete(String path) {
    return answer(api(path).DELETE());
  }

  /** Asks under a key, with a body that may be anything. */
  public Answer ask(String key, String body) {
    return answer(
        api("/api/requests")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder api(String path) {
    var request = HttpRequest.newBuilder(address(path)).header("Accept", "application/json");
    return email.isEmpty() ? request : request.header("Authorization", "Bearer " + token());
  }

  private String token() {
    var answer = answer(HttpRequest.newBuilder(address("/_local/token?as=" + encoded(email))));
    return answer.at("/token");
  }

  private Answer answer(HttpRequest.Builder request) {
    var response = send(program(), request);
    try {
      return new Answer(response.statusCode(), response.headers(), JSON.readTree(response.body()));
    } catch (IOException notJson) {
      throw new UncheckedIOException(response.body(), notJson);
    }
  }

  private URI address(String path) {
    return URI.create(path.startsWith("http") ? path : url + path);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return ApiContract.checked(
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
