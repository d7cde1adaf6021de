package dev.daypass.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.mutation.Mutants.Equivalent;
import dev.daypass.mutation.Mutants.Mutant;
import dev.daypass.mutation.Mutants.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutantsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Mutant KILLED = mutant(Status.KILLED, "changed conditional boundary");

  private static final Mutant SURVIVED = mutant(Status.ALIVE, "changed conditional boundary");

  private static Mutant mutant(Status status, String change) {
    return new Mutant(status, "Times.patience", "Times.java:31", "return a > b ? b : a;", change);
  }

  private static Equivalent equivalent(int mutants) {
    return new Equivalent(
        "Times.patience", "a > b", "changed conditional boundary", mutants, "Equal is equal.");
  }

  @Test
  void whatIsKilledIsNoProblem() {
    var slow = mutant(Status.TIMED_OUT, "removed conditional");

    var verdict = Mutants.judge(List.of(KILLED, slow), List.of());

    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.summary())
        .isEqualTo(
            "2 mutants: 2 killed (1 of them because the tests took too long), 0 equivalent, 0 unexplained");
  }

  @Test
  void whatSurvivesIsNamedUnlessItIsArgued() {
    var verdict = Mutants.judge(List.of(KILLED, SURVIVED), List.of());

    assertThat(verdict.problems())
        .containsExactly(
            "Not killed and not argued: Times.java:31, changed conditional boundary:"
                + " return a > b ? b : a;");
    assertThat(verdict.summary())
        .endsWith(
            "1 killed (0 of them because the tests took too long), 0 equivalent, 1 unexplained");
    assertThat(Mutants.judge(List.of(KILLED, SURVIVED), List.of(equivalent(1))).problems())
        .isEmpty();
  }

  @Test
  void anArgumentHoldsForItsOwnPlaceCodeAndChangeOnly() {
    var elsewhere =
        new Mutant(
            Status.ALIVE, "Times.earlier", "Times.java:36", SURVIVED.code(), SURVIVED.change());
    var otherCode =
        new Mutant(Status.ALIVE, SURVIVED.where(), "Times.java:30", "a < b", SURVIVED.change());

    for (var other : List.of(elsewhere, otherCode, mutant(Status.ALIVE, "negated conditional"))) {
      assertThat(Mutants.judge(List.of(SURVIVED, other), List.of(equivalent(1))).problems())
          .hasSize(1);
    }
  }

  @Test
  void anArgumentForAnyPlaceHoldsEverywhere() {
    var any = new Equivalent("any", "a > b", "changed", 1, "Equal is equal.");

    assertThat(Mutants.judge(List.of(SURVIVED), List.of(any)).problems()).isEmpty();
  }

  @Test
  void oneMoreOrOneLessThanWasArguedIsAProblem() {
    assertThat(Mutants.judge(List.of(SURVIVED, SURVIVED), List.of(equivalent(1))).problems())
        .containsExactly(
            "The table has 1 and PIT leaves 2 of these:"
                + " Times.patience, \"a > b\": changed conditional boundary");
    assertThat(Mutants.judge(List.of(KILLED), List.of(equivalent(1))).problems()).hasSize(1);
  }

  @Test
  void aRunThatChangedNothingShowsNothing() {
    assertThat(Mutants.judge(List.of(), List.of()).problems()).hasSize(1);
  }

  @Test
  void theReportOfPitIsRead() throws IOException {
    var report =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <mutations partial="true">
        <mutation detected='false' status='NO_COVERAGE' numberOfTestsRun='0'><sourceFile>Request.java</sourceFile><mutatedClass>dev.daypass.access.Request$Active</mutatedClass><mutatedMethod>given</mutatedMethod><lineNumber>1</lineNumber><description>removed call to java/util/Optional::&lt;init&gt;</description></mutation>
        </mutations>
        """;

    assertThat(
            Mutants.reported(
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)), SOURCES))
        .containsExactly(
            new Mutant(
                Status.ALIVE,
                "Request.Active.given",
                "Request.java:1",
                "package dev.daypass.access;",
                "removed call to java/util/Optional::<init>"));
  }

  @Test
  void aRowThatIsNotWholeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Mutants.table(
                    """
                    | where | code | change | mutants | why nothing changes |
                    |---|---|---|---|---|
                    | any | 1 |
                    """));
  }

  @Test
  void whatTheDocumentArguesIsStillInTheCode() throws IOException {
    var table = Mutants.table(Files.readString(Path.of("../docs/reliability-mutation.md")));

    assertThat(table).isNotEmpty();
    for (var row : table) {
      var place = row.where().equals("any") ? "*" : row.where().replaceFirst("[.$].*", "");
      try (var files =
          Files.newDirectoryStream(SOURCES.resolve("dev/daypass/access"), place + ".java")) {
        assertThat(files)
            .as(row.toString())
            .anyMatch(file -> read(file).lines().anyMatch(line -> line.contains(row.code())));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
