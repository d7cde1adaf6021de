package dev.daypass.runbook;

import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What came of asking: a plan to freeze, or all the reasons why not. */
public sealed interface Planning {
  /**
   * It may be asked for, in this way.
   *
   * @param duration what was asked for, or the default
   * @param reason without surrounding blanks
   * @param ticket without surrounding blanks; empty if none was given
   */
  record Planned(Plan plan, Duration duration, String reason, Optional<String> ticket)
      implements Planning {
    public Planned {
      Objects.requireNonNull(plan);
      Objects.requireNonNull(duration);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(ticket);
    }
  }

  /**
   * It may not be asked for.
   *
   * @param refusals all of them, at least one
   */
  record Refused(List<Refusal> refusals) implements Planning {
    public Refused {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("nobody is refused without a reason");
      }
    }
  }
}
