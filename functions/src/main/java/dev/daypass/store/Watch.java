package dev.daypass.store;

/** What a system's owners should know of although it is no access, or should be none any more. */
public enum Watch {
  /** Somebody asks, and the access has not begun. */
  WAITING("waiting"),
  /**
   * Somebody has a task: access that could not be taken away, or that is to be set up or taken away
   * by hand.
   */
  TASK("task");

  private final String word;

  Watch(String word) {
    this.word = word;
  }

  /** The partition of the index {@code by-watch}. */
  String key(String system) {
    return word + "#" + system;
  }
}
