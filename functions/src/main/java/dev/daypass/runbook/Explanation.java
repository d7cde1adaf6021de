package dev.daypass.runbook;

import java.util.List;
import java.util.Objects;

/**
 * Why somebody may or may not ask.
 *
 * @param checks how each rule came out, satisfied or not, in the order in which refusals are told
 * @param planning what comes of them together: who would be asked, or why not
 */
public record Explanation(List<Check> checks, Planning planning) {
  public Explanation {
    checks = List.copyOf(checks);
    Objects.requireNonNull(planning);
  }
}
