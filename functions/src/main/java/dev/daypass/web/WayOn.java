package dev.daypass.web;

import dev.daypass.web.ErrorView.Way;
import dev.daypass.words.Paths;
import org.jspecify.annotations.Nullable;

/**
 * Where a page about a problem leads: to the page that its text speaks of; else to the start page,
 * from which everything can be found.
 */
final class WayOn {
  private WayOn() {}

  /** The way on from this problem with this call; null if nothing would help. */
  static @Nullable Way from(HttpRequest call, Problem problem) {
    if (problem.type().equals(Problem.closed().type())) {
      return null;
    }
    return switch (problem.said().key()) {
      case "oversee.problem.no-place",
          "people.problem.no-page",
          "people.problem.no-part",
          "problem.not-utf8" ->
          to("page.problem.beginning", page(call));
      case "problem.no-such-stage", "problem.not-asked-to-decide" -> request(call);
      case "problem.stale-form.detail", "problem.other-person.detail" ->
          to("page.problem.form", OwnPath.of(call));
      case "problem.no-such-runbook" -> new Way("page.problem.find", Paths.find());
      case "oversee.problem.no-such-system" -> new Way("page.problem.systems", Paths.systems());
      case "people.problem.no-such-person" -> new Way("page.problem.people", Paths.people());
      case "people.problem.no-such-import" -> new Way("people.imports.title", Paths.importPeople());
      default -> byKind(call, problem);
    };
  }

  private static Way byKind(HttpRequest call, Problem problem) {
    boolean sent = call.method().equals("POST");
    return switch (problem.status()) {
      case 400, 413 -> sent ? to("page.problem.form", OwnPath.of(call)) : ErrorView.START;
      case 403 ->
          call.path().startsWith(Paths.ask(""))
              ? new Way("page.problem.find", Paths.find())
              : ErrorView.START;
      case 500, 503 -> to("page.problem.again", OwnPath.of(call));
      default -> ErrorView.START;
    };
  }

  /** Whoever is told so may see the request, so that nothing is given away. */
  private static Way request(HttpRequest call) {
    var path = page(call);
    var id = call.pathParameters().get("id");
    return id == null
        ? to("page.problem.beginning", path)
        : to("page.problem.request", Paths.request(id));
  }

  private static String page(HttpRequest call) {
    return OwnPath.of(call).replaceFirst("[?].*", "");
  }

  private static Way to(String label, String path) {
    return path.equals(Paths.HOME) ? ErrorView.START : new Way(label, path);
  }
}
