package dev.daypass.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** The workflow's steps {@code look} and {@code round-over}. */
public final class RoundHandler implements RequestStreamHandler {
  private final Rounds rounds;
  private final InstantSource clock;

  public RoundHandler() {
    this(new App());
  }

  public RoundHandler(App app) {
    this.rounds = app.rounds();
    this.clock = app.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var step = Step.read(input);
    var next =
        switch (step.step()) {
          case "look" -> rounds.look(step.requestId());
          case "round-over" -> rounds.over(step.requestId(), step.stage(), step.round());
          default -> throw new IOException("no such step here: " + step.step());
        };
    Step.answer(output, next, clock.instant());
  }
}
