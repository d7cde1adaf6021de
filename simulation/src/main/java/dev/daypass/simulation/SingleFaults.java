package dev.daypass.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   * What makes a call another one: the same caller with the same calls before it in that run of a
   * function, when the requests have come to the same point, does the same again.
   */
  private record Place(String caller, int point, List<String> operations) {}

  /**
   * The faults of these lives. Lives branch off each other and repeat themselves; each place is
   * tried in the life in which it comes first.
   *
   * @throws IllegalStateException if one of them is broken without any fault
   */
  static List<Trial> of(Company company, List<Life> lives, long seed) {
    var runs = new ArrayList<Run>();
    for (var life : lives) {
      var quiet = Run.of(company, life, List.of(), seed);
      if (!quiet.broken().isEmpty()) {
        throw new IllegalStateException(
            "the life %s is broken without any fault: %s\n%s"
                .formatted(life.name(), quiet.broken(), quiet.story()));
      }
      runs.add(quiet);
    }
    return of(runs);
  }

  /** The faults of lives that have been lived without any. */
  static List<Trial> of(List<Run> runs) {
    var trials = new ArrayList<Trial>();
    var told = new HashSet<Place>();
    for (var quiet : runs) {
      var life = quiet.life();
      var before = new HashMap<Integer, List<String>>();
      var functions = new TreeSet<String>();
      for (var call : quiet.calls()) {
        var operation = call.callee() + " " + call.operation();
        var operations = new ArrayList<>(before.getOrDefault(call.invocation(), List.of()));
        if (call.invocation() == 0) {
          operations.clear();
        }
        operations.add(operation);
        before.put(call.invocation(), operations);
        if (told.add(new Place(call.caller(), call.point(), List.copyOf(operations)))) {
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
                  trial -> () -> Run.of(company, trial.life(), List.of(trial.fault()), seed).kept())
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
