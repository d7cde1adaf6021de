package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.simulation.DefectTable.Wanted;
import dev.daypass.simulation.Hunt.Answer;
import dev.daypass.simulation.Hunt.Order;
import dev.daypass.simulation.Hunt.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        new DefectTable(PROJECT, WHERE_IT_WAS_FOUND, lines::add).print(new Wanted(SAMPLE, 1, 1), 2);

    assertThat(status).as(String.join("\n", lines)).isZero();
    assertThat(lines.getLast())
        .startsWith("%d defects: %d caught".formatted(SAMPLE.size(), SAMPLE.size()));
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
