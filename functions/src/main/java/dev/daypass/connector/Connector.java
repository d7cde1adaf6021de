package dev.daypass.connector;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;

/**
 * Adds, removes and reads membership in one kind of target. All three are idempotent; none keeps
 * state.
 *
 * <p>Every call throws {@link TargetUnavailable} when trying again may help and {@link
 * TargetRefused} when it will not.
 */
public interface Connector {
  /** Whether the target says, now, that the person has the role. An unknown person has none. */
  boolean holds(Entitlement entitlement, Target target);

  /** Makes the person have the role; does nothing if the person has it already. */
  void add(Entitlement entitlement, Target target);

  /**
   * Makes the person not have the role; does nothing if the person or the membership is not there.
   */
  void remove(Entitlement entitlement, Target target);
}
