package dev.daypass.grant;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
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
import dev.daypass.access.Times;
import dev.daypass.approval.NoSuchRequest;
import dev.daypass.approval.Notices;
import dev.daypass.approval.Workflow;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.store.Requests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds what is overdue and drives it on: the second of the three things that end access, and the
 * net under the workflow. Does by itself whatever needs no workflow; starts the next run where one
 * is needed and none is under way.
 */
public final class Sweep {
  /** The workflow is given this long before the sweep does its work. */
  static final Duration GRACE = Duration.ofSeconds(45);

  /** At most this many requests in one go; what is left is the next minute's. */
  static final int MOST = 400;

  /** How many were driven on, and how many could not be. */
  public record Report(int moved, int failed) {}

  private final Requests requests;
  private final Reconcile reconcile;
  private final Notices notices;
  private final Workflow workflow;
  private final InstantSource clock;

  public Sweep(
      Requests requests,
      Reconcile reconcile,
      Notices notices,
      Workflow workflow,
      InstantSource clock) {
    this.requests = requests;
    this.reconcile = reconcile;
    this.notices = notices;
    this.workflow = workflow;
    this.clock = clock;
  }

  /**
   * Drives on whatever is overdue; one that fails does not hold up the others.
   *
   * @param enough says when to stop early; the rest stays overdue and is found again
   * @param log gets a line for each failure
   */
  public Report run(Enough enough, Consumer<String> log) {
    int moved = 0;
    int failed = 0;
    var go = new Go(new HashMap<>(), log);
    for (var id : inTurn(requests.due(clock.instant(), MOST))) {
      if (enough.reached()) {
        break;
      }
      try {
        drive(requests.find(id).orElseThrow(() -> new NoSuchRequest(id)), go);
        moved++;
      } catch (RuntimeException failure) {
        failed++;
        log.accept("sweep of request " + id + " failed: " + failure);
      }
    }
    return new Report(moved, failed);
  }

  /**
   * One go of the sweep.
   *
   * @param silent systems that did not answer in this go, with what happened: waiting for each of
   *     their requests anew would use up the time of all others
   */
  private record Go(Map<String, TargetUnavailable> silent, Consumer<String> log) {}

  /** Each minute another one begins, so that no request in trouble is always first. */
  private List<String> inTurn(List<String> due) {
    var ids = new ArrayList<>(due);
    if (!ids.isEmpty()) {
      long minute = clock.instant().getEpochSecond() / 60;
      Collections.rotate(ids, (int) (minute % ids.size()));
    }
    return ids;
  }

  /** When to stop early. */
  public interface Enough {
    /** Whether the time for this go is used up. */
    boolean reached();
  }

  private void drive(Request request, Go go) {
    switch (request) {
      case Pending pending -> pending(pending);
      case Scheduled _, Provisioning _ -> keepRunning(request);
      case Active active -> active(active, go);
      case Ending ending -> ending(ending, go);
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> notices.send(request);
    }
  }

  private void pending(Pending pending) {
    var open = pending.open();
    if (isOverdue(open.roundEndsAt())) {
      var round =
          new Command.RoundOver(
              act("round-over#" + pending.stage() + "#" + open.round()),
              pending.stage(),
              open.round());
      // The write itself wakes the wait through dispatch, if a run is under way.
      keepRunning(change(pending.id(), round));
    } else if (!open.asked()) {
      keepRunning(pending);
    }
  }

  private void active(Active active, Go go) {
    var now = clock.instant();
    if (active.grant().expiresAt().isAfter(now)) {
      notices.endsSoon(active);
      keepRunning(change(active.id(), new Command.Warned(act("ending-soon"))));
    } else if (isOverdue(active.grant().expiresAt())) {
      takeAway(active, go);
    }
  }

  private void ending(Ending ending, Go go) {
    if (ending.since().plus(GRACE).isAfter(clock.instant())) {
      return;
    }
    takeAway(ending, go);
  }

  private void takeAway(Request request, Go go) {
    var id = request.id();
    var system = request.asked().plan().system();
    var silent = go.silent().get(system);
    if (silent != null) {
      change(id, new Command.Expire(act("expire")));
      handOver(id, silent, go.log());
      return;
    }
    try {
      notices.send(reconcile.deprovision(id, "sweep"));
    } catch (Busy | NotDue soon) {
      go.log().accept("sweep leaves request " + id + " for the next minute: " + soon.getMessage());
    } catch (TargetUnavailable down) {
      go.silent().put(system, down);
      handOver(id, down, go.log());
    } catch (RuntimeException failure) {
      handOver(id, failure, go.log());
    }
  }

  private void handOver(String id, RuntimeException failure, Consumer<String> log) {
    var request = requests.find(id).orElseThrow(() -> new NoSuchRequest(id));
    if (!(request instanceof Ending ending)
        || clock.instant().isBefore(ending.since().plus(Times.REMOVAL_TASK_AFTER))) {
      throw failure;
    }
    var problem = String.valueOf(failure.getMessage());
    notices.send(change(id, new Command.OpenTask(act("removal-task"), problem)));
    // The alarm's metric filter in template.yaml looks for these words.
    log.accept("ALARM removal-task request=" + id + " " + problem);
  }

  private void keepRunning(Request request) {
    if (request.status().isFinal()) {
      notices.send(request);
      return;
    }
    int run = request.trail().run();
    if (!workflow.isRunning(request.id(), run)) {
      change(request.id(), new Command.StartRun(act("run#" + (run + 1)), run + 1));
    }
  }

  private boolean isOverdue(Instant at) {
    return !at.plus(GRACE).isAfter(clock.instant());
  }

  private Request change(String id, Command command) {
    return requests
        .change(id, request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(id))
        .request();
  }

  private Act act(String command) {
    return new Act(command, clock.instant(), "sweep", "sweep");
  }
}
