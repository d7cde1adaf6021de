package dev.daypass.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Every life with every single fault that its calls allow. */
final class SingleFaults {
  /** How far a wrong clock is off. */
  private static final Duration OFF = Duration.ofSeconds(4);

  /** One life with one fault. */
  record Trial(Life life, Fault fault) {}

  /**
   * What came of all trials.
   *
   * @param kinds how many there were of each kind of fault
   * @param failed those in which a promise was not kept
   */
  record Result(int trials, Map<String, Integer> kinds, List<Run> failed, Duration took) {}

  private SingleFaults() {}

  /**
   * The faults of these lives. Lives branch off each other: what two of them have in common, call
   * by call and moment by moment, is tried in the first one only; and what is only repeated, once.
   *
   * @throws IllegalStateException if one of them is broken without any fault
   */
  static List<Trial> of(Company company, List<Life> lives, long seed) {
    var trials = new ArrayList<Trial>();
    var told = new HashSet<List<String>>();
    for (var life : lives) {
      var quiet = Run.of(company, life, List.of(), seed);
      if (!quiet.broken().isEmpty()) {
        throw new IllegalStateException(
            "the life %s is broken without any fault: %s\n%s"
                .formatted(life.name(), quiet.broken(), quiet.story()));
      }
      var calls = quiet.calls().stream().map(Call::toString).toList();
      var functions = new TreeSet<String>();
      var again = repeated(quiet.calls());
      for (var call : quiet.calls()) {
        if (again.contains(call.index())) {
          continue;
        }
        if (told.add(calls.subList(0, call.index() + 1))) {
          for (var kind : call.faults()) {
            trials.add(new Trial(life, new Fault.AtCall(call.index(), kind)));
          }
        }
        if (call.callee().isCalledByFunctions()) {
          functions.add(call.caller());
        }
      }
      for (var function : functions) {
        trials.add(new Trial(life, new Fault.Skewed(function, OFF)));
        trials.add(new Trial(life, new Fault.Skewed(function, OFF.negated())));
      }
    }
    return trials;
  }

  /**
   * The calls of invocations that do what one before them did, with no request changed meanwhile:
   * tries of the workflow and minutes of the sweep while a target is down.
   */
  private static Set<Integer> repeated(List<Call> calls) {
    record Does(String caller, int changes, List<String> operations) {}
    var seen = new HashSet<Does>();
    var repeated = new HashSet<Integer>();
    var invocations = new LinkedHashMap<Integer, List<Call>>();
    for (var call : calls) {
      if (call.invocation() > 0) {
        invocations.computeIfAbsent(call.invocation(), any -> new ArrayList<>()).add(call);
      } else if ((call.callee() == Callee.STEP || call.callee() == Callee.SCHEDULE)
          && !seen.add(new Does(call.caller(), call.changes(), List.of(call.operation())))) {
        repeated.add(call.index());
      }
    }
    for (var invocation : invocations.values()) {
      var first = invocation.getFirst();
      var operations = invocation.stream().map(call -> call.callee() + call.operation()).toList();
      if (!seen.add(new Does(first.caller(), first.changes(), operations))) {
        invocation.forEach(call -> repeated.add(call.index()));
      }
    }
    return repeated;
  }

  /**
   * Tries them, some at a time.
   *
   * @param progress hears of each failure, and now and then how far it is
   */
  static Result tried(
      Company company, List<Trial> trials, long seed, int atATime, Consumer<String> progress) {
    long began = System.nanoTime();
    var kinds = new TreeMap<String, Integer>();
    var failed = new ArrayList<Run>();
    try (var workers = Executors.newFixedThreadPool(atATime)) {
      var tasks =
          trials.stream()
              .<Callable<Run>>map(
                  trial -> () -> Run.of(company, trial.life(), List.of(trial.fault()), seed))
              .map(workers::submit)
              .toList();
      int done = 0;
      for (var task : tasks) {
        var run = task.get();
        kinds.merge(kind(run.faults().getFirst()), 1, Integer::sum);
        if (!run.broken().isEmpty()) {
          failed.add(run);
          progress.accept(run.report());
        }
        if (++done % 500 == 0) {
          progress.accept(
              "%d of %d tried, %d failed, %d s"
                  .formatted(
                      done,
                      trials.size(),
                      failed.size(),
                      Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    } catch (ExecutionException broke) {
      throw new IllegalStateException("a run broke: " + broke.getCause(), broke.getCause());
    }
    return new Result(trials.size(), kinds, failed, Duration.ofNanos(System.nanoTime() - began));
  }

  private static String kind(Fault fault) {
    return switch (fault) {
      case Fault.AtCall at -> at.kind().name();
      case Fault.Skewed _ -> "CLOCK";
    };
  }
}
