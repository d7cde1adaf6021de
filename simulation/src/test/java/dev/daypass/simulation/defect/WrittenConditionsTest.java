package dev.daypass.simulation.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.daypass.simulation.defect.WrittenConditions.Written;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A condition that is not in the list is one whose loss nobody would notice. */
final class WrittenConditionsTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void eachTextIsACondition() {
    assertThat(in("put.conditionExpression(\"a = :a\").item(x);"))
        .extracting(Written::name, Written::expression)
        .containsExactly(tuple("Any.put", "a = :a"));
  }

  @Test
  void whereAMethodHasSeveralTheyAreNumbered() {
    assertThat(
            in("put.conditionExpression(first ? \"a = :a\" : \"b = :b\"); conditionExpression();"))
        .extracting(Written::name)
        .containsExactly("Any.put", "Any.put#2");
  }

  @Test
  void whatIsHandedOnToAnotherWriteIsOneMore() {
    assertThat(in("other.conditionExpression(put.conditionExpression());"))
        .extracting(Written::isHandedOn)
        .containsExactly(true);
  }

  @Test
  void aConditionThatCannotBeSeenIsRefused() {
    assertThatThrownBy(() -> in("put.conditionExpression(IF_NEW);"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("could be forgotten unseen: IF_NEW");
  }

  @Test
  void conditionsOfKeysAreNone() {
    assertThat(in("query.keyConditionExpression(\"a = :a\");")).isEmpty();
  }

  @Test
  void eachIsMarkedByBlanksOfItsOwn() {
    var conditions = WrittenConditions.of(PROJECT);
    var marked = String.join("", conditions.marked(PROJECT).values());

    assertThat(conditions.all()).hasSizeGreaterThan(10);
    for (int i = 0; i < conditions.all().size(); i++) {
      var written = conditions.all().get(i);
      var blanks = " ".repeat(i + 1);
      assertThat(marked)
          .contains(
              written.isHandedOn()
                  ? written.expression() + ".strip() + \"" + blanks + "\""
                  : "\"" + written.expression() + blanks + "\"");
    }
  }

  @Test
  void theMarkedProgramCompiles() {
    try (var code = DefectiveCode.marked(PROJECT, WrittenConditions.of(PROJECT))) {
      assertThat(code.make("dev.daypass.App", Object.class)).isNotNull();
    }
  }

  private static List<Written> in(String statement) {
    var text = "class Any { void put() { " + statement + " } }";
    return WrittenConditions.in("Any.java", text);
  }
}
