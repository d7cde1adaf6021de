package dev.daypass.local.template;

import java.util.Objects;

/**
 * A route of the HTTP API.
 *
 * @param method upper case, or {@code ANY}
 * @param path {@code /requests/{id}}, or {@code $default} for whatever no other route takes
 * @param function the function's name in this stack, with its alias if it has one
 */
public record Route(String method, String path, String function) {
  public Route {
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
    Objects.requireNonNull(function);
  }

  /** The route as API Gateway names it: {@code GET /requests/{id}}. */
  public String key() {
    return path.equals("$default") ? path : method + " " + path;
  }
}
