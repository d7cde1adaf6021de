package dev.daypass.runbook;

import dev.daypass.access.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one rule came out for one person and one runbook.
 *
 * @param code stable name of the rule's outcome; of a refusal if unsatisfied
 * @param field the input the rule is about, or null
 * @param message for the person who asks: what holds, or what is wrong and what would be right
 */
public record Check(String code, @Nullable String field, boolean satisfied, String message) {
  public Check {
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  static Check satisfied(String code, String message) {
    return new Check(code, null, true, message);
  }

  static Check refused(String code, @Nullable String field, String message) {
    return new Check(code, field, false, message);
  }

  /** The refusal that follows; empty if the rule is satisfied. */
  public Optional<Refusal> refusal() {
    return satisfied ? Optional.empty() : Optional.of(new Refusal(code, field, message));
  }

  static List<Refusal> refusals(List<Check> checks) {
    return checks.stream().flatMap(check -> check.refusal().stream()).toList();
  }
}
