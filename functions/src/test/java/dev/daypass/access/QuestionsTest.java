package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.answer;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.denial;
import static dev.daypass.access.ARequest.handover;
import static dev.daypass.access.ARequest.question;
import static dev.daypass.access.ARequest.questionDue;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.ARequest.told;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is asked asks the requester first, and the clock waits for the answer. */
class QuestionsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Max, then Max again, then Erin as well, each for an hour. */
  private final Pending pending =
      told(
          sent(
              AStage.needsOneOf(MAX)
                  .lasting(HOUR)
                  .thenReminds()
                  .lasting(HOUR)
                  .thenEscalatesTo(1, MAX, ERIN)
                  .lasting(HOUR)));

  private final Pending asked = asks(pending, MAX, MONDAY);

  private static Pending asks(Request request, String who, Instant at) {
    return (Pending) after(request, question(who, 0, at));
  }

  private static Pending answered(Request request, int question, Instant at) {
    return (Pending) after(request, answer(question, at));
  }

  private static Pending due(Pending request) {
    return (Pending) after(request, questionDue(request, request.open().dueAt()));
  }

  private static Command.RoundOver roundOver(Pending request, Instant at) {
    return new Command.RoundOver(Acts.byTheWorkflow(at), request.stage(), request.open().round());
  }

  @Test
  void whileTheAnswerIsAwaitedTheClockStandsStill() {
    assertThat(asked.open().openQuestion()).isPresent();
    assertThat(asked.open().asked()).as("Sam has still to be told").isFalse();
    assertRefused(asked, roundOver(asked, MONDAY.plus(HOUR)), "round-not-over");
    assertRefused(asked, roundOver(asked, MONDAY.plus(DAY.multipliedBy(9))), "round-not-over");
    assertThat(asked.trail().last().details())
        .containsEntry("question", "0")
        .containsEntry("stage", "0")
        .containsEntry("round", "0")
        .containsEntry("proof", "FRESH")
        .containsEntry("closesAt", MONDAY.plus(DAY.multipliedBy(2)).toString())
        .containsKey("comment");
  }

  @Test
  @Tag("decide.question")
  void theAnswerGivesTheRoundAndThoseAfterItTheirTimeBack() {
    var began = MONDAY.plus(Duration.ofMinutes(20));
    var at = began.plus(Duration.ofHours(5));
    var later = answered(asks(pending, MAX, began), 0, at);

    assertThat(later.open().roundEndsAt()).isEqualTo(at.plus(Duration.ofMinutes(40)));
    assertThat(later.open().openQuestion()).isEmpty();
    assertThat(later.open().asked()).as("Max has still to be told").isFalse();
    assertThat(later.questions().getFirst().answer()).isEqualTo("Customer 4711.");
    assertThat(later.trail().last().details())
        .containsEntry("answer", "Customer 4711.")
        .containsEntry("question", "0");
    var next = (Pending) after(later, roundOver(later, later.open().roundEndsAt()));
    assertThat(next.open().roundEndsAt()).isEqualTo(later.open().roundEndsAt().plus(HOUR));
    assertRefused(
        later, roundOver(later, later.open().roundEndsAt().minusMillis(1)), "round-not-over");
  }

  @Test
  void anAnswerOfASlowerClockTakesNoTimeAway() {
    var later = answered(asks(pending, MAX, MONDAY.plusSeconds(60)), 0, MONDAY.plusSeconds(50));

    assertThat(later.open().roundEndsAt()).isEqualTo(pending.open().roundEndsAt());
  }

  @Test
  void whoAsksWhenTheRoundsTimeIsUpGetsNoneOfItBack() {
    var at = pending.open().roundEndsAt().plusSeconds(5);
    var late = asks(pending, MAX, at);

    assertThat(late.open().roundEndsAt()).isEqualTo(at.plus(DAY.multipliedBy(2)));
    assertThat(answered(late, 0, at.plusSeconds(60)).open().roundEndsAt())
        .isEqualTo(at.plusSeconds(60));
  }

  @Test
  void workingTimeIsKeptWhereItCounts() {
    var plan =
        APlan.inHours(
            HoursTest.office(), APlan.of(AStage.needsOneOf(MAX).lasting(Duration.ofHours(4))));
    var friday = Instant.parse("2026-03-06T15:00:00Z");
    var begun =
        Life.submit(ARequest.asking(plan), Acts.by(SAM, Instant.parse("2026-03-06T14:00:00Z")));
    var open = asks(begun, MAX, friday);
    var question = open.questions().getFirst();

    // Friday at four in Berlin: an hour, and seven of Monday; then two whole days.
    assertThat(question.remindAt()).isEqualTo(Instant.parse("2026-03-09T15:00:00Z"));
    assertThat(question.closesAt()).isEqualTo(Instant.parse("2026-03-10T15:00:00Z"));
    var answered = answered(open, 0, Instant.parse("2026-03-07T20:00:00Z"));
    assertThat(answered.open().roundEndsAt())
        .as("three hours were left")
        .isEqualTo(Instant.parse("2026-03-09T11:00:00Z"));
  }

  @Test
  void withoutAnAnswerSamIsRemindedOnceAndThenItGoesOn() {
    assertThat(asked.open().dueAt()).isEqualTo(MONDAY.plus(DAY));
    assertThat(Next.of(asked, MONDAY)).isEqualTo(new Next.Decide(0, 0, MONDAY.plus(DAY)));
    assertThat(told(asked).nextDue()).contains(MONDAY.plus(DAY));
    assertRefused(asked, questionDue(asked, MONDAY.plus(DAY).minusMillis(1)), "round-not-over");

    var reminded = due(asked);
    assertThat(reminded.trail().last().kind()).isEqualTo(Event.Kind.QUESTION_REMINDED);
    assertThat(reminded.open().openQuestion()).isPresent();
    assertThat(reminded.open().dueAt()).isEqualTo(MONDAY.plus(DAY.multipliedBy(2)));

    var over = due(reminded);
    assertThat(over.trail().last().kind()).isEqualTo(Event.Kind.QUESTION_UNANSWERED);
    assertThat(over.open().openQuestion()).isEmpty();
    assertThat(over.open().asked()).as("Max has still to be told").isFalse();
    assertThat(over.open().roundEndsAt()).isEqualTo(MONDAY.plus(DAY.multipliedBy(2)).plus(HOUR));
    assertThat(over.open().dueAt()).isEqualTo(over.open().roundEndsAt());
    assertChangesNothing(over, questionDue(reminded, MONDAY.plus(DAY.multipliedBy(3))));
    assertChangesNothing(over, questionDue(over, MONDAY.plus(DAY.multipliedBy(3))));
  }

  @Test
  void nobodyIsRemindedOfWhatIsOver() {
    var late = after(asked, questionDue(asked, MONDAY.plus(DAY.multipliedBy(2))));

    assertThat(late.trail().last().kind()).isEqualTo(Event.Kind.QUESTION_UNANSWERED);
  }

  @Test
  void onlySamAnswersAndInTime() {
    assertRefused(asked, new Command.AnswerQuestion(Acts.by(MAX, MONDAY), 0, "Yes."), "not-yours");
    assertRefused(pending, answer(0, MONDAY), "no-question");
    assertRefused(asked, answer(1, MONDAY), "no-question");
    assertRefused(asked, answer(-1, MONDAY), "no-question");
    var limit = MONDAY.plus(DAY.multipliedBy(2));
    assertRefused(asked, answer(0, limit), "answer-too-late");
    assertRefused(due(due(asked)), answer(0, limit.minusSeconds(1)), "answer-too-late");
    assertThat(answered(asked, 0, limit.minusMillis(1)).open().openQuestion()).isEmpty();
    assertRefused(after(asked, approval(MAX, 0)), answer(0, MONDAY), "stage-closed");
    assertRefused(
        after(asked, new Command.Cancel(Acts.by(SAM, MONDAY))), answer(0, MONDAY), "stage-closed");
  }

  @Test
  void theSameAnswerAgainChangesNothingAndAnotherIsRefused() {
    var done = answered(asked, 0, MONDAY);

    assertChangesNothing(done, answer(0, MONDAY.plusSeconds(9)));
    assertChangesNothing(after(done, denial(MAX, 0)), answer(0, MONDAY.plusSeconds(9)));
    assertRefused(
        done, new Command.AnswerQuestion(Acts.by(SAM, MONDAY), 0, "No."), "answered-already");
  }

  @Test
  void anAnswerSaysSomethingThatFitsAndCanBeShown() {
    for (var wrong : List.of(" ", "x".repeat(2001), "\u202e")) {
      var answer = new Command.AnswerQuestion(Acts.by(SAM, MONDAY), 0, wrong);
      assertThat(refusals(asked, answer)).extracting(Refusal::field).containsOnly("answer");
    }
    assertThat(after(asked, new Command.AnswerQuestion(Acts.by(SAM, MONDAY), 0, "x".repeat(2000))))
        .isInstanceOf(Pending.class);
  }

  @Test
  void whenMuchHasBeenAnsweredTheAnswersGetShort() {
    Request request =
        told(
            sent(
                AStage.needsAllOf(MAX, DORA),
                AStage.needsAllOf(OLGA, ERIN),
                AStage.needsAllOf(MAX, ERIN)));
    int number = 0;
    for (int stage = 0; stage < 3; stage++) {
      var asks = ((Pending) request).open().approvers().getFirst();
      for (int each = 0; each < 3; each++) {
        var at = MONDAY.plusSeconds(number);
        request = after(request, question(asks, stage, at));
        var said =
            new Command.AnswerQuestion(
                Acts.by(SAM, at), number, number < 6 ? "x".repeat(2000) : "x".repeat(100));
        if (number == 6) {
          assertRefused(
              request,
              new Command.AnswerQuestion(Acts.by(SAM, at), number, "x".repeat(101)),
              "answer-too-long");
        }
        request = after(request, said);
        number++;
      }
      for (var approver : ((Pending) request).open().approvers()) {
        request = after(request, approval(approver, stage));
      }
    }
    assertThat(request).isInstanceOf(Scheduled.class);
    assertThat(request.questions()).hasSize(9);
  }

  @Test
  @Tag("decide.question")
  void oneQuestionAtATimeAndThreeAtMost() {
    var two = told(sent(AStage.needsOneOf(MAX, DORA)));
    var open = asks(two, MAX, MONDAY);

    var refused = refusals(open, question(DORA, 0, MONDAY.plusSeconds(1)));
    assertThat(refused).extracting(Refusal::code).containsExactly("question-open");
    assertThat(refused.getFirst().message()).contains(MAX, open.questions().getFirst().text());
    assertChangesNothing(open, question(MAX, 0, MONDAY));
    var again = answered(open, 0, MONDAY);
    assertChangesNothing(again, question(MAX, 0, MONDAY));
    for (int i = 1; i < 3; i++) {
      assertThat(Questions.canBeAsked(again.open())).isTrue();
      again = asks(again, DORA, MONDAY.plusSeconds(i));
      assertThat(Questions.canBeAsked(again.open())).isFalse();
      again = answered(again, i, MONDAY.plusSeconds(i));
    }
    assertThat(Questions.canBeAsked(again.open())).isFalse();
    assertRefused(again, question(MAX, 0, MONDAY.plusSeconds(9)), "question-too-many");
  }

  @Test
  void onlyWhoCouldDecideAsks() {
    assertRefused(pending, question(STELLA, 0), "not-asked");
    assertRefused(pending, question(SAM, 0), "self-approval", "not-asked");
    assertRefused(pending, question(MAX, 1), "no-such-stage");
    assertRefused(pending, question(MAX, -1), "no-such-stage");
    assertRefused(after(pending, denial(MAX, 0)), question(MAX, 0), "stage-closed");
    var two = told(sent(AStage.needsAllOf(MAX, DORA)));
    assertRefused(after(two, approval(MAX, 0)), question(MAX, 0), "already-decided");
    assertRefused(after(two, handover(MAX, 0, OLGA)), question(MAX, 0), "handed-over");
    assertRefused(
        pending,
        new Command.AskQuestion(Acts.by(MAX, MONDAY), 0, " ", Proof.FRESH, List.of()),
        "question-missing");
    assertRefused(
        told(sent(AStage.needsOneOf(MAX).lasting(HOUR))),
        question(MAX, 0, MONDAY.plus(HOUR)),
        "too-late");
  }

  @Test
  void inALaterStageTooAndEachAnswerIsForItsOwnQuestion() {
    var chain = sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA), AStage.needsOneOf(ERIN));
    var first = asks(told(chain), MAX, MONDAY);
    var second = told((Pending) after(first, approval(MAX, 0)));

    assertThat(Life.apply(second, question(MAX, 0, MONDAY.plusSeconds(1))))
        .isEqualTo(new Refused(second, List.of(Closed.refusal(second, 0))));
    assertThat(Life.apply(second, answer(0, MONDAY)))
        .isEqualTo(new Refused(second, List.of(Closed.refusal(second, 0))));
    var open = (Pending) after(second, question(OLGA, 1, MONDAY));
    assertThat(open.trail().last().details())
        .containsEntry("stage", "1")
        .containsEntry("question", "1");
    assertChangesNothing(open, question(OLGA, 1, MONDAY));
    assertChangesNothing(open, new Command.QuestionDue(Acts.byTheWorkflow(MONDAY.plus(DAY)), 0, 1));
    var reminded = due(open);
    assertThat(reminded.trail().last().details())
        .containsEntry("stage", "1")
        .containsEntry("round", "0")
        .containsEntry("question", "1");
    var denied = after(open, denial(OLGA, 1));
    assertThat(Life.apply(denied, answer(1, MONDAY)))
        .isEqualTo(new Refused(denied, List.of(Closed.refusal(denied, 1))));
    assertThat(Closed.refusal(denied, 1)).isNotEqualTo(Closed.refusal(denied, 0));
    var done = answered(open, 1, MONDAY);
    assertThat(done.trail().last().details()).containsEntry("question", "1");
    assertThat(done.questions())
        .extracting(Question::answer)
        .containsExactly(null, "Customer 4711.");
  }

  @Test
  void inALaterRoundTheTrailSaysInWhich() {
    var reminded = (Pending) after(pending, roundOver(pending, pending.open().roundEndsAt()));
    var open = asks(told(reminded), MAX, MONDAY.plus(HOUR));

    assertThat(open.open().questions().getFirst().round()).isEqualTo(1);
    assertThat(open.trail().last().details()).containsEntry("round", "1");
  }

  @Test
  void whoCannotAskHearsNothingOfHowOneWould() {
    assertRefused(
        asked,
        new Command.AskQuestion(Acts.by(STELLA, MONDAY), 0, " ", Proof.FRESH, List.of()),
        "not-asked");
    assertRefused(
        asked,
        new Command.AskQuestion(
            Acts.by(MAX, MONDAY),
            0,
            "What for?",
            Proof.FRESH,
            List.of(
                Refusal.of(
                    "approver-left",
                    "You are not in the directory any more, so you cannot decide."))),
        "approver-left",
        "question-open");
  }

  @Test
  void whoeverIsAskedMayDecideOrHandOverAllTheSame() {
    assertThat(after(asked, approval(MAX, 0, MONDAY.plus(DAY)))).isInstanceOf(Scheduled.class);
    assertThat(after(asked, denial(MAX, 0))).isInstanceOf(Denied.class);
    var handed = (Pending) after(asked, handover(MAX, 0, OLGA));
    assertThat(handed.open().openQuestion()).isPresent();
    assertThat(handed.open().roundEndsAt()).isEqualTo(asked.open().roundEndsAt());
    var two = asks(told(sent(AStage.needsAllOf(MAX, DORA))), MAX, MONDAY);
    assertThat(((Pending) after(two, approval(MAX, 0))).open().openQuestion()).isPresent();
  }

  @Test
  void whoCannotBeReachedIsEscalatedAllTheSameAndTheNextRoundWaits() {
    var left = (Pending) after(told(asked), ARequest.mailReturned(0, 0, MAX));

    assertThat(left.open().round()).isEqualTo(2);
    assertThat(left.open().openQuestion()).isPresent();
    assertThat(left.open().roundEndsAt()).isEqualTo(MONDAY.plus(DAY.multipliedBy(2)).plus(HOUR));
    assertThat(answered(left, 0, MONDAY.plus(HOUR)).open().roundEndsAt())
        .isEqualTo(MONDAY.plus(HOUR.multipliedBy(2)));
  }

  @Test
  void eachTurnAnswersTheWaitAndHasToBeTold() {
    Pending now = pending;
    for (var next : List.of(question(MAX, 0), answer(0, MONDAY))) {
      var wait = new Wait.ForDecision(0, 0, now.open().turns());
      assertThat(wait.isAnsweredBy(now)).isFalse();
      var late =
          new Command.Asked(
              Acts.byTheWorkflow(MONDAY), 0, 0, now.open().turns(), List.of(MAX), List.of());
      now = (Pending) after(now, next);
      assertThat(wait.isAnsweredBy(now)).isTrue();
      assertChangesNothing(now, late);
      now = told(now);
    }
    assertThat(now.open().turns()).isEqualTo(2);
    assertThat(due(asked).open().turns()).isEqualTo(2);
    assertThat(due(due(asked)).open().turns()).isEqualTo(3);
  }

  @Test
  void noStageHasTwoOpenQuestionsMoreThanThreeOrOneOfSomebodyElse() {
    var open = asked.open();
    var one = open.questions().getFirst();
    var done = one.answered("Yes.", MONDAY);
    var others = new Question(STELLA, 0, "What for?", MONDAY, MONDAY, MONDAY, false, null, null);

    for (var wrong : List.of(List.of(one, one), List.of(done, done, done, done), List.of(others))) {
      assertThatIllegalArgumentException().isThrownBy(() -> with(open, wrong));
    }
    assertThat(with(open, List.of(done, done, one)).questions()).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> any(MONDAY, MONDAY.minusMillis(1), MONDAY, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> any(MONDAY, MONDAY, MONDAY.minusMillis(1), null));
    assertThatIllegalArgumentException().isThrownBy(() -> any(MONDAY, MONDAY, MONDAY, "Yes."));
  }

  @Test
  void aQuestionIsOfARoundThatThereCanBe() {
    assertThat(ofRound(4).round()).isEqualTo(4);
    for (var round : List.of(-1, 5)) {
      assertThatThrownBy(() -> ofRound(round)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Question(
                    "Max@example.com", 0, "What for?", MONDAY, MONDAY, MONDAY, false, null, null));
  }

  private static Question ofRound(int round) {
    return new Question(MAX, round, "What for?", MONDAY, MONDAY, MONDAY, false, null, null);
  }

  private static Question any(Instant at, Instant remind, Instant closes, @Nullable String answer) {
    return new Question(MAX, 0, "What for?", at, remind, closes, false, answer, null);
  }

  private static Stage with(Stage open, List<Question> questions) {
    return new Stage(
        open.plan(),
        open.openedAt(),
        open.round(),
        open.roundEndsAt(),
        open.asked(),
        open.decisions(),
        open.result(),
        open.handovers(),
        questions);
  }
}
