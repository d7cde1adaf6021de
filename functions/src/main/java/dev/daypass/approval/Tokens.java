package dev.daypass.approval;

import dev.daypass.access.Next;
import dev.daypass.access.Request;
import dev.daypass.store.Waits;
import java.time.InstantSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Ends waits of the workflow. */
public final class Tokens {
  private final SfnClient states;
  private final Waits waits;
  private final InstantSource clock;

  public Tokens(SfnClient states, Waits waits, InstantSource clock) {
    this.states = states;
    this.waits = waits;
    this.clock = clock;
  }

  /** Ends every wait of the request that the request, as it is now, answers. */
  public void wake(Request request) {
    for (var waiting : waits.of(request.id())) {
      if (waiting.on().isAnsweredBy(request)) {
        answer(waiting.token(), request);
        waits.forget(request.id(), waiting);
      }
    }
  }

  /** Ends a wait with what is next for the request. A wait that is closed already loses nothing. */
  public void answer(String token, Request request) {
    try {
      states.sendTaskSuccess(
          send -> send.taskToken(token).output(Step.answer(Next.of(request), clock.instant())));
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException closed) {
      // The workflow has gone on without us, and looks at the request itself.
      return;
    }
  }
}
