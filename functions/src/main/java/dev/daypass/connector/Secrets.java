package dev.daypass.connector;

/** Where connectors find addresses and credentials of targets, by the name of the secret. */
@FunctionalInterface
public interface Secrets {
  /**
   * The secret's text, possibly a few minutes old.
   *
   * @throws TargetRefused if there is no such secret or it may not be read
   * @throws TargetUnavailable if the store of secrets did not answer
   */
  String value(String name);

  /**
   * The secret's text as it is now, for a caller whose credentials were just turned down: they may
   * have been rotated. Throws as {@link #value} does.
   */
  default String fresh(String name) {
    return value(name);
  }
}
