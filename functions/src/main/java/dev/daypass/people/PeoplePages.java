package dev.daypass.people;

import dev.daypass.access.Said;
import dev.daypass.store.People;
import dev.daypass.web.Cursor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.PeopleView;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is in the directory. */
final class PeoplePages {
  private static final int ON_A_PAGE = 50;

  private final PeopleHandler.Uses uses;

  PeoplePages(PeopleHandler.Uses uses) {
    this.uses = uses;
  }

  HttpResponse list(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requirePeople(me);
    var query = shortened(Optional.ofNullable(call.query().get("q")).orElse("").strip());
    var next = call.query().get("next");
    var page = page(query, next);
    var token = uses.antiForgery().token(call);
    var view =
        new PeopleView(
            uses.frames().of(call, me, token),
            query,
            page.people().stream().map(PeopleView.Line::of).toList(),
            path(query, page.next()),
            next == null,
            Standing.mayImport(me));
    return HttpResponse.page(200, uses.pages().people(view)).withCookies(token.setCookies());
  }

  private People.Lines page(String query, @Nullable String next) {
    try {
      return uses.people().list(query, ON_A_PAGE, next == null ? null : place(query, next));
    } catch (IllegalArgumentException otherList) {
      throw new HttpProblem(Problem.badInput(Said.of("people.problem.no-page")));
    }
  }

  private static String place(String query, String next) {
    return Cursor.read(next)
        .filter(cursor -> cursor.of().equals(Cursor.fingerprint(query)))
        .map(Cursor::after)
        .orElseThrow(() -> new IllegalArgumentException("not a cursor of this list"));
  }

  private static @Nullable String path(String query, @Nullable String after) {
    if (after == null) {
      return null;
    }
    var cursor = new Cursor(after, Cursor.fingerprint(query)).write();
    return PeopleView.path(query) + (query.isEmpty() ? "?" : "&") + "next=" + cursor;
  }

  private static String shortened(String query) {
    return query.codePointCount(0, query.length()) <= PeopleView.LONGEST_QUERY
        ? query
        : query.substring(0, query.offsetByCodePoints(0, PeopleView.LONGEST_QUERY));
  }
}
