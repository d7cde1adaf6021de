package dev.daypass.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Said;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.PeopleFile.Separator;
import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import dev.daypass.web.Cursor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.PeopleView;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is in the directory. */
final class PeoplePages {
  private static final int ON_A_PAGE = 50;
  private static final int READ_AT_ONCE = 1_000;

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
            lines(page.people()),
            path(query, page.next()),
            next == null,
            Standing.mayImport(me));
    return HttpResponse.page(200, uses.pages().people(view)).withCookies(token.setCookies());
  }

  /** With the names of their managers, each looked up once. */
  private List<PeopleView.Line> lines(List<Person> people) {
    var names = new HashMap<String, String>();
    people.forEach(person -> names.put(person.email(), person.name()));
    return people.stream()
        .map(
            person ->
                PeopleView.Line.of(
                    person,
                    manager ->
                        names.computeIfAbsent(
                            manager,
                            email -> uses.people().person(email).map(Person::name).orElse(email))))
        .toList();
  }

  /** Everybody who is active, as a file that changes nothing if it is imported as it is. */
  HttpResponse file(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requireImporter(me);
    var separator = separator(call.query().getOrDefault("separator", "comma"));
    var everybody = new ArrayList<Person>();
    String next = null;
    do {
      var part = uses.people().list("", READ_AT_ONCE, next);
      everybody.addAll(part.people());
      next = part.next();
    } while (next != null);
    var text = PeopleFile.write(everybody, separator);
    // Neither can it be sent whole, nor be imported here.
    if (text.getBytes(UTF_8).length > ImportPages.LARGEST_FILE) {
      throw new HttpProblem(
          Problem.tooLarge(Said.of("people.problem.large-list", ImportPages.MEGABYTES)));
    }
    var day = LocalDate.ofInstant(uses.clock().instant(), ZoneOffset.UTC);
    return HttpResponse.file("text/csv", "people-" + day + ".csv", text);
  }

  private static Separator separator(String name) {
    return switch (name) {
      case "comma" -> Separator.COMMA;
      case "semicolon" -> Separator.SEMICOLON;
      default -> throw new HttpProblem(Problem.badInput(Said.of("people.problem.no-separator")));
    };
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
