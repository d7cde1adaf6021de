package dev.daypass.chat;

/**
 * A message did not reach its channel. The text says why and what to mend; it names the secret, and
 * never the address in it. No cause: what others say may hold the address.
 */
public final class Unsent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unsent(String message) {
    super(message);
  }
}
