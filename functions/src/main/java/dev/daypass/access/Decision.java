package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;

/**
 * What one person said in one stage.
 *
 * @param comment may be empty when approving
 */
public record Decision(String by, Answer answer, String comment, Proof proof, Instant at) {
  /** Yes or no. */
  public enum Answer {
    APPROVE,
    DENY
  }

  public Decision {
    Objects.requireNonNull(by);
    Objects.requireNonNull(answer);
    Objects.requireNonNull(comment);
    Objects.requireNonNull(proof);
    Objects.requireNonNull(at);
  }
}
