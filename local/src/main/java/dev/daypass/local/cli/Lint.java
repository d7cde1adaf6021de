package dev.daypass.local.cli;

import dev.daypass.access.InEnglish;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** {@code daypass lint [DIR] [--people FILE.csv]}: checks runbooks, systems and people. */
public final class Lint {
  private static final String USAGE =
      """
      usage: daypass lint [DIR] [--people FILE.csv]

      Checks the runbooks, systems and people of a directory (runbooks/ if you name none) and prints
      for each mistake: file:line: what is wrong; what would be right. Warnings do not keep you from
      publishing. Ends with 0 if all can be published, else with 1.

        --people FILE.csv   take the people from another file than DIR/people.csv
      """;

  private final InstantSource clock;

  public Lint() {
    this(InstantSource.system());
  }

  /**
   * @param clock on whose day holidays that run out are told
   */
  public Lint(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Prints every finding and a closing line.
   *
   * @return 0 if everything can be published, 1 if not, 2 if the command was not understood
   */
  public int run(List<String> args, PrintStream out, PrintStream err) {
    if (Options.asksForHelp(args)) {
      out.print(USAGE);
      return 0;
    }
    Options options;
    try {
      options = Options.of(args, List.of("people"), List.of(), 1);
    } catch (IllegalArgumentException unclear) {
      err.println(unclear.getMessage());
      err.print(USAGE);
      return 2;
    }
    var dir = options.words().isEmpty() ? PolicyFiles.usual() : Path.of(options.words().getFirst());
    var files =
        PolicyFiles.load(
            dir,
            options.value("people").map(Path::of).orElse(dir.resolve("people.csv")),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    return report(files, out) ? 0 : 1;
  }

  /** Prints the findings and the closing line; true if everything can be published. */
  static boolean report(PolicyFiles files, PrintStream out) {
    files.findings().forEach(out::println);
    long errors =
        files.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
    long warnings = files.findings().size() - errors;
    out.println(
        InEnglish.counted(files.runbooks().size(), "runbook")
            + ", "
            + InEnglish.counted(files.systems().size(), "system")
            + ", "
            + InEnglish.counted(files.people().size(), "person").replace("persons", "people")
            + " read: "
            + (errors == 0 && warnings == 0
                ? "all fine"
                : InEnglish.counted(errors, "error")
                    + ", "
                    + InEnglish.counted(warnings, "warning")
                    + (files.all() ? "" : "; more may be found when these are mended")));
    return errors == 0;
  }
}
