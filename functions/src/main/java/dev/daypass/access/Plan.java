package dev.daypass.access;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was promised when the request was sent: frozen, whatever the runbook says later.
 *
 * @param runbook id of the runbook
 * @param runbookVersion the published version, 1 or more
 * @param title the task in the team's words
 * @param system id of the target system
 * @param systemTitle its name for people
 * @param role id of the role
 * @param roleTitle its name for people
 * @param target where and how the access is set up and taken away
 * @param owners email addresses of the system's owners, told when something goes wrong; not empty
 * @param stages the approval chain in order, 1 to 5
 * @param extendable how long the access may last in all if its holder extends it; null if nobody
 *     may
 */
public record Plan(
    String runbook,
    int runbookVersion,
    String title,
    String system,
    String systemTitle,
    String role,
    String roleTitle,
    Target target,
    List<String> owners,
    List<StagePlan> stages,
    @Nullable Duration extendable) {
  /** The most people who can be asked in one stage, all its rounds together. */
  public static final int MOST_APPROVERS = 25;

  /** The most stages of a chain. */
  public static final int MOST_STAGES = 5;

  /** The most rounds of a stage. */
  public static final int MOST_ROUNDS = 5;

  public Plan {
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(title);
    Objects.requireNonNull(system);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(role);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(target);
    owners = List.copyOf(owners);
    stages = List.copyOf(stages);
    if (runbookVersion < 1) {
      throw new IllegalArgumentException("published versions count from 1, not " + runbookVersion);
    }
    if (owners.isEmpty()) {
      throw new IllegalArgumentException("a system has owners");
    }
    if (stages.isEmpty() || stages.size() > MOST_STAGES) {
      throw new IllegalArgumentException(
          "a plan has 1 to " + MOST_STAGES + " stages, not " + stages.size());
    }
    if (extendable != null && !extendable.isPositive()) {
      throw new IllegalArgumentException("access lasts some time, not " + extendable);
    }
  }
}
