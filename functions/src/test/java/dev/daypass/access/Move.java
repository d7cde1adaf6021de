package dev.daypass.access;

import java.time.Duration;

/** What happens next in a random {@link Story}; the numbers choose among what is possible there. */
sealed interface Move {
  /** What can be tried, whether or not it makes sense at that point. */
  enum What {
    ASKED,
    MAIL_RETURNED,
    DECIDE,
    HAND_OVER,
    ASK_STAND_INS,
    ROUND_OVER,
    CANCEL,
    RETURN,
    REVOKE,
    WITHDRAW_APPROVAL,
    CLAIM,
    PROVISIONED,
    ALREADY_HELD,
    GIVE_UP,
    NOT_BOTH,
    EXTEND,
    WARNED,
    EXPIRE,
    OPEN_SET_UP_TASK,
    ANSWER_SET_UP,
    OPEN_TASK,
    ATTEST,
    REMIND,
    GONE,
    NEVER_ADDED,
    ANSWER_REVIEW,
    REMIND_REVIEW,
    REVIEW_TOLD,
    START_RUN
  }

  /** Somebody does what is needed to get on. */
  record GoOn(int choice) implements Move {}

  /** Somebody does something. */
  record Try(What what, int who, int stage, int round, int how) implements Move {}

  /** A command that came before comes again, word for word. */
  record Again(int which) implements Move {}

  /** Somebody does something under the id of somebody else's earlier command. */
  record Clash(int which, Try attempt) implements Move {}

  /** Time passes, or a slower clock is asked. */
  record Passes(Duration time) implements Move {}

  /** Nobody answers until the round is over. */
  record Silence() implements Move {}

  /** Time passes until the request is due. */
  record UntilDue() implements Move {}
}
