package dev.daypass.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.runbook.Catalog;
import dev.daypass.store.Imports;
import dev.daypass.store.Inbox;
import dev.daypass.store.People;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
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
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Answers the routes of {@code PeopleFunction} in {@code template.yaml}. */
public final class PeopleHandler implements RequestStreamHandler {
  /** What the parts are made of. */
  public record Uses(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      URI publicUrl,
      People people,
      Imports imports,
      StandIns standIns,
      Requests requests,
      Inbox inbox,
      Supplier<Catalog> catalog,
      InstantSource clock,
      RandomGenerator random) {}

  /** What the handler calls. */
  public static final class Parts {
    private final FrontDoor door;
    private final PeoplePages people;
    private final ImportPages imports;
    private final StandInPages standIns;

    private Parts(Uses uses) {
      this.door =
          new FrontDoor(
              uses.publicUrl(),
              uses.identity(),
              uses.frames(),
              uses.antiForgery(),
              uses.pages(),
              _ -> ImportPages.LARGEST_BODY);
      this.people = new PeoplePages(uses);
      this.imports = new ImportPages(uses);
      this.standIns = new StandInPages(uses);
    }
  }

  /** Puts the parts together. */
  public static Parts parts(Uses uses) {
    return new Parts(uses);
  }

  private final Parts parts;

  public PeopleHandler() {
    this(new App());
  }

  public PeopleHandler(App app) {
    this.parts = app.people();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door.serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /admin/people" -> parts.people.list(call);
      case "GET /admin/people.csv" -> parts.people.file(call);
      case "GET /admin/people/import" -> parts.imports.form(call);
      case "POST /admin/people/import" -> parts.imports.upload(call);
      case "GET /admin/imports/{id}" -> parts.imports.show(call);
      case "POST /admin/imports/{id}/apply" -> parts.imports.apply(call);
      case "POST /admin/imports/{id}/discard" -> parts.imports.discard(call);
      case "GET /stand-in" -> parts.standIns.show(call);
      case "POST /stand-in" -> parts.standIns.change(call);
      case "GET /api/stand-in" -> parts.standIns.get(call);
      case "PUT /api/stand-in" -> parts.standIns.put(call);
      case "DELETE /api/stand-in" -> parts.standIns.delete(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }
}
