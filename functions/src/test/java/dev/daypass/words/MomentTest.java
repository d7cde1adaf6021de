package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-12-24T09:00, 2026-12-24T08:00:00Z",
    "2026-12-24T09:00:30, 2026-12-24T08:00:30Z",
    "2026-12-24, 2026-12-23T23:00:00Z",
    "2000-01-01, 1999-12-31T23:00:00Z",
    "2100-12-31T23:59, 2100-12-31T22:59:00Z",
    // Clocks are put back: the hour is there twice.
    "2026-10-25T02:30, 2026-10-25T00:30:00Z",
    // Clocks are put forward: the hour is not there.
    "2026-03-29T02:30, 2026-03-29T01:30:00Z"
  })
  void aMomentIsReadByTheClockOfTheZone(String text, Instant instant) {
    assertThat(Moment.of(text, BERLIN)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "24.12.2026",
        "2026-02-30",
        "2026-12-24T25:00",
        "2026-12-24T09:00Z",
        "1999-12-31",
        "2101-01-01",
        "+999999999-12-31T23:59"
      })
  void whatIsNoMomentIsNone(String text) {
    assertThat(Moment.of(text, BERLIN)).isEmpty();
  }

  @Test
  void itIsAnotherMomentElsewhere() {
    assertThat(Moment.of("2026-12-24T09:00", ZoneId.of("America/New_York")))
        .contains(Instant.parse("2026-12-24T14:00:00Z"));
  }
}
