package dev.daypass.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ./daypass fuzz}. */
public final class Main {
  private static final String USAGE =
      """
      usage: daypass fuzz [--minutes N] [--target NAME] [--keep]
             daypass fuzz --target NAME --replay FILE

      Gives every parser at the edge inputs that it has not seen, for N minutes in all (5 without it), and
      says what does not hold; starting each target comes on top. Leaves the project as it is; with --keep,
      inputs that reach something new are added to fuzz/corpus, many hundreds of them, and merging them
      takes its time as well. --replay gives one file to a target and shows what comes of it.
      Ends with 0 if everything held, with 1 if not, with 2 if the command was not understood.

      Targets:
      """;

  private Main() {}

  /** Runs the command and ends with its code. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws IOException, InterruptedException {
    var home = Path.of(System.getProperty("daypass.home", "."));
    double minutes = 5;
    var targets = Targets.ALL;
    boolean keep = false;
    Path replay = null;
    try {
      var words = args.iterator();
      while (words.hasNext()) {
        var word = words.next();
        switch (word) {
          case "--minutes" -> minutes = Double.parseDouble(words.next());
          case "--target" -> {
            var name = words.next();
            targets =
                List.of(
                    Targets.named(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException("There is no target " + name + ".")));
          }
          case "--keep" -> keep = true;
          case "--replay" -> replay = Path.of(words.next());
          case "--help", "-h" -> {
            System.out.print(usage());
            return 0;
          }
          default -> throw new IllegalArgumentException("There is no option " + word + ".");
        }
      }
      if (!(minutes > 0)) {
        throw new IllegalArgumentException("Please give more than 0 minutes.");
      }
      if (replay != null && targets.size() != 1) {
        throw new IllegalArgumentException("Please say which --target the file is for.");
      }
    } catch (IllegalArgumentException | java.util.NoSuchElementException unclear) {
      System.err.println(
          unclear instanceof NumberFormatException || unclear.getMessage() == null
              ? "That was not understood: " + String.join(" ", args)
              : unclear.getMessage());
      System.err.print(usage());
      return 2;
    }
    return replay == null ? fuzz(home, targets, minutes, keep) : replay(targets.getFirst(), replay);
  }

  private static String usage() {
    var usage = new StringBuilder(USAGE);
    Targets.ALL.forEach(each -> usage.append("  %-14s %s%n".formatted(each.name(), each.what())));
    return usage.toString();
  }

  private static int replay(Target target, Path file) throws IOException {
    try {
      target.run(Files.readAllBytes(file));
    } catch (Throwable finding) {
      finding.printStackTrace();
      return 1;
    }
    System.out.println(target.name() + " holds for " + file + ".");
    return 0;
  }

  private static int fuzz(Path home, List<Target> targets, double minutes, boolean keep)
      throws IOException, InterruptedException {
    var share = Duration.ofSeconds(Math.max(1, Math.round(minutes * 60 / targets.size())));
    System.out.println("%d targets, %d seconds each.".formatted(targets.size(), share.toSeconds()));
    var outcomes = new ArrayList<Outcome>();
    for (var target : targets) {
      System.out.println(
          "%d of %d: %s (%s)"
              .formatted(outcomes.size() + 1, targets.size(), target.name(), target.what()));
      outcomes.add(new Jazzer(home, target).run(share, keep));
    }
    print(outcomes);
    return outcomes.stream().allMatch(Outcome::held) ? 0 : 1;
  }

  private static void print(List<Outcome> outcomes) {
    System.out.println();
    System.out.println(
        "%-14s %10s %8s %8s %6s %8s"
            .formatted("target", "runs", "a second", "branches", "new", "findings"));
    for (var each : outcomes) {
      System.out.println(
          "%-14s %,10d %,8d %8s %6d %8s"
              .formatted(
                  each.target().name(),
                  each.runs(),
                  each.runs() / Math.max(1, each.took().toSeconds()),
                  each.coverage() < 0 ? "?" : Integer.toString(each.coverage()),
                  each.fresh(),
                  each.held()
                      ? "-"
                      : each.problem().isEmpty() ? each.findings().size() : "broken"));
    }
    System.out.println();
    for (var each : outcomes) {
      for (var finding : each.findings()) {
        System.out.println(
            "FOUND in %s; to see it again:%n  ./daypass fuzz --target %s --replay %s"
                .formatted(each.target().name(), each.target().name(), finding));
      }
      if (!each.problem().isEmpty()) {
        System.out.println("%s did not run: %s".formatted(each.target().name(), each.problem()));
      }
    }
    System.out.println(
        outcomes.stream().allMatch(Outcome::held) ? "Everything held." : "Not everything held.");
  }
}
