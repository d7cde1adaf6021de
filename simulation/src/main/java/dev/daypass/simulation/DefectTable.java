package dev.daypass.simulation;

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
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes every defect in turn, leaves out every condition in turn, and shows what finds it. */
final class DefectTable {
  private final Path project;
  private final Companies companies;
  private final Patience patience;
  private final Consumer<String> out;

  /** Why a row changes nothing. */
  private final Properties equivalent = properties("equivalent.properties");

  /** Where a row was found the last time, to be tried first. */
  private final Properties hints = properties("hints.properties");

  DefectTable(Path project, Patience patience, Consumer<String> out) {
    this.project = project;
    this.companies = new Companies(project);
    this.patience = patience;
    this.out = out;
  }

  private static Properties properties(String name) {
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

  private record Done(Row row, Answer answer, Duration took) {}

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
   * @return 0 if all are caught or argued
   */
  int print(Wanted wanted, int atATime) {
    long began = System.nanoTime();
    try (var code = DefectiveCode.marked(project, WrittenConditions.of(project));
        var workers = Executors.newFixedThreadPool(atATime)) {
      var rows = wanted.of(rows(code), Row::name);
      var hunts = new ExecutorCompletionService<Done>(workers);
      for (var row : rows) {
        hunts.submit(
            () -> {
              long from = System.nanoTime();
              var answer = row.work().hunt(hints.getProperty(row.key(), ""));
              return new Done(row, answer, Duration.ofNanos(System.nanoTime() - from));
            });
      }
      var all = new ArrayList<Done>();
      for (int i = 0; i < rows.size(); i++) {
        var done = hunts.take().get();
        all.add(done);
        out.accept("%3d/%d  %s".formatted(i + 1, rows.size(), line(done)));
      }
      out.accept("");
      byPromise(all).forEach(out);
      long missed = all.stream().filter(this::isMissed).count();
      long argued = all.stream().filter(this::isArgued).count();
      out.accept(
          "%d defects: %d caught, %d argued to change nothing, %d missed. %s"
              .formatted(
                  all.size(),
                  all.size() - argued - missed,
                  argued,
                  missed,
                  time(Duration.ofNanos(System.nanoTime() - began))));
      return missed == 0 ? 0 : 1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    } catch (ExecutionException broke) {
      throw new IllegalStateException("a hunt broke: " + broke.getCause(), broke.getCause());
    }
  }

  private static List<String> byPromise(List<Done> all) {
    var counts = new TreeMap<Integer, List<Done>>();
    for (var done : all) {
      counts.computeIfAbsent(done.row().promise(), any -> new ArrayList<>()).add(done);
    }
    return counts.entrySet().stream()
        .map(
            entry ->
                "%s: %d of %d caught"
                    .formatted(
                        entry.getKey() == 0 ? "conditions" : "promise " + entry.getKey(),
                        entry.getValue().stream().filter(DefectTable::isCaught).count(),
                        entry.getValue().size()))
        .toList();
  }

  private static String time(Duration took) {
    return "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
  }

  private static boolean isCaught(Done done) {
    return !done.answer().found().isEmpty();
  }

  private boolean isArgued(Done done) {
    return !isCaught(done) && equivalent.containsKey(done.row().key());
  }

  private boolean isMissed(Done done) {
    return !isCaught(done) && !isArgued(done);
  }

  private String line(Done done) {
    var row = done.row();
    var answer = done.answer();
    var name = row.name() + " (" + row.says() + ")";
    var pains =
        "%d runs, %s%s"
            .formatted(
                answer.runs(),
                time(done.took()),
                answer.torn() == 0
                    ? ""
                    : ", %d broke off: %s".formatted(answer.torn(), answer.why()));
    if (isCaught(done)) {
      var found = answer.found();
      return "caught  %s  [%s]%n          promise %s in %s%s: %s"
          .formatted(
              name,
              pains,
              found.get(0),
              found.get(1),
              found.get(2).isEmpty() ? "" : " " + found.get(2) + " (" + found.get(3) + ")",
              found.get(4));
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
    for (var file : List.of(equivalent, hints)) {
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
   * each other, all of them at once.
   */
  private List<Row> withoutConditions(DefectiveCode marked) {
    var written = WrittenConditions.of(project).all();
    var rows = new ArrayList<Row>();
    var methods = new TreeMap<String, Set<Integer>>();
    for (int i = 0; i < written.size(); i++) {
      var each = written.get(i);
      rows.add(without(marked, "without " + each.name(), each.expression(), Set.of(i + 1)));
      methods.computeIfAbsent(each.name().split("#", 2)[0], any -> new TreeSet<>()).add(i + 1);
    }
    methods.forEach(
        (method, conditions) -> {
          if (conditions.size() > 1) {
            rows.add(without(marked, "without any in " + method, "all at once", conditions));
          }
        });
    return rows;
  }

  /** The conditions in the functions' code that no life meets; there must be none. */
  static List<String> metByNoLife(Path project) {
    var written = WrittenConditions.of(project);
    try (var code = DefectiveCode.marked(project, written)) {
      var met = Order.numbers(in(code.loader(), () -> met(code, project)));
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
  private static String met(DefectiveCode code, Path project) {
    return ((Function<String, String>) code.make(Hunt.Met.class.getName(), Function.class))
        .apply(project.toString());
  }

  private Row without(DefectiveCode marked, String name, String says, Set<Integer> conditions) {
    return new Row(
        name, 0, says, hint -> hunt(marked, new Order(project, conditions, hint, patience)));
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
    var original = DefectTable.class.getClassLoader();
    return Answer.parse(
        in(
            code.loader(),
            () -> hunt.apply(order.text(), trial -> in(original, () -> isKept(trial)))));
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

  /** Templates are looked for where the thread says. */
  private static <T> T in(@Nullable ClassLoader loader, Supplier<T> work) {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}
