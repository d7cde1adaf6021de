package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lives without faults, random histories, what was found once, and the harness itself. */
@Execution(ExecutionMode.CONCURRENT)
class LivesTest {
  private static final Companies COMPANIES = new Companies(Path.of(".."));

  /** Each life without faults, lived once for all tests that look at it. */
  private static final Map<String, Run> QUIET = new ConcurrentHashMap<>();

  /** What a fault or a history found once, with the seed that found it. */
  private static final List<String> FOUND =
      List.of(
          // The task of the owners came ten minutes after the end, not five.
          "target-down-at-the-end 64:THROTTLED",
          // It came late because a sweep had got the lock without hearing of it, or had died with
          // it.
          "target-down-at-the-end 225:TWICE",
          "target-down-at-the-end 254:KILLED_BEFORE",
          // The run that had only to tell of an end broke off, and nobody told.
          "target-down-at-the-end 395:THROTTLED",
          "down-half-way 2984:THROTTLED",
          // The checks took an approval of another stage for the one that was refused.
          "history-623759479 23:SLOW,72:THROTTLED",
          // They took it for a refusal that an owner who had left could not take access away.
          "history-521190067",
          // Two runs of one request, after dispatch had been down.
          "history-719067261");

  @TestFactory
  Stream<DynamicTest> everyLifeIsWhatItSays() {
    return Lives.everyone().stream()
        .map(life -> DynamicTest.dynamicTest(life.name(), () -> assertKept(quiet(life))));
  }

  private static Run quiet(Life life) {
    return QUIET.computeIfAbsent(
        life.name(), name -> Run.of(COMPANIES.of(life), life, List.of(), 1));
  }

  @TestFactory
  Stream<DynamicTest> randomHistoriesKeepAllPromises() {
    return LongStream.range(0, 25)
        .mapToObj(Histories::of)
        .map(
            life ->
                DynamicTest.dynamicTest(
                    life.name(), () -> assertKept(Run.of(COMPANIES.of(life), life, List.of(), 1))));
  }

  @TestFactory
  Stream<DynamicTest> whatWasFoundOnceStaysMended() {
    return FOUND.stream()
        .map(
            found ->
                DynamicTest.dynamicTest(
                    found,
                    () -> {
                      var parts = List.of(found.split("[ ,]", -1));
                      var life = COMPANIES.named(parts.getFirst());
                      var faults = parts.stream().skip(1).map(Fault::parse).toList();
                      var run = Run.of(COMPANIES.of(life), life, faults, 1);
                      assertThat(run.missed()).as("faults that did not happen").isEmpty();
                      assertKept(run);
                    }));
  }

  private static void assertKept(Run run) {
    assertThat(run.broken()).as(run.report()).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    var life = Lives.named("many-at-once");
    var faults = List.<Fault>of(new Fault.AtCall(70, Fault.Kind.SLOW));

    var once = Run.of(COMPANIES.of(life), life, faults, 1);
    var again = Run.of(COMPANIES.of(life), life, faults, 1);

    assertThat(again.calls()).isEqualTo(once.calls()).hasSizeGreaterThan(50);
  }

  @Test
  void aFaultForWhichThereIsNoCallIsNotTakenForOneThatHappened() {
    var life = Lives.named("plain");
    var at = quiet(life).calls().stream().filter(call -> !call.writes()).findFirst().orElseThrow();
    var happens = new Fault.AtCall(at.index(), Fault.Kind.SLOW);
    var never =
        List.of(
            new Fault.AtCall(at.index(), Fault.Kind.FAILS_AFTER),
            new Fault.AtCall(9_999, Fault.Kind.SLOW),
            new Fault.Skewed("NoSuchFunction", Duration.ofSeconds(4)),
            new Fault.Skewed("DispatchFunction", Duration.ZERO));
    var faults = new ArrayList<Fault>(never);
    faults.add(happens);

    assertThat(Run.of(COMPANIES.of(life), life, faults, 1).missed())
        .containsExactlyElementsOf(never);
  }

  @Test
  void everyConditionOfAWriteIsMetInSomeLife() {
    assertThat(DefectTable.metByNoLife(Path.of(".."))).isEmpty();
  }

  @Test
  void aFaultIsReadAsItIsWritten() {
    for (var text : List.of("143:FAILS_AFTER", "clock:DispatchFunction:-5")) {
      assertThat(Fault.parse(text)).hasToString(text);
    }
  }
}
