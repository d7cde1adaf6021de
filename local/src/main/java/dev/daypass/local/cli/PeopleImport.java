package dev.daypass.local.cli;

import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleDifference.Change;
import dev.daypass.runbook.PeopleDifference.Field;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code daypass people import FILE.csv}: makes the directory say what a file says. */
public final class PeopleImport {
  private static final String USAGE =
      """
      usage: daypass people import FILE.csv [--dry-run] [--many-leave]
                             (--people-table NAME [--region REGION] | --local[=http://127.0.0.1:8080])

      Makes the directory say what the file says, and shows the difference first. The file's first
      line is name,email,manager,groups,zone,language, or the same with semicolons or tabs; between
      groups is a semicolon, in quotes where columns have it too. Whoever is missing from the file
      becomes inactive. If any line is wrong, nothing is imported.

        --dry-run             only show the difference
        --many-leave          more than a third of all people may become inactive
        --people-table NAME   the stack's table of people; or the variable PEOPLE_TABLE.
                              Region, credentials and AWS_ENDPOINT_URL as for the AWS CLI
        --local[=URL]         import into a running daypass up
      """;

  private final Map<String, String> env;

  /**
   * @param env the environment's variables: {@code PEOPLE_TABLE}, {@code AWS_ENDPOINT_URL}
   */
  public PeopleImport(Map<String, String> env) {
    this.env = Map.copyOf(env);
  }

  /**
   * Makes the table say exactly who the given people are; everybody else becomes inactive. The seam
   * for a local run, which begins with the sample people.
   */
  public static void load(List<Person> everybody, People people) {
    people.write(PeopleDifference.between(people.everybody(), everybody));
  }

  /**
   * Prints what is wrong, or what changes, and a closing line.
   *
   * @return 0 if imported (or if it could be, with {@code --dry-run}), 1 if not, 2 if the command
   *     was not understood
   */
  public int run(List<String> args, PrintStream out, PrintStream err) {
    if (Options.asksForHelp(args)) {
      out.print(USAGE);
      return 0;
    }
    Options options;
    Tables tables;
    try {
      options =
          Options.of(
              args,
              Stream.concat(Stream.of("people-table"), Tables.WITH_VALUE.stream()).toList(),
              List.of("dry-run", "local", "many-leave"),
              2);
      if (options.words().size() != 2 || !options.words().getFirst().equals("import")) {
        throw new IllegalArgumentException("Please name the file to import.");
      }
      tables = Tables.of(options, env, "people-table", "PEOPLE_TABLE", "daypass-people");
    } catch (IllegalArgumentException unclear) {
      err.println(unclear.getMessage());
      err.print(USAGE);
      return 2;
    }
    var name = options.words().get(1);
    String text;
    try {
      text = Files.readString(Path.of(name));
    } catch (NoSuchFileException missing) {
      err.println("There is no file " + name + ".");
      return 1;
    } catch (CharacterCodingException notText) {
      err.println(name + " is not text in UTF-8: please save it as “CSV UTF-8”.");
      return 1;
    } catch (IOException broken) {
      err.println(name + " cannot be read: " + broken.getMessage());
      return 1;
    }
    try (var dynamo = tables.client(options)) {
      return take(name, text, new People(dynamo, tables.table()), options, out);
    } catch (SdkException failed) {
      err.println(tables.failure(failed));
      err.println(
          options.has("dry-run")
              ? "Nothing was imported (--dry-run)."
              : "If the import had begun, run it again: it carries on where it stopped.");
      return 1;
    }
  }

  private static int take(
      String name, String text, People people, Options options, PrintStream out) {
    var stored = people.everybody();
    var file = PeopleFile.read(text, stored);
    Finding.all(name, file).forEach(out::println);
    if (!file.findings().isEmpty()) {
      out.println("Nothing was imported: please correct the lines first.");
      return 1;
    }
    var difference = PeopleDifference.between(stored, file.people());
    print(difference, out);
    if (options.has("dry-run")) {
      if (!difference.leaving().isEmpty()) {
        out.println(
            "Whether those who become inactive have access now is not looked up here. The page on"
                + " which lists are imported says so before it does anything: /admin/people/import");
      }
      out.println("Nothing was imported (--dry-run).");
      return 0;
    }
    if (difference.manyLeave(stored) && !options.has("many-leave")) {
      out.println(
          "Nothing was imported: more than a third of all people are missing from the file. If they"
              + " have really left, add --many-leave.");
      return 1;
    }
    people.write(difference);
    out.println(difference.isEmpty() ? "Everything is as imported already." : "Imported.");
    return 0;
  }

  private static void print(PeopleDifference difference, PrintStream out) {
    for (var change : difference.changes()) {
      var email = change.after().email();
      out.println(
          switch (change.kind()) {
            case ADDED -> "+ " + email + "  " + change.after().name();
            case CHANGED -> "~ " + email + "  " + String.join(", ", told(change));
            case LEAVING -> "- " + email + "  becomes inactive";
          });
    }
    out.println(
        difference.added().size()
            + " added, "
            + difference.changed().size()
            + " changed, "
            + difference.leaving().size()
            + " inactive, "
            + difference.unchanged()
            + " unchanged");
  }

  /** What is different: {@code manager a@example.com → b@example.com}. */
  private static List<String> told(Change change) {
    var told = new ArrayList<String>();
    change.fields().forEach(field -> told.add(told(field)));
    if (change.comesBack()) {
      told.add("is back");
    }
    return told;
  }

  private static String told(Field field) {
    var none =
        switch (field.column()) {
          case MANAGER -> "nobody";
          case GROUPS -> "none";
          case NAME, ZONE, LANGUAGE -> "";
        };
    return "%s %s → %s"
        .formatted(
            field.column().name().toLowerCase(Locale.ROOT),
            field.before().isEmpty() ? none : field.before(),
            field.after().isEmpty() ? none : field.after());
  }
}
