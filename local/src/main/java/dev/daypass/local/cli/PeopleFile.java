package dev.daypass.local.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Spoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People as a CSV file, as a personnel system exports them: {@code
 * name,email,manager,groups,zone,language}, groups separated by {@code ;}. Whoever is listed is
 * active.
 *
 * @param people without those whose line is wrong
 * @param lines where each person stands, by email address
 * @param findings what is wrong; if there is any, nothing may be imported
 */
record PeopleFile(List<Person> people, Map<String, Integer> lines, List<Finding> findings) {
  private static final List<String> REQUIRED = List.of("name", "email", "manager", "groups");
  private static final List<String> COLUMNS =
      List.of("name", "email", "manager", "groups", "zone", "language");
  private static final String HEADER = String.join(",", COLUMNS);

  PeopleFile {
    people = List.copyOf(people);
    lines = Map.copyOf(lines);
    findings = List.copyOf(findings);
  }

  /**
   * Reads a file's text.
   *
   * @param name the file as it is shown to people
   */
  static PeopleFile read(String name, String text) {
    return new Reading(name).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** The line on which the person stands. */
  int line(String email) {
    return lines.getOrDefault(email, 1);
  }

  private static final class Reading {
    private final String name;
    private final List<Finding> findings = new ArrayList<>();
    private final LinkedHashMap<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();

    Reading(String name) {
      this.name = name;
    }

    PeopleFile read(String text) {
      int last = 0;
      try (var csv =
          CsvReader.builder()
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .ofCsvRecord(text)) {
        for (var record : csv) {
          last = (int) record.getStartingLineNumber();
          if (columns.isEmpty()) {
            if (!header(record)) {
              return result();
            }
          } else {
            person(record, last);
          }
        }
      } catch (CsvParseException broken) {
        error(last + 1, "the line cannot be read", "close every quotation mark that is opened");
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      if (columns.isEmpty() && findings.isEmpty()) {
        error(1, "the file is empty", "begin with the line " + HEADER);
      }
      managers();
      return result();
    }

    private PeopleFile result() {
      findings.sort(null);
      return new PeopleFile(List.copyOf(people.values()), lines, findings);
    }

    private boolean header(CsvRecord record) {
      var titles =
          record.getFields().stream().map(title -> title.strip().toLowerCase(Locale.ROOT)).toList();
      int line = (int) record.getStartingLineNumber();
      if (titles.size() == 1 && titles.getFirst().contains(";")) {
        error(line, "the columns are separated by semicolons", "save the file with commas");
        return false;
      }
      for (int i = 0; i < titles.size(); i++) {
        var title = titles.get(i);
        if (!COLUMNS.contains(title)) {
          error(
              line,
              "there is no column “" + Texts.visibleLine(title) + "”",
              Nearest.to(title, COLUMNS)
                  .map(near -> "did you mean “" + near + "”?")
                  .orElse("the columns are " + HEADER));
        } else if (columns.put(title, i) != null) {
          error(
              line,
              "the column “" + Texts.visibleLine(title) + "” is here twice",
              "keep one of them");
        }
      }
      for (var required : REQUIRED) {
        if (!columns.containsKey(required)) {
          error(line, "the column “" + required + "” is missing", "the first line is " + HEADER);
        }
      }
      return findings.isEmpty();
    }

    private void person(CsvRecord record, int line) {
      if (record.getFieldCount() != columns.size()) {
        error(
            line,
            "there are "
                + Spoken.counted(record.getFieldCount(), "field")
                + ", and the header names "
                + columns.size(),
            "separate the fields with commas, and put a field that holds one in quotes");
        return;
      }
      int before = findings.size();
      var fullName = field(record, "name");
      if (Texts.saysNothing(fullName)) {
        error(line, "the name is missing", "write the name as people know it");
      }
      Texts.flawOfLine(fullName)
          .ifPresent(
              flaw ->
                  error(
                      line,
                      "the name “" + Texts.visibleLine(fullName) + "” cannot be shown",
                      flaw.replaceFirst("^Please ", "").replaceFirst("\\.$", "")));
      var email = email(field(record, "email"), line, "the email address");
      var manager = field(record, "manager");
      var managerEmail = manager.isEmpty() ? null : email(manager, line, "the manager");
      var groups = groups(field(record, "groups"), line);
      var zone = zone(field(record, "zone"), line);
      var language = language(field(record, "language"), line);
      if (email != null && people.containsKey(email)) {
        error(
            line,
            email + " is here twice (first on line " + lines.get(email) + ")",
            "keep one of the lines");
      }
      if (email != null && email.equals(managerEmail)) {
        error(
            line,
            email + " is their own manager",
            "name somebody else, or leave the field empty for the head of the company");
      }
      if (email != null && findings.size() == before) {
        people.put(email, new Person(email, fullName, managerEmail, groups, zone, language, true));
        lines.put(email, line);
      } else if (email != null) {
        // The person exists, even if the line is wrong: no further finding about them as manager.
        lines.putIfAbsent(email, line);
      }
    }

    private String field(CsvRecord record, String column) {
      var index = columns.get(column);
      return index == null ? "" : record.getField(index).strip();
    }

    private @Nullable String email(String text, int line, String what) {
      if (!Person.isEmail(text)) {
        error(
            line,
            text.isEmpty()
                ? what + " is missing"
                : what + " “" + Texts.visibleLine(text) + "” is no email address",
            "write it like ann@example.com");
        return null;
      }
      return text.toLowerCase(Locale.ROOT);
    }

    private List<String> groups(String text, int line) {
      var groups = new ArrayList<String>();
      for (var group : text.split(";", -1)) {
        var word = group.strip();
        if (word.isEmpty()) {
          continue;
        }
        if (!word.matches("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")) {
          error(
              line,
              "“" + Texts.visibleLine(word) + "” is no name of a group",
              "use lower case letters, digits and dashes, and ; between groups");
        } else {
          groups.add(word);
        }
      }
      return groups;
    }

    private ZoneId zone(String text, int line) {
      if (text.isEmpty()) {
        return ZoneId.of("UTC");
      }
      try {
        return ZoneId.of(text);
      } catch (DateTimeException unknown) {
        error(
            line,
            "there is no time zone “" + Texts.visibleLine(text) + "”",
            Nearest.to(text, ZoneId.getAvailableZoneIds())
                .map(near -> "did you mean " + near + "?")
                .orElse("write it like Europe/Berlin"));
        return ZoneId.of("UTC");
      }
    }

    private Locale language(String text, int line) {
      if (text.isEmpty()) {
        return Locale.ENGLISH;
      }
      if (!text.matches("[a-z]{2,3}(-[A-Z]{2})?")
          || Arrays.stream(Locale.getISOLanguages())
              .noneMatch(Locale.forLanguageTag(text).getLanguage()::equals)) {
        error(
            line,
            "there is no language “" + Texts.visibleLine(text) + "”",
            "write it like en, de or pt-BR");
        return Locale.ENGLISH;
      }
      return Locale.forLanguageTag(text);
    }

    private void managers() {
      for (var person : people.values()) {
        var manager = person.manager();
        if (manager != null && !lines.containsKey(manager)) {
          error(
              lines.getOrDefault(person.email(), 1),
              "the manager " + manager + " is not in this file",
              Nearest.to(manager, lines.keySet())
                  .map(near -> "did you mean " + near + "?")
                  .orElse("add a line for them"));
        }
        if (cycle(person).isPresent()) {
          error(
              lines.getOrDefault(person.email(), 1),
              "the managers go round in a circle: " + String.join(" → ", cycle(person).get()),
              "leave the field empty for whoever is at the top");
        }
      }
    }

    /** The circle that begins with this person, told once: by the address that sorts first. */
    private Optional<List<String>> cycle(Person person) {
      var path = new ArrayList<String>();
      path.add(person.email());
      for (var above = person.manager(); above != null; ) {
        path.add(above);
        if (above.equals(person.email())) {
          return path.stream().min(String::compareTo).filter(person.email()::equals).map(_ -> path);
        }
        if (path.size() > people.size() + 1) {
          return Optional.empty();
        }
        var next = people.get(above);
        above = next == null ? null : next.manager();
      }
      return Optional.empty();
    }

    private void error(int line, String wrong, String right) {
      findings.add(Finding.error(name, line, wrong, right));
    }
  }
}
