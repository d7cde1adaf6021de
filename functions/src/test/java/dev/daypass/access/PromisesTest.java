package dev.daypass.access;

import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Hours.Opening;
import dev.daypass.access.Outcome.Refused;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** The promises of the design, held against histories that nobody would think of. */
class PromisesTest {
  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Tag("properties.chains")
  void theyHoldAfterEveryStep(
      @ForAll("submissions") Submission asked, @ForAll("histories") List<Move> moves) {
    var story = new Story(asked).tell(moves);

    // Were some state hardly ever reached, nothing would be shown about it.
    for (var status : Status.values()) {
      var label = Statistics.label(status.name());
      label.collect(story.seen().contains(status));
      label.coverage(coverage -> coverage.check(true).percentage(share -> share > 1));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  @Tag("properties.chains")
  void whateverHappenedEveryRequestReachesAnEnd(
      @ForAll("submissions") Submission asked,
      @ForAll("histories") List<Move> before,
      @ForAll boolean crowded) {
    var story = new Story(asked).tell(before);
    if (crowded) {
      fillWithRuns(story);
    }

    story.driveOn();

    assertThat(story.request().status().isFinal()).isTrue();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whateverHappenedOrHappensTakingAwayIsTheEndOfIt(
      @ForAll("submissions") Submission asked,
      @ForAll("histories") List<Move> before,
      @ForAll boolean crowded,
      @ForAll boolean givenBack,
      @ForAll("histories") List<Move> after) {
    var story = new Story(asked).tell(before);
    if (crowded) {
      fillWithRuns(story);
    }
    var act = Acts.by(givenBack ? asked.requester() : OLGA, Acts.MONDAY);

    var outcome =
        story.take(givenBack ? new Command.Return(act) : new Command.Revoke(act, "Enough."));

    assertThat(outcome).isNotInstanceOf(Refused.class);
    story.seen().clear();
    story.tell(after);
    assertThat(story.seen())
        .doesNotContain(Status.PENDING, Status.SCHEDULED, Status.PROVISIONING, Status.ACTIVE);
  }

  private static void fillWithRuns(Story story) {
    while (!story.request().status().isFinal()) {
      var next =
          new Command.StartRun(Acts.by("sweep", Acts.MONDAY), story.request().trail().run() + 1);
      if (story.take(next) instanceof Refused) {
        return;
      }
    }
  }

  @Provide
  Arbitrary<Submission> submissions() {
    return Combinators.combine(
            plans(), Arbitraries.integers().between(15, 600), Arbitraries.integers().between(0, 8))
        .as(
            (plan, minutes, which) ->
                ARequest.asking(of(which, plan), Duration.ofMinutes(minutes)));
  }

  /** Some by hand, some taken in an emergency, and some both. */
  private static Plan of(int which, Plan plan) {
    var byHand = which % 4 == 0 ? APlan.byHand(plan) : plan;
    return which > 6 ? APlan.emergency(byHand) : byHand;
  }

  private static Arbitrary<Plan> plans() {
    return Combinators.combine(
            stages().list().ofMinSize(1).ofMaxSize(3), Arbitraries.integers().between(0, 15))
        .as(
            (stages, which) -> {
              var plan = APlan.of(decidedByOthers(stages, which));
              return which % 3 == 0 ? APlan.inHours(HoursTest.office(), plan) : plan;
            });
  }

  /** In some of the later stages nobody counts twice, as far as that can be. */
  private static List<StagePlan> decidedByOthers(List<StagePlan> stages, int which) {
    var chain = new ArrayList<StagePlan>();
    for (var stage : stages) {
      int bit = 1 << chain.size();
      chain.add(stage);
      if (chain.size() > 1 && (which & bit) != 0) {
        var others = byOthers(stage, (which & 8) != 0);
        var more = new ArrayList<>(chain.subList(0, chain.size() - 1));
        more.add(others);
        if (Plan.stuck(more).isEmpty()) {
          chain = more;
        }
      }
    }
    return chain;
  }

  private static StagePlan byOthers(StagePlan stage, boolean all) {
    var asked = new LinkedHashSet<String>();
    var rounds = new ArrayList<RoundPlan>();
    int first = stage.rounds().getFirst().approvers().size();
    for (var round : stage.rounds()) {
      asked.addAll(round.approvers());
      rounds.add(
          new RoundPlan(
              round.kind(), round.lasts(), List.copyOf(asked), all ? first : round.needed()));
    }
    return new StagePlan(
        stage.title(), stage.proof(), rounds, new StagePlan.Others(all, List.of(OLGA, OTTO)));
  }

  private static Arbitrary<StagePlan> stages() {
    return Combinators.combine(
            Arbitraries.of(Proof.class),
            round(RoundPlan.Kind.NOTICE),
            Arbitraries.of(RoundPlan.Kind.REMINDER, RoundPlan.Kind.ESCALATION)
                .flatMap(PromisesTest::round)
                .list()
                .ofMaxSize(2))
        .as(
            (proof, first, others) ->
                new StagePlan(
                    "Somebody",
                    proof,
                    Stream.concat(Stream.of(first), others.stream()).toList(),
                    null));
  }

  private static Arbitrary<RoundPlan> round(RoundPlan.Kind kind) {
    var people = Arbitraries.of(MAX, DORA, OLGA, OTTO, ERIN).set().ofMinSize(1).ofMaxSize(4);
    return people.flatMap(asked -> round(kind, asked));
  }

  private static Arbitrary<RoundPlan> round(RoundPlan.Kind kind, Set<String> asked) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 48), Arbitraries.integers().between(1, asked.size()))
        .as(
            (hours, needed) ->
                new RoundPlan(kind, Duration.ofHours(hours), List.copyOf(asked), needed));
  }

  @Provide
  Arbitrary<List<Move>> histories() {
    return moves().list().ofMaxSize(40);
  }

  private static Arbitrary<Move> moves() {
    var numbers = Arbitraries.integers().between(0, 50);
    Arbitrary<Move> goOn = Arbitraries.integers().between(0, 9).map(Move.GoOn::new);
    Arbitrary<Move> attempt = attempts().map(each -> each);
    Arbitrary<Move> again = numbers.map(Move.Again::new);
    Arbitrary<Move> clash = Combinators.combine(numbers, attempts()).as(Move.Clash::new);
    Arbitrary<Move> passes =
        Arbitraries.integers()
            .between(-60, 24 * 60)
            .map(minutes -> new Move.Passes(Duration.ofMinutes(minutes)));
    Arbitrary<Move> silence = Arbitraries.create(Move.Silence::new);
    Arbitrary<Move> untilDue = Arbitraries.create(Move.UntilDue::new);
    return Arbitraries.frequencyOf(
        Tuple.of(14, goOn),
        Tuple.of(6, attempt),
        Tuple.of(2, again),
        Tuple.of(2, clash),
        Tuple.of(1, passes),
        Tuple.of(3, silence),
        Tuple.of(2, untilDue));
  }

  private static Arbitrary<Move.Try> attempts() {
    return Combinators.combine(
            Arbitraries.of(Move.What.class),
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(-1, 3),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 41))
        .as(Move.Try::new);
  }

  /** What holds of all working hours, of a minute's grain. */
  @Group
  @SuppressWarnings("ClassCanBeStatic") // jqwik looks for groups among inner classes only.
  class OfWorkingHours {
    @Property(tries = 300)
    void theWorkingTimeUntilThenIsWhatWasToPass(
        @ForAll("hours") Hours hours,
        @ForAll("starts") Instant start,
        @ForAll @IntRange(max = 2400) int minutes) {
      var end = hours.after(start, Duration.ofMinutes(minutes));

      assertThat(worked(hours, start, end)).isEqualTo(minutes);
      // The first such moment: the minute before it was worked.
      assertThat(minutes == 0 || isWorked(hours, end.minusSeconds(60))).isTrue();
    }

    @Property(tries = 1000)
    void itIsNeverEarlierThanPlainTime(
        @ForAll("hours") Hours hours,
        @ForAll("starts") Instant start,
        @ForAll @IntRange(max = 9000) int minutes) {
      assertThat(hours.after(start, Duration.ofMinutes(minutes)))
          .isAfterOrEqualTo(start.plusSeconds(60L * minutes));
    }

    @Property(tries = 1000)
    void whoBeginsLaterOrHasMoreTimeEndsNotEarlier(
        @ForAll("hours") Hours hours,
        @ForAll("starts") Instant start,
        @ForAll @IntRange(max = 9000) int minutes,
        @ForAll @IntRange(max = 9000) int more) {
      var end = hours.after(start, Duration.ofMinutes(minutes));

      assertThat(hours.after(start, Duration.ofMinutes(minutes + more))).isAfterOrEqualTo(end);
      assertThat(hours.after(start.plusSeconds(60L * more), Duration.ofMinutes(minutes)))
          .isAfterOrEqualTo(end);
    }

    @Property(tries = 1000)
    void oneRoundAfterTheOtherIsAsLongAsBothTogether(
        @ForAll("hours") Hours hours,
        @ForAll("starts") Instant start,
        @ForAll @IntRange(max = 9000) int first,
        @ForAll @IntRange(max = 9000) int second) {
      assertThat(
              hours.after(
                  hours.after(start, Duration.ofMinutes(first)), Duration.ofMinutes(second)))
          .isEqualTo(hours.after(start, Duration.ofMinutes(first + second)));
    }

    /** Looks at a wall clock each minute: all offsets here are of whole minutes. */
    private static long worked(Hours hours, Instant from, Instant to) {
      long worked = 0;
      for (var at = from; at.isBefore(to); at = at.plusSeconds(60)) {
        worked += isWorked(hours, at) ? 1 : 0;
      }
      return worked;
    }

    private static boolean isWorked(Hours hours, Instant at) {
      var wall = at.atZone(hours.zone());
      int minute = wall.getHour() * 60 + wall.getMinute();
      return !hours.holidays().contains(wall.toLocalDate())
          && hours.week().getOrDefault(wall.getDayOfWeek(), List.of()).stream()
              .anyMatch(each -> each.from() <= minute && minute < each.to());
    }

    @Provide
    Arbitrary<Instant> starts() {
      // Around changes of the clocks in both halves of the world.
      return Combinators.combine(
              Arbitraries.of(
                  "2026-03-06",
                  "2026-03-27",
                  "2026-04-03",
                  "2026-10-02",
                  "2026-10-23",
                  "2026-10-30"),
              Arbitraries.integers().between(0, 4 * 24 * 60))
          .as((day, minute) -> Instant.parse(day + "T00:00:00Z").plusSeconds(60L * minute));
    }

    @Provide
    Arbitrary<Hours> hours() {
      var zone =
          Arbitraries.of(
                  "Europe/Berlin",
                  "America/New_York",
                  "Australia/Lord_Howe",
                  "Asia/Kolkata",
                  "Africa/Cairo",
                  "Pacific/Chatham",
                  "UTC")
              .map(ZoneId::of);
      var opening =
          Arbitraries.integers()
              .between(0, 1439)
              .flatMap(
                  from ->
                      Arbitraries.integers()
                          .between(from + 1, 1440)
                          .map(to -> new Opening(from, to)));
      var day =
          opening.flatMap(
              first ->
                  first.to() > 1430
                      ? Arbitraries.just(List.of(first))
                      : Arbitraries.of(true, false)
                          .map(
                              second ->
                                  second
                                      ? List.of(first, new Opening(first.to() + 5, 1440))
                                      : List.of(first)));
      var week = Arbitraries.maps(Arbitraries.of(DayOfWeek.class), day).ofMinSize(2).ofMaxSize(7);
      var holidays =
          Arbitraries.integers()
              .between(0, 250)
              .map(LocalDate.parse("2026-03-06")::plusDays)
              .list()
              .ofMaxSize(6);
      return Combinators.combine(zone, week, holidays)
          .as((where, hours, off) -> new Hours("Any", where, hours, off));
    }
  }
}
