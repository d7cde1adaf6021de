package dev.daypass.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers the routes of {@code AuditQueryFunction} in {@code template.yaml}. */
public final class AuditQueryHandler implements RequestStreamHandler {
  /** What the handler calls. */
  public record Parts(FrontDoor door, AuditQuery query, AuditPages pages) {}

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
    parts.door().serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /api/audit" -> parts.query().answer(call);
      case "GET /audit" -> parts.pages().show(call);
      case "GET /audit.csv" -> parts.pages().file(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }
}
