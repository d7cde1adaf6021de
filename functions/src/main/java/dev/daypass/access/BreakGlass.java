package dev.daypass.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access that its requester takes in an emergency, so that nobody is asked: who hears of it at
 * once, beside the system's owners, and who must say afterwards whether it was justified.
 *
 * @param reviewers email addresses of those who must say so, 1 to 25, each once; never the
 *     requester
 * @param manager email address of the requester's manager; null if there is none who is still here
 */
public record BreakGlass(List<String> reviewers, @Nullable String manager) {
  public BreakGlass {
    reviewers = List.copyOf(reviewers);
    if (reviewers.isEmpty() || reviewers.size() > Plan.MOST_APPROVERS) {
      throw new IllegalArgumentException(
          "1 to " + Plan.MOST_APPROVERS + " people review it, not " + reviewers.size());
    }
    if (reviewers.stream().distinct().count() != reviewers.size()) {
      throw new IllegalArgumentException("a reviewer is named twice: " + reviewers);
    }
    reviewers.forEach(Texts::requireLowerCase);
  }
}
