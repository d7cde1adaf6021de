package dev.daypass.oversee;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.AutoApproval;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Explanation;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.web.ExplainView;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Navigation;
import dev.daypass.web.Person;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.Visitor;
import dev.daypass.words.Chain;
import dev.daypass.words.Moment;
import dev.daypass.words.Telling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why somebody may or may not ask, and who would be asked: by the very rules that are asked when
 * they do. Changes nothing.
 */
final class ExplainPages {
  private final OverseeHandler.Uses uses;
  private final Standing standing;

  ExplainPages(OverseeHandler.Uses uses) {
    this.uses = uses;
    this.standing = new Standing(uses.catalog());
  }

  HttpResponse see(HttpRequest call) {
    var me = uses.identity().require(call);
    var token = uses.antiForgery().token(call);
    var frame = uses.frames().of(call, me, token);
    var entered =
        new ExplainView.Entered(
            call.query().getOrDefault("person", me.email()).strip().toLowerCase(Locale.ROOT),
            // Who may look only at themselves sees on the form what becomes of asking for others.
            frame.ways().contains(Navigation.Way.SYSTEMS)
                ? call.query().getOrDefault("by", "").strip().toLowerCase(Locale.ROOT)
                : "",
            call.query().getOrDefault("runbook", "").strip(),
            call.query().getOrDefault("on", "").strip());
    var now = uses.catalog().get();
    var runbook = now.runbook(entered.runbook());
    // An address alone, as the links of other pages lead here, is no question yet.
    boolean asked = !entered.person().isEmpty() && !entered.runbook().isEmpty();
    boolean others = frame.ways().contains(Navigation.Way.SYSTEMS);
    boolean yours =
        asked
            ? standing.mayExplain(me, entered.person(), runbook.map(Published::policy))
            : others || entered.person().equals(me.email());
    if (!yours && !others) {
      throw new HttpProblem(Problem.forbidden(Said.of("explain.problem.not-yours")));
    }
    var people = uses.directory().remembered();
    var person =
        Optional.of(entered.person())
            .filter(dev.daypass.runbook.Person::isEmail)
            .flatMap(people::person);
    boolean forOther = !entered.by().isEmpty() && !entered.by().equals(entered.person());
    var by =
        forOther
            ? Optional.of(entered.by())
                .filter(dev.daypass.runbook.Person::isEmail)
                .flatMap(people::person)
            : person;
    var on =
        entered.on().isEmpty()
            ? Optional.of(frame.speech().now())
            : Moment.of(entered.on(), frame.speech().zone());
    var wrong =
        !yours
            ? List.of(Refusals.of("explain-not-yours", "runbook"))
            : asked ? wrong(runbook, person, by, entered, on) : List.<Refusal>of();
    var view =
        new ExplainView(
            frame,
            others,
            entered,
            now.byTitle().stream()
                .map(each -> new ExplainView.Choice(each.policy().id(), each.policy().title()))
                .toList(),
            wrong,
            asked && wrong.isEmpty()
                ? answer(
                    now,
                    people,
                    runbook.orElseThrow(),
                    person.orElseThrow(),
                    by.orElseThrow(),
                    me,
                    frame.speech().now(),
                    on.orElseThrow())
                : null);
    return HttpResponse.page(!yours ? 403 : wrong.isEmpty() ? 200 : 400, uses.pages().explain(view))
        .withCookies(token.setCookies());
  }

  private static List<Refusal> wrong(
      Optional<Published<Runbook>> runbook,
      Optional<dev.daypass.runbook.Person> person,
      Optional<dev.daypass.runbook.Person> by,
      ExplainView.Entered entered,
      Optional<Instant> on) {
    var wrong = new ArrayList<Refusal>();
    if (person.isEmpty()) {
      wrong.add(
          Refusals.ofAddress(entered.person(), "person", Refusals.of("explain-nobody", "person")));
    } else if (by.isEmpty()) {
      wrong.add(Refusals.ofAddress(entered.by(), "by", Refusals.of("explain-nobody", "by")));
    }
    if (runbook.isEmpty()) {
      wrong.add(Refusals.of("explain-runbook", "runbook"));
    }
    if (on.isEmpty()) {
      wrong.add(Refusals.of("explain-moment", "on"));
    }
    return wrong;
  }

  private ExplainView.Answer answer(
      Catalog catalog,
      Directory people,
      Published<Runbook> published,
      dev.daypass.runbook.Person person,
      dev.daypass.runbook.Person by,
      Visitor.Known me,
      Instant now,
      Instant on) {
    var runbook = published.policy();
    var past = uses.requests().past(() -> now);
    var explanation =
        Planner.explain(
            catalog, people, past, runbook.id(), person.email(), by.email(), Optional.empty());
    boolean forOther = !by.equals(person);
    var plan = explanation.plan();
    return new ExplainView.Answer(
        new Person(person.name(), person.email()),
        forOther ? new Person(by.name(), by.email()) : null,
        !forOther && person.email().equals(me.email()),
        runbook.id(),
        runbook.title(),
        rules(explanation),
        plan.isEmpty() ? List.of() : atOnce(people, past, published, person, by, on),
        // An emergency is taken by people for themselves only.
        forOther || runbook.breakGlass() == null
            ? List.of()
            : rules(Planner.emergency(catalog, people, past, runbook.id(), person.email())),
        plan.map(
                each ->
                    Chain.steps(
                        each.stages(),
                        each.systemTitle(),
                        each.hours(),
                        on,
                        email -> Story.nameOf(people, email)))
            .orElse(List.of()),
        plan.map(
                each ->
                    forOther
                        ? Telling.comesAndGoesForOther(each.target().isByHand(), each.systemTitle())
                        : Telling.comesAndGoes(each.target().isByHand(), each.systemTitle()))
            .orElse(List.of()),
        on);
  }

  private static List<ExplainView.Rule> rules(Explanation explanation) {
    return explanation.checks().stream()
        .map(check -> new ExplainView.Rule(check.satisfied(), check.said()))
        .toList();
  }

  private static List<ExplainView.AtOnce> atOnce(
      Directory people,
      Past past,
      Published<Runbook> runbook,
      dev.daypass.runbook.Person person,
      dev.daypass.runbook.Person by,
      Instant on) {
    var wish =
        new AutoApproval.Wish(person, by.email(), runbook.policy().duration().usual(), "", on);
    return new AutoApproval(people, past)
        .weigh(runbook, wish).stream()
            .map(
                each ->
                    new ExplainView.AtOnce(
                        each.rule(),
                        each.conditions().stream()
                            .filter(condition -> !condition.isTyped())
                            .map(
                                condition ->
                                    new ExplainView.Rule(condition.holds(), condition.said()))
                            .toList(),
                        each.typed()))
            .toList();
  }
}
