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
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The addresses under {@code /_local} that drive a local run: sign-in, tokens, the clock, and an
 * index of all there is.
 */
public final class LocalPages implements HttpHandler {
  /** The farthest the clock moves at once: every minute of it is really run. */
  public static final Duration FARTHEST = Duration.ofDays(31);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FORM_BYTES = 10_000;

  private final Timeline timeline;
  private final LocalProvider provider;
  private final ProviderPages signIn;
  private final Map<String, String> links = new LinkedHashMap<>();

  public LocalPages(Timeline timeline, LocalProvider provider) {
    this.timeline = timeline;
    this.provider = provider;
    this.signIn = new ProviderPages(provider, timeline);
    link("/", "The application");
    link("/sign-in?how=other", "Sign in as one of the sample people");
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
    if (path.startsWith(ProviderPages.PATH + "/")) {
      signIn.handle(exchange);
      return;
    }
    switch (path) {
      case "/_local", "/_local/" -> index(exchange);
      case "/_local/people" -> people(exchange);
      case "/_local/token" -> token(exchange);
      case "/_local/clock" -> clock(exchange);
      default -> Reply.notFound(exchange);
    }
  }

  private void index(HttpExchange exchange) throws IOException {
    Reply.html(exchange, Html.index(links, timeline.instant()));
  }

  private void people(HttpExchange exchange) throws IOException {
    Reply.json(exchange, 200, JSON.valueToTree(provider.people()));
  }

  private void token(HttpExchange exchange) throws IOException {
    var as = query(exchange).getOrDefault("as", "");
    var person = provider.person(as);
    if (person.isEmpty()) {
      Reply.problem(
          exchange,
          404,
          "Nobody here is called that",
          "There is no sample person '"
              + as
              + "'. Ask with ?as=EMAIL for one of: "
              + String.join(", ", provider.people().stream().map(SamplePerson::email).toList())
              + ".");
      return;
    }
    Reply.json(
        exchange, 200, JSON.createObjectNode().put("token", provider.issuer().token(person.get())));
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
