package dev.daypass.simulation;

import dev.daypass.runbook.Nearest;
import dev.daypass.simulation.Hunt.Answer;
import dev.daypass.simulation.Hunt.Order;
import dev.daypass.simulation.Hunt.Patience;
import dev.daypass.simulation.defect.Defect;
import dev.daypass.simulation.defect.DefectiveCode;
import dev.daypass.simulation.defect.Defects;
import dev.daypass.simulation.defect.WrittenConditions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes every defect in turn, leaves out every condition in turn, and shows what finds it. */
final class DefectTable {
  private static final int MOST_NEAR = 5;
  private static final String COLUMNS = "%-10s %6s %6s %11s %6s %9s %6s";

  private final Path project;
  private final Companies companies;
  private final Patience patience;
  private final Consumer<String> out;
  private final BooleanSupplier stop;

  /** Why a row changes nothing. */
  private final Properties equivalent = properties("equivalent.properties");

  /** What no life does: the test that sees the loss of a row, and what it does. */
  private final Properties elsewhere = properties("elsewhere.properties");

  /** Where a row was found the last time, to be tried first. */
  private final Properties hints = properties("hints.properties");

  /**
   * @param stop whether somebody wants it to end before its time
   */
  DefectTable(Path project, Patience patience, Consumer<String> out, BooleanSupplier stop) {
    this.stop = stop;
    this.project = project;
    this.companies = new Companies(project);
    this.patience = patience;
    this.out = out;
  }

  static Properties properties(String name) {
    var properties = new Properties();
    try (var text =
        new InputStreamReader(
            Objects.requireNonNull(DefectTable.class.getResourceAsStream(name), name),
            StandardCharsets.UTF_8)) {
      properties.load(text);
      return properties;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Makes a program with something wrong in it and looks for what shows it. */
  private interface Work {
    Answer hunt(String hint);
  }

  /**
   * What is to be found.
   *
   * @param promise the one that the list says it breaks; 0 for conditions
   * @param says what a reader wants to know besides the name
   */
  private record Row(String name, int promise, String says, Work work) {
    /** The name in the files of hints and arguments. */
    String key() {
      return name.replace(' ', '_');
    }
  }

  private record Done(Row row, Answer answer, Duration took) {
    boolean isCaught() {
      return !answer.found().isEmpty();
    }

    /** Whether the promise that the list names is among those that were not kept. */
    boolean isCaughtByItsOwn() {
      return isCaught()
          && List.of(answer.found().get(5).split(",", -1)).contains(String.valueOf(row.promise()));
    }
  }

  /**
   * A part of the table.
   *
   * @param only parts of the names of those wanted; an empty one is part of all
   * @param part which part of them, from 1
   * @param of how many parts there are
   */
  record Wanted(List<String> only, int part, int of) {
    private <T> List<T> of(List<T> all, Function<T, String> name) {
      var wanted =
          all.stream().filter(each -> only.stream().anyMatch(name.apply(each)::contains)).toList();
      var mine = new ArrayList<T>();
      for (int i = part - 1; i < wanted.size(); i += of) {
        mine.add(wanted.get(i));
      }
      return mine;
    }
  }

  /**
   * Prints the table, each row as soon as it is known.
   *
   * @param atATime so many hunts at once
   * @return 0 if all are caught, argued, or caught by a test of their own
   * @throws IllegalArgumentException if nothing of the kind is in the list
   */
  int print(Wanted wanted, int atATime) {
    requireSome(project, wanted);
    long began = System.nanoTime();
    var all = new ArrayList<Done>();
    var brokeOff = "";
    int many = 0;
    try (var code = DefectiveCode.marked(project, WrittenConditions.of(project));
        var workers = Executors.newFixedThreadPool(atATime)) {
      var rows = wanted.of(rows(code), Row::name);
      many = rows.size();
      var hunts = new ExecutorCompletionService<Done>(workers);
      for (var row : rows) {
        hunts.submit(
            () -> {
              long from = System.nanoTime();
              try {
                var answer = row.work().hunt(hints.getProperty(row.key(), ""));
                return new Done(row, answer, Duration.ofNanos(System.nanoTime() - from));
              } catch (RuntimeException | Error why) {
                throw new IllegalStateException(row.name() + ": " + why, why);
              }
            });
      }
      try {
        while (all.size() < many && !stop.getAsBoolean()) {
          var next = hunts.poll(1, TimeUnit.SECONDS);
          if (next != null) {
            var done = next.get();
            all.add(done);
            out.accept("%3d/%d  %s".formatted(all.size(), many, line(done)));
          }
        }
      } catch (ExecutionException broke) {
        brokeOff = String.valueOf(broke.getMessage());
        out.accept("BROKE OFF  " + brokeOff);
      } finally {
        // A hunt that has begun looks whether it is interrupted before each life.
        workers.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
    out.accept("");
    byPromise(all).forEach(out);
    long missed = all.stream().filter(this::isMissed).count();
    long argued = all.stream().filter(this::isArgued).count();
    long others = all.stream().filter(this::isForTests).count();
    out.accept(
        "%d defects%s: %d caught, %d argued to change nothing, %d not looked for here and caught by a test, %d missed. %s"
            .formatted(
                all.size(),
                all.size() < many ? " of " + many : "",
                all.size() - argued - others - missed,
                argued,
                others,
                missed,
                time(Duration.ofNanos(System.nanoTime() - began))));
    return missed == 0 && brokeOff.isEmpty() && all.size() == many ? 0 : 1;
  }

  /** The names of all rows. */
  static List<String> names(Path project) {
    return Stream.concat(
            Defects.of(project).all().stream().map(Defect::name),
            conditions(project).keySet().stream())
        .toList();
  }

  /**
   * Checks that there is something of the kind in the list.
   *
   * @throws IllegalArgumentException if not; names what may be meant
   */
  static void requireSome(Path project, Wanted wanted) {
    var names = names(project);
    for (var word : wanted.only()) {
      if (names.stream().noneMatch(name -> name.contains(word))) {
        throw new IllegalArgumentException(
            "no defect has \"%s\" in its name%s".formatted(word, near(word, names)));
      }
    }
    if (wanted.of(names, name -> name).isEmpty()) {
      throw new IllegalArgumentException(
          "--part %d/%d of what --only names is empty".formatted(wanted.part(), wanted.of()));
    }
  }

  /** Names that may be meant: spelled nearly so, or with a word of it. */
  private static String near(String wrong, List<String> names) {
    var near = new LinkedHashSet<String>();
    Nearest.to(wrong, names).ifPresent(near::add);
    for (var word : wrong.split("[^A-Za-z]+", -1)) {
      names.stream()
          .filter(
              name ->
                  word.length() > 2
                      && (name.contains(word)
                          || Nearest.to(word, List.of(name.split("[^A-Za-z]+", -1))).isPresent()))
          .forEach(near::add);
    }
    return near.isEmpty()
        ? "; docs/reliability.md says where the list is"
        : "; do you mean one of "
            + near.stream().limit(MOST_NEAR).collect(Collectors.joining(", "))
            + "?";
  }

  private List<String> byPromise(List<Done> all) {
    var counts = new TreeMap<Integer, List<Done>>();
    for (var done : all) {
      counts.computeIfAbsent(done.row().promise(), any -> new ArrayList<>()).add(done);
    }
    var lines = new ArrayList<String>();
    lines.add(
        COLUMNS.formatted("", "rows", "caught", "by its own", "argued", "by a test", "missed"));
    counts.forEach(
        (promise, rows) ->
            lines.add(
                COLUMNS.formatted(
                    promise == 0 ? "conditions" : "promise " + promise,
                    rows.size(),
                    many(rows, Done::isCaught),
                    promise == 0 ? "-" : many(rows, Done::isCaughtByItsOwn),
                    many(rows, this::isArgued),
                    many(rows, this::isForTests),
                    many(rows, this::isMissed))));
    return lines;
  }

  private static long many(List<Done> rows, Predicate<Done> which) {
    return rows.stream().filter(which).count();
  }

  private static String time(Duration took) {
    return "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
  }

  private boolean isArgued(Done done) {
    return !done.isCaught() && equivalent.containsKey(done.row().key());
  }

  private boolean isForTests(Done done) {
    return !done.isCaught() && elsewhere.containsKey(done.row().key());
  }

  private boolean isMissed(Done done) {
    return !done.isCaught() && !isArgued(done) && !isForTests(done);
  }

  private String line(Done done) {
    var row = done.row();
    var answer = done.answer();
    var name = row.name() + " (" + row.says() + ")";
    var pains =
        "%d %s, %s%s"
            .formatted(
                answer.runs(),
                answer.runs() == 1 ? "run" : "runs",
                time(done.took()),
                answer.torn() == 0
                    ? ""
                    : ", %d broke off: %s".formatted(answer.torn(), answer.why()));
    if (done.isCaught()) {
      var found = answer.found();
      return "caught  %s  [%s]%n          promise %s%s in %s%s: %s"
          .formatted(
              name,
              pains,
              found.get(0),
              found.get(5).contains(",") ? " (broken there: " + found.get(5) + ")" : "",
              found.get(1),
              found.get(2).isEmpty() ? "" : " " + found.get(2) + " (" + found.get(3) + ")",
              found.get(4));
    }
    if (isForTests(done)) {
      var test = elsewhere.getProperty(row.key()).split(" ", 2);
      return "test    %s  [%s]%n          not looked for here; caught by %s: %s"
          .formatted(name, pains, test[0], test[1]);
    }
    return isArgued(done)
        ? "equal   %s  [%s]%n          %s".formatted(name, pains, equivalent.getProperty(row.key()))
        : "MISSED  %s  [%s]".formatted(name, pains);
  }

  private List<Row> rows(DefectiveCode marked) {
    var rows = new ArrayList<Row>();
    for (var defect : Defects.of(project).all()) {
      rows.add(
          new Row(
              defect.name(),
              defect.promise(),
              "promise " + defect.promise(),
              hint -> hunt(defect, hint)));
    }
    rows.addAll(withoutConditions(marked));
    var names = rows.stream().map(Row::key).collect(Collectors.toSet());
    for (var file : List.of(equivalent, elsewhere, hints)) {
      var gone = new TreeSet<>(file.stringPropertyNames());
      gone.removeAll(names);
      if (!gone.isEmpty()) {
        throw new IllegalStateException("hints or arguments for what is not there: " + gone);
      }
    }
    return rows;
  }

  /**
   * What is left out: each condition, and, where one method has several that could stand in for
   * each other, all of them at once. By the names of the rows.
   */
  private static Map<String, Set<Integer>> conditions(Path project) {
    var written = WrittenConditions.of(project).all();
    var rows = new LinkedHashMap<String, Set<Integer>>();
    var methods = new TreeMap<String, Set<Integer>>();
    for (int i = 0; i < written.size(); i++) {
      var name = written.get(i).name();
      rows.put("without " + name, Set.of(i + 1));
      methods.computeIfAbsent(name.split("#", 2)[0], any -> new TreeSet<>()).add(i + 1);
    }
    methods.forEach(
        (method, conditions) -> {
          if (conditions.size() > 1) {
            rows.put("without any in " + method, conditions);
          }
        });
    return rows;
  }

  private List<Row> withoutConditions(DefectiveCode marked) {
    var written = WrittenConditions.of(project).all();
    var rows = new ArrayList<Row>();
    conditions(project)
        .forEach(
            (name, conditions) ->
                rows.add(
                    new Row(
                        name,
                        0,
                        conditions.size() == 1
                            ? written.get(conditions.iterator().next() - 1).expression()
                            : "all at once",
                        hint -> hunt(marked, new Order(project, conditions, hint, patience)))));
    return rows;
  }

  /** The conditions in the functions' code that no life meets; there must be none. */
  static List<String> metByNoLife(Path project) {
    var written = WrittenConditions.of(project);
    try (var code = DefectiveCode.marked(project, written)) {
      var met = Order.numbers(met(code, project, written.all().size()));
      var names = new ArrayList<String>();
      for (int i = 0; i < written.all().size(); i++) {
        if (!met.contains(i + 1)) {
          names.add(written.all().get(i).name() + ": " + written.all().get(i).expression());
        }
      }
      return names;
    }
  }

  @SuppressWarnings("unchecked")
  private static String met(DefectiveCode code, Path project, int written) {
    return ((BiFunction<String, Integer, String>)
            code.make(Hunt.Met.class.getName(), BiFunction.class))
        .apply(project.toString(), written);
  }

  private Answer hunt(Defect defect, String hint) {
    try (var code = DefectiveCode.of(project, defect)) {
      return hunt(code, new Order(code.project(), Set.of(), hint, patience));
    }
  }

  @SuppressWarnings("unchecked")
  private Answer hunt(DefectiveCode code, Order order) {
    var hunt =
        (BiFunction<String, Predicate<String>, String>)
            code.make(Hunt.class.getName(), BiFunction.class);
    return Answer.parse(hunt.apply(order.text(), this::isKept));
  }

  /** Whether the program as it is keeps its promises where a defective one does not. */
  private boolean isKept(String trial) {
    var parts = trial.split(" ", 2);
    var life = companies.named(parts[0]);
    var faults =
        Stream.of(parts[1].split(",", -1))
            .filter(each -> !each.isEmpty())
            .map(Fault::parse)
            .toList();
    return Run.of(companies.of(life), life, faults, 1).broken().stream()
        .noneMatch(each -> each.promise() > 0);
  }
}
