package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
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

  /**
   * A fault that found something once. It is kept by the call that it struck, not by the number of
   * that call, which is another one whenever functions call more or less than before.
   *
   * @param call caller, callee and operation: {@code NotifyFunction STATES SendTaskSuccess}
   * @param time which of these calls in the life without faults, from 1
   */
  private record Struck(String call, int time, Fault.Kind kind) {
    Call in(Life life) {
      return quiet(life).calls().stream()
          .filter(each -> name(each).equals(call))
          .skip(time - 1)
          .findFirst()
          .orElseThrow(
              () ->
                  new AssertionError(
                      "%s does not call %s %d times".formatted(life.name(), call, time)));
    }

    private static String name(Call call) {
      return (call.caller() + " " + call.callee() + " " + call.operation()).strip();
    }

    @Override
    public String toString() {
      return "%s at %s no. %d".formatted(kind, call, time);
    }
  }

  /**
   * What a fault or a history found once.
   *
   * @param life its name
   * @param faults none if the history alone found it
   */
  private record Found(String life, List<Struck> faults) {
    static Found by(String life, Struck... faults) {
      return new Found(life, List.of(faults));
    }
  }

  private static final String END_TOLD = "NotifyFunction STATES SendTaskSuccess";

  private static final List<Found> FOUND =
      List.of(
          // The task of the owners came ten minutes after the end, not five.
          Found.by(
              "target-down-at-the-end",
              new Struck(
                  "ProvisionFunction DYNAMODB GetItem daypass-requests", 1, Fault.Kind.THROTTLED)),
          // It came late because a sweep had got the lock without hearing of it, or had died with
          // it. Either is enough now to bring it in time; GrantsTest asks twice for one lock.
          Found.by(
              "target-down-at-the-end",
              new Struck("SweepFunction DYNAMODB PutItem daypass-grants", 1, Fault.Kind.TWICE)),
          Found.by(
              "target-down-at-the-end",
              new Struck(
                  "SweepFunction DYNAMODB DeleteItem daypass-grants", 2, Fault.Kind.KILLED_BEFORE)),
          // The run that had only to tell of an end broke off, and nobody told.
          Found.by("target-down-at-the-end", new Struck(END_TOLD, 1, Fault.Kind.THROTTLED)),
          Found.by("down-half-way", new Struck(END_TOLD, 1, Fault.Kind.THROTTLED)),
          // The checks took an approval of another stage for the one that was refused.
          Found.by(
              "history-623759479",
              new Struck("NotifyFunction DYNAMODB Query daypass-waits", 1, Fault.Kind.SLOW),
              new Struck("ProvisionFunction TARGET GET /scim/v2/Users", 2, Fault.Kind.THROTTLED)),
          // They took it for a refusal that an owner who had left could not take access away.
          Found.by("history-521190067"),
          // Two runs of one request, after dispatch had been down.
          Found.by("history-719067261"));

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
                    found.life() + " " + found.faults(),
                    () -> {
                      var life = COMPANIES.named(found.life());
                      var faults =
                          found.faults().stream()
                              .<Fault>map(
                                  each -> new Fault.AtCall(each.in(life).index(), each.kind()))
                              .toList();
                      var run = Run.of(COMPANIES.of(life), life, faults, 1);
                      assertThat(run.missed()).as("faults that did not happen").isEmpty();
                      assertThat(struck(run))
                          .as("what the faults struck")
                          .containsExactlyElementsOf(
                              found.faults().stream().map(Struck::call).toList());
                      assertKept(run);
                    }));
  }

  private static List<String> struck(Run run) {
    return run.faults().stream()
        .flatMap(fault -> run.calls().stream().filter(fault::strikes))
        .map(Struck::name)
        .toList();
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
  void aLifeIsTheSameInWhateverThreadItIsBegun() throws IOException {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    try (var another = new URLClassLoader(new URL[0], null)) {
      thread.setContextClassLoader(another);
      var life = Lives.named("approved-by-link");
      assertKept(Run.of(COMPANIES.of(life), life, List.of(), 1));
    } finally {
      thread.setContextClassLoader(usual);
    }
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
