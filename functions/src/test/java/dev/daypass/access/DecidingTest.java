package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.ARequest.waitingForTheManager;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidingTest {
  private static final String TOO_LONG = "x".repeat(Texts.LONGEST + 1);

  private static Command.Decide decision(
      String by, Instant at, Answer answer, String comment, Proof proof, Refusal... standing) {
    return new Command.Decide(Acts.by(by, at), 0, answer, null, comment, proof, List.of(standing));
  }

  @Test
  void aCommentThatCannotBeShownIsRefusedWithThePlace() {
    var decide = decision(MAX, MONDAY, Answer.APPROVE, "fine\u2066", Proof.SESSION);
    assertThat(refusals(waitingForTheManager(), decide))
        .containsExactly(
            new Refusal(
                "comment-character",
                "comment",
                "Please take out character 5 (U+2066): it turns the direction in which text is"
                    + " read."));
  }

  @Test
  void aDenialWithNothingToReadIsNotExplained() {
    var decide = decision(MAX, MONDAY, Answer.DENY, "\u200b\u3164", Proof.SESSION);
    assertRefused(waitingForTheManager(), decide, "comment-missing");
  }

  @Nested
  class WhoDecidesWell {
    @Test
    void anApprovalIsKeptWithCommentProofAndTime() {
      var at = MONDAY.plusSeconds(30);
      var approved =
          after(
              waitingForTheManager(),
              decision(MAX, at, Answer.APPROVE, "  Good reason. ", Proof.SESSION));

      assertThat(approved.stages().getLast().decisions())
          .containsExactly(
              new Decision(MAX, Answer.APPROVE, null, "Good reason.", Proof.SESSION, at));
      assertThat(approved.trail().last().kind()).isEqualTo(Event.Kind.DECIDED);
      assertThat(approved.trail().last().details())
          .containsEntry("stage", "0")
          .containsEntry("answer", "APPROVE")
          .containsEntry("comment", "Good reason.")
          .containsEntry("proof", "SESSION")
          .containsEntry("result", "APPROVED");
    }

    @Test
    void aDenialEndsTheRequest() {
      var denied = after(waitingForTheManager(), denial(MAX, 0));

      assertThat(denied).isInstanceOf(Denied.class);
      assertThat(denied.stages().getLast().result()).isEqualTo(Stage.Result.DENIED);
      assertThat(denied.trail().last().details()).containsEntry("result", "DENIED");
    }

    @Test
    void anApprovalNeedsNoComment() {
      assertThat(after(waitingForTheManager(), approval(MAX, 0))).isInstanceOf(Scheduled.class);
    }

    @Test
    void aCommentOfTheGreatestLengthIsTaken() {
      var longest = "\uD83D\uDE00".repeat(Texts.LONGEST);

      var approved =
          after(
              waitingForTheManager(),
              decision(MAX, MONDAY, Answer.APPROVE, longest, Proof.MAILBOX));

      assertThat(approved.stages().getLast().decisions().getLast().comment()).isEqualTo(longest);
    }

    @Test
    void somebodyCanDecideBeforeTheMarkThatTheMailWentOut() {
      assertThat(after(ARequest.sentToTheManager(), approval(MAX, 0)))
          .isInstanceOf(Scheduled.class);
    }
  }

  @Nested
  class WhoIsRefused {
    @Test
    void theRequester() {
      var refusals = refusals(waitingForTheManager(), approval(SAM, 0));

      assertThat(refusals)
          .contains(
              Refusal.of(
                  "self-approval", "You asked for this yourself, so somebody else must decide."));
    }

    @Test
    void somebodyWhoIsNotAsked() {
      assertRefusedSaying(
          waitingForTheManager(),
          approval(STELLA, 0),
          "not-asked",
          "You are not among the people asked to decide this now.");
    }

    @Test
    void somebodyWhoIsAskedOnlyInALaterRound() {
      assertRefused(
          sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN)), approval(ERIN, 0), "not-asked");
    }

    @Test
    @Tag("decide.deny")
    void whoDeniesWithoutAWord() {
      assertThat(
              refusals(
                  waitingForTheManager(),
                  decision(MAX, MONDAY, Answer.DENY, " \n ", Proof.MAILBOX)))
          .containsExactly(
              new Refusal(
                  "comment-missing",
                  "comment",
                  "Please say in a few words why not; the requester reads it."));
    }

    @Test
    void whoWritesTooMuch() {
      assertThat(
              refusals(
                  waitingForTheManager(),
                  decision(MAX, MONDAY, Answer.APPROVE, TOO_LONG, Proof.MAILBOX)))
          .containsExactly(
              new Refusal(
                  "comment-too-long", "comment", "Please keep the comment to 2,000 characters."));
    }

    @Test
    void whoWritesTooMuchWhereManyHaveWrittenMuch() {
      var everybody =
          IntStream.range(0, 10).mapToObj("approver-%d@example.com"::formatted).toList();
      Request request = sent(AStage.needsAllOf(everybody.toArray(String[]::new)));
      var full = "x".repeat(Texts.LONGEST);
      for (var person : everybody.subList(0, 6)) {
        request = after(request, decision(person, MONDAY, Answer.APPROVE, full, Proof.MAILBOX));
      }

      var seventh = everybody.get(6);
      assertThat(
              refusals(
                  request,
                  decision(seventh, MONDAY, Answer.APPROVE, "x".repeat(101), Proof.MAILBOX)))
          .containsExactly(
              new Refusal(
                  "comment-too-long", "comment", "Please keep the comment to 100 characters."));
      after(request, decision(seventh, MONDAY, Answer.APPROVE, "x".repeat(100), Proof.MAILBOX));
    }

    @Test
    void whomTodaysDirectoryDoesNotAllow() {
      var left =
          Refusal.of("approver-inactive", "Max is no longer in the directory and cannot decide.");
      var moved = Refusal.of("not-eligible", "Sam may no longer ask for “Sales”.");

      assertThat(
              refusals(
                  waitingForTheManager(),
                  decision(
                      MAX,
                      MONDAY,
                      Answer.APPROVE,
                      "",
                      Proof.MAILBOX,
                      left.with("Max"),
                      moved.in("decide").with("Sam", "Sales"))))
          .containsExactly(left, moved);
    }

    @Test
    void everyReasonIsToldAtOnce() {
      var pending = sent(AStage.needsOneOf(MAX).provenBy(Proof.FRESH));

      assertRefused(
          pending,
          decision(
              SAM,
              pending.open().roundEndsAt(),
              Answer.DENY,
              "",
              Proof.SESSION,
              Refusal.of("not-eligible", "Sam may no longer ask for “Sales”.")
                  .in("decide")
                  .with("Sam", "Sales")),
          "self-approval",
          "not-asked",
          "too-late",
          "proof-too-weak",
          "comment-missing",
          "not-eligible");
    }

    @Test
    void aStageThatDoesNotExistYet() {
      assertRefusedSaying(
          waitingForTheManager(),
          approval(MAX, 1),
          "no-such-stage",
          "This step of the approval has not begun.");
    }

    @Test
    void aStageThatCannotExist() {
      assertRefused(waitingForTheManager(), approval(MAX, -1), "no-such-stage");
    }
  }

  @Nested
  class Proofs {
    @ParameterizedTest
    @CsvSource({
      "MAILBOX, MAILBOX, true",
      "MAILBOX, SESSION, true",
      "MAILBOX, FRESH,   true",
      "SESSION, MAILBOX, false",
      "SESSION, SESSION, true",
      "SESSION, FRESH,   true",
      "FRESH,   MAILBOX, false",
      "FRESH,   SESSION, false",
      "FRESH,   FRESH,   true",
    })
    void aProofMustBeAsStrongAsDemanded(Proof demanded, Proof given, boolean enough) {
      var pending = sent(AStage.needsOneOf(MAX).provenBy(demanded));
      var decision = decision(MAX, MONDAY, Answer.APPROVE, "", given);

      if (enough) {
        assertThat(after(pending, decision)).isInstanceOf(Scheduled.class);
      } else {
        assertRefused(pending, decision, "proof-too-weak");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "SESSION | For this decision please sign in.",
          "FRESH   | For this decision please sign in again; it must be less than five minutes ago.",
        })
    void theRefusalSaysWhatToDo(Proof demanded, String message) {
      assertRefusedSaying(
          sent(AStage.needsOneOf(MAX).provenBy(demanded)),
          decision(MAX, MONDAY, Answer.APPROVE, "", Proof.MAILBOX),
          "proof-too-weak",
          message);
    }
  }

  @Nested
  class Deadlines {
    @Test
    @Tag("properties.chains")
    void aDecisionAtTheVeryInstantOfTheDeadlineIsTooLate() {
      var pending = sent(AStage.needsOneOf(MAX));
      var deadline = pending.open().roundEndsAt();

      assertRefusedSaying(
          pending,
          approval(MAX, 0, deadline),
          "too-late",
          "The time to answer ended at 2026-03-02T16:00:00Z. Nothing was changed.");
      assertThat(after(pending, approval(MAX, 0, deadline.minusNanos(1))))
          .isInstanceOf(Scheduled.class);
    }

    @Test
    void whileAnotherRoundFollowsNobodyIsTooLate() {
      var pending = sent(AStage.needsOneOf(MAX).thenReminds());

      assertThat(after(pending, approval(MAX, 0, pending.open().roundEndsAt().plusSeconds(60))))
          .isInstanceOf(Scheduled.class);
    }
  }

  @Nested
  class Quorums {
    @Test
    @Tag("approvers.numbers")
    void oneOfManyIsEnough() {
      assertThat(after(sent(AStage.needsOneOf(MAX, OLGA, OTTO)), approval(OTTO, 0)))
          .isInstanceOf(Scheduled.class);
    }

    @Test
    @Tag("approvers.numbers")
    void allMeansEveryOne() {
      var pending = sent(AStage.needsAllOf(MAX, OLGA, OTTO));

      var nearly = after(pending, approval(MAX, 0), approval(OTTO, 0));

      assertThat(nearly).isInstanceOf(Pending.class);
      assertThat(after(nearly, approval(OLGA, 0))).isInstanceOf(Scheduled.class);
    }

    @Test
    @Tag("approvers.numbers")
    void someMeansSoMany() {
      var pending = sent(AStage.needs(2, MAX, OLGA, OTTO));

      var nearly = after(pending, approval(MAX, 0));

      assertThat(nearly.trail().last().details()).containsEntry("result", "OPEN");
      assertThat(after(nearly, approval(OTTO, 0))).isInstanceOf(Scheduled.class);
    }

    @Test
    void oneDenialIsEnoughWhateverOthersSaid() {
      var nearly = after(sent(AStage.needs(2, MAX, OLGA, OTTO)), approval(MAX, 0));

      assertThat(after(nearly, denial(OLGA, 0))).isInstanceOf(Denied.class);
    }

    @Test
    void approvalsOfAnEarlierRoundCount() {
      var pending = sent(AStage.needsAllOf(MAX, OLGA).thenEscalatesTo(2, MAX, OLGA, ERIN));
      var nearly = after(pending, approval(MAX, 0));
      var escalated =
          after(
              nearly,
              new Command.RoundOver(Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, 0));

      assertThat(after(escalated, approval(ERIN, 0))).isInstanceOf(Scheduled.class);
    }

    @Test
    void whoIsReplacedByAnEscalationIsNoLongerAsked() {
      var pending = sent(AStage.needsOneOf(MAX).thenEscalatesTo(1, ERIN));
      var escalated =
          after(
              pending,
              new Command.RoundOver(Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, 0));

      assertRefused(escalated, approval(MAX, 0), "replaced");
    }
  }

  @Nested
  class StagesInOrder {
    private final Pending pending =
        sent(AStage.needsOneOf(MAX), AStage.needsAllOf(OLGA, OTTO), AStage.needsOneOf(ERIN));

    @Test
    void theNextStageOpensWhenTheOneBeforeIsApproved() {
      var at = MONDAY.plusSeconds(90);

      var second = (Pending) after(pending, approval(MAX, 0, at));

      assertThat(second.stage()).isEqualTo(1);
      assertThat(second.open().openedAt()).isEqualTo(at);
      assertThat(second.open().roundEndsAt()).isEqualTo(at.plus(AStage.ANY_ROUND));
      assertThat(second.open().asked()).isFalse();
      assertThat(second.open().approvers()).containsExactly(OLGA, OTTO);
    }

    @Test
    void aDecisionIsRecordedWithItsStage() {
      var second = after(pending, approval(MAX, 0), approval(OTTO, 1));

      assertThat(second.trail().last().details()).containsEntry("stage", "1");
    }

    @Test
    void onlyTheLastApprovalSchedulesTheAccess() {
      var nearly = after(pending, approval(MAX, 0), approval(OTTO, 1), approval(OLGA, 1));

      assertThat(nearly).isInstanceOf(Pending.class);
      assertThat(after(nearly, approval(ERIN, 2))).isInstanceOf(Scheduled.class);
    }

    @Test
    void nobodyDecidesAheadOfTime() {
      assertRefused(pending, approval(OLGA, 1), "no-such-stage");
    }

    @Test
    void whoIsAskedInALaterStageHasNoSayInThisOne() {
      assertRefused(pending, approval(OLGA, 0), "not-asked");
    }

    @Test
    void aDenialInALaterStageDeniesTheRequest() {
      var second = after(pending, approval(MAX, 0), approval(OTTO, 1));

      assertThat(after(second, denial(OLGA, 1))).isInstanceOf(Denied.class);
    }

    @Test
    void theSamePersonCanBeAskedInTwoStages() {
      var twice = sent(AStage.needsOneOf(MAX), AStage.needsOneOf(MAX));

      assertThat(after(twice, approval(MAX, 0), approval(MAX, 1))).isInstanceOf(Scheduled.class);
    }

    @Test
    void aStageThatIsDoneSaysWhoDecidedIt() {
      var second = after(pending, approval(MAX, 0), approval(OTTO, 1));

      assertRefusedSaying(
          second, denial(STELLA, 0), "stage-closed", "Already approved by " + MAX + ".");
      assertRefusedSaying(
          after(second, approval(OLGA, 1)),
          denial(STELLA, 1),
          "stage-closed",
          "Already approved by " + OTTO + " and " + OLGA + ".");
    }
  }

  @Nested
  class Twice {
    @Test
    void theSameAnswerAgainChangesNothing() {
      var once = after(sent(AStage.needsAllOf(MAX, OLGA)), approval(MAX, 0));

      assertChangesNothing(once, approval(MAX, 0));
    }

    @Test
    void theSameAnswerAgainChangesNothingWhenTheStageIsClosed() {
      assertChangesNothing(ARequest.approvedByTheManager(), approval(MAX, 0));
      assertChangesNothing(ARequest.ended(), approval(MAX, 0));
      assertChangesNothing(ARequest.deniedByTheManager(), denial(MAX, 0));
    }

    @Test
    void aChangeOfMindIsRefused() {
      var once = after(sent(AStage.needsAllOf(MAX, OLGA)), approval(MAX, 0));

      assertRefusedSaying(
          once,
          denial(MAX, 0),
          "already-decided",
          "You have already approved this. To take that back, please withdraw your approval on the"
              + " page of the request.");
    }

    @Test
    void aChangeOfMindComesTooLateWhenTheStageIsClosed() {
      assertRefusedSaying(
          ARequest.approvedByTheManager(),
          denial(MAX, 0),
          "stage-closed",
          "Already approved by " + MAX + ".");
      assertRefusedSaying(
          ARequest.deniedByTheManager(),
          approval(MAX, 0),
          "stage-closed",
          "Already denied by " + MAX + ".");
    }

    @Test
    void ofTwoAnswersAtOnceTheSecondSeesTheFirst() {
      var denied = after(waitingForTheManager(), denial(MAX, 0));

      assertRefusedSaying(
          denied, approval(DORA, 0), "stage-closed", "Already denied by " + MAX + ".");
    }
  }
}
