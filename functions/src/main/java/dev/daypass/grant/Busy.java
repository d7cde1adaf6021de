package dev.daypass.grant;

import dev.daypass.access.Entitlement;
import java.time.Instant;

/**
 * Somebody else is changing this entitlement right now; trying again shortly helps. {@code
 * statemachine/access.asl.json} names this class.
 */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Instant lockedUntil;

  /**
   * @param lockedUntil when the lock of whoever is at work is over
   */
  public Busy(Entitlement entitlement, Instant lockedUntil) {
    super("somebody else is at work on " + entitlement.key());
    this.lockedUntil = lockedUntil;
  }

  /** Whether that somebody is most likely dead, and will neither finish nor tell anybody. */
  boolean isLeftBehind(Instant now) {
    return now.isAfter(lockedUntil.minus(Reconcile.LOCK).plus(Reconcile.LONGEST_AT_WORK));
  }
}
