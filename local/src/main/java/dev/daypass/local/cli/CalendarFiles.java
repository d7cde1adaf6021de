package dev.daypass.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Hours;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Calendar;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.PolicyJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calendars of a directory of policies: one file each, and beside them the files of holidays
 * that they name. A runbook names one, and is published with what it says.
 */
final class CalendarFiles {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final SchemaCheck SCHEMA = SchemaCheck.named("calendar.schema.json");

  /** So long before they run out, the holidays of the next year should be there. */
  private static final Period NEXT_YEAR_IN = Period.ofDays(90);

  private static final String HEADER = "date,name";

  /** The calendar of each file, or null if it has errors, and the file, if it could be read. */
  private record Read(@Nullable Calendar calendar, @Nullable YamlFile file) {}

  private final Map<String, Read> calendars = new TreeMap<>();
  private final Map<String, JsonNode> trees = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<Finding> findings;

  private CalendarFiles(List<Finding> findings) {
    this.findings = findings;
  }

  /**
   * Reads and checks all calendars.
   *
   * @param dir need not exist
   * @param findings gets what is wrong with them
   * @throws UncheckedIOException if the disk fails
   */
  static CalendarFiles load(Path dir, List<Finding> findings) {
    var calendars = new CalendarFiles(findings);
    if (Files.isDirectory(dir)) {
      try (var files = Files.list(dir)) {
        for (var path : files.filter(Files::isRegularFile).sorted().toList()) {
          var name = path.getFileName().toString();
          if (name.endsWith(".yml")) {
            findings.add(
                Finding.error(
                    path.toString(), 1, "the name ends with .yml", "rename it to end with .yaml"));
          } else if (name.endsWith(".yaml")) {
            calendars.read(path, name.substring(0, name.length() - ".yaml".length()));
          }
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return calendars;
  }

  /** Whether there is a file for such a calendar, with or without errors. */
  boolean has(String id) {
    return calendars.containsKey(id);
  }

  Set<String> ids() {
    return calendars.keySet();
  }

  /** The calendar, which is used from now on; empty if it has errors. */
  Optional<Calendar> used(String id) {
    used.add(id);
    return Optional.ofNullable(calendars.get(id)).map(Read::calendar);
  }

  /** The runbook with the calendar itself in place of its name. */
  JsonNode resolved(JsonNode runbook) {
    if (!runbook.has("calendar")) {
      return runbook;
    }
    var whole = (ObjectNode) runbook.deepCopy();
    whole.set("calendar", trees.get(runbook.path("calendar").asText()));
    return whole;
  }

  /** Those that no runbook names. */
  List<Finding> unused() {
    var unused = new ArrayList<Finding>();
    calendars.forEach(
        (id, read) -> {
          if (!used.contains(id) && read.file() != null) {
            unused.add(
                Finding.warning(
                    read.file().name(),
                    read.file().line("/id"),
                    "no runbook uses the calendar “" + id + "”",
                    "name it in a runbook, or delete it"));
          }
        });
    return unused;
  }

  /** Those that a runbook names, and whose holidays have ended or end soon. */
  List<Finding> runningOut(LocalDate today) {
    var ending = new ArrayList<Finding>();
    calendars.forEach(
        (id, read) -> {
          var calendar = read.calendar();
          if (!used.contains(id) || calendar == null || read.file() == null) {
            return;
          }
          var holidays = calendar.holidays();
          if (!holidays.isEmpty() && holidays.lastKey().isBefore(today.plus(NEXT_YEAR_IN))) {
            var last = holidays.lastKey();
            ending.add(
                Finding.warning(
                    read.file().name(),
                    read.file().line("/holidays"),
                    "the holidays of the calendar “"
                        + id
                        + "” "
                        + (last.isBefore(today) ? "ended on " : "end on ")
                        + last
                        + ", and from then on every day of the week is worked",
                    "add those of the next year, and publish again"));
          }
        });
    return ending;
  }

  private void read(Path path, String id) {
    var file = text(path).flatMap(text -> YamlFile.read(path.toString(), text, findings));
    if (file.isEmpty()) {
      calendars.put(id, new Read(null, null));
      return;
    }
    var wrong = new ArrayList<>(SCHEMA.check(file.get()));
    var tree = file.get().tree().deepCopy();
    if (wrong.isEmpty()) {
      RunbookSense.idIsFileName(file.get(), id).ifPresent(wrong::add);
      RunbookSense.isLine(file.get(), "/title").ifPresent(wrong::add);
      zone(file.get(), wrong);
      var week = week(file.get(), wrong);
      if (tree.path("holidays").isTextual()) {
        var beside = path.resolveSibling(tree.path("holidays").asText());
        ((ObjectNode) tree).set("holidays", holidays(file.get(), beside, wrong));
      } else {
        dates(file.get(), wrong);
      }
      if (wrong.isEmpty()) {
        pause(file.get(), week, tree.path("holidays"), wrong);
      }
    }
    findings.addAll(wrong);
    calendars.put(id, new Read(wrong.isEmpty() ? PolicyJson.calendar(tree) : null, file.get()));
    trees.put(id, tree);
  }

  private static void zone(YamlFile file, List<Finding> wrong) {
    var zone = file.tree().path("zone").asText();
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      wrong.add(
          Finding.error(
              file.name(),
              file.line("/zone"),
              "there is no time zone “" + zone + "”",
              Nearest.to(zone, ZoneId.getAvailableZoneIds())
                  .map(near -> "did you mean " + near + "?")
                  .orElse("write a place of the time zone database, such as Europe/Berlin")));
    }
  }

  private static Map<DayOfWeek, List<Hours.Opening>> week(YamlFile file, List<Finding> wrong) {
    var week = new EnumMap<DayOfWeek, List<Hours.Opening>>(DayOfWeek.class);
    for (var day : file.tree().path("hours").properties()) {
      var openings = new ArrayList<Hours.Opening>();
      var written = day.getValue().isTextual() ? List.of(day.getValue()) : list(day.getValue());
      for (var one : written) {
        try {
          var opening = PolicyJson.opening(one.asText());
          if (!openings.isEmpty() && opening.from() < openings.getLast().to()) {
            wrong.add(
                Finding.error(
                    file.name(),
                    file.line("/hours/" + day.getKey()),
                    "the hours of " + day.getKey() + " overlap or are not in order",
                    "write the earlier first, and let it end before the later begins"));
          }
          openings.add(opening);
        } catch (IllegalArgumentException none) {
          wrong.add(
              Finding.error(
                  file.name(),
                  file.line("/hours/" + day.getKey()),
                  "the hours " + one.asText() + " end before they begin",
                  "for a night write two days: 22:00-24:00 and 00:00-06:00"));
        }
      }
      week.put(DayOfWeek.valueOf(day.getKey().toUpperCase(Locale.ROOT)), openings);
    }
    return week;
  }

  private static void dates(YamlFile file, List<Finding> wrong) {
    for (var holiday : file.tree().path("holidays").properties()) {
      var place = "/holidays/" + holiday.getKey();
      if (date(holiday.getKey()).isEmpty()) {
        wrong.add(noSuchDay(file.name(), file.line(place), holiday.getKey()));
      }
      RunbookSense.isLine(file, place).ifPresent(wrong::add);
    }
  }

  private static Finding noSuchDay(String file, int line, String day) {
    return Finding.error(
        file, line, "there is no day “" + day + "”", "write year, month and day: 2026-12-25");
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** The holidays of a file of their own: a line with the columns' names, then one for each day. */
  private ObjectNode holidays(YamlFile calendar, Path path, List<Finding> wrong) {
    var holidays = NODES.objectNode();
    if (!Files.isRegularFile(path)) {
      wrong.add(
          Finding.error(
              calendar.name(),
              calendar.line("/holidays"),
              "there is no file " + path,
              "add it, or write the days here, each with its name"));
      return holidays;
    }
    var lines = text(path).orElse("").lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
      wrong.add(
          Finding.error(
              path.toString(), 1, "the first line is not " + HEADER, "begin the file with it"));
      return holidays;
    }
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        holiday(path.toString(), i + 1, lines.get(i), holidays, wrong);
      }
    }
    if (holidays.size() > Hours.MOST_HOLIDAYS) {
      wrong.add(
          Finding.error(
              path.toString(),
              1,
              "there are more than " + Hours.MOST_HOLIDAYS + " holidays",
              "leave out those of past years"));
    }
    return holidays;
  }

  private static void holiday(
      String file, int line, String text, ObjectNode holidays, List<Finding> wrong) {
    int comma = text.indexOf(',');
    var day = (comma < 0 ? text : text.substring(0, comma)).strip();
    var name = comma < 0 ? "" : text.substring(comma + 1).strip().replaceAll("^\"|\"$", "");
    if (date(day).isEmpty()) {
      wrong.add(noSuchDay(file, line, day));
    } else if (Texts.saysNothing(name)
        || name.length() > 80
        || Texts.flawOfLine(name).isPresent()) {
      wrong.add(
          Finding.error(
              file, line, day + " has no name that can be shown", "write it after the comma"));
    } else if (holidays.has(day)) {
      wrong.add(Finding.error(file, line, day + " is here twice", "keep one of them"));
    } else {
      holidays.put(day, name);
    }
  }

  private static void pause(
      YamlFile file,
      Map<DayOfWeek, List<Hours.Opening>> week,
      JsonNode holidays,
      List<Finding> wrong) {
    var days = new ArrayList<LocalDate>();
    holidays.fieldNames().forEachRemaining(day -> days.add(LocalDate.parse(day)));
    Hours.longestPause(week, days)
        .ifPresent(
            from ->
                wrong.add(
                    Finding.error(
                        file.name(),
                        file.line("/holidays"),
                        "from " + from + " on, four weeks have no working minute",
                        "work at least one day in four weeks, or take a runbook without"
                            + " a calendar")));
  }

  private static List<JsonNode> list(JsonNode array) {
    var list = new ArrayList<JsonNode>();
    array.forEach(list::add);
    return list;
  }

  private Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException missing) {
      findings.add(
          Finding.error(
              file.toString(), 1, "there is no such file", "add it, or name another one"));
    } catch (CharacterCodingException notText) {
      findings.add(
          Finding.error(file.toString(), 1, "the file is not text in UTF-8", "save it as UTF-8"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return Optional.empty();
  }
}
