package dev.daypass.approval;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Outcome;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.Said;
import dev.daypass.access.Stage;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Links;
import dev.daypass.store.Requests;
import dev.daypass.store.Waiting;
import dev.daypass.store.Waits;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.DecideView;
import dev.daypass.web.Form;
import dev.daypass.web.FormToken;
import dev.daypass.web.Frame;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.LinkView;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Page;
import dev.daypass.web.Pages;
import dev.daypass.web.Person;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.RequestView;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages on which approvers decide: behind the link in a mail, and signed in. Showing changes
 * nothing; a link is open while the request says that this stage is open and this person is asked.
 */
final class ApprovalPages {
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  /**
   * Who decides what, and how the page was reached.
   *
   * @param who the visitor, if signed in on the page of the request
   * @param link if the page was reached by one
   */
  private record Reader(
      Request request,
      int stage,
      String email,
      Visitor.@Nullable Known who,
      Links.@Nullable Link link,
      String path) {}

  /** What is in the fields, to be shown again where the form was not accepted. */
  private record Typed(String code, String duration, String comment, String to) {
    static final Typed NOTHING = new Typed("", "", "", "");
  }

  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final Standing standing;
  private final Requests requests;
  private final Links links;
  private final Waits waits;
  private final Decisions decisions;
  private final Supplier<Invitations> invitations;
  private final Beside beside;
  private final Directory directory;
  private final InstantSource clock;

  ApprovalPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      Standing standing,
      Requests requests,
      Links links,
      Waits waits,
      Decisions decisions,
      Supplier<Invitations> invitations,
      Beside beside,
      Directory directory,
      InstantSource clock) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.standing = standing;
    this.requests = requests;
    this.links = links;
    this.waits = waits;
    this.decisions = decisions;
    this.invitations = invitations;
    this.beside = beside;
    this.directory = directory;
    this.clock = clock;
  }

  // The link of a mail

  HttpResponse showLink(HttpRequest call) {
    identity.requireOpen();
    var reader = linked(call);
    if (reader.isEmpty()) {
      return unknownLink(call);
    }
    if (needsSession(reader.get())) {
      // Whoever is not signed in does that first, and comes back here.
      identity.require(call);
    }
    if (needsNoCode(call, reader.get())) {
      return HttpResponse.seeOther(signedInPath(reader.get()));
    }
    return show(call, 200, reader.get(), Typed.NOTHING, List.of());
  }

  /**
   * Whether the code from the mail proves less than is known already: whoever was asked is signed
   * in. They decide on their own page, by its rules and with that proof; a link with a code never
   * counts without the code.
   */
  private boolean needsNoCode(HttpRequest call, Reader reader) {
    return openFor(reader) != null
        && demanded(reader) == Proof.MAILBOX
        && identity.visitor(call) instanceof Visitor.Known me
        && me.email().equals(reader.email());
  }

  private static String signedInPath(Reader reader) {
    return Paths.decideSignedIn(reader.request().id()) + "?stage=" + reader.stage();
  }

  /** Whether there is something to decide here for which a code from the mail is not enough. */
  private static boolean needsSession(Reader reader) {
    return openFor(reader) != null && demanded(reader) != Proof.MAILBOX;
  }

  HttpResponse decideByLink(HttpRequest call) {
    identity.requireOpen();
    var form = call.form();
    antiForgery.checkOfAnybody(call, form);
    var reader = linked(call);
    return reader.isEmpty() ? unknownLink(call) : decide(call, form, reader.get());
  }

  /** A new link with a new code, once for each link whose tries are used up. */
  HttpResponse newMail(HttpRequest call) {
    identity.requireOpen();
    antiForgery.checkOfAnybody(call, call.form());
    var found = linked(call);
    if (found.isEmpty()) {
      return unknownLink(call);
    }
    var reader = found.get();
    var link = reader.link();
    var pending = openFor(reader);
    if (link == null || pending == null || link.triesLeft() > 0) {
      return HttpResponse.seeOther(reader.path());
    }
    var mark = newMail(link);
    if (waits.claim(pending.id(), mark, clock.instant())) {
      boolean sent = false;
      try {
        sent = invitations.get().sendAnew(pending, reader.email());
      } finally {
        if (!sent) {
          waits.release(pending.id(), mark);
        }
      }
      if (!sent) {
        throw new HttpProblem(Problem.unavailable(Said.of("problem.mail-not-sent")));
      }
    }
    var token = antiForgery.token(call);
    var sentTo = directory.person(reader.email());
    var frame = frames.ofLink(call, sentTo, token);
    var story = new Story(directory);
    return answer(
        200,
        pages.link(
            new LinkView(
                frame,
                named(sentTo, reader),
                story.what(reader.request()),
                new LinkView.State.NewMailSent(null))),
        token);
  }

  private Optional<Reader> linked(HttpRequest call) {
    var secret = call.pathParameter("token");
    var now = clock.instant();
    if (links.isGuessing(call.sourceIp(), now)) {
      throw new HttpProblem(
          Problem.tooMany(Said.of("problem.too-many-links", Links.MISSES_COUNT_FOR)));
    }
    var link = links.find(secret, now);
    if (link.isEmpty()) {
      links.missed(call.sourceIp(), now);
    }
    return link.map(
        known ->
            new Reader(
                requests
                    .find(known.request())
                    .orElseThrow(() -> new NoSuchRequest(known.request())),
                known.stage(),
                known.approver(),
                null,
                known,
                Paths.decide(secret)));
  }

  private HttpResponse unknownLink(HttpRequest call) {
    var token = antiForgery.token(call);
    return answer(
        404,
        pages.link(
            new LinkView(frames.ofNobody(call, token), null, null, new LinkView.State.NotKnown())),
        token);
  }

  // Signed in

  HttpResponse showSignedIn(HttpRequest call) {
    return show(call, 200, signedIn(call), Typed.NOTHING, List.of());
  }

  HttpResponse decideSignedIn(HttpRequest call) {
    var reader = signedIn(call);
    var form = call.form();
    antiForgery.check(call, form, reader.email());
    return decide(call, form, reader);
  }

  private Reader signedIn(HttpRequest call) {
    var me = identity.require(call);
    var id = call.pathParameter("id");
    var found = Optional.of(id).filter(RequestId::isOne).flatMap(requests::find);
    var request = standing.requireApprover(me, found);
    int stage = stage(call, request);
    return new Reader(
        request, stage, me.email(), me, null, Paths.decideSignedIn(id) + "?stage=" + stage);
  }

  /**
   * The stage the form was shown for, so that nobody decides one that opened meanwhile; the latest
   * if the address names none.
   *
   * @throws HttpProblem 400 if it names one that has not begun, or something else
   */
  static int stage(HttpRequest call, Request request) {
    int last = request.stages().size() - 1;
    var asked = call.query().get("stage");
    if (asked == null) {
      return last;
    }
    if (!asked.matches("0|[1-9][0-9]?") || Integer.parseInt(asked) > last) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.no-such-stage")));
    }
    return Integer.parseInt(asked);
  }

  // Both

  /** The request, if this stage is open and this person is asked and has not decided. */
  private static @Nullable Pending openFor(Reader reader) {
    return reader.request() instanceof Pending pending
            && pending.stage() == reader.stage()
            && Waiting.isFor(reader.email(), pending)
        ? pending
        : null;
  }

  private HttpResponse show(
      HttpRequest call, int status, Reader reader, Typed typed, List<Refusal> errors) {
    var token = antiForgery.token(call);
    var who = reader.who();
    Frame frame;
    @Nullable String sentTo = null;
    if (who == null) {
      var person = directory.person(reader.email());
      frame = frames.ofLink(call, person, token);
      sentTo = named(person, reader);
    } else {
      frame = frames.of(call, who, token);
    }
    var story = new Story(directory);
    var what = story.what(reader.request());
    var pending = openFor(reader);
    if (pending == null) {
      var unsent = status == 409 ? typed.comment() : "";
      if (isForWhoSignsIn(call, reader)) {
        var hidden = new LinkView.State.Hidden(OwnPath.signInFor(reader.path()));
        return answer(
            status,
            pages.link(new LinkView(frame, sentTo, null, hidden, null, null, unsent)),
            token);
      }
      var pressed = status == 409 ? Decisions.pressed(call.form()) : Decisions.pressedBefore(call);
      var closed = closedState(call, reader, pressed);
      var task =
          Story.isSetUpByHandBy(reader.request(), reader.email())
              ? Paths.request(reader.request().id())
              : null;
      var withdraw =
          closed instanceof LinkView.State.Decided decided
                  && decided.you()
                  && mayWithdraw(reader.request(), reader.email())
              ? Paths.request(reader.request().id())
              : null;
      return answer(
          status,
          pages.link(new LinkView(frame, sentTo, what, closed, task, withdraw, unsent)),
          token);
    }
    var link = reader.link();
    if (link != null
        && identity.visitor(call) instanceof Visitor.Known me
        && !me.email().equals(reader.email())) {
      return ofAnother(call, status, me, sentTo, reader, pending);
    }
    if (link != null && link.triesLeft() == 0) {
      return usedUp(status, frame, sentTo, what, link, call, token);
    }
    var view =
        new DecideView(
            frame,
            reader.path(),
            sentTo,
            what,
            beside.allows(pending),
            beside.guidance(pending),
            story.decisions(pending),
            beside.history(pending),
            story.ifNothing(pending, reader.email()),
            Story.pleaseAnswer(pending, reader.email()),
            DecideView.Time.of(pending, typed.duration()),
            handOver(pending, reader, typed),
            story.standsInFor(pending, reader.email()),
            link != null && demanded(reader) == Proof.MAILBOX
                ? new DecideView.Code(link.triesLeft(), Links.MOST_TRIES, typed.code())
                : null,
            signInAgain(call, reader),
            typed.comment(),
            story.byName(errors));
    return answer(status, pages.decide(view), token);
  }

  /** To whom the reader can hand it over. */
  private DecideView.HandOver handOver(Pending pending, Reader reader, Typed typed) {
    if (pending.open().standsInFor(reader.email()).isPresent()) {
      return new DecideView.HandOver(List.of(), "", null);
    }
    var people =
        decisions.mayTake(pending, reader.email()).stream()
            .map(each -> new Person(each.name(), each.email()))
            .toList();
    return new DecideView.HandOver(people, typed.to(), null);
  }

  private LinkView.State closedState(HttpRequest call, Reader reader, Optional<Answer> pressed) {
    return new Story(directory)
        .closed(reader.request(), reader.stage(), reader.email())
        .seenBy(!isSignedInAsAnother(call, reader))
        .after(pressed);
  }

  /** Whether the link alone shows nothing: it did not while there was something to decide. */
  private boolean isForWhoSignsIn(HttpRequest call, Reader reader) {
    return reader.link() != null
        && demanded(reader) != Proof.MAILBOX
        && !(identity.visitor(call) instanceof Visitor.Known me
            && me.email().equals(reader.email()));
  }

  /**
   * Whether this person has approved it and others are still asked. After the last yes it is set up
   * within seconds: no time to be told that one can take it back.
   */
  private static boolean mayWithdraw(Request request, String person) {
    boolean waits =
        request instanceof Pending
            || (request instanceof Request.Scheduled && request.asked().startsAt() != null);
    return waits && Stage.approvers(request.stages()).contains(person);
  }

  /** Whose link it is; the mail with it greets them by this name. */
  private static String named(Optional<dev.daypass.runbook.Person> person, Reader reader) {
    return person.map(dev.daypass.runbook.Person::name).orElse(reader.email());
  }

  /** Where to sign in anew, if the decision needs that and it is too long ago. */
  private @Nullable String signInAgain(HttpRequest call, Reader reader) {
    return demanded(reader) == Proof.FRESH
            && !(identity.visitor(call) instanceof Visitor.Known known
                && known.proof() == Proof.FRESH)
        ? OwnPath.signInAgainFor(reader.path())
        : null;
  }

  private HttpResponse usedUp(
      int status,
      Frame frame,
      @Nullable String sentTo,
      RequestView.What what,
      Links.Link link,
      HttpRequest call,
      FormToken token) {
    var state =
        waits.sent(link.request()).contains(newMail(link))
            ? new LinkView.State.NewMailSent(Paths.decideSignedIn(link.request()))
            : new LinkView.State.TriesUsedUp(Paths.newMail(call.pathParameter("token")));
    return answer(status, pages.link(new LinkView(frame, sentTo, what, state)), token);
  }

  /** By what it is remembered that a new mail took the place of this link. */
  private static String newMail(Links.Link link) {
    return "NEW_MAIL#" + link.hash();
  }

  private static Proof demanded(Reader reader) {
    return reader.request().asked().plan().stages().get(reader.stage()).proof();
  }

  private HttpResponse decide(HttpRequest call, Form form, Reader reader) {
    if (openFor(reader) == null) {
      return closed(call, reader, Decisions.pressed(form), typed(form));
    }
    if (isOfAnother(call, reader)) {
      // Also where the code would do: it proves a mailbox, and who reads it there is known.
      return show(call, 403, reader, Typed.NOTHING, List.of());
    }
    var typed = typed(form);
    if (Decisions.isHandover(form)) {
      return handOver(call, reader, typed);
    }
    var pressed = Decisions.pressed(form);
    if (pressed.isEmpty()) {
      return show(call, 422, reader, typed, List.of(Decisions.nothingPressed()));
    }
    var answer = pressed.get();
    Duration duration;
    try {
      duration = Decisions.chosen(form, answer);
    } catch (HttpProblem unreadable) {
      return show(call, 422, reader, typed, unreadable.problem().errors());
    }
    var link = reader.link();
    if (link != null && demanded(reader) == Proof.MAILBOX) {
      var checked = checkCode(call, reader, link, typed);
      if (checked.isPresent()) {
        return checked.get();
      }
      return decide(
          call, reader, answer, duration, typed, Proof.MAILBOX, "mail " + call.sourceIp());
    }
    return decide(
        call,
        reader,
        answer,
        duration,
        typed,
        identity.require(call).proof(),
        "page " + call.sourceIp());
  }

  private static Typed typed(Form form) {
    return new Typed(form.get("code"), form.get("duration"), form.get("comment"), form.get("to"));
  }

  /** What a decision must prove a handover must, too. */
  private HttpResponse handOver(HttpRequest call, Reader reader, Typed typed) {
    var link = reader.link();
    boolean byCode = false;
    if (link != null && demanded(reader) == Proof.MAILBOX) {
      byCode = true;
      var checked = checkCode(call, reader, link, typed);
      if (checked.isPresent()) {
        return checked.get();
      }
    }
    var outcome =
        decisions.handOver(
            reader.request().id(),
            new Decisions.SentOn(
                reader.stage(),
                reader.email(),
                typed.to(),
                typed.comment(),
                byCode ? Proof.MAILBOX : identity.require(call).proof(),
                (byCode ? "mail " : "page ") + call.sourceIp()));
    return switch (outcome) {
      case Outcome.Changed _, Outcome.Unchanged _ -> HttpResponse.seeOther(reader.path());
      case Outcome.Refused refused -> refused(call, reader, refused, Optional.empty(), typed);
    };
  }

  /**
   * The page says what happened, and that this button came too late if another was pressed. What
   * was typed is shown again at once, unless it was sent with the same answer before.
   */
  private HttpResponse closed(
      HttpRequest call, Reader reader, Optional<Answer> pressed, Typed typed) {
    boolean sentBefore =
        closedState(call, reader, pressed) instanceof LinkView.State.Decided decided
            && decided.you()
            && !decided.stays();
    if (!typed.comment().isEmpty() && !sentBefore) {
      return show(call, 409, reader, typed, List.of());
    }
    return HttpResponse.seeOther(Decisions.after(reader.path(), pressed));
  }

  private boolean isSignedInAsAnother(HttpRequest call, Reader reader) {
    return identity.visitor(call) instanceof Visitor.Known me && !me.email().equals(reader.email());
  }

  /** Whether this is somebody's link, and somebody else is signed in. */
  private boolean isOfAnother(HttpRequest call, Reader reader) {
    return reader.link() != null && isSignedInAsAnother(call, reader);
  }

  /** What whoever is signed in as somebody else sees in place of the form. */
  private HttpResponse ofAnother(
      HttpRequest call,
      int status,
      Visitor.Known me,
      @Nullable String sentTo,
      Reader reader,
      Pending pending) {
    var token = antiForgery.token(call);
    boolean asked = Waiting.isFor(me.email(), pending);
    var state =
        new LinkView.State.OfAnother(
            new Person(Story.nameOf(directory, me.email()), me.email()),
            pending.asked().isBy(me.email()) ? Standing.mayNotDecide(me, pending) : null,
            asked ? Paths.decideSignedIn(pending.id()) + "?stage=" + reader.stage() : null);
    return answer(
        status,
        pages.link(
            new LinkView(
                frames.of(call, me, token), sentTo, new Story(directory).what(pending), state)),
        token);
  }

  /** The answer to a code that does not count; empty if it is the right one. */
  private Optional<HttpResponse> checkCode(
      HttpRequest call, Reader reader, Links.Link link, Typed typed) {
    var code = typed.code().replaceAll("\\s", "");
    if (!CODE.matcher(code).matches()) {
      return Optional.of(
          show(call, 422, reader, typed, List.of(Refusals.of("code-missing", "code"))));
    }
    var tried = links.useTry(link);
    if (tried.isEmpty()) {
      return Optional.of(HttpResponse.seeOther(reader.path()));
    }
    if (tried.get().hasCode(code)) {
      links.rightCode(link);
      return Optional.empty();
    }
    var counted =
        new Reader(
            reader.request(),
            reader.stage(),
            reader.email(),
            reader.who(),
            tried.get(),
            reader.path());
    return Optional.of(show(call, 422, counted, typed, List.of(Refusals.of("code-wrong", "code"))));
  }

  private HttpResponse decide(
      HttpRequest call,
      Reader reader,
      Answer answer,
      @Nullable Duration duration,
      Typed typed,
      Proof proof,
      String via) {
    var outcome =
        decisions.decide(
            reader.request().id(),
            new Decisions.Sent(
                reader.stage(), reader.email(), answer, duration, typed.comment(), proof, via));
    return switch (outcome) {
      case Outcome.Changed _ -> HttpResponse.seeOther(reader.path());
      case Outcome.Unchanged _ -> closed(call, reader, Optional.of(answer), typed);
      case Outcome.Refused refused -> refused(call, reader, refused, Optional.of(answer), typed);
    };
  }

  /** The form with what is wrong, or what has happened where there is nothing left to decide. */
  private HttpResponse refused(
      HttpRequest call,
      Reader reader,
      Outcome.Refused refused,
      Optional<Answer> pressed,
      Typed typed) {
    var now =
        new Reader(
            refused.request(),
            reader.stage(),
            reader.email(),
            reader.who(),
            reader.link(),
            reader.path());
    return openFor(now) == null
        ? closed(call, now, pressed, typed)
        : show(call, 422, now, typed, refused.refusals());
  }

  private static HttpResponse answer(int status, Page page, FormToken token) {
    return HttpResponse.page(status, page).withCookies(token.setCookies());
  }
}
