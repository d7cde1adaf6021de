package dev.daypass.local.demo;

/** Something in the demonstration is not as it should be. */
final class Difference extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Difference(String message) {
    super(message);
  }
}
