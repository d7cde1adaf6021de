package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertRefusedSaying;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Review.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody takes in an emergency, so that nobody is asked, and what is said of it. */
class EmergencyTest {
  private static final Instant LATER = MONDAY.plus(Duration.ofHours(4));

  private static Request.Scheduled taken() {
    return taken(APlan.emergency());
  }

  private static Request.Scheduled taken(Plan plan) {
    return Life.submitEmergency(ARequest.asking(plan), Acts.by(SAM, MONDAY), Proof.FRESH);
  }

  private static Request over() {
    return ARequest.after(
        taken(),
        new Command.Claim(Acts.byTheWorkflow(MONDAY)),
        new Command.Provisioned(Acts.byTheWorkflow(MONDAY)),
        new Command.Return(Acts.by(SAM, MONDAY.plusSeconds(60))),
        new Command.Gone(Acts.byTheWorkflow(MONDAY.plusSeconds(61)), null));
  }

  private static Command answer(String by, Verdict verdict) {
    return new Command.AnswerReview(Acts.by(by, LATER), verdict, " The site was down. ");
  }

  private static Command reminder(int before, String... told) {
    return new Command.RemindReview(Acts.by("sweep", LATER), before, List.of(told));
  }

  private static Command told() {
    return new Command.ReviewTold(Acts.by("sweep", LATER));
  }

  private static String code(Outcome outcome) {
    return ((Refused) outcome).refusals().getFirst().code();
  }

  @Test
  @Tag("emergency.trail")
  void asksNobodyAndSaysSoInTheTrail() {
    var request = taken();

    assertThat(request.stages()).isEmpty();
    assertThat(request.extendable()).isEmpty();
    var event = request.trail().last();
    assertThat(event.kind()).isEqualTo(Kind.SUBMITTED);
    assertThat(event.status()).isEqualTo(Status.SCHEDULED);
    assertThat(event.details())
        .containsEntry("breakGlass", "true")
        .containsEntry("proof", "FRESH")
        .containsEntry("reviewers", OLGA + " " + OTTO)
        .containsEntry("manager", MAX)
        .containsEntry("reason", request.asked().reason())
        .doesNotContainKeys("asks", "rule");
  }

  @ParameterizedTest
  @EnumSource(value = Proof.class, names = "FRESH", mode = EnumSource.Mode.EXCLUDE)
  @Tag("emergency.at-once")
  void isTakenByNobodyWhoHasNotJustSignedIn(Proof proof) {
    var asked = ARequest.asking(APlan.emergency());

    assertThatThrownBy(() -> Life.submitEmergency(asked, Acts.by(SAM, MONDAY), proof))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no emergency, or nobody knows whose: " + proof);
  }

  @Test
  void noOtherPlanGoesPastItsStages() {
    var asked = ARequest.asking(APlan.forTheManager());

    assertThatThrownBy(() -> Life.submitEmergency(asked, Acts.by(SAM, MONDAY), Proof.FRESH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Life.submitApproved(ARequest.asking(APlan.emergency()), Acts.by(SAM, MONDAY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Request.Scheduled(asked, List.of(), taken().trail()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesOnAsAnythingThatPeopleApproved() {
    assertThat(over()).isInstanceOf(Request.Ended.class);
    assertThat(over().given().orElseThrow().lasts()).isEqualTo(ARequest.FOUR_HOURS);
    for (var command :
        List.of(
            new Command.Cancel(Acts.by(SAM, MONDAY)),
            new Command.Revoke(Acts.by(OLGA, MONDAY), "Not now."))) {
      assertThat(ARequest.after(taken(), command)).isInstanceOf(Request.Cancelled.class);
    }
  }

  @Test
  void waitsForItsReviewAlsoWhenItIsOver() {
    assertThat(taken().openReview())
        .contains(new Review(MONDAY, List.of(OLGA, OTTO), 0, null, false));
    assertThat(over().nextMove()).isEmpty();
    assertThat(over().nextDue()).contains(LATER);
    // What moves first counts.
    assertThat(taken().nextDue()).isEqualTo(taken().nextMove());
    assertThat(taken().nextDue()).contains(MONDAY.plus(Times.patience(0)));
    assertThat(ARequest.active().review()).isEmpty();
    assertThat(ARequest.active().nextDue()).isEqualTo(ARequest.active().nextMove());
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void isReviewedOnceAndStaysWhereItIs(Verdict verdict) {
    for (var before : List.of(taken(), over())) {
      var after = ((Changed) Life.apply(before, answer(OTTO, verdict))).request();

      assertThat(after.status()).isEqualTo(before.status());
      // At once, so that the others are told.
      assertThat(after.nextMove()).isEqualTo(before.nextMove());
      assertThat(after.review().flatMap(Review::due)).contains(LATER);
      assertThat(Life.apply(before, told())).isEqualTo(new Unchanged(before));
      var told = ((Changed) Life.apply(after, told())).request();
      assertThat(told.nextDue()).isEqualTo(before.nextMove());
      assertThat(told.trail().events().getLast().kind()).isEqualTo(Kind.REVIEW_TOLD);
      assertThat(Life.apply(told, told())).isEqualTo(new Unchanged(told));
      assertThat(after.trail().last()).isEqualTo(before.trail().last());
      assertThat(after.trail().events().getLast().details())
          .containsEntry("verdict", verdict.name())
          .containsEntry("note", "The site was down.");
      assertThat(after.openReview()).isEmpty();
      assertThat(after.review().orElseThrow().answer())
          .isEqualTo(new Review.Answer(verdict, OTTO, LATER, "The site was down."));
      assertThat(Life.apply(after, answer(OTTO, verdict))).isEqualTo(new Unchanged(after));
      assertThat(code(Life.apply(after, answer(OLGA, verdict)))).isEqualTo("review-answered");
      var other = verdict == Verdict.JUSTIFIED ? Verdict.NOT_JUSTIFIED : Verdict.JUSTIFIED;
      assertThat(code(Life.apply(after, answer(OTTO, other)))).isEqualTo("review-answered");
    }
  }

  @Test
  void isReviewedWithWordsAndNotByWhoeverTookIt() {
    assertThat(code(Life.apply(over(), answer(SAM, Verdict.JUSTIFIED)))).isEqualTo("own-review");
    for (var note : List.of("", " \n ", "x".repeat(Texts.LONGEST + 1), "x\u0007")) {
      var said = new Command.AnswerReview(Acts.by(OLGA, LATER), Verdict.NOT_JUSTIFIED, note);
      var refusal = ((Refused) Life.apply(over(), said)).refusals().getFirst();
      assertThat(refusal.field()).isEqualTo("note");
      assertThat(refusal.code())
          .isEqualTo(
              note.isBlank()
                  ? "review-note-missing"
                  : note.length() > 2 ? "note-too-long" : "note-character");
    }
    var longest =
        new Command.AnswerReview(
            Acts.by(OLGA, LATER), Verdict.JUSTIFIED, "x".repeat(Texts.LONGEST));
    assertThat(Life.apply(over(), longest)).isInstanceOf(Changed.class);
    assertThat(code(Life.apply(ARequest.active(), answer(OLGA, Verdict.JUSTIFIED))))
        .isEqualTo("no-review");
  }

  @Test
  void itsReviewersAreRemindedAsOwnersAreOfTheirTasks() {
    var once = ((Changed) Life.apply(over(), reminder(0, OLGA, OTTO))).request();

    assertThat(once.openReview().orElseThrow().reminders()).isEqualTo(1);
    assertThat(once.nextDue()).contains(MONDAY.plus(Duration.ofDays(1)));
    assertThat(once.trail().events().getLast().details())
        .containsEntry("reminder", "1")
        .containsEntry("told", OLGA + " " + OTTO);
    assertThat(Life.apply(once, reminder(0, OLGA, OTTO))).isEqualTo(new Unchanged(once));
    var twice = ((Changed) Life.apply(once, reminder(1, OLGA, OTTO, STELLA))).request();
    assertThat(twice.trail().events().getLast().details())
        .containsEntry("reminder", "2")
        .containsEntry("told", STELLA);
    var answered = ((Changed) Life.apply(twice, answer(OLGA, Verdict.JUSTIFIED))).request();
    assertThat(Life.apply(answered, reminder(2, OLGA))).isEqualTo(new Unchanged(answered));
    assertThat(Life.apply(ARequest.active(), reminder(0, OLGA))).isInstanceOf(Unchanged.class);
  }

  @Test
  void whatIsSaidOfItDelaysNothing() {
    var reviewed = ARequest.after(taken(), answer(OTTO, Verdict.JUSTIFIED));
    var again =
        ARequest.after(
            taken(),
            new Command.StartRun(Acts.by("sweep", MONDAY), 2),
            answer(OTTO, Verdict.JUSTIFIED));

    assertThat(reviewed.nextMove()).isEqualTo(taken().nextMove());
    assertThat(again.nextMove()).contains(MONDAY.plus(Times.patience(1)));
    assertThat(again.trail().last().kind()).isEqualTo(Kind.RUN_STARTED);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void whatIsSaidOfItLeavesTheRestAsItIs(Status status) {
    var request = ARequest.in(status);

    assertThat(Life.with(request, request.trail())).isEqualTo(request);
  }

  @Test
  void whatIsSaidOfItLeavesWhoHasTheAccessFromElsewhereAsItIs() {
    var held =
        ARequest.after(
            ARequest.ending(),
            new Command.Gone(Acts.byTheWorkflow(ARequest.expiry()), RequestId.of(OLGA, "other")));

    assertThat(((Request.Ended) held).heldBy()).isNotNull();
    assertThat(Life.with(held, held.trail())).isEqualTo(held);
  }

  @Test
  void nothingElseIsAboutReview() {
    assertThat(Arrays.stream(Kind.values()).filter(Kind::isAboutReview))
        .containsExactly(Kind.REVIEW_REMINDED, Kind.REVIEWED, Kind.REVIEW_TOLD);
  }

  @Test
  void aReviewIsAnsweredOnceInFittingWords() {
    var answered = ARequest.after(taken(), answer(OLGA, Verdict.JUSTIFIED));
    assertRefusedSaying(
        answered,
        answer(OTTO, Verdict.JUSTIFIED),
        "review-answered",
        OLGA + " has reviewed this already.");
    var longest = "x".repeat(2000);
    assertThat(
            Life.apply(
                taken(),
                new Command.AnswerReview(Acts.by(OLGA, LATER), Verdict.JUSTIFIED, longest)))
        .isInstanceOf(Changed.class);
    assertThat(
            refusals(
                taken(),
                new Command.AnswerReview(Acts.by(OLGA, LATER), Verdict.JUSTIFIED, longest + "x")))
        .containsExactly(
            new Refusal("note-too-long", "note", "Please keep this to 2,000 characters."));
  }

  @Test
  void aPlanOfAnEmergencyHasNeitherStagesNorARuleNorAnExtension() {
    var plan = APlan.emergency();
    assertThat(plan.asksNobody()).isTrue();
    assertThat(APlan.forTheManager().asksNobody()).isFalse();
    assertThatThrownBy(() -> plan.approvedBy(new NamedRule("any", OLGA), null).stages())
        .isInstanceOf(IllegalArgumentException.class);
    for (var broken :
        List.<Runnable>of(
            () -> with(plan, APlan.forTheManager().stages(), null, plan.glass()),
            () -> with(plan, List.of(), Duration.ofHours(1), plan.glass()),
            () -> with(plan, List.of(), null, null),
            () -> with(plan, List.of(), null, new NamedRule("any", OLGA), plan.glass()))) {
      assertThatThrownBy(broken::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Plan with(
      Plan plan,
      List<StagePlan> stages,
      @Nullable Duration extendable,
      @Nullable BreakGlass glass) {
    return with(plan, stages, extendable, null, glass);
  }

  private static Plan with(
      Plan plan,
      List<StagePlan> stages,
      @Nullable Duration extendable,
      @Nullable NamedRule rule,
      @Nullable BreakGlass glass) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        plan.owners(),
        stages,
        extendable,
        plan.hours(),
        plan.apart(),
        rule,
        glass);
  }

  @Test
  void nobodyReviewsTheirOwnAndNothingBeginsLater() {
    var own = new BreakGlass(List.of(SAM), null);
    var plan = APlan.emergency();
    assertThatThrownBy(() -> ARequest.asking(with(plan, List.of(), null, own)))
        .hasMessage("an emergency is now, and another reviews it");
    assertThatThrownBy(
            () ->
                new Submission(
                    RequestId.of(SAM, "first"),
                    SAM,
                    null,
                    plan,
                    ARequest.FOUR_HOURS,
                    ARequest.anyReason(),
                    null,
                    LATER,
                    MONDAY))
        .hasMessage("an emergency is now, and another reviews it");
    assertThatThrownBy(
            () ->
                new Submission(
                    RequestId.of(OLGA, "first"),
                    SAM,
                    OLGA,
                    plan,
                    ARequest.FOUR_HOURS,
                    ARequest.anyReason(),
                    null,
                    null,
                    MONDAY))
        .hasMessage("an emergency is one's own");
    assertThatThrownBy(() -> new BreakGlass(List.of(), MAX))
        .hasMessage("1 to 25 people review it, not 0");
    var crowd =
        IntStream.rangeClosed(1, 26).mapToObj(i -> "reviewer" + i + "@example.com").toList();
    assertThat(new BreakGlass(crowd.subList(0, 25), MAX).reviewers()).hasSize(25);
    assertThatThrownBy(() -> new BreakGlass(crowd, MAX))
        .hasMessage("1 to 25 people review it, not 26");
    assertThatThrownBy(() -> new BreakGlass(List.of(OLGA, OLGA), MAX))
        .hasMessage("a reviewer is named twice: [" + OLGA + ", " + OLGA + "]");
    assertThatThrownBy(() -> new BreakGlass(List.of("Olga@example.com"), MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
