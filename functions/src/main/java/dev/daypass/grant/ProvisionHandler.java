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

/** The workflow's steps {@code provision} and {@code give-up}. */
public final class ProvisionHandler implements RequestStreamHandler {
  private final Reconcile reconcile;
  private final Beginning beginning;
  private final InstantSource clock;

  public ProvisionHandler() {
    this(new App());
  }

  public ProvisionHandler(App app) {
    this.reconcile = app.reconcile();
    this.beginning = app.beginning();
    this.clock = app.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var step = Step.read(input);
    var request =
        switch (step.step()) {
          case "provision" -> reconcile.provision(step.requestId(), "workflow", beginning);
          case "give-up" ->
              reconcile.giveUp(step.requestId(), Step.problem(step.error()), "workflow");
          default -> throw new IOException("no such step here: " + step.step());
        };
    Step.answer(output, Next.of(request, clock.instant()), clock.instant());
  }
}
