package dev.daypass.grant;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.access.Next;
import dev.daypass.approval.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** The workflow's step {@code deprovision}. */
public final class DeprovisionHandler implements RequestStreamHandler {
  private final Reconcile reconcile;
  private final InstantSource clock;

  public DeprovisionHandler() {
    this(new App());
  }

  public DeprovisionHandler(App app) {
    this.reconcile = app.reconcile();
    this.clock = app.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var step = Step.read(input);
    if (!step.step().equals("deprovision")) {
      throw new IOException("no such step here: " + step.step());
    }
    var request = reconcile.deprovision(step.requestId(), "workflow");
    Step.answer(output, Next.of(request, clock.instant()), clock.instant());
  }
}
