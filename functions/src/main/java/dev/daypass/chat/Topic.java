package dev.daypass.chat;

import dev.daypass.words.Shortened;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a message is about. Neither reason nor ticket: a channel has more readers than those who
 * decide.
 *
 * @param requester name of the requester
 * @param askedBy name of whoever asked for the requester; null if they asked themselves
 * @param title of the runbook
 * @param duration as asked for
 * @param shortened that it was approved for less, and by whom; or null
 * @param extendable how long it may last in all if it is extended, or null if it cannot be
 */
public record Topic(
    String requestId,
    String requester,
    @Nullable String askedBy,
    String title,
    String systemTitle,
    String roleTitle,
    Duration duration,
    @Nullable Shortened shortened,
    @Nullable Duration extendable) {
  public Topic {
    Objects.requireNonNull(requestId);
    Objects.requireNonNull(requester);
    Objects.requireNonNull(title);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(duration);
  }
}
