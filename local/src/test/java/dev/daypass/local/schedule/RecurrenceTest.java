package dev.daypass.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), 2026-03-01T10:00:30Z, 2026-03-01T10:01:30Z",
    "rate(5 minutes), 2026-03-01T10:00:00Z, 2026-03-01T10:05:00Z",
    "rate(2 hours), 2026-03-01T10:00:00Z, 2026-03-01T12:00:00Z",
    "rate(1 day), 2026-03-01T10:00:00Z, 2026-03-02T10:00:00Z"
  })
  void aRateCountsFromTheLastRun(String expression, String last, String next) {
    assertThat(Recurrence.of(expression, UTC).after(Instant.parse(last)))
        .contains(Instant.parse(next));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 8 * * ? *)          | 2026-03-01T08:00:00Z | 2026-03-02T08:00:00Z",
        "cron(15 10 ? * MON-FRI *)  | 2026-03-06T10:15:00Z | 2026-03-09T10:15:00Z",
        "cron(0/10 * * * ? *)       | 2026-03-01T08:01:00Z | 2026-03-01T08:10:00Z",
        "cron(0 0 1 JAN,JUL ? *)    | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z",
        "cron(30 6 29 2 ? 2028)     | 2026-01-01T00:00:00Z | 2028-02-29T06:30:00Z"
      })
  void aCronExpressionNamesItsMinutes(String expression, String last, String next) {
    assertThat(Recurrence.of(expression, UTC).after(Instant.parse(last)))
        .contains(Instant.parse(next));
  }

  @Test
  void aCronExpressionKeepsToItsTimeZone() {
    var mornings = Recurrence.of("cron(0 8 * * ? *)", ZoneId.of("Europe/Berlin"));

    assertThat(mornings.after(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-29T06:00:00Z"));
  }

  @Test
  void aCronExpressionOfThePastRunsNoMore() {
    assertThat(
            Recurrence.of("cron(0 8 * * ? 2020)", UTC).after(Instant.parse("2026-01-01T00:00:00Z")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "every minute",
        "rate(0 minutes)",
        "rate(5 moons)",
        "cron(0 8 * * ?)",
        "cron(0 8 L * ? *)",
        "cron(0 8 ? * 6#3 *)",
        "cron(99 8 * * ? *)",
        "at(2026-01-01T00:00:00)"
      })
  void whatIsNotRunHereIsRefused(String expression) {
    assertThatThrownBy(() -> Recurrence.of(expression, UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not run here");
  }
}
