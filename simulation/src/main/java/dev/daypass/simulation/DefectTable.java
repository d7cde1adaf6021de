package dev.daypass.simulation;

import dev.daypass.simulation.defect.Defect;
import dev.daypass.simulation.defect.DefectiveCode;
import dev.daypass.simulation.defect.Defects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes every defect in turn, leaves out every condition in turn, and shows what finds it. */
final class DefectTable {
  private final Companies companies;
  private final Path project;
  private final Properties equivalent = new Properties();

  DefectTable(Companies companies, Path project) {
    this.companies = companies;
    this.project = project;
    try (var text = DefectTable.class.getResourceAsStream("equivalent.properties")) {
      if (text != null) {
        equivalent.load(new java.io.InputStreamReader(text, StandardCharsets.UTF_8));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private record Row(String name, int promise, Future<String> found) {}

  /**
   * Prints the table.
   *
   * @param only part of the names of those wanted; empty for all
   * @return 0 if all are caught or argued
   */
  int print(String only) {
    try (var workers = Executors.newFixedThreadPool(2)) {
      var rows = new ArrayList<Row>();
      for (var defect : Defects.of(project).all()) {
        if (defect.name().contains(only)) {
          rows.add(new Row(defect.name(), defect.promise(), workers.submit(() -> hunt(defect))));
        }
      }
      for (var condition : conditions()) {
        var name = "without " + condition;
        if (name.contains(only)) {
          rows.add(
              new Row(
                  name,
                  0,
                  workers.submit(
                      () ->
                          Hunt.found(companies, () -> Conditions.without(condition))
                              .map(Hunt::line)
                              .orElse(""))));
        }
      }
      int missed = 0;
      int argued = 0;
      for (var row : rows) {
        var found = answer(row);
        var argument = equivalent.getProperty(row.name().replace(' ', '_'));
        if (found.isEmpty() && argument == null) {
          missed++;
        } else if (found.isEmpty()) {
          argued++;
        }
        System.out.println(line(row, found, argument));
      }
      System.out.printf(
          "%n%d defects: %d caught, %d argued to change nothing, %d missed.%n",
          rows.size(), rows.size() - argued - missed, argued, missed);
      return missed == 0 ? 0 : 1;
    }
  }

  private static String line(Row row, String found, @Nullable String argument) {
    var says = row.promise() == 0 ? "" : " (promise " + row.promise() + ")";
    if (!found.isEmpty()) {
      var parts = found.split("\t", 5);
      return "caught  %s%s%n          promise %s in %s%s: %s"
          .formatted(
              row.name(),
              says,
              parts[0],
              parts[1],
              parts[2].isEmpty() ? "" : " with " + parts[3],
              parts[4]);
    }
    return argument == null
        ? "MISSED  %s%s".formatted(row.name(), says)
        : "equal   %s%s%n          %s".formatted(row.name(), says, argument);
  }

  private static String answer(Row row) {
    try {
      return row.found().get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    } catch (ExecutionException broke) {
      // A program that breaks off is found out too, but not by a promise: so it is looked at.
      return "0\tthe run itself\t\t\t"
          + String.valueOf(broke.getCause()).lines().findFirst().orElse("");
    }
  }

  private String hunt(Defect defect) {
    try (var code = DefectiveCode.of(project, defect)) {
      return hunted(code.loader(), code.make(Hunt.class.getName(), Function.class), code.project());
    }
  }

  @SuppressWarnings("unchecked")
  private static String hunted(ClassLoader loader, Function<?, ?> hunt, Path project) {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    // Templates are looked for where the thread says.
    thread.setContextClassLoader(loader);
    try {
      return ((Function<String, String>) hunt).apply(project.toString());
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /** Every condition that any life meets. */
  List<Conditions.Condition> conditions() {
    var met = new TreeSet<>(Comparator.comparing(Conditions.Condition::toString));
    var lives = Lives.everyone();
    for (var life : lives) {
      met.addAll(Run.of(companies.sample(), life, List.of(), 1).conditions());
    }
    return List.copyOf(met);
  }
}
