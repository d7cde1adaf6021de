package dev.daypass.runbook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody asks for, as it came in and unchecked.
 *
 * @param runbook id of the runbook
 * @param requester email address of the person who asks
 * @param duration how long, or empty for the runbook's default
 * @param start when it is to begin, or empty to begin with the last approval
 * @param reason may be blank
 * @param ticket may be blank
 * @param breakGlass whether it is an emergency, and nobody is to be asked
 */
public record Ask(
    String runbook,
    String requester,
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
      Optional<Duration> duration,
      Optional<Start> start,
      String reason,
      String ticket) {
    this(runbook, requester, duration, start, reason, ticket, false);
  }

  /** What is to begin with the last approval. */
  public Ask(
      String runbook, String requester, Optional<Duration> duration, String reason, String ticket) {
    this(runbook, requester, duration, Optional.empty(), reason, ticket);
  }

  /** The time at which it is to begin, if there is one. */
  public Optional<Instant> startsAt() {
    return start.map(Start::at);
  }
}
