package dev.daypass.mail;

import java.util.Objects;

/** Why access ended. */
public sealed interface Ending {
  /** Its time was up. */
  record Expired() implements Ending {}

  /** Its holder gave it back. */
  record Returned() implements Ending {}

  /**
   * Somebody took it away.
   *
   * @param by name of that person
   * @param reason as typed
   */
  record Revoked(String by, String reason) implements Ending {
    public Revoked {
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
    }
  }
}
