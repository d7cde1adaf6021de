package dev.daypass.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** All that is wrong with a list is told at once, and nothing that follows from something else. */
class PeopleFileTest {
  private static final String HEADER = "name,email,manager,groups,zone,language\n";

  /** As {@code line: what is wrong}, without what all messages begin with. */
  private static List<String> found(String lines) {
    return PeopleFile.read(HEADER + lines).findings().stream()
        .map(
            finding ->
                finding.line() + ": " + finding.wrong().key().substring("people.wrong.".length()))
        .toList();
  }

  @Test
  void aLineIsLookedAtAgainstTheOthersWhateverElseIsWrongWithIt() {
    assertThat(
            found(
                """
                Ann,ann@example.com,ben@example.com,,Mars,
                Ben,ben@example.com,ann@example.com,,,x
                ,cem@example.com,nobody@example.com,,,
                Cem,cem@example.com,,,,
                """))
        .containsExactly(
            "2: no-zone",
            "2: circle",
            "3: no-language",
            "4: no-name",
            "4: no-such-manager",
            "5: twice");
  }

  @Test
  void whoeverStandsOnAWrongLineIsThereAsAManager() {
    assertThat(found("Ann,ann@example.com,,,Mars,\nBen,ben@example.com,ann@example.com,,,\n"))
        .containsExactly("2: no-zone");
    assertThat(found("Lee, Ann,ann@example.com,,,,\nBen,ben@example.com,ann@example.com,,,\n"))
        .containsExactly("2: fields");
  }

  @Test
  void whoeverMayStandOnALineThatNamesNobodyIsNotToldToBeMissing() {
    var others = "Ben,ben@example.com,ann.lee@example.com,,,\n";
    for (var slip :
        List.of(
            "ann.lee(at)example.com", "ann.lee@example", "ann,lee", "an.lee@example.com;", "")) {
      assertThat(found("Ann,\"" + slip + "\",,,,\n" + others)).as(slip).hasSize(1);
    }
    assertThat(found("Zoe,zoe at home,,,,\n" + others))
        .containsExactly("2: no-address", "3: no-such-manager");
  }

  @Test
  void behindWhatCannotBeReadEverybodyMayStand() {
    assertThat(found("Ann,ann@example.com,ben@example.com,,,\n\"Ben,ben@example.com,,,,\n"))
        .containsExactly("3: unreadable");
  }

  @Test
  void whichOfTwoLinesIsKeptDecidesWhoTheManagerIs() {
    assertThat(
            found(
                """
                Ann,ann@example.com,ben@example.com,,,
                Ben,ben@example.com,ann@example.com,,,
                Ben,ben@example.com,,,,
                """))
        .containsExactly("4: twice");
  }

  @Test
  void whoeverIsTheirOwnManagerIsNoCircleAsWell() {
    assertThat(found("Ann,ann@example.com,ann@example.com,,,\n")).containsExactly("2: own-manager");
  }
}
