package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.OwnersTask.Work;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.SetUpTask.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandWorkTest {
  private static final Instant LATER = MONDAY.plus(Duration.ofHours(1));

  private static final Evidence AFTER =
      Evidence.of("%PDF-1.7 after".getBytes(StandardCharsets.UTF_8), "after.pdf");
  private static final Evidence ANOTHER =
      Evidence.of("%PDF-1.7 another".getBytes(StandardCharsets.UTF_8), "another.pdf");
  private static final Act OTHER_ACT = new Act("other", LATER, OTTO, "api");

  private static Provisioning claimed() {
    Request request = Life.submit(ARequest.asking(byHand()), Acts.by(SAM, MONDAY));
    return (Provisioning)
        after(request, approval(MAX, 0), new Command.Claim(Acts.byTheWorkflow(MONDAY)));
  }

  private static Plan byHand() {
    return APlan.byHand(APlan.forTheManager());
  }

  static Provisioning inHands(boolean leftover) {
    return (Provisioning)
        after(claimed(), new Command.OpenSetUpTask(Acts.byTheWorkflow(MONDAY), leftover));
  }

  private static Command.AnswerSetUp answer(String by, Result result, String note) {
    return new Command.AnswerSetUp(Acts.by(by, LATER), result, note);
  }

  private static Active active() {
    return (Active)
        after(
            inHands(false),
            answer(OLGA, Result.DONE, ""),
            new Command.Provisioned(Acts.byTheWorkflow(LATER)));
  }

  private static Ending over() {
    return (Ending)
        after(active(), new Command.Expire(Acts.byTheWorkflow(active().grant().expiresAt())));
  }

  private static Ending toBeTakenAway() {
    return (Ending) after(over(), new Command.OpenTask(Acts.byTheWorkflow(LATER), ""));
  }

  private static Command.Attest attest(String by, String note) {
    return new Command.Attest(Acts.by(by, LATER), note);
  }

  private static Command.Attest show(String by, String note, Evidence evidence) {
    return new Command.Attest(Acts.by(by, LATER), note, evidence);
  }

  private static Command.Gone gone() {
    return new Command.Gone(Acts.byTheWorkflow(LATER), null);
  }

  private static List<String> codes(Request request, Command command) {
    return refusals(request, command).stream().map(Refusal::code).toList();
  }

  @Nested
  class SettingUp {
    @Test
    void theOwnersHaveATaskAndTheWorkflowWaitsForThem() {
      var request = inHands(true);

      assertThat(request.task())
          .isEqualTo(new SetUpTask(MONDAY, List.of(OLGA, OTTO), true, 0, null));
      assertThat(Next.of(request, Instant.EPOCH))
          .isEqualTo(new Next.AwaitEnd(MONDAY.plus(Duration.ofDays(7))));
      assertThat(new Wait.ForEnd().isAnsweredBy(request)).isFalse();
      assertThat(request.trail().last().details())
          .containsEntry("for", OLGA + " " + OTTO)
          .containsEntry("leftover", "true");
      assertChangesNothing(request, new Command.OpenSetUpTask(Acts.byTheWorkflow(LATER), false));
    }

    @Test
    void whatAConnectorSetsUpIsNobodysTask() {
      assertChangesNothing(
          ARequest.beingSetUp(), new Command.OpenSetUpTask(Acts.byTheWorkflow(MONDAY), false));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Provisioning(
                      ARequest.beingSetUp().asked(),
                      ARequest.beingSetUp().stages(),
                      inHands(false).task(),
                      ARequest.beingSetUp().trail()));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsKeptAndTheWorkflowGoesOn(Result result) {
      var request = (Provisioning) after(inHands(false), answer(OLGA, result, " In the console. "));

      assertThat(Objects.requireNonNull(request.task()).answer())
          .isEqualTo(new SetUpTask.Answer(result, OLGA, LATER, "In the console."));
      assertThat(request.awaited()).isEmpty();
      assertThat(Next.of(request, Instant.EPOCH)).isEqualTo(new Next.Provision());
      assertThat(new Wait.ForEnd().isAnsweredBy(request)).isTrue();
      assertThat(request.nextDue()).contains(LATER.plus(Duration.ofMinutes(2)));
      assertThat(request.trail().last().details())
          .containsEntry("result", result.name())
          .containsEntry("note", "In the console.");
    }

    @Test
    @Tag("by-hand.set-up")
    void theClockStartsWhenItIsThere() {
      assertThat(active().grant().startedAt()).isEqualTo(LATER);
      assertThat(active().grant().expiresAt()).isEqualTo(LATER.plus(ARequest.FOUR_HOURS));
    }

    @Test
    void theFirstAnswerCounts() {
      var answered = after(inHands(false), answer(OLGA, Result.DONE, ""));

      assertChangesNothing(
          answered,
          new Command.AnswerSetUp(new Act("other", LATER, OLGA, "api"), Result.DONE, "Again."));
      assertThat(codes(answered, answer(OTTO, Result.DONE, ""))).containsExactly("task-answered");
      assertThat(
              codes(
                  answered,
                  new Command.AnswerSetUp(
                      new Act("other", LATER, OLGA, "api"), Result.IMPOSSIBLE, "No licence.")))
          .containsExactly("task-answered");
    }

    @Test
    void whoeverGetsTheAccessSaysNothingAboutIt() {
      assertThat(codes(inHands(false), answer(SAM, Result.DONE, ""))).containsExactly("own-task");
    }

    @Test
    void whatIsImpossibleIsExplained() {
      assertThat(codes(inHands(false), answer(OLGA, Result.IMPOSSIBLE, " ")))
          .containsExactly("note-missing");
      assertThat(codes(inHands(false), answer(OLGA, Result.DONE, "x".repeat(2001))))
          .containsExactly("note-too-long");
      assertThat(after(inHands(false), answer(OLGA, Result.DONE, "x".repeat(2000)))).isNotNull();
      assertThat(codes(inHands(false), answer(OLGA, Result.DONE, "out\u202e")))
          .containsExactly("note-character");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
      assertThat(codes(inHands(false), answer(SAM, Result.IMPOSSIBLE, "")))
          .containsExactly("own-task", "note-missing");
    }

    @Test
    void whatMayBeLeftOverIsOursAndWasNotThereBefore() {
      assertThat(codes(inHands(true), answer(OLGA, Result.HELD, "")))
          .containsExactly("held-through-us");
      assertThat(after(inHands(true), answer(OLGA, Result.DONE, ""))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNothingToAnswerElsewhere(Status status) {
      assertThat(codes(ARequest.in(status), answer(OLGA, Result.DONE, "")))
          .containsExactly("no-task");
    }

    @Test
    void whatCannotBeSetUpHasFailedWithoutAnotherTask() {
      var given =
          (Ending)
              after(
                  inHands(false),
                  answer(OLGA, Result.IMPOSSIBLE, "No licence is left."),
                  new Command.GiveUp(Acts.byTheWorkflow(LATER), "No licence is left."));
      assertThat(given.mayBeThere()).isFalse();

      var failed = (Failed) after(given, new Command.NeverAdded(Acts.byTheWorkflow(LATER)));

      assertThat(failed.reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
      assertThat(failed.why()).isEqualTo("No licence is left.");
    }

    @Test
    void whatNobodyAnsweredMayBeThereAllTheSame() {
      var given =
          (Ending)
              after(inHands(false), new Command.GiveUp(Acts.byTheWorkflow(LATER), "Nobody said."));

      assertThat(given.mayBeThere()).isTrue();
      assertChangesNothing(given, new Command.NeverAdded(Acts.byTheWorkflow(LATER)));
      assertChangesNothing(given, gone());
    }

    @Test
    void whatNobodyWasAskedToSetUpIsNotThere() {
      var back = (Ending) after(claimed(), new Command.Return(Acts.by(SAM, LATER)));

      assertThat(back.mayBeThere()).isFalse();
      assertThat(((Ended) after(back, gone())).trail().last().details())
          .containsEntry("readBack", "nothing had been added");
    }
  }

  @Nested
  class TakingAway {
    @Test
    void isATaskOfTheOwnersAtOnce() {
      var ending = toBeTakenAway();

      assertThat(ending.task())
          .isEqualTo(new RemovalTask(LATER, List.of(OLGA, OTTO), "", true, 0, null));
      assertThat(Next.of(ending, Instant.EPOCH))
          .isEqualTo(new Next.AwaitEnd(LATER.plus(Duration.ofHours(4))));
      assertThat(new Wait.ForEnd().isAnsweredBy(ending)).isFalse();
    }

    @Test
    @Tag("by-hand.take-away")
    void endsNothingUntilSomebodySaysSo() {
      assertChangesNothing(over(), gone());
      assertChangesNothing(toBeTakenAway(), gone());
    }

    @Test
    @Tag("by-hand.take-away")
    void endsWithTheWordOfAnOwner() {
      var attested = (Ending) after(toBeTakenAway(), attest(OTTO, " Taken out in the console. "));
      assertThat(Objects.requireNonNull(attested.task()).attested())
          .isEqualTo(new Attestation(OTTO, LATER, "Taken out in the console."));
      assertThat(Next.of(attested, Instant.EPOCH)).isEqualTo(new Next.Deprovision());
      assertThat(new Wait.ForEnd().isAnsweredBy(attested)).isTrue();
      assertThat(attested.nextDue()).contains(LATER.plus(Duration.ofMinutes(2)));

      var ended = (Ended) after(attested, gone());

      assertThat(ended.trail().last().details()).containsEntry("readBack", "attested");
      assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    }

    @Test
    void needsNoWordWhereAnotherRequestGoesOn() {
      var ended =
          (Ended) after(toBeTakenAway(), new Command.Gone(Acts.byTheWorkflow(LATER), "another"));

      assertThat(ended.trail().last().details()).containsEntry("readBack", "held by another grant");
      assertThat(ended.isUnsaid()).isFalse();
    }

    @Test
    void isNotSaidToBeHeldByARequestThatOnlyWaitsToBeSetUp() {
      var ended =
          (Ended)
              after(toBeTakenAway(), new Command.Gone(Acts.byTheWorkflow(LATER), "another", true));

      assertThat(ended.isUnsaid()).isTrue();
      assertThat(ended.trail().last().details()).containsEntry(Request.UNSAID, "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b"})
    @Tag("by-hand.evidence")
    void isNotProvenByNothing(String nothing) {
      assertThat(codes(toBeTakenAway(), attest(OLGA, nothing))).containsExactly("note-missing");
      assertThatIllegalArgumentException().isThrownBy(() -> new Attestation(OLGA, LATER, nothing));
    }

    @Test
    @Tag("by-hand.evidence")
    void isProvenByWhatIsShown() {
      var attested = (Ending) after(toBeTakenAway(), show(OTTO, "", AFTER));

      assertThat(Objects.requireNonNull(attested.task()).attested())
          .isEqualTo(new Attestation(OTTO, LATER, "", AFTER));
      assertThat(attested.trail().last().details())
          .containsEntry("note", "")
          .containsAllEntriesOf(AFTER.details());
      assertThat(attested.evidence(AFTER.sha256())).contains(AFTER);
      assertThat(attested.evidence(ANOTHER.sha256())).isEmpty();
      assertThat(after(attested, gone())).isInstanceOf(Ended.class);
    }

    @Test
    void isProvenByWordsAndWhatIsShown() {
      var attested = (Ending) after(toBeTakenAway(), show(OTTO, " Taken out. ", AFTER));

      assertThat(Objects.requireNonNull(attested.task()).attested())
          .isEqualTo(new Attestation(OTTO, LATER, "Taken out.", AFTER));
      assertThat(codes(toBeTakenAway(), show(OTTO, "\u202e", AFTER)))
          .containsExactly("note-character");
    }

    @Test
    void isShownOnce() {
      var attested = after(toBeTakenAway(), show(OTTO, "", AFTER));

      assertChangesNothing(attested, new Command.Attest(OTHER_ACT, "", AFTER));
      assertChangesNothing(attested, new Command.Attest(OTHER_ACT, "In words, too."));
      assertThat(codes(attested, new Command.Attest(OTHER_ACT, "", ANOTHER)))
          .containsExactly("task-answered");
      assertThat(codes(attested, show(OLGA, "", AFTER))).containsExactly("task-answered");
      assertThat(
              codes(
                  after(toBeTakenAway(), attest(OTTO, "Taken out.")),
                  new Command.Attest(OTHER_ACT, "", AFTER)))
          .containsExactly("task-answered");
    }

    @Test
    void isNotProvenByWhoeverHadTheAccess() {
      assertThat(codes(toBeTakenAway(), attest(SAM, "Gone, I promise.")))
          .containsExactly("own-task");
    }

    @Test
    void isProvenOnce() {
      var attested = after(toBeTakenAway(), attest(OTTO, "Taken out."));

      assertThat(codes(attested, attest(OLGA, "I did it."))).containsExactly("task-answered");
      assertChangesNothing(
          attested, new Command.Attest(new Act("other", LATER, OTTO, "api"), "Once more."));
    }

    @Test
    void whereTheTargetIsReadNobodysWordCounts() {
      var stuck =
          (Ending)
              after(ARequest.ending(), new Command.OpenTask(Acts.byTheWorkflow(LATER), "Down."));

      assertThat(codes(stuck, attest(OLGA, "Taken out."))).containsExactly("no-task");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new RemovalTask(
                      LATER, List.of(OLGA), "", false, 0, new Attestation(OLGA, LATER, "Gone.")));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Ending(
                      stuck.asked(),
                      stuck.stages(),
                      stuck.grant(),
                      stuck.reason(),
                      stuck.why(),
                      stuck.since(),
                      toBeTakenAway().task(),
                      stuck.trail()));
    }
  }

  @Nested
  class TheOwnersTask {
    private static final Instant REMINDED = MONDAY.plus(Duration.ofHours(4));

    @Test
    void isToSetItUpUntilSomebodyHasAnswered() {
      assertThat(inHands(true).ownersTask())
          .contains(new OwnersTask(Work.SET_UP, MONDAY, List.of(OLGA, OTTO), "", true, 0, REMINDED))
          .isEqualTo(inHands(true).byHand());
      assertThat(after(inHands(true), answer(OLGA, Result.DONE, "")).ownersTask()).isEmpty();
    }

    @Test
    void isToTakeItAwayUntilSomebodySaysSo() {
      assertThat(toBeTakenAway().ownersTask())
          .contains(
              new OwnersTask(
                  Work.TAKE_AWAY,
                  LATER,
                  List.of(OLGA, OTTO),
                  "",
                  false,
                  0,
                  LATER.plus(Duration.ofHours(4))))
          .isEqualTo(toBeTakenAway().byHand());
      assertThat(after(toBeTakenAway(), attest(OLGA, "Taken out.")).ownersTask()).isEmpty();
    }

    @Test
    void isNobodysOwnAffair() {
      var alone = APlan.ownedBy(byHand(), SAM);
      Request request = Life.submit(ARequest.asking(alone), Acts.by(SAM, MONDAY));

      var toSetUp =
          after(
              request,
              approval(MAX, 0),
              new Command.Claim(Acts.byTheWorkflow(MONDAY)),
              new Command.OpenSetUpTask(Acts.byTheWorkflow(MONDAY), false));
      var toTakeAway =
          after(
              toSetUp,
              new Command.Return(Acts.by(SAM, LATER)),
              new Command.OpenTask(Acts.byTheWorkflow(LATER), ""));

      assertThat(toSetUp.byHand().map(OwnersTask::owners)).contains(List.of());
      assertThat(toTakeAway.byHand().map(OwnersTask::owners)).contains(List.of());
    }

    @Test
    void isThatOfAllOwnersWhereAConnectorIsStuck() {
      var plan = APlan.ownedBy(APlan.forTheManager(), SAM, OLGA);

      var stuck =
          after(
              ARequest.active(plan, ARequest.FOUR_HOURS),
              new Command.Return(Acts.by(SAM, LATER)),
              new Command.OpenTask(Acts.byTheWorkflow(LATER), "Down."));

      assertThat(stuck.ownersTask().map(OwnersTask::owners)).contains(List.of(SAM, OLGA));
    }

    @Test
    void saysWhoHasAnsweredIt() {
      assertThat(codes(active(), answer(OTTO, Result.DONE, ""))).containsExactly("task-answered");
      assertThat(
              codes(
                  after(toBeTakenAway(), attest(OLGA, "Taken out."), gone()),
                  attest(OTTO, "Taken out.")))
          .containsExactly("task-answered");
      assertThat(codes(claimed(), answer(OTTO, Result.DONE, ""))).containsExactly("no-task");
    }

    @Test
    void isOverWithTheWordThatNothingIsThere() {
      var said = after(inHands(true), answer(OLGA, Result.IMPOSSIBLE, "No seat."));
      var ending = (Ending) after(said, new Command.GiveUp(Acts.byTheWorkflow(LATER), "No seat."));

      assertThat(ending.isSaidToBeAbsent()).isTrue();
      assertThat(ending.mayBeThere()).isFalse();
      assertThat(over().isSaidToBeAbsent()).isFalse();
    }

    @Test
    void isNotByHandWhereAConnectorIsStuck() {
      var stuck =
          after(ARequest.ending(), new Command.OpenTask(Acts.byTheWorkflow(LATER), "Down."));

      assertThat(stuck.ownersTask().map(OwnersTask::work)).contains(Work.STUCK);
      assertThat(stuck.ownersTask().map(OwnersTask::problem)).contains("Down.");
      assertThat(stuck.byHand()).isEmpty();
    }

    @Test
    void awaitsNoHandsWhereAConnectorIsStuck() {
      var stuck =
          (Ending)
              after(ARequest.ending(), new Command.OpenTask(Acts.byTheWorkflow(LATER), "Down."));

      assertThat(stuck.awaited()).isEmpty();
      assertChangesNothing(stuck, new Command.Remind(Acts.any(), 0, List.of(OLGA)));
    }

    @ParameterizedTest
    @EnumSource
    void isNotThereWhereNobodyHasToDoAnything(Status status) {
      assertThat(ARequest.in(status).ownersTask()).isEmpty();
      assertThat(ARequest.in(status).nobodySetItUp()).isFalse();
    }

    @Test
    void isGivenUpIfNobodySaysThatItIsSetUp() {
      var giveUp = new Command.GiveUp(Acts.byTheWorkflow(LATER), "Nobody said.");

      assertThat(inHands(false).nobodySetItUp()).isFalse();
      assertThat(after(inHands(false), giveUp).nobodySetItUp()).isTrue();
      assertThat(after(inHands(false), answer(OLGA, Result.IMPOSSIBLE, "No seat.")).nobodySetItUp())
          .isFalse();
      assertThat(after(claimed(), giveUp).nobodySetItUp()).isFalse();
    }

    @Test
    void isNotUnansweredWhereAnOwnerSaidThatItCannotBeDone() {
      var said =
          after(
              inHands(false),
              answer(OLGA, Result.IMPOSSIBLE, "No seat."),
              new Command.GiveUp(Acts.byTheWorkflow(LATER), "No seat."));

      assertThat(said.trail().has(Event.Kind.GIVEN_UP)).isTrue();
      assertThat(said.nobodySetItUp()).isFalse();
    }

    @Test
    void isNotNeededToKnowThatWhatWasThereMayBeThere() {
      assertThat(ARequest.ending().mayBeThere()).isTrue();
    }

    @Test
    void isSaidToHaveLeftNothingByItsAnswerAlone() {
      var given =
          (Ending)
              after(inHands(false), new Command.GiveUp(Acts.byTheWorkflow(LATER), "Nobody said."));
      var event =
          new Event(
              given.version() + 1,
              Acts.any(),
              Event.Kind.TASK_REMINDED,
              Status.ENDING,
              Map.of("result", Result.IMPOSSIBLE.name()));
      var trail =
          new Trail(
              given.trail().run(),
              Stream.concat(given.trail().events().stream(), Stream.of(event)).toList());

      assertThat(
              new Ending(
                      given.asked(),
                      given.stages(),
                      given.grant(),
                      given.reason(),
                      given.why(),
                      given.since(),
                      given.task(),
                      trail)
                  .isSaidToBeAbsent())
          .isFalse();
    }
  }

  @Nested
  class TheSteps {
    @Test
    void areTheLinesOfTheRunbook() {
      assertThat(byHand().target().steps(Target.SET_UP))
          .containsExactly("Open Users.", "Add the group.");
    }

    @Test
    void areNoneWhereNothingIsWrittenDown() {
      assertThat(APlan.anyTarget().steps(Target.SET_UP)).isEmpty();
    }
  }

  @Nested
  class Reminding {
    @ParameterizedTest
    @CsvSource({"0, PT4H", "1, P1D", "2, P2D", "7, P7D", "8, P14D", "9, P21D"})
    void isTheSameDayThenDailyThenWeekly(int reminders, Duration after) {
      assertThat(Times.reminderAt(MONDAY, reminders)).isEqualTo(MONDAY.plus(after));
    }

    @Test
    void isCountedInTheOwnersTaskAndInTheTrail() {
      for (var task : List.of(inHands(false), toBeTakenAway())) {
        var reminded = after(task, remind(0));

        assertThat(reminded.ownersTask().map(OwnersTask::reminders)).contains(1);
        assertThat(reminded.version()).isEqualTo(task.version() + 1);
        assertThat(reminded.trail().last().kind()).isEqualTo(Event.Kind.TASK_REMINDED);
      }
    }

    @Test
    void isDoneOnceWhoeverDoesIt() {
      var again = new Command.Remind(Acts.any(), 0, List.of(OLGA));

      assertChangesNothing(after(inHands(false), remind(0)), again);
      assertChangesNothing(after(toBeTakenAway(), remind(0)), again);
    }

    @Test
    void isDueWithTheTaskAndCounted() {
      assertThat(inHands(false).nextDue()).contains(MONDAY.plus(Duration.ofHours(4)));
      assertThat(toBeTakenAway().nextDue()).contains(LATER.plus(Duration.ofHours(4)));

      var reminded = after(toBeTakenAway(), remind(0));

      assertThat(reminded.nextDue()).contains(LATER.plus(Duration.ofDays(1)));
      assertThat(reminded.trail().last().details())
          .containsEntry("reminder", "1")
          .containsEntry("told", OLGA + " " + OTTO);
      assertChangesNothing(reminded, remind(0));
      assertThat(after(reminded, remind(1)).trail().last().details())
          .containsEntry("reminder", "2")
          .containsEntry("told", "");
    }

    @Test
    void settingUpIsGivenUpAfterAWeekAndNotRemindedAnyMore() {
      Request request = inHands(false);
      for (int i = 0; i < 7; i++) {
        request = after(request, remind(i));
      }

      assertThat(request.nextDue()).contains(MONDAY.plus(Duration.ofDays(7)));
    }

    @Test
    void givesARunBegunWhenItIsDueItsTime() {
      var due = MONDAY.plus(Duration.ofHours(4));
      var later = LATER.plus(Duration.ofHours(4));

      assertThat(after(inHands(false), run(due)).nextDue())
          .contains(due.plus(Duration.ofMinutes(4)));
      assertThat(after(toBeTakenAway(), run(later)).nextDue())
          .contains(later.plus(Duration.ofMinutes(4)));
    }

    private static Command run(Instant at) {
      return new Command.StartRun(Acts.by("sweep", at), 2);
    }

    @Test
    void isCountedFromNone() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SetUpTask(MONDAY, List.of(OLGA), false, -1, null))
          .withMessage("reminders count from 0, not -1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RemovalTask(MONDAY, List.of(OLGA), "", true, -1, null))
          .withMessage("reminders count from 0, not -1");
    }

    @Test
    void stopsWithTheAnswer() {
      assertChangesNothing(after(inHands(false), answer(OLGA, Result.DONE, "")), remind(0));
      assertChangesNothing(after(toBeTakenAway(), attest(OLGA, "Taken out.")), remind(0));
    }

    @Test
    void neverTakesTheRoomOfTheAnswer() {
      Request request = toBeTakenAway();
      int reminders = 0;
      while (Life.apply(request, remind(reminders)) instanceof Outcome.Changed changed) {
        request = changed.request();
        reminders++;
      }

      assertThat(codes(request, remind(reminders))).containsExactly("too-many-events");
      assertThat(after(request, attest(OLGA, "Taken out."), gone())).isInstanceOf(Ended.class);
    }

    private Command remind(int reminder) {
      return new Command.Remind(
          new Act("remind#" + reminder, LATER, "sweep", "sweep"), reminder, List.of(OLGA, OTTO));
    }
  }
}
