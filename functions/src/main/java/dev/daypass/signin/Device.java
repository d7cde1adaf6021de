package dev.daypass.signin;

import dev.daypass.access.Said;
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

  private static final String ANY = "A browser";
  private static final String ON = " on ";

  private Device() {}

  /**
   * The words for a header {@code User-Agent}, of which nothing is repeated.
   *
   * @return {@code Firefox on Linux}
   */
  static String of(String userAgent) {
    var browser = first(BROWSERS, userAgent).orElse(ANY);
    return first(SYSTEMS, userAgent).map(system -> browser + ON + system).orElse(browser);
  }

  /**
   * What {@link #of} said, for a reader of any language.
   *
   * @param words as they are kept with a session
   */
  static Said said(String words) {
    int on = words.indexOf(ON);
    var browser = on < 0 ? words : words.substring(0, on);
    var known = browser.equals(ANY) ? Said.of("device.any") : Said.of("device.browser", browser);
    return on < 0 ? known : Said.of("device.on", known, words.substring(on + ON.length()));
  }

  private static Optional<String> first(List<Sign> signs, String userAgent) {
    return signs.stream()
        .filter(sign -> userAgent.contains(sign.word()))
        .map(Sign::says)
        .findFirst();
  }
}
