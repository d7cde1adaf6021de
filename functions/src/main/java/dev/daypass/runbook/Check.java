package dev.daypass.runbook;

import dev.daypass.access.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one rule came out for one person and one runbook.
 *
 * @param code stable name of the rule's outcome; of the refusal if unsatisfied
 * @param message in English: what holds, or what is wrong and what would be right
 * @param refusal what follows; empty if the rule is satisfied
 */
public record Check(String code, String message, Optional<Refusal> refusal) {
  public Check {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    Objects.requireNonNull(refusal);
  }

  static Check satisfied(String code, String message) {
    return new Check(code, message, Optional.empty());
  }

  static Check refused(Refusal refusal) {
    return new Check(refusal.code(), refusal.message(), Optional.of(refusal));
  }

  /** Whether the rule is satisfied. */
  public boolean satisfied() {
    return refusal.isEmpty();
  }

  static List<Refusal> refusals(List<Check> checks) {
    return checks.stream().flatMap(check -> check.refusal().stream()).toList();
  }
}
