package dev.daypass.web;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A search as people type it: every word must occur somewhere, in whatever order, as part of a word
 * too; neither case nor accents matter.
 */
final class Search {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<String> words;

  Search(String query) {
    this.words =
        Arrays.stream(NO_WORD.split(plain(query), -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Whether all words occur in these texts; a search without words finds everything. */
  boolean finds(List<String> texts) {
    var all = plain(String.join("\n", texts));
    return words.stream().allMatch(all::contains);
  }

  private static String plain(String text) {
    var apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
