package dev.daypass.local.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.runbook.TargetSystem.Chat;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The incoming webhooks of Slack and Teams, and what was posted to them: kept in memory, oldest
 * first, as the readers of a channel would see it. A message is taken or refused by its form as
 * there.
 *
 * <p>Over HTTP, {@code POST …/slack/CHANNEL} and {@code POST …/teams/CHANNEL} are webhooks; a
 * {@code GET} shows a page, newest first, and with {@code Accept: application/json} a list, oldest
 * first. Safe for many threads.
 */
public final class LocalChat implements HttpHandler {
  private static final Pattern WEBHOOK = Pattern.compile(".*/(slack|teams)/([a-z0-9-]+)");
  private static final int LARGEST = 1 << 20;

  /** What a webhook answers. */
  public record Answer(int status, String body) {}

  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();
  private final List<ChatMessage> messages = new CopyOnWriteArrayList<>();
  private volatile int failing;

  /**
   * @param clock what messages are dated by
   */
  public LocalChat(InstantSource clock) {
    this.clock = clock;
  }

  /** The path of a webhook, below that of the whole. */
  public static String path(Chat.Kind kind, String channel) {
    return "/" + kind.name().toLowerCase(Locale.ROOT) + "/" + channel;
  }

  /** All messages that were taken, oldest first. */
  public List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  /**
   * From now on, every webhook answers so.
   *
   * @return what ends it
   */
  public Runnable fail(int status) {
    failing = status;
    return () -> failing = 0;
  }

  /**
   * Takes a message, or says why not.
   *
   * @param path ends as {@link #path} says
   * @param contentType of the body
   */
  public Answer post(String path, String contentType, byte[] body) {
    var webhook = WEBHOOK.matcher(path);
    if (!webhook.matches()) {
      return new Answer(404, "no_service");
    }
    if (failing != 0) {
      return new Answer(failing, "");
    }
    var kind = Chat.Kind.valueOf(webhook.group(1).toUpperCase(Locale.ROOT));
    try {
      if (!contentType.startsWith("application/json")) {
        throw new WireException(400, "invalid_payload");
      }
      var sent = json.readTree(new String(body, UTF_8));
      messages.add(read(kind, webhook.group(2), sent, body.length));
    } catch (JsonProcessingException garbled) {
      return new Answer(400, "invalid_payload");
    } catch (WireException refused) {
      return new Answer(refused.status(), String.valueOf(refused.getMessage()));
    }
    return switch (kind) {
      case SLACK -> new Answer(200, "ok");
      case TEAMS -> new Answer(202, "");
    };
  }

  private ChatMessage read(Chat.Kind kind, String channel, JsonNode sent, int bytes) {
    var now = clock.instant();
    return switch (kind) {
      case SLACK -> {
        var text = SlackText.read(sent);
        yield new ChatMessage(now, kind, channel, text.lines, text.links, text.mentions, sent);
      }
      case TEAMS -> {
        if (bytes > TeamsCard.LARGEST) {
          throw new WireException(413, "the message is too large");
        }
        var card = TeamsCard.read(sent);
        yield new ChatMessage(now, kind, channel, card.lines, card.links, card.mentions, sent);
      }
    };
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> show(exchange);
      case "POST" -> {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var body = exchange.getRequestBody().readNBytes(LARGEST);
        var answer = post(exchange.getRequestURI().getPath(), type == null ? "" : type, body);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, answer.status(), answer.body().getBytes(UTF_8));
      }
      default -> {
        exchange.getResponseHeaders().set("Allow", "GET, POST");
        send(exchange, 405, new byte[0]);
      }
    }
  }

  private void show(HttpExchange exchange) throws IOException {
    var accept = exchange.getRequestHeaders().getFirst("Accept");
    var headers = exchange.getResponseHeaders();
    headers.set("Vary", "Accept");
    headers.set("Cache-Control", "no-store");
    if (accept != null && accept.contains("application/json")) {
      headers.set("Content-Type", "application/json");
      var list = json.createArrayNode();
      messages.forEach(message -> list.add(wire(message)));
      send(exchange, 200, json.writeValueAsBytes(list));
    } else {
      headers.set("Content-Type", "text/html; charset=utf-8");
      headers.set(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
      send(exchange, 200, ChatPage.of(messages()).getBytes(UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, body.length == 0 || head ? -1 : body.length);
    if (body.length > 0 && !head) {
      exchange.getResponseBody().write(body);
    }
  }

  private ObjectNode wire(ChatMessage message) {
    var wire =
        json.createObjectNode()
            .put("at", message.at().toString())
            .put("kind", message.kind().name().toLowerCase(Locale.ROOT))
            .put("channel", message.channel())
            .put("text", message.text());
    var links = wire.putArray("links");
    message
        .links()
        .forEach(link -> links.addObject().put("label", link.label()).put("url", link.url()));
    var mentions = wire.putArray("mentions");
    message.mentions().forEach(mentions::add);
    wire.set("sent", message.sent());
    return wire;
  }
}
