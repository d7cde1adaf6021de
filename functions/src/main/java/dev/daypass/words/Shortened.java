package dev.daypass.words;

import dev.daypass.access.Decision;
import dev.daypass.access.Request;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * That somebody approved a request for a shorter time than was asked for.
 *
 * @param to how long the access lasts by that
 * @param by name of the approver
 */
public record Shortened(Duration to, String by) {
  public Shortened {
    Objects.requireNonNull(to);
    Objects.requireNonNull(by);
  }

  /**
   * How a request was shortened; null if it was not.
   *
   * @param names an email address as the name people know
   */
  public static @Nullable Shortened of(Request request, UnaryOperator<String> names) {
    return request
        .shortened()
        .map(Decision::by)
        .map(by -> new Shortened(request.lasts(), names.apply(by)))
        .orElse(null);
  }
}
