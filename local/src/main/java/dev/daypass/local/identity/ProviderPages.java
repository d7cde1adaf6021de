package dev.daypass.local.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.gateway.Urls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The provider's own addresses. It remembers, in a cookie of its own, whom a browser has chosen to
 * be and when; sample people have no passwords, so choosing is signing in.
 */
final class ProviderPages implements HttpHandler {
  static final String PATH = "/_local/issuer";

  private static final String COOKIE = "sample-provider";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FORM_BYTES = 10_000;

  private record Chosen(SamplePerson person, Instant at) {}

  private final LocalProvider provider;
  private final InstantSource clock;
  private final Map<String, Chosen> chosen = new ConcurrentHashMap<>();

  ProviderPages(LocalProvider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath().substring(PATH.length())) {
      case "/.well-known/openid-configuration" ->
          Reply.json(exchange, 200, provider.configuration());
      case "/jwks" -> Reply.json(exchange, 200, JSON.readTree(provider.issuer().jwks()));
      case "/authorize" -> authorize(exchange);
      case "/token" -> token(exchange);
      default -> Reply.notFound(exchange);
    }
  }

  private void authorize(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getRawQuery();
    switch (provider.look(Urls.parameters(query == null ? "" : query))) {
      case LocalProvider.Look.Stay(String why) ->
          Reply.problem(exchange, 400, "Not a sign-in that we know", why);
      case LocalProvider.Look.SendBack(String address) -> Reply.seeOther(exchange, address);
      case LocalProvider.Look.Fine(LocalProvider.Asked asked) ->
          authorize(exchange, query == null ? "" : query, asked);
    }
  }

  private void authorize(HttpExchange exchange, String query, LocalProvider.Asked asked)
      throws IOException {
    var before = chosen(exchange);
    var counts = before.filter(each -> asked.accepts(each.at(), clock.instant()));
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        if (asked.prompts().contains("none")) {
          Reply.seeOther(
              exchange,
              counts
                  .map(each -> provider.signedIn(asked, each.person(), each.at()))
                  .orElseGet(() -> provider.refused(asked, "login_required")));
          return;
        }
        Reply.html(
            exchange,
            Html.who(
                provider.people(),
                PATH + "/authorize?" + query,
                before.map(Chosen::person),
                counts.isPresent()));
      }
      case "POST" -> choose(exchange, asked, counts);
      default -> Reply.onlyAllowed(exchange, "GET, POST");
    }
  }

  private void choose(HttpExchange exchange, LocalProvider.Asked asked, Optional<Chosen> counts)
      throws IOException {
    var form = form(exchange);
    if (form.containsKey("keep") && counts.isPresent()) {
      var chosen = counts.get();
      Reply.seeOther(exchange, provider.signedIn(asked, chosen.person(), chosen.at()));
      return;
    }
    var as = form.getOrDefault("as", "");
    if (as.isEmpty()) {
      Reply.seeOther(exchange, provider.refused(asked, "access_denied"));
      return;
    }
    var person = provider.person(as);
    if (person.isEmpty()) {
      Reply.problem(
          exchange, 404, "Nobody here is called that", "There is no sample person '" + as + "'.");
      return;
    }
    var now = clock.instant();
    var key = UUID.randomUUID().toString();
    chosen.put(key, new Chosen(person.get(), now));
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", COOKIE + "=" + key + "; Path=" + PATH + "; HttpOnly; SameSite=Lax");
    Reply.seeOther(exchange, provider.signedIn(asked, person.get(), now));
  }

  private Optional<Chosen> chosen(HttpExchange exchange) {
    for (var header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (var cookie : header.split(";\\s*", -1)) {
        if (cookie.startsWith(COOKIE + "=")) {
          return Optional.ofNullable(chosen.get(cookie.substring(COOKIE.length() + 1)));
        }
      }
    }
    return Optional.empty();
  }

  private void token(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Reply.onlyAllowed(exchange, "POST");
      return;
    }
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var answer = provider.token(authorization == null ? "" : authorization, form(exchange));
    if (answer.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic");
    }
    Reply.json(exchange, answer.status(), answer.body());
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MOST_FORM_BYTES);
    return Urls.parameters(new String(body, StandardCharsets.UTF_8).strip());
  }
}
