package dev.daypass.request;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.web.Assets;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers the routes of {@code RequestFunction} in {@code template.yaml}. */
public final class RequestHandler implements RequestStreamHandler {
  /** What the handler calls. */
  public record Parts(FrontDoor door, Assets assets, RequestPages pages, RequestApi api) {}

  private final Parts parts;

  public RequestHandler() {
    this(new App());
  }

  public RequestHandler(App app) {
    this.parts = app.request();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door().serve(input, output, this::answer);
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /" -> parts.pages().home(call);
      case "GET /assets/{name}" ->
          parts
              .assets()
              .answer(call.pathParameter("name"))
              .orElseThrow(() -> new HttpProblem(Problem.notFound("There is no such file.")));
      case "GET /ask/{runbook}" -> parts.pages().askForm(call);
      case "POST /ask/{runbook}" -> parts.pages().ask(call);
      case "GET /requests/{id}" -> parts.pages().see(call);
      case "POST /requests/{id}/cancel" -> parts.pages().cancel(call);
      case "POST /requests/{id}/return" -> parts.pages().giveBack(call);
      case "POST /requests/{id}/revoke" -> parts.pages().revoke(call);
      case "GET /api/runbooks" -> parts.api().runbooks(call);
      case "POST /api/requests" -> parts.api().ask(call);
      case "GET /api/requests" -> parts.api().list(call);
      case "GET /api/requests/{id}" -> parts.api().see(call);
      case "POST /api/requests/{id}/cancel" -> parts.api().cancel(call);
      case "POST /api/requests/{id}/return" -> parts.api().giveBack(call);
      case "POST /api/requests/{id}/revoke" -> parts.api().revoke(call);
      default -> throw new HttpProblem(Problem.notFound("There is nothing at this address."));
    };
  }
}
