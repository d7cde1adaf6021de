package dev.daypass.local.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.fuzz.Check;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.PeopleFile.Separator;
import dev.daypass.runbook.Person;
import java.util.Arrays;
import java.util.List;

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
    bytes(data, file);
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
    for (var separator : Separator.values()) {
      written(people, separator);
    }
  }

  private static void written(List<Person> people, Separator separator) {
    var written = PeopleFile.write(people, separator);
    Check.that(
        separator.reader(written.substring(1)).stream()
            .flatMap(record -> record.getFields().stream())
            .noneMatch(
                field ->
                    !field.isEmpty()
                        && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".indexOf(field.charAt(0)) >= 0),
        "a formula",
        written);
    var again = PeopleFile.read(written);
    Check.same(again.people(), people, "written and read again");
  }

  /** As it is uploaded: bytes that are no text are one finding, on a line that there is. */
  private static void bytes(byte[] data, PeopleFile asText) {
    var uploaded = PeopleFile.read(data, List.of());
    if (Arrays.equals(new String(data, UTF_8).getBytes(UTF_8), data)) {
      Check.same(uploaded, asText, "uploaded or read from a disk");
      return;
    }
    Check.that(uploaded.people().isEmpty(), "somebody of a file that is no text");
    var flaws =
        uploaded.findings().stream()
            .filter(each -> each.wrong().key().equals("people.wrong.not-utf8"))
            .toList();
    Check.that(flaws.size() == 1, "it is told once that it is no text");
    int line = flaws.getFirst().line();
    var before = new String(data, ISO_8859_1).chars().filter(c -> c == '\n').count();
    Check.that(line <= before + 1, "a line that there is not", line);
  }

  private static long records(String text) {
    var list = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return Separator.of(list).reader(list).stream().count();
  }
}
