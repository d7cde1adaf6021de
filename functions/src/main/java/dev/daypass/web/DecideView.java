package dev.daypass.web;

import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Said;
import dev.daypass.words.Upcoming;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page on which an approver decides. Its fields are {@code code} (where demanded), {@code
 * duration=PT1H} (ISO 8601; empty for as long as holds now), {@code comment}, {@code decision}
 * ({@code approve} or {@code deny}) and {@link AntiForgery#FIELD}.
 *
 * @param path where the form is posted: {@link dev.daypass.words.Paths#decide} or {@link
 *     dev.daypass.words.Paths#decideSignedIn}
 * @param sentTo the name of whoever the link was sent to, which the mail with it says as well; null
 *     if the page was reached without one
 * @param what what is asked for
 * @param allows what the role lets one do, in a sentence; may be empty
 * @param guidance to the approver; lines are kept; may be empty
 * @param earlier what others have decided so far, oldest first
 * @param history what the requester had in the same system before, or null if that cannot be read
 *     at the moment
 * @param ifNothing what happens if the approver does nothing, soonest first
 * @param answerBy by when an answer is wanted, and what comes then
 * @param time for how long it can be approved
 * @param handOver how somebody else can be made to decide
 * @param standsInFor name of the approver in whose place the reader decides, so that it is not
 *     theirs to hand over; null if in nobody's
 * @param code the code from the mail, or null if the visitor is signed in
 * @param signInAgain where to sign in anew, which this decision still needs; or null
 * @param comment as typed; empty on a fresh form
 * @param errors why it was not accepted
 */
public record DecideView(
    Frame frame,
    String path,
    @Nullable String sentTo,
    RequestView.What what,
    String allows,
    String guidance,
    List<RequestView.Happened> earlier,
    @Nullable Earlier history,
    List<Upcoming> ifNothing,
    Said answerBy,
    Time time,
    HandOver handOver,
    @Nullable String standsInFor,
    @Nullable Code code,
    @Nullable String signInAgain,
    String comment,
    List<Refusal> errors) {
  /** What today's people, runbook and clock say; there is nothing to type that would change it. */
  private static final Set<String> HOPELESS =
      Set.of(
          "approver-changed",
          "approver-inactive",
          "approver-left",
          "not-eligible",
          "requester-inactive",
          "runbook-withdrawn",
          "self-approval",
          "too-late");

  /** Of these, what stands against a denial as well. */
  private static final Set<String> NO_ANSWER =
      Set.of("approver-inactive", "approver-left", "self-approval", "too-late");

  /**
   * The field for the code.
   *
   * @param triesLeft how many wrong codes are still forgiven; 1 or more
   * @param triesInAll how many there were at first
   * @param typed as typed, in the answer to a form that was refused and nowhere else; else empty
   */
  public record Code(int triesLeft, int triesInAll, String typed) {
    public Code {
      Objects.requireNonNull(typed);
    }
  }

  /**
   * How the decision can be handed over: with the same form, by the button {@code
   * decision=handover} and the field {@code to}; or on another page.
   *
   * @param people who can be chosen; may be empty, and is where another page tells
   * @param chosen email address of whoever was chosen, in the answer to a form that was refused;
   *     else empty
   * @param elsewhere the address of that other page; null where it is this form
   */
  public record HandOver(List<Person> people, String chosen, @Nullable String elsewhere) {
    /** Where on the page of a decision it stands: browsers open what is folded around it. */
    public static final String ANCHOR = "field-to";

    public HandOver {
      people = List.copyOf(people);
      Objects.requireNonNull(chosen);
    }
  }

  /**
   * For how long it can be approved.
   *
   * @param holds as long as the access lasts if nobody says less
   * @param shorter what can be chosen instead, ascending; empty if nothing can
   * @param chosen as sent; empty for as long as holds
   */
  public record Time(Duration holds, List<Duration> shorter, String chosen) {
    public Time {
      Objects.requireNonNull(holds);
      shorter = List.copyOf(shorter);
      Objects.requireNonNull(chosen);
    }

    /** What can be chosen for this request. */
    public static Time of(Request request, String chosen) {
      return new Time(request.lasts(), HowLong.shorterThan(request.lasts()), chosen);
    }

    /** Whether this shorter time is the chosen one. */
    public boolean isChosen(Duration one) {
      return one.toString().equals(chosen);
    }

    /** Whether none of the shorter times is chosen. */
    public boolean isAsItHolds() {
      return shorter.stream().noneMatch(this::isChosen);
    }
  }

  public DecideView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(path);
    Objects.requireNonNull(what);
    Objects.requireNonNull(guidance);
    earlier = List.copyOf(earlier);
    ifNothing = List.copyOf(ifNothing);
    Objects.requireNonNull(answerBy);
    Objects.requireNonNull(time);
    Objects.requireNonNull(handOver);
    Objects.requireNonNull(comment);
    errors = List.copyOf(errors);
  }

  /** The fields of the form, for those of its errors that stand beside one. */
  public Set<String> fields() {
    var fields = new HashSet<>(Set.of("code", "comment"));
    if (!time.shorter().isEmpty()) {
      fields.add("duration");
    }
    if (!handOver.people().isEmpty() && standsInFor == null) {
      fields.add("to");
    }
    return fields;
  }

  /** What is wrong, but for what stands above the form already: that the sign-in is too old. */
  public List<Refusal> told() {
    return signInAgain == null
        ? errors
        : errors.stream().filter(error -> !error.code().equals("proof-too-weak")).toList();
  }

  /**
   * Whether no approval can be accepted as things are, however often it is sent: what is wrong is
   * not with the form.
   */
  public boolean isHopeless() {
    return errors.stream().map(Refusal::code).anyMatch(HOPELESS::contains);
  }

  /** Whether the reader could still say no. */
  public boolean isDeniable() {
    return errors.stream().map(Refusal::code).noneMatch(NO_ANSWER::contains);
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
