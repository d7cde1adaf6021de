package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Said;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;

/** Cancelling, giving back and revoking: the same for pages and for the API. */
public final class Endings {
  private final Changes changes;
  private final Standing standing;
  private final InstantSource clock;

  public Endings(Requests requests, Standing standing, InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.standing = standing;
    this.clock = clock;
  }

  /** Withdraws a request that has not started; only its requester may. */
  public Outcome cancel(String id, Visitor.Known by, String via) {
    return change(id, by, new Command.Cancel(act("cancel", by, via)));
  }

  /** Gives the access back, or withdraws what has not started; only its requester may. */
  public Outcome giveBack(String id, Visitor.Known by, String via) {
    return change(id, by, new Command.Return(act("return", by, via)));
  }

  /**
   * Takes access away.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may but are
   *     neither an owner nor an administrator
   */
  public Outcome revoke(String id, Visitor.Known by, String reason, String via) {
    var request = changes.find(id, by);
    if (!standing.mayRevoke(by, request)) {
      throw new HttpProblem(
          Problem.forbidden(
              Said.of("problem.only-owners-revoke", request.asked().plan().systemTitle())));
    }
    return change(id, by, new Command.Revoke(act("revoke", by, via), reason));
  }

  /**
   * Takes the visitor's own approval back, and ends the request by that.
   *
   * @throws HttpProblem 404 if the person may not know of the request
   */
  public Outcome withdrawApproval(String id, Visitor.Known by, String comment, String via) {
    return change(id, by, new Command.WithdrawApproval(act("withdraw-approval", by, via), comment));
  }

  private Outcome change(String id, Visitor.Known by, Command command) {
    return changes.change(id, by, request -> Life.apply(request, command));
  }

  private Act act(String command, Visitor.Known by, String via) {
    return new Act(command, clock.instant(), by.email(), via);
  }
}
