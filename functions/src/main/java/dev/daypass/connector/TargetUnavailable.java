package dev.daypass.connector;

/** The target did not answer, or asked for patience: trying again later may help. */
public final class TargetUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which target, what was tried, what happened; no secret
   */
  public TargetUnavailable(String message) {
    super(message);
  }

  /**
   * @param message which target, what was tried, what happened; no secret
   */
  public TargetUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
