package dev.daypass.request;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Said;
import dev.daypass.access.Status;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Past;
import dev.daypass.store.HandTasks;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import dev.daypass.store.Sessions;
import dev.daypass.store.Waiting;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.FindView;
import dev.daypass.web.FormToken;
import dev.daypass.web.Frame;
import dev.daypass.web.Frames;
import dev.daypass.web.HomeView;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Page;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Story;
import dev.daypass.web.ToDo;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where people begin: the start page, and everything that can be asked for. */
final class StartPages {
  private static final int LINES = 15;

  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final ChosenLanguage languages;
  private final Sessions sessions;
  private final Requests requests;
  private final Inbox inbox;
  private final Supplier<Catalog> catalog;
  private final Directory directory;

  StartPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      ChosenLanguage languages,
      Sessions sessions,
      Requests requests,
      Inbox inbox,
      Supplier<Catalog> catalog,
      Directory directory) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.languages = languages;
    this.sessions = sessions;
    this.requests = requests;
    this.inbox = inbox;
    this.catalog = catalog;
    this.directory = directory;
  }

  HttpResponse home(HttpRequest call) {
    var who = identity.require(call);
    var me = who.email();
    var token = antiForgery.token(call);
    var lines = requests.of(me, LINES, null).lines();
    var forMe = Waiting.all(me, inbox, requests);
    var waiting = waiting(me, forMe);
    var tasks = Stream.concat(reviews(forMe), tasks(who)).toList();
    var mine = mine(lines);
    // The moment that the page is of is not before what it shows.
    var frame = frames.of(call, who, token);
    var offers = Offers.to(me, catalog.get(), directory, past(frame), frame.speech());
    var view =
        new HomeView(
            frame,
            access(lines),
            waiting,
            tasks,
            mine,
            forOthers(me),
            (int) lines.stream().filter(line -> !line.status().isFinal()).count(),
            likely(offers, lines),
            !offers.isEmpty());
    return answer(pages.home(view), token);
  }

  HttpResponse find(HttpRequest call) {
    var me = identity.require(call);
    var token = antiForgery.token(call);
    var query = Optional.ofNullable(call.query().get("q")).orElse("");
    var frame = frames.of(call, me, token);
    var offers =
        Offers.withReasonsTo(me.email(), catalog.get(), directory, past(frame), frame.speech());
    return answer(pages.find(FindView.of(frame, query, offers)), token);
  }

  private Past past(Frame frame) {
    return requests.past(() -> frame.speech().now());
  }

  /**
   * Remembers a language in this browser, whoever sits there, and for whoever is signed in, and
   * leads back to the page.
   */
  HttpResponse chooseLanguage(HttpRequest call) {
    var form = call.form();
    antiForgery.checkOfAnybody(call, form);
    var language =
        ChosenLanguage.named(form.get("language"))
            .orElseThrow(
                () -> new HttpProblem(Problem.badInput(Said.of("problem.no-such-language"))));
    if (identity.visitor(call) instanceof Visitor.Known me) {
      sessions.remember(me.email(), language);
    }
    return HttpResponse.seeOther(OwnPath.orHome(form.get("next")))
        .withCookies(List.of(languages.set(language)));
  }

  private static List<HomeView.Access> access(List<Requests.Line> lines) {
    return lines.stream()
        .filter(line -> line.status() == Status.ACTIVE && line.expiresAt() != null)
        .map(line -> new HomeView.Access(line.id(), line.title(), line.systemTitle(), end(line)))
        .sorted(Comparator.comparing(HomeView.Access::until))
        .toList();
  }

  private static Instant end(Requests.Line line) {
    return Objects.requireNonNull(line.expiresAt());
  }

  private List<HomeView.Waiting> waiting(String me, List<Request> forMe) {
    var story = new Story(directory);
    return forMe.stream()
        .filter(Pending.class::isInstance)
        .map(Pending.class::cast)
        .map(
            request ->
                new HomeView.Waiting(
                    request.id(),
                    story.what(request).who(),
                    request.asked().plan().title(),
                    request.lasts(),
                    request.asked().startsAt(),
                    Story.answerBy(request),
                    request
                        .open()
                        .standsInFor(me)
                        .map(of -> Story.nameOf(directory, of))
                        .orElse(null),
                    Paths.decideSignedIn(request.id())))
        .toList();
  }

  /** What an owner has to do by hand; nobody does it about their own access. */
  private Stream<HomeView.Task> tasks(Visitor.Known me) {
    return HandTasks.of(me.email(), catalog.get(), requests).stream()
        .filter(request -> !request.asked().requester().equals(me.email()))
        .flatMap(
            request ->
                request
                    .byHand()
                    .map(task -> task(request, ToDo.of(request, task), task.openedAt()))
                    .stream());
  }

  /** The emergencies that somebody is to review: these come before all work by hand. */
  private Stream<HomeView.Task> reviews(List<Request> forMe) {
    return forMe.stream()
        .flatMap(
            request ->
                request
                    .openReview()
                    .map(review -> task(request, ToDo.REVIEW, review.openedAt()))
                    .stream());
  }

  private HomeView.Task task(Request request, ToDo what, Instant since) {
    var plan = request.asked().plan();
    return new HomeView.Task(
        request.id(),
        what,
        Story.nameOf(directory, request.asked().requester()),
        plan.roleTitle(),
        plan.systemTitle(),
        since);
  }

  /** Open ones first; within both, newest first as the index has them. */
  private List<HomeView.Asked> mine(List<Requests.Line> lines) {
    var story = new Story(directory);
    var told =
        requests
            .all(
                lines.stream()
                    .filter(line -> Story.needsTheRequest(line.status()))
                    .map(Requests.Line::id)
                    .toList())
            .stream()
            .collect(Collectors.toMap(Request::id, story::status));
    return lines.stream()
        .sorted(Comparator.comparing(line -> line.status().isFinal()))
        .map(
            line ->
                new HomeView.Asked(
                    line.id(),
                    line.title(),
                    line.createdAt(),
                    told.getOrDefault(line.id(), Story.status(line.status(), line.expiresAt()))))
        .toList();
  }

  /** What I asked for others, which is theirs and not mine: open ones first. */
  private List<HomeView.Asked> forOthers(String me) {
    var story = new Story(directory);
    return requests.all(requests.forOthers(me, LINES, null).ids()).stream()
        .sorted(Comparator.comparing(request -> request.status().isFinal()))
        .map(
            request ->
                new HomeView.Asked(
                    request.id(),
                    request.asked().plan().title(),
                    Story.nameOf(directory, request.asked().requester()),
                    request.asked().at(),
                    story.status(request)))
        .toList();
  }

  /** What I may ask for: what I asked for last, then what is for my teams, then the rest. */
  private static List<FindView.Offer> likely(
      List<FindView.Offer> offers, List<Requests.Line> lines) {
    var used = lines.stream().map(Requests.Line::runbook).distinct().toList();
    return offers.stream()
        .filter(offer -> offer.open() || offer.forOthers())
        .sorted(
            Comparator.comparing(
                    (FindView.Offer offer) ->
                        used.contains(offer.runbook())
                            ? used.indexOf(offer.runbook())
                            : used.size())
                .thenComparing(offer -> !offer.mine()))
        .toList();
  }

  private static HttpResponse answer(Page page, FormToken token) {
    return HttpResponse.page(200, page).withCookies(token.setCookies());
  }
}
