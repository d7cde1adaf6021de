package dev.daypass.oversee;

import dev.daypass.access.Event;
import dev.daypass.access.OwnersTask;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.RequestId;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Finding;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.Requests;
import dev.daypass.store.Watch;
import dev.daypass.web.FormToken;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Page;
import dev.daypass.web.Person;
import dev.daypass.web.Problem;
import dev.daypass.web.RequestView;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.SystemView;
import dev.daypass.web.SystemsView;
import dev.daypass.web.ToDo;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The systems, for those who answer for them. */
final class SystemPages {
  private static final int LINES = 25;
  private static final int TASKS = 10;
  private static final Set<Event.Kind> ENDS = Set.of(Event.Kind.ENDING, Event.Kind.CANCELLED);

  /** Of so many systems of one person it is looked whether they need somebody. */
  private static final int LOOKED_AT = 20;

  private final OverseeHandler.Uses uses;
  private final Standing standing;

  SystemPages(OverseeHandler.Uses uses) {
    this.uses = uses;
    this.standing = new Standing(uses.catalog());
  }

  HttpResponse list(HttpRequest call) {
    var me = uses.identity().require(call);
    var token = uses.antiForgery().token(call);
    var seen =
        uses.catalog().get().systems().values().stream()
            .map(Published::policy)
            .filter(system -> Standing.maySee(me, system))
            .sorted(Comparator.comparing(TargetSystem::title, String.CASE_INSENSITIVE_ORDER))
            .toList();
    var names = uses.directory().remembered();
    names.people(seen.stream().flatMap(system -> system.owners().stream()).toList());
    var yours = seen.stream().filter(system -> Standing.owns(me, system)).toList();
    // Where no owner is left who may answer, an administrator must.
    var inNeed =
        (me.isIn(Visitor.ADMINS) ? seen : yours)
            .stream()
                .limit(LOOKED_AT)
                .map(TargetSystem::id)
                .filter(id -> !uses.requests().watched(Watch.TASK, id, 1, null).ids().isEmpty())
                .collect(Collectors.toSet());
    var view =
        new SystemsView(
            uses.frames().of(call, me, token),
            yours.stream().map(system -> line(system, names, inNeed)).toList(),
            seen.stream()
                .filter(system -> !Standing.owns(me, system))
                .map(system -> line(system, names, inNeed))
                .toList(),
            Standing.maySeeEveryPolicy(me));
    return answer(uses.pages().systems(view), token);
  }

  private static SystemsView.Line line(TargetSystem system, Directory names, Set<String> inNeed) {
    return new SystemsView.Line(
        system.id(),
        system.title(),
        system.owners().stream().map(owner -> Story.nameOf(names, owner)).toList(),
        inNeed.contains(system.id()));
  }

  HttpResponse see(HttpRequest call) {
    var me = uses.identity().require(call);
    var id = call.pathParameter("id");
    var system =
        uses.catalog()
            .get()
            .system(id)
            .map(Published::policy)
            .filter(each -> Standing.maySee(me, each))
            .orElseThrow(SystemPages::noSuchSystem);
    var access = Part.of(call, "access", id + " " + me.email());
    var waiting = Part.of(call, "waiting", id + " " + me.email());
    var holding = access.read(from -> uses.grants().ofSystem(id, LINES, from));
    var asking = waiting.read(from -> uses.requests().watched(Watch.WAITING, id, LINES, from));
    var tasks = Part.of(call, "tasks", id + " " + me.email());
    var stuck = tasks.read(from -> uses.requests().watched(Watch.TASK, id, TASKS, from));
    var token = uses.antiForgery().token(call);
    var frame = uses.frames().of(call, me, token);
    var read =
        Read.of(
            uses.requests(),
            Stream.of(holding, asking, stuck).flatMap(list -> list.ids().stream()).toList(),
            request -> request.asked().plan().system().equals(id));
    var people = uses.directory().remembered();
    people.people(everybody(system, read.all()));
    var story = new Story(people);
    var findings = Findings.of(uses.catalog().get().of(id), people);
    var path = Paths.system(id);
    var view =
        new SystemView(
            frame,
            id,
            system.title(),
            done(call, me, system, story, frame.speech().now()),
            noReason(call),
            owners(system, people),
            system.roles().stream().map(role -> role(system, role)).toList(),
            tasks(read.in(stuck.ids()), people),
            tasks.next(path, stuck.next()),
            read.in(holding.ids())
                .filter(SystemPages::isAccess)
                .map(each -> access(each, me, story, people))
                .toList(),
            access.next(path, holding.next()),
            Stream.concat(
                    read.in(holding.ids())
                        .filter(
                            each ->
                                each instanceof Provisioning
                                    && !isAccess(each)
                                    && waiting.after() == null),
                    read.in(asking.ids()).filter(each -> Requests.isWatched(Watch.WAITING, each)))
                .map(each -> waiting(each, story))
                .toList(),
            waiting.next(path, asking.next()),
            access.after() != null,
            waiting.after() != null,
            tasks.after() != null,
            leads(system, findings),
            findings.about(Finding.Kind.SYSTEM, id),
            hands(system),
            chat(system));
    return answer(uses.pages().system(view), token);
  }

  private SystemView.Role role(TargetSystem system, TargetSystem.Role role) {
    // The steps of work by hand speak of it.
    var group =
        system.hands() == null
            ? Stream.<Said>empty()
            : Stream.of(Said.of("oversee.role.group", role.group()));
    return new SystemView.Role(
        role.title(),
        role.allows(),
        Stream.concat(
                group,
                uses.catalog().get().apart(system.id(), role.id()).stream()
                    .map(PolicyPages::notTogether))
            .toList());
  }

  /** What the visitor has just taken away here, while it is so; null for nothing. */
  private @Nullable Said done(
      HttpRequest call, Visitor.Known me, TargetSystem system, Story story, Instant now) {
    var id = RequestView.Done.request(call);
    if (id == null) {
      return null;
    }
    if (!RequestId.isOne(id)) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.no-such-page")));
    }
    return uses.requests().all(List.of(id)).stream()
        .filter(request -> request.asked().plan().system().equals(system.id()))
        .filter(request -> RequestView.Done.REVOKED.isStillSo(request.status()))
        .filter(
            request ->
                request.trail().events().stream()
                    .filter(event -> ENDS.contains(event.kind()))
                    .anyMatch(event -> event.act().by().equals(me.email())))
        .findFirst()
        .map(request -> takenAway(request, story.what(request), now))
        .orElse(null);
  }

  private Said takenAway(Request request, RequestView.What what, Instant now) {
    var name = what.requester().name();
    return uses.requests()
        .alsoHeld(request, now)
        .map(
            other ->
                Said.of("done.taken-away.held", name, what.roleTitle(), other.grant().expiresAt()))
        .orElseGet(() -> Said.of("done.taken-away", name, what.roleTitle()));
  }

  /** The request that was to be taken away here without a reason; null if none was. */
  private static @Nullable String noReason(HttpRequest call) {
    var id = RequestView.Done.noReason(call);
    if (id != null && !RequestId.isOne(id)) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.no-such-page")));
    }
    return id;
  }

  private static SystemView.@Nullable Hands hands(TargetSystem system) {
    var hands = system.hands();
    boolean always = system.connector().isByHand();
    return hands == null
        ? null
        : new SystemView.Hands(always, always ? hands.setUp() : List.of(), hands.takeAway());
  }

  private static @Nullable Said chat(TargetSystem system) {
    var chat = system.chat();
    return chat == null
        ? null
        : switch (chat.kind()) {
          case SLACK -> Said.of("oversee.chat.slack");
          case TEAMS -> Said.of("oversee.chat.teams");
        };
  }

  static HttpProblem noSuchSystem() {
    return new HttpProblem(Problem.notFound(Said.of("oversee.problem.no-such-system")));
  }

  // The requests behind the lists

  private static List<String> everybody(TargetSystem system, List<Request> requests) {
    return Stream.of(
            system.owners().stream(),
            requests.stream().map(request -> request.asked().requester()),
            requests.stream().flatMap(request -> asked(request).stream()))
        .flatMap(Function.identity())
        .toList();
  }

  private static List<String> asked(Request request) {
    return switch (request) {
      case Pending pending -> pending.open().approvers();
      case Provisioning each -> each.task() == null ? List.of() : each.task().owners();
      case Ending each -> each.task() == null ? List.of() : each.task().owners();
      case Scheduled _, Active _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> List.of();
    };
  }

  /**
   * Whether the person has the access, or may still have it. What is being set up is not there yet:
   * by hand that can take days.
   */
  static boolean isAccess(Request request) {
    return switch (request) {
      case Active _ -> true;
      // Not this one, but one before it, until somebody says what is there.
      case Provisioning each -> each.awaited().filter(SetUpTask::leftover).isPresent();
      case Ending each -> !each.asked().plan().target().isByHand() || each.mayBeThere();
      case Pending _, Scheduled _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> false;
    };
  }

  private SystemView.Access access(
      Request request, Visitor.Known me, Story story, Directory people) {
    var what = story.what(request);
    boolean mine = what.requester().email().equals(me.email());
    var given = request.given();
    return new SystemView.Access(
        request.id(),
        what.requester(),
        people.active(what.requester().email()).isEmpty(),
        what.roleTitle(),
        what.title(),
        story.status(request),
        request instanceof Ending && Story.neverThere(request),
        given.map(grant -> grant.startedAt()).orElse(null),
        // What is being taken away has no time left, whatever the grant says.
        request instanceof Ending ? null : given.map(grant -> grant.expiresAt()).orElse(null),
        mine,
        !mine && request instanceof Active && standing.mayRevoke(me, request));
  }

  private static SystemView.Waiting waiting(Request request, Story story) {
    var what = story.what(request);
    return new SystemView.Waiting(
        request.id(), what.requester(), what.title(), what.askedAt(), story.status(request));
  }

  private static List<SystemView.Task> tasks(Stream<Request> stuck, Directory people) {
    return stuck
        .flatMap(request -> request.ownersTask().map(task -> task(request, task, people)).stream())
        .sorted(Comparator.comparing(SystemView.Task::since))
        .toList();
  }

  private static SystemView.Task task(Request request, OwnersTask task, Directory people) {
    return new SystemView.Task(
        ToDo.of(request, task),
        request.id(),
        person(people, request.asked().requester()),
        request.asked().plan().roleTitle(),
        task.openedAt(),
        task.owners().stream().map(owner -> Story.nameOf(people, owner)).toList(),
        task.problem());
  }

  // What is published

  private static List<SystemView.Owner> owners(TargetSystem system, Directory people) {
    return system.owners().stream()
        .map(owner -> new SystemView.Owner(person(people, owner), people.active(owner).isPresent()))
        .toList();
  }

  private static Person person(Directory people, String email) {
    return new Person(Story.nameOf(people, email), email);
  }

  private List<SystemView.Lead> leads(TargetSystem system, Findings findings) {
    return uses.catalog().get().of(system.id()).byTitle().stream()
        .map(Published::policy)
        .map(
            runbook ->
                new SystemView.Lead(
                    runbook.id(),
                    runbook.title(),
                    system.role(runbook.role()).map(TargetSystem.Role::title).orElse(""),
                    findings.about(Finding.Kind.RUNBOOK, runbook.id())))
        .toList();
  }

  private static HttpResponse answer(Page page, FormToken token) {
    return HttpResponse.page(200, page).withCookies(token.setCookies());
  }
}
