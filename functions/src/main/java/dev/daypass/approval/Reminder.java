package dev.daypass.approval;

import dev.daypass.access.OwnersTask.Work;
import dev.daypass.access.Request;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail to whoever has had a task for a while.
 *
 * @param of what is to be done
 * @param before how often they have been reminded before
 * @param openedAt since when they have the task
 * @param owners who has it
 */
public record Reminder(Of of, int before, Instant openedAt, List<String> owners) {
  /** What people are reminded of. */
  public enum Of {
    /** To set access up by hand. */
    SET_UP("remind-set-up"),
    /** To take access away by hand. */
    TAKE_AWAY("remind-removal"),
    /** To say whether an emergency was one. */
    REVIEW("remind-review");

    private final String key;

    Of(String key) {
      this.key = key;
    }
  }

  public Reminder {
    Objects.requireNonNull(of);
    owners = List.copyOf(owners);
  }

  /** The reminder that the review of this request needs at this moment, if any. */
  public static Optional<Reminder> dueReview(Request request, Instant now) {
    return request
        .openReview()
        .filter(review -> !review.remindAt().isAfter(now))
        .map(
            review ->
                new Reminder(Of.REVIEW, review.reminders(), review.openedAt(), review.reviewers()));
  }

  /** The reminder that this request's task needs at this moment, if any. */
  public static Optional<Reminder> due(Request request, Instant now) {
    return request
        .byHand()
        .filter(task -> !task.remindAt().isAfter(now))
        .map(
            task ->
                new Reminder(
                    task.work() == Work.TAKE_AWAY ? Of.TAKE_AWAY : Of.SET_UP,
                    task.reminders(),
                    task.openedAt(),
                    task.owners()));
  }

  /** Names it among all reminders of its request. */
  public String key() {
    return of.key + "#" + before;
  }

  /** Whether access is to be taken away by hand. */
  public boolean isRemoval() {
    return of == Of.TAKE_AWAY;
  }

  /** Whether their own managers are told as well: those who have the task had a day. */
  public boolean escalates() {
    return before > 0;
  }
}
