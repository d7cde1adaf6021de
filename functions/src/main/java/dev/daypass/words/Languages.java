package dev.daypass.words;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The languages that Daypass speaks: those with a file of messages. */
public final class Languages {
  /** Looked for when somebody first needs the list; nothing on the class path is scanned. */
  private static final class All {
    private static final List<Locale> LIST =
        Stream.of(Locale.getISOLanguages())
            .filter(Messages::exist)
            .map(Locale::of)
            .sorted(Comparator.comparing(Languages::name))
            .toList();
  }

  private Languages() {}

  /** All of them, by the names they give themselves. */
  public static List<Locale> all() {
    return All.LIST;
  }

  /** The name of a language in that language: {@code Deutsch}. */
  public static String name(Locale language) {
    var name = language.getDisplayLanguage(language);
    return name.substring(0, 1).toUpperCase(language) + name.substring(1);
  }

  /**
   * The language of ours that a browser would rather have: what it asks for first, by the look-up
   * of RFC 4647, section 3.4, with its region if it names one.
   *
   * @param header {@code Accept-Language}, RFC 9110, section 12.5.4: {@code de-AT, en;q=0.8}
   * @return empty if it asks for none of ours, for any, or makes no sense
   */
  public static Optional<Locale> accepted(String header) {
    List<LanguageRange> ranges;
    try {
      ranges = LanguageRange.parse(header);
    } catch (IllegalArgumentException senseless) {
      return Optional.empty();
    }
    return ranges.stream()
        .filter(range -> range.getWeight() > LanguageRange.MIN_WEIGHT)
        .flatMap(range -> Optional.ofNullable(ours(range)).stream())
        .findFirst();
  }

  private static @Nullable Locale ours(LanguageRange range) {
    var ours = Locale.lookup(List.of(range), all());
    var asked = Locale.forLanguageTag(range.getRange());
    return ours == null || !asked.getLanguage().equals(ours.getLanguage())
        ? ours
        : Locale.of(ours.getLanguage(), asked.getCountry());
  }

  /** The language with the region of the first of these that is of it, if one of them names one. */
  public static Locale withRegion(Locale language, Stream<Locale> known) {
    return known
        .filter(each -> each.getLanguage().equals(language.getLanguage()))
        .findFirst()
        .orElseGet(() -> Locale.of(language.getLanguage()));
  }

  /** Whether something can be said in the language of this locale, whatever its region. */
  public static boolean speak(Locale locale) {
    return Messages.of(locale).isPresent();
  }
}
