package dev.daypass.audit;

import dev.daypass.access.Refusal;
import dev.daypass.access.RequestId;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Person;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.AuditRecords.Span;
import dev.daypass.web.Cursor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of the audit trail.
 *
 * @param about whose records
 * @param limit the most records of an answer
 * @param after where the last answer ended, or null to begin
 * @param fingerprint the same for the same question, whatever limit and place
 */
record Question(About about, int limit, @Nullable String after, String fingerprint) {
  static final int USUAL_LIMIT = 50;
  static final int LARGEST_LIMIT = 200;

  private static final List<String> KNOWN =
      List.of("request", "person", "system", "from", "to", "limit", "next");

  private static final Pattern SYSTEM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");
  private static final Pattern MOMENT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z#[0-9a-z]{1,64}#[0-9]{6}");
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,6}");
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

  /** Whose records. */
  sealed interface About {
    /** Those of one request, all of them. */
    record OfRequest(String request) implements About {}

    /** Those of what a person asked for or did. */
    record OfPerson(String person, Span span) implements About {}

    /** Those about one system. */
    record OfSystem(String system, Span span) implements About {}

    /** All of some time. */
    record OfTime(Span span) implements About {}
  }

  /** Whether this can be the id of a system. */
  static boolean isSystem(String text) {
    return SYSTEM.matcher(text).matches();
  }

  /** Whether there can be records of this month. */
  static boolean isSearched(YearMonth month) {
    return !month.atDay(1).isBefore(FIRST_DAY) && !month.atEndOfMonth().isAfter(LAST_DAY);
  }

  /** What asks for the records after this place. */
  String next(String place) {
    return new Cursor(place, fingerprint).write();
  }

  /**
   * Reads the query of a call.
   *
   * @param now what a search without a time ends with
   * @throws HttpProblem 400 that names everything that is wrong
   */
  static Question read(Map<String, String> query, Instant now) {
    return new Reading(query, now).question();
  }

  private static final class Reading {
    private final Map<String, String> query;
    private final Instant now;
    private final List<Refusal> wrong = new ArrayList<>();

    Reading(Map<String, String> query, Instant now) {
      this.query = query;
      this.now = now;
    }

    Question question() {
      query.keySet().stream()
          .filter(name -> !KNOWN.contains(name))
          .sorted()
          .forEach(
              name ->
                  refuse(
                      "unknown-parameter",
                      Texts.visibleLine(name),
                      "There is no such parameter. Known are: " + String.join(", ", KNOWN) + "."));
      var about = about();
      int limit = limit();
      var fingerprint = fingerprint();
      var after = after(fingerprint);
      if (about == null || !wrong.isEmpty()) {
        throw new HttpProblem(
            Problem.badInput(
                Problem.inEnglish(
                    wrong.size() == 1
                        ? wrong.getFirst().message()
                        : "There is more than one thing wrong: see errors."),
                wrong.toArray(Refusal[]::new)));
      }
      return new Question(about, limit, after, fingerprint);
    }

    private @Nullable About about() {
      var named =
          List.of("request", "person", "system").stream().filter(query::containsKey).toList();
      if (named.size() > 1) {
        refuse(
            "too-many-subjects",
            named.getLast(),
            "Please ask for one thing at a time: request, person or system.");
        return null;
      }
      if (named.isEmpty()) {
        return ofTime();
      }
      var name = named.getFirst();
      var value = query.getOrDefault(name, "");
      return switch (name) {
        case "request" -> ofRequest(value);
        case "person" -> ofPerson(value.strip());
        default -> ofSystem(value);
      };
    }

    private About ofRequest(String id) {
      if (!RequestId.isOne(id)) {
        refuse("request-unreadable", "request", "That is not the id of a request.");
      }
      for (var time : List.of("from", "to")) {
        if (query.containsKey(time)) {
          refuse(
              "time-not-wanted",
              time,
              "The trail of a request is always given whole: please leave from and to out.");
        }
      }
      return new About.OfRequest(id);
    }

    private @Nullable About ofPerson(String person) {
      // Before it becomes lower case, where some other letters become ASCII.
      if (!Person.isEmail(person)) {
        refuse("person-unreadable", "person", "Please give the person's email address.");
      }
      var span = span();
      return span == null ? null : new About.OfPerson(person.toLowerCase(Locale.ROOT), span);
    }

    private @Nullable About ofSystem(String system) {
      if (!isSystem(system)) {
        refuse("system-unreadable", "system", "Please give the id of a system, such as crm.");
      }
      var span = span();
      return span == null ? null : new About.OfSystem(system, span);
    }

    private @Nullable About ofTime() {
      var missing =
          List.of("from", "to").stream().filter(name -> !query.containsKey(name)).toList();
      if (missing.size() == 2) {
        refuse(
            "subject-missing",
            null,
            "Please say what to look for: request, person or system, or a time with from and to.");
        return null;
      }
      if (missing.size() == 1) {
        refuse(
            "time-missing",
            missing.getFirst(),
            "To search by time alone, please give both from and to.");
      }
      var span = span();
      return span == null ? null : new About.OfTime(span);
    }

    /** The span asked for; where an end is left open, as long as a search may be. */
    private @Nullable Span span() {
      var from = instant("from", 0);
      var to = instant("to", 1);
      if ((from.isEmpty() && query.containsKey("from"))
          || (to.isEmpty() && query.containsKey("to"))) {
        return null;
      }
      // A day more than today: clocks differ a little.
      var end =
          to.or(() -> from.map(begin -> begin.plus(AuditRecords.LONGEST_SPAN)))
              .orElse(day(now).plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC));
      var begin = from.orElse(end.minus(AuditRecords.LONGEST_SPAN));
      if (end.isBefore(begin)) {
        refuse("time-backwards", "to", "The time ends before it begins: to is before from.");
        return null;
      }
      if (Duration.between(begin, end).compareTo(AuditRecords.LONGEST_SPAN) > 0) {
        refuse(
            "time-too-long",
            "to",
            "That is more than 366 days. Please ask for one year after the other.");
        return null;
      }
      return new Span(begin, end);
    }

    private static LocalDate day(Instant at) {
      return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * A parameter as an instant.
     *
     * @param daysMore what a date without a time means: 0 its beginning, 1 its end
     */
    private Optional<Instant> instant(String name, int daysMore) {
      var text = query.get(name);
      if (text == null) {
        return Optional.empty();
      }
      try {
        var date = LocalDate.parse(text);
        return checked(
            name, date, date.plusDays(daysMore).atStartOfDay().toInstant(ZoneOffset.UTC));
      } catch (DateTimeException noDate) {
        try {
          var instant = OffsetDateTime.parse(text).toInstant();
          return checked(name, day(instant), instant);
        } catch (DateTimeException noInstantEither) {
          refuse(
              "time-unreadable",
              name,
              "Please give a date as 2026-11-22 or a time as 2026-11-22T05:00:00Z.");
          return Optional.empty();
        }
      }
    }

    private Optional<Instant> checked(String name, LocalDate date, Instant instant) {
      if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
        refuse("time-unlikely", name, "Please give a date of the years 2000 to 9998.");
        return Optional.empty();
      }
      return Optional.of(instant);
    }

    private int limit() {
      var text = query.getOrDefault("limit", Integer.toString(USUAL_LIMIT));
      int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
      if (limit < 1 || limit > LARGEST_LIMIT) {
        refuse("limit-wrong", "limit", "The limit is a number from 1 to " + LARGEST_LIMIT + ".");
      }
      return limit;
    }

    private String fingerprint() {
      var asked = new TreeMap<>(query);
      asked.keySet().removeAll(List.of("limit", "next"));
      return AuditRecord.hash(CanonicalJson.write(asked)).substring(0, 16);
    }

    private @Nullable String after(String fingerprint) {
      var text = query.get("next");
      if (text == null) {
        return null;
      }
      var cursor = Cursor.read(text).filter(each -> isPlace(each.after()));
      if (cursor.isEmpty()) {
        refuse(
            "next-unreadable",
            "next",
            "That is no value of next from an answer of ours. Please leave next out to begin.");
        return null;
      }
      if (!fingerprint.equals(cursor.get().of())) {
        refuse(
            "next-of-another-question",
            "next",
            "That value of next belongs to another question. Please ask the same one again, or"
                + " leave next out to begin.");
      }
      return cursor.get().after();
    }

    private boolean isPlace(String place) {
      return (query.containsKey("request") ? VERSION : MOMENT).matcher(place).matches();
    }

    private void refuse(String code, @Nullable String field, String message) {
      wrong.add(new Refusal(code, field, message));
    }
  }
}
