package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person asking to use one runbook, in one of ten states. Immutable; {@link Life#apply} makes
 * the next one. Each change adds one event, so {@link #version} counts the changes.
 *
 * <p>No state in which there is, was or will be access can be made without the approval of every
 * stage of the plan, or of the rule that the plan names, unless the plan says that it is an
 * emergency.
 */
public sealed interface Request {
  /** The detail of an end that says that nobody had said that the access was gone. */
  String UNSAID = "unsaid";

  /** The detail of what was given up that names the role which nobody may have as well. */
  String NOT_BOTH = "notBoth";

  /** The command by which the workflow withdraws what was approved for later and may not begin. */
  String COULD_NOT_BEGIN = "not-begun";

  /** What was asked. */
  Submission asked();

  /** The stages opened so far; only the last can be open. */
  List<Stage> stages();

  /** What happened. */
  Trail trail();

  /** What its requester has been asked in all stages, oldest first. */
  default List<Question> questions() {
    return stages().stream().flatMap(stage -> stage.questions().stream()).toList();
  }

  /** The state's name. */
  Status status();

  /**
   * The latest moment by which the access, or the asking about it, must have moved; empty when
   * nothing can happen to it any more.
   */
  Optional<Instant> nextMove();

  /**
   * The latest moment by which something must have moved, the review of an emergency included;
   * empty when nothing can happen any more.
   */
  default Optional<Instant> nextDue() {
    return Stream.concat(nextMove().stream(), review().flatMap(Review::due).stream())
        .min(Comparator.naturalOrder());
  }

  /** What must be said about it where it was taken in an emergency, or was said; else empty. */
  default Optional<Review> review() {
    return Review.of(asked(), trail());
  }

  /** The review, while nobody has answered. */
  default Optional<Review> openReview() {
    return review().filter(Review::isOpen);
  }

  /** The access, once it has been set up. */
  default Optional<Grant> given() {
    return Optional.empty();
  }

  /**
   * How long the access lasts once it is there: as long as was asked, or the shortest time for
   * which anybody approved it.
   */
  default Duration lasts() {
    return shortened().flatMap(Decision::shorter).orElse(asked().duration());
  }

  /** The approval that says how long the access lasts, if somebody approved it for less. */
  default Optional<Decision> shortened() {
    return Stage.shortest(stages());
  }

  /**
   * How long the access may last in all if its holder extends it; empty if nobody may. What an
   * approver has made shorter is not for its holder to make longer.
   */
  default Optional<Duration> extendable() {
    return Optional.ofNullable(asked().plan().extendable()).filter(_ -> shortened().isEmpty());
  }

  /**
   * Nobody's access lasts longer than an approver allowed.
   *
   * @throws IllegalArgumentException if this one does
   */
  private static void requireNotLonger(@Nullable Grant grant, List<Stage> stages) {
    var allowed = Stage.shortest(stages).flatMap(Decision::shorter);
    if (grant != null && allowed.isPresent() && grant.lasts().compareTo(allowed.get()) > 0) {
      throw new IllegalArgumentException(
          "approved for " + allowed.get() + ", not for " + grant.lasts());
    }
  }

  /** What the system's owners have to do about it at the moment, if anything. */
  default Optional<OwnersTask> ownersTask() {
    return Optional.empty();
  }

  /** The part of that which somebody must do by hand, and say so. */
  default Optional<OwnersTask> byHand() {
    return ownersTask().filter(OwnersTask::isByHand);
  }

  /** What of this hash was attached to what somebody said; empty if nothing was. */
  default Optional<Evidence> evidence(String sha256) {
    return trail().events().stream()
        .flatMap(event -> Evidence.of(event).stream())
        .filter(evidence -> evidence.sha256().equals(sha256))
        .findFirst();
  }

  /** Whether it was given up because no owner said in time that it is set up by hand. */
  default boolean nobodySetItUp() {
    return trail().has(Event.Kind.SET_UP_TASK_OPENED)
        && trail().has(Event.Kind.GIVEN_UP)
        && !trail().has(Event.Kind.SET_UP_ANSWERED);
  }

  /**
   * The role that the person has, or is getting, and that kept this access from being set up; empty
   * if none did.
   */
  default Optional<Apart> notBoth() {
    return trail().events().stream()
        .flatMap(event -> Optional.ofNullable(event.details().get(NOT_BOTH)).stream())
        .flatMap(name -> asked().plan().apart().stream().filter(other -> name.equals(other.name())))
        .findFirst();
  }

  /** The request's id. */
  default String id() {
    return asked().id();
  }

  /** The number of changes so far. */
  default int version() {
    return trail().version();
  }

  /** Approvers are being asked; the last stage is open. */
  record Pending(Submission asked, List<Stage> stages, Trail trail) implements Request {
    public Pending {
      stages = Stage.chain(asked.plan(), stages, Stage.Result.OPEN);
      Objects.requireNonNull(trail);
    }

    /** The open stage. */
    public Stage open() {
      return stages.getLast();
    }

    /** The open stage's place in the chain, from 0. */
    public int stage() {
      return stages.size() - 1;
    }

    /**
     * Whether this person does not count in the open stage because they have approved an earlier
     * one.
     */
    public boolean isLeftOut(String person) {
      return asked.plan().stages().get(stage()).others() != null
          && Stage.approvers(stages.subList(0, stage())).contains(person);
    }

    @Override
    public Status status() {
      return Status.PENDING;
    }

    @Override
    public Optional<Instant> nextMove() {
      var ends = trail.patientlyAfter(open().dueAt());
      return Optional.of(open().asked() ? ends : Times.earlier(ends, trail.patienceEnds()));
    }
  }

  /** Approved, by people or by a rule, and not started: it begins at once, or at its time. */
  record Scheduled(Submission asked, List<Stage> stages, Trail trail) implements Request {
    public Scheduled {
      stages = Stage.approvedChain(asked.plan(), stages);
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.SCHEDULED;
    }

    @Override
    public Optional<Instant> nextMove() {
      var startsAt = asked.startsAt();
      return Optional.of(
          startsAt == null ? trail.patienceEnds() : Times.later(trail.patienceEnds(), startsAt));
    }
  }

  /**
   * The access is being set up.
   *
   * @param task the owners' task to do it by hand, or null if none is open
   */
  record Provisioning(Submission asked, List<Stage> stages, @Nullable SetUpTask task, Trail trail)
      implements Request {
    public Provisioning {
      stages = Stage.approvedChain(asked.plan(), stages);
      if (task != null && !asked.plan().target().isByHand()) {
        throw new IllegalArgumentException("a connector sets this up, and no hands");
      }
      Objects.requireNonNull(trail);
    }

    /** The task that somebody must still do. */
    public Optional<SetUpTask> awaited() {
      return Optional.ofNullable(task).filter(SetUpTask::isOpen);
    }

    @Override
    public Optional<OwnersTask> ownersTask() {
      return awaited().map(OwnersTask::of);
    }

    @Override
    public Status status() {
      return Status.PROVISIONING;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.of(
          awaited()
              .map(each -> trail.patientlyAfter(each.nextDue()))
              .orElseGet(trail::patienceEnds));
    }
  }

  /**
   * The person has the access.
   *
   * @param warned whether the holder has been told that it ends soon
   */
  record Active(Submission asked, List<Stage> stages, Grant grant, boolean warned, Trail trail)
      implements Request {
    public Active {
      stages = Stage.approvedChain(asked.plan(), stages);
      Objects.requireNonNull(grant);
      requireNotLonger(grant, stages);
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.ACTIVE;
    }

    @Override
    public Optional<Instant> nextMove() {
      var expires = trail.patientlyAfter(grant.expiresAt());
      return Optional.of(
          warned
              ? expires
              : Times.earlier(expires, trail.patientlyAfter(Times.endingSoonAt(grant))));
    }

    @Override
    public Optional<Grant> given() {
      return Optional.of(grant);
    }
  }

  /**
   * The access is being taken away.
   *
   * @param grant the access, or null if it was never proven to work
   * @param reason why it ends
   * @param why in words: the reason of a revocation, the problem of a failed set-up; may be empty
   * @param since when taking away began
   * @param task the owners' task, or null while none is needed
   */
  record Ending(
      Submission asked,
      List<Stage> stages,
      @Nullable Grant grant,
      EndReason reason,
      String why,
      Instant since,
      @Nullable RemovalTask task,
      Trail trail)
      implements Request {
    public Ending {
      stages = Stage.approvedChain(asked.plan(), stages);
      requireNotLonger(grant, stages);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(why);
      Objects.requireNonNull(since);
      if (task != null && task.byHand() != asked.plan().target().isByHand()) {
        throw new IllegalArgumentException("by hand is what no connector does, and nothing else");
      }
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.ENDING;
    }

    /**
     * Whether it may be there although nothing can be read: it was, or owners have been asked to
     * set it up by hand and have not said that they cannot.
     */
    public boolean mayBeThere() {
      return grant != null || (trail.has(Event.Kind.SET_UP_TASK_OPENED) && !isSaidToBeAbsent());
    }

    /** Whether owners who were to set it up by hand have said that nothing of it is there. */
    public boolean isSaidToBeAbsent() {
      return trail.events().stream()
          .anyMatch(
              event ->
                  event.kind() == Event.Kind.SET_UP_ANSWERED
                      && SetUpTask.Result.IMPOSSIBLE.name().equals(event.details().get("result")));
    }

    /** The task that somebody must still do by hand. */
    public Optional<RemovalTask> awaited() {
      return Optional.ofNullable(task).filter(RemovalTask::awaitsHands);
    }

    @Override
    public Optional<OwnersTask> ownersTask() {
      return Optional.ofNullable(task).filter(each -> each.attested() == null).map(OwnersTask::of);
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.of(
          awaited()
              .map(each -> trail.patientlyAfter(each.remindAt()))
              .orElseGet(trail::patienceEnds));
    }

    @Override
    public Optional<Grant> given() {
      return Optional.ofNullable(grant);
    }
  }

  /** Somebody said no. */
  record Denied(Submission asked, List<Stage> stages, Trail trail) implements Request {
    public Denied {
      stages = Stage.chain(asked.plan(), stages, Stage.Result.DENIED);
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.DENIED;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.empty();
    }
  }

  /** Nobody answered. */
  record Lapsed(Submission asked, List<Stage> stages, Trail trail) implements Request {
    public Lapsed {
      stages = Stage.chain(asked.plan(), stages, Stage.Result.LAPSED);
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.LAPSED;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.empty();
    }
  }

  /** Withdrawn before access was set up. */
  record Cancelled(Submission asked, List<Stage> stages, Trail trail) implements Request {
    public Cancelled {
      stages =
          !stages.isEmpty() && stages.getLast().result() == Stage.Result.CANCELLED
              ? Stage.chain(asked.plan(), stages, Stage.Result.CANCELLED)
              : Stage.approvedChain(asked.plan(), stages);
      Objects.requireNonNull(trail);
    }

    /** Who ended it by taking their own approval back, if that is how it ended. */
    public Optional<String> withdrawnBy() {
      return Optional.of(trail.last())
          .filter(over -> Life.WITHDRAWN_APPROVAL.equals(over.details().get("withdrawn")))
          .map(over -> over.act().by());
    }

    @Override
    public Status status() {
      return Status.CANCELLED;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.empty();
    }
  }

  /**
   * Over, and proven to be gone.
   *
   * @param heldBy id of another grant that still holds the entitlement, or null: then it was read
   *     to be gone
   */
  record Ended(
      Submission asked,
      List<Stage> stages,
      @Nullable Grant grant,
      EndReason reason,
      @Nullable String heldBy,
      Trail trail)
      implements Request {
    public Ended {
      stages = Stage.approvedChain(asked.plan(), stages);
      requireNotLonger(grant, stages);
      Objects.requireNonNull(reason);
      if (reason == EndReason.GIVEN_UP) {
        throw new IllegalArgumentException("what could not be set up has failed, not ended");
      }
      Objects.requireNonNull(trail);
    }

    /**
     * Whether nobody had said that it was gone, and the request that holds the entitlement only
     * waited to be set up by hand.
     */
    public boolean isUnsaid() {
      return trail.last().details().containsKey(UNSAID);
    }

    @Override
    public Status status() {
      return Status.ENDED;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.empty();
    }

    @Override
    public Optional<Grant> given() {
      return Optional.ofNullable(grant);
    }
  }

  /**
   * Could not be set up; nothing of ours is left behind.
   *
   * @param reason {@code ALREADY_HELD} or {@code NOT_SET_UP}
   * @param why in words
   */
  record Failed(Submission asked, List<Stage> stages, Reason reason, String why, Trail trail)
      implements Request {
    /** Why a set-up failed. */
    public enum Reason {
      /** The person had the access already, and not from us: neither given nor ever taken away. */
      ALREADY_HELD,
      /** The target did not take it. */
      NOT_SET_UP
    }

    public Failed {
      stages = Stage.approvedChain(asked.plan(), stages);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(why);
      Objects.requireNonNull(trail);
    }

    @Override
    public Status status() {
      return Status.FAILED;
    }

    @Override
    public Optional<Instant> nextMove() {
      return Optional.empty();
    }
  }
}
