package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one person said in one stage.
 *
 * @param by email address of whoever decided
 * @param duration how long the access may last, where an approver allows less than was wanted; null
 *     otherwise
 * @param comment may be empty when approving
 * @param standsInFor email address of whoever was asked, where somebody decided in their place;
 *     null where they did themselves
 */
public record Decision(
    String by,
    Answer answer,
    @Nullable Duration duration,
    String comment,
    Proof proof,
    Instant at,
    @Nullable String standsInFor) {
  /** Yes or no. */
  public enum Answer {
    APPROVE,
    DENY
  }

  /** A decision of one's own. */
  public Decision(
      String by,
      Answer answer,
      @Nullable Duration duration,
      String comment,
      Proof proof,
      Instant at) {
    this(by, answer, duration, comment, proof, at, null);
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

  /** Whose part of the stage this decides: it counts once, whoever decided. */
  public String part() {
    return standsInFor == null ? by : standsInFor;
  }

  /** The shorter time that this allows; empty if it allows what was wanted, or nothing. */
  public Optional<Duration> shorter() {
    return Optional.ofNullable(duration);
  }
}
