package dev.daypass.approval;

import dev.daypass.access.Next;
import dev.daypass.access.Request;
import dev.daypass.store.Waits;
import java.time.InstantSource;
import java.util.function.Supplier;
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

  /**
   * Ends every wait of a request that the request, as it is now, answers.
   *
   * @param read reads the request consistently; called once the waits have been read, because a
   *     request read earlier would seem to be past a wait that it has yet to come to
   * @return what was read
   */
  public Request wake(String id, Supplier<Request> read) {
    var kept = waits.of(id);
    var request = read.get();
    for (var waiting : kept) {
      if (waiting.on().isAnsweredBy(request)) {
        answer(waiting.token(), request);
        waits.forget(id, waiting);
      }
    }
    return request;
  }

  /** Ends a wait with what is next for the request. A wait that is closed already loses nothing. */
  public void answer(String token, Request request) {
    try {
      states.sendTaskSuccess(
          send ->
              send.taskToken(token)
                  .output(Step.answer(Next.of(request, clock.instant()), clock.instant())));
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException closed) {
      // The workflow has gone on without us, and looks at the request itself.
      return;
    }
  }
}
