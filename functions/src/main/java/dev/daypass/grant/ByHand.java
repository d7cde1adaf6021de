package dev.daypass.grant;

/**
 * No program can take this access away: people have the task to do it by hand, and nobody has said
 * yet that it is done. {@code statemachine/access.asl.json} names this class.
 */
public final class ByHand extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ByHand(String request) {
    super("people must take the access of request " + request + " away by hand");
  }
}
