package dev.daypass.signin;

import java.util.List;
import java.util.Optional;

/** Says in two words what somebody signed in with, so that they recognise it. */
final class Device {
  /** A word of the header, and what it says. */
  private record Sign(String word, String says) {}

  /** In this order: browsers name others that they want to pass for. */
  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("Edg", "Edge"),
          new Sign("OPR/", "Opera"),
          new Sign("Firefox/", "Firefox"),
          new Sign("FxiOS", "Firefox"),
          new Sign("CriOS", "Chrome"),
          new Sign("Chrome/", "Chrome"),
          new Sign("Safari/", "Safari"));

  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("Android", "Android"),
          new Sign("Windows", "Windows"),
          new Sign("CrOS", "ChromeOS"),
          new Sign("Mac OS X", "macOS"),
          new Sign("Linux", "Linux"));

  private Device() {}

  /**
   * The words for a header {@code User-Agent}, of which nothing is repeated.
   *
   * @return {@code Firefox on Linux}
   */
  static String of(String userAgent) {
    var browser = first(BROWSERS, userAgent).orElse("A browser");
    return first(SYSTEMS, userAgent).map(system -> browser + " on " + system).orElse(browser);
  }

  private static Optional<String> first(List<Sign> signs, String userAgent) {
    return signs.stream()
        .filter(sign -> userAgent.contains(sign.word()))
        .map(Sign::says)
        .findFirst();
  }
}
