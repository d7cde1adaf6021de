package dev.daypass.web;

import dev.daypass.words.Paths;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no page.
 *
 * @param way where to go from here, or null if nothing would help
 */
public record ErrorView(Frame frame, Problem problem, @Nullable Way way) {
  /** The start page, from which everything can be found. */
  public static final Way START = new Way("page.problem.start", Paths.HOME);

  /**
   * One thing to press.
   *
   * @param label names the message that says what happens
   */
  public record Way(String label, String path) {
    public Way {
      Objects.requireNonNull(label);
      Objects.requireNonNull(path);
    }
  }

  public ErrorView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(problem);
  }
}
