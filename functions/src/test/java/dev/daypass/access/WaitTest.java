package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Request.Pending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTest {
  @Test
  void namesLeadBackToTheirWait() {
    for (var wait :
        new Wait[] {new Wait.ForEnd(), new Wait.ForDecision(0, 0), new Wait.ForDecision(4, 12)}) {
      assertThat(Wait.named(wait.name())).isEqualTo(wait);
    }
  }

  @Test
  void namesAreAsTheyAreStored() {
    assertThat(new Wait.ForEnd().name()).isEqualTo("end");
    assertThat(new Wait.ForDecision(1, 2).name()).isEqualTo("decision#1#2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "END",
        "decision",
        "decision#1",
        "decision#1#2#3#4",
        "decision#1#2#",
        "decision#x#1",
        "decision##",
        "other#1#2",
      })
  void otherNamesAreRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Wait.named(name));
  }

  @Test
  void aDecisionIsAwaitedUntilItsRoundOrStageIsOver() {
    var wait = new Wait.ForDecision(0, 0);
    var pending = sent(AStage.needsAllOf(MAX, OLGA).thenReminds(), AStage.needsOneOf(OLGA));

    assertThat(wait.isAnsweredBy(pending)).isFalse();
    assertThat(wait.isAnsweredBy(after(pending, approval(MAX, 0)))).isFalse();
    assertThat(wait.isAnsweredBy(after(pending, approval(MAX, 0), approval(OLGA, 0)))).isTrue();
    assertThat(
            wait.isAnsweredBy(
                after(
                    pending,
                    new Command.RoundOver(Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, 0))))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionIsAwaitedWhilePendingAndAnEndWhileActive(Status status) {
    var request = ARequest.in(status);

    assertThat(new Wait.ForDecision(0, 0).isAnsweredBy(request))
        .isEqualTo(!(request instanceof Pending));
    assertThat(new Wait.ForEnd().isAnsweredBy(request)).isEqualTo(status != Status.ACTIVE);
  }
}
