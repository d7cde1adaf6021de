package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Next;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.store.Requests;
import java.time.InstantSource;
import java.util.function.Function;

/** Looks at a request, and ends a round whose time is up. */
public final class Rounds {
  private final Requests requests;
  private final InstantSource clock;

  public Rounds(Requests requests, InstantSource clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /** What is next for the request. */
  public Next look(String request) {
    return Next.of(
        requests.find(request).orElseThrow(() -> new NoSuchRequest(request)), clock.instant());
  }

  /**
   * Opens the next round, or lets the request lapse, if this round is open and its time is up. What
   * was asked meanwhile may have moved that; then nothing changes, or only the question.
   */
  public Next over(String request, int stage, int round) {
    return Next.of(
        requests
            .change(request, each -> Life.apply(each, timeUp(each, stage, round, this::act)))
            .orElseThrow(() -> new NoSuchRequest(request))
            .request(),
        clock.instant());
  }

  private Act act(String command) {
    return new Act(command, clock.instant(), "workflow", "workflow");
  }

  /**
   * What comes when nobody has done anything by {@link dev.daypass.access.Stage#dueAt}: a round
   * waits for the question that is open.
   *
   * @param act made of the command's id
   */
  public static Command timeUp(Request request, int stage, int round, Function<String, Act> act) {
    if (request instanceof Pending pending && pending.open().openQuestion().isPresent()) {
      int turns = pending.open().turns();
      var command = "question-due#" + pending.stage() + "#" + turns;
      return new Command.QuestionDue(act.apply(command), pending.stage(), turns);
    }
    return new Command.RoundOver(act.apply("round-over#" + stage + "#" + round), stage, round);
  }
}
