package dev.daypass.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Compares what PIT reports with what is argued to be equivalent: each mutant is killed, or a row
 * of the table says why nobody could tell it from the original. Exact where PIT's own threshold
 * knows whole percents only.
 */
public final class Mutants {
  /** The head of the table of equivalent mutants, wherever in a document it stands. */
  private static final String HEAD = "| where | code | change | mutants | why nothing changes |";

  private Mutants() {}

  /**
   * One change that PIT made.
   *
   * @param where class and method: {@code Life.decide}
   * @param line where in which file, for people: {@code Life.java:183}
   * @param code the source line
   * @param change what PIT changed, in its words
   */
  record Mutant(Status status, String where, String line, String code, String change) {}

  /** What became of a mutant. */
  enum Status {
    KILLED,
    TIMED_OUT,
    ALIVE
  }

  /**
   * A row of the table.
   *
   * @param where class and method, or {@code any}
   * @param code a part of the source line
   * @param change how PIT's description of the change begins
   * @param mutants how many there are, exactly: one more has not been looked at
   */
  record Equivalent(String where, String code, String change, int mutants, String why) {
    boolean covers(Mutant mutant) {
      return (where.equals("any") || where.equals(mutant.where()))
          && mutant.code().contains(code)
          && mutant.change().startsWith(change);
    }

    @Override
    public String toString() {
      return where + ", \"" + code + "\": " + change;
    }
  }

  /**
   * What the comparison came to.
   *
   * @param problems one line each; none if every mutant is killed or argued
   */
  record Verdict(int generated, int killed, int timedOut, int equivalent, List<String> problems) {
    String summary() {
      return "%d mutants: %d killed (%d of them because the tests took too long), %d equivalent, %d unexplained"
          .formatted(generated, killed, timedOut, equivalent, generated - killed - equivalent);
    }
  }

  /**
   * Prints figures, table and problems; ends with 1 if there are problems.
   *
   * @param args PIT's {@code mutations.xml}, the document with the table, the root of the sources
   */
  public static void main(String[] args) throws IOException {
    List<Mutant> mutants;
    try (var report = Files.newInputStream(Path.of(args[0]))) {
      mutants = reported(report, Path.of(args[2]));
    }
    var table = table(Files.readString(Path.of(args[1])));
    var verdict = judge(mutants, table);
    print(verdict, table, System.out);
    System.exit(verdict.problems().isEmpty() ? 0 : 1);
  }

  static Verdict judge(List<Mutant> mutants, List<Equivalent> table) {
    var problems = new ArrayList<String>();
    if (mutants.isEmpty()) {
      problems.add("PIT changed nothing, so nothing is shown.");
    }
    var covered = new int[table.size()];
    for (var mutant : mutants) {
      if (mutant.status() == Status.ALIVE) {
        IntStream.range(0, table.size())
            .filter(row -> table.get(row).covers(mutant))
            .findFirst()
            .ifPresentOrElse(
                row -> covered[row]++,
                () ->
                    problems.add(
                        "Not killed and not argued: %s, %s: %s"
                            .formatted(mutant.line(), mutant.change(), mutant.code())));
      }
    }
    for (int row = 0; row < covered.length; row++) {
      var equivalent = table.get(row);
      if (covered[row] != equivalent.mutants()) {
        problems.add(
            "The table has %d and PIT leaves %d of these: %s"
                .formatted(equivalent.mutants(), covered[row], equivalent));
      }
    }
    int timedOut = count(mutants, Status.TIMED_OUT);
    return new Verdict(
        mutants.size(),
        count(mutants, Status.KILLED) + timedOut,
        timedOut,
        Arrays.stream(covered).sum(),
        List.copyOf(problems));
  }

  private static int count(List<Mutant> mutants, Status status) {
    return (int) mutants.stream().filter(mutant -> mutant.status() == status).count();
  }

  /** The rows of the table of equivalent mutants in a document. */
  static List<Equivalent> table(String document) {
    return document
        .lines()
        .dropWhile(line -> !line.equals(HEAD))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(Mutants::row)
        .toList();
  }

  private static Equivalent row(String line) {
    var cells = Arrays.stream(line.split("[|]", -1)).map(String::strip).toList();
    if (cells.size() != 7) {
      throw new IllegalArgumentException("five cells make a row: " + line);
    }
    return new Equivalent(
        unquoted(cells.get(1)),
        unquoted(cells.get(2)),
        unquoted(cells.get(3)),
        Integer.parseInt(cells.get(4)),
        cells.get(5));
  }

  private static String unquoted(String cell) {
    return cell.replace("`", "");
  }

  /** The mutants of PIT's XML report. */
  static List<Mutant> reported(InputStream report, Path sources) throws IOException {
    try {
      var nodes =
          DocumentBuilderFactory.newNSInstance()
              .newDocumentBuilder()
              .parse(report)
              .getElementsByTagName("mutation");
      var mutants = new ArrayList<Mutant>();
      for (int i = 0; i < nodes.getLength(); i++) {
        mutants.add(mutant((Element) nodes.item(i), sources));
      }
      return mutants;
    } catch (ParserConfigurationException | SAXException broken) {
      throw new IOException("PIT's report cannot be read", broken);
    }
  }

  private static Mutant mutant(Element element, Path sources) throws IOException {
    var type = text(element, "mutatedClass");
    var packageEnd = type.lastIndexOf('.');
    var file = text(element, "sourceFile");
    int line = Integer.parseInt(text(element, "lineNumber"));
    var path = sources.resolve(type.substring(0, packageEnd).replace('.', '/')).resolve(file);
    return new Mutant(
        switch (element.getAttribute("status")) {
          case "KILLED" -> Status.KILLED;
          case "TIMED_OUT" -> Status.TIMED_OUT;
          // Survived, met by no test, or broken in a way that shows nothing.
          default -> Status.ALIVE;
        },
        type.substring(packageEnd + 1).replace('$', '.') + "." + text(element, "mutatedMethod"),
        file + ":" + line,
        Files.readAllLines(path).get(line - 1).strip(),
        text(element, "description"));
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }

  private static void print(Verdict verdict, List<Equivalent> table, PrintStream out) {
    out.println("Equivalent, so no test can kill them:");
    for (var row : table) {
      out.printf("%4d  %s%n      %s%n", row.mutants(), row, row.why());
    }
    out.println();
    verdict.problems().forEach(out::println);
    out.println(verdict.summary());
  }
}
