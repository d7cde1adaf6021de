package dev.daypass.local.chat;

/** A message that is not taken. */
final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  WireException(int status, String answer) {
    super(answer);
    this.status = status;
  }

  int status() {
    return status;
  }
}
