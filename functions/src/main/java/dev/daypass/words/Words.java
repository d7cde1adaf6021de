package dev.daypass.words;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations, lists and numbers in words. */
public final class Words {
  private Words() {}

  /** {@code 4 hours}, {@code 30 minutes}, {@code 1 day 2 hours}; exact to the second. */
  public static String duration(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    return parts.isEmpty() ? "no time" : String.join(" ", parts);
  }

  /** As {@link #duration}, but only the two largest units and no seconds if there are minutes. */
  public static String roughly(Duration duration) {
    if (!duration.isPositive()) {
      return "no time";
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return "less than a minute";
    }
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  /** {@code Ana}, {@code Ana and Ben}, {@code Ana, Ben and Cem}; {@code nobody} if empty. */
  public static String and(List<String> names) {
    return joined(names, "and");
  }

  /** {@code Ana}, {@code Ana or Ben}, {@code Ana, Ben or Cem}; {@code nobody} if empty. */
  public static String or(List<String> names) {
    return joined(names, "or");
  }

  /** {@code 1 try}, {@code 2 tries}. */
  public static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String joined(List<String> names, String word) {
    if (names.isEmpty()) {
      return "nobody";
    }
    int last = names.size() - 1;
    if (last == 0) {
      return names.getFirst();
    }
    return String.join(", ", names.subList(0, last)) + " " + word + " " + names.get(last);
  }

  private static void add(List<String> parts, long number, String unit) {
    if (number > 0) {
      parts.add(count(number, unit, unit + "s"));
    }
  }
}
