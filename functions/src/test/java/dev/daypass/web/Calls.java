package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;

/** Calls as the gateway hands them over. */
final class Calls {
  static final String FORM = "application/x-www-form-urlencoded";

  private Calls() {}

  static HttpRequest get(String path) {
    return call("GET", path, Map.of(), Map.of(), Body.EMPTY);
  }

  static HttpRequest get(String path, Map<String, String> headers, Map<String, String> cookies) {
    return call("GET", path, headers, cookies, Body.EMPTY);
  }

  static HttpRequest post(String path, String contentType, String body) {
    return call("POST", path, Map.of(), Map.of(), new Body(body.getBytes(UTF_8), contentType));
  }

  static HttpRequest call(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> cookies,
      Body body) {
    return new HttpRequest(
        method,
        method + " " + path,
        path,
        Map.of(),
        Map.of(),
        headers,
        cookies,
        body,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        Instant.parse("2026-11-26T13:05:00Z"));
  }
}
