package dev.daypass.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be said about access that somebody took in an emergency. Open until it is answered,
 * also when the access has long been over.
 *
 * @param openedAt when the access was taken
 * @param reviewers email addresses of those who must answer
 * @param reminders how often they have been reminded
 * @param answer what one of them said, or null while nobody has
 * @param told whether the others have been told what was said
 */
public record Review(
    Instant openedAt,
    List<String> reviewers,
    int reminders,
    @Nullable Answer answer,
    boolean told) {
  /** What can be said. */
  public enum Verdict {
    JUSTIFIED,
    NOT_JUSTIFIED
  }

  /**
   * What a reviewer or administrator said.
   *
   * @param note why, in their words
   */
  public record Answer(Verdict verdict, String by, Instant at, String note) {
    public Answer {
      Objects.requireNonNull(verdict);
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
      Objects.requireNonNull(note);
    }
  }

  public Review {
    Objects.requireNonNull(openedAt);
    reviewers = List.copyOf(reviewers);
  }

  /** That of a request whose access was taken in an emergency; empty for all others. */
  static Optional<Review> of(Submission asked, Trail trail) {
    return Optional.ofNullable(asked.plan().glass())
        .map(
            glass ->
                new Review(
                    asked.at(),
                    glass.reviewers(),
                    trail.count(Event.Kind.REVIEW_REMINDED),
                    answer(trail),
                    trail.has(Event.Kind.REVIEW_TOLD)));
  }

  private static @Nullable Answer answer(Trail trail) {
    return trail.events().stream()
        .filter(event -> event.kind() == Event.Kind.REVIEWED)
        .findFirst()
        .map(
            event ->
                new Answer(
                    Verdict.valueOf(event.details().getOrDefault(Reviewing.VERDICT, "")),
                    event.act().by(),
                    event.act().at(),
                    event.details().getOrDefault(Reviewing.NOTE, "")))
        .orElse(null);
  }

  /** Whether nobody has answered yet. */
  public boolean isOpen() {
    return answer == null;
  }

  /** When they are reminded next. */
  public Instant remindAt() {
    return Times.reminderAt(openedAt, reminders);
  }

  /** By when they must be reminded, or the others told; empty when there is nothing left to do. */
  public Optional<Instant> due() {
    if (answer == null) {
      return Optional.of(remindAt());
    }
    return told ? Optional.empty() : Optional.of(answer.at());
  }
}
