package dev.daypass.local.states;

/**
 * Something wrong in a definition.
 *
 * @param code as AWS names it: {@code SCHEMA_VALIDATION_FAILED}
 * @param message what is wrong, for people
 * @param pointer JSON pointer to the place, {@code /} for the whole
 */
record Finding(String code, String message, String pointer) {
  static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
  static final String NOT_JSON = "INVALID_JSON_DESCRIPTION";
  static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";

  @Override
  public String toString() {
    return code + ": " + message + " at " + pointer;
  }
}
