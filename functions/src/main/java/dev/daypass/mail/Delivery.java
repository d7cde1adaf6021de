package dev.daypass.mail;

import java.util.Objects;

/** What became of a mail that was handed over. Whatever may work later is an exception instead. */
public sealed interface Delivery {
  /**
   * Taken for delivery.
   *
   * @param messageId as SES names it; in bounces too
   */
  record Sent(String messageId) implements Delivery {
    public Sent {
      Objects.requireNonNull(messageId);
    }
  }

  /**
   * Refused for good: sending the same again would be refused again.
   *
   * @param reason what SES said
   */
  record Rejected(String reason) implements Delivery {
    public Rejected {
      Objects.requireNonNull(reason);
    }
  }
}
