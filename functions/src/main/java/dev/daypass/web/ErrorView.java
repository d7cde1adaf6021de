package dev.daypass.web;

import dev.daypass.words.Paths;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no page.
 *
 * @param way where to go from here, or null if nothing would help
 * @param typed what was sent and not taken, for whoever cannot find it in a form again
 */
public record ErrorView(Frame frame, Problem problem, @Nullable Way way, List<String> typed) {
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
    typed = List.copyOf(typed);
  }

  public ErrorView(Frame frame, Problem problem, @Nullable Way way) {
    this(frame, problem, way, List.of());
  }
}
