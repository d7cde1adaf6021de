package dev.daypass.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How the addresses of a local run answer. */
final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Reply() {}

  static void json(HttpExchange exchange, int status, JsonNode document) throws IOException {
    send(exchange, status, "application/json", document.toString());
  }

  /** A problem document (RFC 9457). */
  static void problem(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    var problem =
        JSON.createObjectNode().put("title", title).put("status", status).put("detail", detail);
    send(exchange, status, "application/problem+json", problem.toString());
  }

  static void html(HttpExchange exchange, String page) throws IOException {
    send(exchange, 200, "text/html; charset=utf-8", page);
  }

  static void text(HttpExchange exchange, String text) throws IOException {
    send(exchange, 200, "text/plain; charset=utf-8", text);
  }

  static void seeOther(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    exchange.sendResponseHeaders(303, -1);
    exchange.close();
  }

  static void onlyAllowed(HttpExchange exchange, String methods) throws IOException {
    exchange.getResponseHeaders().set("Allow", methods);
    problem(exchange, 405, "Method not allowed", "This address takes " + methods + ".");
  }

  static void notFound(HttpExchange exchange) throws IOException {
    problem(exchange, 404, "Not found", "There is nothing here; /_local lists what there is.");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
