package dev.daypass.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.daypass.fuzz.Check;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import java.util.stream.Collectors;

/** The CSV file of people, as {@code lint} and {@code people import} read it. */
public final class PeopleFuzz {
  private static final LintFolder FOLDER = new LintFolder("people.csv");

  private PeopleFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) {
    var text = new String(data, UTF_8);
    var file = PeopleFile.read(text);
    Finding.all("people.csv", file).forEach(each -> Check.showsOnOneLine(each.toString()));
    var people = file.people();
    if (file.findings().isEmpty()) {
      Check.that(records(text) == people.size() + 1, "nobody is lost without a word");
      FOLDER.with(data);
    }
    for (var person : people) {
      Check.showsOnOneLine(person.name());
      Check.that(person.active(), "whoever is listed is active");
    }
    Check.that(
        people.stream().map(Person::email).distinct().count() == people.size(), "one line each");
    var written =
        people.stream()
            .map(PeopleFuzz::line)
            .collect(Collectors.joining("\n", "name,email,manager,groups,zone,language\n", "\n"));
    var again = PeopleFile.read(written);
    Check.same(again.people(), people, "written and read again");
  }

  private static long records(String text) {
    return CsvReader.builder().ofCsvRecord(text).stream().count();
  }

  private static String line(Person person) {
    var manager = person.manager();
    return "\"%s\",%s,%s,%s,%s,%s"
        .formatted(
            person.name().replace("\"", "\"\""),
            person.email(),
            manager == null ? "" : manager,
            String.join(";", person.groups()),
            person.zone().getId(),
            person.language().toLanguageTag());
  }
}
