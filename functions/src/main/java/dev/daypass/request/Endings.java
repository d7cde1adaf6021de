package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import java.time.InstantSource;

/** Cancelling, giving back and revoking: the same for pages and for the API. */
public final class Endings {
  private final Requests requests;
  private final Standing standing;
  private final InstantSource clock;

  public Endings(Requests requests, Standing standing, InstantSource clock) {
    this.requests = requests;
    this.standing = standing;
    this.clock = clock;
  }

  /** Withdraws a request that has not started; only its requester may. */
  public Outcome cancel(String id, String by, String via) {
    return change(id, by, new Command.Cancel(act("cancel", by, via)));
  }

  /** Gives the access back, or withdraws what has not started; only its requester may. */
  public Outcome giveBack(String id, String by, String via) {
    return change(id, by, new Command.Return(act("return", by, via)));
  }

  /**
   * Takes access away.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may but are
   *     neither an owner nor an administrator
   */
  public Outcome revoke(String id, String by, String reason, String via) {
    var request =
        requests
            .find(id)
            .filter(each -> standing.maySee(by, each))
            .orElseThrow(HttpProblem::noSuchRequest);
    if (!standing.mayRevoke(by, request)) {
      throw new HttpProblem(
          Problem.forbidden(
              "Only an owner of "
                  + request.asked().plan().systemTitle()
                  + " or an administrator can take this access away."));
    }
    return change(id, by, new Command.Revoke(act("revoke", by, via), reason));
  }

  private Outcome change(String id, String by, Command command) {
    return requests
        .change(
            id,
            request -> {
              if (!standing.maySee(by, request)) {
                throw HttpProblem.noSuchRequest();
              }
              return Life.apply(request, command);
            })
        .orElseThrow(HttpProblem::noSuchRequest);
  }

  private Act act(String command, String by, String via) {
    return new Act(command, clock.instant(), by, via);
  }
}
