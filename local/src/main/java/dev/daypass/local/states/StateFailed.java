package dev.daypass.local.states;

/** Carries a failure from where a state meets it to where the execution decides what follows. */
final class StateFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  StateFailed(Failure failure) {
    super(failure.error() + ": " + failure.cause());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
