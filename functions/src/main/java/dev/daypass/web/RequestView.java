package dev.daypass.web;

import dev.daypass.access.Evidence;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Said;
import dev.daypass.access.Status;
import dev.daypass.words.Paths;
import dev.daypass.words.Sentence;
import dev.daypass.words.Shortened;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request: how it stands, what it is, what happened, what comes next, what I can do.
 *
 * @param what what was asked for
 * @param allows what the role lets one do, in a sentence; may be empty
 * @param systemPath where it is seen who else has access to the system, or null if that is not for
 *     the visitor
 * @param mine whether the visitor is the requester
 * @param because what whoever ended it said of it; may be empty
 * @param past what happened, oldest first
 * @param next what comes next, soonest first; empty when all is over
 * @param actions what the visitor may do now
 * @param ends to which the access can be extended, soonest first; empty if it cannot be
 * @param asked who is asked at the moment, or null if nobody is
 * @param until when the access ends, or null while or when there is none
 * @param done what the visitor has just done, or null on an ordinary visit
 * @param refresh after how many seconds it may look different; 0 when nothing can happen any more
 * @param note what the requester should know now (how to use the access, what to do after a
 *     denial), or null
 * @param task what the visitor, or another owner, must do by hand; null if there is nothing, or it
 *     is not for the visitor to know how
 * @param emergency what there is to know of the review of an emergency, or null if it was none
 * @param review what the visitor may say about it; null if that is not, or no longer, for them
 * @param question what the visitor is to answer about their own request; null if nothing
 * @param revokeReason what was typed as a reason to revoke; empty on a fresh page
 * @param withdrawComment what was typed to take an approval back; empty on a fresh page
 * @param errors why an action was not accepted
 */
public record RequestView(
    Frame frame,
    What what,
    String allows,
    @Nullable String systemPath,
    boolean mine,
    Sentence status,
    String because,
    @Nullable AskedNow asked,
    @Nullable Instant until,
    @Nullable Said done,
    int refresh,
    @Nullable String note,
    List<Happened> past,
    List<Upcoming> next,
    Set<Action> actions,
    List<End> ends,
    @Nullable Task task,
    @Nullable Said emergency,
    @Nullable Review review,
    @Nullable Question question,
    String revokeReason,
    String withdrawComment,
    List<Refusal> errors) {
  /** What the visitor may do; each is a form of its own, or a link. */
  public enum Action {
    /** Take the request back; a form. */
    CANCEL,
    /** Give the access back early; a form. */
    GIVE_BACK,
    /** Give back what is not there yet; a form. */
    WITHDRAW,
    /** Ask for the same once more, while the access is there: it begins beside this one; a link. */
    ASK_LONGER,
    /** Take the visitor's own approval back, with a comment; a form. */
    WITHDRAW_APPROVAL,
    /** Take the access away, or stop what leads to it, with a reason; a form. */
    REVOKE,
    /** Decide while signed in; a link. */
    DECIDE,
    /** Ask again with the same runbook; a link. */
    ASK_AGAIN
  }

  /** What a visitor has just done, and what to say about it while it is still so. */
  public enum Done {
    SENT("done.sent"),
    CANCELLED("done.cancelled"),
    APPROVAL_WITHDRAWN("done.approval-withdrawn"),
    GIVEN_BACK("done.given-back"),
    EXTENDED("done.extended"),
    REVOKED("done.revoked"),
    SET_UP("done.set-up"),
    HELD("done.held"),
    NOT_SET_UP("done.not-set-up"),
    TAKEN_AWAY("done.hand-gone"),
    ANSWERED("done.answered"),
    TAKEN("done.taken"),
    REVIEWED("done.reviewed");

    private static final String QUERY = "done";
    private static final String NO_REASON = "unsaid";

    private final String message;

    Done(String message) {
      this.message = message;
    }

    private static Said said(String message, String held, Optional<Instant> until) {
      return until.map(at -> Said.of(held, at)).orElseGet(() -> Said.of(message));
    }

    /** Whether a request that stands so can have been left so by what was done. */
    public boolean isStillSo(Status status) {
      return switch (this) {
        case SENT, ANSWERED -> status == Status.PENDING;
        case CANCELLED, APPROVAL_WITHDRAWN -> status == Status.CANCELLED;
        case EXTENDED -> status == Status.ACTIVE;
        case GIVEN_BACK, REVOKED ->
            status == Status.ENDING || status == Status.ENDED || status == Status.CANCELLED;
        case SET_UP -> status == Status.PROVISIONING || status == Status.ACTIVE;
        case HELD, NOT_SET_UP -> status == Status.PROVISIONING || status == Status.FAILED;
        case TAKEN ->
            status == Status.SCHEDULED || status == Status.PROVISIONING || status == Status.ACTIVE;
        // It moves nothing, and stays.
        case REVIEWED -> true;
        case TAKEN_AWAY ->
            status == Status.ENDING || status == Status.ENDED || status == Status.FAILED;
      };
    }

    /** The address of a page that says so. */
    public String at(String path) {
      return path + "?" + QUERY + "=" + name();
    }

    /** The address of the page of a system that says that this access was taken away there. */
    public static String atSystem(String path, String request) {
      return path + "?" + QUERY + "=" + request;
    }

    /** The address of the page of a system that says that it must be said there why. */
    public static String noReasonAtSystem(String path, String request) {
      return path + "?" + NO_REASON + "=" + request;
    }

    /** The request for which the address says that a reason is missing; null if for none. */
    public static @Nullable String noReason(HttpRequest call) {
      return call.query().get(NO_REASON);
    }

    /** The request that was ended where the address says so; null if it says nothing. */
    public static @Nullable String request(HttpRequest call) {
      return call.query().get(QUERY);
    }

    /**
     * What to say on a page with this address about this request; null for nothing.
     *
     * @param alsoHeld until when the same person has the same access all the same, if they have
     * @throws HttpProblem 400 if the address says what nobody has ever done
     */
    public static @Nullable Said said(
        HttpRequest call, Request request, Supplier<Optional<Instant>> alsoHeld) {
      var asked = call.query().get(QUERY);
      if (asked == null) {
        return null;
      }
      var done =
          Arrays.stream(values())
              .filter(each -> each.name().equals(asked))
              .findFirst()
              .orElseThrow(
                  () -> new HttpProblem(Problem.badInput(Said.of("problem.no-such-page"))));
      if (!done.isStillSo(request.status())) {
        return null;
      }
      boolean early = Story.neverThere(request);
      return switch (done) {
        case GIVEN_BACK ->
            early
                ? said("done.withdrawn", "done.withdrawn.held", alsoHeld.get())
                : said(done.message, "done.given-back.held", alsoHeld.get());
        case REVOKED ->
            early
                ? said("done.stopped", "done.stopped.held", alsoHeld.get())
                : said(done.message, "done.revoked.held", alsoHeld.get());
        case SENT,
            CANCELLED,
            APPROVAL_WITHDRAWN,
            EXTENDED,
            ANSWERED,
            SET_UP,
            HELD,
            NOT_SET_UP,
            TAKEN_AWAY,
            TAKEN,
            REVIEWED ->
            Said.of(done.message);
      };
    }
  }

  /**
   * A later end that the holder may choose.
   *
   * @param more how much later than the present one
   */
  public record End(Instant until, Duration more) {
    public End {
      Objects.requireNonNull(until);
      Objects.requireNonNull(more);
    }
  }

  /**
   * Work to be done by hand.
   *
   * @param todo what is to be done by hand
   * @param isOwn whether it is about the visitor's own access, so that others must answer
   * @param leftover whether an earlier access may still be there
   * @param group what the role is called in the system
   * @param steps what to do, in order; empty if it is not written down
   * @param result what was chosen, or empty
   * @param note what was typed, or empty
   * @param attached whether a file was sent that was not accepted, or with words that were not
   */
  public record Task(
      ToDo todo,
      boolean isOwn,
      boolean leftover,
      Instant since,
      String group,
      List<String> steps,
      String result,
      String note,
      boolean attached) {
    public Task {
      Objects.requireNonNull(todo);
      Objects.requireNonNull(since);
      Objects.requireNonNull(group);
      steps = List.copyOf(steps);
      Objects.requireNonNull(result);
      Objects.requireNonNull(note);
    }

    /** The most bytes that an attached file may have. */
    public int largestFile() {
      return Evidence.LARGEST;
    }

    /** The same in megabytes, for people. */
    public int megabytes() {
      return largestFile() / 1024 / 1024;
    }
  }

  /**
   * The review of an emergency.
   *
   * @param isOwn whether the visitor took the access, so that others must answer
   * @param verdict what was chosen, or empty
   * @param note what was typed, or empty
   */
  public record Review(boolean isOwn, String verdict, String note) {
    public Review {
      Objects.requireNonNull(verdict);
      Objects.requireNonNull(note);
    }
  }

  /**
   * What somebody asks the requester before deciding.
   *
   * @param by the name of whoever asks
   * @param until when it is too late to answer
   * @param number which of the request's questions it is, from 0
   * @param typed as typed; empty on a fresh page
   */
  public record Question(String by, String text, Instant until, int number, String typed) {
    public Question {
      Objects.requireNonNull(by);
      Objects.requireNonNull(text);
      Objects.requireNonNull(until);
      Objects.requireNonNull(typed);
    }
  }

  /**
   * Who is asked at the moment.
   *
   * @param people those who have not answered yet: their names, or what says that they are gone
   * @param needed how many of them must still approve
   * @param until when an answer should be there
   * @param then what comes then: others are asked as well or instead, or the request ends
   * @param instead what comes next, if all of them are gone; null if somebody can answer
   */
  public record AskedNow(
      List<Object> people, int needed, Instant until, Said then, @Nullable Said instead) {
    /** Where one answer is enough. */
    public AskedNow(List<Object> people, Instant until, Said then, @Nullable Said instead) {
      this(people, 1, until, then, instead);
    }

    public AskedNow {
      people = List.copyOf(people);
      Objects.requireNonNull(until);
      Objects.requireNonNull(then);
    }
  }

  /**
   * What was asked for, for whom and why.
   *
   * @param askedBy who asked for the requester; null if they asked themselves
   * @param gone whether the requester can do nothing any more
   * @param shortened that it was approved for less, and by whom; or null
   * @param extendable how long it may last in all if it is extended, or null if it cannot be
   * @param extended how long it lasts since it was extended, or null if it was not
   * @param ticket as typed, or null if none was asked for
   * @param startsAt before when nothing is set up, or null if it begins with the last approval
   */
  public record What(
      String requestId,
      String runbook,
      String title,
      String systemTitle,
      String roleTitle,
      Person requester,
      @Nullable Person askedBy,
      boolean gone,
      Duration duration,
      @Nullable Shortened shortened,
      @Nullable Duration extendable,
      @Nullable Duration extended,
      String reason,
      @Nullable String ticket,
      @Nullable Instant startsAt,
      Instant askedAt) {
    public What {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(runbook);
      Objects.requireNonNull(title);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(roleTitle);
      Objects.requireNonNull(requester);
      Objects.requireNonNull(duration);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(askedAt);
    }

    /** Those who are told what comes of it, by name: the requester, and who asked for them. */
    public List<String> toldNames() {
      return askedBy == null
          ? List.of(requester.name())
          : List.of(requester.name(), askedBy.name());
    }

    /** Who asks, by name, and for whom if that is somebody else; for the middle of a sentence. */
    public Said who() {
      return askedBy == null
          ? Telling.asks(requester.name())
          : Telling.asksFor(askedBy.name(), requester.name());
    }
  }

  /**
   * A picture or document that shows what was done by hand.
   *
   * @param name what its sender calls it, or what it is saved as
   * @param kilobytes its size, rounded up
   * @param path where it is, or null for whoever may not open it
   */
  public record Attached(String name, Evidence.Type type, int kilobytes, @Nullable String path) {
    public Attached {
      Objects.requireNonNull(name);
      Objects.requireNonNull(type);
    }

    /** With the way to it. */
    static Attached of(String request, Evidence evidence) {
      return new Attached(
          evidence.name().isEmpty() ? evidence.fileName() : evidence.name(),
          evidence.type(),
          (evidence.bytes() + 1023) / 1024,
          Paths.evidence(request, evidence.sha256()));
    }
  }

  /**
   * Something that happened.
   *
   * @param what from {@link dev.daypass.words.Telling}
   * @param typed what the person wrote with it, or empty
   * @param attached what was attached to it, or null
   */
  public record Happened(
      Instant at, Said what, String typed, @Nullable Attached attached, Sentence.Tone tone) {
    /** Where nothing is attached. */
    public Happened(Instant at, Said what, String typed, Sentence.Tone tone) {
      this(at, what, typed, null, tone);
    }

    public Happened {
      Objects.requireNonNull(at);
      Objects.requireNonNull(what);
      Objects.requireNonNull(typed);
      Objects.requireNonNull(tone);
    }

    /** The same for whoever may not open what is attached. */
    Happened closed() {
      return attached == null
          ? this
          : new Happened(
              at,
              what,
              typed,
              new Attached(attached.name(), attached.type(), attached.kilobytes(), null),
              tone);
    }
  }

  public RequestView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(what);
    Objects.requireNonNull(allows);
    Objects.requireNonNull(status);
    past = List.copyOf(past);
    next = List.copyOf(next);
    actions = Set.copyOf(actions);
    ends = List.copyOf(ends);
    Objects.requireNonNull(revokeReason);
    Objects.requireNonNull(withdrawComment);
    errors = List.copyOf(errors);
  }

  public boolean can(Action action) {
    return actions.contains(action);
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
