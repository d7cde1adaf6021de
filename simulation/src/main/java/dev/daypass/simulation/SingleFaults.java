package dev.daypass.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Every life with every single fault that its calls allow. */
final class SingleFaults {
  /** How far a wrong clock is off. */
  private static final Duration OFF = Duration.ofSeconds(4);

  /** How often is told how far it is. */
  static final Duration TOLD = Duration.ofSeconds(30);

  /** One life with one fault. */
  record Trial(Life life, Fault fault) {}

  /**
   * What came of the trials.
   *
   * @param trials how many were tried: all, unless one broke off or somebody wanted it to end
   * @param kinds how many there were of each kind of fault
   * @param failed those in which a promise was not kept, or that broke off
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
    return of(company, lives, seed, () -> false);
  }

  /** The same; of fewer lives if somebody wants it to end before its time. */
  static List<Trial> of(Company company, List<Life> lives, long seed, BooleanSupplier stop) {
    var runs = new ArrayList<Run>();
    for (var life : lives) {
      if (stop.getAsBoolean()) {
        break;
      }
      var quiet = lived(company, life, List.of(), seed, new AtomicBoolean());
      if (!quiet.broken().isEmpty()) {
        throw new IllegalStateException(
            "the life %s is broken without any fault: %s\n%s%s"
                .formatted(
                    life.name(),
                    quiet.broken(),
                    quiet.replay(),
                    quiet.story().isEmpty() ? "" : "\n" + quiet.story()));
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

  /** A run, even if it breaks off; then that is noted. */
  private static Run lived(
      Company company, Life life, List<Fault> faults, long seed, AtomicBoolean brokeOff) {
    try {
      return Run.of(company, life, faults, seed);
    } catch (RuntimeException | Error why) {
      brokeOff.set(true);
      return Run.brokenOff(life, faults, seed, why);
    }
  }

  /** Tries all of them. */
  static Result tried(
      Company company, List<Trial> trials, long seed, int atATime, Consumer<String> progress) {
    return tried(company, trials, seed, atATime, progress, TOLD, () -> false);
  }

  /**
   * Tries them, some at a time; until one breaks off, since then others will as well.
   *
   * @param progress hears of each failure, and now and then how far it is
   * @param told how often
   * @param stop whether somebody wants it to end before its time
   */
  static Result tried(
      Company company,
      List<Trial> trials,
      long seed,
      int atATime,
      Consumer<String> progress,
      Duration told,
      BooleanSupplier stop) {
    long began = System.nanoTime();
    long toldAt = began;
    var brokeOff = new AtomicBoolean();
    var kinds = new TreeMap<String, Integer>();
    var failed = new ArrayList<Run>();
    int done = 0;
    try (var workers = Executors.newFixedThreadPool(atATime)) {
      var tasks =
          trials.stream()
              .<Callable<Optional<Run>>>map(
                  trial ->
                      () -> {
                        if (brokeOff.get() || stop.getAsBoolean()) {
                          return Optional.empty();
                        }
                        var faults = List.of(trial.fault());
                        return Optional.of(
                            lived(company, trial.life(), faults, seed, brokeOff).kept());
                      })
              .map(workers::submit)
              .toList();
      for (var task : tasks) {
        var tried = task.get();
        if (tried.isEmpty()) {
          continue;
        }
        var run = tried.get();
        done++;
        kinds.merge(kind(run.faults().getFirst()), 1, Integer::sum);
        if (!run.broken().isEmpty()) {
          failed.add(run);
          progress.accept(run.report());
        }
        if (System.nanoTime() - toldAt >= told.toNanos()) {
          toldAt = System.nanoTime();
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
    return new Result(done, kinds, failed, Duration.ofNanos(System.nanoTime() - began));
  }

  private static String kind(Fault fault) {
    return switch (fault) {
      case Fault.AtCall at -> at.kind().name();
      case Fault.Skewed _ -> "CLOCK";
    };
  }
}
