package dev.daypass.local.template;

import java.util.Comparator;
import java.util.Objects;

/**
 * One thing in a template that cannot be run as it stands.
 *
 * @param line where it stands, from 1
 * @param message what is wrong, by name, and where it helps what would be right
 */
public record Finding(int line, String message) implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt(Finding::line).thenComparing(Finding::message);

  public Finding {
    Objects.requireNonNull(message);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
