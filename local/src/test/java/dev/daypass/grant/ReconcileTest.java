package dev.daypass.grant;

import static dev.daypass.store.SamAsks.FOUR_HOURS;
import static dev.daypass.store.SamAsks.GROUP;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.claim;
import static dev.daypass.store.SamAsks.givenBack;
import static dev.daypass.store.SamAsks.givenUp;
import static dev.daypass.store.SamAsks.revocation;
import static dev.daypass.store.SamAsks.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.EndReason;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Plan;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Status;
import dev.daypass.access.Target;
import dev.daypass.approval.NoSuchRequest;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.grant.Crm.Call;
import dev.daypass.grant.Crm.Died;
import dev.daypass.local.aws.AwsException;
import dev.daypass.store.Grants;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.Grants.Held;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class ReconcileTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();
  @RegisterExtension static final Crm CRM = new Crm(TABLES);

  private static final Entitlement VIEWER = SamAsks.once("any").asked().entitlement();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Requests requests = TABLES.requests();
  private final Grants grants = TABLES.grants();
  private final Reconcile reconcile =
      new Reconcile(requests, grants, Map.of("scim", CRM), TABLES.timeline(), new Random(1));

  // Plainly

  @Test
  void setsAccessUpAndTakesItAwayAndReadsBothBack() {
    var id = approved("first");

    var active = (Active) provision(id);
    assertThat(active.grant().startedAt()).isEqualTo(now());
    assertThat(active.grant().expiresAt()).isEqualTo(now().plus(FOUR_HOURS));
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(CRM.calls()).containsExactly(Call.HOLDS, Call.ADD, Call.HOLDS);

    TABLES.advance(FOUR_HOURS);
    var ended = (Ended) deprovision(id);
    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(ended.heldBy()).isNull();
    assertThat(CRM.members()).isEmpty();
    assertThat(CRM.calls()).endsWith(Call.REMOVE, Call.HOLDS);
    assertThat(TABLES.items("grants")).as("neither grant nor lock is left").isEmpty();
    assertThat(requests.find(id)).contains(ended);
  }

  @Test
  void leavesEverybodyElseInTheGroup() {
    var ben = CRM.replaced().addUser("ben@example.com", "Ben");
    CRM.server().addUser(SAM, "Sam");
    CRM.server().addGroup(GROUP, List.of(ben));
    var id = active("first");
    assertThat(CRM.members()).containsExactlyInAnyOrder("ben@example.com", SAM);
    changed(requests, id, givenBack(now()));
    assertThat(deprovision(id)).isInstanceOf(Ended.class);
    assertThat(CRM.members()).containsExactly("ben@example.com");
  }

  @Test
  void repeatingAStepChangesNothing() {
    var id = approved("first");
    var active = provision(id);
    assertThat(provision(id)).isEqualTo(active);
    changed(requests, id, givenBack(now()));
    var ended = deprovision(id);
    int calls = CRM.calls().size();
    assertThat(deprovision(id)).isEqualTo(ended);
    assertThat(provision(id)).isEqualTo(ended);
    assertThat(CRM.calls()).hasSize(calls);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "DENIED", "LAPSED", "CANCELLED"})
  void whatWasNeverApprovedNeverReachesTheTarget(Status status) {
    var request = stored(requests, status, now(), "first");
    assertThat(provision(request.id())).isEqualTo(request);
    assertThat(deprovision(request.id())).isEqualTo(request);
    assertThat(CRM.calls()).isEmpty();
  }

  @Test
  void aRequestThatIsNotThereIsAFailure() {
    assertThatThrownBy(() -> provision("nobody-sent-this")).isInstanceOf(NoSuchRequest.class);
    assertThatThrownBy(() -> deprovision("nobody-sent-this")).isInstanceOf(NoSuchRequest.class);
  }

  // Its time

  @Test
  void accessIsNotTakenAwayAMomentBeforeItsTimeIsUp() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS.minusMillis(1));
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(NotDue.class);
    assertThat(requests.find(id)).get().isInstanceOf(Active.class);
    assertThat(CRM.members()).containsExactly(SAM);

    TABLES.advance(Duration.ofMillis(1));
    assertThat(deprovision(id)).isInstanceOf(Ended.class);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void accessWhoseGrantTheTimeToLiveHasDeletedIsTakenAwayAllTheSame() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS.plus(Grants.TTL_AFTER_EXPIRY));
    assertThat(TABLES.items("grants")).isEmpty();

    var ended = (Ended) deprovision(id);

    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(CRM.members()).isEmpty();
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void accessWhoseGrantIsDeletedStaysWhileAnotherHoldsItAndEndsWithThat() {
    var first = active("first");
    TABLES.advance(FOUR_HOURS);
    var second = active("second");
    TABLES.advance(Grants.TTL_AFTER_EXPIRY);
    assertThat(grants.of(VIEWER)).extracting(Held::request).containsExactly(second);

    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, second));
    assertThat(CRM.members()).containsExactly(SAM);

    TABLES.advance(FOUR_HOURS);
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
  }

  // Somebody else's

  @Test
  void whatThePersonHadBeforeIsNeitherGivenNorEverTakenAway() {
    CRM.addSamByHand();
    var id = approved("first");

    var failed = (Failed) provision(id);

    assertThat(failed.reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(deprovision(id)).isEqualTo(failed);
    assertThat(CRM.calls()).containsExactly(Call.HOLDS);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void whatTheTargetSaidFirstCountsEvenIfItSaysOtherwiseByTheNextTry() {
    CRM.addSamByHand();
    var id = claimed("first");
    TABLES.refuseNext(
        "TransactWriteItems", "requests", new AwsException("ValidationException", 400, "any"));
    assertThatThrownBy(() -> provision(id)).isInstanceOf(DynamoDbException.class);
    CRM.removeSamByHand();

    assertThat(((Failed) provision(id)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whatThePersonHadBeforeStaysWhenItIsGivenBackDuringTheSetUp() {
    CRM.addSamByHand();
    var id = claimed("first");
    TABLES.refuseNext(
        "TransactWriteItems", "requests", new AwsException("ValidationException", 400, "any"));
    assertThatThrownBy(() -> provision(id)).isInstanceOf(DynamoDbException.class);
    changed(requests, id, givenBack(now()));

    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void whatThePersonHadBeforeStaysWhenItIsGivenBackBeforeAnybodyLooked() {
    CRM.addSamByHand();
    var id = claimed("first");
    changed(requests, id, givenBack(now()));
    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void anotherRequestThatSawItToBeSomebodyElsesDoesNotMakeItOurs() {
    CRM.addSamByHand();
    var first = claimed("first");
    grants.remember(VIEWER, first, Before.FOREIGN);
    assertThat(((Failed) provision(approved("second"))).reason())
        .isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(((Failed) provision(first)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void anotherRequestThatHasNotLookedYetDoesNotMakeItOurs() {
    CRM.addSamByHand();
    var first = claimed("first");
    assertThat(((Failed) provision(approved("second"))).reason())
        .isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(((Failed) provision(first)).reason()).isEqualTo(Failed.Reason.ALREADY_HELD);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  // Overlapping

  @ParameterizedTest
  @EnumSource
  void whenTwoHoldItTheFirstToEndLeavesItAndTheLastTakesItAway(Ends ends) {
    for (var order : List.of(List.of(0, 1), List.of(1, 0))) {
      var ids = List.of(active("first" + ends + order), active("second" + ends + order));
      var early = ids.get(order.getFirst());
      var late = ids.get(order.getLast());

      end(early, ends);
      assertThat(deprovision(early)).isEqualTo(endedHeldBy(early, late));
      assertThat(CRM.members()).containsExactly(SAM);
      assertThat(requests.find(late)).get().isInstanceOf(Active.class);

      end(late, ends);
      assertThat(deprovision(late)).isEqualTo(endedHeldBy(late, null));
      assertThat(CRM.members()).isEmpty();
    }
  }

  enum Ends {
    RETURNED,
    REVOKED
  }

  private void end(String id, Ends how) {
    changed(requests, id, how == Ends.RETURNED ? givenBack(now()) : revocation(now()));
  }

  @Test
  void whenTwoExpireOneAfterTheOtherTheAccessLastsUntilTheLater() {
    var first = active("first");
    TABLES.advance(MINUTE);
    var second = active("second");
    TABLES.advance(FOUR_HOURS.minus(MINUTE));
    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, second));
    assertThat(CRM.members()).containsExactly(SAM);
    assertThatThrownBy(() -> deprovision(second)).isInstanceOf(NotDue.class);
    TABLES.advance(MINUTE);
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void aGrantWhoseTimeIsUpKeepsNothingEvenIfNobodyHasEndedItYet() {
    var first = active("first");
    TABLES.advance(MINUTE);
    var second = active("second");
    TABLES.advance(FOUR_HOURS);
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, null));
  }

  @Test
  void aRequestThatBeginsWhileAnotherEndsTakesTheAccessOver() {
    var first = active("first");
    changed(requests, first, givenBack(now()));
    var second = approved("second");

    assertThat(provision(second)).isInstanceOf(Active.class);
    assertThat(grants.of(VIEWER))
        .filteredOn(held -> held.request().equals(second))
        .extracting(Held::before)
        .containsExactly(Before.OURS);
    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, second));
    assertThat(CRM.members()).containsExactly(SAM);

    changed(requests, second, givenBack(now()));
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whoeverIsBeingSetUpAndHasNotLookedYetIsToldThatTheAccessIsOurs() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, first, givenBack(now()));

    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, second));
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(second, Status.PROVISIONING, null, Before.OURS));

    assertThat(provision(second)).isInstanceOf(Active.class);
    changed(requests, second, givenBack(now()));
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whoeverTookTheAccessOverAndThenFailsTakesItAway() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, first, givenBack(now()));
    deprovision(first);
    CRM.before(
        Call.ADD,
        () -> {
          throw new TargetRefused("no");
        });

    assertThat(((Ending) provision(second)).reason()).isEqualTo(EndReason.GIVEN_UP);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(((Failed) deprovision(second)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void whoeverTookTheAccessOverAndIsGivenBackBeforeLookingTakesItAway() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, first, givenBack(now()));
    deprovision(first);
    changed(requests, second, givenBack(now()));

    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void theAccessIsHandedOnFromOneToTheNextAndTheLastTakesItAway() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, first, givenBack(now()));
    deprovision(first);
    var third = claimed("third");
    changed(requests, second, revocation(now()));

    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, third));
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(provision(third)).isInstanceOf(Active.class);
    changed(requests, third, givenBack(now()));
    deprovision(third);
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void aSetUpThatFailsDoesNotTakeTheAccessFromWhoeverHoldsIt() {
    var first = active("first");
    var second = approved("second");
    CRM.diesAfter(Call.ADD);
    assertThatThrownBy(() -> provision(second)).isInstanceOf(Died.class);
    changed(requests, second, givenUp(now()));

    assertThat(((Failed) deprovision(second)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(CRM.calls()).doesNotContain(Call.REMOVE);

    changed(requests, first, givenBack(now()));
    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void theHolderEndingAfterTheOtherFailedTakesTheAccessAway() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, second, givenUp(now()));
    changed(requests, first, givenBack(now()));

    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, null));
    assertThat(CRM.members()).isEmpty();
    assertThat(((Failed) deprovision(second)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
  }

  @Test
  void oneThatNeverLookedLeavesTheAccessToTheOneThatHoldsIt() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, second, givenBack(now()));
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, first));
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void oneThatNeverLookedLeavesTheAccessToTheOneThatIsTakingItAway() {
    var first = active("first");
    var second = claimed("second");
    changed(requests, first, givenBack(now()));
    changed(requests, second, givenBack(now()));
    assertThat(deprovision(second)).isEqualTo(endedHeldBy(second, first));
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(deprovision(first)).isEqualTo(endedHeldBy(first, null));
    assertThat(CRM.members()).isEmpty();
  }

  // Taken back during the set-up

  @Test
  void whatIsGivenBackBeforeTheFirstCallNeverReachesTheTarget() {
    var id = claimed("first");
    changed(requests, id, givenBack(now()));
    assertThat(provision(id)).isInstanceOf(Ending.class);
    assertThat(CRM.calls()).isEmpty();
    assertThat(((Ended) deprovision(id)).reason()).isEqualTo(EndReason.RETURNED);
    assertThat(CRM.calls()).containsExactly(Call.HOLDS);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenBackBetweenLookingAndAddingIsTakenAwayAfterAll(Ends how) {
    var id = approved("first");
    CRM.after(Call.HOLDS, () -> end(id, how));
    var ending = (Ending) provision(id);
    assertThat(ending.grant()).isNull();
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
    assertThat(CRM.members()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenBackBetweenAddingAndSayingSoIsTakenAwayAfterAll(Ends how) {
    var id = approved("first");
    CRM.after(Call.ADD, () -> end(id, how));
    assertThat(provision(id)).isInstanceOf(Ending.class);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
    assertThat(CRM.members()).isEmpty();
  }

  // Dying in between

  @Test
  void dyingBetweenLookingAndAddingIsMadeGoodByTheNextTry() {
    var id = approved("first");
    CRM.diesBefore(Call.ADD);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Died.class);
    assertThat(requests.find(id)).get().isInstanceOf(Provisioning.class);
    assertThat(grants.of(VIEWER))
        .containsExactly(new Held(id, Status.PROVISIONING, null, Before.ABSENT));

    assertThat(provision(id)).isInstanceOf(Active.class);
    assertThat(CRM.members()).containsExactly(SAM);
  }

  @Test
  void dyingBetweenAddingAndSayingSoIsMadeGoodByTheNextTryWhichKnowsTheAccessAsOurs() {
    var id = approved("first");
    CRM.diesAfter(Call.ADD);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Died.class);
    assertThat(requests.find(id)).get().isInstanceOf(Provisioning.class);
    assertThat(CRM.members()).containsExactly(SAM);

    assertThat(provision(id)).isInstanceOf(Active.class);
    changed(requests, id, givenBack(now()));
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void dyingAfterAddingAndGivingUpThenUndoesWhatWasDone() {
    var id = approved("first");
    CRM.diesAfter(Call.ADD);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Died.class);
    var ending = reconcile.giveUp(id, "It did not answer.", "workflow");
    assertThat(((Ending) ending).reason()).isEqualTo(EndReason.GIVEN_UP);

    var failed = (Failed) deprovision(id);
    assertThat(failed.reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(failed.why()).isEqualTo("It did not answer.");
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void givingUpBeforeTheTargetWasEverReachedNeedsNoTarget() {
    var id = approved("first");
    CRM.server().faults().down(true);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(TargetUnavailable.class);
    reconcile.giveUp(id, "It did not answer.", "workflow");
    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
  }

  @ParameterizedTest
  @EnumSource(names = {"REMOVE", "HOLDS"})
  void dyingBetweenTakingAwayAndSayingSoIsMadeGoodByTheNextTry(Call last) {
    var id = active("first");
    changed(requests, id, givenBack(now()));
    CRM.diesAfter(last);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(Died.class);
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
    assertThat(CRM.members()).isEmpty();
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
  }

  @Test
  void dyingWithTheExpiryWrittenIsMadeGoodByTheNextTry() {
    var id = active("first");
    TABLES.advance(FOUR_HOURS);
    CRM.diesBefore(Call.REMOVE);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(Died.class);
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
    var ended = (Ended) deprovision(id);
    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(CRM.members()).isEmpty();
  }

  // A target that is down, slow or does not want

  @Test
  void aTargetThatIsDownLeavesTheSetUpToTheNextTry() {
    var id = approved("first");
    CRM.server().faults().down(true);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(TargetUnavailable.class);
    assertThat(requests.find(id)).get().isInstanceOf(Provisioning.class);
    assertThat(grants.of(VIEWER)).containsExactly(new Held(id, Status.PROVISIONING, null, null));

    CRM.server().faults().down(false);
    assertThat(provision(id)).isInstanceOf(Active.class);
  }

  @Test
  void aTargetThatIsDownLeavesTheRemovalToTheNextTry() {
    var id = active("first");
    changed(requests, id, givenBack(now()));
    CRM.server().faults().down(true);
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(TargetUnavailable.class);
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
    assertThat(CRM.members()).containsExactly(SAM);

    CRM.server().faults().down(false);
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
    assertThat(CRM.members()).isEmpty();
  }

  @Test
  void aTargetThatDoesNotAnswerAboutItsRemovalIsAskedAgain() {
    var id = active("first");
    changed(requests, id, givenBack(now()));
    CRM.after(Call.REMOVE, () -> CRM.server().faults().answer(100, 503));
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(TargetUnavailable.class);
    assertThat(CRM.members()).as("it is gone, but nobody has seen it").isEmpty();
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);

    CRM.server().faults().clear();
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
  }

  @Test
  void accessThatTheTargetDoesNotShowYetIsNotSaidToBeThere() {
    var id = approved("first");
    CRM.shows(false, false);
    assertThatThrownBy(() -> provision(id))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("does not show it yet");
    assertThat(requests.find(id)).get().isInstanceOf(Provisioning.class);
    assertThat(provision(id)).isInstanceOf(Active.class);
  }

  @Test
  void accessThatTheTargetStillShowsIsNotSaidToBeGone() {
    var id = active("first");
    changed(requests, id, givenBack(now()));
    CRM.shows(true);
    assertThatThrownBy(() -> deprovision(id))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("still shows");
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
    assertThat(grants.of(VIEWER)).extracting(Held::status).containsExactly(Status.ENDING);
    assertThat(deprovision(id)).isEqualTo(endedHeldBy(id, null));
  }

  @Test
  void aTargetWithoutTheGroupMakesTheSetUpFail() {
    CRM.replaced().addUser(SAM, "Sam");
    var id = approved("first");
    var ending = (Ending) provision(id);
    assertThat(ending.reason()).isEqualTo(EndReason.GIVEN_UP);
    assertThat(ending.why()).contains("no such group");

    var failed = (Failed) deprovision(id);
    assertThat(failed.reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
    assertThat(failed.why()).isEqualTo(ending.why());
    assertThat(TABLES.items("grants")).isEmpty();
  }

  @Test
  void aTargetThatDoesNotKnowThePersonMakesTheSetUpFail() {
    CRM.replaced().addGroup(GROUP);
    var id = approved("first");
    assertThat(((Ending) provision(id)).why()).contains("no user");
    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
  }

  @Test
  void aTargetThatRefusesTheRemovalKeepsTheRequestEnding() {
    var id = active("first");
    changed(requests, id, revocation(now()));
    CRM.replaced().addUser(SAM, "Sam");
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(TargetRefused.class);
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
  }

  @Test
  void aKindOfTargetThatNobodyKnowsMakesTheSetUpFail() {
    var plan = SamAsks.once("any").asked().plan();
    var unknown =
        new Plan(
            plan.runbook(),
            plan.runbookVersion(),
            plan.title(),
            plan.system(),
            plan.systemTitle(),
            plan.role(),
            plan.roleTitle(),
            new Target("pigeons", "any", Map.of()),
            plan.owners(),
            plan.stages(),
            plan.extendable(),
            null);
    var request = SamAsks.with(unknown, now(), "first", SAM, FOUR_HOURS);
    var id = stored(requests, request, SamAsks.to(Status.SCHEDULED, now())).id();
    assertThat(((Ending) provision(id)).why()).contains("pigeons");
    assertThat(((Failed) deprovision(id)).reason()).isEqualTo(Failed.Reason.NOT_SET_UP);
  }

  // The lock

  @Test
  void whileSomebodyElseIsAtWorkNothingIsTouched() {
    var id = approved("first");
    grants.lock(VIEWER, "somebody", now(), now().plus(Reconcile.LOCK));
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Busy.class);
    assertThat(requests.find(id)).get().isInstanceOf(Provisioning.class);
    changed(requests, id, givenBack(now()));
    assertThatThrownBy(() -> deprovision(id)).isInstanceOf(Busy.class);
    assertThat(requests.find(id)).get().isInstanceOf(Ending.class);
    assertThat(CRM.calls()).isEmpty();

    grants.unlock(VIEWER, "somebody");
    assertThat(deprovision(id)).isInstanceOf(Ended.class);
  }

  @Test
  void theLockOfSomebodyWhoDiedIsTakenOverWhenItsTimeIsUp() {
    var id = approved("first");
    grants.lock(VIEWER, "dead", now(), now().plus(Reconcile.LOCK));
    TABLES.advance(Reconcile.LOCK);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Busy.class);
    TABLES.advance(Duration.ofMillis(1));
    assertThat(provision(id)).isInstanceOf(Active.class);
  }

  @Test
  void theLockIsFreedWhateverHappened() {
    var id = approved("first");
    CRM.diesBefore(Call.ADD);
    assertThatThrownBy(() -> provision(id)).isInstanceOf(Died.class);
    assertThat(TABLES.items("grants")).hasSize(1);
    assertThat(provision(id)).isInstanceOf(Active.class);
    assertThat(TABLES.items("grants")).hasSize(1);
  }

  @Test
  void aLockThatRanOutDuringTheWorkIsNotTakenFromTheNextOwner() {
    var id = approved("first");
    CRM.after(
        Call.ADD,
        () -> {
          TABLES.advance(Reconcile.LOCK.plusMillis(1));
          assertThat(grants.lock(VIEWER, "next", now(), now().plus(Reconcile.LOCK))).isEmpty();
        });
    provision(id);
    assertThat(grants.lock(VIEWER, "third", now(), now().plus(Reconcile.LOCK))).isPresent();
  }

  @Test
  void endingOneAndSettingUpAnotherAtOnceComesToTheSameInEveryOrder() {
    for (int i = 0; i < 8; i++) {
      var first = active("first " + i);
      var second = approved("second " + i);
      changed(requests, first, givenBack(now()));

      atOnce(() -> deprovision(first), () -> provision(second));

      assertThat(requests.find(first)).get().isInstanceOf(Ended.class);
      assertThat(requests.find(second)).get().isInstanceOf(Active.class);
      assertThat(CRM.members()).containsExactly(SAM);
      changed(requests, second, givenBack(now()));
      deprovision(second);
      assertThat(CRM.members()).isEmpty();
    }
  }

  @Test
  void manyTryingTheSameAtOnceSetUpAndTakeAwayOnce() {
    var id = approved("first");
    Supplier<Request> provision = () -> provision(id);
    atOnce(provision, provision, provision, provision);
    assertThat(requests.find(id)).get().isInstanceOf(Active.class);
    assertThat(CRM.members()).containsExactly(SAM);
    assertThat(CRM.calls()).containsOnlyOnce(Call.ADD);

    changed(requests, id, givenBack(now()));
    Supplier<Request> deprovision = () -> deprovision(id);
    atOnce(deprovision, deprovision, deprovision, deprovision);
    assertThat(requests.find(id)).contains(endedHeldBy(id, null));
    assertThat(CRM.calls()).containsOnlyOnce(Call.REMOVE);
  }

  /** Each on a thread of its own, again as long as somebody else is at work. */
  @SafeVarargs
  private static void atOnce(Supplier<Request>... steps) {
    try (var threads = Executors.newFixedThreadPool(steps.length)) {
      var results = new ArrayList<Future<Request>>();
      for (var step : steps) {
        results.add(threads.submit(() -> patiently(step)));
      }
      for (var result : results) {
        result.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Request patiently(Supplier<Request> step) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      try {
        return step.get();
      } catch (Busy busy) {
        Thread.sleep(5);
      }
    }
    throw new AssertionError("busy for ever");
  }

  // Words for all that

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private String approved(String key) {
    return stored(requests, Status.SCHEDULED, now(), key).id();
  }

  private String claimed(String key) {
    var id = approved(key);
    changed(requests, id, claim(now()));
    return id;
  }

  private String active(String key) {
    var id = approved(key);
    assertThat(provision(id)).isInstanceOf(Active.class);
    return id;
  }

  private Request provision(String id) {
    return reconcile.provision(id, "workflow");
  }

  private Request deprovision(String id) {
    return reconcile.deprovision(id, "workflow");
  }

  /** The request as it is now, if it has ended like this. */
  private Request endedHeldBy(String id, @Nullable String other) {
    var request = requests.find(id).orElseThrow();
    assertThat(request).isInstanceOf(Ended.class);
    assertThat(((Ended) request).heldBy()).isEqualTo(other);
    return request;
  }
}
