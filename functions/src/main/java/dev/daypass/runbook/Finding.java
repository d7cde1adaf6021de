package dev.daypass.runbook;

import dev.daypass.access.Said;
import java.util.Objects;

/**
 * Something about a policy that is wrong, or may be, told to whoever looks after it.
 *
 * @param kind what the policy is
 * @param id the policy's
 * @param place where in the policy, as a JSON pointer into its written form: {@code /owners/0}; in
 *     a list of one, the file may have the entry itself in place of the list
 * @param wrong what is wrong, a clause without a full stop
 * @param right what would be right, a clause without a full stop
 */
public record Finding(
    Kind kind, String id, String place, Severity severity, Said wrong, Said right) {
  /** What a policy is. */
  public enum Kind {
    RUNBOOK,
    SYSTEM
  }

  /** Whether a policy with the finding can be published. */
  public enum Severity {
    /** It cannot. */
    ERROR,
    /** It can, but somebody should look. */
    WARNING
  }

  public Finding {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
    Objects.requireNonNull(place);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(wrong);
    Objects.requireNonNull(right);
  }

  /** Whether the finding is about this policy. */
  public boolean isAbout(Kind other, String otherId) {
    return kind == other && id.equals(otherId);
  }
}
