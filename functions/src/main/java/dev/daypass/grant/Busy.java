package dev.daypass.grant;

import dev.daypass.access.Entitlement;

/**
 * Somebody else is changing this entitlement right now; trying again shortly helps. {@code
 * statemachine/access.asl.json} names this class.
 */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Busy(Entitlement entitlement) {
    super("somebody else is at work on " + entitlement.key());
  }
}
