package dev.daypass.approval;

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

/** Answers the routes of {@code ApprovalFunction} in {@code template.yaml}. */
public final class ApprovalHandler implements RequestStreamHandler {
  /** What the handler calls. */
  public record Parts(FrontDoor door, ApprovalPages pages, ApprovalApi api) {}

  private final Parts parts;

  public ApprovalHandler() {
    this(new App());
  }

  public ApprovalHandler(App app) {
    this.parts = app.approval();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door().serve(input, output, this::answer);
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /decide/{token}" -> parts.pages().showLink(call);
      case "POST /decide/{token}" -> parts.pages().decideByLink(call);
      case "POST /decide/{token}/mail" -> parts.pages().newMail(call);
      case "GET /requests/{id}/decide" -> parts.pages().showSignedIn(call);
      case "POST /requests/{id}/decide" -> parts.pages().decideSignedIn(call);
      case "POST /api/requests/{id}/decisions" -> parts.api().decide(call);
      default -> throw new HttpProblem(Problem.notFound("There is nothing at this address."));
    };
  }
}
