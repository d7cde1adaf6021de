package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Access that is asked for to begin at a time of its own. */
class BeginningLaterTest {
  private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
  private static final Instant JUST_BEFORE = WEDNESDAY.minusNanos(1);

  @Test
  void theTrailSaysWhen() {
    var sent = Life.submit(ARequest.askingFor(WEDNESDAY), Acts.by(SAM, MONDAY));

    assertThat(sent.trail().last().details()).containsEntry("startsAt", WEDNESDAY.toString());
    assertThat(ARequest.sentToTheManager().trail().last().details()).doesNotContainKey("startsAt");
  }

  @Test
  void nothingBeginsBeforeItWasAskedFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ARequest.askingFor(MONDAY))
        .withMessage("asked at " + MONDAY + ", to begin before that: " + MONDAY);
    assertThat(ARequest.askingFor(MONDAY.plusNanos(1)).waitsUntil(MONDAY)).isPresent();
  }

  /** Where it begins at once, nothing else would notice. */
  @Test
  void whenItWasAskedForIsKnown() throws ReflectiveOperationException {
    var asked = ARequest.asking(APlan.forTheManager());
    var constructor =
        Submission.class.getConstructor(
            String.class,
            String.class,
            Plan.class,
            Duration.class,
            String.class,
            String.class,
            Instant.class);
    assertThatThrownBy(
            () ->
                constructor.newInstance(
                    asked.id(), SAM, asked.plan(), asked.duration(), asked.reason(), "", null))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void itIsTooEarlyUntilThenAndNotAnyMore() {
    var asked = ARequest.askingFor(WEDNESDAY);

    assertThat(asked.waitsUntil(JUST_BEFORE)).contains(WEDNESDAY);
    assertThat(asked.waitsUntil(WEDNESDAY)).isEmpty();
    assertThat(ARequest.asking(APlan.forTheManager()).waitsUntil(Instant.MIN)).isEmpty();
  }

  @Test
  void whatIsApprovedWaitsForItsTime() {
    var approved = approved();

    assertThat(Next.of(approved, JUST_BEFORE)).isEqualTo(new Next.AwaitEnd(WEDNESDAY));
    assertThat(Next.of(approved, WEDNESDAY)).isEqualTo(new Next.Provision());
    assertThat(new Wait.ForEnd().isAnsweredBy(approved)).isFalse();
    assertThat(new Wait.ForEnd().isAnsweredBy(ARequest.approvedByTheManager())).isTrue();
  }

  @Test
  void itIsNotSetUpBeforeItsTime() {
    var approved = approved();

    assertThat(Life.apply(approved, new Command.Claim(Acts.byTheWorkflow(JUST_BEFORE))))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.request()).isEqualTo(approved);
              assertThat(refused.refusals())
                  .containsExactly(
                      Refusal.of("too-early", "This begins at " + WEDNESDAY + ".").with(WEDNESDAY));
            });
    assertThat(ARequest.after(approved, new Command.Claim(Acts.byTheWorkflow(WEDNESDAY))))
        .isInstanceOf(Request.Provisioning.class);
  }

  @Test
  void nobodyMissesItBeforeItsTime() {
    var approved = approved();
    assertThat(approved.nextDue()).contains(WEDNESDAY);

    var overdue = approvedFor(MONDAY.plusNanos(1));
    assertThat(overdue.nextDue())
        .contains(overdue.trail().last().act().at().plus(Times.patience(0)));
  }

  @Test
  void afterARunThatCameToNothingTheNextOneHasItsTime() {
    var begun =
        ARequest.after(
            approved(), new Command.StartRun(Acts.byTheWorkflow(WEDNESDAY.plusSeconds(60)), 2));

    assertThat(begun.nextDue()).contains(WEDNESDAY.plusSeconds(60).plus(Times.patience(1)));
  }

  private static Request.Scheduled approved() {
    return approvedFor(WEDNESDAY);
  }

  private static Request.Scheduled approvedFor(Instant startsAt) {
    var sent = Life.submit(ARequest.askingFor(startsAt), Acts.by(SAM, MONDAY));
    return (Request.Scheduled) ARequest.after(sent, ARequest.approval(MAX, 0));
  }
}
