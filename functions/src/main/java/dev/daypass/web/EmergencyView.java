package dev.daypass.web;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form by which access is taken in an emergency. Its fields are {@code duration=PT1H} (ISO
 * 8601), {@code reason}, {@code key} and {@link AntiForgery#FIELD}.
 *
 * @param line what the role lets one do, in a sentence; may be empty
 * @param durations what can be chosen, ascending
 * @param reasonHint what a good reason says; may be empty
 * @param reasonLeast the least number of characters of a reason
 * @param told names of all who hear of it at once
 * @param reviewers names of those who must say afterwards whether it was justified
 * @param already whether the person has this access, or has asked for it
 * @param access how the access comes and goes then, in sentences
 * @param signInAgain where to show again who one is, or null if that was just now
 * @param entered what is in the fields
 * @param errors why it was not accepted; each is shown next to the field it names
 * @param key the idempotency key: new with each fresh form, kept when it is shown again
 */
public record EmergencyView(
    Frame frame,
    String runbook,
    String title,
    String line,
    String systemTitle,
    String roleTitle,
    List<Duration> durations,
    String reasonHint,
    int reasonLeast,
    List<String> told,
    List<String> reviewers,
    boolean already,
    List<Said> access,
    @Nullable String signInAgain,
    Entered entered,
    List<Refusal> errors,
    String key) {
  /**
   * What is in the fields, as typed.
   *
   * @param duration as sent; {@code Duration.toString} of the default on a fresh form
   */
  public record Entered(String duration, String reason) {
    /** A form that nobody has sent. */
    public static final Entered NOTHING = new Entered("", "");

    public Entered {
      Objects.requireNonNull(duration);
      Objects.requireNonNull(reason);
    }
  }

  public EmergencyView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(title);
    Objects.requireNonNull(line);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(roleTitle);
    durations = List.copyOf(durations);
    Objects.requireNonNull(reasonHint);
    told = List.copyOf(told);
    reviewers = List.copyOf(reviewers);
    access = List.copyOf(access);
    Objects.requireNonNull(entered);
    errors = List.copyOf(errors);
    Objects.requireNonNull(key);
  }

  /** When access for so long would end if it began now. */
  public Instant endIfNow(Duration duration) {
    return frame.speech().now().plus(duration);
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
