package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsTest {
  private static Command startRun(int run) {
    return new Command.StartRun(Acts.by("sweep", MONDAY), run);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "SCHEDULED", "PROVISIONING", "ACTIVE", "ENDING"})
  void aNewRunChangesNothingElse(Status status) {
    var before = ARequest.in(status);

    var next = after(before, startRun(2));

    assertThat(before.trail().run()).isEqualTo(1);
    assertThat(next.trail().run()).isEqualTo(2);
    assertThat(next.trail().last().kind()).isEqualTo(Event.Kind.RUN_STARTED);
    assertThat(next.trail().last().details()).containsEntry("run", "2");
    assertThat(next).usingRecursiveComparison().ignoringFields("trail").isEqualTo(before);
  }

  @Test
  void ofTwoThatStartTheSameRunOneDoes() {
    var next = after(ARequest.active(), startRun(2));

    assertChangesNothing(next, startRun(2));
    assertChangesNothing(next, startRun(1));
  }

  @Test
  void laterEventsStayInTheRun() {
    var claimed =
        after(
            ARequest.approvedByTheManager(),
            startRun(2),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)));

    assertThat(claimed.trail().run()).isEqualTo(2);
  }

  @Test
  void whoHasBeenWarnedStaysWarnedInANewRun() {
    var active = after(ARequest.active(), ARequest.warned(MONDAY), startRun(2));

    assertThat(((Request.Active) active).warned()).isTrue();
  }

  @Test
  void aTaskSurvivesANewRun() {
    var ending =
        after(
            ARequest.ending(),
            new Command.OpenTask(Acts.byTheWorkflow(MONDAY), "The target is down."),
            startRun(2));

    assertThat(((Request.Ending) ending).task()).isNotNull();
  }

  @Test
  void aTaskToSetUpSurvivesANewRun() {
    var request = HandWorkTest.inHands(false);

    assertThat(((Request.Provisioning) after(request, startRun(2))).task())
        .isEqualTo(request.task());
  }
}
