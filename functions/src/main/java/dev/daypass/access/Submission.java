package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked, as it was asked; never changes.
 *
 * @param id the request's id, derived from {@link #asker} and idempotency key by {@link RequestId}
 * @param requester email address of the person the access is for, lower case
 * @param askedBy email address of somebody else who asked for that person, lower case; null if they
 *     asked themselves
 * @param plan what was promised at that moment
 * @param duration how long the access is wanted; positive
 * @param reason why, in the requester's words
 * @param ticket the number of the ticket, if the runbook asks for one
 * @param startsAt before when nothing is set up; null to begin with the last approval
 * @param at when it was asked
 */
public record Submission(
    String id,
    String requester,
    @Nullable String askedBy,
    Plan plan,
    Duration duration,
    String reason,
    @Nullable String ticket,
    @Nullable Instant startsAt,
    Instant at) {
  /** What somebody asks for themselves, to begin with the last approval. */
  public Submission(
      String id,
      String requester,
      Plan plan,
      Duration duration,
      String reason,
      @Nullable String ticket,
      Instant at) {
    this(id, requester, null, plan, duration, reason, ticket, null, at);
  }

  public Submission {
    Objects.requireNonNull(id);
    Objects.requireNonNull(at);
    if (startsAt != null && !startsAt.isAfter(at)) {
      throw new IllegalArgumentException("asked at " + at + ", to begin before that: " + startsAt);
    }
    Texts.requireLowerCase(requester);
    if (askedBy != null) {
      Texts.requireLowerCase(askedBy);
      if (askedBy.equals(requester)) {
        throw new IllegalArgumentException("whoever asks for themselves asks for nobody else");
      }
    }
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("access lasts some time, not " + duration);
    }
    if (Texts.isTooLong(reason) || Texts.isTooLong(ticket)) {
      throw new IllegalArgumentException("a text is at most " + Texts.LONGEST + " characters");
    }
    if (Texts.flaw(reason).isPresent() || (ticket != null && Texts.flaw(ticket).isPresent())) {
      throw new IllegalArgumentException("a text holds what cannot be shown");
    }
    var rule = plan.rule();
    if (rule != null && (rule.publisher().equals(requester) || rule.publisher().equals(askedBy))) {
      throw new IllegalArgumentException("nobody's own rule approves what they ask for");
    }
    var glass = plan.glass();
    if (glass != null && (glass.reviewers().contains(requester) || startsAt != null)) {
      throw new IllegalArgumentException("an emergency is now, and another reviews it");
    }
    if (glass != null && askedBy != null) {
      throw new IllegalArgumentException("an emergency is one's own");
    }
    for (var stage : plan.stages()) {
      for (var round : stage.rounds()) {
        if (round.approvers().contains(requester)) {
          throw new IllegalArgumentException("the requester is never an approver");
        }
        if (askedBy != null && round.approvers().contains(askedBy)) {
          throw new IllegalArgumentException("whoever asked is never an approver");
        }
      }
    }
  }

  /** Who asked: the requester, or somebody else for them. */
  public String asker() {
    return askedBy == null ? requester : askedBy;
  }

  /** Whether this is the person it is for, or who asked for them: neither ever decides. */
  public boolean isBy(String person) {
    return person.equals(requester) || person.equals(askedBy);
  }

  /** The time before when nothing is set up, while that is to come. */
  public Optional<Instant> waitsUntil(Instant now) {
    return Optional.ofNullable(startsAt).filter(now::isBefore);
  }

  /** What is wanted: this role in this system for this person. */
  public Entitlement entitlement() {
    return new Entitlement(plan.system(), plan.role(), requester);
  }
}
