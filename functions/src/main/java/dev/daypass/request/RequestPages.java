package dev.daypass.request;

import dev.daypass.access.Outcome;
import dev.daypass.access.OwnersTask;
import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
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
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Stage;
import dev.daypass.access.Target;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Ask;
import dev.daypass.runbook.AutoApproval;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.Requests;
import dev.daypass.store.Waiting;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.AskView;
import dev.daypass.web.Form;
import dev.daypass.web.FormToken;
import dev.daypass.web.Frames;
import dev.daypass.web.HomeView;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Page;
import dev.daypass.web.Pages;
import dev.daypass.web.Person;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.RequestView;
import dev.daypass.web.RequestView.Done;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.ToDo;
import dev.daypass.web.Visitor;
import dev.daypass.words.Chain;
import dev.daypass.words.Moment;
import dev.daypass.words.Paths;
import dev.daypass.words.Telling;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages to ask, to see and to end. */
final class RequestPages {
  private static final int LINES = 25;
  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final Asks asks;
  private final Endings endings;
  private final Extensions extensions;
  private final Hands hands;
  private final Reviews reviews;
  private final Answers answers;
  private final Standing standing;
  private final Requests requests;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final FormKeys keys;

  RequestPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      Asks asks,
      Endings endings,
      Extensions extensions,
      Hands hands,
      Reviews reviews,
      Answers answers,
      Standing standing,
      Requests requests,
      Supplier<Catalog> catalog,
      Directory directory,
      FormKeys keys) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.asks = asks;
    this.endings = endings;
    this.extensions = extensions;
    this.hands = hands;
    this.reviews = reviews;
    this.answers = answers;
    this.standing = standing;
    this.requests = requests;
    this.catalog = catalog;
    this.directory = directory;
    this.keys = keys;
  }

  HttpResponse askForm(HttpRequest call) {
    var me = identity.require(call);
    var id = call.pathParameter("runbook");
    var runbook = runbook(id);
    if (EmergencyPages.isForOnly(me, runbook, directory)
        && Planner.colleagues(runbook, directory, me.email()).isEmpty()) {
      return HttpResponse.seeOther(Paths.emergency(id));
    }
    var fresh =
        new AskView.Entered(
            runbook.duration().usual().toString(), "", "", "", requester(call.query(), me));
    return ask(call, 200, me, runbook, fresh, keys.next(), limitsReached(me, runbook, fresh));
  }

  /** For whom it is, as typed, if that is somebody else; empty if not. */
  private static String requester(Map<String, String> fields, Visitor.Known me) {
    return Optional.ofNullable(fields.get(AskView.REQUESTER))
        .map(typed -> typed.strip().toLowerCase(Locale.ROOT))
        .filter(typed -> !typed.equals(me.email()))
        .orElse("");
  }

  private static String whom(Visitor.Known me, AskView.Entered entered) {
    return entered.requester().isEmpty() ? me.email() : entered.requester();
  }

  /** Said before somebody types for nothing; whether it is for them at all is looked at anyway. */
  private List<Refusal> limitsReached(Visitor.Known me, Runbook runbook, AskView.Entered entered) {
    if (runbook.limits() == null
        && catalog.get().apart(runbook.system(), runbook.role()).isEmpty()) {
      return List.of();
    }
    return switch (preview(me, runbook, entered, asks.past())) {
      case Planning.Planned _ -> List.of();
      case Planning.Refused refused -> refused.refusals();
    };
  }

  private Planning preview(Visitor.Known me, Runbook runbook, AskView.Entered entered, Past past) {
    return Planner.preview(
        catalog.get(), directory, past, runbook.id(), whom(me, entered), me.email());
  }

  private HttpResponse ask(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Runbook runbook,
      AskView.Entered entered,
      String key,
      List<Refusal> errors) {
    var planning = preview(me, runbook, entered, Past.UNKNOWN);
    var others = others(me, runbook, entered, planning);
    return switch (planning) {
      case Planning.Planned(var plan, _, _, _) ->
          form(call, status, me, runbook, others, plan, entered, errors, key);
      case Planning.Refused(var refusals) when others == null -> throw notForYou(refusals);
      // Who may ask for others only, and has not said for whom, has done nothing wrong.
      case Planning.Refused(var refusals) ->
          entered.requester().isEmpty() && status == 200
              ? form(call, status, me, runbook, others, null, entered, List.of(), key)
              : form(call, 422, me, runbook, others, null, entered, refusals, key);
    };
  }

  /** For whom the visitor may ask; null if only for themselves. */
  private AskView.@Nullable Others others(
      Visitor.Known me, Runbook runbook, AskView.Entered entered, Planning planning) {
    var colleagues = Planner.colleagues(runbook, directory, me.email());
    boolean mine = entered.requester().isEmpty();
    boolean planned = planning instanceof Planning.Planned;
    if (colleagues.isEmpty() && (mine || !planned)) {
      return null;
    }
    return new AskView.Others(
        mine
            ? planned
            : preview(me, runbook, entered.withRequester(""), Past.UNKNOWN)
                instanceof Planning.Planned,
        colleagues.orElse(List.of()).stream().map(RequestPages::person).toList(),
        // Who there is, is shown to nobody who may not ask for them.
        mine || !planned
            ? null
            : directory.active(entered.requester()).map(RequestPages::person).orElseThrow());
  }

  private static Person person(dev.daypass.runbook.Person person) {
    return new Person(person.name(), person.email());
  }

  /**
   * @param others for whom the visitor may ask, or null if only for themselves
   * @param plan what would come of it; null while it is not known for whom
   */
  private HttpResponse form(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Runbook runbook,
      AskView.@Nullable Others others,
      @Nullable Plan plan,
      AskView.Entered entered,
      List<Refusal> errors,
      String key) {
    var token = antiForgery.token(call);
    var frame = frames.of(call, me, token);
    var ticket = runbook.ticket();
    boolean mine = entered.requester().isEmpty();
    var system = catalog.get().system(runbook.system()).orElseThrow().policy();
    var view =
        new AskView(
            frame,
            runbook.id(),
            runbook.title(),
            catalog.get().allows(runbook.system(), runbook.role()),
            others,
            system.title(),
            system.role(runbook.role()).map(TargetSystem.Role::title).orElse(runbook.role()),
            runbook.guidance().requester(),
            HowLong.choices(runbook.duration().usual(), runbook.duration().longest()),
            plan == null ? null : plan.extendable(),
            Optional.ofNullable(runbook.start()).map(Runbook.Start::within).orElse(null),
            runbook.reason().hint(),
            runbook.reason().atLeast(),
            ticket == null ? null : ticket.example(),
            plan == null ? List.of() : atOnce(me, runbook, plan, entered, frame.speech().now()),
            plan == null
                ? List.of()
                : Chain.steps(
                    plan.stages(),
                    plan.systemTitle(),
                    plan.hours(),
                    frame.speech().now(),
                    email -> Story.nameOf(directory, email)),
            plan == null
                ? List.of()
                : mine
                    ? Telling.comesAndGoes(
                        plan.target().isByHand(), plan.systemTitle(), runbook.start() != null)
                    : Telling.comesAndGoesForOther(
                        plan.target().isByHand(), plan.systemTitle(), runbook.start() != null),
            // What others have asked for is theirs to see.
            mine ? open(me.email(), runbook) : List.of(),
            mine && plan != null ? against(me.email(), plan) : List.of(),
            // An emergency is taken by people for themselves only.
            mine && EmergencyPages.isFor(me, runbook, directory),
            entered,
            errors,
            key);
    return answer(status, pages.ask(view), token);
  }

  /** What is typed is not known yet, so the rules that it alone keeps back count. */
  private List<AskView.AtOnce> atOnce(
      Visitor.Known me, Runbook runbook, Plan plan, AskView.Entered entered, Instant now) {
    var rules = new AutoApproval(directory, asks.past());
    return catalog
        .get()
        .runbook(plan.runbook())
        .filter(published -> !published.policy().autoApproval().isEmpty())
        .flatMap(
            published ->
                directory
                    .active(whom(me, entered))
                    .map(
                        person ->
                            rules.weigh(
                                published,
                                new AutoApproval.Wish(
                                    person, me.email(), runbook.duration().usual(), "", now))))
        .orElse(List.of())
        .stream()
        .filter(AutoApproval.Weighed::mayApprove)
        .map(each -> new AskView.AtOnce(each.rule(), each.typed()))
        .toList();
  }

  /** What nobody means to ask for twice by accident: the back button, a second tab. */
  private List<HomeView.Asked> open(String me, Runbook runbook) {
    var story = new Story(directory);
    var open =
        requests.of(me, LINES, null).lines().stream()
            .filter(line -> line.runbook().equals(runbook.id()) && !line.status().isFinal())
            .map(Requests.Line::id)
            .toList();
    // Read, and not told by the index alone: the start page says the same of them.
    return open.isEmpty()
        ? List.of()
        : requests.all(open).stream().map(request -> asked(request, story)).toList();
  }

  /** What nobody may have together with this, and the reader has or has asked for. */
  private List<HomeView.Asked> against(String me, Plan plan) {
    if (plan.apart().isEmpty()) {
      return List.of();
    }
    var apart =
        plan.apart().stream().map(other -> other.entitlement(me)).collect(Collectors.toSet());
    var story = new Story(directory);
    return requests.openNow(me).stream()
        .filter(request -> apart.contains(request.asked().entitlement()))
        .map(request -> asked(request, story))
        .toList();
  }

  private static HomeView.Asked asked(Request request, Story story) {
    return new HomeView.Asked(
        request.id(), request.asked().plan().title(), request.asked().at(), story.status(request));
  }

  private String allows(Plan plan) {
    return catalog.get().allows(plan.system(), plan.role());
  }

  private static HttpProblem notForYou(List<Refusal> refusals) {
    return new HttpProblem(Problem.forbidden(refusals));
  }

  private Runbook runbook(String id) {
    return catalog
        .get()
        .runbook(id)
        .orElseThrow(() -> new HttpProblem(Problem.notFound(Said.of("problem.no-such-runbook"))))
        .policy();
  }

  HttpResponse ask(HttpRequest call) {
    var me = identity.require(call);
    var form = call.form();
    antiForgery.check(call, form, me.email());
    var runbook = runbook(call.pathParameter("runbook"));
    var entered =
        new AskView.Entered(
            form.get("duration"),
            form.get(AskView.STARTS_AT).strip(),
            form.get("reason"),
            form.get("ticket"),
            requester(Map.of(AskView.REQUESTER, form.get(AskView.REQUESTER)), me));
    var key = FormKeys.of(form);
    Ask ask;
    try {
      ask =
          new Ask(
              runbook.id(),
              whom(me, entered),
              me.email(),
              HowLong.read(entered.duration()),
              start(call, me, entered.startsAt()),
              entered.reason(),
              entered.ticket());
    } catch (HttpProblem unreadable) {
      return ask(call, 422, me, runbook, entered, key, unreadable.problem().errors());
    }
    return switch (asks.ask(ask, key, me.proof(), "page " + call.sourceIp())) {
      case Asks.Result.Accepted accepted ->
          HttpResponse.seeOther(Done.SENT.at(Paths.request(accepted.request().id())));
      case Asks.Result.Refused refused ->
          ask(call, 422, me, runbook, entered, key, refused.refusals());
      // The back button after sending, and another text: that is a new request.
      case Asks.Result.KeyUsed used ->
          ask(
              call,
              422,
              me,
              runbook,
              entered,
              keys.next(),
              List.of(Refusals.of("sent-before", null, used.before().asked().plan().title())));
    };
  }

  /**
   * When access is to begin, by the clock of the page.
   *
   * @throws HttpProblem 422 if what was typed is no time
   */
  private Optional<Ask.Start> start(HttpRequest call, Visitor.Known me, String typed) {
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    var speech = frames.of(call, me, antiForgery.token(call)).speech();
    var at = Moment.of(typed, speech.zone());
    if (at.isEmpty()) {
      throw new HttpProblem(
          Problem.refused(List.of(Refusals.of("start-unclear", AskView.STARTS_AT))));
    }
    return Optional.of(new Ask.Start(at.get(), speech.now()));
  }

  HttpResponse see(HttpRequest call) {
    var me = identity.require(call);
    return see(call, 200, me, load(call, me), Typed.NOTHING, List.of());
  }

  private Request load(HttpRequest call, Visitor.Known me) {
    return requests
        .find(RequestApi.id(call))
        .filter(request -> standing.maySee(me, request))
        .orElseThrow(HttpProblem::noSuchRequest);
  }

  private HttpResponse see(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Request request,
      Typed typed,
      List<Refusal> errors) {
    var token = antiForgery.token(call);
    var frame = frames.of(call, me, token);
    var story = new Story(directory);
    boolean mine = me.email().equals(request.asked().requester());
    var ends = mine && request instanceof Active active ? ends(active) : List.<RequestView.End>of();
    var view =
        new RequestView(
            frame,
            story.what(request),
            allows(request.asked().plan()),
            systemPath(me, request),
            mine,
            story.status(request),
            story.because(request),
            story.askedNow(request),
            request instanceof Active active ? active.grant().expiresAt() : null,
            errors.isEmpty()
                ? Done.said(call, request, () -> alsoHeldUntil(request, frame.speech().now()))
                : null,
            refresh(request),
            mine ? note(request) : null,
            story.past(request, me.email(), standing.mayOpenEvidence(me, request)),
            story.next(request),
            actions(me, mine, request),
            ends,
            task(me, mine, request, typed),
            story.review(request).orElse(null),
            review(me, mine, request, typed),
            mine ? story.question(request, typed.note()) : null,
            typed.reason(),
            typed.note(),
            story.byName(errors));
    return answer(status, pages.request(view), token);
  }

  /** What was chosen, typed and attached in a form that was not accepted. */
  private record Typed(String reason, String result, String note, boolean attached) {
    private static final Typed NOTHING = new Typed("", "", "");

    Typed(String reason, String result, String note) {
      this(reason, result, note, false);
    }
  }

  private RequestView.@Nullable Task task(
      Visitor.Known me, boolean mine, Request request, Typed typed) {
    if (!standing.mayRevoke(me, request)) {
      return null;
    }
    return request.byHand().map(task -> task(task, mine, request, typed)).orElse(null);
  }

  private static RequestView.Task task(
      OwnersTask task, boolean mine, Request request, Typed typed) {
    var target = request.asked().plan().target();
    boolean isSetUp = task.work() == OwnersTask.Work.SET_UP;
    return new RequestView.Task(
        ToDo.of(request, task),
        mine,
        task.leftover(),
        task.openedAt(),
        target.settings().getOrDefault(Target.GROUP, ""),
        target.steps(isSetUp ? Target.SET_UP : Target.TAKE_AWAY),
        typed.result(),
        typed.note(),
        typed.attached());
  }

  private static RequestView.@Nullable Review review(
      Visitor.Known me, boolean mine, Request request, Typed typed) {
    return request.openReview().isPresent() && Standing.mayReview(me, request)
        ? new RequestView.Review(mine, typed.result(), typed.note())
        : null;
  }

  private Optional<Instant> alsoHeldUntil(Request request, Instant now) {
    return requests.alsoHeld(request, now).map(other -> other.grant().expiresAt());
  }

  /** Where whoever looks after the system sees who else has access to it; null for others. */
  private @Nullable String systemPath(Visitor.Known me, Request request) {
    return catalog
        .get()
        .system(request.asked().plan().system())
        .filter(system -> Standing.maySee(me, system.policy()))
        .map(system -> Paths.system(system.policy().id()))
        .orElse(null);
  }

  /**
   * Seconds until looking again is worth it: access lasts, what somebody waits for may come now.
   */
  private static int refresh(Request request) {
    return switch (request) {
      case Scheduled scheduled when scheduled.asked().startsAt() != null -> 20;
      case Pending _, Scheduled _, Provisioning _, Ending _ -> 4;
      case Active _ -> 20;
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> 0;
    };
  }

  private List<RequestView.End> ends(Active active) {
    var now = active.grant().expiresAt().truncatedTo(ChronoUnit.SECONDS);
    return extensions.ends(active).stream()
        .map(end -> new RequestView.End(end, Duration.between(now, end)))
        .toList();
  }

  private @Nullable String note(Request request) {
    var guidance =
        catalog
            .get()
            .runbook(request.asked().plan().runbook())
            .map(published -> published.policy().guidance().requester())
            .orElse("");
    return request instanceof Active && !guidance.isEmpty() ? guidance : null;
  }

  /** Whether owners have said that there is nothing to set up: it is over in a moment. */
  private static boolean isAnsweredToBeNone(Request request) {
    return request instanceof Provisioning provisioning
        && provisioning.task() != null
        && provisioning.task().answer() != null
        && provisioning.task().answer().result() != SetUpTask.Result.DONE;
  }

  private Set<RequestView.Action> actions(Visitor.Known me, boolean mine, Request request) {
    var actions = EnumSet.noneOf(RequestView.Action.class);
    if (request.asked().isBy(me.email())
        && (request instanceof Pending || request instanceof Scheduled)) {
      actions.add(RequestView.Action.CANCEL);
    }
    if (mine && request instanceof Active) {
      actions.add(RequestView.Action.GIVE_BACK);
    }
    if (mine && request instanceof Provisioning && !isAnsweredToBeNone(request)) {
      actions.add(RequestView.Action.WITHDRAW);
    }
    if (mine && request instanceof Active && extensions.canAskAgain(request)) {
      actions.add(RequestView.Action.ASK_LONGER);
    }
    if (mine && request.status().isFinal()) {
      actions.add(RequestView.Action.ASK_AGAIN);
    }
    // Whoever can withdraw it need not stop it.
    if (!mine
        && !actions.contains(RequestView.Action.CANCEL)
        && !request.status().isFinal()
        && !(request instanceof Ending)
        && !isAnsweredToBeNone(request)
        && standing.mayRevoke(me, request)) {
      actions.add(RequestView.Action.REVOKE);
    }
    if (!mine
        && (request instanceof Pending || request instanceof Scheduled)
        && Stage.approvers(request.stages()).contains(me.email())) {
      actions.add(RequestView.Action.WITHDRAW_APPROVAL);
    }
    if (request instanceof Pending pending && Waiting.isFor(me.email(), pending)) {
      actions.add(RequestView.Action.DECIDE);
    }
    return actions;
  }

  HttpResponse cancel(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    return answer(
        call, me, endings.cancel(id, me, "page " + call.sourceIp()), Typed.NOTHING, Done.CANCELLED);
  }

  HttpResponse withdrawApproval(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    var typed = new Typed("", "", call.form().get("comment"));
    return answer(
        call,
        me,
        endings.withdrawApproval(id, me, typed.note(), "page " + call.sourceIp()),
        typed,
        Done.APPROVAL_WITHDRAWN);
  }

  HttpResponse giveBack(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    return answer(
        call,
        me,
        endings.giveBack(id, me, "page " + call.sourceIp()),
        Typed.NOTHING,
        Done.GIVEN_BACK);
  }

  HttpResponse extend(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    if (call.form().get("until").isBlank()) {
      var nothing = Refusals.of("until-missing", "until");
      return see(call, 422, me, load(call, me), Typed.NOTHING, List.of(nothing));
    }
    Instant until;
    try {
      until = RequestApi.until(call.form().get("until"));
    } catch (HttpProblem unreadable) {
      return see(call, 422, me, load(call, me), Typed.NOTHING, unreadable.problem().errors());
    }
    return answer(
        call,
        me,
        extensions.extend(id, me, until, "page " + call.sourceIp()),
        Typed.NOTHING,
        Done.EXTENDED);
  }

  HttpResponse revoke(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    var reason = call.form().get("reason").strip();
    boolean fromSystem = call.form().get("from").equals("system");
    if (Texts.saysNothing(reason)) {
      var system = fromSystem ? systemPath(me, load(call, me)) : null;
      if (system != null) {
        return HttpResponse.seeOther(Done.noReasonAtSystem(system, id));
      }
      return see(
          call,
          422,
          me,
          load(call, me),
          Typed.NOTHING,
          List.of(Refusals.of("revoke-reason-missing", "reason")));
    }
    var outcome = endings.revoke(id, me, reason, "page " + call.sourceIp());
    var system = fromSystem ? systemPath(me, outcome.request()) : null;
    return system == null || outcome instanceof Outcome.Refused
        ? answer(call, me, outcome, new Typed(reason, "", ""), Done.REVOKED)
        : HttpResponse.seeOther(Done.atSystem(system, id));
  }

  HttpResponse setUp(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    var typed = new Typed("", call.form().get("result"), call.form().get("note"));
    var result = RequestApi.setUpResult(typed.result());
    if (result.isEmpty()) {
      // The API's own words name what a program sends; nobody sees those in a form.
      var missing = Refusals.of("result-unchosen", "result");
      return see(call, 422, me, load(call, me), typed, List.of(missing));
    }
    return answer(
        call,
        me,
        hands.setUp(id, me, result.get(), typed.note(), "page " + call.sourceIp()),
        typed,
        switch (result.get()) {
          case DONE -> Done.SET_UP;
          case HELD -> Done.HELD;
          case IMPOSSIBLE -> Done.NOT_SET_UP;
        });
  }

  HttpResponse takenAway(HttpRequest call) {
    var me = identity.require(call);
    var upload = call.formOrUpload(Attachment.LARGEST_BODY);
    var id = posted(call, me, upload.form());
    var attachment = Attachment.of(upload);
    var typed = new Typed("", "", upload.form().get("note"), attachment.isPresent());
    var via = "page " + call.sourceIp();
    var outcome =
        attachment
            .map(file -> hands.takenAway(id, me, typed.note(), file, via))
            .orElseGet(() -> hands.takenAway(id, me, typed.note(), via));
    return answer(call, me, outcome, typed, Done.TAKEN_AWAY);
  }

  HttpResponse evidence(HttpRequest call) {
    var me = identity.require(call);
    return hands.evidence(RequestApi.id(call), me, call.pathParameter("sha256"));
  }

  HttpResponse review(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    var typed = new Typed("", call.form().get("verdict"), call.form().get("note"));
    var verdict = Reviews.verdict(typed.result());
    if (verdict.isEmpty()) {
      var missing = new ArrayList<>(List.of(Refusals.of("verdict-unchosen", "verdict")));
      if (Texts.saysNothing(typed.note())) {
        missing.add(Refusals.of("review-note-missing", "note"));
      }
      return see(call, 422, me, load(call, me), typed, missing);
    }
    return answer(
        call,
        me,
        reviews.answer(id, me, verdict.get(), typed.note(), "page " + call.sourceIp()),
        typed,
        Done.REVIEWED);
  }

  HttpResponse answer(HttpRequest call) {
    var me = identity.require(call);
    var id = posted(call, me);
    var typed = new Typed("", "", call.form().get("answer"));
    var number = call.form().get("question");
    return answer(
        call,
        me,
        answers.answer(
            id,
            me,
            number.matches("[0-9]{1,2}") ? Integer.valueOf(number) : null,
            typed.note(),
            "page " + call.sourceIp()),
        typed,
        Done.ANSWERED);
  }

  private String posted(HttpRequest call, Visitor.Known me) {
    return posted(call, me, call.form());
  }

  private String posted(HttpRequest call, Visitor.Known me, Form form) {
    antiForgery.check(call, form, me.email());
    return RequestApi.id(call);
  }

  private HttpResponse answer(
      HttpRequest call, Visitor.Known me, Outcome outcome, Typed typed, Done done) {
    return switch (outcome) {
      case Outcome.Changed _, Outcome.Unchanged _ ->
          HttpResponse.seeOther(done.at(Paths.request(outcome.request().id())));
      case Outcome.Refused refused ->
          see(
              call,
              Problem.notDone(refused.refusals()).status(),
              me,
              refused.request(),
              typed,
              refused.refusals());
    };
  }

  private static HttpResponse answer(int status, Page page, FormToken token) {
    return HttpResponse.page(status, page).withCookies(token.setCookies());
  }
}
