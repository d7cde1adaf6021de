package dev.daypass.runbook;

import dev.daypass.access.Plan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why somebody may or may not ask.
 *
 * @param checks how each rule came out, satisfied or not, in the order in which refusals are told
 * @param planning what comes of them together: who would be asked, or why not
 * @param plan who would be asked, also where this person may not ask; empty if nobody could decide,
 *     or if nothing and nobody of that name is known
 */
public record Explanation(List<Check> checks, Planning planning, Optional<Plan> plan) {
  public Explanation {
    checks = List.copyOf(checks);
    Objects.requireNonNull(planning);
    Objects.requireNonNull(plan);
  }
}
