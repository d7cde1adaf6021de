package dev.daypass.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  private static Person person(
      String name, String email, @Nullable String manager, String... groups) {
    return new Person(
        email, name, manager, List.of(groups), ZoneId.of("Europe/Berlin"), Locale.GERMAN, true);
  }

  @Test
  void whatIsWrittenReadsAsTheSamePeople() {
    var people =
        List.of(
            person("Ann \"the first\" O'Lee, junior", "ann@example.com", null),
            person("Zoë Müller", "zoe@example.com", "ann@example.com", "support", "admins"),
            person("'Abd al-Karim", "abd@example.com", "zoe@example.com", "support"));
    var read = PeopleFile.read(PeopleFile.write(people).getBytes(StandardCharsets.UTF_8));
    assertThat(read.findings()).isEmpty();
    assertThat(read.people()).isEqualTo(people);
  }

  @Test
  void nothingThatASpreadsheetRunsStandsInAFieldAndAllOfItComesBack() {
    var odd =
        new Person(
            "=cmd@example.com",
            "\uFF1D1+1",
            "+49@example.com",
            List.of(),
            ZoneId.of("+02:00"),
            Locale.ENGLISH,
            true);
    var people =
        List.of(
            odd,
            person("Minus", "-@example.com", "=cmd@example.com"),
            person("Plus", "+49@example.com", null),
            person("Apostrophe", "'=x@example.com", "''-y@example.com"),
            person("Apostrophes", "''-y@example.com", null),
            person("Harmless", "'x@example.com", null));
    var written = PeopleFile.write(people);
    assertThat(written.lines().flatMap(line -> Stream.of(line.split(","))))
        .noneMatch(field -> field.matches("\"?[=+@\uFF1D\uFF0B\uFF20\uFF0D-].*"))
        .contains("'=cmd@example.com", "'+02:00", "''=x@example.com", "'x@example.com");
    var read = PeopleFile.read(written);
    assertThat(read.findings()).isEmpty();
    assertThat(read.people()).isEqualTo(people);
  }

  @Test
  void whoeverIsInactiveIsNotWritten() {
    var left = person("Ann", "ann@example.com", null).deactivated();
    assertThat(PeopleFile.write(List.of(left)))
        .isEqualTo("\uFEFFname,email,manager,groups,zone,language\r\n");
  }

  @Test
  void aNameThatBeginsLikeAFormulaIsRefusedBehindAnApostropheToo() {
    assertThat(found("=1+1,ann@example.com,,,,\n'=1+1,ben@example.com,,,,\n"))
        .containsExactly("2: formula", "3: formula");
  }
}
