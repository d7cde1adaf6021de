package dev.daypass.runbook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody asks for, as it came in and unchecked.
 *
 * @param runbook id of the runbook
 * @param requester email address of the person it is for
 * @param asker email address of the person who asks: the same, or somebody else for them
 * @param duration how long, or empty for the runbook's default
 * @param start when it is to begin, or empty to begin with the last approval
 * @param reason may be blank
 * @param ticket may be blank
 * @param breakGlass whether it is an emergency, and nobody is to be asked
 */
public record Ask(
    String runbook,
    String requester,
    String asker,
    Optional<Duration> duration,
    Optional<Start> start,
    String reason,
    String ticket,
    boolean breakGlass) {
  /**
   * A time at which access is to begin.
   *
   * @param now when it is asked for
   */
  public record Start(Instant at, Instant now) {}

  /** What people are to decide about. */
  public Ask(
      String runbook,
      String requester,
      String asker,
      Optional<Duration> duration,
      Optional<Start> start,
      String reason,
      String ticket) {
    this(runbook, requester, asker, duration, start, reason, ticket, false);
  }

  /** What somebody asks for themselves, to begin with the last approval. */
  public Ask(
      String runbook, String requester, Optional<Duration> duration, String reason, String ticket) {
    this(runbook, requester, requester, duration, Optional.empty(), reason, ticket);
  }

  /** Whether it is for somebody else than the person who asks. */
  public boolean isForOther() {
    return !asker.equals(requester);
  }

  /** The person who asks for somebody else; empty if it is for themselves. */
  public Optional<String> askedBy() {
    return Optional.of(asker).filter(_ -> isForOther());
  }

  /** The time at which it is to begin, if there is one. */
  public Optional<Instant> startsAt() {
    return start.map(Start::at);
  }
}
