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
import static org.assertj.core.groups.Tuple.tuple;

import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.words.InWords;
import dev.daypass.words.Speech;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Runbook BY_MANAGER = runbook(stage("manager"));
  private static final Runbook WITH_TICKET =
      runbook(
          Runbook.TicketRule.of("SUP-[0-9]{3,7}", "SUP-10423", "At the top of the ticket."),
          stage("manager"));

  @Test
  void anAskThatFitsBecomesAPlanOfThePublishedVersion() {
    var planned = planned(BY_MANAGER, company(), ask());

    assertThat(planned.duration()).isEqualTo(Duration.ofHours(4));
    assertThat(planned.plan().runbookVersion()).isEqualTo(3);
    assertThat(planned.plan().target().settings()).containsEntry("group", "crm-record-viewers");
    assertThat(planned.plan().owners()).containsExactly(OMAR.email(), INGRID.email());
    assertThat(planned.ticket()).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    var refusals =
        refused(
            WITH_TICKET,
            company(),
            new Ask(
                "crm-customer-record",
                OMAR.email(),
                Optional.of(Duration.ofDays(2)),
                "please",
                "42"));

    assertThat(refusals)
        .extracting(Refusal::code)
        .containsExactly("not-eligible", "duration-too-long", "reason-too-short", "ticket-wrong");
  }

  @Test
  void previewSaysWhoWouldBeAskedBeforeAnythingIsTyped() {
    var preview =
        Planner.preview(
            published(WITH_TICKET), company(), Past.UNKNOWN, WITH_TICKET.id(), AMARA.email());

    assertThat(preview).isInstanceOf(Planning.Planned.class);
  }

  @Test
  void anExplanationTellsTheRulesThatAreSatisfiedToo() {
    var explained = explain(AMARA.email(), Optional.empty());

    assertThat(explained.checks()).allMatch(Check::satisfied);
    assertThat(explained.checks())
        .extracting(check -> Speech.english().say(check.said()))
        .containsExactly(
            "Amara is in the list of people.",
            "This is for people in the group support.",
            "Somebody can decide in step 1: Lena. Needed: 1.");
    assertThat(explained.planning())
        .isEqualTo(
            Planner.preview(
                published(BY_MANAGER), company(), Past.UNKNOWN, BY_MANAGER.id(), AMARA.email()));
  }

  @Test
  void anExplanationTellsEveryRuleAndNotOnlyTheFirstThatIsBroken() {
    var explained = explain(OMAR.email(), Optional.of(Duration.ofDays(2)));

    assertThat(explained.checks())
        .extracting(Check::code, Check::satisfied)
        .containsExactly(
            tuple("active", true),
            tuple("not-eligible", false),
            tuple("approvers", true),
            tuple("duration-too-long", false));
    assertThat(explain(AMARA.email(), Optional.of(Duration.ofHours(1))).checks())
        .extracting(check -> Speech.english().say(check.said()))
        .contains("1 hour is not too long; the longest access here is 8 hours.");
  }

  @Test
  void anExplanationOfNobodyAndNothingSaysBoth() {
    var explained =
        Planner.explain(
            published(BY_MANAGER),
            company(),
            Past.UNKNOWN,
            "nothing",
            "nobody@example.com",
            Optional.empty());

    assertThat(explained.checks())
        .extracting(Check::code)
        .containsExactly("runbook-unknown", "requester-unknown");
    assertThat(explained.plan()).isEmpty();
  }

  @Test
  void anExplanationTellsWhoWouldBeAskedAlsoWhereThePersonMayNotAsk() {
    var explained = explain(OMAR.email(), Optional.empty());

    assertThat(explained.planning()).isInstanceOf(Planning.Refused.class);
    assertThat(explained.plan())
        .hasValueSatisfying(
            plan ->
                assertThat(plan.stages().getFirst().asked()).containsExactly("lena@example.com"));
  }

  private static Explanation explain(String email, Optional<Duration> duration) {
    return Planner.explain(
        published(BY_MANAGER), company(), Past.UNKNOWN, BY_MANAGER.id(), email, duration);
  }

  @Test
  @Tag("limits.number")
  void whoeverHasAskedTooOftenIsToldAllOfItAndWhenTheNextIsPossible() {
    var noon = Instant.parse("2026-11-26T12:00:00Z");
    Past past =
        (_, _) ->
            Optional.of(
                new Past.Usage(2, List.of(noon, noon.minusSeconds(60), noon.minusSeconds(120))));

    assertThat(limits(Sample.limited(2, 2), past))
        .containsExactly(
            "You have 2 of this waiting or running, and there can be at most 2 at once. Withdraw"
                + " one, give it back, or wait for its end.",
            "You have asked for this 3 times within 24 hours, and at most 2 are allowed. The next"
                + " is possible 2026-11-27T11:59:00Z.");
    assertThat(limits(Sample.limited(3, 4), past)).isEmpty();
    assertThat(limits(Sample.limited(3, null), past)).isEmpty();
    assertThat(limits(Sample.limited(null, 3), past)).hasSize(1);
    assertThat(limits(Sample.limited(1, null), past)).hasSize(1);
    assertThat(limits(Sample.limited(1, 1), Past.UNKNOWN)).isEmpty();
  }

  private static List<String> limits(Runbook runbook, Past past) {
    return switch (Planner.plan(published(runbook), company(), past, ask())) {
      case Planning.Planned _ -> List.of();
      case Planning.Refused refused ->
          refused.refusals().stream()
              .map(InWords::saidInEveryLanguage)
              .map(Refusal::message)
              .toList();
    };
  }

  @Test
  void whereThereAreNoLimitsThePastIsNotLookedAt() {
    Past unread =
        (_, _) -> {
          throw new AssertionError("read for nothing");
        };

    assertThat(Planner.plan(published(BY_MANAGER), company(), unread, ask()))
        .isInstanceOf(Planning.Planned.class);
  }

  @Test
  void anExplanationTellsHowMuchOfTheLimitsIsUsed() {
    var explained =
        Planner.explain(
            published(Sample.limited(2, 5)),
            company(),
            (_, _) -> Optional.of(new Past.Usage(0, List.of())),
            BY_MANAGER.id(),
            AMARA.email(),
            Optional.empty());

    assertThat(explained.checks())
        .extracting(check -> Speech.english().say(check.said()))
        .contains(
            "Open at the moment: 0. At most 2 at once.", "Asked within 24 hours: 0. At most 5.");
  }

  @Test
  void offersListEveryRunbookAndSayWhyOneIsNotOpen() {
    var forAmara = Planner.offers(published(BY_MANAGER), company(), Past.UNKNOWN, AMARA.email());
    var forOmar = Planner.offers(published(BY_MANAGER), company(), Past.UNKNOWN, OMAR.email());

    assertThat(forAmara).singleElement().matches(Planner.Offer::open);
    assertThat(forOmar).singleElement().matches(offer -> !offer.open());
    assertThat(forOmar.getFirst().checks())
        .extracting(Check::message)
        .contains(
            "This is for people in the group support, and you are not among them. If your work"
                + " needs it, please ask the owners of CRM (omar@example.com or"
                + " ingrid@example.com).");
  }

  @Test
  void whoeverMayNotAskIsToldTheOwnersWhoAreHereByName() {
    var named =
        Planner.offersWithNames(published(BY_MANAGER), company(), Past.UNKNOWN, OMAR.email());
    assertThat(named.getFirst().checks())
        .extracting(Check::message)
        .anyMatch(message -> message.endsWith("ask the owners of CRM (Omar or Ingrid)."));
    assertThat(refused(BY_MANAGER, companyWith(INGRID.deactivated()), ask(OMAR.email())))
        .extracting(Refusal::message)
        .singleElement()
        .asString()
        .endsWith("ask the owners of CRM (Omar).");
  }

  @Test
  void aStrangerIsOfferedNothing() {
    assertThat(Planner.offers(published(BY_MANAGER), company(), Past.UNKNOWN, "nobody@example.com"))
        .noneMatch(Planner.Offer::open);
  }

  @Nested
  class WhoAsks {
    @Test
    void anUnknownRunbookIsRefused() {
      var ask = new Ask("crm-typo", AMARA.email(), Optional.empty(), "any reason at all", "");
      assertThat(refused(BY_MANAGER, company(), ask))
          .containsExactly(
              new Refusal(
                  "runbook-unknown",
                  "runbook",
                  "There is no runbook called crm-typo. Please choose one from the list."));
    }

    @Test
    void noRunbookAtAllIsSaidToBeMissing() {
      var ask = new Ask(" ", AMARA.email(), Optional.empty(), "any reason at all", "");
      assertThat(refused(BY_MANAGER, company(), ask))
          .extracting(Refusal::code)
          .containsExactly("runbook-missing");
    }

    @Test
    void withoutRunbookAndReasonBothAreMissing() {
      for (var runbook : List.of("", "crm-typo")) {
        var ask = new Ask(runbook, AMARA.email(), Optional.empty(), " ", "");
        assertThat(refused(BY_MANAGER, company(), ask))
            .extracting(Refusal::field)
            .containsExactly("runbook", "reason");
      }
    }

    @Test
    void aRunbookWhoseSystemIsNotPublishedIsUnknown() {
      var lost = new Catalog(published(BY_MANAGER).runbooks(), Map.of());
      assertThat(Planner.plan(lost, company(), Past.UNKNOWN, ask()))
          .isInstanceOfSatisfying(
              Planning.Refused.class,
              refused ->
                  assertThat(refused.refusals())
                      .extracting(Refusal::code)
                      .containsExactly("runbook-unknown"));
    }

    @Test
    void anUnknownRequesterIsRefused() {
      assertThat(codes(BY_MANAGER, company(), ask("nobody@example.com")))
          .containsExactly("requester-unknown");
    }

    @Test
    void whoHasLeftIsRefused() {
      assertThat(codes(BY_MANAGER, companyWith(AMARA.deactivated()), ask()))
          .containsExactly("requester-inactive");
    }

    @Test
    void whoIsNotInTheGroupIsRefused() {
      assertThat(codes(BY_MANAGER, company(), ask(OMAR.email()))).containsExactly("not-eligible");
    }
  }

  @Nested
  class WhatWasTyped {
    @Test
    void aDurationAboveTheLongestIsRefusedWithTheLongest() {
      assertThat(refused(BY_MANAGER, company(), lasting(Duration.ofHours(9))))
          .containsExactly(
              new Refusal(
                  "duration-too-long",
                  "duration",
                  "The longest access here is 8 hours, and you asked for 9 hours."));
    }

    @Test
    void theLongestItselfIsFine() {
      assertThat(planned(BY_MANAGER, company(), lasting(Duration.ofHours(8))).duration())
          .isEqualTo(Duration.ofHours(8));
    }

    @Test
    void aDurationUnderAQuarterOfAnHourIsRefused() {
      assertThat(codes(BY_MANAGER, company(), lasting(Duration.ofMinutes(14))))
          .containsExactly("duration-too-short");
    }

    @Test
    void aDurationThatIsNoneIsRefused() {
      assertThat(codes(BY_MANAGER, company(), lasting(Duration.ZERO)))
          .containsExactly("duration-not-positive");
      assertThat(codes(BY_MANAGER, company(), lasting(Duration.ofHours(-4))))
          .containsExactly("duration-not-positive");
    }

    @Test
    void aMissingReasonIsAskedForWithTheHint() {
      assertThat(refused(BY_MANAGER, company(), because("  \n ")))
          .containsExactly(
              new Refusal(
                  "reason-missing",
                  "reason",
                  "Please say why you need this access. Which customer?"));
    }

    @Test
    void aShortReasonIsRefused() {
      assertThat(codes(BY_MANAGER, company(), because("because")))
          .containsExactly("reason-too-short");
    }

    @Test
    void aReasonIsMeasuredInCharactersAsPeopleCountThem() {
      assertThat(codes(BY_MANAGER, company(), because("🙂".repeat(9))))
          .containsExactly("reason-too-short");
    }

    @Test
    void tenCharactersThatCannotBeSeenAreNoReason() {
      for (var nothing : List.of("\u200b", "\u3164", "\u2800", "\u00ad", "\u00a0")) {
        assertThat(refused(BY_MANAGER, company(), because(nothing.repeat(20))))
            .extracting(Refusal::code)
            .containsExactly("reason-missing");
      }
    }

    @Test
    void aReasonThatTurnsTheDirectionIsRefusedWithThePlace() {
      assertThat(refused(BY_MANAGER, company(), because("Customer \u202E4711 calls again")))
          .containsExactly(
              new Refusal(
                  "reason-character",
                  "reason",
                  "Please take out character 10 (U+202E): it turns the direction in which text is"
                      + " read."));
    }

    @Test
    void aReasonOverTwoThousandCharactersIsRefused() {
      assertThat(planned(BY_MANAGER, company(), because("x".repeat(2_000))).reason())
          .hasSize(2_000);
      assertThat(refused(BY_MANAGER, company(), because("x".repeat(2_001))))
          .extracting(Refusal::message)
          .containsExactly("Please keep the reason under 2,000 characters; yours has 2,001.");
    }

    @Test
    void aMissingTicketIsAskedForWithAnExample() {
      assertThat(refused(WITH_TICKET, company(), ask()))
          .containsExactly(
              new Refusal(
                  "ticket-missing",
                  "ticket",
                  "Please give the ticket number, for example SUP-10423. At the top of the"
                      + " ticket."));
    }

    @Test
    void aWrongTicketIsRefusedWithAnExample() {
      assertThat(refused(WITH_TICKET, company(), withTicket("SUP-1 or so")))
          .extracting(Refusal::code, Refusal::message)
          .containsExactly(
              tuple(
                  "ticket-wrong",
                  "SUP-1 or so is not a ticket number we know: it should look like SUP-10423. At"
                      + " the top of the ticket."));
    }

    @Test
    void aTicketThatFitsIsKeptWithoutBlanks() {
      assertThat(planned(WITH_TICKET, company(), withTicket(" SUP-777 ")).ticket())
          .contains("SUP-777");
    }

    @Test
    void anEndlessTicketIsRefusedEvenWhereNoneIsNeeded() {
      assertThat(codes(BY_MANAGER, company(), withTicket("7".repeat(101))))
          .containsExactly("ticket-too-long");
    }
  }

  @Nested
  class WhoDecides {
    @Test
    @Tag("approvers.kinds")
    void theManagerIsAskedAndRemindedUntilTheRequestLapses() {
      assertThat(stages(BY_MANAGER, company(), ask()))
          .singleElement()
          .satisfies(
              stage -> {
                assertThat(stage.title()).isEqualTo("Your manager");
                assertThat(stage.rounds())
                    .containsExactly(
                        new RoundPlan(
                            RoundPlan.Kind.NOTICE, Duration.ofHours(1), List.of(LENA.email()), 1),
                        new RoundPlan(
                            RoundPlan.Kind.REMINDER,
                            Duration.ofHours(7),
                            List.of(LENA.email()),
                            1));
              });
    }

    @Test
    void theEscalationAddsPeopleAndTimesCountFromTheOpeningOfTheStage() {
      var rounds =
          stages(runbook(escalating("manager", "owners")), company(), ask()).getFirst().rounds();

      assertThat(rounds)
          .extracting(RoundPlan::kind)
          .containsExactly(
              RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER, RoundPlan.Kind.ESCALATION);
      assertThat(rounds)
          .extracting(RoundPlan::lasts)
          .containsExactly(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(5));
      assertThat(rounds.getLast().approvers())
          .containsExactly(LENA.email(), OMAR.email(), INGRID.email());
    }

    @Test
    void anEscalationToTheSamePeopleIsLeftOut() {
      var rounds =
          stages(runbook(escalating("owners", "omar@example.com")), company(), ask())
              .getFirst()
              .rounds();

      assertThat(rounds)
          .extracting(RoundPlan::lasts)
          .containsExactly(Duration.ofHours(1), Duration.ofHours(7));
    }

    private static final Runbook.Needed ONE = new Runbook.Needed.AtLeast(1);
    private static final Runbook.Needed TWO = new Runbook.Needed.AtLeast(2);

    @Test
    void anEscalationThatReplacesAsksOnlyItsOwnPeople() {
      var rounds =
          stages(runbook(Sample.instead(ONE, new String[] {"manager"}, "owners")), company(), ask())
              .getFirst()
              .rounds();

      assertThat(rounds)
          .extracting(RoundPlan::kind)
          .containsExactly(
              RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER, RoundPlan.Kind.ESCALATION);
      assertThat(rounds.get(1).approvers()).containsExactly(LENA.email());
      assertThat(rounds.getLast().approvers()).containsExactly(OMAR.email(), INGRID.email());
    }

    @Test
    void anEscalationThatReplacesByNobodyElseIsAReminder() {
      var rounds =
          stages(runbook(Sample.instead(ONE, new String[] {"owners"}, "owners")), company(), ask())
              .getFirst()
              .rounds();

      assertThat(rounds)
          .extracting(RoundPlan::kind)
          .containsExactly(RoundPlan.Kind.NOTICE, RoundPlan.Kind.REMINDER);
    }

    @Test
    void thoseWhoAreAskedInsteadMustBeEnoughOrNobodyCouldDecide() {
      assertThat(
              codes(
                  runbook(Sample.instead(TWO, new String[] {"owners"}, "manager")),
                  company(),
                  ask()))
          .containsExactly("too-few-instead");
      assertThat(
              codes(
                  runbook(
                      Sample.instead(new Runbook.Needed.All(), new String[] {"owners"}, "manager")),
                  company(),
                  ask()))
          .containsExactly("too-few-instead");
      assertThat(
              stages(
                  runbook(Sample.instead(TWO, new String[] {"owners"}, "manager", "owners")),
                  company(),
                  ask()))
          .hasSize(1);
    }

    @Test
    void whoMayHaveApprovedBeforeDoesNotDecideInsteadOfOthersEither() {
      // Lena approves first; then of those asked instead nobody is left, and the owners stand in.
      var chain =
          stages(
              runbook(stage("manager"), Sample.instead(ONE, new String[] {"owners"}, "manager")),
              company(),
              ask());

      assertThat(chain.getLast().after(Set.of(LENA.email())).rounds().getLast().approvers())
          .containsExactly(OMAR.email(), INGRID.email());
    }

    @Test
    void ofACrowdThoseAreLeftOutWhoAreNotNeededBeforeThoseWhoAreAskedInstead() {
      var crowd = new ArrayList<>(List.of(AMARA, LENA, OMAR, INGRID));
      for (int i = 0; i < 40; i++) {
        crowd.add(person("crowd" + i, null, "security"));
      }
      var rounds =
          stages(
                  runbook(Sample.instead(TWO, new String[] {"group:security"}, "owners")),
                  Directory.of(crowd),
                  ask())
              .getFirst()
              .rounds();

      assertThat(rounds.getFirst().approvers()).hasSize(23);
      assertThat(rounds.getLast().approvers()).containsExactly(OMAR.email(), INGRID.email());
    }

    @Test
    @Tag("approvers.nobody")
    void withoutAManagerTheOwnersStandIn() {
      assertThat(approvers(BY_MANAGER, company(), ask(LENA.email())))
          .containsExactly(OMAR.email(), INGRID.email());
    }

    @Test
    void aManagerWhoHasLeftIsReplacedByTheOwners() {
      assertThat(approvers(BY_MANAGER, companyWith(LENA.deactivated()), ask()))
          .containsExactly(OMAR.email(), INGRID.email());
    }

    @Test
    @Tag("approvers.kinds")
    void theManagersManagerIsAskedEvenIfTheManagerBetweenHasLeft() {
      var above = runbook(stage("managers-manager"));
      var ofRuth = person("amara", "ruth", "support");

      assertThat(approvers(above, companyWith(ofRuth), ask())).containsExactly(LENA.email());
      assertThat(approvers(above, companyWith(ofRuth, RUTH.deactivated()), ask()))
          .containsExactly(LENA.email());
      assertThat(stages(above, companyWith(ofRuth), ask()).getFirst().title())
          .isEqualTo("Your manager's manager");
    }

    @Test
    void withNobodyAboveTheManagerTheOwnersStandIn() {
      var above = runbook(stage("managers-manager"));
      var circle = new Person[] {person("lena", "amara", "support"), AMARA};

      assertThat(approvers(above, company(), ask())).containsExactly(OMAR.email(), INGRID.email());
      assertThat(approvers(above, companyWith(circle), ask()))
          .containsExactly(OMAR.email(), INGRID.email());
      assertThat(stages(above, company(), ask()).getFirst().title()).isEqualTo("The owners of CRM");
    }

    @Test
    void nobodyAboveTheManagerAndNoOwnerIsAGapThatIsNamed() {
      var refusals =
          refused(
              runbook(stage("managers-manager")),
              companyWith(OMAR.deactivated(), INGRID.deactivated()),
              ask());

      assertThat(refusals).extracting(Refusal::code).containsExactly("no-approver");
      assertThat(refusals.getFirst().message())
          .contains("we know of nobody above your manager who is still here");
    }

    @Test
    void peopleWhoHaveLeftAreNotAsked() {
      assertThat(
              approvers(runbook(stage("group:security")), companyWith(DANIEL.deactivated()), ask()))
          .containsExactly(RUTH.email());
    }

    @Test
    @Tag("approvers.requester")
    void nobodyDecidesAboutTheirOwnRequest() {
      assertThat(approvers(runbook(stage("group:support")), company(), ask()))
          .containsExactly(LENA.email());
    }

    @Test
    @Tag("approvers.nobody")
    void aStageThatNobodyCanDecideIsRefusedAndTheGapIsNamed() {
      assertThat(refused(runbook(stage("amara@example.com")), company(), ask()))
          .containsExactly(
              Refusal.of(
                  "no-approver",
                  "Nobody can approve this for you now: amara@example.com cannot decide (you, or"
                      + " no longer here). Please tell the owners of CRM (Omar or Ingrid)."));
    }

    @Test
    void everyStageWithoutPeopleIsNamed() {
      assertThat(
              codes(
                  runbook(stage("group:nobodies"), stage("manager"), stage("ghost@example.com")),
                  company(),
                  ask()))
          .containsExactly("no-approver", "no-approver");
    }

    @Test
    void allMeansAllOfThoseWhoCanBeAsked() {
      var stages =
          stages(runbook(stage(new Runbook.Needed.All(), "owners", "manager")), company(), ask());
      assertThat(stages.getFirst().rounds().getFirst().needed()).isEqualTo(3);
    }

    @Test
    void tooFewForTheNumberNeededAreRefused() {
      assertThat(codes(runbook(stage(new Runbook.Needed.AtLeast(3), "owners")), company(), ask()))
          .containsExactly("too-few-approvers");
    }

    @Test
    void whereNobodyCountsTwiceTheOwnersStandInForWhoeverApprovedBefore() {
      var stages =
          stages(
              runbook(
                  stage("manager"),
                  stage("manager"),
                  stage(new Runbook.Needed.All(), "group:security")),
              company(),
              ask());

      assertThat(stages)
          .extracting(StagePlan::others)
          .containsExactly(
              null,
              new StagePlan.Others(false, List.of(OMAR.email(), INGRID.email())),
              new StagePlan.Others(true, List.of(OMAR.email(), INGRID.email())));
    }

    @Test
    void whereTheRunbookAllowsItWhoeverApprovedBeforeCountsAgain() {
      var twice = Sample.sameApproverAllowed(stage("manager"), stage("lena@example.com"));

      assertThat(stages(twice, company(), ask()))
          .extracting(StagePlan::others)
          .containsExactly(null, null);
    }

    @Test
    void aChainThatOnePersonWouldHaveToDecideTwiceIsRefusedAndTheGapIsNamed() {
      var owners = stage(new Runbook.Needed.AtLeast(2), "owners");

      assertThat(refused(runbook(stage("omar@example.com"), owners), company(), ask()))
          .containsExactly(
              Refusal.of(
                  "no-other-approver",
                  "Step 2 could be left without anybody to decide: whoever approves an earlier"
                      + " step does not count again, and only Omar and Ingrid can decide about"
                      + " it. Please tell the owners of CRM (Omar or Ingrid)."));
      assertThat(
              stages(
                  Sample.sameApproverAllowed(stage("omar@example.com"), owners), company(), ask()))
          .hasSize(2);
    }

    @Test
    void escalationCountsAmongThoseWhoAreLeft() {
      var people = companyWith(OMAR.deactivated(), INGRID.deactivated());

      assertThat(codes(runbook(stage("manager"), stage("manager")), people, ask()))
          .containsExactly("no-other-approver");
      assertThat(
              stages(
                  runbook(stage("manager"), escalating("manager", "group:security")),
                  people,
                  ask()))
          .hasSize(2);
    }

    @Test
    void thatNobodyCountsTwiceIsARuleOfItsOwnWhereThereAreSeveralSteps() {
      assertThat(checks(runbook(stage("manager"), stage("owners")))).contains("others-decide");
      assertThat(checks(runbook(stage("manager")))).doesNotContain("others-decide");
      assertThat(checks(Sample.sameApproverAllowed(stage("manager"), stage("owners"))))
          .doesNotContain("others-decide");
    }

    private List<String> checks(Runbook runbook) {
      return Planner.explain(
              published(runbook),
              company(),
              Past.UNKNOWN,
              runbook.id(),
              AMARA.email(),
              Optional.empty())
          .checks()
          .stream()
          .filter(Check::satisfied)
          .map(Check::code)
          .toList();
    }

    @Test
    void atMostTwentyFivePeopleAreAsked() {
      assertThat(approvers(runbook(stage("group:crowd")), crowd(30), ask()))
          .hasSize(Plan.MOST_APPROVERS);
    }

    @Test
    void allOfTooManyAreRefused() {
      assertThat(codes(runbook(stage(new Runbook.Needed.All(), "group:crowd")), crowd(26), ask()))
          .containsExactly("too-many-approvers");
    }

    private Directory crowd(int size) {
      return companyWith(
          IntStream.range(0, size)
              .mapToObj(i -> person("member" + i, "lena", "crowd"))
              .toArray(Person[]::new));
    }
  }

  private static Ask lasting(Duration duration) {
    return new Ask(
        "crm-customer-record", AMARA.email(), Optional.of(duration), "Invoice of customer 17", "");
  }

  private static Ask because(String reason) {
    return new Ask("crm-customer-record", AMARA.email(), Optional.empty(), reason, "");
  }

  private static Ask withTicket(String ticket) {
    return new Ask(
        "crm-customer-record", AMARA.email(), Optional.empty(), "Invoice of customer 17", ticket);
  }

  private static Planning.Planned planned(Runbook runbook, Directory directory, Ask ask) {
    var planning = Planner.plan(published(runbook, CRM), directory, Past.UNKNOWN, ask);
    assertThat(planning).isInstanceOf(Planning.Planned.class);
    return (Planning.Planned) planning;
  }

  private static List<Refusal> refused(Runbook runbook, Directory directory, Ask ask) {
    var planning = Planner.plan(published(runbook, CRM), directory, Past.UNKNOWN, ask);
    assertThat(planning).isInstanceOf(Planning.Refused.class);
    return ((Planning.Refused) planning)
        .refusals().stream().map(InWords::saidInEveryLanguage).toList();
  }

  private static List<String> codes(Runbook runbook, Directory directory, Ask ask) {
    return refused(runbook, directory, ask).stream().map(Refusal::code).toList();
  }

  private static List<StagePlan> stages(Runbook runbook, Directory directory, Ask ask) {
    return planned(runbook, directory, ask).plan().stages();
  }

  private static List<String> approvers(Runbook runbook, Directory directory, Ask ask) {
    return stages(runbook, directory, ask).getFirst().rounds().getFirst().approvers();
  }
}
