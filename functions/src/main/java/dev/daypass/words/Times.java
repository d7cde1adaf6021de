package dev.daypass.words;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Instants as a person reads them.
 *
 * @param zone where the reader is
 * @param now what {@code today} means
 */
public record Times(ZoneId zone, Instant now) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_YEAR =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy 'at' HH:mm z", Locale.ENGLISH);

  /**
   * For a page that is read now: {@code today at 14:00}, {@code tomorrow at 09:30}, {@code Thu 26
   * Nov at 14:00}; with the year when it is another one.
   */
  public String near(Instant instant) {
    ZonedDateTime time = instant.atZone(zone);
    return day(time.toLocalDate()) + " at " + CLOCK.format(time);
  }

  /** As {@link #near}, to begin a sentence with: {@code Today at 14:00}. */
  public String nearCapital(Instant instant) {
    String near = near(instant);
    return Character.toUpperCase(near.charAt(0)) + near.substring(1);
  }

  /** The instant itself, the same for every reader: {@code 2026-11-26 13:00:00 UTC}. */
  public static String exact(Instant instant) {
    return EXACT.format(instant);
  }

  /** For a sentence: {@code today at 14:00 (2026-11-26 13:00:00 UTC)}. */
  public String nearAndExact(Instant instant) {
    return near(instant) + " (" + exact(instant) + ")";
  }

  /** For a mail that is read who knows when: {@code Thursday 26 November 2026 at 14:00 CET}. */
  public static String full(Instant instant, ZoneId zone) {
    return FULL.format(instant.atZone(zone));
  }

  /** As {@link #full(Instant, ZoneId)}, in this zone. */
  public String full(Instant instant) {
    return full(instant, zone);
  }

  /** What is left from now on, in words: {@code 3 hours 20 minutes}; {@code no time} if none is. */
  public String left(Instant until) {
    return Words.roughly(Duration.between(now, until));
  }

  /** The zone in words: {@code Europe/Berlin}, {@code UTC}. */
  public String place() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId().replace('_', ' ');
  }

  private String day(LocalDate day) {
    LocalDate today = now.atZone(zone).toLocalDate();
    long away = ChronoUnit.DAYS.between(today, day);
    if (away == 0) {
      return "today";
    }
    if (away == 1) {
      return "tomorrow";
    }
    if (away == -1) {
      return "yesterday";
    }
    return (day.getYear() == today.getYear() ? DAY : DAY_AND_YEAR).format(day);
  }
}
