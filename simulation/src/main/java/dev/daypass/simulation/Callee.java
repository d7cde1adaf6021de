package dev.daypass.simulation;

/** Who is called. */
enum Callee {
  DYNAMODB,
  STATES,
  MAIL,
  FILES,
  SECRETS,
  TARGET,
  CHAT,
  PROVIDER,
  /** A function, by the workflow. */
  STEP,
  /** A function, by a table's stream. */
  STREAM,
  /** A function, by a person's browser or program. */
  HTTP,
  /** A function, by the event bus. */
  EVENT,
  /** A function, by the schedule. */
  SCHEDULE;

  /** Whether functions call it, as opposed to it calling functions. */
  boolean isCalledByFunctions() {
    return switch (this) {
      case DYNAMODB, STATES, MAIL, FILES, SECRETS, TARGET, CHAT, PROVIDER -> true;
      case STEP, STREAM, HTTP, EVENT, SCHEDULE -> false;
    };
  }
}
