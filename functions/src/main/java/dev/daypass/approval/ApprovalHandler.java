package dev.daypass.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Inbox;
import dev.daypass.store.Links;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.store.Waits;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Answers the routes of {@code ApprovalFunction} in {@code template.yaml}. */
public final class ApprovalHandler implements RequestStreamHandler {
  /** What the parts are made of. */
  public record Uses(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      URI publicUrl,
      Requests requests,
      Links links,
      Waits waits,
      Inbox inbox,
      Supplier<Invitations> invitations,
      Supplier<Catalog> catalog,
      Directory directory,
      StandIns standIns,
      InstantSource clock) {}

  /** What the handler calls. */
  public static final class Parts {
    private final FrontDoor door;
    private final ApprovalPages pages;
    private final InboxPages inbox;
    private final ApprovalApi api;

    private Parts(FrontDoor door, ApprovalPages pages, InboxPages inbox, ApprovalApi api) {
      this.door = door;
      this.pages = pages;
      this.inbox = inbox;
      this.api = api;
    }
  }

  /** Puts the parts together. */
  public static Parts parts(Uses uses) {
    var standing = new Standing(uses.catalog());
    var decisions =
        new Decisions(
            uses.requests(), uses.catalog(), uses.directory(), uses.standIns(), uses.clock());
    var beside = new Beside(uses.requests(), uses.catalog(), uses.directory());
    return new Parts(
        new FrontDoor(
            uses.publicUrl(), uses.identity(), uses.frames(), uses.antiForgery(), uses.pages()),
        new ApprovalPages(
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            standing,
            uses.requests(),
            uses.links(),
            uses.waits(),
            decisions,
            uses.invitations(),
            beside,
            uses.directory(),
            uses.clock()),
        new InboxPages(
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            standing,
            uses.requests(),
            uses.inbox(),
            decisions,
            beside,
            uses.catalog(),
            uses.directory()),
        new ApprovalApi(uses.identity(), standing, uses.requests(), decisions));
  }

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
    parts.door.serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /decide/{token}" -> parts.pages.showLink(call);
      case "POST /decide/{token}" -> parts.pages.decideByLink(call);
      case "POST /decide/{token}/mail" -> parts.pages.newMail(call);
      case "GET /requests/{id}/decide" -> parts.pages.showSignedIn(call);
      case "POST /requests/{id}/decide" -> parts.pages.decideSignedIn(call);
      case "GET /inbox" -> parts.inbox.show(call);
      case "POST /inbox/{id}" -> parts.inbox.decide(call);
      case "POST /api/requests/{id}/decisions" -> parts.api.decide(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }
}
