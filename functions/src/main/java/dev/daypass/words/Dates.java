package dev.daypass.words;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Instants as a person reads them: forms and names are the JDK's (Unicode CLDR), the words around
 * them messages.
 *
 * @param formats the language, and the region whose habits count: {@code en-GB}
 * @param zone where the reader is
 */
record Dates(Locale formats, ZoneId zone) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofLocalizedPattern("jm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedPattern("MMMEd");
  private static final DateTimeFormatter DAY_AND_YEAR =
      DateTimeFormatter.ofLocalizedPattern("yMMMEd");
  private static final DateTimeFormatter FULL_DAY =
      DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("z", Locale.ROOT);

  private static final DateTimeFormatter EXACT = inUtc("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MINUTE = inUtc("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter MINUTE_OF_DAY = inUtc("HH:mm");

  /** Java's own name for this zone is the letter Z. */
  private static final ZoneId UTC = ZoneId.of("UTC");

  Dates {
    zone = zone.equals(ZoneOffset.UTC) ? UTC : zone;
  }

  /** For whoever reads it now: {@code today at 14:00}, {@code Thu 26 Nov at 14:00}. */
  String near(Instant instant, Instant now, Speech speech) {
    var time = instant.atZone(zone);
    var today = now.atZone(zone).toLocalDate();
    var clock = format(CLOCK, time);
    return switch ((int) ChronoUnit.DAYS.between(today, time.toLocalDate())) {
      case -1 -> speech.say("time.yesterday", clock);
      case 0 -> speech.say("time.today", clock);
      case 1 -> speech.say("time.tomorrow", clock);
      default -> speech.say("time.day", format(day(time.toLocalDate(), today), time), clock);
    };
  }

  /** For whoever reads it who knows when: {@code Thursday, 26 November 2026 at 14:00 CET}. */
  String full(Instant instant, Speech speech) {
    var time = instant.atZone(zone);
    return speech.say("time.full", format(FULL_DAY, time), format(CLOCK, time), zoneName(time));
  }

  /** The same for every reader: {@code 2026-11-26 13:00:00 UTC}. */
  static String exact(Instant instant) {
    return EXACT.format(instant);
  }

  /** The minute in UTC, with its date where that is another one than here: {@code 13:00 UTC}. */
  String minute(Instant instant) {
    boolean sameDay =
        LocalDate.ofInstant(instant, zone).equals(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    return (sameDay ? MINUTE_OF_DAY : MINUTE).format(instant);
  }

  private static DateTimeFormatter inUtc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern + " 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** A region knows the short names of few zones, the language of more: {@code EST}. */
  private String zoneName(ZonedDateTime time) {
    return ZONE.withLocale(Locale.of(formats.getLanguage())).format(time);
  }

  private static DateTimeFormatter day(LocalDate day, LocalDate today) {
    return day.getYear() == today.getYear() ? DAY : DAY_AND_YEAR;
  }

  private String format(DateTimeFormatter form, ZonedDateTime time) {
    return form.withLocale(formats).format(time);
  }
}
