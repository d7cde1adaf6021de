package dev.daypass.oversee;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Said;
import dev.daypass.store.Requests;
import dev.daypass.web.HomeView;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Person;
import dev.daypass.web.PersonView;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.words.AddressInPath;
import dev.daypass.words.Paths;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One person of the directory, for whoever may see it: who they are, what they have. */
final class PersonPages {
  private static final int REPORTS = 50;
  private static final int ACCESS = 25;
  private static final int REQUESTS = 10;

  private final OverseeHandler.Uses uses;

  PersonPages(OverseeHandler.Uses uses) {
    this.uses = uses;
  }

  HttpResponse see(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requirePeople(me);
    var person = find(call.pathParameter("id"));
    var email = person.email();
    var reports = Part.of(call, "reports", email);
    var access = Part.of(call, "access", email);
    var asked = Part.of(call, "requests", email);
    var team = reports.read(from -> uses.people().reports(email, REPORTS, from));
    var holding = access.read(from -> uses.grants().ofPerson(email, ACCESS, from));
    var asking = asked.read(from -> uses.requests().of(email, REQUESTS, from));
    var token = uses.antiForgery().token(call);
    var askedIds = asking.lines().stream().map(Requests.Line::id).toList();
    var read =
        Read.of(
            uses.requests(),
            Stream.concat(holding.ids().stream(), askedIds.stream()).toList(),
            request -> request.asked().requester().equals(email));
    var names = uses.directory().remembered();
    names.people(read.all().stream().flatMap(PersonPages::everybody).toList());
    var story = new Story(names);
    var path = Paths.person(email);
    var view =
        new PersonView(
            uses.frames().of(call, me, token),
            person.name(),
            email,
            Optional.ofNullable(person.manager())
                .map(one -> new Person(Story.nameOf(uses.directory(), one), one))
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
                read.in(holding.ids())
                    .filter(SystemPages::isAccess)
                    .map(each -> access(each, story))
                    .toList(),
                access.next(path, holding.next()),
                access.after() != null),
            new PersonView.Part<>(
                read.in(askedIds).map(each -> asked(each, story)).toList(),
                asked.next(path, asking.next()),
                asked.after() != null));
    return HttpResponse.page(200, uses.pages().person(view)).withCookies(token.setCookies());
  }

  private dev.daypass.runbook.Person find(String id) {
    return Optional.of(AddressInPath.read(id))
        .filter(dev.daypass.runbook.Person::isEmail)
        .map(email -> email.toLowerCase(Locale.ROOT))
        .flatMap(uses.people()::person)
        .orElseThrow(
            () -> new HttpProblem(Problem.notFound(Said.of("people.problem.no-such-person"))));
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
