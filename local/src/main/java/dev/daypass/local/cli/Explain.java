package dev.daypass.local.cli;

import dev.daypass.access.Plan;
import dev.daypass.access.Texts;
import dev.daypass.runbook.AutoApproval;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Check;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.words.Chain;
import dev.daypass.words.Moment;
import dev.daypass.words.Speech;
import dev.daypass.words.Upcoming;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code daypass explain PERSON RUNBOOK}: why somebody may or may not ask, who would be asked, and
 * when.
 */
public final class Explain {
  private static final String USAGE =
      """
      usage: daypass explain PERSON RUNBOOK [DIR] [--people FILE.csv] [--by PERSON] [--on TIME] [--duration PT2H]
             daypass explain PERSON RUNBOOK (--local[=http://127.0.0.1:8080] | --table NAME …) [--by PERSON] [--on TIME] [--duration PT2H]

      Says whether PERSON (an email address) may ask with RUNBOOK (its id), rule by rule, who would
      be asked and when: by the very rules that are asked when somebody does. It goes by the files of
      a directory (runbooks/ if you name none), or by what is published. Nothing is sent or stored.

        --by PERSON         as if that person (an email address) asked for PERSON
        --on TIME           as if it were asked then: 2026-12-24T09:00 or 2026-12-24, by the clock
                            of PERSON; now, if you say nothing
        --duration PT2H     for so long; the runbook's default, if you say nothing
        --people FILE.csv   take the people from another file than DIR/people.csv
        --local[=URL]       go by what is published in a running daypass up
        --table NAME        go by what is published in the stack's table of policies. Region,
                            credentials and AWS_ENDPOINT_URL as for the AWS CLI
        --people-table NAME the stack's table of people. Without it, the table of policies with
                            -people in place of -policies

      Ends with 0 if PERSON may ask, with 1 if not, with 2 if there is nothing to say.
      """;

  /** The publisher of what is only in files. */
  private static final String NOBODY_YET = "files";

  /** What the answer goes by. */
  private record Known(Catalog catalog, Directory directory, Collection<String> people) {}

  private final Map<String, String> env;
  private final InstantSource clock;

  /**
   * @param env the environment's variables: {@code AWS_ENDPOINT_URL}
   */
  public Explain(Map<String, String> env, InstantSource clock) {
    this.env = Map.copyOf(env);
    this.clock = clock;
  }

  /**
   * Prints what is to be said.
   *
   * @return 0 if the person may ask, 1 if not, 2 if the command was not understood, or nobody and
   *     nothing of that name is known
   */
  public int run(List<String> args, PrintStream out, PrintStream err) {
    if (Options.asksForHelp(args)) {
      out.print(USAGE);
      return 0;
    }
    Options options;
    Optional<Duration> duration;
    try {
      options =
          Options.of(
              args,
              Stream.concat(
                      Stream.of("by", "on", "duration", "people", "table", "people-table"),
                      Tables.WITH_VALUE.stream())
                  .toList(),
              List.of("local"),
              3);
      if (options.words().size() < 2) {
        throw new IllegalArgumentException("Please name a person and a runbook.");
      }
      if (isPublished(options)
          && (options.words().size() > 2 || options.value("people").isPresent())) {
        throw new IllegalArgumentException(
            "Either the files of a directory, or what is published: not both.");
      }
      duration = options.value("duration").map(Explain::duration);
    } catch (IllegalArgumentException unclear) {
      err.println(unclear.getMessage());
      err.print(USAGE);
      return 2;
    }
    return known(options, out, err)
        .map(known -> explain(known, options, duration, out, err))
        .orElse(2);
  }

  private static boolean isPublished(Options options) {
    return options.has("local")
        || options.value("local").isPresent()
        || options.value("table").isPresent();
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException garbled) {
      throw new IllegalArgumentException(
          "--duration: "
              + Texts.visibleLine(text)
              + " is no duration; "
              + IsoDuration.meant(text)
                  .map(meant -> "do you mean " + meant + "?")
                  .orElse("write PT30M, PT4H or P1D."),
          garbled);
    }
  }

  // What it goes by

  private Optional<Known> known(Options options, PrintStream out, PrintStream err) {
    if (!isPublished(options)) {
      return inFiles(options, out, err);
    }
    var tables = Tables.of(options, env, "table", "POLICIES_TABLE", "daypass-policies");
    try (var dynamo = tables.client(options)) {
      var people = new People(dynamo, tables.people(options, env)).everybody().stream().toList();
      return Optional.of(known(new Policies(dynamo, tables.table()).catalog(), people));
    } catch (SdkException failed) {
      err.println(tables.failure(failed));
      return Optional.empty();
    }
  }

  private Optional<Known> inFiles(Options options, PrintStream out, PrintStream err) {
    var dir = options.words().size() > 2 ? Path.of(options.words().get(2)) : PolicyFiles.usual();
    var files =
        PolicyFiles.load(
            dir, options.value("people").map(Path::of).orElse(dir.resolve("people.csv")));
    if (!files.isPublishable()) {
      Lint.report(files, out);
      err.println("Please correct the errors first.");
      return Optional.empty();
    }
    return Optional.of(
        known(
            new Catalog(
                published(files.runbooks(), Runbook::id),
                published(files.systems(), TargetSystem::id)),
            files.people()));
  }

  /** As it would be published now. */
  private <T> Map<String, Published<T>> published(List<T> policies, Function<T, String> id) {
    return policies.stream()
        .collect(
            Collectors.toMap(
                id, each -> new Published<>(each, 1, "", NOBODY_YET, clock.instant())));
  }

  private static Known known(Catalog catalog, List<Person> people) {
    return new Known(catalog, Directory.of(people), people.stream().map(Person::email).toList());
  }

  // What is said

  private int explain(
      Known known, Options options, Optional<Duration> duration, PrintStream out, PrintStream err) {
    var email = options.words().get(0);
    var id = options.words().get(1);
    var person = known.directory().person(email);
    var asker = options.value("by").orElse(email);
    var by = known.directory().person(asker);
    var runbook = known.catalog().runbook(id);
    var on =
        options
            .value("on")
            .map(text -> person.flatMap(each -> Moment.of(text, each.zone())))
            .orElseGet(() -> Optional.of(clock.instant()));
    var unknown = new ArrayList<String>();
    if (person.isEmpty()) {
      unknown.add(nothing("Nobody in the list of people has the address ", email, known.people()));
    }
    if (by.isEmpty() && options.value("by").isPresent()) {
      unknown.add(nothing("Nobody in the list of people has the address ", asker, known.people()));
    }
    if (runbook.isEmpty()) {
      unknown.add(nothing("There is no runbook ", id, known.catalog().runbooks().keySet()));
    }
    if (person.isPresent() && on.isEmpty()) {
      unknown.add(
          "--on: "
              + Texts.visibleLine(options.value("on").orElse(""))
              + " is no day or time; write 2026-12-24 or 2026-12-24T09:00.");
    }
    if (!unknown.isEmpty()) {
      unknown.forEach(err::println);
      return 2;
    }
    return explain(
        known,
        person.orElseThrow(),
        by.orElseThrow(),
        runbook.orElseThrow(),
        on.orElseThrow(),
        duration,
        out);
  }

  private static String nothing(String what, String word, Collection<String> known) {
    return what
        + Texts.visibleLine(word)
        + Nearest.to(word, known).map(near -> "; do you mean " + near + "?").orElse(".");
  }

  private static int explain(
      Known known,
      Person person,
      Person by,
      Published<Runbook> published,
      Instant on,
      Optional<Duration> duration,
      PrintStream out) {
    var runbook = published.policy();
    var explanation =
        Planner.explain(
            known.catalog(),
            known.directory(),
            Past.UNKNOWN,
            runbook.id(),
            person.email(),
            by.email(),
            duration);
    var speech = Speech.inMail(Locale.ENGLISH, person.zone());
    var forWhom = by.equals(person) ? "" : " for " + person.name();
    if (runbook.limits() != null) {
      out.println(
          "How often they have asked already is not known here, so its limits are not looked at;"
              + " the page /explain does.");
    }
    return switch (explanation.planning()) {
      case Planning.Planned(var plan, var asked, _, _) -> {
        out.println(
            by.name()
                + " may ask for “"
                + runbook.title()
                + "”"
                + forWhom
                + ", in the words that they would read:");
        print(explanation.checks(), speech, out);
        atOnce(known.directory(), person, by, published, asked, on, speech, out);
        emergency(known, person, by, runbook, speech, out);
        out.println();
        out.println("Asked " + at(on, speech) + " for " + speech.duration(asked) + ":");
        print(plan, on, known.directory(), speech, out);
        yield 0;
      }
      case Planning.Refused _ -> {
        out.println(
            by.name()
                + " may not ask for “"
                + runbook.title()
                + "”"
                + forWhom
                + ", in the words that they would read:");
        print(explanation.checks(), speech, out);
        emergency(known, person, by, runbook, speech, out);
        explanation
            .plan()
            .ifPresent(
                plan -> {
                  out.println();
                  out.println("Who would be asked otherwise, " + at(on, speech) + ":");
                  print(plan, on, known.directory(), speech, out);
                });
        yield 1;
      }
    };
  }

  /**
   * The rules that approve at once. What the person had before is not known here, nor what they
   * type; for how long is.
   */
  private static void atOnce(
      Directory directory,
      Person person,
      Person by,
      Published<Runbook> runbook,
      Duration asked,
      Instant on,
      Speech speech,
      PrintStream out) {
    var wish = new AutoApproval.Wish(person, by.email(), asked, "", on);
    for (var rule : new AutoApproval(directory, Past.UNKNOWN).weigh(runbook, wish)) {
      out.println();
      out.println("Approved at once by the rule “" + rule.rule() + "”, if all of this holds:");
      for (var condition : rule.conditions()) {
        boolean known =
            switch (condition.about()) {
              case THE_PAST, THE_TICKET -> false;
              case THE_PUBLISHER -> !runbook.publisher().equals(NOBODY_YET);
              case THE_PERSON, THE_DURATION, THE_TIME -> true;
            };
        out.println(
            (known ? condition.holds() ? "  yes  " : "  no   " : "  ?    ")
                + speech.say(condition.said()));
      }
    }
  }

  /** Whether they may take it without asking, where the runbook lets anybody. */
  private static void emergency(
      Known known, Person person, Person by, Runbook runbook, Speech speech, PrintStream out) {
    // An emergency is taken by people for themselves only.
    if (runbook.breakGlass() == null || !by.equals(person)) {
      return;
    }
    out.println();
    out.println("In an emergency, without asking, if all of this holds:");
    print(
        Planner.emergency(
                known.catalog(), known.directory(), Past.UNKNOWN, runbook.id(), person.email())
            .checks(),
        speech,
        out);
  }

  private static void print(List<Check> checks, Speech speech, PrintStream out) {
    checks.forEach(
        check ->
            out.println((check.satisfied() ? "  yes  " : "  no   ") + speech.say(check.said())));
  }

  private static void print(
      Plan plan, Instant on, Directory directory, Speech speech, PrintStream out) {
    var steps =
        Chain.steps(
            plan.stages(),
            plan.systemTitle(),
            plan.hours(),
            on,
            email -> directory.person(email).map(Person::name).orElse(email));
    for (int i = 0; i < steps.size(); i++) {
      out.println("  " + (i + 1) + ". " + speech.sayCapital(steps.get(i).title()));
      for (Upcoming one : steps.get(i).sentences()) {
        out.println("     - " + speech.say(one.what()));
        if (one.at() != null) {
          out.println("       " + at(one.at(), speech));
        }
      }
    }
    out.println(
        "Each further step opens when the one before has said yes. The access begins with the last"
            + " yes.");
  }

  /** By the clock of the person, with the instant itself. */
  private static String at(Instant instant, Speech speech) {
    return speech.full(instant) + " (" + speech.exact(instant) + ")";
  }
}
