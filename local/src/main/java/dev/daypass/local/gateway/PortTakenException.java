package dev.daypass.local.gateway;

/** The port is taken; the message says what to do. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(int port) {
    super(
        "Port "
            + port
            + " is taken: something else listens there. Stop it, or choose another port.");
  }
}
