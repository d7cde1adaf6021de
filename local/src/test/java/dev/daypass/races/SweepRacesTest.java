package dev.daypass.races;

import static dev.daypass.races.Office.DECIDERS;
import static dev.daypass.races.Office.OLGA;
import static dev.daypass.races.Race.RACERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.grant.Busy;
import dev.daypass.grant.NotDue;
import dev.daypass.grant.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sweep against people, the workflow's steps and other sweeps, over requests in all states. */
@Timeout(120)
class SweepRacesTest {
  @RegisterExtension static final World WORLD = new World();

  /** Then whatever waits is overdue. */
  private static final Duration LATER = Office.FOUR_HOURS.plusMinutes(2);

  /** A request and the person who may be at it at the same moment. */
  private record Case(String id, String person) {}

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void whoeverIsAtARequestWhileSweepsDriveItOnNothingHappensTwiceAndNothingIsLost(
      int round, Race.Start start) {
    var random = new Random(70 + round);
    var cases = new ArrayList<Case>();
    for (int i = 0; i < 2; i++) {
      cases.addAll(casesInAllStates());
      cases.add(extended());
    }
    WORLD.at(WORLD.now().plus(LATER));
    var failures = new CopyOnWriteArrayList<String>();
    var racers = new ArrayList<Callable<Object>>();
    for (int i = 0; i < RACERS; i++) {
      var one = cases.get(random.nextInt(cases.size()));
      racers.add(i % 5 == 0 ? sweeps(failures) : does(one, random));
    }

    WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(10);
    }

    assertThat(failures).isEmpty();
    for (var each : cases) {
      WORLD.crm().nobodyCameBetween(each.person());
      var now = WORLD.verified(each.id());
      assertThat(now.nextDue().isEmpty())
          .as("either it is over, or somebody will look after it")
          .isEqualTo(now.status().isFinal());
    }
    for (var each : cases) {
      var over = broughtToItsEnd(each);
      assertThat(over.status().isFinal()).isTrue();
      assertThat(WORLD.crm().has(each.person())).isFalse();
      WORLD.theTargetAgrees(entitlement(over));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void aHundredSweepsAtOnceEndAllAccessOnceAndStartEachRunOnce(int round, Race.Start start) {
    var cases = casesInAllStates();
    WORLD.at(WORLD.now().plus(LATER));
    var failures = new CopyOnWriteArrayList<String>();
    var racers = new ArrayList<Callable<Object>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(sweeps(failures));
    }

    WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS);
    }

    assertThat(failures).isEmpty();
    for (var each : cases) {
      WORLD.crm().nobodyCameBetween(each.person());
      var now = WORLD.verified(each.id());
      assertThat(now).isNotInstanceOfAny(Active.class, Ending.class);
      assertThat(now.trail().run()).as("no run was skipped").isLessThanOrEqualTo(2);
      assertThat(WORLD.crm().calls("remove", each.person())).isLessThanOrEqualTo(1);
      assertThat(WORLD.crm().has(each.person())).isFalse();
      WORLD.theTargetAgrees(entitlement(broughtToItsEnd(each)));
    }
  }

  private static List<Case> casesInAllStates() {
    var pending = WORLD.somebody();
    var lastRound = WORLD.somebody();
    var scheduled = WORLD.somebody();
    var provisioning = WORLD.somebody();
    var active = WORLD.somebody();
    var ending = WORLD.somebody();
    var cases =
        List.of(
            new Case(WORLD.asked(pending, Office.BY_ANYBODY, "pending"), pending),
            new Case(WORLD.asked(lastRound, Office.BY_ANYBODY, "last round"), lastRound),
            new Case(WORLD.approved(scheduled, "scheduled"), scheduled),
            new Case(WORLD.approved(provisioning, "provisioning"), provisioning),
            new Case(WORLD.active(active, "active"), active),
            new Case(WORLD.active(ending, "ending"), ending));
    claimedAndDied(cases.get(3).id());
    WORLD.environment().endings().giveBack(cases.get(5).id(), Office.known(ending), "page");
    return cases;
  }

  /** Its end has been moved beyond the sweep's moment, and can be moved again. */
  private static Case extended() {
    var person = WORLD.somebody();
    var id = WORLD.active(person, "extended");
    WORLD
        .environment()
        .extensions()
        .extend(
            id, Office.known(person), WORLD.now().plus(LATER).plus(Duration.ofHours(1)), "page");
    assertThat(WORLD.request(id).given().orElseThrow().expiresAt())
        .isAfter(WORLD.now().plus(LATER));
    return new Case(id, person);
  }

  /** Whoever claimed it died before the first call to the target, and left the lock behind. */
  private static void claimedAndDied(String id) {
    var grants = WORLD.environment().grants();
    var entitlement = entitlement(WORLD.request(id));
    var now = WORLD.now();
    grants.lock(entitlement, "somebody who died", now, now.plusSeconds(150));
    assertThat(worked(() -> WORLD.environment().reconcile().provision(id, "workflow")))
        .isInstanceOf(Busy.class);
    assertThat(WORLD.request(id)).isInstanceOf(Provisioning.class);
  }

  private static Entitlement entitlement(Request request) {
    return request.asked().entitlement();
  }

  private static Callable<Object> sweeps(List<String> failures) {
    var in = WORLD.environment();
    return () -> {
      var report =
          in.sweep()
              .run(
                  () -> false,
                  line -> {
                    if (!line.contains("for the next minute")) {
                      failures.add(line);
                    }
                  });
      assertThat(report).extracting(Sweep.Report::failed).isEqualTo(0);
      return report;
    };
  }

  /** Something that may happen to a request in whatever state. */
  private static Callable<Object> does(Case each, Random random) {
    var in = WORLD.environment();
    var id = each.id();
    var by = DECIDERS.get(random.nextInt(DECIDERS.size()));
    var until = WORLD.now().plus(Office.FOUR_HOURS).plusSeconds(random.nextInt(3_600));
    return switch (random.nextInt(10)) {
      case 0 -> () -> World.decide(in, id, 0, by, Answer.APPROVE);
      case 1 -> () -> World.decide(in, id, 0, by, Answer.DENY);
      case 2 -> () -> in.endings().cancel(id, Office.known(each.person()), "page");
      case 3 -> () -> in.endings().giveBack(id, Office.known(each.person()), "page");
      case 4 -> () -> in.endings().revoke(id, Office.known(OLGA), "The case is closed.", "api");
      case 5 -> () -> in.rounds().over(id, 0, random.nextInt(2));
      case 6 ->
          () -> {
            in.dispatch().grantTimedOut(id);
            return id;
          };
      case 7 -> () -> worked(() -> in.reconcile().provision(id, "workflow"));
      case 8 -> () -> in.extensions().extend(id, Office.known(each.person()), until, "page");
      default -> () -> worked(() -> in.reconcile().deprovision(id, "workflow"));
    };
  }

  private static Object worked(Callable<Object> work) {
    try {
      return work.call();
    } catch (Busy | NotDue comeAgain) {
      return comeAgain;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Drives the request on as the workflow would, until it is over. */
  private static Request broughtToItsEnd(Case each) {
    var in = WORLD.environment();
    var id = each.id();
    for (int step = 0; step < 10; step++) {
      switch (WORLD.request(id)) {
        case Pending pending -> {
          WORLD.at(pending.open().roundEndsAt());
          in.rounds().over(id, pending.stage(), pending.open().round());
        }
        case Scheduled _, Provisioning _ -> in.reconcile().provision(id, "workflow");
        case Active _ -> in.endings().giveBack(id, Office.known(each.person()), "page");
        case Ending _ -> in.reconcile().deprovision(id, "workflow");
        default -> {
          return WORLD.verified(id);
        }
      }
    }
    throw new AssertionError("no end: " + WORLD.request(id));
  }
}
