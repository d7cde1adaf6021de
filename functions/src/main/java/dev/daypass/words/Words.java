package dev.daypass.words;

import dev.daypass.access.Texts;
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

  /**
   * A name or title for the middle of a sentence: one with letters that are read from right to left
   * stands between U+2068 and U+2069, so that it does not carry what stands around it along
   * (Unicode Standard Annex #9, section 2.7). In HTML, {@code <bdi>} does the same; this is for
   * sentences that are put together before, and for text.
   */
  public static String apart(String name) {
    return name.codePoints().anyMatch(Words::isReadFromRight) && !name.startsWith("\u2068")
        ? "\u2068" + name + "\u2069"
        : name;
  }

  private static boolean isReadFromRight(int character) {
    return switch (Character.getDirectionality(character)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER ->
          true;
      default -> false;
    };
  }

  /** As {@link Texts#visible}, for what makes texts for people and knows no requests. */
  public static String visible(String text) {
    return Texts.visible(text);
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
