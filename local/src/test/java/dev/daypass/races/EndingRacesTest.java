package dev.daypass.races;

import static dev.daypass.races.Office.OLGA;
import static dev.daypass.races.Office.RUTH;
import static dev.daypass.races.Race.RACERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Grant;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.grant.Busy;
import dev.daypass.grant.NotDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Setting up against withdrawing, and everything that ends access against everything else. */
@Timeout(120)
class EndingRacesTest {
  @RegisterExtension static final World WORLD = new World();

  private final Random random = new Random(5);

  /** What somebody was told. */
  private sealed interface Told {
    /** A person, or a function for a person. */
    record Answered(Outcome outcome) implements Told {}

    /** A step of the workflow, which shows the request as it left it. */
    record Done(Request request) implements Told {}

    /** Come again: somebody else is at work on it. */
    record ComeAgain() implements Told {}

    /** Not yet. */
    record TooEarly(Duration ahead) implements Told {}

    /** Nothing in particular. */
    record Quiet() implements Told {}
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void whateverEndsAccessAtTheSameMomentItEndsOnceForOneReason(int round, Race.Start start) {
    var person = WORLD.somebody();
    var id = WORLD.active(person, "key");
    var expiry = ((Active) WORLD.request(id)).grant().expiresAt();
    WORLD.at(expiry);
    var racers = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(
          switch (i % 10) {
            case 0, 1 -> givesBack(id, person);
            case 2 -> revokes(id, OLGA);
            case 3 -> revokes(id, RUTH);
            case 4, 5, 6 -> deprovisions(id);
            case 7 -> sweeps();
            case 8 -> timesOut(id);
            default -> provisions(id);
          });
    }

    var answers = WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 10);
    }
    WORLD.crm().nobodyCameBetween(person);

    // Whoever was to come again comes again, as the workflow does: what they meet is free.
    WORLD.at(expiry.plusSeconds(60));
    var again = WORLD.environment().reconcile().deprovision(id, "workflow");
    var now = (Ended) WORLD.verified(id);
    assertThat(again).isEqualTo(now);
    var ending = only(now, Kind.ENDING);
    assertThat(ending.act().by())
        .isIn(
            switch (now.reason()) {
              case RETURNED -> List.of(person);
              case REVOKED -> List.of(OLGA, RUTH);
              case EXPIRED -> List.of("workflow", "sweep", "ttl");
              case GIVEN_UP -> List.of();
            });
    assertThat(now.heldBy()).isNull();
    for (var told : answers) {
      switch (told) {
        case Told.Answered(Outcome outcome) -> {
          assertThat(outcome).as("ending is never refused").isNotInstanceOf(Outcome.Refused.class);
          assertThat(reason(outcome.request())).isEqualTo(now.reason());
        }
        case Told.Done(Request request) -> {
          if (!(request instanceof Active)) {
            assertThat(reason(request)).isEqualTo(now.reason());
          }
        }
        case Told.TooEarly(Duration ahead) -> assertThat(ahead).isNegative();
        case Told.ComeAgain _, Told.Quiet _ -> {}
      }
    }
    assertThat(WORLD.crm().calls("remove", person)).as("taken away once").isEqualTo(1);
    assertThat(WORLD.crm().has(person)).isFalse();
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  /** Those who extend looked before the end and write at the end, as a slow function would. */
  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void returnAndExpiryAndExtensionAtTheSameMomentHaveOneOutcome(int round, Race.Start start) {
    var person = WORLD.somebody();
    var id = WORLD.active(person, "key");
    var expiry = ((Active) WORLD.request(id)).grant().expiresAt();
    var later = expiry.plus(Duration.ofHours(2));
    WORLD.at(expiry);
    var racers = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(
          switch (i % 10) {
            case 0, 1, 2, 3 -> extendsTo(id, person, later);
            case 4, 5 -> givesBack(id, person);
            case 6, 7 -> deprovisions(id);
            case 8 -> sweeps();
            default -> timesOut(id);
          });
    }

    var answers = WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 10);
    }
    WORLD.crm().nobodyCameBetween(person);

    WORLD.at(expiry.plusSeconds(60));
    WORLD.environment().reconcile().deprovision(id, "workflow");
    var now = (Ended) WORLD.verified(id);
    boolean extended = has(now, Kind.EXTENDED);
    assertThat(now.grant()).isEqualTo(new Grant(startOf(now), extended ? later : expiry));
    assertThat(now.reason()).isIn(EndReason.RETURNED, EndReason.EXPIRED);
    if (extended) {
      assertThat(now.reason()).as("what was extended is not over").isEqualTo(EndReason.RETURNED);
    }
    for (var told : answers) {
      switch (told) {
        case Told.Answered(Outcome.Refused refused) ->
            assertThat(refused.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("already-over"));
        case Told.Answered(Outcome outcome) when outcome.request() instanceof Active active -> {
          assertThat(extended).isTrue();
          assertThat(active.grant().expiresAt()).isEqualTo(later);
        }
        case Told.Answered(Outcome outcome) when has(outcome.request(), Kind.ENDING) ->
            assertThat(reason(outcome.request())).isEqualTo(now.reason());
        case Told.Answered(Outcome outcome) -> throw new AssertionError(outcome);
        case Told.Done(Request request) -> {
          if (!(request instanceof Active)) {
            assertThat(reason(request)).isEqualTo(now.reason());
          }
        }
        case Told.TooEarly _, Told.ComeAgain _, Told.Quiet _ -> {}
      }
    }
    assertThat(WORLD.crm().calls("remove", person)).as("taken away once").isEqualTo(1);
    assertThat(WORLD.crm().has(person)).isFalse();
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void eitherItIsExtendedAndStaysOrItHasExpiredAndIsGone(int round, Race.Start start) {
    var person = WORLD.somebody();
    var id = WORLD.active(person, "key");
    var expiry = ((Active) WORLD.request(id)).grant().expiresAt();
    var later = expiry.plus(Duration.ofHours(2));
    WORLD.at(expiry.plusSeconds(4));
    var racers = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(i % 2 == 0 ? extendsTo(id, person, later) : deprovisions(id));
    }

    var answers = WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 10);
    }
    WORLD.crm().nobodyCameBetween(person);

    if (!(WORLD.request(id) instanceof Active)) {
      patiently(() -> WORLD.environment().reconcile().deprovision(id, "workflow"));
    }
    var now = WORLD.verified(id);
    assertThat(now).isInstanceOfAny(Active.class, Ended.class);
    boolean extended = now instanceof Active;
    assertThat(has(now, Kind.EXTENDED)).isEqualTo(extended);
    for (var told : answers) {
      switch (told) {
        case Told.Answered(Outcome.Refused refused) -> {
          assertThat(extended).isFalse();
          assertThat(refused.refusals())
              .singleElement()
              .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("already-over"));
        }
        case Told.Answered(Outcome outcome) -> assertThat(outcome.request()).isEqualTo(now);
        case Told.Done(Request request) -> {
          assertThat(extended).isFalse();
          assertThat(request).isEqualTo(now);
        }
        case Told.TooEarly _ -> assertThat(extended).isTrue();
        case Told.ComeAgain _ -> assertThat(extended).isFalse();
        case Told.Quiet _ -> throw new AssertionError(told);
      }
    }
    assertThat(WORLD.crm().has(person)).isEqualTo(extended);
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void eitherItIsWithdrawnAndNothingWasSetUpOrItIsSetUpAndWithdrawingIsRefused(
      int round, Race.Start start) {
    var person = WORLD.somebody();
    var id = WORLD.approved(person, "key");
    var racers = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(i % 2 == 0 ? cancels(id, person) : provisions(id));
    }

    var answers = WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 2);
    }
    WORLD.crm().nobodyCameBetween(person);

    WORLD.environment().reconcile().provision(id, "workflow");
    var now = WORLD.verified(id);
    assertThat(now).isInstanceOfAny(Cancelled.class, Active.class);
    for (var told : answers) {
      switch (told) {
        case Told.Answered(Outcome.Refused refused) -> {
          assertThat(now).isInstanceOf(Active.class);
          assertThat(refused.refusals())
              .singleElement()
              .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("already-started"));
        }
        case Told.Answered(Outcome outcome) -> assertThat(outcome.request()).isEqualTo(now);
        case Told.Done(Request request) -> assertThat(request).isEqualTo(now);
        case Told.ComeAgain _ -> assertThat(now).isInstanceOf(Active.class);
        case Told.TooEarly _, Told.Quiet _ -> throw new AssertionError(told);
      }
    }
    boolean isSetUp = now instanceof Active;
    assertThat(WORLD.crm().has(person)).isEqualTo(isSetUp);
    assertThat(WORLD.crm().calls("add", person)).isEqualTo(isSetUp ? 1 : 0);
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void whoeverTakesItBackWhileItIsSetUpLeavesNothingBehind(int round, Race.Start start) {
    var person = WORLD.somebody();
    var id = WORLD.approved(person, "key");
    var racers = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(
          switch (i % 5) {
            case 0, 1, 2 -> provisions(id);
            case 3 -> deprovisions(id);
            default -> i % 2 == 0 ? givesBack(id, person) : revokes(id, OLGA);
          });
    }

    var answers = WORLD.race(start, round, racers);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 2);
    }
    WORLD.crm().nobodyCameBetween(person);

    WORLD.environment().reconcile().provision(id, "workflow");
    WORLD.environment().reconcile().deprovision(id, "workflow");
    var now = WORLD.verified(id);
    assertThat(now).isInstanceOfAny(Cancelled.class, Ended.class);
    for (var told : answers) {
      switch (told) {
        case Told.Answered(Outcome outcome) -> {
          assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
          assertThat(outcome.request().status().isFinal() || outcome.request() instanceof Ending)
              .isTrue();
          assertThat(outcome.request() instanceof Cancelled).isEqualTo(now instanceof Cancelled);
        }
        case Told.Done(Request request) -> {
          if (request.status().isFinal()) {
            assertThat(request).isEqualTo(now);
          }
        }
        case Told.TooEarly _ -> assertThat(now.given()).isPresent();
        case Told.ComeAgain _ -> assertThat(now).isInstanceOf(Ended.class);
        case Told.Quiet _ -> throw new AssertionError(told);
      }
    }
    if (now instanceof Ended ended) {
      assertThat(ended.reason())
          .isEqualTo(
              only(now, Kind.ENDING).act().by().equals(person)
                  ? EndReason.RETURNED
                  : EndReason.REVOKED);
      assertThat(ended.heldBy()).isNull();
    } else {
      assertThat(WORLD.crm().calls("add", person)).isZero();
    }
    assertThat(WORLD.crm().has(person)).isFalse();
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  @Test
  void whoeverWasSlowToSetItUpAndComesWhenAllIsOverSetsNothingUp() {
    var person = WORLD.somebody();
    var id = WORLD.claimed(person, "key");
    var slow = new ArrayList<Callable<Request>>();
    var prompt = new ArrayList<Callable<Request>>();
    for (int i = 0; i < RACERS / 2; i++) {
      var one = WORLD.environment();
      prompt.add(
          () -> {
            patiently(() -> one.reconcile().provision(id, "workflow"));
            one.endings().giveBack(id, Office.known(person), "page");
            return patiently(() -> one.reconcile().deprovision(id, "workflow"));
          });
      var other = WORLD.environment();
      slow.add(() -> patiently(() -> other.reconcile().provision(id, "workflow")));
    }

    var answers = WORLD.raceWithSlowOnes(prompt, slow);

    var now = WORLD.verified(id);
    assertThat(now).isInstanceOf(Ended.class);
    assertThat(answers).containsOnly(now);
    // None if all prompt ones met somebody who had given it back.
    assertThat(WORLD.crm().calls("add", person)).isLessThanOrEqualTo(1);
    assertThat(WORLD.crm().has(person)).isFalse();
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  @Test
  void whoeverWasSlowToTakeItAwayAndComesWhenItIsGoneTakesNothingAway() {
    var person = WORLD.somebody();
    var id = WORLD.active(person, "key");
    WORLD.environment().endings().giveBack(id, Office.known(person), "page");
    var slow = new ArrayList<Callable<Request>>();
    var prompt = new ArrayList<Callable<Request>>();
    for (int i = 0; i < RACERS; i++) {
      var in = WORLD.environment();
      (i % 2 == 0 ? prompt : slow)
          .add(() -> patiently(() -> in.reconcile().deprovision(id, "workflow")));
    }

    var answers = WORLD.raceWithSlowOnes(prompt, slow);

    var now = WORLD.verified(id);
    assertThat(now).isInstanceOf(Ended.class);
    assertThat(answers).containsOnly(now);
    assertThat(WORLD.crm().calls("remove", person)).isEqualTo(1);
    WORLD.theTargetAgrees(now.asked().entitlement());
  }

  // Words for all that

  /** Again and again, as the workflow does while somebody else is at work. */
  private static Request patiently(Supplier<Request> step) {
    while (true) {
      try {
        return step.get();
      } catch (Busy comeAgain) {
        Thread.onSpinWait();
      }
    }
  }

  private static Event only(Request request, Kind kind) {
    var events = request.trail().events().stream().filter(event -> event.kind() == kind).toList();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static boolean has(Request request, Kind kind) {
    return request.trail().events().stream().anyMatch(event -> event.kind() == kind);
  }

  private static Instant startOf(Request request) {
    return only(request, Kind.ACTIVATED).act().at();
  }

  private static EndReason reason(Request request) {
    return switch (request) {
      case Ending ending -> ending.reason();
      case Ended ended -> ended.reason();
      default -> throw new AssertionError("this is not ending: " + request.status());
    };
  }

  private Duration secondsAhead() {
    return Duration.ofMillis(random.nextInt(-3000, 3000));
  }

  private Callable<Told> givesBack(String id, String person) {
    var in = WORLD.environment(secondsAhead());
    return () -> new Told.Answered(in.endings().giveBack(id, Office.known(person), "page"));
  }

  private Callable<Told> extendsTo(String id, String person, Instant until) {
    // In time by that clock: the end can be moved until a minute before it.
    var in = WORLD.environment(Duration.ofSeconds(-75).plus(secondsAhead()));
    return () -> new Told.Answered(in.extensions().extend(id, Office.known(person), until, "page"));
  }

  private Callable<Told> cancels(String id, String person) {
    var in = WORLD.environment(secondsAhead());
    return () -> new Told.Answered(in.endings().cancel(id, Office.known(person), "page"));
  }

  private Callable<Told> revokes(String id, String by) {
    var in = WORLD.environment(secondsAhead());
    return () ->
        new Told.Answered(in.endings().revoke(id, Office.known(by), "The case is closed.", "api"));
  }

  private Callable<Told> timesOut(String id) {
    var in = WORLD.environment(secondsAhead());
    return () -> {
      in.dispatch().grantTimedOut(id);
      return new Told.Quiet();
    };
  }

  private Callable<Told> sweeps() {
    // The sweep comes when the workflow did not.
    var in = WORLD.environment(Duration.ofSeconds(46));
    return () -> {
      in.sweep()
          .run(
              () -> false,
              line -> {
                assertThat(line).contains("for the next minute");
              });
      return new Told.Quiet();
    };
  }

  private Callable<Told> provisions(String id) {
    var in = WORLD.environment(secondsAhead());
    return () -> {
      try {
        return new Told.Done(in.reconcile().provision(id, "workflow"));
      } catch (Busy somebodyElse) {
        return new Told.ComeAgain();
      }
    };
  }

  private Callable<Told> deprovisions(String id) {
    var ahead = secondsAhead();
    var in = WORLD.environment(ahead);
    return () -> {
      try {
        return new Told.Done(in.reconcile().deprovision(id, "workflow"));
      } catch (Busy somebodyElse) {
        return new Told.ComeAgain();
      } catch (NotDue early) {
        return new Told.TooEarly(ahead);
      }
    };
  }
}
