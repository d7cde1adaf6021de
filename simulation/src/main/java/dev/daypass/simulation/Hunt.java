package dev.daypass.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Looks for a run in which a promise is not kept: first all lives without faults, then single
 * faults, then random histories. Made inside a defective program, where it finds the defect; in the
 * program as it is, it finds nothing.
 */
public final class Hunt implements Function<String, String> {
  /** How many single faults are tried at most. */
  private static final int SINGLE_FAULTS = 500;

  /** How many random histories at most. */
  private static final int HISTORIES = 80;

  /**
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   * @return what was found and how to see it again; empty if nothing was
   */
  @Override
  public String apply(String project) {
    return found(new Companies(Path.of(project)), Conditions::all).map(Hunt::line).orElse("");
  }

  /** Supplies a fresh set of conditions for each run. */
  interface Tampering {
    Conditions fresh();
  }

  static Optional<Run> found(Companies companies, Tampering tampering) {
    var lives = Lives.everyone();
    var quiet = new ArrayList<Run>();
    for (var life : lives) {
      var run = Run.of(companies.of(life), life, List.of(), 1, tampering.fresh());
      if (isFound(run)) {
        return Optional.of(run);
      }
      quiet.add(run);
    }
    // Short lives first, their faults in an order that soon meets every part of them.
    var trials = new ArrayList<Run>();
    for (var run : quiet) {
      for (var call : run.calls()) {
        for (var kind : call.faults()) {
          trials.add(run.with(new Fault.AtCall(call.index(), kind)));
        }
      }
      run.calls().stream()
          .filter(call -> call.callee().isCalledByFunctions())
          .map(Call::caller)
          .distinct()
          .forEach(
              function -> {
                trials.add(run.with(new Fault.Skewed(function, Duration.ofSeconds(4))));
                trials.add(run.with(new Fault.Skewed(function, Duration.ofSeconds(-4))));
              });
    }
    Collections.shuffle(trials, new Random(1));
    for (var trial : trials.subList(0, Math.min(trials.size(), SINGLE_FAULTS))) {
      var run =
          Run.of(companies.of(trial.life()), trial.life(), trial.faults(), 1, tampering.fresh());
      if (isFound(run)) {
        return Optional.of(run);
      }
    }
    for (int i = 0; i < HISTORIES; i++) {
      var life = Histories.of(i);
      var run = Run.of(companies.of(life), life, List.of(), 1, tampering.fresh());
      if (isFound(run)) {
        return Optional.of(run);
      }
      var random = new Random(i);
      run =
          Run.of(
              companies.of(life), life, Chaos.some(random, run.calls(), 2), 1, tampering.fresh());
      if (isFound(run)) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /** What a life claims of itself may change with the program; a promise may not. */
  private static boolean isFound(Run run) {
    return run.broken().stream().anyMatch(each -> each.promise() > 0);
  }

  /** The first promise broken, the life, the faults, in one line each. */
  static String line(Run run) {
    var first =
        run.broken().stream()
            .filter(each -> each.promise() > 0)
            .findFirst()
            .orElse(run.broken().getFirst());
    return first.promise()
        + "\t"
        + run.life().name()
        + "\t"
        + run.faults().stream().map(Fault::toString).reduce((a, b) -> a + "," + b).orElse("")
        + "\t"
        + run.cause()
        + "\t"
        + first.what();
  }
}
