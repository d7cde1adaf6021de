package dev.daypass.signin;

import org.jspecify.annotations.Nullable;

/** The provider did not answer, or not with what a provider answers. */
final class Unreachable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
