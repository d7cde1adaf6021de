package dev.daypass.local.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Tells the demonstration: headings, steps, facts; coloured on a terminal, plain in a pipe. */
final class Narrator {
  private static final int LABEL = 12;

  private final PrintStream out;
  private final boolean colours;
  private int chapters;

  Narrator(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** A terminal that wants colours; see https://no-color.org. */
  static boolean isColourful() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && System.getenv("NO_COLOR") == null;
  }

  void title(String text, String below) {
    out.println();
    out.println(bold(text));
    out.println(below);
  }

  void chapter(String text) {
    chapters++;
    out.println();
    out.println(bold(chapters + ". " + text));
  }

  /** Something that somebody does or that happens. */
  void step(String text) {
    out.println("   " + text);
  }

  /** A value, with its label in a column. */
  void fact(String label, String value) {
    var lines = value.lines().toList();
    for (int i = 0; i < Math.max(1, lines.size()); i++) {
      var head = i == 0 ? label : "";
      out.println("     " + dim(pad(head, LABEL)) + (lines.isEmpty() ? "" : lines.get(i)));
    }
  }

  /** Something that was checked and found to be so. */
  void proven(String text) {
    out.println("   " + green("✓ ") + text);
  }

  /** Rows in columns. */
  void table(List<List<String>> rows) {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      var line = new StringBuilder("     ");
      for (int i = 0; i < rows.get(r).size(); i++) {
        line.append(pad(rows.get(r).get(i), widths[i] + 2));
      }
      var text = line.toString().stripTrailing();
      out.println(r == 0 ? dim(text) : text);
    }
  }

  void pass(String text) {
    out.println();
    out.println(green("PASS") + " " + text);
  }

  void fail(String text) {
    out.println();
    out.println(red("FAIL") + " " + text);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private String bold(String text) {
    return code("1", text);
  }

  private String dim(String text) {
    return code("2", text);
  }

  private String green(String text) {
    return code("32", text);
  }

  private String red(String text) {
    return code("31", text);
  }

  private String code(String sgr, String text) {
    return colours ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
  }
}
