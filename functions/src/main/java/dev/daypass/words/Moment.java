package dev.daypass.words;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A moment as people give it, by their clock. */
public final class Moment {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;

  private Moment() {}

  /**
   * The moment that the clock of the zone shows like that. Where clocks are put back it is the
   * first of the two, and where they are put forward so much later.
   *
   * @param text {@code 2026-12-24T09:00}, or {@code 2026-12-24} for the beginning of the day
   * @return empty if it is neither, or in no year from 2000 to 2100
   */
  public static Optional<Instant> of(String text, ZoneId zone) {
    try {
      var local =
          text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
      return local.getYear() < FIRST_YEAR || local.getYear() > LAST_YEAR
          ? Optional.empty()
          : Optional.of(local.atZone(zone).toInstant());
    } catch (DateTimeException garbled) {
      return Optional.empty();
    }
  }
}
