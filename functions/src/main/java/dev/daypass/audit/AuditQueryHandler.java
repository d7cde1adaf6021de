package dev.daypass.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.web.FrontDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers the one route of {@code AuditQueryFunction} in {@code template.yaml}. */
public final class AuditQueryHandler implements RequestStreamHandler {
  /** What the handler calls. */
  public record Parts(FrontDoor door, AuditQuery query) {}

  private final Parts parts;

  public AuditQueryHandler() {
    this(new App());
  }

  public AuditQueryHandler(App app) {
    this(app.auditQuery());
  }

  private AuditQueryHandler(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door().serve(input, output, parts.query()::answer, line -> context.getLogger().log(line));
  }
}
