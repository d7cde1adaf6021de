package dev.daypass.access;

import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.approval;
import static dev.daypass.access.ARequest.expiry;
import static dev.daypass.access.ARequest.sent;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.Outcomes.assertChangesNothing;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedCommandsTest {
  @Test
  void aCommandTakenOnceChangesNothingWheneverItComesAgain() {
    var pending = sent(AStage.needsAllOf(MAX, OLGA));
    var first = approval(MAX, 0);
    var second = approval(OLGA, 0);
    var approved = after(pending, first, second);
    var claimed = after(approved, new Command.Claim(Acts.byTheWorkflow(MONDAY)));

    assertChangesNothing(after(pending, first), first);
    assertChangesNothing(approved, first);
    assertChangesNothing(approved, second);
    assertChangesNothing(claimed, second);
  }

  @Test
  void aCommandTakenOnceIsNeverRefusedLater() {
    var cancel = new Command.Cancel(Acts.by(SAM, MONDAY));
    var cancelled = after(ARequest.waitingForTheManager(), cancel);

    assertChangesNothing(cancelled, cancel);
  }

  @Test
  void theSubmissionIsACommandLikeOthers() {
    var submitted = Acts.by(SAM, MONDAY);
    var pending = Life.submit(ARequest.asking(APlan.forTheManager()), submitted);

    assertThat(pending.trail().holds(submitted)).isTrue();
  }

  @Test
  void aRefusedCommandLeavesNoTraceAndMayComeAgain() {
    var expire = new Command.Expire(Acts.byTheWorkflow(expiry().minusSeconds(1)));
    Life.apply(ARequest.active(), expire);

    var sameCommandLater =
        new Command.Expire(
            new Act(expire.act().command(), expiry(), expire.act().by(), expire.act().via()));

    assertThat(after(ARequest.active(), sameCommandLater)).isInstanceOf(Ending.class);
  }

  @Test
  void whatComesUnderAnIdThatThePersonHasUsedIsTheSameCommandWhateverItSays() {
    var submitted = Acts.by(SAM, MONDAY);
    var pending = Life.submit(ARequest.asking(APlan.forTheManager()), submitted);

    assertChangesNothing(pending, new Command.Cancel(submitted));
  }

  @Test
  void nobodysIdStandsInTheWayOfSomebodyElsesCommand() {
    var planted = new Act("expire-1", MONDAY, SAM, "api");
    var active =
        after(
            Life.submit(ARequest.asking(APlan.forTheManager()), planted),
            approval(MAX, 0),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)),
            new Command.Provisioned(Acts.byTheWorkflow(MONDAY)));

    var ended =
        after(active, new Command.Expire(new Act("expire-1", expiry(), "workflow", "workflow")));

    assertThat(ended).isInstanceOf(Ending.class);
  }

  @Test
  void theSameCommandAlwaysComesToTheSameOutcome() {
    var command = new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 0, List.of(MAX), List.of());
    var pending = ARequest.sentToTheManager();

    assertThat(Life.apply(pending, command)).isEqualTo(Life.apply(pending, command));
  }
}
