package dev.daypass.grant;

import static dev.daypass.store.SamAsks.FOUR_HOURS;
import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.OLGA;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.act;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Command;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Plan;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.SetUpTask.Result;
import dev.daypass.access.Target;
import dev.daypass.store.Grants;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is concluded under the lock from what owners have said, on the real engine. */
class ByHandTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final Duration WEEK = Duration.ofDays(7);

  private final Requests requests = TABLES.requests();
  private final Grants grants = TABLES.grants();

  /** There is no connector: whoever asks for one fails. */
  private final Reconcile reconcile =
      new Reconcile(requests, grants, Map.of(), TABLES.timeline(), new Random(1));

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private static Plan plan() {
    var plan = SamAsks.planAsking(1, List.of(MAX));
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        new Target(Target.BY_HAND, "", Map.of(Target.GROUP, "viewers", Target.SET_UP, "Do it.")),
        plan.owners(),
        plan.stages(),
        null,
        null);
  }

  private String approved(String key) {
    var request = SamAsks.with(plan(), now(), key, SAM, FOUR_HOURS);
    return stored(requests, request, List.of(approval(MAX, now()))).id();
  }

  private void change(String id, Command command) {
    changed(requests, id, command);
  }

  private Request provision(String id) {
    return reconcile.provision(id, "workflow");
  }

  private Request deprovision(String id) {
    return reconcile.deprovision(id, "workflow");
  }

  private void answer(String id, Result result) {
    change(id, new Command.AnswerSetUp(act(OLGA, now()), result, "In the console."));
  }

  private void attest(String id) {
    change(id, new Command.Attest(act(OLGA, now()), "Taken out."));
  }

  private @Nullable Before before(String id) {
    var entitlement = requests.find(id).orElseThrow().asked().entitlement();
    return grants.of(entitlement).stream()
        .filter(each -> each.request().equals(id))
        .findFirst()
        .orElseThrow()
        .before();
  }

  private String active(String key) {
    var id = approved(key);
    provision(id);
    answer(id, Result.DONE);
    assertThat(provision(id)).isInstanceOf(Active.class);
    return id;
  }

  private String toBeTakenAway(String key) {
    var id = active(key);
    TABLES.advance(FOUR_HOURS);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(ByHand.class);
    return id;
  }

  @Test
  void waitsForTheWordOfAnOwnerAtBothEnds() {
    var id = approved("first");

    var inHands = (Provisioning) provision(id);
    assertThat(inHands.awaited()).isPresent();
    assertThat(provision(id)).isEqualTo(inHands);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(NotDue.class);
    answer(id, Result.DONE);
    assertThat(((Active) provision(id)).grant().startedAt()).isEqualTo(now());
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(NotDue.class);

    TABLES.advance(FOUR_HOURS);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(ByHand.class);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(ByHand.class);
    attest(id);
    assertThat(deprovision(id)).isInstanceOf(Ended.class);
    assertThat(grants.of(entitlement(id))).isEmpty();
  }

  private Entitlement entitlement(String id) {
    return requests.find(id).orElseThrow().asked().entitlement();
  }

  @Test
  void whatNobodySetsUpIsGivenUpAfterAWeekAndLookedAfter() {
    var id = approved("first");
    provision(id);
    TABLES.advance(WEEK.minusSeconds(1));
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(NotDue.class);

    TABLES.advance(Duration.ofSeconds(1));

    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(ByHand.class);
    var ending = (Ending) requests.find(id).orElseThrow();
    assertThat(ending.why()).isEqualTo("Nobody has said within 7 days that it is set up.");
    assertThat(ending.awaited()).isPresent();
    attest(id);
    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
  }

  @Test
  void anAnswerInTimeIsNotGivenUp() {
    var id = approved("first");
    provision(id);
    answer(id, Result.DONE);
    TABLES.advance(WEEK);

    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(NotDue.class);
    assertThat(provision(id)).isInstanceOf(Active.class);
  }

  @Test
  void whatIsImpossibleLeavesNothingToDo() {
    var id = approved("first");
    provision(id);
    answer(id, Result.IMPOSSIBLE);

    assertThat(((Failed) provision(id)).why()).isEqualTo("In the console.");
  }

  @Test
  void whatWasThereBeforeStays() {
    var id = approved("first");
    provision(id);
    answer(id, Result.HELD);

    assertThat(((Failed) provision(id)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
  }

  @Test
  void oneThatIsThereNeedsNoHandsForTheNextAndIsPassedOn() {
    var first = active("first");
    var second = approved("second");

    assertThat(provision(second)).isInstanceOf(Active.class);
    assertThat(before(second)).isEqualTo(Before.OURS);
    change(first, new Command.Return(act(SAM, now())));
    assertThat(((Ended) deprovision(first)).heldBy()).isEqualTo(second);
  }

  @Test
  void oneThatIsBeingTakenAwayIsWantedAgain() {
    var first = toBeTakenAway("first");
    var second = approved("second");

    var inHands = (Provisioning) provision(second);

    assertThat(inHands.awaited().orElseThrow().leftover()).isTrue();
    assertThat(((Ended) requests.find(first).orElseThrow()).heldBy()).isEqualTo(second);
    answer(second, Result.IMPOSSIBLE);
    assertThat(provision(second)).isInstanceOf(Ending.class);
    // Somebody has looked, and nothing is there, also not of the first.
    assertThat(deprovision(second)).isInstanceOf(Failed.class);
  }

  @Test
  void whatIsLeftOverIsTakenAwayIfTheNextIsGivenBackUnanswered() {
    toBeTakenAway("first");
    var second = approved("second");
    provision(second);
    change(second, new Command.Return(act(SAM, now())));

    assertThatThrownBy(() -> deprovision(second)).isInstanceOf(ByHand.class);
  }

  @Test
  void whatEndsWhileTheNextWaitsForHandsIsInherited() {
    var second = approved("second");
    provision(second);
    assertThat(before(second)).isEqualTo(Before.ABSENT);
    var first = approved("first");
    provision(first);
    answer(first, Result.DONE);
    provision(first);
    change(first, new Command.Return(act(SAM, now())));

    assertThat(((Ended) deprovision(first)).heldBy()).isEqualTo(second);

    assertThat(before(second)).isEqualTo(Before.OURS);
    // Somebody saw it there: it is the first one's, and must be taken away one day.
    answer(second, Result.HELD);
    assertThat(provision(second)).isInstanceOf(Active.class);
  }

  @Test
  void whatNobodyWasAskedToSetUpIsOverAtOnce() {
    var id = approved("first");
    change(id, new Command.Claim(act("workflow", now())));
    change(id, new Command.Return(act(SAM, now())));

    assertThat(deprovision(id)).isInstanceOf(Ended.class);
  }

  /** The workflow hands over what it could not do, whatever there is to do. */
  @Test
  void aTaskThatIsThereIsAnswered() {
    var id = approved("first");
    change(id, new Command.Claim(act("workflow", now())));
    change(id, new Command.Return(act(SAM, now())));
    change(id, new Command.OpenTask(act("workflow", now()), "The database was down."));

    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(ByHand.class);
    attest(id);
    assertThat(deprovision(id)).isInstanceOf(Ended.class);
  }
}
