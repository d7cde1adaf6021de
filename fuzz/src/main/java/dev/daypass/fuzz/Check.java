package dev.daypass.fuzz;

import dev.daypass.access.Texts;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;

/** What targets demand. What does not hold is a finding: an {@link AssertionError}. */
public final class Check {
  /** Longer ones repeat what they refuse. */
  private static final int LONGEST_DETAIL = 1_000_000;

  private Check() {}

  /** Holds, or is a finding. */
  public static void that(boolean holds, String demand) {
    if (!holds) {
      throw new AssertionError(demand);
    }
  }

  /** As {@link #that(boolean, String)}, showing what it is about. */
  public static void that(boolean holds, String demand, Object shown) {
    if (!holds) {
      throw new AssertionError(demand + ": " + shown);
    }
  }

  /** The two are equal, or it is a finding. */
  public static void same(Object one, Object other, String demand) {
    that(one.equals(other), demand, one + " is not " + other);
  }

  /** A person can read it, and a terminal or page can show it as it is. */
  public static void shows(String text) {
    that(Texts.flaw(text).isEmpty(), "not fit to be shown", Texts.visibleLine(text));
  }

  /** As {@link #shows}, on one line. */
  public static void showsOnOneLine(String text) {
    that(Texts.flawOfLine(text).isEmpty(), "no clean line", Texts.visibleLine(text));
  }

  /** A problem of the caller's, in words that can be shown. */
  public static void refusal(HttpProblem thrown) {
    refusal(thrown.problem());
  }

  /** As {@link #refusal(HttpProblem)}. */
  public static void refusal(Problem problem) {
    that(problem.status() >= 400 && problem.status() < 500, "our fault", problem);
    that(problem.type().startsWith("urn:daypass:problem:"), "not one of our kinds", problem);
    that(problem.detail().length() < LONGEST_DETAIL, "a refusal without end");
    shows(problem.detail());
    for (var each : problem.errors()) {
      shows(each.message());
      if (each.field() != null) {
        shows(each.field());
      }
    }
  }
}
