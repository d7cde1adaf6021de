package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Event;
import dev.daypass.access.Life;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Ending;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import java.time.InstantSource;

/**
 * Turns what has been written into starts and wake-ups of the workflow. Does not believe the
 * stream's record: reads request and waits, and acts on what they say now.
 */
public final class Dispatch {
  private final Requests requests;
  private final Inbox inbox;
  private final Workflow workflow;
  private final Tokens tokens;
  private final InstantSource clock;

  public Dispatch(
      Requests requests, Inbox inbox, Workflow workflow, Tokens tokens, InstantSource clock) {
    this.requests = requests;
    this.inbox = inbox;
    this.workflow = workflow;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A request was written.
   *
   * @param version the version that the record is about
   * @param run its run
   * @param isNewRun whether the write that the record is about began this run
   */
  public void written(String id, int version, int run, boolean isNewRun) {
    var request = tokens.wake(id, () -> requests.find(id).orElseThrow(() -> new NoSuchRequest(id)));
    int latest = request.trail().run();
    // A record that comes late may be about a run that the next one has replaced already: begun
    // beside it, people would get every mail twice.
    if (isNewRun && run == latest) {
      workflow.start(id, run);
    }
    if (!isNewRun && request.status().isFinal() && workflow.isBroken(id, latest)) {
      // What is over is never overdue, so nobody is left to tell people: one more run does that.
      workflow.start(id, latest + 1);
    }
    if (mayCloseAnEntry(request.trail().events().get(version - 1).kind())) {
      inbox.forgetClosed(request);
    }
  }

  private static boolean mayCloseAnEntry(Event.Kind kind) {
    return switch (kind) {
      case DECIDED, HANDED_OVER, STAND_INS, ROUND_OVER, ASKED, MAIL_RETURNED, CANCELLED, REVIEWED ->
          true;
      case SUBMITTED,
          PROVISIONING_STARTED,
          SET_UP_TASK_OPENED,
          SET_UP_ANSWERED,
          ACTIVATED,
          ALREADY_HELD,
          GIVEN_UP,
          EXTENDED,
          ENDING_SOON,
          ENDING,
          REMOVAL_TASK_OPENED,
          REMOVAL_ATTESTED,
          TASK_REMINDED,
          ENDED,
          RUN_STARTED,
          REVIEW_REMINDED,
          REVIEW_TOLD ->
          false;
    };
  }

  /**
   * The time to live of a grant was over: the last net, when neither workflow nor sweep ended it.
   * So it relies on neither: a run of its own takes the access away.
   */
  public void grantTimedOut(String id) {
    var expire = new Command.Expire(new Act("ttl#" + id, clock.instant(), "ttl", "stream"));
    if (change(id, expire) instanceof Ending ending) {
      // Beside one that is still alive it does no harm: the lock lets one of them take away.
      var act = new Act("ttl-run#" + id, clock.instant(), "ttl", "stream");
      change(id, new Command.StartRun(act, ending.trail().run() + 1));
    }
  }

  private Request change(String id, Command command) {
    return requests
        .change(id, request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(id))
        .request();
  }
}
