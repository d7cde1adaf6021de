package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.CRM;
import static dev.daypass.runbook.Sample.DANIEL;
import static dev.daypass.runbook.Sample.INGRID;
import static dev.daypass.runbook.Sample.LENA;
import static dev.daypass.runbook.Sample.OMAR;
import static dev.daypass.runbook.Sample.RUTH;
import static dev.daypass.runbook.Sample.ask;
import static dev.daypass.runbook.Sample.company;
import static dev.daypass.runbook.Sample.companyWith;
import static dev.daypass.runbook.Sample.escalating;
import static dev.daypass.runbook.Sample.person;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.runbook;
import static dev.daypass.runbook.Sample.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.Submission;
import dev.daypass.words.InWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EligibilityTest {
  private static final Runbook CHAIN =
      runbook(stage("manager"), escalating("owners", "group:security"));

  private static final Runbook EXTENDABLE =
      Sample.extendableTo(
          Duration.ofHours(12), stage("manager"), escalating("owners", "group:security"));

  private final Plan frozen = plan(CHAIN, company());

  @Test
  void thoseWhoWereAskedAndStillAreMayDecide() {
    var today = new Eligibility(published(CHAIN), company());

    assertThat(today.mayDecide(asks(frozen), 0, LENA.email())).isEmpty();
    assertThat(today.mayDecide(asks(frozen), 1, OMAR.email())).isEmpty();
    assertThat(today.mayDecide(asks(frozen), 1, RUTH.email())).isEmpty();
  }

  @Test
  void itCanBeHandedToWhoeverTheStageAsksAndToTheOwners() {
    var today = new Eligibility(published(CHAIN), company());

    assertThat(today.mayTake(asks(frozen), 0))
        .extracting(Person::email)
        .containsExactlyInAnyOrder(LENA.email(), OMAR.email(), INGRID.email());
    assertThat(today.mayTake(asks(frozen), 1))
        .extracting(Person::email)
        .contains(OMAR.email(), INGRID.email(), RUTH.email())
        .doesNotContain(LENA.email(), AMARA.email())
        .doesNotHaveDuplicates();
    for (int stage = 0; stage < 2; stage++) {
      for (var person : today.mayTake(asks(frozen), stage)) {
        assertThat(today.mayDecide(asks(frozen), stage, person.email(), true)).isEmpty();
      }
    }
    assertThat(today.mayDecide(asks(frozen), 0, OMAR.email()))
        .as("of themselves owners do not decide in place of a manager")
        .isNotEmpty();
  }

  @Test
  void nothingCanBeHandedOverThatNobodyCouldApprove() {
    var nobody = new Directory(_ -> java.util.Optional.empty(), _ -> List.of());

    assertThat(new Eligibility(published(CHAIN), nobody).mayTake(asks(frozen), 0)).isEmpty();
    assertThat(new Eligibility(Catalog.EMPTY, company()).mayTake(asks(frozen), 0)).isEmpty();
  }

  @Test
  void whereTheChainIsShorterItCanBeHandedToWhoeverDecidesInIt() {
    var shorter = runbook(stage("group:security"));

    assertThat(new Eligibility(published(shorter), company()).mayTake(asks(frozen), 1))
        .extracting(Person::email)
        .contains(RUTH.email(), DANIEL.email(), OMAR.email());
  }

  @Test
  void anOwnerWhoStandsInForWhoeverApprovedBeforeDecidesWhileOwningTheSystem() {
    var twice = runbook(stage("manager"), stage("manager"));
    var planned = plan(twice, company());
    var ownedByIngrid =
        new TargetSystem(
            CRM.id(), CRM.title(), List.of(INGRID.email()), CRM.connector(), CRM.roles());

    assertThat(
            new Eligibility(published(twice), company()).mayDecide(asks(planned), 1, OMAR.email()))
        .isEmpty();
    assertThat(
            codes(
                new Eligibility(published(twice, ownedByIngrid), company())
                    .mayDecide(asks(planned), 1, OMAR.email())))
        .containsExactly("approver-changed");
    assertThat(
            codes(
                new Eligibility(published(twice), company())
                    .mayDecide(asks(planned), 1, DANIEL.email())))
        .containsExactly("approver-changed");
    assertThat(
            codes(
                new Eligibility(published(twice), company())
                    .mayDecide(asks(planned), 0, OMAR.email())))
        .containsExactly("approver-changed");
  }

  @Test
  void whoWasAskedByAWordOfTheRunbookDoesNotPassForAStandIn() {
    var before = runbook(stage("manager"), stage("owners", "manager"));
    var today = runbook(stage("manager"), stage("group:security"));

    assertThat(
            codes(
                new Eligibility(published(today), company())
                    .mayDecide(asks(plan(before, company())), 1, OMAR.email())))
        .containsExactly("approver-changed");
  }

  private static List<String> codes(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::code).toList();
  }

  @Test
  void todaysRuleAllowsAnExtensionAndIsNamed() {
    var today = new Eligibility(published(EXTENDABLE), company());

    var extending = today.mayExtend(asks(frozen), Duration.ofHours(12));

    assertThat(extending.refusals()).isEmpty();
    assertThat(extending.runbookVersion()).isEqualTo(3);
  }

  @Test
  void everythingThatTodayHasAgainstAnExtensionIsTold() {
    assertThat(extending(published(EXTENDABLE), company(), AMARA, Duration.ofHours(13)))
        .containsExactly("extended-too-long-today");
    assertThat(extending(published(CHAIN), company(), AMARA, Duration.ofHours(12)))
        .containsExactly("not-extendable-today");
    assertThat(extending(Catalog.EMPTY, company(), AMARA, Duration.ofHours(12)))
        .containsExactly("runbook-withdrawn");
    assertThat(
            extending(
                published(CHAIN), companyWith(AMARA.deactivated()), AMARA, Duration.ofHours(12)))
        .containsExactly("requester-inactive", "not-extendable-today");
    assertThat(
            extending(
                published(EXTENDABLE),
                companyWith(person("amara", "lena", "sales")),
                AMARA,
                Duration.ofHours(12)))
        .containsExactly("not-eligible");
  }

  @Test
  void whoPublishedTheRuleDoesNotExtendByIt() {
    var own =
        new Catalog(
            Map.of(
                EXTENDABLE.id(),
                new Published<>(EXTENDABLE, 3, "any-hash", AMARA.email(), Instant.EPOCH)),
            Map.of());

    assertThat(extending(own, company(), AMARA, Duration.ofHours(12))).containsExactly("own-rule");
  }

  @Test
  void aPublisherIsKnownHoweverTheAddressIsWrittenAndElseTheRuleDoesNotCount() {
    assertThat(publishedBy(" " + AMARA.email().toUpperCase(Locale.ROOT))).contains("own-rule");
    for (var nobody : List.of("unknown", "root", "", "who@example.com")) {
      assertThat(publishedBy(nobody)).as(nobody).containsExactly("publisher-unknown");
    }
  }

  private List<String> publishedBy(String publisher) {
    var published = new Published<>(EXTENDABLE, 3, "any-hash", publisher, Instant.EPOCH);
    var catalog = new Catalog(Map.of(EXTENDABLE.id(), published), Map.of());
    return extending(catalog, company(), AMARA, Duration.ofHours(12));
  }

  @Test
  void theShorterOfBothLimitsHolds() {
    var plan = plan(EXTENDABLE, company());
    var shorter = Sample.extendableTo(Duration.ofHours(9), stage("manager"));
    var longer = Sample.extendableTo(Duration.ofHours(20), stage("manager"));

    assertThat(new Eligibility(published(shorter), company()).extendable(asks(plan)))
        .contains(Duration.ofHours(9));
    assertThat(new Eligibility(published(longer), company()).extendable(asks(plan)))
        .contains(Duration.ofHours(12));
    assertThat(new Eligibility(published(CHAIN), company()).extendable(asks(plan))).isEmpty();
    assertThat(new Eligibility(Catalog.EMPTY, company()).extendable(asks(plan))).isEmpty();
    assertThat(new Eligibility(published(longer), company()).extendable(asks(frozen))).isEmpty();
  }

  private List<String> extending(
      Catalog catalog, Directory directory, Person holder, Duration length) {
    return new Eligibility(catalog, directory)
        .mayExtend(asks(frozen, holder.email()), length).refusals().stream()
            .map(InWords::saidInEveryLanguage)
            .map(Refusal::code)
            .toList();
  }

  @Test
  void nobodyDecidesAboutTheirOwnRequest() {
    assertThat(codes(published(CHAIN), company(), 0, AMARA)).contains("self-approval");
  }

  @Test
  void aWithdrawnRunbookGrantsNothing() {
    assertThat(codes(Catalog.EMPTY, company(), 0, LENA)).containsExactly("runbook-withdrawn");
  }

  @Test
  void aRequesterWhoHasLeftGetsNothing() {
    assertThat(codes(published(CHAIN), companyWith(AMARA.deactivated()), 0, LENA))
        .containsExactly("requester-inactive");
  }

  @Test
  void aRequesterWhoHasChangedTeamsGetsNothing() {
    assertThat(codes(published(CHAIN), companyWith(person("amara", "lena", "sales")), 0, LENA))
        .containsExactly("not-eligible");
  }

  @Test
  void anApproverWhoHasLeftDoesNotDecide() {
    assertThat(codes(published(CHAIN), companyWith(LENA.deactivated()), 0, LENA))
        .containsExactly("approver-inactive");
  }

  @Test
  void whoIsNoLongerTheManagerDoesNotDecide() {
    assertThat(codes(published(CHAIN), companyWith(person("amara", "ruth", "support")), 0, LENA))
        .containsExactly("approver-changed");
  }

  @Test
  @Tag("approvers.kinds")
  void whoNoLongerOwnsTheSystemDoesNotDecide() {
    var sold =
        new TargetSystem(
            CRM.id(),
            CRM.title(),
            List.of(INGRID.email(), RUTH.email()),
            CRM.connector(),
            CRM.roles());
    assertThat(codes(published(CHAIN, sold), company(), 1, OMAR))
        .containsExactly("approver-changed");
  }

  @Test
  @Tag("approvers.kinds")
  void whoHasLeftTheGroupDoesNotDecide() {
    assertThat(codes(published(CHAIN), companyWith(person("daniel", "ruth")), 1, DANIEL))
        .containsExactly("approver-changed");
  }

  @Test
  void thePlaceInTodaysChainCounts() {
    assertThat(codes(published(CHAIN), company(), 0, OMAR)).containsExactly("approver-changed");
  }

  @Test
  void whoIsNoLongerInTheChainDoesNotDecide() {
    assertThat(codes(published(runbook(stage("group:security"))), company(), 0, LENA))
        .containsExactly("approver-changed");
  }

  @Test
  void ownersWhoStoodInForAManagerMayDecideEvenIfThereIsOneNow() {
    var byManager = runbook(stage("manager"));
    var alone = plan(byManager, companyWith(person("amara", null, "support")));

    assertThat(
            new Eligibility(published(byManager), company())
                .mayDecide(asks(alone), 0, OMAR.email()))
        .isEmpty();
  }

  @Test
  @Tag("approvers.kinds")
  void whoIsNoLongerTheManagersManagerDoesNotDecide() {
    var above = runbook(stage("managers-manager"));
    var ofRuth = person("amara", "ruth", "support");
    var plan = plan(above, companyWith(ofRuth));

    assertThat(
            new Eligibility(published(above), companyWith(ofRuth))
                .mayDecide(asks(plan), 0, LENA.email()))
        .isEmpty();
    assertThat(
            new Eligibility(
                    published(above), companyWith(ofRuth, person("ruth", "omar", "security")))
                .mayDecide(asks(plan), 0, LENA.email()))
        .extracting(Refusal::code)
        .containsExactly("approver-changed");
  }

  @Test
  void ownersWhoStoodInForAManagersManagerMayDecideEvenIfThereIsOneNow() {
    var above = runbook(stage("managers-manager"));
    var alone = plan(above, company());

    assertThat(
            new Eligibility(published(above), companyWith(person("lena", "ruth", "support")))
                .mayDecide(asks(alone), 0, OMAR.email()))
        .isEmpty();
  }

  @Test
  @Tag("mind.changed")
  void everythingThatHasChangedIsSaid() {
    assertThat(codes(Catalog.EMPTY, companyWith(AMARA.deactivated(), LENA.deactivated()), 0, LENA))
        .containsExactly("runbook-withdrawn", "requester-inactive", "approver-inactive");
  }

  private List<String> codes(Catalog catalog, Directory directory, int stage, Person approver) {
    return new Eligibility(catalog, directory)
        .mayDecide(asks(frozen), stage, approver.email()).stream()
            .map(InWords::saidInEveryLanguage)
            .map(Refusal::code)
            .toList();
  }

  private static Submission asks(Plan plan) {
    return asks(plan, AMARA.email());
  }

  private static Submission asks(Plan plan, String requester) {
    return new Submission(
        "any-id", requester, plan, Duration.ofHours(4), "Any reason.", null, Instant.EPOCH);
  }

  private static Plan plan(Runbook runbook, Directory directory) {
    return ((Planning.Planned) Planner.plan(published(runbook), directory, Past.UNKNOWN, ask()))
        .plan();
  }
}
