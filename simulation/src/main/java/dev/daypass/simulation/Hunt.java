package dev.daypass.simulation;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a run in which a promise is not kept: first all lives without faults, then single
 * faults, then random histories. Made inside a defective program, where it finds the defect; in the
 * program as it is, it finds nothing.
 *
 * <p>It knows nothing of the defect but, perhaps, where it was found the last time. A hint that has
 * become wrong costs some runs.
 */
public final class Hunt implements BiFunction<String, Predicate<String>, String> {
  /**
   * When to give up.
   *
   * @param lives how many of the lives that are written down are lived, besides that of the hint
   * @param faults how many single faults are tried at most
   * @param histories how many random histories at most, each without faults and with two
   */
  record Patience(int lives, int faults, int histories) {
    static final Patience USUAL = new Patience(1_000, 500, 80);
  }

  /**
   * What to look for, and how to say it to a program that is loaded once more.
   *
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   * @param without the conditions that are left out
   * @param hint a life to be tried first, and words that its faults have in common: {@code plain
   *     TARGET IGNORED}; may be empty
   */
  record Order(Path project, Set<Integer> without, String hint, Patience patience) {
    String text() {
      return project
          + "\n"
          + without.stream().map(String::valueOf).collect(Collectors.joining(","))
          + "\n"
          + hint
          + "\n"
          + patience.lives()
          + "\n"
          + patience.faults()
          + "\n"
          + patience.histories();
    }

    static Order parse(String text) {
      var lines = text.split("\n", -1);
      return new Order(
          Path.of(lines[0]),
          numbers(lines[1]),
          lines[2],
          new Patience(
              Integer.parseInt(lines[3]), Integer.parseInt(lines[4]), Integer.parseInt(lines[5])));
    }

    static Set<Integer> numbers(String text) {
      return Stream.of(text.split(",", -1))
          .filter(each -> !each.isEmpty())
          .map(Integer::parseInt)
          .collect(Collectors.toSet());
    }
  }

  /**
   * What came of a hunt.
   *
   * @param runs how many lives were lived
   * @param torn how many of them broke off, which is no promise; and why the first one did
   * @param found the first promise that was not kept, life, faults, cause, what was not kept, and
   *     all promises that were not kept in that run; empty if nothing was found
   */
  record Answer(int runs, int torn, String why, List<String> found) {
    String text() {
      return Stream.concat(
              Stream.of(String.valueOf(runs), String.valueOf(torn), why), found.stream())
          .map(each -> each.replace('\t', ' '))
          .collect(Collectors.joining("\t"));
    }

    static Answer parse(String text) {
      var parts = List.of(text.split("\t", -1));
      return new Answer(
          Integer.parseInt(parts.get(0)),
          Integer.parseInt(parts.get(1)),
          parts.get(2),
          parts.subList(3, parts.size()));
    }
  }

  /**
   * Lists the conditions that any life meets: of the program in which it is made. Called with the
   * project's folder and how many there are; no life is lived for those that others have met.
   */
  public static final class Met implements BiFunction<String, Integer, String> {
    @Override
    public String apply(String project, Integer written) {
      var companies = new Companies(Path.of(project));
      var met = new TreeSet<Integer>();
      for (var life : Lives.everyone()) {
        met.addAll(Run.of(companies.of(life), life, List.of(), 1).conditions());
        // What is not marked.
        met.remove(0);
        if (met.size() == written) {
          break;
        }
      }
      return met.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }

  /**
   * @param order the text of an {@link Order}
   * @param isKept lives a life and its faults, as {@code --life} and {@code --faults} name them, in
   *     the program as it is: what is broken there as well says nothing of the defect
   * @return the text of an {@link Answer}
   */
  @Override
  public String apply(String order, Predicate<String> isKept) {
    var parsed = Order.parse(order);
    return new Chase(new Companies(parsed.project()), parsed.without(), parsed.patience(), isKept)
        .answer(parsed.hint())
        .text();
  }

  /** One hunt. */
  private static final class Chase {
    private final Companies companies;
    private final Set<Integer> without;
    private final Patience patience;
    private final Predicate<String> isKept;
    private final Set<String> lived = new HashSet<>();
    private int runs;
    private int torn;
    private String why = "";

    Chase(Companies companies, Set<Integer> without, Patience patience, Predicate<String> isKept) {
      this.isKept = isKept;
      this.companies = companies;
      this.patience = patience;
      this.without = without;
    }

    Answer answer(String hint) {
      var found = found(hint);
      return new Answer(runs, torn, why, found.map(Chase::line).orElse(List.of()));
    }

    private Optional<Run> found(String hint) {
      return hinted(hint).or(this::anywhere);
    }

    private Optional<Run> anywhere() {
      var quiet = new ArrayList<Run>();
      for (var life : Lives.everyone().stream().limit(patience.lives()).toList()) {
        var run = lived(life, List.of());
        if (isFound(run)) {
          return Optional.ofNullable(run);
        }
        if (run != null) {
          quiet.add(run);
        }
      }
      return singleFaults(quiet).or(this::histories);
    }

    /** The life of the hint, and those of its faults that have all words of the hint. */
    private Optional<Run> hinted(String hint) {
      var words = new ArrayDeque<>(List.of(hint.split(" ", -1)));
      var name = words.removeFirst();
      if (name.isEmpty()) {
        return Optional.empty();
      }
      var quiet = lived(companies.named(name), List.of());
      if (quiet == null || isFound(quiet) || words.isEmpty()) {
        return Optional.ofNullable(quiet).filter(this::isFound);
      }
      return SingleFaults.of(List.of(quiet)).stream()
          .filter(trial -> words.stream().allMatch(cause(quiet, trial)::contains))
          .map(trial -> lived(trial.life(), List.of(trial.fault())))
          .filter(this::isFound)
          .findFirst();
    }

    private static String cause(Run quiet, SingleFaults.Trial trial) {
      return switch (trial.fault()) {
        case Fault.AtCall(int call, Fault.Kind kind) -> kind + " " + quiet.calls().get(call);
        case Fault.Skewed _ -> trial.fault().toString();
      };
    }

    /** In an order that soon meets every part of every life. */
    private Optional<Run> singleFaults(List<Run> quiet) {
      var trials = SingleFaults.of(quiet);
      Collections.shuffle(trials, new Random(1));
      return trials.stream()
          .limit(patience.faults())
          .map(trial -> lived(trial.life(), List.of(trial.fault())))
          .filter(this::isFound)
          .findFirst();
    }

    private Optional<Run> histories() {
      for (int i = 0; i < patience.histories(); i++) {
        var life = Histories.of(i);
        var run = lived(life, List.of());
        if (run == null) {
          continue;
        }
        if (isFound(run)) {
          return Optional.of(run);
        }
        run = lived(life, Chaos.some(new Random(i), run.calls(), 2));
        if (isFound(run)) {
          return Optional.ofNullable(run);
        }
      }
      return Optional.empty();
    }

    /** Lives a life; null if it broke off, or has been lived before. */
    private @Nullable Run lived(Life life, List<Fault> faults) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("stopped");
      }
      if (!lived.add(life.name() + faults)) {
        return null;
      }
      runs++;
      try {
        return Run.of(companies.of(life), life, faults, 1, Conditions.without(without));
      } catch (RuntimeException broke) {
        if (torn++ == 0) {
          why = String.valueOf(broke.getMessage()).lines().findFirst().orElse("");
        }
        return null;
      }
    }

    /** What a life claims of itself may change with the program; a promise may not. */
    private boolean isFound(@Nullable Run run) {
      return run != null
          && run.broken().stream().anyMatch(each -> each.promise() > 0)
          && isKept.test(run.life().name() + " " + faults(run));
    }

    private static String faults(Run run) {
      return run.faults().stream().map(Fault::toString).collect(Collectors.joining(","));
    }

    /** See {@link Answer#found}. */
    private static List<String> line(Run run) {
      var first =
          run.broken().stream().filter(each -> each.promise() > 0).findFirst().orElseThrow();
      return List.of(
          String.valueOf(first.promise()),
          run.life().name(),
          faults(run),
          run.faults().isEmpty() ? "" : run.cause(),
          first.what().lines().findFirst().orElse(""),
          run.broken().stream()
              .map(Broken::promise)
              .filter(promise -> promise > 0)
              .distinct()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(",")));
    }
  }
}
