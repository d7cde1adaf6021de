package dev.daypass.oversee;

import dev.daypass.access.Said;
import dev.daypass.web.Cursor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Problem;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of one of several lists of a page is shown: what the address says under the list's
 * name, in the form of the API's {@code next}.
 *
 * @param name of the list in the address
 * @param of the question that a place in the list belongs to
 * @param after where the part before ended, or null for the first part
 */
record Part(String name, String of, @Nullable String after) {
  /**
   * The part that the address asks for.
   *
   * @param about what the list is a list of
   * @throws HttpProblem 400 if the address holds something else than a place in this list
   */
  static Part of(HttpRequest call, String name, String about) {
    var of = Cursor.fingerprint(name + " " + about);
    var text = call.query().get(name);
    if (text == null) {
      return new Part(name, of, null);
    }
    return Cursor.read(text)
        .filter(cursor -> cursor.of().equals(of))
        .map(cursor -> new Part(name, of, cursor.after()))
        .orElseThrow(Part::noSuchPlace);
  }

  /** Reads the part; only the list knows its places. */
  <T> T read(Function<@Nullable String, T> list) {
    try {
      return list.apply(after);
    } catch (IllegalArgumentException garbled) {
      throw noSuchPlace();
    }
  }

  /**
   * Where the list goes on, as an address; null if it does not.
   *
   * @param place where this part ended, or null if there is no more
   */
  @Nullable String next(String path, @Nullable String place) {
    return place == null ? null : path + "?" + name + "=" + new Cursor(place, of).write();
  }

  private static HttpProblem noSuchPlace() {
    return new HttpProblem(Problem.badInput(Said.of("oversee.problem.no-place")));
  }
}
