package dev.daypass.connector;

/**
 * The target will not do it however often it is asked: unknown group, bad credentials, unknown
 * person.
 */
public final class TargetRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which target, what was tried, what it said, what would help; no secret
   */
  public TargetRefused(String message) {
    super(message);
  }
}
