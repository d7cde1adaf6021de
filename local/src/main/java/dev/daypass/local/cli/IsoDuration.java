package dev.daypass.local.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as files write them, and as people write them by mistake. */
final class IsoDuration {
  private static final Pattern PEOPLES =
      Pattern.compile("P?T?\\s*(\\d{1,4})\\s*([a-z]+)", Pattern.CASE_INSENSITIVE);

  /** ISO 8601 has months, of no fixed length; without the T they are not minutes. */
  private static final Pattern MONTHS = Pattern.compile("P\\d{1,4}M");

  private static final int DAYS_OF_A_MONTH = 30;

  private IsoDuration() {}

  /**
   * The ISO 8601 form of {@code 4h}, {@code 30 minutes}, {@code P4H}, {@code P1M}; empty if it is
   * no guess.
   */
  static Optional<String> meant(String written) {
    var matcher = PEOPLES.matcher(written.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(1));
    if (MONTHS.matcher(written.strip()).matches()) {
      return Optional.of("P" + number * DAYS_OF_A_MONTH + "D");
    }
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "m", "min", "mins", "minute", "minutes" -> Optional.of("PT" + number + "M");
      case "h", "hr", "hrs", "hour", "hours" -> Optional.of("PT" + number + "H");
      case "d", "day", "days" -> Optional.of("P" + number + "D");
      case "w", "week", "weeks" -> Optional.of("P" + number * 7 + "D");
      default -> Optional.empty();
    };
  }
}
