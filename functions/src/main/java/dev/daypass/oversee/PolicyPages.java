package dev.daypass.oversee;

import dev.daypass.access.Apart;
import dev.daypass.access.Said;
import dev.daypass.runbook.Calendar;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Finding;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.PolicyJson;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import dev.daypass.store.Policies;
import dev.daypass.web.AskView;
import dev.daypass.web.FormToken;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Page;
import dev.daypass.web.Problem;
import dev.daypass.web.RunbookView;
import dev.daypass.web.RunbooksView;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.words.Paths;
import dev.daypass.words.Speech;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runbooks and systems as they are published, for those who look after them. */
final class PolicyPages {
  private static final int VERSIONS = 20;

  /** More names than that are a number. */
  private static final int NAMES = 10;

  private final OverseeHandler.Uses uses;
  private final Standing standing;

  PolicyPages(OverseeHandler.Uses uses) {
    this.uses = uses;
    this.standing = new Standing(uses.catalog());
  }

  HttpResponse list(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requireEveryPolicy(me);
    var token = uses.antiForgery().token(call);
    var now = uses.catalog().get();
    var people = uses.directory().remembered();
    people.people(
        Stream.concat(now.runbooks().values().stream(), now.systems().values().stream())
            .map(Published::publisher)
            .toList());
    var findings = Findings.of(now, people);
    var view =
        new RunbooksView(
            uses.frames().of(call, me, token),
            now.byTitle().stream().map(each -> runbook(each, now, people, findings)).toList(),
            now.systems().values().stream()
                .sorted(
                    Comparator.comparing(
                        (Published<TargetSystem> each) -> each.policy().title(),
                        String.CASE_INSENSITIVE_ORDER))
                .map(each -> system(each, people, findings))
                .toList());
    return answer(uses.pages().runbooks(view), token);
  }

  private static RunbooksView.Policy runbook(
      Published<Runbook> published, Catalog catalog, Directory people, Findings findings) {
    var runbook = published.policy();
    return new RunbooksView.Policy(
        runbook.title(),
        Paths.runbook(runbook.id()),
        role(catalog, runbook).map(TargetSystem.Role::allows).orElse(""),
        published.version(),
        Story.nameOf(people, published.publisher()),
        published.at(),
        findings.about(Finding.Kind.RUNBOOK, runbook.id()));
  }

  private static RunbooksView.Policy system(
      Published<TargetSystem> published, Directory people, Findings findings) {
    var system = published.policy();
    return new RunbooksView.Policy(
        system.title(),
        Paths.system(system.id()),
        String.join(", ", system.roles().stream().map(TargetSystem.Role::title).toList()),
        published.version(),
        Story.nameOf(people, published.publisher()),
        published.at(),
        findings.about(Finding.Kind.SYSTEM, system.id()));
  }

  HttpResponse see(HttpRequest call) {
    var me = uses.identity().require(call);
    var now = uses.catalog().get();
    var published =
        now.runbook(call.pathParameter("id"))
            .filter(each -> standing.maySee(me, each.policy()))
            .orElseThrow(PolicyPages::noSuchRunbook);
    var token = uses.antiForgery().token(call);
    var frame = uses.frames().of(call, me, token);
    var runbook = published.policy();
    var people = uses.directory().remembered();
    var system = now.system(runbook.system()).map(Published::policy);
    var words = new InWords(system, people);
    var extend = runbook.extend();
    var start = runbook.start();
    var ticket = runbook.ticket();
    var view =
        new RunbookView(
            frame,
            runbook.id(),
            runbook.title(),
            new RunbookView.Home(
                runbook.system(), system.map(TargetSystem::title).orElse(runbook.system())),
            role(now, runbook)
                .map(role -> new RunbookView.Role(role.title(), role.allows()))
                .orElse(null),
            runbook.mayAsk().stream().map(words::asker).toList(),
            runbook.mayAskForOthers().stream().map(words::askerForOther).toList(),
            runbook.duration().usual(),
            runbook.duration().longest(),
            extend == null ? null : extend.longest(),
            start == null ? null : start.within(),
            system.filter(each -> each.connector().isByHand()).isPresent(),
            limits(now, runbook),
            runbook.autoApproval().stream().map(PolicyPages::atOnce).toList(),
            emergency(runbook, words),
            runbook.reason().atLeast(),
            runbook.reason().hint(),
            ticket == null ? null : new RunbookView.Ticket(ticket.example(), ticket.hint()),
            Said.of(
                switch (runbook.proof()) {
                  case SESSION -> "oversee.proof.session";
                  case FRESH -> "oversee.proof.fresh";
                  case MAILBOX -> "oversee.proof.mailbox";
                }),
            twice(runbook),
            runbook.calendar() == null ? List.of() : hours(runbook.calendar(), frame.speech()),
            runbook.approval().stream().map(words::stage).toList(),
            runbook.guidance().requester(),
            runbook.guidance().approver(),
            versions(published, people),
            Findings.of(now.of(runbook.system()), people).about(Finding.Kind.RUNBOOK, runbook.id()),
            Standing.maySeeEveryPolicy(me));
    return answer(uses.pages().runbook(view), token);
  }

  private static @Nullable Said twice(Runbook runbook) {
    return runbook.approval().size() == 1
        ? null
        : Said.of(
            runbook.sameApprover() ? "oversee.runbook.twice.allowed" : "oversee.runbook.twice");
  }

  /** What they are called, each day that is worked, and the days that are not. */
  private static List<Said> hours(Calendar calendar, Speech speech) {
    var lines = new ArrayList<Said>();
    lines.add(Said.of("oversee.hours", calendar.title(), calendar.zone().getId()));
    calendar
        .week()
        .forEach(
            (day, openings) ->
                lines.add(
                    Said.of(
                        switch (day) {
                          case MONDAY -> "oversee.hours.monday";
                          case TUESDAY -> "oversee.hours.tuesday";
                          case WEDNESDAY -> "oversee.hours.wednesday";
                          case THURSDAY -> "oversee.hours.thursday";
                          case FRIDAY -> "oversee.hours.friday";
                          case SATURDAY -> "oversee.hours.saturday";
                          case SUNDAY -> "oversee.hours.sunday";
                        },
                        openings.stream().map(PolicyJson::written).toList())));
    calendar
        .holidays()
        .forEach(
            (date, name) -> lines.add(Said.of("oversee.hours.holiday", speech.date(date), name)));
    return lines;
  }

  private static List<Said> limits(Catalog now, Runbook runbook) {
    var limits = Optional.ofNullable(runbook.limits());
    return Stream.of(
            limits.map(Runbook.Limits::open).stream()
                .map(most -> Said.of("oversee.runbook.limits.at-once", most)),
            limits.map(Runbook.Limits::perDay).stream()
                .map(most -> Said.of("oversee.runbook.limits.per-day", most)),
            now.apart(runbook.system(), runbook.role()).stream().map(PolicyPages::notTogether))
        .flatMap(lines -> lines)
        .toList();
  }

  static Said notTogether(Apart other) {
    return Said.of("oversee.runbook.limits.apart", other.roleTitle(), other.systemTitle());
  }

  private static RunbookView.@Nullable Emergency emergency(Runbook runbook, InWords words) {
    var glass = runbook.breakGlass();
    return glass == null
        ? null
        : new RunbookView.Emergency(
            glass.who().stream().map(words::asker).toList(),
            glass.longest(),
            glass.review().stream().map(words::approver).toList());
  }

  private static AskView.AtOnce atOnce(Runbook.AutoRule rule) {
    return new AskView.AtOnce(
        rule.name(),
        Stream.of(
                Optional.ofNullable(rule.inGroup()).map(group -> Said.of("rule.in-group", group)),
                Optional.ofNullable(rule.maxDuration())
                    .map(longest -> Said.of("rule.max-duration", longest)),
                rule.withinHours()
                    ? Optional.of(Said.of("oversee.runbook.rule.hours"))
                    : Optional.<Said>empty(),
                rule.hasTicket() ? Optional.of(Said.of("rule.has-ticket")) : Optional.<Said>empty(),
                Optional.ofNullable(rule.usedBefore())
                    .map(within -> Said.of("rule.used-before", within)))
            .flatMap(Optional::stream)
            .toList());
  }

  private static HttpProblem noSuchRunbook() {
    return new HttpProblem(Problem.notFound(Said.of("oversee.problem.no-such-runbook")));
  }

  private static Optional<TargetSystem.Role> role(Catalog catalog, Runbook runbook) {
    return catalog.system(runbook.system()).flatMap(system -> system.policy().role(runbook.role()));
  }

  private List<RunbookView.Version> versions(Published<Runbook> published, Directory people) {
    var kept = uses.policies().versions(Policies.Kind.RUNBOOK, published.policy().id(), VERSIONS);
    people.people(kept.stream().map(Policies.Kept::publisher).toList());
    return kept.stream()
        .map(
            each ->
                new RunbookView.Version(
                    each.version(),
                    Story.nameOf(people, each.publisher()),
                    each.at(),
                    each.version() == published.version()))
        .toList();
  }

  /** Those whom a runbook names, as the people they are today. */
  private record InWords(Optional<TargetSystem> system, Directory people) {
    Said asker(Who who) {
      return switch (who) {
        case Who.Everyone _ -> Said.of("oversee.who.everyone");
        case Who.Group group ->
            Said.of("oversee.who.members", people.group(group.name()).size(), group.name());
        case Who.Named named -> named(named);
        // Runbook refuses these for whoever asks.
        case Who.Manager _, Who.ManagersManager _, Who.Owners _ -> Said.of("oversee.who.nobody");
      };
    }

    Said askerForOther(Who who) {
      return switch (who) {
        case Who.Manager _ -> Said.of("oversee.who.their-manager");
        case Who.Everyone _, Who.Group _, Who.Named _, Who.ManagersManager _, Who.Owners _ ->
            asker(who);
      };
    }

    private Said approver(Who who) {
      return switch (who) {
        case Who.Manager _ -> Said.of("oversee.who.manager", owners());
        case Who.ManagersManager _ -> Said.of("oversee.who.managers-manager", owners());
        case Who.Owners _ -> Said.of("oversee.who.owners", owners());
        case Who.Group group ->
            Said.of("oversee.who.group", group.name(), names(people.group(group.name())));
        case Who.Named named -> named(named);
        // Runbook refuses this for whoever decides.
        case Who.Everyone _ -> Said.of("oversee.who.nobody");
      };
    }

    private Said named(Who.Named named) {
      return people.active(named.email()).isPresent()
          ? Said.of("oversee.who.named", Story.nameOf(people, named.email()))
          : Said.of("oversee.who.gone", Story.nameOf(people, named.email()));
    }

    private Said owners() {
      return names(
          system
              .map(each -> people.people(each.owners()).stream().filter(Person::active).toList())
              .orElse(List.of()));
    }

    private static Said names(List<Person> people) {
      var names = people.stream().map(Person::name).toList();
      return names.size() <= NAMES
          ? Said.of("oversee.names", names)
          : Said.of("oversee.names.more", names.size() - NAMES, names.subList(0, NAMES));
    }

    RunbookView.Stage stage(Runbook.Stage stage) {
      var escalation = stage.escalation();
      return new RunbookView.Stage(
          stage.title(),
          stage.by().stream().map(this::approver).toList(),
          switch (stage.needed()) {
            case Runbook.Needed.All _ -> Said.of("oversee.needed.all");
            case Runbook.Needed.AtLeast some -> Said.of("oversee.needed", some.people());
          },
          stage.remindAfter(),
          escalation == null ? null : escalation.after(),
          escalation != null && escalation.replaces(),
          escalation == null ? List.of() : escalation.to().stream().map(this::approver).toList(),
          stage.lapseAfter());
    }
  }

  private static HttpResponse answer(Page page, FormToken token) {
    return HttpResponse.page(200, page).withCookies(token.setCookies());
  }
}
