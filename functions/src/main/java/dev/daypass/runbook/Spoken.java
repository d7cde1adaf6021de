package dev.daypass.runbook;

import dev.daypass.access.InEnglish;
import java.time.Duration;
import java.util.List;

/** Values as people say them, in English. */
public final class Spoken {
  private Spoken() {}

  /** {@code 4 hours}, {@code 1 day and 12 hours}, {@code 90 seconds}. */
  public static String duration(Duration duration) {
    return InEnglish.duration(duration);
  }

  /** {@code Ann}, {@code Ann or Ben}, {@code Ann, Ben or Cem}. */
  public static String list(List<String> words, String joint) {
    return InEnglish.list(words, joint);
  }

  /** {@code 1 person}, {@code 2 persons}: the noun's plural with s. */
  public static String counted(long number, String noun) {
    return InEnglish.counted(number, noun);
  }
}
