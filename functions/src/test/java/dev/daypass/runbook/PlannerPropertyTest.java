package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.CRM;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.runbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Plan;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class PlannerPropertyTest {
  private static final List<String> NAMES =
      List.of("lena", "amara", "omar", "ingrid", "ruth", "daniel", "grace");
  private static final List<String> GROUPS = List.of("support", "security", "finance");

  /** Who may ask for somebody else; mostly not everybody of the company. */
  private static final String[] OTHERS = {"manager", "group:support"};

  private static Ask ask(Runbook runbook, String requester, String asker) {
    return new Ask(
        runbook.id(),
        requester,
        asker,
        Optional.empty(),
        Optional.empty(),
        "Invoice of customer 17",
        "");
  }

  @Property(tries = 500)
  @Tag("properties.chains")
  void everyPlanCanBeDecidedByOthersAndEnds(
      @ForAll("companies") List<Person> company,
      @ForAll("chains") List<Runbook.Stage> stages,
      @ForAll("names") String requester,
      @ForAll("names") String askedBy) {
    var runbook = ForOthersTest.with(runbook(stages.toArray(Runbook.Stage[]::new)), OTHERS);
    var directory = Directory.of(company);
    var email = requester + "@example.com";
    var asker = askedBy + "@example.com";

    var planning =
        Planner.plan(published(runbook, CRM), directory, Past.UNKNOWN, ask(runbook, email, asker));

    switch (planning) {
      case Planning.Refused refused -> assertThat(refused.refusals()).isNotEmpty();
      case Planning.Planned planned -> {
        assertThat(directory.active(email)).isPresent();
        assertThat(directory.active(asker)).isPresent();
        assertThat(planned.plan().stages()).hasSameSizeAs(stages);
        for (int i = 0; i < stages.size(); i++) {
          var rounds = planned.plan().stages().get(i).rounds();
          for (var round : rounds) {
            assertThat(round.approvers()).doesNotContain(email, asker).doesNotHaveDuplicates();
            assertThat(round.approvers().size()).isLessThanOrEqualTo(Plan.MOST_APPROVERS);
            assertThat(round.needed()).isBetween(1, round.approvers().size());
            assertThat(round.approvers())
                .allMatch(approver -> directory.active(approver).isPresent());
          }
          var escalation = stages.get(i).escalation();
          // Later rounds ask more people, or others instead, and need no more of them.
          for (int r = 1; r < rounds.size(); r++) {
            if (escalation == null
                || !escalation.replaces()
                || rounds.get(r).kind() == RoundPlan.Kind.REMINDER) {
              assertThat(rounds.get(r).approvers()).containsAll(rounds.get(r - 1).approvers());
            }
            assertThat(rounds.get(r).needed()).isEqualTo(rounds.get(r - 1).needed());
          }
          assertThat(
                  rounds.stream().map(round -> round.lasts()).reduce(Duration.ZERO, Duration::plus))
              .isEqualTo(stages.get(i).lapseAfter());
        }
      }
    }
  }

  @Property(tries = 200)
  @Tag("properties.chains")
  void whoeverIsInAPlanMayDecideAsLongAsNothingChanges(
      @ForAll("companies") List<Person> company,
      @ForAll("chains") List<Runbook.Stage> stages,
      @ForAll("names") String requester,
      @ForAll("names") String askedBy) {
    var runbook = ForOthersTest.with(runbook(stages.toArray(Runbook.Stage[]::new)), OTHERS);
    var directory = Directory.of(company);
    var catalog = published(runbook, CRM);
    var email = requester + "@example.com";
    var asker = askedBy + "@example.com";
    var ask = ask(runbook, email, asker);

    if (Planner.plan(catalog, directory, Past.UNKNOWN, ask) instanceof Planning.Planned planned) {
      var today = new Eligibility(catalog, directory);
      var asked =
          new Submission(
              "any-id",
              email,
              ask.askedBy().orElse(null),
              planned.plan(),
              planned.duration(),
              "Any.",
              null,
              null,
              Instant.EPOCH);
      for (int i = 0; i < stages.size(); i++) {
        for (var approver : planned.plan().stages().get(i).rounds().getLast().approvers()) {
          assertThat(today.mayDecide(asked, i, approver)).isEmpty();
        }
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  @Provide
  Arbitrary<List<Person>> companies() {
    var managers = Arbitraries.of(NAMES).injectNull(0.2);
    var groups = Arbitraries.of(GROUPS).set().ofMaxSize(3);
    var active = Arbitraries.of(true, true, true, false);
    return Combinators.combine(
            managers.list().ofSize(NAMES.size()),
            groups.list().ofSize(NAMES.size()),
            active.list().ofSize(NAMES.size()))
        .as(PlannerPropertyTest::company);
  }

  private static List<Person> company(
      List<String> managers, List<Set<String>> groups, List<Boolean> active) {
    var people = new ArrayList<Person>();
    for (int i = 0; i < NAMES.size(); i++) {
      var person =
          Sample.person(NAMES.get(i), managers.get(i), groups.get(i).toArray(String[]::new));
      people.add(active.get(i) ? person : person.deactivated());
    }
    return people;
  }

  @Provide
  Arbitrary<List<Runbook.Stage>> chains() {
    var words =
        Arbitraries.of(
                "manager",
                "owners",
                "group:support",
                "group:security",
                "group:finance",
                "grace@example.com",
                "amara@example.com")
            .map(Who::of);
    var needed =
        Arbitraries.of(
            new Runbook.Needed.AtLeast(1), new Runbook.Needed.AtLeast(2), new Runbook.Needed.All());
    var escalation =
        words
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(to -> new Runbook.Escalation(Duration.ofHours(3), to, to.size() > 1))
            .injectNull(0.5);
    return Combinators.combine(words.list().ofMinSize(1).ofMaxSize(3), needed, escalation)
        .as(
            (by, number, then) ->
                new Runbook.Stage(null, by, number, Duration.ofHours(1), then, Duration.ofHours(8)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
