package dev.daypass.grant;

/**
 * The access does not end yet: its end was moved while the workflow waited. {@code
 * statemachine/access.asl.json} names this class.
 */
public final class NotDue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotDue(String request) {
    super("the access of request " + request + " does not end yet");
  }
}
