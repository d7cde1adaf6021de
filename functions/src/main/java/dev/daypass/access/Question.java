package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That whoever is asked in a stage has asked the requester something first. While the answer is
 * awaited the clock of the stage stands still, but not for longer than until {@link #closesAt}.
 *
 * @param by email address of whoever asks
 * @param round the round that was open, from 0
 * @param at when it was asked
 * @param remindAt when the requester is reminded, once
 * @param closesAt when it is too late to answer; fixed when it is asked
 * @param reminded whether the requester has been reminded
 * @param answer what the requester said; null while, and if, nothing
 * @param closedAt when it was answered, or was closed for want of an answer; null before
 */
public record Question(
    String by,
    int round,
    String text,
    Instant at,
    Instant remindAt,
    Instant closesAt,
    boolean reminded,
    @Nullable String answer,
    @Nullable Instant closedAt) {
  /** The most questions of a stage. */
  public static final int MOST = 3;

  /** So many days, of those that count for the request, an answer is waited for. */
  static final int DAYS = 2;

  public Question {
    Texts.requireLowerCase(by);
    Objects.requireNonNull(text);
    Objects.requireNonNull(at);
    Objects.checkIndex(round, Plan.MOST_ROUNDS);
    if (remindAt.isBefore(at) || closesAt.isBefore(remindAt)) {
      throw new IllegalArgumentException("asked, reminded, closed: in this order");
    }
    if (answer != null && closedAt == null) {
      throw new IllegalArgumentException("what is answered is closed");
    }
  }

  /** One that has just been asked, by the times of this plan. */
  static Question asked(String by, int round, String text, Instant at, Plan plan) {
    return new Question(
        by,
        round,
        text,
        at,
        plan.deadline(at, Hours.days(plan.hours(), DAYS - 1)),
        plan.deadline(at, Hours.days(plan.hours(), DAYS)),
        false,
        null,
        null);
  }

  /** Whether nobody has answered, and it is not closed. */
  public boolean awaitsAnswer() {
    return closedAt == null;
  }

  /** When something must happen to it if no answer comes: the reminder, or its end. */
  Instant dueAt() {
    return reminded ? closesAt : remindAt;
  }

  /** How often somebody had to hear something of it so far. */
  int turns() {
    return 1 + (reminded ? 1 : 0) + (closedAt == null ? 0 : 1);
  }

  Question remindedOf() {
    return new Question(by, round, text, at, remindAt, closesAt, true, null, null);
  }

  Question answered(String how, Instant when) {
    // One clock can be behind the other.
    return new Question(
        by, round, text, at, remindAt, closesAt, reminded, how, Times.later(at, when));
  }

  Question unanswered() {
    return new Question(by, round, text, at, remindAt, closesAt, reminded, null, closesAt);
  }
}
