package dev.daypass.store;

/**
 * What the audit table holds of a change is not what happened. Trying again does not help; a person
 * must look.
 */
public final class AuditMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String request;
  private final int version;

  public AuditMismatch(String request, int version, String message) {
    super(message);
    this.request = request;
    this.version = version;
  }

  /** Id of the request. */
  public String request() {
    return request;
  }

  /** The version whose record differs. */
  public int version() {
    return version;
  }
}
