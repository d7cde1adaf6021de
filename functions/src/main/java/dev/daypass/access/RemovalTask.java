package dev.daypass.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work for the system's owners: because access could not be taken away, or because no connector
 * reaches the system. It closes only when reading the target shows that the access is gone; where
 * nothing can be read, when one of them says what they did.
 *
 * @param owners email addresses of those who have the task
 * @param problem what the target answered last; empty if it is by hand as always
 * @param byHand whether only people can take it away and see that it is gone
 * @param reminders how often they have been reminded
 * @param attested by whom it was taken away by hand, or null while nobody has said so
 */
public record RemovalTask(
    Instant openedAt,
    List<String> owners,
    String problem,
    boolean byHand,
    int reminders,
    @Nullable Attestation attested) {
  public RemovalTask {
    Objects.requireNonNull(openedAt);
    Objects.requireNonNull(problem);
    owners = List.copyOf(owners);
    if (reminders < 0) {
      throw new IllegalArgumentException("reminders count from 0, not " + reminders);
    }
    if (attested != null && !byHand) {
      throw new IllegalArgumentException("where the target can be read, nobody's word counts");
    }
  }

  /** A task because access could not be taken away. */
  public RemovalTask(Instant openedAt, List<String> owners, String problem) {
    this(openedAt, owners, problem, false, 0, null);
  }

  /** Whether somebody must still do it by hand and say so. */
  public boolean awaitsHands() {
    return byHand && attested == null;
  }

  /** When its owners are reminded next. */
  public Instant remindAt() {
    return Times.reminderAt(openedAt, reminders);
  }

  RemovalTask reminded() {
    return new RemovalTask(openedAt, owners, problem, byHand, reminders + 1, attested);
  }

  RemovalTask attested(Attestation said) {
    return new RemovalTask(openedAt, owners, problem, byHand, reminders, said);
  }
}
