package dev.daypass.oversee;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Said;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Grants;
import dev.daypass.store.People;
import dev.daypass.store.Requests;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Frames;
import dev.daypass.web.HomeView;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Person;
import dev.daypass.web.PersonView;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.words.Paths;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One person of the directory, for whoever may see it: who they are, what they have. */
final class PersonPages {
  private static final int REPORTS = 50;
  private static final int ACCESS = 25;
  private static final int REQUESTS = 10;

  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final Requests requests;
  private final Grants grants;
  private final People people;
  private final Directory directory;

  PersonPages(OverseeHandler.Uses uses) {
    this.identity = uses.identity();
    this.frames = uses.frames();
    this.antiForgery = uses.antiForgery();
    this.pages = uses.pages();
    this.requests = uses.requests();
    this.grants = uses.grants();
    this.people = uses.people();
    this.directory = uses.directory();
  }

  HttpResponse see(HttpRequest call) {
    var me = identity.require(call);
    Standing.requirePeople(me);
    var person = find(call.pathParameter("id"));
    var email = person.email();
    var reports = Part.of(call, "reports", email);
    var access = Part.of(call, "access", email);
    var asked = Part.of(call, "requests", email);
    var team = reports.read(from -> people.reports(email, REPORTS, from));
    var holding = access.read(from -> grants.ofPerson(email, ACCESS, from));
    var asking = asked.read(from -> requests.of(email, REQUESTS, from));
    var token = antiForgery.token(call);
    var read = read(email, holding.ids(), asking.lines().stream().map(Requests.Line::id).toList());
    var names = directory.remembered();
    names.people(read.values().stream().flatMap(PersonPages::everybody).toList());
    var story = new Story(names);
    var path = Paths.person(email);
    var view =
        new PersonView(
            frames.of(call, me, token),
            person.name(),
            email,
            Optional.ofNullable(person.manager())
                .map(one -> new Person(Story.nameOf(directory, one), one))
                .orElse(null),
            person.groups(),
            person.zone(),
            person.language(),
            person.active(),
            new PersonView.Part<>(
                team.people().stream().map(one -> new Person(one.name(), one.email())).toList(),
                reports.next(path, team.next()),
                reports.after() != null),
            new PersonView.Part<>(
                in(read, holding.ids())
                    .filter(SystemPages::isAccess)
                    .map(each -> access(each, story))
                    .toList(),
                access.next(path, holding.next()),
                access.after() != null),
            new PersonView.Part<>(
                in(read, asking.lines().stream().map(Requests.Line::id).toList())
                    .map(each -> asked(each, story))
                    .toList(),
                asked.next(path, asking.next()),
                asked.after() != null));
    return HttpResponse.page(200, pages.person(view)).withCookies(token.setCookies());
  }

  private dev.daypass.runbook.Person find(String id) {
    return Optional.of(Paths.emailOf(id))
        .filter(dev.daypass.runbook.Person::isEmail)
        .map(email -> email.toLowerCase(Locale.ROOT))
        .flatMap(people::person)
        .orElseThrow(
            () -> new HttpProblem(Problem.notFound(Said.of("people.problem.no-such-person"))));
  }

  /** The indexes say which; how they stand is read from the requests themselves, at once. */
  private Map<String, Request> read(String email, List<String> holding, List<String> asking) {
    var ids = Stream.concat(holding.stream(), asking.stream()).distinct().toList();
    return requests.all(ids).stream()
        .filter(request -> request.asked().requester().equals(email))
        .collect(Collectors.toMap(Request::id, Function.identity()));
  }

  private static Stream<Request> in(Map<String, Request> read, List<String> ids) {
    return ids.stream().map(read::get).filter(Objects::nonNull);
  }

  /** Who can be named where it is told how the request stands. */
  private static Stream<String> everybody(Request request) {
    return request instanceof Pending pending
        ? pending.open().approvers().stream()
        : request.trail().events().stream()
            .map(event -> event.act().by())
            .filter(dev.daypass.runbook.Person::isEmail);
  }

  private static PersonView.Access access(Request request, Story story) {
    var what = story.what(request);
    var given = request.given();
    return new PersonView.Access(
        request.id(),
        what.systemTitle(),
        what.roleTitle(),
        what.title(),
        story.status(request),
        given.map(grant -> grant.startedAt()).orElse(null),
        // What is being taken away has no time left, whatever the grant says.
        request instanceof Ending ? null : given.map(grant -> grant.expiresAt()).orElse(null));
  }

  private static HomeView.Asked asked(Request request, Story story) {
    var what = story.what(request);
    return new HomeView.Asked(request.id(), what.title(), what.askedAt(), story.status(request));
  }
}
