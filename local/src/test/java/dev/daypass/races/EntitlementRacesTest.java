package dev.daypass.races;

import static dev.daypass.races.Office.OLGA;
import static dev.daypass.races.Race.RACERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.grant.Busy;
import dev.daypass.grant.NotDue;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.Grants.Held;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several requests for one entitlement: the access is there from the first to the last of them. */
@Timeout(120)
class EntitlementRacesTest {
  @RegisterExtension static final World WORLD = new World();

  /** Whether a worker did its work, or has to come again. */
  private enum Worked {
    DONE,
    BUSY,
    NOT_DUE
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void twoThatBeginAtTheSameMomentBothBeginAndItStaysUntilTheLastEnds(int round, Race.Start start) {
    var person = WORLD.somebody();
    var one = WORLD.approved(person, "one");
    var other = WORLD.approved(person, "other");

    race(start, round, person, i -> provisions(i % 2 == 0 ? one : other));

    provisionedAndDeprovisioned(one, other);
    assertThat(WORLD.verified(one)).isInstanceOf(Active.class);
    assertThat(WORLD.verified(other)).isInstanceOf(Active.class);
    var entitlement = WORLD.request(one).asked().entitlement();
    assertThat(WORLD.grants(entitlement))
        .as("whoever came second knows that it was ours")
        .extracting(Held::before)
        .containsExactlyInAnyOrder(Before.ABSENT, Before.OURS);
    WORLD.theTargetAgrees(entitlement);
    assertThat(WORLD.crm().has(person)).isTrue();

    ends(one, person);
    WORLD.theTargetAgrees(entitlement);
    assertThat(WORLD.crm().has(person)).as("the other holds it").isTrue();
    ends(other, person);
    WORLD.theTargetAgrees(entitlement);
    assertThat(WORLD.crm().has(person)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void twoThatEndAtTheSameMomentBothEndAndNothingIsLeft(int round, Race.Start start) {
    var person = WORLD.somebody();
    var one = WORLD.active(person, "one");
    var other = WORLD.active(person, "other");
    WORLD.environment().endings().giveBack(one, Office.known(person), "page");
    // The time of the other is up, so each of its workers ends it.
    WORLD.at(((Active) WORLD.request(other)).grant().expiresAt());

    race(
        start,
        round,
        person,
        i ->
            switch (i % 10) {
              case 0 -> givesBack(other, person);
              case 1, 2, 3, 4 -> deprovisions(other);
              default -> deprovisions(one);
            });

    provisionedAndDeprovisioned(one, other);
    var ended = Stream.of(one, other).map(id -> (Ended) WORLD.verified(id)).toList();
    assertThat(ended.stream().map(Ended::heldBy).filter(Objects::nonNull).toList())
        .as("at most the first left it to the other")
        .hasSizeLessThanOrEqualTo(1);
    WORLD.theTargetAgrees(ended.getFirst().asked().entitlement());
    assertThat(WORLD.crm().has(person)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void oneThatEndsAsTheOtherBeginsLeavesTheAccessThere(int round, Race.Start start) {
    var person = WORLD.somebody();
    var leaving = WORLD.active(person, "leaving");
    var coming = WORLD.approved(person, "coming");
    if (start == Race.Start.ALL_HAVE_READ) {
      // Then whoever takes it away meets one that has begun and has not looked at the target yet.
      WORLD
          .environment()
          .endings()
          .revoke(leaving, Office.known(OLGA), "The case is closed.", "page");
    }

    race(
        start,
        round,
        person,
        i ->
            switch (i % 4) {
              case 0 -> revokes(leaving);
              case 1 -> deprovisions(leaving);
              default -> provisions(coming);
            });

    provisionedAndDeprovisioned(leaving, coming);
    assertThat(WORLD.verified(leaving)).isInstanceOf(Ended.class);
    assertThat(WORLD.verified(coming)).isInstanceOf(Active.class);
    WORLD.theTargetAgrees(WORLD.request(coming).asked().entitlement());
    assertThat(WORLD.crm().has(person)).isTrue();
    ends(coming, person);
    assertThat(WORLD.crm().has(person)).isFalse();
    assertThat(((Ended) WORLD.request(coming)).heldBy()).isNull();
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void whoeverIsTakenBackWhileTwoBeginAndOneEndsTheTargetHoldsWhatIsOpen(
      int round, Race.Start start) {
    var person = WORLD.somebody();
    var leaving = WORLD.active(person, "leaving");
    var coming = WORLD.approved(person, "coming");
    var comingAndGoing = WORLD.approved(person, "coming and going");

    race(
        start,
        round,
        person,
        i ->
            switch (i % 8) {
              case 0 -> revokes(leaving);
              case 1 -> givesBack(comingAndGoing, person);
              case 2 -> deprovisions(leaving);
              case 3 -> deprovisions(comingAndGoing);
              case 4, 5 -> provisions(coming);
              default -> provisions(comingAndGoing);
            });

    provisionedAndDeprovisioned(leaving, coming, comingAndGoing);
    assertThat(WORLD.verified(leaving)).isInstanceOf(Ended.class);
    assertThat(WORLD.verified(coming)).isInstanceOf(Active.class);
    assertThat(WORLD.verified(comingAndGoing).status().isFinal()).isTrue();
    WORLD.theTargetAgrees(WORLD.request(coming).asked().entitlement());
    assertThat(WORLD.crm().has(person)).isTrue();
    ends(coming, person);
    WORLD.theTargetAgrees(WORLD.request(coming).asked().entitlement());
    assertThat(WORLD.crm().has(person)).isFalse();
  }

  // Words for all that

  private interface Numbered {
    Callable<Worked> number(int i);
  }

  private static void race(Race.Start start, int seed, String person, Numbered racer) {
    var racers = new ArrayList<Callable<Worked>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(racer.number(i));
    }
    var answers = WORLD.race(start, seed, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 4);
    }
    assertThat(answers).contains(Worked.DONE);
    WORLD.crm().nobodyCameBetween(person);
  }

  /** Whoever was busy comes again, one after the other, as the workflow does. */
  private static void provisionedAndDeprovisioned(String... ids) {
    for (var id : ids) {
      WORLD.environment().reconcile().provision(id, "workflow");
    }
    for (var id : ids) {
      if (WORLD.request(id) instanceof Ending) {
        WORLD.environment().reconcile().deprovision(id, "workflow");
      }
    }
  }

  private static void ends(String id, String person) {
    WORLD.environment().endings().giveBack(id, Office.known(person), "page");
    assertThat(WORLD.environment().reconcile().deprovision(id, "workflow"))
        .isInstanceOf(Ended.class);
    WORLD.verified(id);
  }

  private static Callable<Worked> provisions(String id) {
    var in = WORLD.environment();
    return worked(() -> in.reconcile().provision(id, "workflow"));
  }

  private static Callable<Worked> deprovisions(String id) {
    var in = WORLD.environment();
    return worked(() -> in.reconcile().deprovision(id, "workflow"));
  }

  private static Callable<Worked> givesBack(String id, String person) {
    var in = WORLD.environment();
    return worked(() -> in.endings().giveBack(id, Office.known(person), "page").request());
  }

  private static Callable<Worked> revokes(String id) {
    var in = WORLD.environment();
    return worked(
        () -> in.endings().revoke(id, Office.known(OLGA), "The case is closed.", "page").request());
  }

  private static Callable<Worked> worked(Callable<Request> work) {
    return () -> {
      try {
        work.call();
        return Worked.DONE;
      } catch (Busy comeAgain) {
        return Worked.BUSY;
      } catch (NotDue early) {
        return Worked.NOT_DUE;
      }
    };
  }
}
