package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a rule of the runbook approves, so that nobody is asked. */
class ByRuleTest {
  private static final NamedRule RULE = new NamedRule("used-before", OLGA);
  private static final Plan PLAN = APlan.forTheManager().approvedBy(RULE, null);

  private static Request.Scheduled approved() {
    return Life.submitApproved(ARequest.asking(PLAN), Acts.by(SAM, MONDAY));
  }

  @Test
  @Tag("rules.trail")
  void isApprovedTheMomentItIsAskedAndTheTrailSaysByWhat() {
    var request = approved();

    assertThat(request.stages()).isEmpty();
    assertThat(request.nextDue()).contains(MONDAY.plus(Times.patience(0)));
    var event = request.trail().last();
    assertThat(event.kind()).isEqualTo(Event.Kind.SUBMITTED);
    assertThat(event.status()).isEqualTo(Status.SCHEDULED);
    assertThat(event.details())
        .containsEntry("rule", "used-before")
        .containsEntry("publisher", OLGA)
        .containsEntry("runbookVersion", "3")
        .containsEntry("reason", request.asked().reason())
        .doesNotContainKey("asks");
  }

  @Test
  void lastsNoLongerInAllThanTheRuleApproves() {
    var plan = APlan.forTheManager();
    var half = APlan.EXTENDABLE.dividedBy(2);

    assertThat(plan.approvedBy(RULE, null).extendable()).isEqualTo(APlan.EXTENDABLE);
    assertThat(plan.approvedBy(RULE, half).extendable()).isEqualTo(half);
    assertThat(plan.approvedBy(RULE, APlan.EXTENDABLE).extendable()).isEqualTo(APlan.EXTENDABLE);
    assertThat(plan.approvedBy(RULE, APlan.EXTENDABLE.multipliedBy(2)).extendable())
        .isEqualTo(APlan.EXTENDABLE);
    assertThat(APlan.withAFixedEnd().approvedBy(RULE, half).extendable()).isNull();
  }

  @Test
  void goesOnAsAnythingThatPeopleApproved() {
    var ended =
        ARequest.after(
            approved(),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)),
            new Command.Provisioned(Acts.byTheWorkflow(MONDAY)),
            new Command.Return(Acts.by(SAM, MONDAY.plusSeconds(60))),
            new Command.Gone(Acts.byTheWorkflow(MONDAY.plusSeconds(61)), null));

    assertThat(ended).isInstanceOf(Request.Ended.class);
    assertThat(ended.given().orElseThrow().lasts()).isEqualTo(ARequest.FOUR_HOURS);
  }

  @Test
  void canBeCancelledAndRevokedBeforeItIsSetUp() {
    for (var command :
        List.of(
            new Command.Cancel(Acts.by(SAM, MONDAY)),
            new Command.Revoke(Acts.by(OLGA, MONDAY), "Not now."))) {
      assertThat(ARequest.after(approved(), command)).isInstanceOf(Request.Cancelled.class);
    }
  }

  @Test
  void nobodyHasApprovedItWhoCouldTakeThatBackOrDecide() {
    var outcomes =
        Stream.of(
                new Command.WithdrawApproval(Acts.by(MAX, MONDAY), "On second thoughts, no."),
                ARequest.approval(MAX, 0))
            .map(command -> Life.apply(approved(), command));

    assertThat(outcomes).allMatch(Outcome.Refused.class::isInstance);
  }

  @Test
  void noStageOpensBesideTheRule() {
    var asked = ARequest.asking(PLAN);
    var open = ARequest.waitingForTheManager();
    var people = ARequest.approvedByTheManager();

    assertThatThrownBy(() -> new Request.Pending(asked, open.stages(), open.trail()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Request.Scheduled(asked, people.stages(), people.trail()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutARuleNothingIsApprovedByNobody() {
    var asked = ARequest.asking(APlan.forTheManager());

    assertThatThrownBy(() -> Life.submitApproved(asked, Acts.by(SAM, MONDAY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no rule has approved this");
    assertThatThrownBy(() -> new Request.Scheduled(asked, List.of(), approved().trail()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRuleHasANameAndAPublisherWhoIsSomebodyElse() {
    assertThatThrownBy(() -> new NamedRule(" ", OLGA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a rule has a name");
    assertThatThrownBy(() -> new NamedRule("used-before", "Olga@example.com"))
        .isInstanceOf(IllegalArgumentException.class);
    var own = APlan.forTheManager().approvedBy(new NamedRule("used-before", SAM), null);
    assertThatThrownBy(() -> ARequest.asking(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nobody's own rule approves what they ask for");
  }
}
