package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;
import java.util.Locale;

/** What owners say about work they have done by hand: the same for pages and for the API. */
public final class Hands {
  private final Changes changes;
  private final Standing standing;
  private final InstantSource clock;

  public Hands(Requests requests, Standing standing, InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.standing = standing;
    this.clock = clock;
  }

  /**
   * Says what became of setting an access up.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may but are
   *     neither an owner nor an administrator
   */
  public Outcome setUp(
      String id, Visitor.Known by, SetUpTask.Result result, String note, String via) {
    // Whoever says something else afterwards must hear that it has been answered.
    var act = act("set-up-" + result.name().toLowerCase(Locale.ROOT), by, via);
    return answer(id, by, new Command.AnswerSetUp(act, result, note));
  }

  /**
   * Says that an access is taken away.
   *
   * @throws HttpProblem as {@link #setUp}
   */
  public Outcome takenAway(String id, Visitor.Known by, String note, String via) {
    return answer(id, by, new Command.Attest(act("taken-away", by, via), note));
  }

  private Outcome answer(String id, Visitor.Known by, Command command) {
    var request = changes.find(id, by);
    if (!standing.mayRevoke(by, request)) {
      throw new HttpProblem(
          Problem.forbidden(
              Said.of("problem.only-owners-answer", request.asked().plan().systemTitle())));
    }
    return changes.change(id, by, each -> Life.apply(each, command));
  }

  private Act act(String command, Visitor.Known by, String via) {
    return new Act(command, clock.instant(), by.email(), via);
  }
}
