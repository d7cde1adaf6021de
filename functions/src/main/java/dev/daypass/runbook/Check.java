package dev.daypass.runbook;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one rule came out for one person and one runbook.
 *
 * @param code stable name of the rule's outcome; of the refusal if unsatisfied
 * @param message in English: what holds, or what is wrong and what would be right
 * @param said the same for a reader of any language
 * @param refusal what follows; empty if the rule is satisfied
 */
public record Check(String code, String message, Said said, Optional<Refusal> refusal) {
  public Check {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
    Objects.requireNonNull(said);
    Objects.requireNonNull(refusal);
  }

  static Check satisfied(String code, String message, Said said) {
    return new Check(code, message, said, Optional.empty());
  }

  static Check refused(Refusal refusal) {
    return new Check(refusal.code(), refusal.message(), refusal.said(), Optional.of(refusal));
  }

  /** Whether the rule is satisfied. */
  public boolean satisfied() {
    return refusal.isEmpty();
  }

  static List<Refusal> refusals(List<Check> checks) {
    return checks.stream().flatMap(check -> check.refusal().stream()).toList();
  }
}
