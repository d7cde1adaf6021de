package dev.daypass.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work for the owners of a system that no connector reaches: to set the access up by hand. The
 * access begins when one of them says that it is there.
 *
 * @param owners email addresses of those who have the task
 * @param leftover whether an earlier access that was ours may still be there: then nobody can say
 *     that the person had it before
 * @param reminders how often they have been reminded
 * @param answer what one of them said, or null while nobody has
 */
public record SetUpTask(
    Instant openedAt,
    List<String> owners,
    boolean leftover,
    int reminders,
    @Nullable Answer answer) {
  /** What can have become of it. */
  public enum Result {
    /** The access is there. */
    DONE,
    /** The person had it already, and not from us. */
    HELD,
    /** It cannot be set up, and nothing of it is there. */
    IMPOSSIBLE
  }

  /**
   * What an owner or administrator said.
   *
   * @param note in their words; may be empty unless it is impossible
   */
  public record Answer(Result result, String by, Instant at, String note) {
    public Answer {
      Objects.requireNonNull(result);
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
      Objects.requireNonNull(note);
    }
  }

  public SetUpTask {
    Objects.requireNonNull(openedAt);
    owners = List.copyOf(owners);
    if (reminders < 0) {
      throw new IllegalArgumentException("reminders count from 0, not " + reminders);
    }
  }

  /** Whether nobody has answered yet. */
  public boolean isOpen() {
    return answer == null;
  }

  /** When it is given up if nobody answers. */
  public Instant patienceEnds() {
    return openedAt.plus(Times.SET_UP_BY_HAND);
  }

  /** When its owners are reminded next. */
  public Instant remindAt() {
    return Times.reminderAt(openedAt, reminders);
  }

  /** When somebody must look at it again: to remind, or to give it up. */
  Instant nextDue() {
    return Times.earlier(remindAt(), patienceEnds());
  }

  SetUpTask reminded() {
    return new SetUpTask(openedAt, owners, leftover, reminders + 1, answer);
  }

  SetUpTask answered(Answer said) {
    return new SetUpTask(openedAt, owners, leftover, reminders, said);
  }
}
