package dev.daypass.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code ./daypass chaos}, {@code faults} and {@code defects}. */
public final class Main {
  private static final String HELP =
      """
      ./daypass chaos --minutes N [--seed S]
          lives lives with pairs of faults and random histories for N minutes, two at a time, and
          checks the eight promises after each. The same seed draws the same trials.
      ./daypass chaos --life NAME [--faults LIST] [--seed S]
          lives one life once and tells it call by call. What is found says how it is called:
          --life plain --faults 62:FAILS_AFTER
      ./daypass faults [--life NAME]
          tries every single fault of the seventeen lives that the tests try as well; of one, or of all
          that are written down (--life all), which takes some four times as long.
      ./daypass defects [--only LIST] [--part I/N] [--workers N]
                        [--lives N] [--faults N] [--histories N]
          makes each deliberate defect, leaves out each condition of a write, and shows what finds
          it. --only those with a word of the list in their name, --part 1/4 every fourth of them.
          Each is given up after so many lives, single faults and random histories.

      Exit status: 0 all promises kept (or all defects found), 1 not so, 2 a mistake in the call.
      """;

  private static final Pattern PART = Pattern.compile("([1-9]\\d?)/([1-9]\\d?)");

  private Main() {}

  /** Runs one command and ends with its status. */
  public static void main(String[] arguments) {
    int status;
    try {
      status = run(List.of(arguments));
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.println("./daypass chaos --help shows how it is called.");
      status = 2;
    }
    System.exit(status);
  }

  private static int run(List<String> arguments) {
    if (arguments.isEmpty() || arguments.contains("--help")) {
      System.out.print(HELP);
      return arguments.isEmpty() ? 2 : 0;
    }
    return switch (arguments.getFirst()) {
      case "chaos" ->
          chaos(
              new Companies(project()),
              options(arguments, Set.of("minutes", "seed", "life", "faults")));
      case "faults" -> faults(new Companies(project()), options(arguments, Set.of("life")));
      case "defects" ->
          defects(
              options(
                  arguments, Set.of("only", "part", "workers", "lives", "faults", "histories")));
      default -> throw new IllegalArgumentException("there is no command " + arguments.getFirst());
    };
  }

  private static Path project() {
    return Path.of(System.getProperty("daypass.home", "."));
  }

  private static int defects(Map<String, String> options) {
    var part = options.getOrDefault("part", "1/1");
    var numbers = PART.matcher(part);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("--part looks like 1/4, not \"" + part + "\"");
    }
    var wanted =
        new DefectTable.Wanted(
            List.of(options.getOrDefault("only", "").split(",", -1)),
            Integer.parseInt(numbers.group(1)),
            Integer.parseInt(numbers.group(2)));
    var patience =
        new Hunt.Patience(
            (int) number(options, "lives", Hunt.Patience.USUAL.lives(), 0),
            (int) number(options, "faults", Hunt.Patience.USUAL.faults(), 0),
            (int) number(options, "histories", Hunt.Patience.USUAL.histories(), 0));
    return new DefectTable(project(), patience, line -> System.out.println(line))
        .print(wanted, (int) number(options, "workers", 2, 1));
  }

  private static Map<String, String> options(List<String> arguments, Set<String> known) {
    var options = new LinkedHashMap<String, String>();
    for (int i = 1; i < arguments.size(); i += 2) {
      var name = arguments.get(i).startsWith("--") ? arguments.get(i).substring(2) : "";
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is no option here; there are %s"
                .formatted(
                    arguments.get(i), known.stream().sorted().map(each -> "--" + each).toList()));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--" + name + " needs a value");
      }
      options.put(name, arguments.get(i + 1));
    }
    return options;
  }

  private static long number(Map<String, String> options, String name, long usual, long least) {
    var text = options.get(name);
    if (text == null) {
      return usual;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "--%s is a whole number from %d on, not \"%s\"".formatted(name, least, text));
  }

  private static int chaos(Companies companies, Map<String, String> options) {
    long seed = number(options, "seed", 1, 0);
    if (options.containsKey("life")) {
      if (options.containsKey("minutes")) {
        throw new IllegalArgumentException("--minutes goes without --life");
      }
      return once(companies, options, seed);
    }
    if (options.containsKey("faults")) {
      throw new IllegalArgumentException("--faults goes with --life");
    }
    long minutes = number(options, "minutes", 1, 1);
    System.out.printf("Chaos for %d min, seed %d.%n", minutes, seed);
    var result =
        new Chaos(companies, seed)
            .forTime(Duration.ofMinutes(minutes), 2, line -> System.out.println(line));
    System.out.printf(
        """

        %d lives lived in %d s: %d with a pair of faults, %d random histories.
        %d outgoing calls, %d faults. %s
        """,
        result.runs(),
        result.took().toSeconds(),
        result.pairs(),
        result.histories(),
        result.calls(),
        result.faults(),
        result.failed().isEmpty()
            ? "All eight promises were kept in every one."
            : result.failed().size() + " in which a promise was not kept, see above.");
    return result.failed().isEmpty() ? 0 : 1;
  }

  private static int once(Companies companies, Map<String, String> options, long seed) {
    var life = companies.named(options.getOrDefault("life", ""));
    var faults = new ArrayList<Fault>();
    for (var text : options.getOrDefault("faults", "").split(",", -1)) {
      if (!text.isBlank()) {
        faults.add(Fault.parse(text.strip()));
      }
    }
    var run = Run.of(companies.of(life), life, faults, seed, Conditions.all(), true);
    System.out.println(run.story());
    System.out.println();
    run.missed().forEach(fault -> System.out.println(missed(fault, run)));
    System.out.println(run.broken().isEmpty() ? "All eight promises were kept." : run.report());
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

  private static int faults(Companies companies, Map<String, String> options) {
    var lives =
        switch (options.getOrDefault("life", "")) {
          case "" -> Lives.all();
          case "all" -> Lives.everyone();
          case String name -> List.of(Lives.named(name));
        };
    var trials = SingleFaults.of(companies.sample(), lives, 1);
    System.out.printf(
        "%d single faults of %d %s.%n",
        trials.size(), lives.size(), lives.size() == 1 ? "life" : "lives");
    var result =
        SingleFaults.tried(companies.sample(), trials, 1, 2, line -> System.out.println(line));
    System.out.printf(
        "%n%d single faults tried in %d s, %d in which a promise was not kept. By kind: %s%n",
        result.trials(), result.took().toSeconds(), result.failed().size(), result.kinds());
    return result.failed().isEmpty() ? 0 : 1;
  }
}
