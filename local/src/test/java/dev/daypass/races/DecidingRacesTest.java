package dev.daypass.races;

import static dev.daypass.races.Office.DECIDERS;
import static dev.daypass.races.Office.MAX;
import static dev.daypass.races.Office.OLGA;
import static dev.daypass.races.Race.RACERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Act;
import dev.daypass.access.Closed;
import dev.daypass.access.Decision;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Event;
import dev.daypass.access.Next;
import dev.daypass.access.Outcome;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Stage;
import dev.daypass.request.Asks;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asking and deciding: one request, one outcome of each stage. */
@Timeout(120)
class DecidingRacesTest {
  @RegisterExtension static final World WORLD = new World();

  private static final List<String> WAYS = List.of("mail", "page", "api");

  private final Random random = new Random(3);

  /** A decision that somebody sent, and what came of it. */
  private record Told(int stage, String by, Answer answer, Outcome outcome) {
    Request request() {
      return outcome.request();
    }

    /** Whether this is what the stage holds. */
    boolean counts() {
      return request().stages().size() > stage
          && request().stages().get(stage).decisions().stream()
              .anyMatch(held -> held.by().equals(by) && held.answer() == answer);
    }

    List<String> codes() {
      return outcome instanceof Refused refused
          ? refused.refusals().stream().map(Refusal::code).toList()
          : List.of();
    }

    String words() {
      return outcome instanceof Refused refused ? refused.refusals().getFirst().message() : "";
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  @Tag("properties.chains")
  void ofYesAndNoAtOnceTheFirstCountsAndAllOthersAreToldWhoseItWas(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_ANYBODY, "key");
    var racers =
        IntStream.range(0, RACERS)
            .mapToObj(
                i ->
                    decides(
                        id,
                        0,
                        DECIDERS.get(i % DECIDERS.size()),
                        random.nextBoolean() ? Answer.APPROVE : Answer.DENY,
                        secondsAhead(3)))
            .toList();

    var answers = race(start, round, racers);

    var now = WORLD.verified(id);
    var decision = now.stages().getFirst().decisions();
    assertThat(decision).hasSize(1);
    boolean yes = decision.getFirst().answer() == Answer.APPROVE;
    assertThat(now).isInstanceOf(yes ? Scheduled.class : Denied.class);
    assertThat(answers).filteredOn(told -> told.outcome() instanceof Changed).hasSize(1);
    for (var told : answers) {
      assertThat(told.request()).as("all see the same").isEqualTo(now);
      if (told.counts()) {
        assertThat(told.outcome()).isNotInstanceOf(Refused.class);
      } else {
        assertThat(told.codes()).containsExactly("stage-closed");
        assertThat(told.words())
            .isEqualTo(
                "Already %s by %s."
                    .formatted(yes ? "approved" : "denied", decision.getFirst().by()));
      }
    }
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void aDoubleClickOnAllWaysAtOnceIsOneDecision(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_MANAGER, "key");
    var answer = round < 2 ? Answer.APPROVE : Answer.DENY;

    var answers =
        race(
            start,
            round,
            IntStream.range(0, RACERS)
                .mapToObj(_ -> decides(id, 0, MAX, answer, secondsAhead(3)))
                .toList());

    var now = WORLD.verified(id);
    assertThat(now.version()).isEqualTo(2);
    assertThat(answers).filteredOn(told -> told.outcome() instanceof Changed).hasSize(1);
    assertThat(answers).filteredOn(told -> told.outcome() instanceof Unchanged).hasSize(RACERS - 1);
    assertThat(answers).extracting(Told::request).containsOnly(now);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void aChangeOfMindAtTheSameMomentIsOneDecisionAndTheOtherIsRefused(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_MANAGER, "key");

    var answers =
        race(
            start,
            round,
            IntStream.range(0, RACERS)
                .mapToObj(
                    i ->
                        decides(
                            id, 0, MAX, i % 2 == 0 ? Answer.APPROVE : Answer.DENY, secondsAhead(3)))
                .toList());

    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
    var now = WORLD.verified(id);
    var counted = now.stages().getFirst().decisions().getFirst().answer();
    assertThat(now.version()).isEqualTo(2);
    assertThat(answers).extracting(Told::request).containsOnly(now);
    assertThat(answers)
        .allMatch(told -> (told.answer() == counted) != (told.outcome() instanceof Refused));
    assertThat(answers)
        .filteredOn(told -> told.answer() != counted)
        .extracting(Told::words)
        .containsOnly(Closed.sentence(now, 0));
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void stagesThatNeedSeveralTakeExactlySoManyDifferentPeopleOneStageAfterTheOther(
      int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_SOME_AND_SOME, "key");
    var everybody = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS / 10; i++) {
      Office.FIRST.forEach(
          by -> everybody.add(decides(id, 0, by, Answer.APPROVE, secondsAhead(3))));
      Office.SECOND.forEach(
          by -> everybody.add(decides(id, 1, by, Answer.APPROVE, secondsAhead(3))));
    }

    var atFirst = race(start, round, everybody);

    for (var told : atFirst) {
      assertThat(told.counts()).isEqualTo(!(told.outcome() instanceof Refused));
      if (told.stage() == 1 && told.codes().contains("no-such-stage")) {
        assertThat(told.request().stages()).as("only while it was so").hasSize(1);
      }
    }
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 2 - 1);
    }
    // Whoever came before the stage had opened comes again.
    var again = race(start, round + 10, everybody);

    var now = WORLD.verified(id);
    assertThat(now).isInstanceOf(Scheduled.class);
    assertThat(now.stages()).extracting(stage -> stage.decisions().size()).containsExactly(2, 3);
    assertThat(now.stages()).extracting(Stage::result).containsOnly(Stage.Result.APPROVED);
    assertThat(now.trail().events())
        .filteredOn(event -> event.kind() == Event.Kind.DECIDED)
        .hasSize(5);
    for (var told : again) {
      assertThat(told.counts()).isEqualTo(!(told.outcome() instanceof Refused));
      if (told.outcome() instanceof Refused) {
        assertThat(told.codes()).containsExactly("stage-closed");
        assertThat(told.words()).isEqualTo(Closed.sentence(now, told.stage()));
      }
    }
    var changed =
        Stream.of(atFirst, again)
            .flatMap(List::stream)
            .filter(told -> told.outcome() instanceof Changed)
            .toList();
    assertThat(changed).hasSize(5);
    assertThat(changed).extracting(told -> told.request().version()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void nobodyCountsInTwoStagesHoweverFastTheyAre(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_SOME_AND_OTHERS, "key");
    var everybody = new ArrayList<Callable<Told>>();
    for (int i = 0; i < RACERS / 10; i++) {
      for (var by : Office.FIRST) {
        everybody.add(decides(id, 0, by, Answer.APPROVE, secondsAhead(3)));
        everybody.add(decides(id, 1, by, Answer.APPROVE, secondsAhead(3)));
      }
    }

    var atFirst = race(start, round, everybody);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 2 - 1);
    }
    var again = race(start, round + 10, everybody);

    var now = WORLD.verified(id);
    assertThat(now).isInstanceOf(Scheduled.class);
    var first = now.stages().getFirst().decisions().stream().map(Decision::by).toList();
    assertThat(first).hasSize(2);
    assertThat(now.stages().getLast().decisions())
        .extracting(Decision::by)
        .hasSize(2)
        .doesNotContainAnyElementsOf(first);
    assertThat(now.stages().getLast().everybodyAsked()).doesNotContainAnyElementsOf(first);
    for (var told : Stream.of(atFirst, again).flatMap(List::stream).toList()) {
      assertThat(told.counts()).isEqualTo(!(told.outcome() instanceof Refused));
      if (told.stage() == 1 && first.contains(told.by())) {
        assertThat(told.codes())
            .isSubsetOf("no-such-stage", "approved-before", "stage-closed")
            .hasSize(1);
      }
    }
  }

  /** What a racer in the race for the deadline was told. */
  private sealed interface Late {
    record Decided(Told told, Duration ahead) implements Late {}

    record LookedOn(Next next, Duration ahead) implements Late {}

    record Swept() implements Late {}
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  @Tag("properties.chains")
  void atTheDeadlineEitherSomebodyDecidedOrNobodyDid(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_ANYBODY, "key");
    WORLD.at(WORLD.now().plus(Office.FIRST_ROUND));
    WORLD.environment().rounds().over(id, 0, 0);
    var deadline = ((Pending) WORLD.request(id)).open().roundEndsAt();
    WORLD.at(deadline);
    var racers = new ArrayList<Callable<Late>>();
    for (int i = 0; i < RACERS; i++) {
      // The clocks of functions are seconds apart, so the deadline is not the same for all.
      var ahead = secondsAhead(3);
      if (i % 2 == 0) {
        var by = DECIDERS.get(i % DECIDERS.size());
        var decides =
            decides(id, 0, by, random.nextBoolean() ? Answer.APPROVE : Answer.DENY, ahead);
        racers.add(() -> new Late.Decided(decides.call(), ahead));
      } else if (i % 20 == 1) {
        // The sweep comes when the workflow did not.
        var in = WORLD.environment(Duration.ofSeconds(46));
        racers.add(
            () -> {
              in.sweep().run(() -> false, DecidingRacesTest::failed);
              return new Late.Swept();
            });
      } else {
        var in = WORLD.environment(ahead);
        racers.add(() -> new Late.LookedOn(in.rounds().over(id, 0, 1), ahead));
      }
    }

    var answers = race(start, round, racers);

    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 4);
    }
    var now = WORLD.verified(id);
    var stage = now.stages().getFirst();
    assertThat(now).isInstanceOfAny(Scheduled.class, Denied.class, Lapsed.class);
    assertThat(stage.decisions()).hasSize(now instanceof Lapsed ? 0 : 1);
    for (var each : answers) {
      switch (each) {
        case Late.Decided(Told told, Duration ahead) -> {
          assertThat(told.counts()).isEqualTo(!(told.outcome() instanceof Refused));
          if (told.codes().contains("too-late")) {
            assertThat(ahead).as("too late by its own clock").isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(told.request()).isInstanceOf(Pending.class);
          } else {
            assertThat(told.request().stages().getFirst()).isEqualTo(stage);
            if (told.outcome() instanceof Refused) {
              assertThat(told.words()).isEqualTo(Closed.sentence(now, 0));
            }
          }
        }
        case Late.LookedOn(Next next, Duration ahead) -> {
          if (next.equals(new Next.Decide(0, 1, deadline))) {
            assertThat(ahead).as("too early by its own clock").isNegative();
          } else {
            assertThat(next).isEqualTo(Next.of(now, Instant.EPOCH));
          }
        }
        case Late.Swept _ -> {}
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void aDecisionAtTheEndOfARoundThatIsNotTheLastIsNeverTooLate(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_ANYBODY, "key");
    WORLD.at(WORLD.now().plus(Office.FIRST_ROUND));
    var racers = new ArrayList<Callable<Object>>();
    for (int i = 0; i < RACERS; i++) {
      var in = WORLD.environment(secondsAhead(3));
      var by = DECIDERS.get(i % DECIDERS.size());
      racers.add(
          i % 2 == 0
              ? () -> World.decide(in, id, 0, by, Answer.APPROVE)
              : () -> in.rounds().over(id, 0, 0));
    }

    var answers = race(start, round, racers);

    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS / 2);
    }
    var now = WORLD.verified(id);
    assertThat(now).isInstanceOf(Scheduled.class);
    var winner = now.stages().getFirst().decisions().getFirst();
    assertThat(answers).filteredOn(Changed.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(Refused.class::isInstance)
        .extracting(refused -> ((Refused) refused).refusals().getFirst().message())
        .containsOnly("Already approved by " + winner.by() + ".");
    assertThat(answers)
        .filteredOn(Next.class::isInstance)
        .extracting(Object::getClass)
        .isSubsetOf(Next.Decide.class, Next.Provision.class);
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void sendingUnderOneKeyIsOneRequestAndOtherWordsUnderItAreRefused(int round, Race.Start start) {
    var requester = WORLD.somebody();
    var racers = new ArrayList<Callable<Asks.Result>>();
    for (int i = 0; i < RACERS; i++) {
      var in = WORLD.environment(Duration.ofMillis(i));
      var ask =
          World.ask(
              requester,
              Office.BY_MANAGER,
              i % 2 == 0 ? "Invoice of customer 17" : "Address of customer 18");
      racers.add(() -> in.asks().ask(ask, "one-key", Proof.SESSION, "api"));
    }

    var answers = race(start, round, racers);

    var requests = new HashSet<Request>();
    int created = 0;
    int refused = 0;
    for (var answer : answers) {
      switch (answer) {
        case Asks.Result.Accepted accepted -> {
          requests.add(accepted.request());
          created += accepted.isNew() ? 1 : 0;
        }
        case Asks.Result.KeyUsed used -> {
          requests.add(used.before());
          refused++;
        }
        case Asks.Result.Refused none -> throw new AssertionError(none);
      }
    }
    assertThat(requests).as("all see the same").hasSize(1);
    assertThat(created).isEqualTo(1);
    assertThat(refused).isEqualTo(RACERS / 2);
    var request = requests.iterator().next();
    assertThat(WORLD.verified(request.id())).isEqualTo(request);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void ofHandingOverAndDecidingAtOnceTheFirstCounts(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_MANAGER, "key");
    var racers =
        IntStream.range(0, RACERS)
            .mapToObj(i -> i % 2 == 0 ? handsOver(id) : approves(id, secondsAhead(3)))
            .toList();

    var outcomes = race(start, round, racers);

    var now = WORLD.verified(id);
    var stage = now.stages().getFirst();
    assertThat(outcomes).filteredOn(Changed.class::isInstance).hasSize(1);
    assertThat(outcomes).extracting(Outcome::request).as("all see the same").containsOnly(now);
    boolean handedOver = stage.handedOverBy(MAX).isPresent();
    assertThat(now).isInstanceOf(handedOver ? Pending.class : Scheduled.class);
    assertThat(stage.decisions()).hasSize(handedOver ? 0 : 1);
    assertThat(
            outcomes.stream()
                .flatMap(
                    each ->
                        each instanceof Refused refused
                            ? refused.refusals().stream()
                            : Stream.empty())
                .map(Refusal::code))
        .hasSize(RACERS / 2)
        .containsOnly(handedOver ? "handed-over" : "stage-closed");
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
  }

  /** The one who is away and whoever stands in, many times each: it is one part, decided once. */
  @ParameterizedTest
  @MethodSource("dev.daypass.races.Race#rounds")
  void ofBothForOnePartTheFirstCounts(int round, Race.Start start) {
    var id = WORLD.asked(WORLD.somebody(), Office.BY_MANAGER, "key");
    var standIn = DECIDERS.getFirst();
    namesForADay(standIn);
    WORLD.asksInPlace(id, MAX, standIn);
    var racers =
        IntStream.range(0, RACERS)
            .mapToObj(i -> approves(id, i % 2 == 0 ? MAX : standIn, secondsAhead(3)))
            .toList();

    var outcomes = race(start, round, racers);

    var now = WORLD.verified(id);
    assertThat(outcomes).filteredOn(Changed.class::isInstance).hasSize(1);
    assertThat(now).isInstanceOf(Scheduled.class);
    var decisions = now.stages().getFirst().decisions();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.getFirst().part()).isEqualTo(MAX);
    if (start == Race.Start.ALL_HAVE_READ) {
      WORLD.itWasARace(RACERS - 1);
    }
  }

  private static void namesForADay(String standIn) {
    var at = WORLD.now();
    var day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    var act = new Act("stand-in", at, MAX, "page");
    WORLD
        .standIns()
        .change(
            MAX,
            at,
            absence ->
                absence.name(act, standIn, day, day.plusDays(1), ZoneOffset.UTC, "", List.of()));
  }

  // Words for all that

  private Callable<Outcome> handsOver(String id) {
    var in = WORLD.environment(secondsAhead(3));
    return () -> World.handOver(in, id, 0, MAX, OLGA);
  }

  private Callable<Outcome> approves(String id, Duration ahead) {
    return approves(id, MAX, ahead);
  }

  private Callable<Outcome> approves(String id, String by, Duration ahead) {
    var in = WORLD.environment(ahead);
    return () -> World.decide(in, id, 0, by, Answer.APPROVE);
  }

  private Duration secondsAhead(int most) {
    return Duration.ofMillis(random.nextInt(-1000 * most, 1000 * most));
  }

  private Callable<Told> decides(String id, int stage, String by, Answer answer, Duration ahead) {
    var in = WORLD.environment(ahead);
    var via = WAYS.get(random.nextInt(WAYS.size()));
    return () -> new Told(stage, by, answer, World.decide(in, id, stage, by, answer, via));
  }

  private static <T> List<T> race(
      Race.Start start, long seed, Collection<? extends Callable<T>> racers) {
    assertThat(racers).hasSize(RACERS);
    return WORLD.race(start, seed, racers);
  }

  private static void failed(String line) {
    throw new AssertionError(line);
  }
}
