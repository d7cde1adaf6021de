package dev.daypass.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The mailbox over HTTP: a page, newest mail first, and with {@code Accept: application/json} a
 * list, oldest first. {@code ?to=ADDRESS} leaves the mails for one recipient.
 */
final class Mailbox implements HttpHandler {
  private static final int MOST_ON_PAGE = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Supplier<List<Mail>> mails;
  private final ObjectMapper json = new ObjectMapper();

  Mailbox(Supplier<List<Mail>> mails) {
    this.mails = mails;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      var to = recipient(exchange);
      var shown =
          mails.get().stream().filter(mail -> to.isEmpty() || mail.isFor(to.get())).toList();
      var accept = exchange.getRequestHeaders().getFirst("Accept");
      var headers = exchange.getResponseHeaders();
      headers.set("Vary", "Accept");
      headers.set("Cache-Control", "no-store");
      byte[] body;
      if (accept != null && accept.contains("application/json")) {
        headers.set("Content-Type", "application/json");
        body = list(shown);
      } else {
        headers.set("Content-Type", "text/html; charset=utf-8");
        // Mails bring their own styles and pictures; nothing on this page runs.
        headers.set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:;"
                + " form-action 'self'; frame-ancestors 'none'");
        body = page(shown, to.orElse("")).getBytes(UTF_8);
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Optional<String> recipient(HttpExchange exchange) {
    var query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (var pair : query.split("&", -1)) {
      if (pair.startsWith("to=")) {
        // An address may hold a plus, which forms write as %2B and people type as it is.
        var value = pair.substring(3).replace("+", "%2B");
        try {
          return Optional.of(URLDecoder.decode(value, UTF_8)).filter(to -> !to.isBlank());
        } catch (IllegalArgumentException malformed) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private byte[] list(List<Mail> shown) throws IOException {
    var list = json.createArrayNode();
    shown.forEach(mail -> list.add(wire(mail)));
    return json.writeValueAsBytes(list);
  }

  private ObjectNode wire(Mail mail) {
    var wire =
        json.createObjectNode()
            .put("to", String.join(", ", mail.recipients()))
            .put("subject", mail.subject())
            .put("text", mail.text())
            .put("html", mail.html());
    mail.links().forEach(wire.putArray("links")::add);
    wire.put("at", mail.at().toString())
        .put("from", mail.from())
        .put("messageId", "<" + mail.messageId() + "@eu-central-1.amazonses.com>");
    var headers = wire.putObject("headers");
    mail.headers().forEach(header -> headers.put(header.name(), header.value()));
    var tags = wire.putObject("tags");
    mail.tags().forEach(tags::put);
    return wire;
  }

  private static String page(List<Mail> shown, String to) {
    var list = new StringBuilder();
    int first = Math.max(0, shown.size() - MOST_ON_PAGE);
    for (var mail : shown.subList(first, shown.size()).reversed()) {
      list.append(article(mail, list.isEmpty()));
    }
    if (shown.isEmpty()) {
      list.append(
          to.isEmpty()
              ? "<p class=\"none\">No mail yet. What Daypass sends in this local run arrives here.</p>"
              : "<p class=\"none\">No mail for this address.</p>");
    }
    if (first > 0) {
      list.append("<p class=\"none\">%d older mails are not shown.</p>".formatted(first));
    }
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Local mailbox</title>
    <style>
    :root { color-scheme: light dark; --line: #8884; --quiet: #6b7280; --accent: #0f6cbd; }
    @media (prefers-color-scheme: dark) { :root { --quiet: #9ca3af; --accent: #6cb6ff; } }
    * { box-sizing: border-box; }
    body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem; }
    header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; margin-bottom: 1rem; }
    h1 { font-size: 1.4rem; margin: 0; }
    header p { margin: 0; color: var(--quiet); flex: 1 1 12rem; }
    form { display: flex; gap: .5rem; flex: 1 1 100%%; }
    input { font: inherit; padding: .4rem .6rem; flex: 1; min-width: 0; border: 1px solid var(--line); border-radius: .4rem; }
    button { font: inherit; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .4rem; cursor: pointer; }
    a { color: var(--accent); }
    .mail { border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 .75rem; overflow: hidden; }
    .mail > summary { padding: .75rem 1rem; cursor: pointer; list-style: none; display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; }
    .mail > summary::-webkit-details-marker { display: none; }
    .mail > summary:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
    .mail[open] > summary { border-bottom: 1px solid var(--line); }
    .subject { font-weight: 600; overflow-wrap: anywhere; grid-column: 1 / -1; }
    .who, time { color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
    .part { padding: .5rem 1rem 1rem; }
    .part h2 { font-size: .85rem; font-weight: 600; color: var(--quiet); margin: .5rem 0; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace; margin: 0; }
    iframe { width: 100%%; height: 30rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; color-scheme: light; resize: vertical; }
    .raw { padding: 0 1rem 1rem; color: var(--quiet); font-size: .9rem; }
    .none { color: var(--quiet); text-align: center; padding: 2rem 1rem; }
    @media (max-width: 30rem) { .mail > summary { grid-template-columns: 1fr; } }
    </style>
    </head>
    <body>
    <header>
    <h1>Local mailbox</h1>
    <p>%s</p>
    <form method="get"><input type="search" name="to" value="%s" placeholder="Only mail for this address" aria-label="Only mail for this address"><button>Show</button></form>
    </header>
    <main>
    %s
    </main>
    </body>
    </html>
    """
        .formatted(count(shown.size()), escaped(to), list);
  }

  private static String count(int mails) {
    return switch (mails) {
      case 0 -> "Nothing leaves this machine.";
      case 1 -> "1 mail. Nothing leaves this machine.";
      default -> mails + " mails, newest first. Nothing leaves this machine.";
    };
  }

  private static String article(Mail mail, boolean open) {
    var parts = new StringBuilder();
    if (!mail.html().isEmpty()) {
      // Links open beside the mailbox: inside the frame there is no way back.
      parts.append(
          """
          <section class="part"><h2>As HTML</h2><iframe title="The mail as HTML" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="%s"></iframe></section>
          """
              .formatted(escaped("<base target=\"_blank\">" + mail.html())));
    }
    if (!mail.text().isEmpty()) {
      parts.append(
          """
          <section class="part"><h2>As text</h2><pre>%s</pre></section>
          """
              .formatted(linked(mail.text())));
    }
    var headers = new StringBuilder();
    mail.headers()
        .forEach(
            header ->
                headers.append(header.name()).append(": ").append(header.value()).append('\n'));
    mail.tags()
        .forEach(
            (name, value) ->
                headers.append("Tag ").append(name).append(": ").append(value).append('\n'));
    return """
    <details class="mail" id="%s"%s><summary><span class="subject">%s</span><span class="who">to %s</span><time datetime="%s">%s</time></summary>
    %s<details class="raw"><summary>Headers and tags</summary><pre>%s</pre></details>
    </details>
    """
        .formatted(
            escaped(mail.messageId()),
            open ? " open" : "",
            escaped(mail.subject().isBlank() ? "(no subject)" : mail.subject()),
            escaped(String.join(", ", mail.recipients())),
            mail.at(),
            TIME.format(mail.at()),
            parts,
            escaped(headers.toString()));
  }

  /** Escaped text in which web addresses can be followed. */
  private static String linked(String text) {
    var html = new StringBuilder();
    var matcher = Mail.linkPattern().matcher(text);
    int done = 0;
    while (matcher.find()) {
      var link = Mail.trimmed(matcher.group());
      html.append(escaped(text.substring(done, matcher.start())))
          .append("<a rel=\"noreferrer\" target=\"_blank\" href=\"")
          .append(escaped(link))
          .append("\">")
          .append(escaped(link))
          .append("</a>");
      done = matcher.start() + link.length();
    }
    return html.append(escaped(text.substring(done))).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
