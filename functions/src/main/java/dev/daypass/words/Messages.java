package dev.daypass.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import net.xyzsd.plurals.PluralCategory;
import net.xyzsd.plurals.PluralRule;
import net.xyzsd.plurals.PluralRuleType;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one language: patterns of {@link java.text.MessageFormat} by their names, from
 * the file {@code messages_LANGUAGE.properties} beside this class. A language exists if its file
 * does. A file is read once, when something is first said in its language.
 */
final class Messages {
  private static final Map<String, Optional<Messages>> READ = new ConcurrentHashMap<>();

  private final Locale language;
  private final Map<String, String> patterns;

  private Messages(Locale language, Map<String, String> patterns) {
    this.language = language;
    this.patterns = Map.copyOf(patterns);
  }

  /** The messages of a language, whatever its region; empty if there is no file for it. */
  static Optional<Messages> of(Locale locale) {
    return READ.computeIfAbsent(locale.getLanguage(), Messages::read);
  }

  /** What everything falls back to. */
  static Messages english() {
    return of(Locale.ENGLISH).orElseThrow();
  }

  /** Whether there is a file for the language. Reads nothing. */
  static boolean exist(String language) {
    return Messages.class.getResource(file(language)) != null;
  }

  private static String file(String language) {
    return "messages_" + language + ".properties";
  }

  private static Optional<Messages> read(String language) {
    try (var file = Messages.class.getResourceAsStream(file(language))) {
      if (file == null) {
        return Optional.empty();
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(file, UTF_8));
      var patterns = new HashMap<String, String>();
      properties.forEach((key, pattern) -> patterns.put((String) key, (String) pattern));
      return Optional.of(new Messages(Locale.of(language), patterns));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Locale language() {
    return language;
  }

  /** All patterns, for the tests that compare languages. */
  Map<String, String> patterns() {
    return patterns;
  }

  /**
   * The pattern of a message; where it has several forms, the one that the language takes for the
   * first number among the arguments, or for the length of the first list.
   *
   * @return null if the language lacks it
   */
  @Nullable String pattern(String key, List<?> arguments) {
    var pattern = patterns.get(key);
    return pattern != null ? pattern : form(key, arguments);
  }

  private @Nullable String form(String key, List<?> arguments) {
    // Not a field: a function that never counts anything need not load the rules.
    var rule = PluralRule.createOrDefault(language, PluralRuleType.CARDINAL);
    var form = patterns.get(key + "." + suffix(rule.select(count(arguments))));
    return form != null ? form : patterns.get(key + "." + suffix(PluralCategory.OTHER));
  }

  private static String suffix(PluralCategory category) {
    return category.name().toLowerCase(Locale.ROOT);
  }

  private static long count(List<?> arguments) {
    for (var argument : arguments) {
      switch (argument) {
        case Number number -> {
          return number.longValue();
        }
        case List<?> list -> {
          return list.size();
        }
        default -> {
          // Does not count anything.
        }
      }
    }
    return 0;
  }
}
