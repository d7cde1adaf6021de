package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to whoever calls the commands. */
class MainTest {
  private static final Path PROJECT = Path.of("..");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Path project, boolean stop, String arguments) {
    return new Main(
            project,
            () -> stop,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments.split(" ", -1)));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chaos --minutes 999999999999 | --minutes is a whole number from 1 to 1440, not "999999999999"
          chaos --minutes 0 | --minutes is a whole number from 1 to 1440, not "0"
          chaos --seed 99999999999999999999 | --seed is a whole number from 0 to 9223372036854775807
          chaos --life history-1234567890123456789 | a whole number from 0, of 18 digits at most
          chaos --life nosuch | there is no life "nosuch"
          chaos --life plain --faults 1:NONE | not a fault: "1:NONE"
          faults --life nosuch | there is no life "nosuch"
          faults --life plian | there is no life "plian"; did you mean plain?
          faults plain | "plain" is no option here; did you mean --life plain?
          faults --life plain --life denied | --life stands there twice
          faults --minutes 1 | "--minutes" is no option here; there are: --life
          defects --lives 4294967296 | --lives is a whole number from 0 to 2147483647, not "4294967296"
          defects --workers 65 | --workers is a whole number from 1 to 64, not "65"
          defects --part 5/4 | --part looks like 1/4, one of four, not "5/4"
          defects --only , | --only names no defect
          defects --only lock,nosuch | no defect has "nosuch" in its name
          defects --only negative-buckt | do you mean one of negative-bucket
          defects --only negative-bucket --part 2/2 | --part 2/2 of what --only names is empty
          """)
  void aMistakeIsToldInOneSentenceWithTheCommandThatExplains(String arguments, String told) {
    assertThat(run(PROJECT, false, arguments)).isEqualTo(2);
    assertThat(err())
        .contains(told)
        .endsWith(
            "./daypass %s --help shows how it is called.%n".formatted(arguments.split(" ", -1)[0]))
        .hasLineCount(2);
    assertThat(out()).isEmpty();
  }

  /** As where a variable of a script is not set. */
  @Test
  void nothingIsNoValue() {
    assertThat(run(PROJECT, false, "faults --life ")).isEqualTo(2);
    assertThat(err()).startsWith("--life needs a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chaos -h", "faults --help", "defects --only x -h"})
  void eachCommandExplainsItself(String arguments) throws IOException {
    assertThat(run(PROJECT, false, arguments)).isZero();
    assertThat(out())
        .isEqualTo(
            Files.readString(
                PROJECT.resolve("simulation/src/main/resources/dev/daypass/simulation/help.txt")))
        .contains("./daypass " + arguments.split(" ", -1)[0]);
  }

  @Test
  void whatBreaksOffIsNamedAndEndsTheCommand(@TempDir Path empty) {
    assertThat(run(empty, false, "chaos --minutes 1")).isEqualTo(1);
    assertThat(err()).startsWith("./daypass chaos --minutes 1 broke off: ");
  }

  /** The first run that breaks off is told like what it finds, and ends all, an hour before. */
  @Test
  void chaosEndsWithTheFirstRunThatBreaksOff(@TempDir Path project) throws IOException {
    withARefusedWorkflow(project);

    assertThat(run(project, false, "chaos --minutes 60 --seed 7")).isEqualTo(1);
    assertThat(out())
        .containsPattern("./daypass chaos --life [a-z0-9-]+ --seed 1\n +life: it broke off: ")
        .containsPattern("[12] in which a promise was not kept or that broke off, see above");
  }

  @Test
  void faultsNameTheLifeThatBreaksOff(@TempDir Path project) throws IOException {
    withARefusedWorkflow(project);

    assertThat(run(project, false, "faults --life plain")).isEqualTo(1);
    assertThat(err()).contains("the life plain is broken", "./daypass chaos --life plain --seed 1");
  }

  private static void withARefusedWorkflow(Path project) throws IOException {
    for (var part : List.of("template.yaml", "statemachine", "runbooks")) {
      try (var files = Files.walk(PROJECT.resolve(part))) {
        for (var file : files.toList()) {
          Files.copy(file, project.resolve(PROJECT.relativize(file).toString()));
        }
      }
    }
    var machine = project.resolve("statemachine/access.asl.json");
    Files.writeString(
        machine, Files.readString(machine).replace("\"StartAt\": \"Look\"", "\"StartAt\": \"No\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chaos --minutes 60 | 0 lives lived in
          faults --life plain | 0 single faults tried in
          defects --only negative-bucket | 0 defects of 1: 0 caught
          """)
  void whoStopsItIsToldWhatWasDoneSoFar(String arguments, String told) {
    run(PROJECT, true, arguments);

    assertThat(out())
        .contains(told)
        .endsWith("Stopped before its end; this is what was done so far.\n");
  }
}
