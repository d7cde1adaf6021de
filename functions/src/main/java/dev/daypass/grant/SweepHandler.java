package dev.daypass.grant;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.access.Texts;
import dev.daypass.approval.Absences;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Runs the sweep, every minute by the schedule in {@code template.yaml}. */
public final class SweepHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** One more target that does not answer must still fit in. */
  private static final int MILLIS_KEPT_BACK = 35_000;

  /** One request more, with a mail, must still fit in. */
  private static final int MILLIS_FOR_ONE = 10_000;

  private final Sweep sweep;
  private final Absences absences;

  public SweepHandler() {
    this(new App());
  }

  public SweepHandler(App app) {
    this.sweep = app.sweep();
    this.absences = app.absences();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var report =
        sweep.run(
            () -> context.getRemainingTimeInMillis() < MILLIS_KEPT_BACK,
            line -> context.getLogger().log(Texts.visibleLine(line)));
    // After what is overdue: access that must end comes first.
    absences.run(
        () -> context.getRemainingTimeInMillis() < MILLIS_FOR_ONE,
        line -> context.getLogger().log(Texts.visibleLine(line)));
    MAPPER.writeValue(output, report);
  }
}
