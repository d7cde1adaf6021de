package dev.daypass.grant;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Review;
import dev.daypass.access.Times;
import dev.daypass.approval.NoSuchRequest;
import dev.daypass.approval.Notices;
import dev.daypass.approval.Reminder;
import dev.daypass.approval.Rounds;
import dev.daypass.approval.Tokens;
import dev.daypass.approval.Workflow;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.store.Requests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is overdue and drives it on: the second of the three things that end access, and the
 * net under the workflow. Does by itself whatever needs no workflow; wakes the wait again where one
 * is under way; starts the next run where none is.
 *
 * <p>What waits for different others is done side by side: each target, the mail system and the
 * workflow hold up nobody but themselves. That a request is over is told by a run, which {@link
 * dev.daypass.approval.Dispatch} sees to: told from two sides, people would get two mails.
 */
public final class Sweep {
  /** The workflow is given this long before the sweep does its work. */
  static final Duration GRACE = Duration.ofSeconds(45);

  /** So many of the most overdue of each bucket in one go, and as many of the least overdue. */
  static final int MOST = 50;

  private static final String BROKE_OFF =
      "The last try to take it away broke off in the middle. The next one follows in a few minutes.";

  /** How many were driven on, and how many could not be. */
  public record Report(int moved, int failed) {
    Report and(Report other) {
      return new Report(moved + other.moved, failed + other.failed);
    }
  }

  private final Requests requests;
  private final Reconcile reconcile;
  private final Notices notices;
  private final Workflow workflow;
  private final Tokens tokens;
  private final InstantSource clock;
  private final Supplier<ExecutorService> sideBySide;

  /**
   * @param sideBySide threads for one go, closed after it
   */
  public Sweep(
      Requests requests,
      Reconcile reconcile,
      Notices notices,
      Workflow workflow,
      Tokens tokens,
      InstantSource clock,
      Supplier<ExecutorService> sideBySide) {
    this.requests = requests;
    this.reconcile = reconcile;
    this.notices = notices;
    this.workflow = workflow;
    this.tokens = tokens;
    this.clock = clock;
    this.sideBySide = sideBySide;
  }

  /**
   * Drives on whatever is overdue; one that fails does not hold up the others.
   *
   * @param enough says when to stop early; the rest stays overdue and is found again; called from
   *     several threads
   * @param log gets a line for each failure, from several threads
   */
  public Report run(Enough enough, Consumer<String> log) {
    var unreadable = new Report(0, 0);
    var lanes = new LinkedHashMap<String, List<Request>>();
    for (var id : due()) {
      try {
        var request = load(id);
        if (isStillDue(request)) {
          lanes.computeIfAbsent(lane(request), _ -> new ArrayList<>()).add(request);
        }
      } catch (RuntimeException damaged) {
        unreadable = unreadable.and(failed(id, damaged, log));
      }
    }
    var drives =
        lanes.values().stream()
            .<Callable<Report>>map(lane -> () -> drive(lane, enough, log))
            .toList();
    return sideBySide(drives).stream().reduce(unreadable, Report::and);
  }

  /** Ids of what is overdue; the buckets are asked at once. */
  private List<String> due() {
    var now = clock.instant();
    var buckets =
        IntStream.range(0, Requests.DUE_BUCKETS)
            .<Callable<List<String>>>mapToObj(bucket -> () -> requests.due(bucket, now, MOST))
            .toList();
    return sideBySide(buckets).stream().flatMap(List::stream).toList();
  }

  private <T> List<T> sideBySide(List<Callable<T>> tasks) {
    try (var threads = sideBySide.get()) {
      var results = new ArrayList<T>();
      for (var task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
      return results;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while sweeping", stopping);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the sweep failed", failure.getCause());
    }
  }

  /**
   * The index lags behind, and schedules can fire twice: another go may have been here just now.
   */
  private boolean isStillDue(Request request) {
    return isDue(request.nextDue());
  }

  private boolean isDue(Optional<Instant> moment) {
    return moment.filter(due -> !due.isAfter(clock.instant())).isPresent();
  }

  /** One lane of one go. */
  private static final class Go {
    private final Consumer<String> log;

    /** Whose owners have a task and are to be told. */
    private final List<Request> handedOver = new ArrayList<>();

    /** Whose owners must do by hand what no program can, and are to be told or reminded. */
    private final List<Request> waitForHands = new ArrayList<>();

    /** Whose emergency somebody must still review, or hear what the review came to. */
    private final List<Request> reviews = new ArrayList<>();

    /**
     * Set if the target did not answer, with what happened: waiting for it anew with each request
     * would use up the time of those that could still be handed over.
     */
    private @Nullable TargetUnavailable silent;

    Go(Consumer<String> log) {
      this.log = log;
    }
  }

  /** When to stop early. */
  public interface Enough {
    /** Whether the time for this go is used up. */
    boolean reached();
  }

  /** Names whom driving this request on has to wait for. */
  private String lane(Request request) {
    return switch (request) {
      case Pending _, Scheduled _, Provisioning _ -> "workflow";
      case Active active when active.grant().expiresAt().isAfter(clock.instant()) -> "mail";
      case Active _, Ending _ -> {
        var target = request.asked().plan().target();
        yield "target " + target.connector() + " " + target.connection();
      }
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> "mail";
    };
  }

  private Report drive(List<Request> lane, Enough enough, Consumer<String> log) {
    var report = new Report(0, 0);
    var go = new Go(log);
    for (var request : inTurn(lane)) {
      if (enough.reached()) {
        break;
      }
      try {
        drive(request, go);
        report = report.and(new Report(1, 0));
      } catch (RuntimeException failure) {
        report = report.and(failed(request.id(), failure, log));
      }
    }
    // Last, so that a mail system that does not answer keeps no access in place.
    for (var request : go.handedOver) {
      try {
        notices.send(request);
      } catch (RuntimeException failure) {
        report = report.and(failed(request.id(), failure, log));
      }
    }
    for (var request : go.waitForHands) {
      try {
        remind(request, go);
      } catch (RuntimeException failure) {
        report = report.and(failed(request.id(), failure, log));
      }
    }
    for (var request : go.reviews) {
      try {
        review(request, go);
      } catch (RuntimeException failure) {
        report = report.and(failed(request.id(), failure, log));
      }
    }
    return report;
  }

  /**
   * Tells of an emergency, and of what its review came to, if nobody has; reminds of the review
   * when it is time.
   */
  private void review(Request request, Go go) {
    notices.send(request);
    var reminder = Reminder.dueReview(request, clock.instant());
    if (reminder.isEmpty()) {
      change(request.id(), new Command.ReviewTold(act("review-told")));
      return;
    }
    var told = notices.remind(request, reminder.get());
    var reminded =
        outcome(
            request.id(),
            new Command.RemindReview(act(reminder.get().key()), reminder.get().before(), told));
    if (reminded instanceof Outcome.Changed) {
      go.log.accept("ALARM break-glass request=" + request.id() + " nobody has reviewed it yet");
    }
  }

  /** Tells owners of their task if nobody has, and reminds them of it when it is time. */
  private void remind(Request request, Go go) {
    notices.send(request);
    var reminder = Reminder.due(request, clock.instant());
    if (reminder.isEmpty()) {
      return;
    }
    var told = notices.remind(request, reminder.get());
    var reminded =
        outcome(
            request.id(),
            new Command.Remind(act(reminder.get().key()), reminder.get().before(), told));
    if (reminder.get().isRemoval() && reminded instanceof Outcome.Changed) {
      // Somebody has access that they should not have: it is no longer only the owners' affair.
      go.log.accept(
          "ALARM removal-task request=" + request.id() + " nobody has taken it away by hand yet");
    }
  }

  /**
   * Each minute another one begins, so that no request in trouble is always first; what has failed
   * for long already comes after what has perhaps not been tried.
   */
  private List<Request> inTurn(List<Request> lane) {
    var requests = new ArrayList<>(lane);
    long minute = clock.instant().getEpochSecond() / 60;
    Collections.rotate(requests, (int) (minute % requests.size()));
    requests.sort(Comparator.comparing(Sweep::hasTask));
    return requests;
  }

  private static boolean hasTask(Request request) {
    return request instanceof Ending ending && ending.task() != null;
  }

  private static Report failed(String id, RuntimeException failure, Consumer<String> log) {
    log.accept("sweep of request " + id + " failed: " + failure);
    return new Report(0, 1);
  }

  private void drive(Request request, Go go) {
    if (isDue(request.review().flatMap(Review::due))) {
      go.reviews.add(request);
    }
    // What waits for nothing but its review is not overdue itself.
    if (isDue(request.nextMove())) {
      driveOn(request, go);
    }
  }

  private void driveOn(Request request, Go go) {
    switch (request) {
      case Pending pending -> pending(pending);
      case Scheduled _ -> keepRunning(request);
      case Provisioning provisioning -> provisioning(provisioning, go);
      case Active active -> active(active, go);
      case Ending ending -> {
        if (isOverdue(ending.since())) {
          takeAway(ending, go);
        }
      }
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> {
        // The index lags behind.
      }
    }
  }

  private void pending(Pending pending) {
    var open = pending.open();
    if (isOverdue(open.dueAt())) {
      var timeUp = Rounds.timeUp(pending, pending.stage(), open.round(), this::act);
      keepRunningIfChanged(pending.id(), timeUp);
    } else if (!open.asked()) {
      keepRunning(pending);
    }
  }

  private void provisioning(Provisioning provisioning, Go go) {
    var task = provisioning.awaited();
    if (task.isEmpty()) {
      keepRunning(provisioning);
    } else if (task.get().patienceEnds().isAfter(clock.instant())) {
      go.waitForHands.add(provisioning);
    } else if (isOverdue(task.get().patienceEnds())) {
      takeAway(provisioning, go);
    }
  }

  private void active(Active active, Go go) {
    var now = clock.instant();
    if (active.grant().expiresAt().isAfter(now)) {
      notices.endsSoon(active);
      keepRunningIfChanged(active.id(), warned(active));
    } else if (isOverdue(active.grant().expiresAt())) {
      takeAway(active, go);
    }
  }

  /** Once for each end: an extension moves it. */
  private Command warned(Active active) {
    var expiresAt = active.grant().expiresAt();
    return new Command.Warned(act("ending-soon#" + expiresAt), expiresAt);
  }

  private void takeAway(Request request, Go go) {
    var id = request.id();
    if (go.silent != null) {
      change(id, new Command.Expire(act("expire")));
      handOver(id, go.silent, go);
      return;
    }
    try {
      reconcile.deprovision(id, "sweep");
    } catch (Busy busy) {
      // A lock outlasts the time in which the owners must know.
      if (!busy.isLeftBehind(clock.instant()) || !handedOver(id, BROKE_OFF, go)) {
        leave(id, busy, go);
      }
    } catch (NotDue extended) {
      leave(id, extended, go);
    } catch (ByHand hands) {
      go.waitForHands.add(load(id));
    } catch (TargetUnavailable down) {
      go.silent = down;
      handOver(id, down, go);
    } catch (RuntimeException failure) {
      handOver(id, failure, go);
    }
  }

  private static void leave(String id, RuntimeException reason, Go go) {
    go.log.accept("sweep leaves request " + id + " for the next minute: " + reason.getMessage());
  }

  private void handOver(String id, RuntimeException failure, Go go) {
    if (!handedOver(id, String.valueOf(failure.getMessage()), go)) {
      throw failure;
    }
  }

  /** Opens the owners' task and sets the alarm off, if it has been tried for long enough. */
  private boolean handedOver(String id, String problem, Go go) {
    if (!(load(id) instanceof Ending ending)
        || clock.instant().isBefore(ending.since().plus(Times.REMOVAL_TASK_AFTER))) {
      return false;
    }
    go.handedOver.add(change(id, new Command.OpenTask(act("removal-task"), problem)));
    // The alarm's metric filter in template.yaml looks for these words.
    go.log.accept("ALARM removal-task request=" + id + " " + problem);
    return true;
  }

  /** Whoever else has changed it looks after it. */
  private void keepRunningIfChanged(String id, Command command) {
    if (outcome(id, command) instanceof Outcome.Changed changed) {
      keepRunning(changed.request());
    }
  }

  private void keepRunning(Request request) {
    var id = request.id();
    int run = request.trail().run();
    if (workflow.isRunning(id, run)) {
      // Perhaps nobody told it; if somebody did, there is nothing left to wake.
      tokens.wake(id, () -> load(id));
    } else {
      change(id, new Command.StartRun(act("run#" + (run + 1)), run + 1));
    }
  }

  private boolean isOverdue(Instant at) {
    return !at.plus(GRACE).isAfter(clock.instant());
  }

  private Request load(String id) {
    return requests.find(id).orElseThrow(() -> new NoSuchRequest(id));
  }

  private Request change(String id, Command command) {
    return outcome(id, command).request();
  }

  private Outcome outcome(String id, Command command) {
    return requests
        .change(id, request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(id));
  }

  private Act act(String command) {
    return new Act(command, clock.instant(), "sweep", "sweep");
  }
}
