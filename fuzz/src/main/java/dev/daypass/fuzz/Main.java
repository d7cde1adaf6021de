package dev.daypass.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** {@code ./daypass fuzz}. */
public final class Main {
  /** Nobody looks at more than a day of it. */
  private static final double MOST_MINUTES = 24 * 60;

  private static final double USUAL_MINUTES = 5;

  private Main() {}

  /** Runs the command and ends with its code. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws IOException, InterruptedException {
    var home = Path.of(System.getProperty("daypass.home", "."));
    double minutes = USUAL_MINUTES;
    var given = new HashSet<String>();
    var targets = Targets.ALL;
    boolean keep = false;
    Path replay = null;
    try {
      var words = args.iterator();
      while (words.hasNext()) {
        var word = words.next();
        if (!given.add(word)) {
          throw new IllegalArgumentException(word + " stands there twice.");
        }
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
      if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
        throw new IllegalArgumentException(
            "Please give more than 0 minutes, and at most a day of them.");
      }
      if (replay != null && !Collections.disjoint(given, List.of("--minutes", "--keep"))) {
        throw new IllegalArgumentException("--replay goes with --target and nothing else.");
      }
      if (replay != null && !Files.isReadable(replay)) {
        throw new IllegalArgumentException("There is no file " + replay + " that can be read.");
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

  /** The launcher shows the same file; a test looks that it has every target. */
  static String usage() throws IOException {
    try (var text =
        Objects.requireNonNull(Main.class.getResourceAsStream("help.txt"), "help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
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
