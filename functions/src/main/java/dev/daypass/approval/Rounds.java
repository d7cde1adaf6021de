package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Next;
import dev.daypass.store.Requests;
import java.time.InstantSource;

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

  /** Opens the next round, or lets the request lapse, if this round is open and its time is up. */
  public Next over(String request, int stage, int round) {
    var act = new Act("round-over#" + stage + "#" + round, clock.instant(), "workflow", "workflow");
    return Next.of(
        requests
            .change(request, each -> Life.apply(each, new Command.RoundOver(act, stage, round)))
            .orElseThrow(() -> new NoSuchRequest(request))
            .request(),
        clock.instant());
  }
}
