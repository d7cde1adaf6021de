package dev.daypass.mail;

import dev.daypass.words.Shortened;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is about: who asked for what, for how long and why.
 *
 * @param requester name of the requester
 * @param askedBy name of whoever asked for the requester; null if they asked themselves
 * @param title of the runbook
 * @param duration as asked for
 * @param shortened that it was approved for less, and by whom; or null
 * @param extendable how long it may last in all if it is extended, or null if it cannot be
 * @param extended how long it lasts since it was extended, or null if it was not
 * @param reason as typed; may be empty
 * @param ticket as typed, or null if none was asked for
 * @param startsAt before when nothing is set up, or null if it begins with the last approval
 * @param rule the rule that approved it in place of people, or null
 * @param byHand whether people set it up and take it away
 * @param emergency whether its requester took it, so that nobody was asked
 */
public record Asked(
    String requestId,
    String requester,
    String requesterEmail,
    @Nullable String askedBy,
    String title,
    String systemTitle,
    String roleTitle,
    Duration duration,
    @Nullable Shortened shortened,
    @Nullable Duration extendable,
    @Nullable Duration extended,
    String reason,
    @Nullable String ticket,
    @Nullable Instant startsAt,
    @Nullable String rule,
    boolean byHand,
    boolean emergency) {
  public Asked {
    Objects.requireNonNull(requestId);
    Objects.requireNonNull(requester);
    Objects.requireNonNull(requesterEmail);
    Objects.requireNonNull(title);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(duration);
    Objects.requireNonNull(reason);
  }
}
