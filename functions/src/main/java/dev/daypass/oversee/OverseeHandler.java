package dev.daypass.oversee;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Grants;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.store.Requests;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.function.Supplier;

/** Answers the routes of {@code AdminFunction} in {@code template.yaml}. */
public final class OverseeHandler implements RequestStreamHandler {
  /** What the parts are made of. */
  public record Uses(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      URI publicUrl,
      Requests requests,
      Grants grants,
      Policies policies,
      Supplier<Catalog> catalog,
      People people,
      Directory directory) {}

  /** What the handler calls. */
  public static final class Parts {
    private final FrontDoor door;
    private final SystemPages systems;
    private final PolicyPages policies;
    private final PersonPages people;
    private final ExplainPages explain;

    private Parts(
        FrontDoor door,
        SystemPages systems,
        PolicyPages policies,
        PersonPages people,
        ExplainPages explain) {
      this.door = door;
      this.systems = systems;
      this.policies = policies;
      this.people = people;
      this.explain = explain;
    }
  }

  /** Puts the parts together. */
  public static Parts parts(Uses uses) {
    return new Parts(
        new FrontDoor(
            uses.publicUrl(), uses.identity(), uses.frames(), uses.antiForgery(), uses.pages()),
        new SystemPages(uses),
        new PolicyPages(uses),
        new PersonPages(uses),
        new ExplainPages(uses));
  }

  private final Parts parts;

  public OverseeHandler() {
    this(new App());
  }

  public OverseeHandler(App app) {
    this.parts = app.oversee();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door.serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /systems" -> parts.systems.list(call);
      case "GET /systems/{id}" -> parts.systems.see(call);
      case "GET /admin/runbooks" -> parts.policies.list(call);
      case "GET /admin/runbooks/{id}" -> parts.policies.see(call);
      case "GET /admin/people/{id}" -> parts.people.see(call);
      case "GET /explain" -> parts.explain.see(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }
}
