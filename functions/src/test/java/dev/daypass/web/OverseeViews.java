package dev.daypass.web;

import static dev.daypass.web.SampleViews.FRAME;
import static dev.daypass.web.SampleViews.HOSTILE;
import static dev.daypass.web.SampleViews.JONAS;
import static dev.daypass.web.SampleViews.MIA;
import static dev.daypass.web.SampleViews.NOW;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Chain;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of those who look after access, on an ordinary, an empty and a bad day. */
final class OverseeViews {
  private static final FindingView ERROR =
      new FindingView(
          true,
          Said.of("oversee.place.owners"),
          Said.of("oversee.finding.left", "ana@example.com"),
          Said.of("oversee.remedy.other-person"));
  private static final FindingView WARNING =
      new FindingView(
          false,
          Said.of("oversee.place.stage", 1),
          Said.of(
              "oversee.finding.no-manager", Said.of("oversee.some", List.of("ana@example.com"))),
          Said.of("oversee.remedy.no-manager"));

  private OverseeViews() {}

  static Map<String, Page> all(Pages pages) {
    var all = new LinkedHashMap<String, Page>();
    all.put("systems", pages.systems(systems(true, false)));
    all.put("systems-all", pages.systems(systems(true, true)));
    all.put("systems-none", pages.systems(new SystemsView(FRAME, List.of(), List.of(), false)));
    all.put(
        "systems-unpublished", pages.systems(new SystemsView(FRAME, List.of(), List.of(), true)));
    all.put("system", pages.system(system("Read the address", false, null)));
    all.put("system-hostile", pages.system(system(HOSTILE, true, "/systems/crm?access=x")));
    all.put("system-empty", pages.system(emptySystem()));
    all.put("runbooks", pages.runbooks(runbooks(List.of(ERROR, WARNING))));
    all.put("runbooks-fine", pages.runbooks(runbooks(List.of())));
    all.put("runbooks-none", pages.runbooks(new RunbooksView(FRAME, List.of(), List.of())));
    all.put("runbook", pages.runbook(runbook("Look, do not copy.")));
    all.put("runbook-hostile", pages.runbook(runbook(HOSTILE)));
    all.put("explain", pages.explain(explain("View a customer record")));
    all.put("explain-hostile", pages.explain(explain(HOSTILE)));
    all.put(
        "explain-wrong",
        pages.explain(
            new ExplainView(
                FRAME,
                true,
                new ExplainView.Entered("nobody", "none", "then"),
                List.of(),
                List.of(
                    Refusals.of("explain-nobody", "person"),
                    Refusals.of("explain-runbook", "runbook"),
                    Refusals.of("explain-moment", "on")),
                null)));
    all.put("person", pages.person(person("Mia Torres", "Read the address", MIA)));
    all.put("person-hostile", pages.person(person(HOSTILE, HOSTILE, new Person(HOSTILE, "a@b.c"))));
    all.put("person-new", pages.person(emptyPerson(true, false)));
    all.put("person-left", pages.person(emptyPerson(false, true)));
    all.put("audit", pages.audit(audit("", List.of(), null)));
    all.put("audit-found", pages.audit(audit("Any", List.of(), found("Any", null))));
    all.put("audit-broken", pages.audit(audit(HOSTILE, List.of(), found(HOSTILE, HOSTILE))));
    all.put(
        "audit-none",
        pages.audit(
            audit("Any", List.of(), new AuditView.Found(List.of(), null, false, false, null))));
    all.put(
        "audit-wrong", pages.audit(audit("x", List.of(Refusals.of("audit-person", "what")), null)));
    return all;
  }

  private static PersonView person(String name, String text, Person manager) {
    var since = NOW.minus(Duration.ofHours(1));
    var until = NOW.plus(Duration.ofHours(3));
    var status = Telling.beingTakenAway();
    return new PersonView(
        FRAME,
        name,
        "mia@example.com",
        manager,
        List.of("admins", "support"),
        ZoneId.of("America/New_York"),
        Locale.GERMAN,
        true,
        new PersonView.Part<>(List.of(JONAS, manager), "/admin/people/x?reports=y", false),
        new PersonView.Part<>(
            List.of(
                new PersonView.Access("r-1", text, text, text, status, since, until),
                new PersonView.Access("r-2", text, text, text, status, null, null)),
            "/admin/people/x?access=y",
            false),
        new PersonView.Part<>(
            List.of(new HomeView.Asked("r-1", text, since, status)),
            "/admin/people/x?requests=y",
            true));
  }

  private static PersonView emptyPerson(boolean active, boolean later) {
    return new PersonView(
        FRAME,
        "Jonas Weber",
        "jonas@example.com",
        null,
        List.of(),
        ZoneOffset.UTC,
        Locale.ENGLISH,
        active,
        new PersonView.Part<>(List.of(), null, later),
        new PersonView.Part<>(List.of(), null, later),
        new PersonView.Part<>(List.of(), null, later));
  }

  private static SystemsView systems(boolean tasks, boolean all) {
    var crm = new SystemsView.Line("crm", "CRM", List.of("Mia Torres", "Jonas Weber"), tasks);
    var payroll = new SystemsView.Line("payroll", "Payroll", List.of(), false);
    return new SystemsView(FRAME, List.of(crm), all ? List.of(payroll) : List.of(), all);
  }

  private static AuditView audit(
      String text, List<Refusal> errors, AuditView.@Nullable Found found) {
    return new AuditView(
        FRAME,
        new AuditView.Asked(AuditView.By.PERSON, text, "2026-09", "2026-11"),
        List.of(new AuditView.Choice("crm", "CRM")),
        errors,
        found);
  }

  private static AuditView.Found found(String text, @Nullable String problem) {
    return new AuditView.Found(
        List.of(
            new AuditView.Line(
                "r-1",
                1,
                NOW,
                "mia.torres@example.com",
                AuditView.said("DECIDED", Map.of("answer", "APPROVE")),
                "jonas.weber@example.com",
                text,
                "crm",
                Map.of("kind", text),
                null,
                ""),
            new AuditView.Line(
                "r-1",
                2,
                NOW,
                "workflow",
                AuditView.said("SET_UP_ANSWERED", Map.of("result", "HELD")),
                "jonas.weber@example.com",
                text,
                "crm",
                Map.of(),
                "/requests/r-1/evidence/abc",
                ""),
            new AuditView.Line(
                "r-1", 3, null, "", null, "", "", "", Map.of("text", text), null, text)),
        "abc",
        true,
        true,
        new AuditView.Chain(3, problem));
  }

  private static SystemView system(String text, boolean tasks, @Nullable String more) {
    var since = NOW.minus(Duration.ofHours(1));
    var until = NOW.plus(Duration.ofHours(3));
    var status = Telling.beingTakenAway();
    return new SystemView(
        FRAME,
        "crm",
        text,
        tasks ? Said.of("done.taken-away", "Mia Torres", text) : null,
        null,
        List.of(new SystemView.Owner(MIA, true), new SystemView.Owner(JONAS, false)),
        List.of(
            new SystemView.Role(
                text, text, List.of(Said.of("oversee.runbook.limits.apart", text, text)))),
        tasks
            ? Stream.of(ToDo.values())
                .map(
                    todo ->
                        new SystemView.Task(
                            todo, "r-1", JONAS, text, since, List.of("Mia Torres"), text))
                .toList()
            : List.of(),
        tasks ? "/systems/crm?tasks=abc" : null,
        List.of(
            new SystemView.Access(
                "r-1", JONAS, true, text, text, status, false, since, until, false, true),
            new SystemView.Access(
                "r-2", MIA, false, text, text, status, false, since, until, true, false),
            new SystemView.Access(
                "r-3", JONAS, false, text, text, status, true, null, null, false, true),
            new SystemView.Access(
                "r-4", JONAS, false, text, text, status, false, since, since, false, false)),
        more,
        List.of(new SystemView.Waiting("r-5", JONAS, text, since, status)),
        more,
        more != null,
        false,
        false,
        List.of(
            new SystemView.Lead("crm-view-customer", text, text, List.of(WARNING)),
            new SystemView.Lead("crm-export", "Export", "", List.of())),
        List.of(ERROR),
        new SystemView.Hands(
            tasks, tasks ? List.of("Open Users.", text) : List.of(), List.of(text)),
        Said.of("oversee.chat.teams"));
  }

  private static SystemView emptySystem() {
    return new SystemView(
        FRAME, "crm", "CRM", null, null, List.of(), List.of(), List.of(), null, List.of(), null,
        List.of(), null, false, true, true, List.of(), List.of(), null, null);
  }

  private static RunbooksView runbooks(List<FindingView> findings) {
    return new RunbooksView(
        FRAME,
        List.of(
            new RunbooksView.Policy(
                "View a customer record",
                "/admin/runbooks/crm-view-customer",
                "Read customer records.",
                1_204,
                "Mia Torres",
                NOW,
                findings)),
        List.of(
            new RunbooksView.Policy(
                "CRM",
                "/systems/crm",
                "Viewer, Exporter",
                1,
                "nobody@example.com",
                NOW,
                List.of())));
  }

  private static ExplainView explain(String text) {
    return new ExplainView(
        FRAME,
        true,
        new ExplainView.Entered(text, "crm", text),
        List.of(new ExplainView.Choice("crm", text)),
        List.of(),
        new ExplainView.Answer(
            new Person(text, "a@b.c"),
            null,
            false,
            "crm",
            text,
            List.of(new ExplainView.Rule(true, Said.of("check.active", text))),
            List.of(
                new ExplainView.AtOnce(
                    "used-before",
                    List.of(
                        new ExplainView.Rule(false, Said.of("rule.in-group", text)),
                        new ExplainView.Rule(
                            true, Said.of("rule.used-before", Duration.ofDays(90))),
                        new ExplainView.Rule(true, Said.of("rule.publisher", text)),
                        new ExplainView.Rule(true, Said.of("rule.within-hours", text))),
                    List.of(Said.of("rule.has-ticket")))),
            List.of(
                new ExplainView.Rule(true, Said.of("check.break-glass")),
                new ExplainView.Rule(
                    false, Said.of("refusal.no-reviewer", List.of(Said.of("who.owners"))))),
            List.of(
                new Chain.Step(
                    Said.of("stage.titled", text),
                    List.of(new Upcoming(NOW, Said.of("chain.asked", text))))),
            Telling.comesAndGoes(true, text),
            NOW));
  }

  private static RunbookView runbook(String text) {
    return new RunbookView(
        FRAME,
        "crm-view-customer",
        text,
        new RunbookView.Home("crm", text),
        new RunbookView.Role(text, text),
        List.of(Said.of("oversee.who.members", 4, "support"), Said.of("oversee.who.everyone")),
        List.of(Said.of("oversee.who.their-manager")),
        Duration.ofHours(4),
        Duration.ofHours(8),
        Duration.ofHours(12),
        Duration.ofDays(14),
        true,
        List.of(Said.of("oversee.runbook.limits.at-once", 2)),
        List.of(
            new AskView.AtOnce(
                "used-before",
                List.of(Said.of("rule.in-group", text), Said.of("oversee.runbook.rule.hours")))),
        new RunbookView.Emergency(
            List.of(Said.of("oversee.who.members", 4, "support")),
            Duration.ofHours(1),
            List.of(Said.of("oversee.who.gone", text))),
        10,
        text,
        new RunbookView.Ticket("SUP-1", text),
        Said.of("oversee.proof.fresh"),
        Said.of("oversee.runbook.twice"),
        List.of(
            Said.of("oversee.hours", text, "Europe/Berlin"),
            Said.of("oversee.hours.monday", List.of("09:00-12:00", "13:00-17:00")),
            Said.of("oversee.hours.holiday", "25 December 2026", text)),
        List.of(
            new RunbookView.Stage(
                text,
                List.of(
                    Said.of(
                        "oversee.who.manager", Said.of("oversee.names", List.of("Mia Torres")))),
                Said.of("oversee.needed", 2),
                Duration.ofHours(1),
                Duration.ofHours(2),
                false,
                List.of(
                    Said.of(
                        "oversee.who.group",
                        "security",
                        Said.of("oversee.names.more", 3, List.of("Ana", "Ben")))),
                Duration.ofDays(1)),
            new RunbookView.Stage(
                null,
                List.of(Said.of("oversee.who.gone", "Jonas Weber")),
                Said.of("oversee.needed.all"),
                Duration.ofHours(1),
                null,
                false,
                List.of(),
                Duration.ofDays(1)),
            new RunbookView.Stage(
                null,
                List.of(Said.of("oversee.who.owners", Said.of("oversee.names", List.of("Ana")))),
                Said.of("oversee.needed", 1),
                Duration.ofHours(1),
                Duration.ofHours(2),
                true,
                List.of(Said.of("oversee.who.named", "Ben")),
                Duration.ofDays(1))),
        text,
        text,
        List.of(
            new RunbookView.Version(3, "Mia Torres", NOW, true),
            new RunbookView.Version(2, "Jonas Weber", NOW, false)),
        List.of(ERROR),
        true);
  }
}
