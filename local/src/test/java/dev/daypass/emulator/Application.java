package dev.daypass.emulator;

/** Daypass, running on an emulator. */
interface Application extends AutoCloseable {
  /** Where people reach it; the fixed addresses under {@code /_local} answer here too. */
  String url();

  /** ARN of its state machine. */
  String stateMachine();

  /**
   * Returns if nothing has gone wrong behind the scenes.
   *
   * @throws IllegalStateException saying what has
   */
  void requireHealthy();

  @Override
  void close();
}
