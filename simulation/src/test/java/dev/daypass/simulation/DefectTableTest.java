package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.simulation.DefectTable.Wanted;
import dev.daypass.simulation.Hunt.Answer;
import dev.daypass.simulation.Hunt.Order;
import dev.daypass.simulation.Hunt.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * That the simulation can fail: one defect of each promise and one condition are really made and
 * found. {@code ./daypass defects} does it with all of them.
 */
class DefectTableTest {
  private static final Path PROJECT = Path.of("..");
  private static final Patience WHERE_IT_WAS_FOUND = new Patience(0, 0, 0);

  private static final List<String> SAMPLE =
      List.of(
          "approver-checked-when-asked-only",
          "ours-taken-for-foreign",
          "hash-not-carried-on",
          "version-may-have-grown",
          "revoked-before-the-start-untold",
          "give-back-cancels-the-set-up",
          "only-the-first-explains",
          "owners-of-today-only",
          "without Requests.writeAlone");

  @Test
  void aDefectOfEachPromiseIsFound() {
    var lines = new ArrayList<String>();

    int status =
        new DefectTable(PROJECT, WHERE_IT_WAS_FOUND, lines::add, () -> false)
            .print(new Wanted(SAMPLE, 1, 1), 2);

    assertThat(status).as(String.join("\n", lines)).isZero();
    assertThat(lines.getLast())
        .startsWith("%d defects: %d caught".formatted(SAMPLE.size(), SAMPLE.size()));
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).matches("promise 7 +1 +1 +1 +0 +0 +0"))
        .anySatisfy(line -> assertThat(line).matches("conditions +1 +1 +- +0 +0 +0"));
  }

  /** What the command says of them, and the tests that others are left to. */
  @Test
  void whatIsLeftToATestIsLeftToOneThatExists() throws IOException {
    var elsewhere = DefectTable.properties("elsewhere.properties");
    assertThat(elsewhere).hasSizeGreaterThan(8);
    assertThat(elsewhere.stringPropertyNames())
        .doesNotContainAnyElementsOf(
            DefectTable.properties("equivalent.properties").stringPropertyNames());
    var tests = sources(PROJECT.resolve("local/src/test/java"));
    for (var row : elsewhere.stringPropertyNames()) {
      var words = elsewhere.getProperty(row).split(" ", 2);
      var test = words[0].split("[.]", -1);
      assertThat(words[1]).as(row).isNotBlank();
      assertThat(tests).as(row).containsKey(test[0] + ".java");
      assertThat(tests.get(test[0] + ".java"))
          .as(row)
          .containsPattern("@Test\\s+void " + test[1] + "\\(");
    }
  }

  private static Map<String, String> sources(Path folder) throws IOException {
    var sources = new HashMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return sources;
  }

  /** Its table has a line for each promise; what it adds up to is the list and the conditions. */
  @Test
  void thePageCountsWhatIsInTheList() throws IOException {
    var page = Files.readString(PROJECT.resolve("docs/reliability.md"));
    var names = DefectTable.names(PROJECT);
    long conditions = names.stream().filter(each -> each.startsWith("without ")).count();

    assertThat(page)
        .contains("- %d **deliberate defects**".formatted(names.size() - conditions))
        .contains("| conditions | %d |".formatted(conditions))
        .contains(
            "| %d | %d |"
                .formatted(
                    DefectTable.properties("equivalent.properties").size(),
                    DefectTable.properties("elsewhere.properties").size()));
    for (var row : DefectTable.properties("elsewhere.properties").stringPropertyNames()) {
      var method = row.replaceAll("^without_(any_in_)?|#\\d$", "");
      assertThat(page).as(row).containsPattern("(?m)^\\| `?.*`" + method + "`.*Test");
    }
    assertThat(page).contains("the eighteen lives of `Lives.all`", "and more than a hundred more");
    assertThat(Lives.all()).hasSize(18);
    assertThat(Lives.everyone().size() - Lives.all().size()).isGreaterThan(100);
  }

  @Test
  void theProgramAsItIsIsFoundGuiltyOfNothing() {
    var order = new Order(PROJECT, Set.of(), "plain TARGET IGNORED", new Patience(3, 5, 1));

    var answer = Answer.parse(new Hunt().apply(order.text(), any -> true));

    assertThat(answer.found()).isEmpty();
    assertThat(answer.torn()).isZero();
    assertThat(answer.runs()).isGreaterThan(10);
  }
}
