package dev.daypass.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daypass.access.Absence;
import dev.daypass.access.Act;
import dev.daypass.access.Naming;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.Person;
import dev.daypass.web.Form;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.StandInView;
import dev.daypass.web.StandInView.Entered;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in for somebody, as a page and for programs: one's own is everybody's to name and to
 * end; that of others administrators', with a reason. One conditional write, and nothing beside it:
 * the sweep tells people and moves what is open.
 */
final class StandInPages {
  /**
   * The body of {@code PUT /api/stand-in}.
   *
   * @param standIn email address
   * @param from the first day, as {@code 2026-12-24}; without it, today
   * @param through the last day
   * @param reason why; needed for somebody else
   */
  record StandInBody(
      @Nullable String standIn,
      @Nullable String from,
      @Nullable String through,
      @Nullable String reason) {}

  /**
   * Who stands in for somebody, on the wire.
   *
   * @param named who is named and not over; left out if nobody is
   * @param history all that was ever said, oldest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StandInJson(String person, @Nullable NamedJson named, List<ChangeJson> history) {}

  /**
   * Who is named.
   *
   * @param from the first day
   * @param through the last day
   * @param begins the moment at which the first day begins where the person is
   * @param ends the moment at which the last one is over
   * @param now whether they stand in at this moment
   */
  record NamedJson(
      String standIn,
      LocalDate from,
      LocalDate through,
      Instant begins,
      Instant ends,
      boolean now) {}

  /**
   * What was said once.
   *
   * @param version counts from 1 without gaps
   * @param kind {@code named} or {@code ended}
   */
  record ChangeJson(
      int version,
      String kind,
      String standIn,
      LocalDate from,
      LocalDate through,
      Instant at,
      String by,
      String via,
      String reason) {}

  private static final String NAME = "name";
  private static final String END = "end";

  private final PeopleHandler.Uses uses;

  StandInPages(PeopleHandler.Uses uses) {
    this.uses = uses;
  }

  // The page

  HttpResponse show(HttpRequest call) {
    var me = uses.identity().require(call);
    var person = person(call, me);
    return show(call, 200, me, person, null, List.of());
  }

  HttpResponse change(HttpRequest call) {
    var me = uses.identity().require(call);
    var form = call.form();
    uses.antiForgery().check(call, form, me.email());
    var person = person(call, me);
    requireChange(me, person);
    var via = "page " + call.sourceIp();
    var entered =
        new Entered(form.get("standIn"), form.get("from"), form.get("through"), form.get("reason"));
    return switch (form.get("do")) {
      case NAME ->
          answered(
              call,
              me,
              person,
              entered,
              NAME,
              name(
                  me,
                  person,
                  entered.standIn(),
                  day(form, "from"),
                  day(form, "through"),
                  entered.reason(),
                  via));
      case END -> answered(call, me, person, entered, END, end(me, person, entered.reason(), via));
      default ->
          show(call, 422, me, person, entered, List.of(Refusals.of("stand-in-nothing", null)));
    };
  }

  private HttpResponse answered(
      HttpRequest call,
      Visitor.Known me,
      Person person,
      Entered entered,
      String done,
      Absence.Outcome outcome) {
    return switch (outcome) {
      case Absence.Outcome.Holds _ -> {
        var path = path(me, person);
        yield HttpResponse.seeOther(path + (path.contains("?") ? "&" : "?") + "done=" + done);
      }
      case Absence.Outcome.Refused refused ->
          show(call, 422, me, person, entered, refused.refusals());
    };
  }

  private HttpResponse show(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Person person,
      @Nullable Entered entered,
      List<Refusal> errors) {
    var now = uses.clock().instant();
    var absence = uses.standIns().of(person.email());
    var token = uses.antiForgery().token(call);
    var today = LocalDate.ofInstant(now, person.zone());
    var view =
        new StandInView(
            uses.frames().of(call, me, token),
            shown(person.email()),
            me.email().equals(person.email()),
            mayChange(me, person),
            path(me, person),
            person.zone().getId(),
            absence
                .named(now)
                .map(
                    one ->
                        new StandInView.Named(
                            shown(one.standIn()),
                            one.from(),
                            one.through(),
                            absence.standInAt(now).isPresent()))
                .orElse(null),
            entered == null ? new Entered("", today.toString(), "", "") : entered,
            today,
            absence.namings().reversed().stream().map(one -> change(person, one)).toList(),
            errors,
            errors.isEmpty() ? done(call) : null);
    return HttpResponse.page(status, uses.pages().standIn(view)).withCookies(token.setCookies());
  }

  private StandInView.Change change(Person person, Naming one) {
    boolean own = one.act().by().equals(person.email());
    var key =
        switch (one.kind()) {
          case NAMED -> own ? "page.stand-in.was-named" : "page.stand-in.was-named.by";
          case ENDED -> own ? "page.stand-in.was-ended" : "page.stand-in.was-ended.by";
        };
    return new StandInView.Change(
        one.act().at(),
        Said.of(key, name(one.standIn()), one.from(), one.through(), name(one.act().by())),
        one.reason());
  }

  /** What the way back from {@link #change} says; it is shown, and counts for nothing. */
  private static @Nullable Said done(HttpRequest call) {
    return switch (Optional.ofNullable(call.query().get("done")).orElse("")) {
      case NAME -> Said.of("page.stand-in.done.named");
      case END -> Said.of("page.stand-in.done.ended");
      default -> null;
    };
  }

  private static String path(Visitor.Known me, Person person) {
    return me.email().equals(person.email())
        ? Paths.standIn()
        : StandInView.ofPerson(person.email());
  }

  /** Empty if it is no day. */
  private static Optional<LocalDate> day(Form form, String field) {
    return read(form.get(field));
  }

  // For programs

  HttpResponse get(HttpRequest call) {
    var me = uses.identity().require(call);
    var person = person(call, me);
    return answered(uses.standIns().of(person.email()));
  }

  HttpResponse put(HttpRequest call) {
    var me = uses.identity().require(call);
    var sent = call.sent(StandInBody.class);
    var body = sent.body();
    sent.check();
    var person = person(call, me);
    requireChange(me, person);
    var from =
        body.from() == null
            ? Optional.of(LocalDate.ofInstant(uses.clock().instant(), person.zone()))
            : read(body.from());
    return answered(
        name(
            me,
            person,
            Optional.ofNullable(body.standIn()).orElse(""),
            from,
            read(Optional.ofNullable(body.through()).orElse("")),
            Optional.ofNullable(body.reason()).orElse(""),
            "api " + call.sourceIp()));
  }

  HttpResponse delete(HttpRequest call) {
    var me = uses.identity().require(call);
    var person = person(call, me);
    requireChange(me, person);
    return answered(
        end(
            me,
            person,
            Optional.ofNullable(call.query().get("reason")).orElse(""),
            "api " + call.sourceIp()));
  }

  private HttpResponse answered(Absence.Outcome outcome) {
    return switch (outcome) {
      case Absence.Outcome.Holds holds -> answered(holds.absence());
      case Absence.Outcome.Refused refused ->
          throw new HttpProblem(Problem.refused(refused.refusals()));
    };
  }

  private HttpResponse answered(Absence absence) {
    var now = uses.clock().instant();
    var history = new ArrayList<ChangeJson>();
    for (var one : absence.namings()) {
      history.add(
          new ChangeJson(
              history.size() + 1,
              switch (one.kind()) {
                case NAMED -> "named";
                case ENDED -> "ended";
              },
              one.standIn(),
              one.from(),
              one.through(),
              one.act().at(),
              one.act().by(),
              one.act().via(),
              one.reason()));
    }
    return HttpResponse.json(
        200,
        new StandInJson(
            absence.person(),
            absence
                .named(now)
                .map(
                    one ->
                        new NamedJson(
                            one.standIn(),
                            one.from(),
                            one.through(),
                            one.begins(),
                            one.ends(),
                            absence.standInAt(now).isPresent()))
                .orElse(null),
            history));
  }

  private static Optional<LocalDate> read(String day) {
    try {
      return Optional.of(LocalDate.parse(day.strip()));
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
  }

  // Both

  /**
   * For whom somebody stands in: the visitor, or whoever the address names.
   *
   * @throws HttpProblem 403 if that is not theirs to see, 404 if there is nobody
   */
  private Person person(HttpRequest call, Visitor.Known me) {
    var wanted =
        Optional.ofNullable(call.query().get("person"))
            .map(each -> each.strip().toLowerCase(Locale.ROOT))
            .filter(each -> !each.isEmpty())
            .orElse(me.email());
    if (!wanted.equals(me.email())) {
      Standing.requirePeople(me);
    }
    return Optional.of(wanted)
        .filter(Person::isEmail)
        .flatMap(uses.people()::person)
        .orElseThrow(
            () -> new HttpProblem(Problem.notFound(Said.of("people.problem.no-such-person"))));
  }

  private static boolean mayChange(Visitor.Known me, Person person) {
    return me.email().equals(person.email()) || Standing.mayNameStandIns(me);
  }

  private static void requireChange(Visitor.Known me, Person person) {
    if (!mayChange(me, person)) {
      throw new HttpProblem(Problem.forbidden(Said.of("people.problem.not-yours-to-change")));
    }
  }

  private Absence.Outcome name(
      Visitor.Known me,
      Person person,
      String typed,
      Optional<LocalDate> from,
      Optional<LocalDate> through,
      String reason,
      String via) {
    var standIn = typed.strip().toLowerCase(Locale.ROOT);
    var standing = new ArrayList<Refusal>();
    if (!person.active()) {
      standing.add(Refusals.of("stand-in-gone", null, person.name()));
    }
    if (!standIn.isEmpty()
        && Optional.of(standIn)
            .filter(Person::isEmail)
            .flatMap(uses.people()::person)
            .filter(Person::active)
            .isEmpty()) {
      standing.add(
          Refusals.ofAddress(
              typed, "standIn", Refusals.of("stand-in-unknown", "standIn", typed.strip())));
    }
    if (from.isEmpty() || through.isEmpty()) {
      if (from.isEmpty()) {
        standing.add(Refusals.of("stand-in-no-day", "from"));
      }
      if (through.isEmpty()) {
        standing.add(Refusals.of("stand-in-no-day", "through"));
      }
      return new Absence.Outcome.Refused(standing);
    }
    var now = uses.clock().instant();
    var act = new Act("stand-in", now, me.email(), via);
    return uses.standIns()
        .change(
            person.email(),
            now,
            absence ->
                absence.name(
                    act, standIn, from.get(), through.get(), person.zone(), reason, standing));
  }

  private Absence.Outcome end(Visitor.Known me, Person person, String reason, String via) {
    var now = uses.clock().instant();
    var act = new Act("stand-in-end", now, me.email(), via);
    return uses.standIns().change(person.email(), now, absence -> absence.end(act, reason));
  }

  private dev.daypass.web.Person shown(String email) {
    return new dev.daypass.web.Person(name(email), email);
  }

  private String name(String email) {
    return Story.nameOf(uses.people().directory(), email);
  }
}
