package dev.daypass.runbook;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known words was meant. */
public final class Nearest {
  /** More than a slip or two is another word, however long it is. */
  private static final int MOST_CHANGES = 3;

  private Nearest() {}

  /**
   * The known word that is fewest changes away, of several the one that sorts first; empty if none
   * is near enough to be meant.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    var lower = word.toLowerCase(Locale.ROOT);
    String best = null;
    int fewest = MOST_CHANGES + 1;
    for (var candidate : known) {
      // Each letter more or less is a change: most words need no closer look.
      if (Math.abs(candidate.length() - lower.length()) <= MOST_CHANGES) {
        int changes = changes(lower, candidate.toLowerCase(Locale.ROOT));
        if (changes <= Math.clamp(candidate.length() / 3, 1, MOST_CHANGES)
            && (changes < fewest
                || (changes == fewest && best != null && candidate.compareTo(best) < 0))) {
          best = candidate;
          fewest = changes;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The Levenshtein distance. */
  private static int changes(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
