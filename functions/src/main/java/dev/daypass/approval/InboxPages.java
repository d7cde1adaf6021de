package dev.daypass.approval;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Outcome;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.Said;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.HandTasks;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import dev.daypass.store.Waiting;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.DecideView;
import dev.daypass.web.Frame;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.InboxView;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that waits for somebody, on one page. Each decision is posted by a form of its own and comes
 * back to what is left, with what came of it.
 */
final class InboxPages {
  private static final String DECIDED = "decided";

  /** What is in the fields. */
  private record Typed(String duration, String comment) {
    static final Typed NOTHING = new Typed("", "");
  }

  /** A form that was not accepted, to be shown again where it stood. */
  private record Refused(String request, Typed typed, List<Refusal> errors) {
    static final Refused NONE = new Refused("", Typed.NOTHING, List.of());
  }

  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final Standing standing;
  private final Requests requests;
  private final Inbox inbox;
  private final Decisions decisions;
  private final Beside beside;
  private final Supplier<Catalog> catalog;
  private final Directory directory;

  InboxPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      Standing standing,
      Requests requests,
      Inbox inbox,
      Decisions decisions,
      Beside beside,
      Supplier<Catalog> catalog,
      Directory directory) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.standing = standing;
    this.requests = requests;
    this.inbox = inbox;
    this.decisions = decisions;
    this.beside = beside;
    this.catalog = catalog;
    this.directory = directory;
  }

  HttpResponse show(HttpRequest call) {
    return show(call, 200, identity.require(call), Refused.NONE);
  }

  HttpResponse decide(HttpRequest call) {
    var me = identity.require(call);
    var form = call.form();
    antiForgery.check(call, form, me.email());
    var id = call.pathParameter("id");
    var request = standing.requireApprover(me, found(id));
    int stage = ApprovalPages.stage(call, request);
    var typed = new Typed(form.get("duration"), form.get("comment"));
    var pressed = Decisions.pressed(form);
    if (pressed.isEmpty()) {
      return refused(call, me, request, stage, typed, List.of(Decisions.nothingPressed()));
    }
    var answer = pressed.get();
    Duration duration;
    try {
      duration = Decisions.chosen(form, answer);
    } catch (HttpProblem unreadable) {
      return refused(call, me, request, stage, typed, unreadable.problem().errors());
    }
    var outcome =
        decisions.decide(
            id,
            new Decisions.Sent(
                stage,
                me.email(),
                answer,
                duration,
                typed.comment(),
                me.proof(),
                "page " + call.sourceIp()));
    return switch (outcome) {
      case Outcome.Changed _ -> HttpResponse.seeOther(done(id, stage));
      case Outcome.Unchanged _ -> closed(id, stage, pressed);
      case Outcome.Refused refused ->
          waits(refused.request(), stage, me.email())
              ? refused(call, me, refused.request(), stage, typed, refused.refusals())
              : closed(id, stage, pressed);
    };
  }

  /** The form again if there is still something to decide by it; else what happened meanwhile. */
  private HttpResponse refused(
      HttpRequest call,
      Visitor.Known me,
      Request request,
      int stage,
      Typed typed,
      List<Refusal> errors) {
    return waits(request, stage, me.email())
        ? show(call, 422, me, new Refused(request.id(), typed, errors))
        : HttpResponse.seeOther(done(request.id(), stage));
  }

  private static boolean waits(Request request, int stage, String me) {
    return request instanceof Pending pending
        && pending.stage() == stage
        && Waiting.isFor(me, pending);
  }

  private static HttpResponse closed(String id, int stage, Optional<Answer> pressed) {
    return HttpResponse.seeOther(Decisions.after(done(id, stage), pressed));
  }

  private static String done(String id, int stage) {
    return Paths.inbox() + "?" + DECIDED + "=" + id + "&stage=" + stage;
  }

  private Optional<Request> found(String id) {
    return Optional.of(id).filter(RequestId::isOne).flatMap(requests::find);
  }

  private HttpResponse show(HttpRequest call, int status, Visitor.Known me, Refused refused) {
    var token = antiForgery.token(call);
    var waiting = Waiting.all(me.email(), inbox, requests);
    // The moment that the page is of is not before what it shows.
    var frame = frames.of(call, me, token);
    var story = new Story(directory);
    var items =
        waiting.stream()
            .filter(Pending.class::isInstance)
            .map(request -> item((Pending) request, me, frame, story, refused))
            .toList();
    int reviews = waiting.size() - items.size();
    var done = refused.errors().isEmpty() ? done(call, me, story) : null;
    return HttpResponse.page(
            status, pages.inbox(new InboxView(frame, items, tasks(me), reviews, done)))
        .withCookies(token.setCookies());
  }

  private int tasks(Visitor.Known me) {
    return (int)
        HandTasks.of(me.email(), catalog.get(), requests).stream()
            .filter(request -> !request.asked().requester().equals(me.email()))
            .count();
  }

  private DecideView item(
      Pending request, Visitor.Known me, Frame frame, Story story, Refused refused) {
    boolean again = refused.request().equals(request.id());
    var typed = again ? refused.typed() : Typed.NOTHING;
    return new DecideView(
        frame,
        Paths.decideInInbox(request.id()) + "?stage=" + request.stage(),
        null,
        story.what(request),
        beside.allows(request),
        beside.guidance(request),
        story.decisions(request),
        beside.history(request),
        story.ifNothing(request, me.email()),
        Story.pleaseAnswer(request, me.email()),
        DecideView.Time.of(request, typed.duration()),
        // To whom takes reads of its own, for each of many requests: that page tells.
        new DecideView.HandOver(
            List.of(),
            "",
            Paths.decideSignedIn(request.id())
                + "?stage="
                + request.stage()
                + "#"
                + DecideView.HandOver.ANCHOR),
        story.standsInFor(request, me.email()),
        null,
        me.proof().suffices(request.open().plan().proof())
            ? null
            : OwnPath.signInAgainFor(Paths.inbox()),
        typed.comment(),
        again ? story.byName(refused.errors()) : List.of());
  }

  private InboxView.@Nullable Done done(HttpRequest call, Visitor.Known me, Story story) {
    var decided = call.query().get(DECIDED);
    if (decided == null) {
      return null;
    }
    if (!RequestId.isOne(decided)) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.no-such-page")));
    }
    return found(decided)
        .filter(request -> Standing.wasAsked(me, request))
        .filter(request -> !waits(request, ApprovalPages.stage(call, request), me.email()))
        .map(
            request ->
                new InboxView.Done(
                    story.what(request),
                    story
                        .closed(request, ApprovalPages.stage(call, request), me.email())
                        .after(Decisions.pressedBefore(call)),
                    Story.isSetUpByHandBy(request, me.email()) ? Paths.request(decided) : null))
        .orElse(null);
  }
}
