package dev.daypass.access;

import static dev.daypass.access.ARequest.FOUR_HOURS;
import static dev.daypass.access.ARequest.activeForAnHour;
import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.approvalFor;
import static dev.daypass.access.ARequest.extension;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.ARequest.waitingForTheManager;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.Outcomes.assertRefused;
import static dev.daypass.access.Outcomes.refusals;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approving for a shorter time than was asked for. */
class ShorteningTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private static Request setUp(Request approved) {
    return after(
        approved,
        new Command.Claim(Acts.byTheWorkflow(MONDAY)),
        new Command.Provisioned(Acts.byTheWorkflow(MONDAY)));
  }

  private static Refusal notShorterThan(String holds) {
    return new Refusal(
        "approval-not-shorter",
        "duration",
        "A shorter time is at least 15 minutes and less than %1$s. Without one, the access lasts %1$s."
            .formatted(holds));
  }

  @Test
  @Tag("decide.shorter")
  void theAccessEndsWhenTheApproverSaid() {
    var active = activeForAnHour();

    assertThat(active.grant()).isEqualTo(new Grant(MONDAY, MONDAY.plus(AN_HOUR)));
    assertThat(active.lasts()).isEqualTo(AN_HOUR);
    assertThat(active.asked().duration()).isEqualTo(FOUR_HOURS);
    var expiry = MONDAY.plus(AN_HOUR);
    var ended =
        (Ended)
            after(
                active,
                new Command.Expire(Acts.byTheWorkflow(expiry)),
                new Command.Gone(Acts.byTheWorkflow(expiry), null));
    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
  }

  @Test
  void theDecisionAndTheTrailSayForHowLong() {
    var approved = after(waitingForTheManager(), approvalFor(AN_HOUR, MAX, 0));

    assertThat(approved.shortened())
        .contains(new Decision(MAX, Answer.APPROVE, AN_HOUR, "", Proof.FRESH, MONDAY));
    assertThat(approved.trail().last().details()).containsEntry("duration", "PT1H");
  }

  @Test
  void whoApprovesAsAskedSaysNothingAboutTime() {
    var approved = after(waitingForTheManager(), approval(MAX, 0));

    assertThat(approved.shortened()).isEmpty();
    assertThat(approved.lasts()).isEqualTo(FOUR_HOURS);
    assertThat(approved.trail().last().details()).doesNotContainKey("duration");
  }

  @Test
  void laterStagesShortenFurther() {
    var chain = sent(AStage.needsOneOf(MAX), AStage.needsOneOf(OLGA));
    var once = after(chain, approvalFor(Duration.ofHours(2), MAX, 0));
    assertThat(once.lasts()).isEqualTo(Duration.ofHours(2));

    assertThat(setUp(after(once, approval(OLGA, 1))).given().orElseThrow().lasts())
        .isEqualTo(Duration.ofHours(2));
    assertThat(setUp(after(once, approvalFor(AN_HOUR, OLGA, 1))).given().orElseThrow().lasts())
        .isEqualTo(AN_HOUR);
    assertThat(refusals(once, approvalFor(Duration.ofHours(3), OLGA, 1)))
        .containsExactly(notShorterThan("2 hours"));
  }

  @Test
  void whereSeveralMustApproveTheShortestHolds() {
    var first = after(sent(AStage.needsAllOf(MAX, OLGA, OTTO)), approvalFor(AN_HOUR, MAX, 0));

    assertThat(refusals(first, approvalFor(AN_HOUR, OLGA, 0)))
        .containsExactly(notShorterThan("1 hour"));
    var all = after(first, approvalFor(Duration.ofMinutes(30), OLGA, 0), approval(OTTO, 0));
    assertThat(all.lasts()).isEqualTo(Duration.ofMinutes(30));
    assertThat(all.shortened()).map(Decision::by).contains(OLGA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT14M59.999S", "PT0S", "-PT1H", "PT4H", "PT4H1S", "PT1000000H"})
  void whatIsNotShorterOrTooShortIsRefused(Duration duration) {
    assertThat(refusals(waitingForTheManager(), approvalFor(duration, MAX, 0)))
        .containsExactly(notShorterThan("4 hours"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT15M", "PT3H59M59.999S"})
  void whatIsJustLongOrShortEnoughHolds(Duration duration) {
    var approved = after(waitingForTheManager(), approvalFor(duration, MAX, 0));

    assertThat(approved.lasts()).isEqualTo(duration);
  }

  @Test
  void whatIsAsShortAsCanBeStaysSo() {
    var short15 =
        after(sent(AStage.needsAllOf(MAX, OLGA)), approvalFor(Duration.ofMinutes(15), MAX, 0));

    assertThat(refusals(short15, approvalFor(Duration.ofMinutes(10), OLGA, 0)))
        .containsExactly(
            new Refusal(
                "approval-shortest",
                "duration",
                "This is for 15 minutes, and nothing shorter can be approved. Please leave the"
                    + " time out."));
  }

  @Test
  void aDenialIsNotForATime() {
    var denial =
        new Command.Decide(
            Acts.by(MAX, MONDAY), 0, Answer.DENY, AN_HOUR, "No.", Proof.FRESH, List.of());

    assertThat(refusals(waitingForTheManager(), denial))
        .containsExactly(
            new Refusal(
                "denial-for-a-time",
                "duration",
                "A denial is not for a time. To allow less, approve for a shorter time; to deny,"
                    + " leave the time out."));
  }

  @Test
  void theSameAnswerForTheSameTimeChangesNothing() {
    var open = after(sent(AStage.needsAllOf(MAX, DORA)), approvalFor(AN_HOUR, MAX, 0));

    assertChangesNothing(open, approvalFor(AN_HOUR, MAX, 0));
    assertChangesNothing(activeForAnHour(), approvalFor(AN_HOUR, MAX, 0));
  }

  @Test
  void anotherTimeIsAChangeOfMind() {
    var open = after(sent(AStage.needsAllOf(MAX, DORA)), approvalFor(AN_HOUR, MAX, 0));

    assertRefused(open, approvalFor(Duration.ofMinutes(30), MAX, 0), "already-decided");
    assertRefused(open, approval(MAX, 0), "already-decided");
    assertRefused(activeForAnHour(), approval(MAX, 0), "stage-closed");
  }

  @Test
  void whatAnApproverMadeShorterItsHolderDoesNotMakeLonger() {
    var active = activeForAnHour();
    var until = active.grant().expiresAt().plusSeconds(1);

    assertThat(refusals(active, extension(until, MONDAY)))
        .containsExactly(
            Refusal.of(
                "shortened",
                MAX
                    + " approved this for 1 hour, so it cannot be extended. You can ask again; the"
                    + " new access begins beside this one."));
    assertThat(active.extendable()).isEmpty();
    assertThat(Extending.latest(active, APlan.EXTENDABLE, MONDAY)).isEmpty();
  }

  @Test
  void whereNobodyMayExtendThatIsTheReason() {
    var fixed = setUp(after(sent(APlan.withAFixedEnd()), approvalFor(AN_HOUR, MAX, 0)));

    assertRefused(fixed, extension(MONDAY.plus(FOUR_HOURS), MONDAY), "not-extendable");
  }

  @Test
  void noRequestExistsWithMoreThanWasApproved() {
    var active = activeForAnHour();
    var ending = (Ending) after(active, ARequest.revocation(MONDAY));
    var ended = (Ended) after(ending, new Command.Gone(Acts.byTheWorkflow(MONDAY), null));
    var longer = new Grant(MONDAY, MONDAY.plus(AN_HOUR).plusSeconds(1));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Active(active.asked(), active.stages(), longer, false, active.trail()))
        .withMessage("approved for PT1H, not for PT1H1S");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Ending(
                    ending.asked(),
                    ending.stages(),
                    longer,
                    ending.reason(),
                    "",
                    MONDAY,
                    null,
                    ending.trail()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Ended(
                    ended.asked(), ended.stages(), longer, ended.reason(), null, ended.trail()));
  }

  @Test
  void whatWasMadeShorterCanEndBeforeItIsThere() {
    var settingUp =
        after(
            waitingForTheManager(),
            approvalFor(AN_HOUR, MAX, 0),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)));

    var ended =
        after(
            settingUp,
            ARequest.revocation(MONDAY),
            new Command.Gone(Acts.byTheWorkflow(MONDAY), null));

    assertThat(ended.status()).isEqualTo(Status.ENDED);
    assertThat(ended.given()).isEmpty();
  }

  @Test
  void onlyAnApprovalIsForATime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Decision(MAX, Answer.DENY, AN_HOUR, "No.", Proof.FRESH, MONDAY))
        .withMessage("only an approval is for some time: PT1H");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Decision(MAX, Answer.APPROVE, Duration.ZERO, "", Proof.FRESH, MONDAY));
  }
}
