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

  /** The Levenshtein distance, where two letters that have changed places are one change. */
  private static int changes(String from, String to) {
    var changes = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        changes[i][j] = i == 0 || j == 0 ? i + j : changes(changes, from, to, i, j);
      }
    }
    return changes[from.length()][to.length()];
  }

  private static int changes(int[][] before, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int fewest =
        Math.min(
            before[i - 1][j - 1] + (same ? 0 : 1),
            Math.min(before[i - 1][j], before[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, before[i - 2][j - 2] + 1) : fewest;
  }
}
