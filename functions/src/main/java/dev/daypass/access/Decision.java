package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one person said in one stage.
 *
 * @param duration how long the access may last, where an approver allows less than was wanted; null
 *     otherwise
 * @param comment may be empty when approving
 */
public record Decision(
    String by,
    Answer answer,
    @Nullable Duration duration,
    String comment,
    Proof proof,
    Instant at) {
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
    if (duration != null && (answer != Answer.APPROVE || !duration.isPositive())) {
      throw new IllegalArgumentException("only an approval is for some time: " + duration);
    }
  }

  /** The shorter time that this allows; empty if it allows what was wanted, or nothing. */
  public Optional<Duration> shorter() {
    return Optional.ofNullable(duration);
  }
}
