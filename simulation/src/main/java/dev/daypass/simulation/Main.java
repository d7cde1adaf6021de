package dev.daypass.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code ./daypass chaos}, {@code faults} and {@code defects}. */
public final class Main {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern PART = Pattern.compile("([1-9]\\d?)/([1-9]\\d?)");

  /** Nobody looks at more than a day of chaos. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int MOST_WORKERS = 64;

  /** What has begun when somebody presses Ctrl-C takes some seconds to come to its end. */
  private static final Duration LONGEST_LEAVING = Duration.ofSeconds(30);

  private final Path project;
  private final BooleanSupplier stop;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   * @param stop whether somebody wants what runs to end before its time
   */
  Main(Path project, BooleanSupplier stop, PrintStream out, PrintStream err) {
    this.project = project;
    this.stop = stop;
    this.out = out;
    this.err = err;
  }

  /** Runs one command and ends with its status. */
  public static void main(String[] arguments) {
    var stop = new AtomicBoolean();
    var over = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(stop, over)));
    int status;
    try {
      status =
          new Main(
                  Path.of(System.getProperty("daypass.home", ".")),
                  stop::get,
                  System.out,
                  System.err)
              .run(List.of(arguments));
    } finally {
      over.countDown();
    }
    System.exit(status);
  }

  /** Lets what runs end in order: folders are deleted, what was done so far is printed. */
  private static void leave(AtomicBoolean stop, CountDownLatch over) {
    stop.set(true);
    try {
      if (!over.await(LONGEST_LEAVING.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("What was running has not ended in time, and is cut off.");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs one command.
   *
   * @return its status: 0 all is well, 1 not so, 2 it was not understood
   */
  int run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.contains("--help") || arguments.contains("-h")) {
      out.print(help());
      return arguments.isEmpty() ? 2 : 0;
    }
    IntSupplier work;
    try {
      work = understood(arguments);
    } catch (IllegalArgumentException mistake) {
      err.println(mistake.getMessage());
      err.println("./daypass %s --help shows how it is called.".formatted(arguments.getFirst()));
      return 2;
    }
    try {
      return work.getAsInt();
    } catch (RuntimeException | Error why) {
      err.println("./daypass %s broke off: %s".formatted(String.join(" ", arguments), why));
      why.printStackTrace(err);
      return 1;
    }
  }

  /** The launcher shows the same file. */
  private static String help() {
    try (var text =
        Objects.requireNonNull(Main.class.getResourceAsStream("help.txt"), "help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private IntSupplier understood(List<String> arguments) {
    return switch (arguments.getFirst()) {
      case "chaos" -> chaos(options(arguments, Set.of("minutes", "seed", "life", "faults")));
      case "faults" -> faults(options(arguments, Set.of("life")));
      case "defects" ->
          defects(
              options(
                  arguments, Set.of("only", "part", "workers", "lives", "faults", "histories")));
      default -> throw new IllegalArgumentException("there is no command " + arguments.getFirst());
    };
  }

  private IntSupplier defects(Map<String, String> options) {
    var part = options.getOrDefault("part", "1/1");
    var numbers = PART.matcher(part);
    if (!numbers.matches()
        || Integer.parseInt(numbers.group(1)) > Integer.parseInt(numbers.group(2))) {
      throw new IllegalArgumentException(
          "--part looks like 1/4, one of four, not \"" + part + "\"");
    }
    var only = words(options.getOrDefault("only", ""));
    if (options.containsKey("only") && only.isEmpty()) {
      throw new IllegalArgumentException("--only names no defect; it is a list like A,B");
    }
    var wanted =
        new DefectTable.Wanted(
            only.isEmpty() ? List.of("") : only,
            Integer.parseInt(numbers.group(1)),
            Integer.parseInt(numbers.group(2)));
    var patience =
        new Hunt.Patience(
            number(options, "lives", Hunt.Patience.USUAL.lives()),
            number(options, "faults", Hunt.Patience.USUAL.faults()),
            number(options, "histories", Hunt.Patience.USUAL.histories()));
    int workers = (int) number(options, "workers", 2, 1, MOST_WORKERS);
    DefectTable.requireSome(project, wanted);
    return () -> {
      int status = new DefectTable(project, patience, out::println, stop).print(wanted, workers);
      tellStopped();
      return status;
    };
  }

  /** What a list with commas names. */
  private static List<String> words(String list) {
    return COMMA.splitAsStream(list).map(String::strip).filter(each -> !each.isEmpty()).toList();
  }

  private void tellStopped() {
    if (stop.getAsBoolean()) {
      out.println("Stopped before its end; this is what was done so far.");
    }
  }

  private static Map<String, String> options(List<String> arguments, Set<String> known) {
    var options = new LinkedHashMap<String, String>();
    for (int i = 1; i < arguments.size(); i += 2) {
      var name = arguments.get(i).startsWith("--") ? arguments.get(i).substring(2) : "";
      if (!known.contains(name)) {
        throw new IllegalArgumentException(noOption(arguments.get(i), known));
      }
      if (i + 1 == arguments.size() || arguments.get(i + 1).isBlank()) {
        throw new IllegalArgumentException("--" + name + " needs a value");
      }
      if (options.put(name, arguments.get(i + 1)) != null) {
        throw new IllegalArgumentException("--" + name + " stands there twice");
      }
    }
    return options;
  }

  private static String noOption(String word, Set<String> known) {
    boolean life =
        known.contains("life")
            && Lives.everyone().stream().anyMatch(each -> each.name().equals(word));
    return "\"%s\" is no option here; %s"
        .formatted(
            word,
            life
                ? "did you mean --life " + word + "?"
                : known.stream()
                    .sorted()
                    .map(each -> "--" + each)
                    .collect(Collectors.joining(", ", "there are: ", "")));
  }

  private static int number(Map<String, String> options, String name, int usual) {
    return (int) number(options, name, usual, 0, Integer.MAX_VALUE);
  }

  private static long number(
      Map<String, String> options, String name, long usual, long least, long most) {
    var text = options.get(name);
    if (text == null) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "--%s is a whole number from %d to %d, not \"%s\"".formatted(name, least, most, text));
  }

  private IntSupplier chaos(Map<String, String> options) {
    long seed = number(options, "seed", 1, 0, Long.MAX_VALUE);
    if (options.containsKey("life")) {
      if (options.containsKey("minutes")) {
        throw new IllegalArgumentException("--minutes goes without --life");
      }
      return once(options, seed);
    }
    if (options.containsKey("faults")) {
      throw new IllegalArgumentException("--faults goes with --life");
    }
    var time = Duration.ofMinutes(number(options, "minutes", 1, 1, LONGEST.toMinutes()));
    return () -> chaos(time, seed);
  }

  private int chaos(Duration time, long seed) {
    out.printf("Chaos for %d min, seed %d.%n", time.toMinutes(), seed);
    var result = new Chaos(new Companies(project), seed, stop).forTime(time, 2, out::println);
    out.printf(
        """

        %d lives lived in %d s: %d with a pair of faults, %d of random histories, each without faults and with some.
        %d outgoing calls, %d faults. Digest of the first %d trials: %s
        %s
        """,
        result.runs(),
        result.took().toSeconds(),
        result.pairs(),
        result.histories(),
        result.calls(),
        result.faults(),
        result.trials(),
        result.digest(),
        verdict(result.runs(), result.failed().size()));
    tellStopped();
    return result.failed().isEmpty() ? 0 : 1;
  }

  private static String verdict(long lived, int failed) {
    if (failed > 0) {
      return failed + " in which a promise was not kept or that broke off, see above.";
    }
    return lived == 0
        ? "Nothing was tried, so nothing is known of the promises."
        : "All eight promises were kept in every one.";
  }

  private IntSupplier once(Map<String, String> options, long seed) {
    // Nothing but the name is needed of the companies to know that there is such a life.
    var life = Companies.life(options.getOrDefault("life", ""));
    var faults = new ArrayList<Fault>();
    for (var text : words(options.getOrDefault("faults", ""))) {
      faults.add(Fault.parse(text));
    }
    return () -> once(life, faults, seed);
  }

  private int once(Life life, List<Fault> faults, long seed) {
    var company = new Companies(project).of(life);
    var run = Run.of(company, life, faults, seed, Conditions.all(), true);
    out.println(run.story());
    out.println();
    run.missed().forEach(fault -> out.println(missed(fault, run)));
    out.println(run.broken().isEmpty() ? "All eight promises were kept." : run.report());
    return run.broken().isEmpty() ? 0 : 1;
  }

  private static String missed(Fault fault, Run run) {
    return switch (fault) {
      case Fault.AtCall(int call, Fault.Kind kind) when call >= run.calls().size() ->
          "%s did not happen: the last call was %d".formatted(fault, run.calls().size() - 1);
      case Fault.AtCall(int call, Fault.Kind kind) ->
          "%s did not happen: with call %d there can be %s"
              .formatted(fault, call, run.calls().get(call).faults());
      case Fault.Skewed(String function, Duration ahead) ->
          ahead.isZero()
              ? "%s changed nothing: 0 seconds is the right time".formatted(fault)
              : "%s changed nothing: no function %s called anybody".formatted(fault, function);
    };
  }

  private IntSupplier faults(Map<String, String> options) {
    var lives =
        switch (options.getOrDefault("life", "")) {
          case "" -> Lives.all();
          case "all" -> Lives.everyone();
          case String name -> List.of(Lives.named(name));
        };
    return () -> faults(lives);
  }

  private int faults(List<Life> lives) {
    var company = Company.of(project);
    var trials = SingleFaults.of(company, lives, 1, stop);
    out.printf(
        "%d single faults of %d %s.%n",
        trials.size(), lives.size(), lives.size() == 1 ? "life" : "lives");
    var result = SingleFaults.tried(company, trials, 1, 2, out::println, SingleFaults.TOLD, stop);
    out.printf(
        "%n%d single faults tried in %d s, %d in which a promise was not kept or that broke off. By kind: %s%n",
        result.trials(), result.took().toSeconds(), result.failed().size(), result.kinds());
    tellStopped();
    return result.failed().isEmpty() ? 0 : 1;
  }
}
