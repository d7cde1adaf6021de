package dev.daypass.local.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * When a schedule runs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types in EventBridge Scheduler</a>
 */
sealed interface Recurrence {
  /** The first instant after this one at which it runs; empty if there is none any more. */
  Optional<Instant> after(Instant instant);

  /** {@code rate(5 minutes)}. */
  record Every(Duration interval) implements Recurrence {
    public Every {
      if (!interval.isPositive()) {
        throw new IllegalArgumentException("a rate is positive, not " + interval);
      }
    }

    @Override
    public Optional<Instant> after(Instant instant) {
      return Optional.of(instant.plus(interval));
    }
  }

  /**
   * {@code cron(minutes hours day-of-month month day-of-week year)}.
   *
   * @param daysOfWeek 1 for Sunday to 7 for Saturday
   */
  record Cron(
      NavigableSet<Integer> minutes,
      NavigableSet<Integer> hours,
      NavigableSet<Integer> daysOfMonth,
      NavigableSet<Integer> months,
      NavigableSet<Integer> daysOfWeek,
      NavigableSet<Integer> years,
      ZoneId zone)
      implements Recurrence {
    @Override
    public Optional<Instant> after(Instant instant) {
      var first = instant.atZone(zone).toLocalDate();
      for (var day = first; day.getYear() <= years.last(); day = nextDay(day)) {
        if (isOn(day)) {
          for (int hour : hours) {
            for (int minute : minutes) {
              var at = day.atTime(LocalTime.of(hour, minute)).atZone(zone).toInstant();
              if (at.isAfter(instant)) {
                return Optional.of(at);
              }
            }
          }
        }
      }
      return Optional.empty();
    }

    private LocalDate nextDay(LocalDate day) {
      // Whole years that are not meant are skipped.
      return years.contains(day.getYear())
          ? day.plusDays(1)
          : LocalDate.of(day.getYear() + 1, 1, 1);
    }

    private boolean isOn(LocalDate day) {
      return years.contains(day.getYear())
          && months.contains(day.getMonthValue())
          && daysOfMonth.contains(day.getDayOfMonth())
          && daysOfWeek.contains(day.getDayOfWeek().getValue() % 7 + 1);
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException naming what is not understood or not run here
   */
  static Recurrence of(String expression, ZoneId zone) {
    var rate = Parts.RATE.matcher(expression);
    if (rate.matches()) {
      int number = Integer.parseInt(rate.group(1));
      return new Every(
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(number);
            case "hour" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    if (expression.startsWith("cron(") && expression.endsWith(")")) {
      var fields = expression.substring(5, expression.length() - 1).strip().split("\\s+", -1);
      if (fields.length == 6) {
        return new Cron(
            Parts.field(fields[0], 0, 59, List.of()),
            Parts.field(fields[1], 0, 23, List.of()),
            Parts.field(fields[2], 1, 31, List.of()),
            Parts.field(fields[3], 1, 12, Parts.MONTHS),
            Parts.field(fields[4], 1, 7, Parts.DAYS),
            Parts.field(fields[5], 1970, 2199, List.of()),
            zone);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + expression
            + "' is not run here: rate(N minutes|hours|days) and cron with six fields are");
  }

  /** How the fields of an expression are read. */
  final class Parts {
    private static final Pattern RATE =
        Pattern.compile("rate\\(([1-9][0-9]{0,5}) (minute|hour|day)s?\\)");
    private static final List<String> MONTHS =
        List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS =
        List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Pattern RANGE =
        Pattern.compile("(\\*|\\?|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:/([0-9]+))?");

    private Parts() {}

    private static NavigableSet<Integer> field(
        String field, int least, int most, List<String> names) {
      var values = new TreeSet<Integer>();
      for (var part : field.toUpperCase(Locale.ROOT).split(",", -1)) {
        var range = RANGE.matcher(part);
        if (!range.matches()) {
          throw new IllegalArgumentException("'" + part + "' in a cron expression is not run here");
        }
        boolean all = range.group(1).equals("*") || range.group(1).equals("?");
        int from = all ? least : number(range.group(1), least, most, names);
        boolean open = all || range.group(3) != null;
        int to =
            range.group(2) != null
                ? number(range.group(2), least, most, names)
                : open ? most : from;
        int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
        for (int value = from; value <= to; value += Math.max(1, step)) {
          values.add(value);
        }
      }
      if (values.isEmpty()) {
        throw new IllegalArgumentException("'" + field + "' in a cron expression names nothing");
      }
      return values;
    }

    private static int number(String text, int least, int most, List<String> names) {
      int named = names.indexOf(text);
      if (named >= 0) {
        return named + 1;
      }
      if (text.matches("[0-9]{1,4}")) {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw new IllegalArgumentException("'" + text + "' in a cron expression is not run here");
    }
  }
}
