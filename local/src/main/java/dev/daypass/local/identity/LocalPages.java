package dev.daypass.local.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.gateway.Urls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under {@code /_local} that drive a local run: who one is, tokens, their issuer, the
 * clock, and an index of all there is.
 */
public final class LocalPages implements HttpHandler {
  /** The cookie that carries the token of whoever a page visitor has chosen to be. */
  public static final String COOKIE = "daypass-local";

  /** The farthest the clock moves at once: every minute of it is really run. */
  public static final Duration FARTHEST = Duration.ofDays(31);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FORM_BYTES = 10_000;

  private final Timeline timeline;
  private final TokenIssuer issuer;
  private final Supplier<List<SamplePerson>> people;
  private final Map<String, String> links = new LinkedHashMap<>();

  /**
   * @param people asked anew for every page
   */
  public LocalPages(Timeline timeline, TokenIssuer issuer, Supplier<List<SamplePerson>> people) {
    this.timeline = timeline;
    this.issuer = issuer;
    this.people = people;
    link("/", "The application");
    link("/_local/who", "Choose who you are");
  }

  /** Adds a line to the index. */
  public void link(String path, String text) {
    links.put(path, text);
  }

  /** Answers with a plain text. */
  public void text(HttpExchange exchange, String text) throws IOException {
    Reply.text(exchange, text);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/_local", "/_local/" -> index(exchange);
      case "/_local/people" -> people(exchange);
      case "/_local/token" -> token(exchange);
      case "/_local/clock" -> clock(exchange);
      case "/_local/who" -> who(exchange);
      case "/_local/issuer/.well-known/openid-configuration" -> configuration(exchange);
      case "/_local/issuer/jwks" -> Reply.json(exchange, 200, JSON.readTree(issuer.jwks()));
      default -> Reply.notFound(exchange);
    }
  }

  private void index(HttpExchange exchange) throws IOException {
    Reply.html(exchange, Html.index(links, timeline.instant()));
  }

  private void people(HttpExchange exchange) throws IOException {
    Reply.json(exchange, 200, JSON.valueToTree(people.get()));
  }

  private void token(HttpExchange exchange) throws IOException {
    var as = query(exchange).getOrDefault("as", "");
    var person = find(as);
    if (person.isEmpty()) {
      Reply.problem(
          exchange,
          404,
          "Nobody here is called that",
          "There is no sample person '"
              + as
              + "'. Ask with ?as=EMAIL for one of: "
              + String.join(", ", people.get().stream().map(SamplePerson::email).toList())
              + ".");
      return;
    }
    Reply.json(exchange, 200, JSON.createObjectNode().put("token", issuer.token(person.get())));
  }

  private void configuration(HttpExchange exchange) throws IOException {
    var document = JSON.createObjectNode();
    document.put("issuer", issuer.issuer()).put("jwks_uri", issuer.issuer() + "/jwks");
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256");
    Reply.json(exchange, 200, document);
  }

  private void clock(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> now(exchange);
      case "POST" -> advance(exchange);
      default -> Reply.onlyAllowed(exchange, "GET, POST");
    }
  }

  private void now(HttpExchange exchange) throws IOException {
    Reply.json(exchange, 200, JSON.createObjectNode().put("now", timeline.instant().toString()));
  }

  private void advance(HttpExchange exchange) throws IOException {
    var given = form(exchange).getOrDefault("advance", "");
    Duration step;
    try {
      step = Duration.parse(given);
    } catch (DateTimeException malformed) {
      badStep(exchange, given);
      return;
    }
    if (step.isNegative() || step.compareTo(FARTHEST) > 0) {
      badStep(exchange, given);
      return;
    }
    try {
      timeline.advance(step);
    } catch (TimeoutException busy) {
      Reply.problem(exchange, 503, "Not settled", "Time moved, but: " + busy.getMessage() + ".");
      return;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      Reply.problem(exchange, 503, "Stopping", "The local run is stopping.");
      return;
    }
    if (wantsPage(exchange)) {
      Reply.seeOther(exchange, "/_local");
    } else {
      now(exchange);
    }
  }

  private static void badStep(HttpExchange exchange, String given) throws IOException {
    Reply.problem(
        exchange,
        400,
        "Not a step the clock can take",
        "Send advance=PT4H: an ISO 8601 duration from PT0S to P31D, forward only, not '"
            + given
            + "'.");
  }

  private void who(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        var next = localPath(query(exchange).get("next"));
        Reply.html(exchange, Html.who(people.get(), next, current(exchange)));
      }
      case "POST" -> {
        var form = form(exchange);
        var next = localPath(form.get("next"));
        var as = form.getOrDefault("as", "");
        if (as.isEmpty()) {
          setCookie(exchange, "; Max-Age=0", "");
          Reply.seeOther(exchange, next);
          return;
        }
        var person = find(as);
        if (person.isEmpty()) {
          Reply.problem(
              exchange,
              404,
              "Nobody here is called that",
              "There is no sample person '" + as + "'.");
          return;
        }
        setCookie(exchange, "", issuer.token(person.get()));
        Reply.seeOther(exchange, next);
      }
      default -> Reply.onlyAllowed(exchange, "GET, POST");
    }
  }

  private static void setCookie(HttpExchange exchange, String more, String token) {
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" + more);
  }

  /** Email address in the cookie's token; only shown, so not verified here. */
  private static Optional<String> current(HttpExchange exchange) {
    var cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    for (var header : cookies) {
      for (var cookie : header.split(";\\s*", -1)) {
        if (cookie.startsWith(COOKIE + "=")) {
          return TokenReader.email(cookie.substring(COOKIE.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** The path to go on to, if it is one of this server; else the application's first page. */
  static String localPath(@Nullable String wanted) {
    boolean local =
        wanted != null
            && wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
    return local ? String.valueOf(wanted) : "/";
  }

  private Optional<SamplePerson> find(String email) {
    var wanted = email.strip().toLowerCase(Locale.ROOT);
    return people.get().stream()
        .filter(person -> person.email().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  private static boolean wantsPage(HttpExchange exchange) {
    var accept = exchange.getRequestHeaders().getFirst("Accept");
    return accept != null && accept.contains("text/html");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = exchange.getRequestURI().getRawQuery();
    return Urls.parameters(query == null ? "" : query);
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MOST_FORM_BYTES);
    var fields = new LinkedHashMap<>(query(exchange));
    fields.putAll(Urls.parameters(new String(body, StandardCharsets.UTF_8).strip()));
    return fields;
  }
}
