package dev.daypass.access;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One wait inside a stage.
 *
 * @param kind what the round says to those it asks
 * @param lasts from the opening of the round to its deadline, in working time where the plan has
 *     {@link Hours}; positive
 * @param approvers email addresses, lower case, of all who may decide while this round is open, 1
 *     to 25, each once
 * @param needed how many of them must approve, 1 to their number
 */
public record RoundPlan(Kind kind, Duration lasts, List<String> approvers, int needed) {
  /** What a round is for. */
  public enum Kind {
    /** The first message to the approvers. */
    NOTICE,
    /** The same people are asked again. */
    REMINDER,
    /** Somebody else is asked as well, or instead. */
    ESCALATION
  }

  public RoundPlan {
    Objects.requireNonNull(kind);
    approvers = List.copyOf(approvers);
    if (!lasts.isPositive()) {
      throw new IllegalArgumentException("a round lasts some time, not " + lasts);
    }
    if (approvers.isEmpty() || approvers.size() > Plan.MOST_APPROVERS) {
      throw new IllegalArgumentException(
          "a round asks 1 to " + Plan.MOST_APPROVERS + " people, not " + approvers.size());
    }
    if (approvers.stream().distinct().count() != approvers.size()) {
      throw new IllegalArgumentException("an approver is named twice: " + approvers);
    }
    approvers.forEach(Texts::requireLowerCase);
    if (needed < 1 || needed > approvers.size()) {
      throw new IllegalArgumentException(
          "needed is 1 to " + approvers.size() + " (those asked), not " + needed);
    }
  }
}
