package dev.daypass.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the owners of a system have to do about a request: the same for pages, mails and the API,
 * whatever state the request is in.
 *
 * @param owners email addresses of those who have the task
 * @param problem what the target answered last; empty where no connector reaches it
 * @param leftover whether an earlier access may still be there, while one is to be set up
 * @param reminders how often they have been reminded
 * @param remindAt when they are reminded next, if it is by hand
 */
public record OwnersTask(
    Work work,
    Instant openedAt,
    List<String> owners,
    String problem,
    boolean leftover,
    int reminders,
    Instant remindAt) {
  /** What is to be done. */
  public enum Work {
    /** To set it up by hand, and to say so. */
    SET_UP,
    /** To take it away by hand, and to say so. */
    TAKE_AWAY,
    /** To mend what keeps the connector from taking it away; reading the target closes the task. */
    STUCK
  }

  public OwnersTask {
    Objects.requireNonNull(work);
    Objects.requireNonNull(openedAt);
    owners = List.copyOf(owners);
    Objects.requireNonNull(problem);
    Objects.requireNonNull(remindAt);
  }

  static OwnersTask of(SetUpTask task) {
    return new OwnersTask(
        Work.SET_UP,
        task.openedAt(),
        task.owners(),
        "",
        task.leftover(),
        task.reminders(),
        task.remindAt());
  }

  static OwnersTask of(RemovalTask task) {
    return new OwnersTask(
        task.byHand() ? Work.TAKE_AWAY : Work.STUCK,
        task.openedAt(),
        task.owners(),
        task.problem(),
        false,
        task.reminders(),
        task.remindAt());
  }

  /** Whether somebody's word closes it, and nothing else. */
  public boolean isByHand() {
    return work != Work.STUCK;
  }
}
