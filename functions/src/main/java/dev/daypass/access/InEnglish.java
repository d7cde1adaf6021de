package dev.daypass.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What refusals tell programs in words: English, as everything that is not said to a reader. */
public final class InEnglish {
  private InEnglish() {}

  /** {@code 4 hours}, {@code 1 day and 12 hours}, {@code 90 seconds}. */
  public static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.toSecondsPart() > 0) {
      return counted(duration.toSeconds(), "second");
    }
    var parts = new ArrayList<String>();
    if (duration.toDaysPart() > 0) {
      parts.add(counted(duration.toDaysPart(), "day"));
    }
    if (duration.toHoursPart() > 0) {
      parts.add(counted(duration.toHoursPart(), "hour"));
    }
    if (duration.toMinutesPart() > 0) {
      parts.add(counted(duration.toMinutesPart(), "minute"));
    }
    return list(parts, "and");
  }

  /** {@code Ann}, {@code Ann or Ben}, {@code Ann, Ben or Cem}. */
  public static String list(List<String> words, String joint) {
    return switch (words.size()) {
      case 0 -> "nobody";
      case 1 -> words.getFirst();
      default ->
          String.join(", ", words.subList(0, words.size() - 1))
              + " "
              + joint
              + " "
              + words.getLast();
    };
  }

  /** {@code 1 person}, {@code 2 persons}: the noun's plural with s. */
  public static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
