package dev.daypass.web;

import dev.daypass.runbook.Runbook;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How long access is asked for or approved: what can be chosen, and what is sent. */
public final class HowLong {
  private static final List<Duration> USUAL =
      List.of(
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofDays(1),
          Duration.ofDays(3),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30));

  private HowLong() {}

  /** The usual durations up to the longest, with the default and the longest among them. */
  public static List<Duration> choices(Duration chosen, Duration longest) {
    return List.copyOf(
        new TreeSet<>(
            Stream.concat(USUAL.stream(), Stream.of(chosen, longest))
                .filter(one -> one.compareTo(longest) <= 0)
                .toList()));
  }

  /**
   * The usual durations that are shorter, ascending; where all of them are longer, the shortest
   * that there is. None if that is not shorter.
   */
  public static List<Duration> shorterThan(Duration duration) {
    var usual = USUAL.stream().filter(one -> one.compareTo(duration) < 0).toList();
    return usual.isEmpty() && Runbook.SHORTEST.compareTo(duration) < 0
        ? List.of(Runbook.SHORTEST)
        : usual;
  }

  /**
   * Reads a duration in ISO 8601; empty if nothing was sent.
   *
   * @throws HttpProblem 422 if it is none
   */
  public static Optional<Duration> read(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.parse(text.strip()));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new HttpProblem(
          Problem.refused(List.of(Refusals.of("duration-unreadable", "duration"))));
    }
  }
}
