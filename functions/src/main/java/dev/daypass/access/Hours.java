package dev.daypass.access;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Working hours, by which a request's reminders, escalations and lapse are counted. A moment is
 * working time if a clock on the wall there shows a time within the hours of that day. So an hour
 * that a change of the clocks leaves out is none, and one that it repeats counts twice: it is
 * worked twice.
 *
 * @param title what people call them: {@code Office hours in Berlin}
 * @param zone whose wall clock counts
 * @param week for each day of the week the times at which it is worked, in order and without
 *     overlaps; a day that is not worked is not named; at least one is
 * @param holidays days that are not worked, whatever day of the week they are; in order, each once,
 *     at most 400, and never so many together that four weeks have no working minute
 */
public record Hours(
    String title, ZoneId zone, Map<DayOfWeek, List<Opening>> week, List<LocalDate> holidays) {
  /** The most holidays: those of many years, and still a small part of a request. */
  public static final int MOST_HOLIDAYS = 400;

  /** The most times of one day. */
  public static final int MOST_OPENINGS = 4;

  /** So many days never pass without a working minute. */
  public static final int LONGEST_PAUSE_DAYS = 28;

  /** The minutes of a day by the clock on the wall. */
  public static final int MINUTES_OF_DAY = 24 * 60;

  /**
   * A time of day at which it is worked.
   *
   * @param from the first minute, from 0
   * @param to the first minute that is none any more, at most 1,440: midnight
   */
  public record Opening(int from, int to) {
    public Opening {
      if (from < 0 || to <= from || to > MINUTES_OF_DAY) {
        throw new IllegalArgumentException("no time of a day: minutes " + from + " to " + to);
      }
    }
  }

  public Hours {
    Objects.requireNonNull(title);
    Objects.requireNonNull(zone);
    var days = new EnumMap<DayOfWeek, List<Opening>>(DayOfWeek.class);
    week.forEach(
        (day, openings) -> {
          requireInOrder(day, openings);
          days.put(day, List.copyOf(openings));
        });
    week = Collections.unmodifiableMap(days);
    holidays = List.copyOf(new TreeSet<>(holidays));
    if (days.isEmpty()) {
      throw new IllegalArgumentException("no day of the week is worked");
    }
    if (holidays.size() > MOST_HOLIDAYS) {
      throw new IllegalArgumentException("too many holidays: " + holidays.size());
    }
    longestPause(days, holidays)
        .ifPresent(
            from -> {
              throw new IllegalArgumentException("no working minute in four weeks from " + from);
            });
  }

  private static void requireInOrder(DayOfWeek day, List<Opening> openings) {
    if (openings.isEmpty() || openings.size() > MOST_OPENINGS) {
      throw new IllegalArgumentException(day + " is worked 1 to " + MOST_OPENINGS + " times");
    }
    for (int i = 1; i < openings.size(); i++) {
      if (openings.get(i).from() < openings.get(i - 1).to()) {
        throw new IllegalArgumentException(day + " is not in order: " + openings);
      }
    }
  }

  /** The first holiday from which on four weeks are not worked at all; empty if there is none. */
  public static Optional<LocalDate> longestPause(
      Map<DayOfWeek, List<Opening>> week, List<LocalDate> holidays) {
    return holidays.stream()
        .sorted()
        .filter(
            first ->
                first
                    .datesUntil(first.plusDays(LONGEST_PAUSE_DAYS))
                    .noneMatch(
                        day -> week.containsKey(day.getDayOfWeek()) && !holidays.contains(day)))
        .findFirst();
  }

  /** When something ends that begins then and lasts so long; by plain time without hours. */
  public static Instant deadline(@Nullable Hours hours, Instant begins, Duration lasts) {
    return hours == null ? begins.plus(lasts) : hours.after(begins, lasts);
  }

  /** How much time passes between two moments; by plain time without hours; none if it is over. */
  static Duration between(@Nullable Hours hours, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return Duration.ZERO;
    }
    return hours == null ? Duration.between(from, to) : hours.worked(from, to);
  }

  /** So many days; with hours so many working days, of which a week's are taken as equal. */
  static Duration days(@Nullable Hours hours, int days) {
    return hours == null
        ? Duration.ofDays(days)
        : hours.ofAWeek().multipliedBy(days).dividedBy(hours.week().size());
  }

  /** Whether it is worked at this moment. */
  public boolean isOpen(Instant at) {
    return closing(LocalDateTime.ofInstant(at, zone)).isPresent();
  }

  /** The working time of a week without holidays and without a change of the clocks. */
  public Duration ofAWeek() {
    return Duration.ofMinutes(
        week.values().stream()
            .flatMap(List::stream)
            .mapToLong(opening -> opening.to() - opening.from())
            .sum());
  }

  /**
   * The first moment by which so much working time has passed since the start; never before as much
   * time has passed by itself.
   *
   * @param working not negative
   */
  public Instant after(Instant start, Duration working) {
    if (working.isNegative()) {
      throw new IllegalArgumentException("time passes, not " + working);
    }
    var at = start;
    var left = working;
    while (!left.isZero()) {
      var until = stays(at);
      if (isOpen(at)) {
        until = Times.earlier(until, at.plus(left));
        left = left.minus(Duration.between(at, until));
      }
      at = until;
    }
    return at;
  }

  /** The working time from the first moment to the second, which is later. */
  private Duration worked(Instant from, Instant to) {
    var worked = Duration.ZERO;
    var at = from;
    while (at.isBefore(to)) {
      var until = Times.earlier(stays(at), to);
      if (isOpen(at)) {
        worked = worked.plus(Duration.between(at, until));
      }
      at = until;
    }
    return worked;
  }

  /** Until when it is worked, or not, as at this moment; perhaps for longer. */
  private Instant stays(Instant at) {
    // Between two changes of the clocks, the wall's clock and ours keep the same distance.
    var offset = zone.getRules().getOffset(at);
    ZoneOffsetTransition change = zone.getRules().nextTransition(at);
    var local = LocalDateTime.ofInstant(at, offset);
    return earlier(closing(local).orElseGet(() -> opening(local)).toInstant(offset), change);
  }

  private static Instant earlier(Instant one, @Nullable ZoneOffsetTransition change) {
    return change == null || one.isBefore(change.getInstant()) ? one : change.getInstant();
  }

  /** When the hours end in which this moment lies; empty if it lies in none. */
  private Optional<LocalDateTime> closing(LocalDateTime local) {
    var day = local.toLocalDate();
    return openings(day).stream()
        .filter(each -> !local.isBefore(at(day, each.from())) && local.isBefore(at(day, each.to())))
        .map(each -> at(day, each.to()))
        .findFirst();
  }

  /** When hours begin next, by this wall clock: after a pause at most, and the rest of a week. */
  private LocalDateTime opening(LocalDateTime local) {
    var today = local.toLocalDate();
    return today
        .datesUntil(today.plusDays(2 * LONGEST_PAUSE_DAYS))
        .flatMap(day -> openings(day).stream().map(each -> at(day, each.from())))
        .filter(begins -> begins.isAfter(local))
        .findFirst()
        .orElseThrow();
  }

  private List<Opening> openings(LocalDate day) {
    return Collections.binarySearch(holidays, day) >= 0
        ? List.of()
        : week.getOrDefault(day.getDayOfWeek(), List.of());
  }

  private static LocalDateTime at(LocalDate day, int minute) {
    return day.atStartOfDay().plusMinutes(minute);
  }
}
