package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.DANIEL;
import static dev.daypass.runbook.Sample.INGRID;
import static dev.daypass.runbook.Sample.LENA;
import static dev.daypass.runbook.Sample.OMAR;
import static dev.daypass.runbook.Sample.RUTH;
import static dev.daypass.runbook.Sample.company;
import static dev.daypass.runbook.Sample.companyWith;
import static dev.daypass.runbook.Sample.person;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.runbook;
import static dev.daypass.runbook.Sample.stage;
import static dev.daypass.runbook.Sample.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.Submission;
import dev.daypass.words.InWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody asks for a colleague: Amara in support, whose manager is Lena. */
class ForOthersTest {
  private static final String RECORD = "crm-customer-record";

  static Runbook with(Runbook plain, String... forOthers) {
    return new Runbook(
        plain.id(),
        plain.title(),
        plain.system(),
        plain.role(),
        plain.mayAsk(),
        who(forOthers),
        plain.duration(),
        plain.extend(),
        plain.start(),
        plain.limits(),
        plain.reason(),
        plain.ticket(),
        plain.calendar(),
        plain.approval(),
        plain.autoApproval(),
        plain.breakGlass(),
        plain.sameApprover(),
        plain.proof(),
        plain.guidance());
  }

  private static final Runbook BY_MANAGER = with(runbook(stage("manager")), "manager");
  private static final Runbook BY_SECURITY = with(runbook(stage("manager")), "group:security");

  private static Ask ask(Person requester, Person asker) {
    return ask(requester.email(), asker);
  }

  private static Ask ask(String requester, Person asker) {
    return new Ask(
        RECORD,
        requester,
        asker.email(),
        Optional.empty(),
        Optional.empty(),
        "Invoice of customer 17",
        "");
  }

  private static List<Refusal> refusals(Runbook runbook, Directory directory, Ask ask) {
    return refusals(runbook, directory, Past.UNKNOWN, ask);
  }

  private static List<Refusal> refusals(Runbook runbook, Directory directory, Past past, Ask ask) {
    return switch (Planner.plan(published(runbook), directory, past, ask)) {
      case Planning.Refused refused ->
          refused.refusals().stream().map(InWords::saidInEveryLanguage).toList();
      case Planning.Planned _ -> List.of();
    };
  }

  private static List<String> codes(Runbook runbook, Directory directory, Ask ask) {
    return refusals(runbook, directory, ask).stream().map(Refusal::code).toList();
  }

  private static Plan plan(Runbook runbook, Directory directory, Ask ask) {
    return ((Planning.Planned) Planner.plan(published(runbook), directory, Past.UNKNOWN, ask))
        .plan();
  }

  private static List<String> asked(Plan plan) {
    return plan.stages().getFirst().rounds().getFirst().approvers();
  }

  @Test
  void whoMayAskForOthersIsWrittenAndReadAgain() {
    var runbook = with(runbook(stage("owners")), "manager", "group:security", "omar@example.com");

    assertThat(PolicyJson.runbook(PolicyJson.json(runbook))).isEqualTo(runbook);
    assertThat(PolicyJson.json(runbook(stage("owners")))).doesNotContain("mayAskForOthers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyone", "owners", "managers-manager"})
  void whoCannotBeMeantIsRefused(String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(runbook(stage("owners")), word))
        .withMessageStartingWith("who may ask for others are managers, groups or people");
  }

  @Test
  @Tag("others.asked-for")
  void theManagerAsksForTheirPeopleAndTheOwnersStandInForTheManager() {
    var plan = plan(BY_MANAGER, company(), ask(AMARA, LENA));

    assertThat(asked(plan)).containsExactly(OMAR.email(), INGRID.email());
    assertThat(plan.stages().getFirst().title()).isEqualTo("The owners of CRM");
  }

  @Test
  @Tag("others.asked-for")
  void somebodyOfAGroupAsksAndTheManagerDecides() {
    var plan = plan(BY_SECURITY, company(), ask(AMARA, RUTH));

    assertThat(asked(plan)).containsExactly(LENA.email());
    assertThat(plan.stages().getFirst().title()).isEqualTo("Their manager");
  }

  @Test
  void neitherOfTheTwoIsAskedToDecideByAnyWord() {
    var all =
        with(
            runbook(
                stage("owners", "group:security", "group:support", "managers-manager"),
                stage("ruth@example.com", "owners")),
            "group:security");
    var directory = companyWith(person("lena", "ruth", "support"));

    var plan = plan(all, directory, ask(AMARA, RUTH));

    for (var stage : plan.stages()) {
      assertThat(stage.asked()).doesNotContain(RUTH.email(), AMARA.email()).isNotEmpty();
    }
  }

  @Test
  void withoutAnybodyLeftItIsRefusedAndTheGapIsNamed() {
    var byRuth = with(runbook(stage("ruth@example.com")), "group:security");
    assertThat(refusals(byRuth, company(), ask(AMARA, RUTH)))
        .extracting(Refusal::message)
        .containsExactly(
            "Nobody can approve this now if you ask for Amara: ruth@example.com cannot decide (one"
                + " of you two, or no longer here). Please tell the owners of CRM (Omar or"
                + " Ingrid).");

    var both = with(runbook(stage(new Runbook.Needed.AtLeast(2), "owners")), "omar@example.com");
    assertThat(refusals(both, company(), ask(AMARA, OMAR)))
        .extracting(Refusal::message)
        .containsExactly(
            "This needs 2 people to approve, and only Ingrid can do so for Amara now. Please tell"
                + " the owners of CRM (Ingrid).");

    for (var word : List.of("manager", "managers-manager", "owners", "group:nobody")) {
      var alone = with(runbook(stage(word)), "lena@example.com");
      var withoutOwners = companyWith(OMAR.deactivated(), INGRID.deactivated());
      assertThat(codes(alone, withoutOwners, ask(AMARA, LENA))).containsExactly("no-approver");
    }
  }

  @Test
  void whoMayNotAskIsToldTheSameWhetherOrNotThereIsSuchAPerson() {
    var known = refusals(BY_MANAGER, company(), ask(AMARA, RUTH));
    var unknown = refusals(BY_MANAGER, company(), ask("nobody@example.com", RUTH));
    var left = refusals(BY_MANAGER, companyWith(AMARA.deactivated()), ask(AMARA, RUTH));

    assertThat(known).extracting(Refusal::code).containsExactly("not-yours-to-ask-for");
    assertThat(known.getFirst().field()).isEqualTo("requester");
    assertThat(unknown).isEqualTo(known);
    assertThat(left).isEqualTo(known);
  }

  @Test
  void whoMayAskIsToldWhatIsWrong() {
    assertThat(codes(BY_SECURITY, company(), ask("nobody@example.com", RUTH)))
        .containsExactly("requester-unknown");
    assertThat(codes(BY_SECURITY, company(), ask("no address", RUTH)))
        .containsExactly("requester-unknown");
    assertThat(codes(BY_SECURITY, companyWith(AMARA.deactivated()), ask(AMARA, RUTH)))
        .containsExactly("requester-inactive");
    assertThat(refusals(BY_SECURITY, company(), ask(OMAR, RUTH)))
        .extracting(Refusal::message)
        .containsExactly(
            "This is for people in the group support, and Omar is not among them. If their work"
                + " needs it, please ask the owners of CRM (Omar or Ingrid).");
  }

  @Test
  void nobodyAsksForOthersWhereTheRunbookDoesNotSaySo() {
    assertThat(codes(runbook(stage("manager")), company(), ask(AMARA, LENA)))
        .containsExactly("not-for-others");
    assertThat(codes(BY_SECURITY, companyWith(RUTH.deactivated()), ask(AMARA, RUTH)))
        .containsExactly("requester-inactive");
    assertThat(codes(BY_SECURITY, company(), ask(AMARA, person("mallory", null, "security"))))
        .containsExactly("requester-unknown");
  }

  @Test
  void limitsAreThoseOfThePersonItIsFor() {
    var limited = with(Sample.limited(1, 1), "group:security");
    Past past =
        (requester, _) ->
            Optional.of(
                requester.equals(AMARA.email())
                    ? new Past.Usage(1, List.of(Instant.EPOCH))
                    : new Past.Usage(0, List.of()));

    assertThat(refusals(limited, company(), past, ask(AMARA, RUTH)))
        .extracting(Refusal::message)
        .containsExactly(
            "Amara has this already, waiting or running, and it is possible only once at a time.",
            "This was asked for 1 times within 24 hours for Amara, and at most 1 are allowed. The"
                + " next is possible 1970-01-02T00:00:00Z.");
    Past several = (_, _) -> Optional.of(new Past.Usage(2, List.of()));
    assertThat(
            refusals(
                with(Sample.limited(2, null), "group:security"),
                company(),
                several,
                ask(AMARA, RUTH)))
        .extracting(Refusal::message)
        .containsExactly(
            "Amara has 2 of this waiting or running, and there can be at most 2 at once.");
  }

  @Test
  void aRuleDoesNotCountForWhoeverPublishedItAndAsksForOthers() {
    var rule = new Runbook.AutoRule("leads", "support", null, false, false, null);
    var plain = with(runbook(stage("manager")), "group:security");
    var runbook =
        new Runbook(
            plain.id(),
            plain.title(),
            plain.system(),
            plain.role(),
            plain.mayAsk(),
            plain.mayAskForOthers(),
            plain.duration(),
            null,
            null,
            null,
            plain.reason(),
            null,
            null,
            plain.approval(),
            List.of(rule),
            null,
            false,
            plain.proof(),
            plain.guidance());
    var catalog = published(runbook);
    var rules = new AutoApproval(company(), Past.UNKNOWN);

    // Ruth has published it.
    for (var asker : List.of(RUTH, DANIEL)) {
      var plan = plan(runbook, company(), ask(AMARA, asker));
      var wish =
          new AutoApproval.Wish(AMARA, asker.email(), Duration.ofHours(1), "", Instant.EPOCH);
      assertThat(rules.of(catalog.runbook(RECORD).orElseThrow(), wish, plan).isPresent())
          .isEqualTo(asker.equals(DANIEL));
    }
  }

  private static Submission submission(Runbook runbook, Person asker) {
    var plan = plan(runbook, company(), ask(AMARA, asker));
    return new Submission(
        "any-id",
        AMARA.email(),
        asker.email(),
        plan,
        Duration.ofHours(1),
        "Any reason.",
        null,
        null,
        Instant.EPOCH);
  }

  private static List<String> mayDecide(
      Runbook today, Directory directory, Submission asked, Person approver) {
    return new Eligibility(published(today), directory)
        .mayDecide(asked, 0, approver.email()).stream()
            .map(InWords::saidInEveryLanguage)
            .map(Refusal::code)
            .toList();
  }

  @Test
  void whoAskedMustStillBeAllowedToWhenSomebodyApproves() {
    var bySecurity = submission(BY_SECURITY, RUTH);

    assertThat(mayDecide(BY_SECURITY, company(), bySecurity, LENA)).isEmpty();
    assertThat(mayDecide(BY_SECURITY, companyWith(RUTH.deactivated()), bySecurity, LENA))
        .containsExactly("asker-inactive");
    assertThat(mayDecide(BY_SECURITY, companyWith(person("ruth", "lena")), bySecurity, LENA))
        .containsExactly("asker-not-allowed");
    assertThat(mayDecide(runbook(stage("manager")), company(), bySecurity, LENA))
        .containsExactly("asker-not-allowed");
    assertThat(mayDecide(BY_SECURITY, company(), bySecurity, RUTH)).contains("self-approval");

    var byManager = submission(BY_MANAGER, LENA);
    assertThat(mayDecide(BY_MANAGER, company(), byManager, OMAR)).isEmpty();
    assertThat(
            mayDecide(BY_MANAGER, companyWith(person("amara", "ruth", "support")), byManager, OMAR))
        .containsExactly("asker-not-allowed");
  }

  @Test
  void itCanBeHandedToNeitherOfTheTwo() {
    var byManager = submission(BY_MANAGER, LENA);
    var today = new Eligibility(published(BY_MANAGER), company());

    assertThat(today.mayTake(byManager, 0))
        .extracting(Person::email)
        .containsExactlyInAnyOrder(OMAR.email(), INGRID.email());
    for (var person : today.mayTake(byManager, 0)) {
      assertThat(today.mayDecide(byManager, 0, person.email(), true)).isEmpty();
    }
    assertThat(
            new Eligibility(published(BY_SECURITY), company())
                .mayTake(submission(BY_SECURITY, RUTH), 0))
        .extracting(Person::email)
        .contains(LENA.email())
        .doesNotContain(AMARA.email(), RUTH.email());
  }

  @Test
  void whoAskedIsNotLookedAtAgainWhenItBegins() {
    var asked = submission(BY_SECURITY, RUTH);

    assertThat(
            new Eligibility(published(BY_SECURITY), companyWith(RUTH.deactivated()))
                .mayBegin(asked.plan(), asked.requester()))
        .isEmpty();
  }

  @Test
  void aRuleOfWhoeverAskedExtendsNothing() {
    var extendable =
        with(Sample.extendableTo(Duration.ofHours(12), stage("manager")), "group:security");
    for (var asker : List.of(RUTH, DANIEL)) {
      var codes =
          new Eligibility(published(extendable), company())
              .mayExtend(submission(extendable, asker), Duration.ofHours(9)).refusals().stream()
                  .map(InWords::saidInEveryLanguage)
                  .map(Refusal::code)
                  .toList();
      assertThat(codes).isEqualTo(asker.equals(RUTH) ? List.of("own-rule") : List.of());
    }
  }

  @Test
  void whoMayAskForOthersFindsTheRunbook() {
    var catalog = published(BY_MANAGER);

    var lena = Planner.offers(catalog, company(), Past.UNKNOWN, LENA.email()).getFirst();
    var ruth = Planner.offers(catalog, company(), Past.UNKNOWN, RUTH.email()).getFirst();

    assertThat(lena.forOthers()).isTrue();
    // She manages Daniel, for whom it is not.
    assertThat(ruth.forOthers()).isFalse();
    assertThat(Planner.colleagues(BY_MANAGER, company(), LENA.email()).orElseThrow())
        .containsExactly(AMARA);
    assertThat(Planner.colleagues(BY_SECURITY, company(), RUTH.email()).orElseThrow()).isEmpty();
    assertThat(Planner.colleagues(BY_MANAGER, company(), RUTH.email())).isEmpty();
    assertThat(Planner.colleagues(BY_MANAGER, company(), "nobody@example.com")).isEmpty();
  }

  @Test
  void anExplanationSaysWhoMayAskForOthers() {
    var explanation =
        Planner.explain(
            published(BY_SECURITY),
            company(),
            Past.UNKNOWN,
            RECORD,
            AMARA.email(),
            RUTH.email(),
            Optional.empty());

    assertThat(explanation.checks()).allMatch(Check::satisfied);
    assertThat(explanation.checks())
        .extracting(Check::message)
        .contains("For somebody else this can be asked for by people in the group security.");
    assertThat(explanation.plan()).isPresent();
  }

  @Test
  void lintFindsWhoCannotAskForAnybodyAndChainsThatFallShort() {
    var alone = with(runbook(stage("owners")), "manager", "amara@example.com", "group:security");
    var withoutManager = List.of(person("amara", null, "support"), OMAR, INGRID, RUTH);

    var findings =
        PolicySense.ofPeople(
            new Catalog(
                Map.of(alone.id(), published(alone).runbook(alone.id()).orElseThrow()),
                published(alone).systems()),
            withoutManager);

    assertThat(findings)
        .extracting(Finding::place)
        .containsExactly("/mayAskForOthers/0", "/mayAskForOthers/1");

    var stuck = with(runbook(stage("ruth@example.com")), "group:security", "group:nobody");
    assertThat(PolicySense.ofPeople(published(stuck), List.of(LENA, AMARA, OMAR, INGRID, RUTH)))
        .extracting(Finding::place)
        .contains("/mayAskForOthers/1");
    var short_ = with(runbook(stage("ruth@example.com")), "group:security");
    assertThat(PolicySense.ofPeople(published(short_), List.of(LENA, AMARA, OMAR, INGRID, RUTH)))
        .extracting(Finding::place)
        .containsExactly("/mayAskForOthers");
  }
}
