package dev.daypass.request;

import dev.daypass.access.Refusal;
import dev.daypass.access.Texts;
import dev.daypass.web.Cursor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which list of requests somebody wants, and how much of it.
 *
 * @param which of the lists there are
 * @param limit the most lines of an answer
 * @param after where the last answer ended, or null to begin
 * @param fingerprint the same for the same list of the same person
 */
record ListQuestion(Which which, int limit, @Nullable String after, String fingerprint) {
  /** The lists, by the parameter that asks for each. */
  enum Which {
    /** What is for the caller. */
    MINE("mine"),
    /** What the caller asked for others. */
    FOR_OTHERS("forOthers"),
    /** What waits for the caller. */
    INBOX("inbox");

    private final String parameter;

    Which(String parameter) {
      this.parameter = parameter;
    }
  }

  static final int USUAL_LIMIT = 50;
  static final int LARGEST_LIMIT = 200;

  private static final List<String> KNOWN = List.of("mine", "forOthers", "inbox", "limit", "next");
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");

  /** What asks for the lines after this place. */
  String next(String place) {
    return new Cursor(place, fingerprint).write();
  }

  /**
   * Reads the query of a call.
   *
   * @throws HttpProblem 400 that names everything that is wrong
   */
  static ListQuestion read(Map<String, String> query, String person) {
    var wrong = new ArrayList<Refusal>();
    query.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .sorted()
        .forEach(
            name ->
                wrong.add(
                    new Refusal(
                        "unknown-parameter",
                        Texts.visibleLine(name),
                        "There is no such parameter. Known are: "
                            + String.join(", ", KNOWN)
                            + ".")));
    var asked =
        Arrays.stream(Which.values()).filter(each -> query.containsKey(each.parameter)).toList();
    if (asked.size() != 1) {
      wrong.add(
          Refusal.of(
              asked.isEmpty() ? "subject-missing" : "too-many-subjects",
              "Please ask for /api/requests?mine (what is for you), /api/requests?forOthers (what"
                  + " you asked for others) or /api/requests?inbox (what waits for you)."));
    }
    var which = asked.isEmpty() ? Which.MINE : asked.getFirst();
    int limit = limit(query, wrong);
    var fingerprint = Cursor.fingerprint(which.parameter + " " + person);
    var after = after(query.get("next"), fingerprint, wrong);
    if (!wrong.isEmpty()) {
      throw new HttpProblem(
          Problem.badInput(
              Problem.inEnglish(
                  wrong.size() == 1
                      ? wrong.getFirst().message()
                      : "There is more than one thing wrong: see errors."),
              wrong.toArray(Refusal[]::new)));
    }
    return new ListQuestion(which, limit, after, fingerprint);
  }

  /** A place that this list does not have. */
  static HttpProblem noSuchPlace() {
    var refusal = unreadable();
    return new HttpProblem(Problem.badInput(Problem.inEnglish(refusal.message()), refusal));
  }

  private static int limit(Map<String, String> query, List<Refusal> wrong) {
    var text = query.getOrDefault("limit", Integer.toString(USUAL_LIMIT));
    int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LARGEST_LIMIT) {
      wrong.add(
          new Refusal(
              "limit-wrong", "limit", "The limit is a number from 1 to " + LARGEST_LIMIT + "."));
    }
    return limit;
  }

  private static @Nullable String after(
      @Nullable String next, String fingerprint, List<Refusal> wrong) {
    if (next == null) {
      return null;
    }
    var cursor = Cursor.read(next);
    if (cursor.isEmpty()) {
      wrong.add(unreadable());
      return null;
    }
    if (!cursor.get().of().equals(fingerprint)) {
      wrong.add(
          new Refusal(
              "next-of-another-question",
              "next",
              "That value of next belongs to another list. Please ask for the same one again, or"
                  + " leave next out to begin."));
    }
    return cursor.get().after();
  }

  private static Refusal unreadable() {
    return new Refusal(
        "next-unreadable",
        "next",
        "That is no value of next from an answer of ours. Please leave next out to begin.");
  }
}
