package dev.daypass.request;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.access.Said;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.EvidenceFiles;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import dev.daypass.store.Sessions;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.ApiDescription;
import dev.daypass.web.Assets;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Answers the routes of {@code RequestFunction} in {@code template.yaml}. */
public final class RequestHandler implements RequestStreamHandler {
  /** What the parts are made of. */
  public record Uses(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      URI publicUrl,
      Sessions sessions,
      Requests requests,
      Inbox inbox,
      EvidenceFiles evidence,
      Supplier<Catalog> catalog,
      Directory directory,
      InstantSource clock,
      RandomGenerator random) {}

  /** What the handler calls. */
  public static final class Parts {
    private final FrontDoor door;
    private final StartPages start;
    private final RequestPages pages;
    private final EmergencyPages emergencies;
    private final RequestApi api;

    private Parts(
        FrontDoor door,
        StartPages start,
        RequestPages pages,
        EmergencyPages emergencies,
        RequestApi api) {
      this.door = door;
      this.start = start;
      this.pages = pages;
      this.emergencies = emergencies;
      this.api = api;
    }
  }

  /** Puts the parts together. */
  public static Parts parts(Uses uses) {
    var standing = new Standing(uses.catalog());
    var asks = new Asks(uses.requests(), uses.catalog(), uses.directory(), uses.clock());
    var endings = new Endings(uses.requests(), standing, uses.clock());
    var extensions =
        new Extensions(uses.requests(), standing, uses.catalog(), uses.directory(), uses.clock());
    var hands = new Hands(uses.requests(), standing, uses.evidence(), uses.clock());
    var reviews = new Reviews(uses.requests(), standing, uses.clock());
    var answers = new Answers(uses.requests(), standing, uses.clock());
    var keys = new FormKeys(uses.random());
    return new Parts(
        new FrontDoor(
            uses.publicUrl(),
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            route -> BY_HAND.contains(route) ? Attachment.LARGEST_BODY : HttpRequest.LARGEST_BODY),
        new StartPages(
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            new ChosenLanguage(uses.publicUrl()),
            uses.sessions(),
            uses.requests(),
            uses.inbox(),
            uses.catalog(),
            uses.directory()),
        new RequestPages(
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            asks,
            endings,
            extensions,
            hands,
            reviews,
            answers,
            standing,
            uses.requests(),
            uses.catalog(),
            uses.directory(),
            keys),
        new EmergencyPages(
            uses.identity(),
            uses.frames(),
            uses.antiForgery(),
            uses.pages(),
            asks,
            uses.catalog(),
            uses.directory(),
            keys),
        new RequestApi(
            uses.identity(),
            asks,
            endings,
            extensions,
            hands,
            reviews,
            answers,
            standing,
            uses.requests(),
            uses.inbox(),
            uses.catalog(),
            uses.directory(),
            uses.clock()));
  }

  /** The routes by which something can be attached. */
  private static final Set<String> BY_HAND =
      Set.of("POST /requests/{id}/taken-away", "POST /api/requests/{id}/taken-away");

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Assets ASSETS = new Assets();
  private static final ApiDescription DESCRIPTION = new ApiDescription();

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
    parts.door.serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /" -> parts.start.home(call);
      case "GET /find" -> parts.start.find(call);
      case "POST /language" -> parts.start.chooseLanguage(call);
      case "GET /assets/{name}" ->
          ASSETS
              .answer(call.pathParameter("name"))
              .orElseThrow(
                  () -> new HttpProblem(Problem.notFound(Said.of("problem.no-such-file"))));
      case "GET /api/openapi.yaml" -> DESCRIPTION.answer(call);
      case "GET /ask/{runbook}" -> parts.pages.askForm(call);
      case "POST /ask/{runbook}" -> parts.pages.ask(call);
      case "GET /ask/{runbook}/emergency" -> parts.emergencies.form(call);
      case "POST /ask/{runbook}/emergency" -> parts.emergencies.take(call);
      case "GET /requests/{id}" -> parts.pages.see(call);
      case "POST /requests/{id}/cancel" -> parts.pages.cancel(call);
      case "POST /requests/{id}/return" -> parts.pages.giveBack(call);
      case "POST /requests/{id}/extend" -> parts.pages.extend(call);
      case "POST /requests/{id}/withdraw-approval" -> parts.pages.withdrawApproval(call);
      case "POST /requests/{id}/revoke" -> parts.pages.revoke(call);
      case "POST /requests/{id}/set-up" -> parts.pages.setUp(call);
      case "POST /requests/{id}/taken-away" -> parts.pages.takenAway(call);
      case "GET /requests/{id}/evidence/{sha256}" -> parts.pages.evidence(call);
      case "POST /requests/{id}/review" -> parts.pages.review(call);
      case "POST /requests/{id}/answer" -> parts.pages.answer(call);
      case "GET /api/runbooks" -> parts.api.runbooks(call);
      case "POST /api/requests" -> parts.api.ask(call);
      case "GET /api/requests" -> parts.api.list(call);
      case "GET /api/requests/{id}" -> parts.api.see(call);
      case "POST /api/requests/{id}/cancel" -> parts.api.cancel(call);
      case "POST /api/requests/{id}/return" -> parts.api.giveBack(call);
      case "POST /api/requests/{id}/extend" -> parts.api.extend(call);
      case "POST /api/requests/{id}/withdraw-approval" -> parts.api.withdrawApproval(call);
      case "POST /api/requests/{id}/revoke" -> parts.api.revoke(call);
      case "POST /api/requests/{id}/set-up" -> parts.api.setUp(call);
      case "POST /api/requests/{id}/taken-away" -> parts.api.takenAway(call);
      case "GET /api/requests/{id}/evidence/{sha256}" -> parts.api.evidence(call);
      case "POST /api/requests/{id}/review" -> parts.api.review(call);
      case "POST /api/requests/{id}/answer" -> parts.api.answerQuestion(call);
      case "$default" -> nowhere(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }

  /**
   * An address to which a form was posted, opened again: by reloading, from a bookmark, after
   * signing in. The page with the form is shown, whoever asks and whatever there is.
   */
  private static HttpResponse nowhere(HttpRequest call) {
    return Optional.of(call)
        .filter(each -> READING.contains(each.method()))
        .flatMap(each -> OwnPath.pageOfForm(each.path()))
        .map(HttpResponse::seeOther)
        .orElseThrow(() -> new HttpProblem(Problem.notFound(nothingThere(call))));
  }

  /**
   * What no route takes: a mistyped address, or a method that its address does not have. Which of
   * the two is not told apart, since only {@code template.yaml} knows all routes.
   */
  private static Said nothingThere(HttpRequest call) {
    return call.isApi()
        ? Problem.inEnglish(
            "There is no such call. GET /api/openapi.yaml describes those that there are, with"
                + " method and path.")
        : Said.of("problem.no-such-page");
  }
}
