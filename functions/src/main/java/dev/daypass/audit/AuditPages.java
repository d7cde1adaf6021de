package dev.daypass.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Evidence;
import dev.daypass.access.Refusal;
import dev.daypass.access.RequestId;
import dev.daypass.access.Said;
import dev.daypass.audit.AuditQuery.Found;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.AuditRecords.Entry;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.AuditView;
import dev.daypass.web.AuditView.Asked;
import dev.daypass.web.AuditView.By;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The audit trail as a page and as a file, for auditors and administrators; changes nothing. */
public final class AuditPages {
  /** A file has at most so many records: it is made, and sent, at once. */
  static final int MOST_IN_A_FILE = 5_000;

  /** Of the 6 MB that a function may answer. */
  private static final int LARGEST_FILE = 5 * 1024 * 1024;

  private static final int MONTHS_AT_FIRST = 3;
  private static final int MOST_MONTHS = 12;

  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final AuditQuery query;
  private final Supplier<Catalog> catalog;
  private final InstantSource clock;

  public AuditPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      AuditQuery query,
      Supplier<Catalog> catalog,
      InstantSource clock) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.query = query;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** The form to search, with what was found. */
  HttpResponse show(HttpRequest call) {
    var me = auditor(call);
    if (!call.query().containsKey("by")) {
      var fresh = asked(By.PERSON, "", "", "");
      return page(call, 200, me, fresh, List.of(), null);
    }
    var asked = asked(call);
    var wrong = wrong(asked);
    if (!wrong.isEmpty()) {
      return page(call, 400, me, asked, wrong, null);
    }
    var question = question(call, asked, Question.USUAL_LIMIT);
    var found =
        found(query.find(me, question), question, asked.by() != By.REQUEST && assumes(call));
    return page(call, 200, me, asked, List.of(), found);
  }

  /** All that a search finds, as a file for a spreadsheet. */
  HttpResponse file(HttpRequest call) {
    var me = auditor(call);
    var asked = asked(call);
    var wrong = wrong(asked);
    if (!wrong.isEmpty()) {
      throw new HttpProblem(
          Problem.badInput(wrong.getFirst().said(), wrong.toArray(Refusal[]::new)));
    }
    var all = new ArrayList<Entry>();
    var question = question(call, asked, Question.LARGEST_LIMIT);
    @Nullable String place = null;
    do {
      var part =
          query.find(
              me, new Question(question.about(), question.limit(), place, question.fingerprint()));
      part.ifPresent(found -> all.addAll(found.entries()));
      place = part.map(Found::place).orElse(null);
    } while (place != null && all.size() <= MOST_IN_A_FILE);
    var text = AuditFile.write(all);
    if (all.size() > MOST_IN_A_FILE || text.getBytes(UTF_8).length > LARGEST_FILE) {
      throw new HttpProblem(Problem.tooLarge(Said.of("audit.problem.large", MOST_IN_A_FILE)));
    }
    var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return HttpResponse.file("text/csv", "audit-" + day + ".csv", text);
  }

  private Visitor.Known auditor(HttpRequest call) {
    var me = identity.require(call);
    if (!Standing.mayReadEveryTrail(me)) {
      throw new HttpProblem(Problem.forbidden(Said.of("audit.problem.not-yours")));
    }
    return me;
  }

  private HttpResponse page(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Asked asked,
      List<Refusal> wrong,
      AuditView.@Nullable Found found) {
    var token = antiForgery.token(call);
    var view = new AuditView(frames.of(call, me, token), asked, systems(), wrong, found);
    return HttpResponse.page(status, pages.audit(view)).withCookies(token.setCookies());
  }

  // What is asked for

  private Asked asked(HttpRequest call) {
    var by = By.named(call.query().getOrDefault("by", "")).orElse(By.PERSON);
    // All ids and addresses are kept in small letters; people write CRM.
    var what = given(call, "what").toLowerCase(Locale.ROOT);
    return asked(by, by == By.SYSTEM ? system(what) : what, given(call, "from"), given(call, "to"));
  }

  /** The id of the system that people call so; what was typed if none is. */
  private String system(String typed) {
    return published()
        .filter(system -> system.title().strip().toLowerCase(Locale.ROOT).equals(typed))
        .map(TargetSystem::id)
        .findFirst()
        .filter(id -> catalog.get().system(typed).isEmpty())
        .orElse(typed);
  }

  private List<AuditView.Choice> systems() {
    return published()
        .map(system -> new AuditView.Choice(system.id(), system.title()))
        .sorted(Comparator.comparing(AuditView.Choice::title, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  private Stream<TargetSystem> published() {
    return catalog.get().systems().values().stream().map(Published::policy);
  }

  /** Whoever gives no month means the last ones: up to now, or up to the month they give. */
  private Asked asked(By by, String what, String from, String to) {
    if (by == By.REQUEST) {
      return new Asked(by, what, from, to);
    }
    var now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    var end = to.isEmpty() ? now : month(to).orElse(now);
    var last =
        month(from)
            .map(first -> first.plusMonths(MOST_MONTHS - 1))
            .filter(now::isAfter)
            .orElse(now);
    return new Asked(
        by,
        what,
        from.isEmpty() ? end.minusMonths(MONTHS_AT_FIRST - 1).toString() : from,
        to.isEmpty() ? last.toString() : to);
  }

  private static String given(HttpRequest call, String field) {
    return call.query().getOrDefault(field, "").strip();
  }

  private static boolean assumes(HttpRequest call) {
    return given(call, "from").isEmpty() || given(call, "to").isEmpty();
  }

  private static List<Refusal> wrong(Asked asked) {
    var wrong = new ArrayList<Refusal>();
    switch (asked.by()) {
      case PERSON -> {
        if (!Person.isEmail(asked.what())) {
          wrong.add(Refusals.ofAddress(asked.what(), "what", Refusals.of("audit-person", "what")));
        }
      }
      case SYSTEM -> {
        if (!Question.isSystem(asked.what())) {
          wrong.add(Refusals.of("audit-system", "what"));
        }
      }
      case REQUEST -> {
        if (!RequestId.isOne(asked.what())) {
          wrong.add(Refusals.of("audit-request", "what"));
        }
        // Its trail is always given whole.
        return wrong;
      }
      case MONTHS -> {
        // Whoever names somebody means them, and must not be shown everybody.
        if (!asked.what().isEmpty()) {
          wrong.add(Refusals.of("audit-not-one", "what"));
        }
      }
    }
    var from = month(asked.from());
    var to = month(asked.to());
    if (from.isEmpty()) {
      wrong.add(Refusals.of("audit-month", "from"));
    }
    if (to.isEmpty()) {
      wrong.add(Refusals.of("audit-month", "to"));
    }
    if (from.isPresent() && to.isPresent()) {
      if (to.get().isBefore(from.get())) {
        wrong.add(Refusals.of("audit-months-backwards", "to"));
      } else if (to.get().isAfter(from.get().plusMonths(MOST_MONTHS - 1))) {
        wrong.add(Refusals.of("audit-months-many", "to", MOST_MONTHS));
      }
    }
    return wrong;
  }

  private static Optional<YearMonth> month(String text) {
    try {
      return Optional.of(YearMonth.parse(text)).filter(Question::isSearched);
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** The same as a question to the API. */
  private Question question(HttpRequest call, Asked asked, int limit) {
    var parameters = new HashMap<String, String>();
    if (asked.by() != By.MONTHS) {
      parameters.put(asked.by().parameter(), asked.what());
    }
    if (asked.by() != By.REQUEST) {
      parameters.put("from", YearMonth.parse(asked.from()).atDay(1).toString());
      parameters.put("to", YearMonth.parse(asked.to()).atEndOfMonth().toString());
    }
    parameters.put("limit", Integer.toString(limit));
    Optional.ofNullable(call.query().get("next")).ifPresent(next -> parameters.put("next", next));
    try {
      return Question.read(parameters, clock.instant());
    } catch (HttpProblem noSuchPlace) {
      // All else has been looked at; what is wrong with a place is said for programs only.
      throw new HttpProblem(Problem.badInput(Said.of("oversee.problem.no-place")));
    }
  }

  // What was found

  private static AuditView.Found found(Optional<Found> found, Question question, boolean assumed) {
    var lines = found.map(Found::entries).orElse(List.of()).stream().map(AuditPages::line).toList();
    var next = found.map(Found::place).map(question::next).orElse(null);
    return new AuditView.Found(
        lines,
        next,
        question.after() != null,
        assumed,
        found.map(Found::verdict).map(AuditPages::chain).orElse(null));
  }

  private static AuditView.Chain chain(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified whole -> new AuditView.Chain(whole.version(), null);
      case Verdict.Broken broken -> new AuditView.Chain(broken.version(), broken.problem());
    };
  }

  private static AuditView.Line line(Entry entry) {
    var json = AuditQuery.json(entry);
    try {
      var record = AuditRecord.read(entry.record());
      return new AuditView.Line(
          record.request(),
          record.version(),
          record.at(),
          record.by(),
          AuditView.said(record.kind(), record.details()),
          record.requester(),
          record.title(),
          record.system(),
          AuditFile.fields(json),
          evidence(record),
          json.path("damaged").asText());
    } catch (AuditRecord.Unreadable unreadable) {
      return new AuditView.Line(
          entry.request(),
          entry.version(),
          null,
          "",
          null,
          "",
          "",
          "",
          AuditFile.fields(json),
          null,
          json.path("damaged").asText());
    }
  }

  /** Where what was attached is. What somebody has written into the trail may be anything. */
  private static @Nullable String evidence(AuditRecord record) {
    try {
      return Evidence.of(record.details())
          .map(evidence -> AuditView.ofEvidence(record.request(), evidence))
          .orElse(null);
    } catch (IllegalArgumentException damaged) {
      return null;
    }
  }
}
