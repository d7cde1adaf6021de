package dev.daypass.approval;

import dev.daypass.access.OwnersTask.Work;
import dev.daypass.access.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail to whoever has had a task for a while.
 *
 * @param isRemoval whether access is to be taken away; else it is to be set up
 * @param before how often they have been reminded before
 * @param openedAt since when they have the task
 * @param owners who has it
 */
public record Reminder(boolean isRemoval, int before, Instant openedAt, List<String> owners) {
  public Reminder {
    owners = List.copyOf(owners);
  }

  /** The reminder that this request's task needs at this moment, if any. */
  public static Optional<Reminder> due(Request request, Instant now) {
    return request
        .byHand()
        .filter(task -> !task.remindAt().isAfter(now))
        .map(
            task ->
                new Reminder(
                    task.work() == Work.TAKE_AWAY,
                    task.reminders(),
                    task.openedAt(),
                    task.owners()));
  }

  /** Names it among all reminders of its request. */
  public String key() {
    return (isRemoval ? "remind-removal#" : "remind-set-up#") + before;
  }

  /** Whether the owners' own managers are told as well: the owners had a day. */
  public boolean escalates() {
    return before > 0;
  }
}
