package dev.daypass.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@code docs/security.md}, between its two marks. */
final class Table {
  private static final Path FILE = Path.of("..", "docs", "security.md");
  private static final String BEGIN = "<!-- matrix: begin -->";
  private static final String END = "<!-- matrix: end -->";

  /**
   * What comes of one call, for every kind of person.
   *
   * @param route as in {@code template.yaml}
   * @param object what the call is about
   */
  record Row(String route, String object, Map<Who, String> cells) {
    String cell(Who who) {
      return Objects.requireNonNull(cells.get(who));
    }

    @Override
    public String toString() {
      return "| `"
          + route
          + "` | "
          + object
          + " | "
          + Arrays.stream(Who.values()).map(this::cell).collect(Collectors.joining(" | "))
          + " |";
    }
  }

  private final List<String> titles;
  private final List<Row> rows;

  private Table(List<String> titles, List<Row> rows) {
    this.titles = titles;
    this.rows = rows;
  }

  List<String> titles() {
    return titles;
  }

  List<Row> rows() {
    return rows;
  }

  static Table read() {
    String text;
    try {
      text = Files.readString(FILE);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    var lines =
        text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END))
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("|"))
            .map(Table::cells)
            .toList();
    // Below the titles is a line of dashes.
    return new Table(lines.getFirst(), lines.stream().skip(2).map(Table::row).toList());
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static Row row(List<String> cells) {
    var people = new EnumMap<Who, String>(Who.class);
    var rest = cells.subList(2, cells.size()).iterator();
    for (var who : Who.values()) {
      people.put(who, rest.next());
    }
    return new Row(cells.get(0).replace("`", ""), cells.get(1), people);
  }
}
