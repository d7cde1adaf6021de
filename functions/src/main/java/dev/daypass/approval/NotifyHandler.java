package dev.daypass.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The workflow's steps {@code await-decision}, {@code await-end}, {@code hand-over} and {@code
 * done}.
 */
public final class NotifyHandler implements RequestStreamHandler {
  private final Asking asking;
  private final InstantSource clock;

  public NotifyHandler() {
    this(new App());
  }

  public NotifyHandler(App app) {
    this.asking = app.asking();
    this.clock = app.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var step = Step.read(input);
    Consumer<String> log = line -> context.getLogger().log(Texts.visibleLine(line));
    switch (step.step()) {
      case "await-decision" -> asking.awaitDecision(step, log);
      case "await-end" -> asking.awaitEnd(step, log);
      case "hand-over" ->
          Step.answer(
              output,
              asking.handOver(step.requestId(), String.valueOf(step.error()), log),
              clock.instant());
      case "done" -> Step.answer(output, asking.done(step.requestId()), clock.instant());
      default -> throw new IOException("no such step here: " + step.step());
    }
  }
}
