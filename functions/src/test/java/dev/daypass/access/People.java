package dev.daypass.access;

/** The cast of the tests. */
public final class People {
  /** Asks. */
  public static final String SAM = "sam.support@example.com";

  /** Sam's manager. */
  public static final String MAX = "max.manager@example.com";

  /** Stands in for Max. */
  public static final String DORA = "dora.deputy@example.com";

  /** Owns the system. */
  public static final String OLGA = "olga.owner@example.com";

  /** Owns it too. */
  public static final String OTTO = "otto.owner@example.com";

  /** Is asked when nobody answers. */
  public static final String ERIN = "erin.escalation@example.com";

  /** Has nothing to do with any of it. */
  public static final String STELLA = "stella.stranger@example.com";

  private People() {}
}
