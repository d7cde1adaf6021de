package dev.daypass.connector;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long an answer asks to wait before the next try (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  private RetryAfter() {}

  /**
   * Seconds, or the time until a date; none if that has passed. What is neither is as good as
   * nothing.
   *
   * @param now what a date is compared with
   */
  public static Optional<Duration> of(HttpResponse<?> response, Instant now) {
    return response
        .headers()
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            value -> {
              if (value.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
              }
              try {
                var at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
                var wait = Duration.between(now, at);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
              } catch (DateTimeParseException neither) {
                return Optional.empty();
              }
            });
  }
}
