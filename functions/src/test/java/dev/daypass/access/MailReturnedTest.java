package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.mailReturned;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Command.MailReturned.Why;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail to an approver comes back: escalate at once instead of waiting. */
class MailReturnedTest {
  private static Pending told(AStage... stages) {
    return ARequest.told(sent(stages));
  }

  private static Command asked(int round, List<String> reached) {
    return new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, round, reached, List.of());
  }

  private static Pending pending(Request request) {
    return (Pending) request;
  }

  @Nested
  class WhereOneOfThemSuffices {
    @Test
    void theRoundGoesOnAsLongAsSomebodyWasReached() {
      var after = pending(after(told(AStage.needsOneOf(OLGA, OTTO)), mailReturned(0, 0, OLGA)));

      assertThat(after.open().round()).isZero();
      assertThat(after.open().roundEndsAt()).isEqualTo(MONDAY.plus(AStage.ANY_ROUND));
      assertThat(after.trail().last().kind()).isEqualTo(Event.Kind.MAIL_RETURNED);
      assertThat(after.trail().last().details())
          .isEqualTo(
              Map.of(
                  "stage", "0",
                  "round", "0",
                  "person", OLGA,
                  "why", "BOUNCE",
                  "said", "smtp; 550 5.1.1 user unknown"));
      assertThat(Reach.unreached(after)).containsExactly(OLGA);
    }

    @Test
    void whoeverElseCanBeAskedIsAskedAtOnceWhenNobodyWasReached() {
      var chain =
          told(AStage.needsOneOf(OLGA, OTTO).thenReminds().thenEscalatesTo(1, OLGA, OTTO, ERIN));

      var after = pending(after(chain, mailReturned(0, 0, OLGA), mailReturned(0, 0, OTTO)));

      assertThat(after.open().round()).as("the reminder is passed over").isEqualTo(2);
      assertThat(after.open().asked()).isFalse();
      assertThat(Reach.left(after.trail().last()))
          .contains(new Reach.Left(0, 0, List.of(OLGA, OTTO), 2));
      assertThat(Reach.opening(after, 0, 2)).isPresent();
      assertThat(Reach.opening(after, 0, 1)).isEmpty();
      assertThat(Reach.opening(after, 1, 2)).isEmpty();
      assertThat(Reach.unreached(after)).as("of the new round").isEmpty();
      assertThat(new Wait.ForDecision(0, 0).isAnsweredBy(after)).isTrue();
    }

    @Test
    void theSameAreAskedAgainAtOnceIfThereIsNobodyElse() {
      var after =
          pending(after(told(AStage.needsOneOf(MAX).thenReminds()), mailReturned(0, 0, MAX)));

      assertThat(after.open().round()).isEqualTo(1);
    }

    @Test
    void theRequestEndsAtOnceIfNobodyIsLeft() {
      var after = after(told(AStage.needsOneOf(MAX)), mailReturned(0, 0, MAX));

      assertThat(after).isInstanceOf(Lapsed.class);
      assertThat(Reach.left(after.trail().last()))
          .contains(new Reach.Left(0, 0, List.of(MAX), null));
      assertThat(after.trail().last().details()).doesNotContainKey("opens");
    }
  }

  @Nested
  class InALaterRound {
    private static Pending inRound(int round, AStage stage) {
      var pending = sent(stage);
      while (pending.open().round() < round) {
        pending =
            pending(
                after(
                    pending,
                    new Command.RoundOver(
                        Acts.byTheWorkflow(pending.open().roundEndsAt()),
                        0,
                        pending.open().round())));
      }
      return ARequest.told(pending);
    }

    @Test
    void theRoundGoesOnAsLongAsSomebodyWasReached() {
      var reminded = inRound(1, AStage.needsOneOf(OLGA, OTTO).thenReminds());

      var after = pending(after(reminded, mailReturned(0, 1, OLGA)));

      assertThat(after.open()).isEqualTo(reminded.open());
      assertThat(after.trail().last().details()).containsEntry("round", "1");
      assertThat(Reach.passedOver(after)).as("it was written to in this round").isEmpty();
    }

    @Test
    void theRoundGoesOnForThoseWhoWereReachedIfNobodyElseCanBeAsked() {
      var reminded = inRound(1, AStage.needsAllOf(OLGA, OTTO).thenReminds());

      assertThat(pending(after(reminded, mailReturned(0, 1, OLGA))).open().round()).isEqualTo(1);
    }

    @Test
    void theSameAreAskedAgainAtOnceIfThereIsNobodyElse() {
      var reminded = inRound(1, AStage.needsOneOf(MAX).thenReminds().thenReminds());

      assertThat(pending(after(reminded, mailReturned(0, 1, MAX))).open().round()).isEqualTo(2);
    }

    @Test
    void thoseWhoWereReplacedAreNotAskedAgain() {
      var last =
          inRound(2, AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN).thenEscalatesTo(1, OTTO));

      assertThat(after(last, mailReturned(0, 2, OTTO))).isInstanceOf(Lapsed.class);
    }
  }

  @Test
  void aLaterStageEscalatesToo() {
    var second =
        after(
            told(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).thenEscalatesTo(1, OLGA, OTTO)),
            approval(MAX, 0));

    var after = pending(after(ARequest.told(pending(second)), mailReturned(1, 0, OLGA)));

    assertThat(after.open().round()).isEqualTo(1);
    assertThat(Reach.opening(after, 1, 1)).contains(new Reach.Left(1, 0, List.of(OLGA), 1));
  }

  @Nested
  class WhatAnEventSaysOfARoundThatWasLeft {
    private static Event event(Event.Kind kind, Status status, Map<String, String> details) {
      return new Event(2, Acts.any(), kind, status, details);
    }

    @Test
    void whichOneItWasAndWhichOneOpened() {
      var left =
          event(
              Event.Kind.MAIL_RETURNED,
              Status.PENDING,
              Map.of("stage", "1", "round", "2", "unreached", MAX + " " + OLGA, "opens", "4"));

      assertThat(Reach.left(left)).contains(new Reach.Left(1, 2, List.of(MAX, OLGA), 4));
    }

    @Test
    void someRefusedMailsLeaveNoRound() {
      var some = Map.of("stage", "0", "round", "0", "reached", OTTO, "refused", OLGA);

      assertThat(Reach.left(event(Event.Kind.ASKED, Status.PENDING, some))).isEmpty();
    }

    @Test
    void thatNobodyWasLeftToTellLeavesNoRound() {
      var none = Map.of("stage", "0", "round", "0", "reached", "", "refused", "");

      assertThat(Reach.left(event(Event.Kind.ASKED, Status.PENDING, none))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
        mode = EnumSource.Mode.EXCLUDE,
        names = {"ASKED", "MAIL_RETURNED"})
    void nothingElseLeavesARoundForThisReason(Event.Kind kind) {
      var details = Map.of("stage", "0", "round", "0", "refused", MAX, "opens", "1");

      assertThat(Reach.left(event(kind, Status.LAPSED, details))).isEmpty();
    }
  }

  @Nested
  class WhereSeveralAreNeeded {
    @Test
    void allMeansThatOneUnreachedIsOneTooMany() {
      var after =
          pending(
              after(
                  told(AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, MAX, OLGA, ERIN)),
                  mailReturned(0, 0, OLGA)));

      assertThat(after.open().round()).isEqualTo(1);
    }

    @Test
    void whoHasApprovedNeedNotBeReached() {
      var chain = told(AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, MAX, OLGA, ERIN));

      assertChangesNothing(after(chain, approval(OLGA, 0)), mailReturned(0, 0, OLGA));
    }

    @Test
    void twoOfThreeCanDoWithoutOneAndNotWithoutTwo() {
      var chain = told(AStage.needs(2, MAX, OLGA, OTTO).thenEscalatesTo(2, MAX, OLGA, OTTO, ERIN));

      var one = pending(after(chain, mailReturned(0, 0, OLGA)));
      assertThat(one.open().round()).isZero();
      assertThat(pending(after(one, mailReturned(0, 0, OTTO))).open().round()).isEqualTo(1);
    }

    @Test
    void anApprovalLeavesOneLessToBeReached() {
      var chain = told(AStage.needs(2, MAX, OLGA, OTTO).thenEscalatesTo(2, MAX, OLGA, OTTO, ERIN));

      var after = pending(after(chain, approval(MAX, 0), mailReturned(0, 0, OLGA)));

      assertThat(after.open().round()).isZero();
    }

    @Test
    void whoHasApprovedIsNobodyWhoCanStillDecide() {
      var chain = told(AStage.needs(2, MAX, OLGA, OTTO).thenEscalatesTo(2, MAX, OLGA, OTTO, ERIN));

      var after =
          pending(
              after(chain, approval(MAX, 0), mailReturned(0, 0, OLGA), mailReturned(0, 0, OTTO)));

      assertThat(after.open().round()).isEqualTo(1);
    }

    @Test
    void theLastRoundGoesOnForThoseWhoWereReachedIfNobodyElseCanBeAsked() {
      var after = pending(after(told(AStage.needsAllOf(MAX, OLGA)), mailReturned(0, 0, OLGA)));

      assertThat(after.open().round()).isZero();
      assertThat(after(after, approval(OLGA, 0), approval(MAX, 0)).status())
          .isEqualTo(Status.SCHEDULED);
    }
  }

  @Test
  @Tag("rounds.returned-mail")
  void whoWasNotReachedStaysAskedAndMayDecide() {
    var after = after(told(AStage.needsOneOf(OLGA, OTTO)), mailReturned(0, 0, OLGA));

    assertThat(after(after, approval(OLGA, 0)).status()).isEqualTo(Status.SCHEDULED);
  }

  @Test
  void whoeverIsPassedOverLaterCountsAsNotReachedThenToo() {
    var chain = told(AStage.needsOneOf(OLGA).thenEscalatesTo(1, OLGA, ERIN));
    var left = pending(after(chain, mailReturned(0, 0, OLGA)));
    assertThat(Reach.passedOver(left)).containsExactly(OLGA);

    var told = pending(after(left, asked(1, List.of(ERIN))));
    assertThat(Reach.unreached(told)).containsExactly(OLGA);
    assertThat(told.open().round()).isEqualTo(1);
    assertThat(after(told, approval(OLGA, 0)).status()).isEqualTo(Status.SCHEDULED);
    assertThat(after(told, mailReturned(0, 1, ERIN))).isInstanceOf(Lapsed.class);
  }

  @Test
  void nobodyIsPassedOverWhereNobodyElseCanBeWrittenTo() {
    var chain = told(AStage.needsOneOf(MAX).thenReminds());
    var again = pending(after(chain, mailReturned(0, 0, MAX)));
    assertThat(Reach.passedOver(again)).isEmpty();

    assertThat(Reach.unreached(pending(after(again, asked(1, List.of(MAX)))))).isEmpty();
  }

  @Test
  void whoWasLostIsKnownOfEachStageAlone() {
    var first = after(told(AStage.needsOneOf(OLGA, OTTO), AStage.needsOneOf(OLGA, ERIN)));
    var lost = after(first, mailReturned(0, 0, OLGA));
    assertThat(Reach.lost(first, 0)).isEmpty();
    assertThat(Reach.lost(lost, 0)).containsExactly(OLGA);
    assertThat(Reach.lost(lost, 1)).isEmpty();
    assertThat(Reach.passedOver(pending(lost))).as("in the round that it came back of").isEmpty();

    var second = pending(after(lost, approval(OTTO, 0)));
    assertThat(Reach.passedOver(second)).isEmpty();
    assertThat(Reach.unreached(ARequest.told(second))).isEmpty();
    assertThat(Reach.lost(second, 0)).containsExactly(OLGA);
  }

  @Test
  void whoeverIsPassedOverInALaterStageIsSoByItsOwnMails() {
    var second =
        after(
            told(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA).thenEscalatesTo(1, OLGA, OTTO)),
            approval(MAX, 0));
    var escalated = pending(after(ARequest.told(pending(second)), mailReturned(1, 0, OLGA)));
    assertThat(Reach.passedOver(escalated)).containsExactly(OLGA);

    var asked = new Command.Asked(Acts.byTheWorkflow(MONDAY), 1, 1, List.of(OTTO), List.of());
    assertThat(Reach.unreached(pending(after(escalated, asked)))).containsExactly(OLGA);
  }

  @Test
  void whoIsWrittenToAgainIsNotPassedOverBecauseAnotherMailComesBack() {
    var both = told(AStage.needsAllOf(MAX, OLGA).thenReminds());
    var again = pending(after(both, mailReturned(0, 0, OLGA), mailReturned(0, 0, MAX)));
    assertThat(again.open().round()).isEqualTo(1);

    var told = after(again, asked(1, List.of(MAX, OLGA)));

    assertThat(Reach.unreached(pending(after(told, mailReturned(0, 1, OLGA)))))
        .containsExactly(OLGA);
  }

  @Test
  void whoeverIsPassedOverCannotBeCountedOn() {
    var chain =
        told(
            AStage.needsAllOf(OLGA, OTTO)
                .thenEscalatesTo(2, OLGA, OTTO, ERIN)
                .thenEscalatesTo(2, OLGA, OTTO, ERIN, DORA));
    var escalated = pending(after(chain, mailReturned(0, 0, OLGA)));
    assertThat(escalated.open().round()).isEqualTo(1);

    var told =
        after(
            escalated,
            new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 1, List.of(ERIN), List.of(OTTO)));

    assertThat(pending(told).open().round()).as("one of two that are needed").isEqualTo(2);
  }

  @Test
  void aRefusedMailAndOneThatComesBackAreTwo() {
    var pending = sent(AStage.needsOneOf(OLGA, OTTO).thenEscalatesTo(1, OLGA, OTTO, ERIN));
    var told =
        after(
            pending,
            new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 0, List.of(OTTO), List.of(OLGA)));

    assertThat(pending(after(told, mailReturned(0, 0, OTTO))).open().round()).isEqualTo(1);
  }

  @Test
  void oneThatComesBackBeforeAllAreToldCountsOnceTheyAre() {
    var pending = sent(AStage.needsOneOf(OLGA, OTTO).thenEscalatesTo(1, OLGA, OTTO, ERIN));

    var early = pending(after(pending, mailReturned(0, 0, OLGA), mailReturned(0, 0, OTTO)));
    assertThat(early.open().round()).isZero();
    assertThat(early.nextDue()).contains(MONDAY.plus(Duration.ofMinutes(2)));

    var told = pending(after(early, asked(0, List.of(OLGA, OTTO))));
    assertThat(told.open().round()).isEqualTo(1);
    assertThat(Reach.left(told.trail().last()))
        .contains(new Reach.Left(0, 0, List.of(OLGA, OTTO), 1));
  }

  @Test
  void oneThatComesBackBeforeAllAreToldEndsTheRequestOnceTheyAre() {
    var early = after(sent(AStage.needsOneOf(OLGA)), mailReturned(0, 0, OLGA));

    var told = after(early, asked(0, List.of(OLGA)));

    assertThat(told).isInstanceOf(Lapsed.class);
    assertThat(Reach.left(told.trail().last())).contains(new Reach.Left(0, 0, List.of(OLGA), null));
  }

  @Test
  void againLateOrForgedItChangesNothing() {
    var told =
        told(
            AStage.needsOneOf(OLGA, OTTO).thenEscalatesTo(1, OLGA, OTTO, ERIN),
            AStage.needsOneOf(DORA));
    var once = after(told, mailReturned(0, 0, OLGA));
    var complaint = new Command.MailReturned(Acts.any(), 0, 0, OLGA, Why.COMPLAINT, "abuse");

    assertChangesNothing(once, mailReturned(0, 0, OLGA));
    assertChangesNothing(once, complaint);
    assertChangesNothing(told, mailReturned(0, 0, MAX));
    assertChangesNothing(told, mailReturned(0, 1, ERIN));
    assertChangesNothing(told, mailReturned(0, 1, OLGA));
    assertChangesNothing(told, mailReturned(1, 0, OLGA));
    assertChangesNothing(told, mailReturned(0, 0, ERIN));
    assertChangesNothing(told, mailReturned(1, 0, DORA));
    assertChangesNothing(after(told, approval(OTTO, 0)), mailReturned(0, 0, OLGA));
    var escalated = after(once, mailReturned(0, 0, OTTO));
    assertChangesNothing(escalated, mailReturned(0, 0, OTTO));
    assertThat(pending(after(escalated, mailReturned(0, 1, OTTO))).open().round()).isEqualTo(1);
  }

  @Test
  void whatAStrangersMailSystemSaysIsOneShortVisibleLine() {
    var said =
        new Command.MailReturned(
                Acts.any(), 0, 0, MAX, Why.BOUNCE, " 550\r\nALARM \u202e" + "x".repeat(9_000))
            .said();

    assertThat(said).hasSize(100).startsWith("550‹U+000D›‹U+000A›ALARM ‹U+202E›").endsWith("x…");
  }

  @Test
  void mailsThatComeBackTakeNobodysRoom() {
    var people = IntStream.range(0, 25).mapToObj(i -> "a" + i + "@x.example").toList();
    var asked = people.toArray(String[]::new);
    var stages = Stream.generate(() -> AStage.needsAllOf(asked)).limit(4).toArray(AStage[]::new);
    Request request = sent(stages);
    var refused = new ArrayList<Outcome>();
    for (int stage = 0; stage < 4; stage++) {
      // Nobody else can be asked, so each round goes on for the last one.
      request = after(request, new Command.Asked(act(), stage, 0, people, List.of()));
      for (var person : people.subList(0, 24)) {
        var outcome = Life.apply(request, mailReturned(stage, 0, person));
        if (outcome instanceof Outcome.Refused) {
          refused.add(outcome);
        }
        request = outcome.request();
      }
      for (var person : people) {
        request = after(request, approval(person, stage));
      }
    }

    assertThat(request.status()).isEqualTo(Status.SCHEDULED);
    assertThat(request.version()).isEqualTo(1 + 4 + 4 * 25 + Trail.MOST_RETURNED);
    assertThat(refused).hasSize(4 * 24 - Trail.MOST_RETURNED);
  }

  @Test
  void beyondTheBoundItIsRefusedAndTheRoundEndsAsWithoutIt() {
    var people = IntStream.range(0, 25).mapToObj(i -> "a" + i + "@x.example").toList();
    Request request =
        sent(
            Stream.generate(() -> AStage.needsAllOf(people.toArray(String[]::new)))
                .limit(4)
                .toArray(AStage[]::new));
    for (int stage = 0; stage < 3; stage++) {
      for (var person : people) {
        request = after(request, mailReturned(stage, 0, person));
      }
      for (var person : people) {
        request = after(request, approval(person, stage));
      }
    }

    assertRefused(request, mailReturned(3, 0, people.getFirst()), "too-many-events");
    var open = pending(request).open();
    assertThat(after(request, new Command.RoundOver(Acts.byTheWorkflow(open.roundEndsAt()), 3, 0)))
        .isInstanceOf(Lapsed.class);
  }

  @Test
  void whatOlderReleasesStoredOfARoundThatReachedNobodyIsUnderstood() {
    var event =
        new Event(
            2,
            Acts.any(),
            Event.Kind.ASKED,
            Status.PENDING,
            Map.of("stage", "0", "round", "0", "reached", "", "refused", MAX + " " + OLGA));

    assertThat(Reach.left(event)).contains(new Reach.Left(0, 0, List.of(MAX, OLGA), 1));
  }

  private static Act act() {
    return Acts.byTheWorkflow(MONDAY);
  }
}
