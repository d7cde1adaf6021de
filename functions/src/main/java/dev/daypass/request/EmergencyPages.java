package dev.daypass.request;

import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.Ask;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.runbook.Runbook;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.EmergencyView;
import dev.daypass.web.Frames;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.RequestView.Done;
import dev.daypass.web.Story;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import dev.daypass.words.Telling;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The page on which access is taken in an emergency, for those whom its runbook names. */
final class EmergencyPages {
  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final Asks asks;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final FormKeys keys;

  EmergencyPages(
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      Asks asks,
      Supplier<Catalog> catalog,
      Directory directory,
      FormKeys keys) {
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.asks = asks;
    this.catalog = catalog;
    this.directory = directory;
    this.keys = keys;
  }

  /** Whether the runbook names this person for emergencies. */
  static boolean isFor(Visitor.Known me, Runbook runbook, Directory directory) {
    var glass = runbook.breakGlass();
    return glass != null && directory.active(me.email()).filter(glass::isFor).isPresent();
  }

  /** Whether the runbook names this person for emergencies, and nobody lets them ask else. */
  static boolean isForOnly(Visitor.Known me, Runbook runbook, Directory directory) {
    return isFor(me, runbook, directory)
        && directory
            .active(me.email())
            .filter(person -> runbook.mayAsk().stream().anyMatch(who -> who.means(person)))
            .isEmpty();
  }

  HttpResponse form(HttpRequest call) {
    var me = identity.require(call);
    var runbook = runbook(call);
    return show(call, 200, me, runbook, EmergencyView.Entered.NOTHING, keys.next(), List.of());
  }

  HttpResponse take(HttpRequest call) {
    var me = identity.require(call);
    var form = call.form();
    antiForgery.check(call, form, me.email());
    var runbook = runbook(call);
    var entered = new EmergencyView.Entered(form.get("duration"), form.get("reason"));
    var key = FormKeys.of(form);
    Optional<Duration> duration;
    try {
      duration = HowLong.read(entered.duration());
    } catch (HttpProblem unreadable) {
      return show(call, 422, me, runbook, entered, key, unreadable.problem().errors());
    }
    var ask = emergency(me, runbook, duration, entered.reason());
    return switch (asks.ask(ask, key, me.proof(), "page " + call.sourceIp())) {
      case Asks.Result.Accepted accepted ->
          HttpResponse.seeOther(Done.TAKEN.at(Paths.request(accepted.request().id())));
      case Asks.Result.Refused refused ->
          show(call, 422, me, runbook, entered, key, refused.refusals());
      // The back button after sending, and another text: that is a new emergency.
      case Asks.Result.KeyUsed used ->
          show(
              call,
              422,
              me,
              runbook,
              entered,
              keys.next(),
              List.of(Refusals.of("sent-before", null, used.before().asked().plan().title())));
    };
  }

  private static Ask emergency(
      Visitor.Known me, Runbook runbook, Optional<Duration> duration, String reason) {
    return new Ask(
        runbook.id(), me.email(), me.email(), duration, Optional.empty(), reason, "", true);
  }

  private HttpResponse show(
      HttpRequest call,
      int status,
      Visitor.Known me,
      Runbook runbook,
      EmergencyView.Entered entered,
      String key,
      List<Refusal> errors) {
    var plan = plan(me, runbook);
    var glass = runbook.breakGlass();
    if (glass == null) {
      throw new IllegalStateException("planned, and the runbook knows of no emergency");
    }
    var token = antiForgery.token(call);
    var usual = Collections.min(List.of(runbook.duration().usual(), glass.longest()));
    var view =
        new EmergencyView(
            frames.of(call, me, token),
            runbook.id(),
            plan.title(),
            catalog.get().allows(plan.system(), plan.role()),
            plan.systemTitle(),
            plan.roleTitle(),
            HowLong.choices(usual, glass.longest()),
            runbook.reason().hint(),
            runbook.reason().atLeast(),
            told(me, plan).stream().map(each -> Story.nameOf(directory, each)).toList(),
            reviewers(plan).stream().map(each -> Story.nameOf(directory, each)).toList(),
            hasAlready(me, plan),
            Telling.comesAtOnce(plan.target().isByHand(), plan.systemTitle()),
            me.proof().suffices(Proof.FRESH)
                ? null
                : OwnPath.signInAgainFor(Paths.emergency(runbook.id())),
            entered.duration().isEmpty()
                ? new EmergencyView.Entered(usual.toString(), entered.reason())
                : entered,
            errors,
            key);
    return HttpResponse.page(status, pages.emergency(view)).withCookies(token.setCookies());
  }

  private boolean hasAlready(Visitor.Known me, Plan plan) {
    return asks.past().open(me.email()).stream()
        .flatMap(List::stream)
        .anyMatch(each -> each.system().equals(plan.system()) && each.role().equals(plan.role()));
  }

  private static List<String> reviewers(Plan plan) {
    var glass = plan.glass();
    return glass == null ? List.of() : glass.reviewers();
  }

  /** All who hear of it at once. */
  private static List<String> told(Visitor.Known me, Plan plan) {
    var told = new LinkedHashSet<>(reviewers(plan));
    told.addAll(plan.owners());
    var glass = plan.glass();
    if (glass != null && glass.manager() != null) {
      told.add(glass.manager());
    }
    told.remove(me.email());
    return List.copyOf(told);
  }

  /**
   * What would come of it, whatever is typed.
   *
   * @throws HttpProblem 403 if it is not for this person
   */
  private Plan plan(Visitor.Known me, Runbook runbook) {
    var emergency =
        Planner.emergency(catalog.get(), directory, asks.past(), runbook.id(), me.email());
    return switch (emergency.planning()) {
      case Planning.Planned planned -> planned.plan();
      case Planning.Refused refused -> throw new HttpProblem(Problem.forbidden(refused.refusals()));
    };
  }

  private Runbook runbook(HttpRequest call) {
    return catalog
        .get()
        .runbook(call.pathParameter("runbook"))
        .orElseThrow(() -> new HttpProblem(Problem.notFound(Said.of("problem.no-such-runbook"))))
        .policy();
  }
}
