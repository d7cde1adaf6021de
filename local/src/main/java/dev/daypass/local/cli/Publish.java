package dev.daypass.local.cli;

import dev.daypass.access.Texts;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code daypass publish [DIR]}: checks the policies of a directory and makes them the ones that
 * hold.
 */
public final class Publish {
  private static final String USAGE =
      """
      usage: daypass publish [DIR] --publisher EMAIL [--people FILE.csv]
                             (--table NAME [--people-table NAME] [--region REGION] | --local[=http://127.0.0.1:8080])
             daypass publish [DIR] --dry-run [--publisher EMAIL] [--people FILE.csv] (--table NAME … | --local…)

      Checks the runbooks and systems of a directory (runbooks/ if you name none), stores what is new
      or changed as new versions, and makes exactly these hold. All at once, or nothing.

        --dry-run           only say what would change
        --publisher EMAIL   who publishes: you, as the imported list of people has you; kept with
                            every version. Nobody gets access by a rule of their own.
        --people FILE.csv   check against other people than those of DIR/people.csv
        --table NAME        the stack's table of policies; or the variable POLICIES_TABLE.
                            Region, credentials and AWS_ENDPOINT_URL as for the AWS CLI
        --people-table NAME the stack's table of people; or the variable PEOPLE_TABLE. Without it,
                            the table of policies with -people in place of -policies
        --local[=URL]       publish to a running daypass up
      """;

  private final Map<String, String> env;
  private final InstantSource clock;

  /**
   * @param env the environment's variables: {@code POLICIES_TABLE}, {@code PEOPLE_TABLE}, {@code
   *     AWS_ENDPOINT_URL}
   */
  public Publish(Map<String, String> env, InstantSource clock) {
    this.env = Map.copyOf(env);
    this.clock = clock;
  }

  /**
   * Prints findings, what changes, and a closing line.
   *
   * @return 0 if published (or if it could be, with {@code --dry-run}), 1 if not, 2 if the command
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
              Stream.concat(
                      Stream.of("table", "people-table", "people", "publisher"),
                      Tables.WITH_VALUE.stream())
                  .toList(),
              List.of("dry-run", "local"),
              1);
      tables = Tables.of(options, env, "table", "POLICIES_TABLE", "daypass-policies");
    } catch (IllegalArgumentException unclear) {
      err.println(unclear.getMessage());
      err.print(USAGE);
      return 2;
    }
    var dir = options.words().isEmpty() ? PolicyFiles.usual() : Path.of(options.words().getFirst());
    var files =
        PolicyFiles.load(
            dir, options.value("people").map(Path::of).orElse(dir.resolve("people.csv")));
    if (!Lint.report(files, out)) {
      out.println("Nothing was published: please correct the errors first.");
      return 1;
    }
    try (var dynamo = tables.client(options)) {
      var people = new People(dynamo, tables.people(options, env)).directory();
      var objection = objection(options, people, files.people());
      if (objection.isPresent()) {
        err.println(objection.get());
        err.println("Nothing was published.");
        return 2;
      }
      return publish(
          files,
          options,
          new Publisher(
              new Policies(dynamo, tables.table()),
              clock,
              publisher -> people.person(publisher(publisher)).isPresent()),
          out);
    } catch (Publisher.PublishedMeanwhile race) {
      err.println(race.getMessage());
      return 1;
    } catch (SdkException failed) {
      err.println(tables.failure(failed));
      err.println("Nothing was published.");
      return 1;
    }
  }

  /** Why nobody can publish under this name; empty if somebody can, or nobody need. */
  private static Optional<String> objection(
      Options options, Directory people, List<Person> fromFile) {
    var name = options.value("publisher").map(Publish::publisher).filter(each -> !each.isEmpty());
    if (name.isEmpty()) {
      return options.has("dry-run")
          ? Optional.empty()
          : Optional.of(
              "Who publishes? Say --publisher and your address, as the list of people has it.");
    }
    if (people.active(name.get()).isPresent()) {
      return Optional.empty();
    }
    var imported =
        fromFile.stream().map(Person::email).filter(each -> people.active(each).isPresent());
    return Optional.of(
        "--publisher: "
            + Texts.visibleLine(name.get())
            + " is nobody in the list of people"
            + Nearest.to(name.get(), imported.toList())
                .map(near -> "; do you mean " + near + "?")
                .orElse(". It is what daypass people import has imported."));
  }

  private static String publisher(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private int publish(PolicyFiles files, Options options, Publisher publisher, PrintStream out) {
    if (options.has("dry-run")) {
      var preview = publisher.preview(files);
      preview.changes().forEach(out::println);
      out.println(preview.summary() + ". Nothing was published (--dry-run).");
      return 0;
    }
    var name = publisher(options.value("publisher").orElseThrow());
    var publication = publisher.publish(files, name);
    publication.changes().forEach(out::println);
    out.println(
        publication.summary()
            + (publication.changesSomething()
                ? ". Published by " + name + "; it holds within a minute."
                : ". Everything is as published already."));
    return 0;
  }
}
