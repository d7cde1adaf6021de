package dev.daypass.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Said;
import dev.daypass.runbook.PeopleFile.Separator;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aListOfNobodyWouldLockEverybodyOut() {
    assertThat(found("")).containsExactly("1: nobody");
    assertThat(found("\n\n")).containsExactly("1: nobody");
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
        List.of("ann.lee(at)example.com", "ann.lee@example", "ann,lee", "an.lee@example.com;")) {
      assertThat(found("Ann,\"" + slip + "\",,,,\n" + others)).as(slip).hasSize(1);
    }
    assertThat(found("Zoe,zoe at home,,,,\n" + others))
        .containsExactly("2: no-address", "3: no-such-manager");
  }

  @Test
  void aLineWithoutAnAddressHidesNoManagerWhoIsMissing() {
    var file = "Ann,,,,,\nBen,ben@example.com,ghost@example.com,,,\n";
    assertThat(found(file)).containsExactly("2: address-missing", "3: no-such-manager");
    assertThat(rights(file)).contains(Said.of("people.right.no-such-manager.or-unknown"));
  }

  @Test
  void aDomainOfOneWordIsASlipUnlessTheDirectoryHasIt() {
    assertThat(found("Eve,eve@example,,,,\n")).containsExactly("2: no-address");
    var eve =
        new Person("eve@example", "Eve", null, List.of(), ZoneId.of("UTC"), Locale.ENGLISH, true);
    var list = PeopleFile.write(List.of(eve), Separator.COMMA);
    assertThat(PeopleFile.read(list, List.of(eve)).findings()).isEmpty();
  }

  @Test
  void ofAnAddressWithAnUmlautItIsSaidWhichCharacterIsWrong() {
    assertThat(rights("Jörg,jörg.müller@example.com,,,,\n"))
        .containsExactly(Said.of("people.right.address-character", 2, "ö"));
    assertThat(rights("Ann,ann@example.com,chef@müller.example,,,\n"))
        .containsExactly(Said.of("people.right.address-character", 7, "ü"));
    assertThat(rights("Ann,ann\u200b@example.com,,,,\n"))
        .containsExactly(Said.of("people.right.address-character", 4, "U+200B"));
    // Here a character is not all that is wrong.
    for (var other : List.of("jörg", "jörg at home", "jörg müller <j@example.com>")) {
      assertThat(rights("Jörg," + other + ",,,,\n"))
          .containsExactly(Said.of("people.right.address"));
    }
  }

  private static List<Said> rights(String lines) {
    return PeopleFile.read(HEADER + lines).findings().stream()
        .map(PeopleFile.Finding::right)
        .toList();
  }

  @Test
  void whoeverStandsInALineThatCannotBeReadIsThereAsAManager() {
    assertThat(found("Ann,ann@example.com,ben@example.com,,,\n\"Ben,ben@example.com,,,,\n"))
        .containsExactly("3: unreadable");
    assertThat(found("Ann,ann@example.com,ben@example.com,,,\n\"Ben,ben at home,,,,\n"))
        .as("nobody knows who stands there")
        .containsExactly("3: unreadable");
  }

  @Test
  void behindALineThatCannotBeReadTheOthersAreLookedAt() {
    assertThat(
            found(
                """
                Ann,ann@example.com,nobody@example.com,,,
                "Ben,ben@example.com,,,,

                Cem,cem@example.com,ben@example.com,,Mars,
                "Dee,dee@example.com,,,,
                "Lee, Eve",eve@example.com,dee@example.com,,,x
                Fay,fay@example.com,somebody@example.com,,,
                """))
        .containsExactly(
            "2: no-such-manager",
            "3: unreadable",
            "5: no-zone",
            "6: unreadable",
            "7: no-language",
            "8: no-such-manager");
  }

  /** Each costs another look at the rest, which somebody else's file must not make endless. */
  @Test
  void ofVeryManyLinesThatCannotBeReadTheFirstAreTold() {
    var lines = "\"Ben,ben@example.com,,,,\n\"".repeat(30_000);
    assertThat(found(lines + "Ann,ann@example.com,ben@example.com,,,\n")).hasSize(21);
  }

  @Test
  void bytesThatAreNoTextDoNotHideWhatElseIsWrong() {
    var list = HEADER + "Jos\u00e9,jose@example.com,nobody@example.com,,,\n,ann@example.com,,,,\n";
    var read = PeopleFile.read(list.getBytes(StandardCharsets.ISO_8859_1), List.of());
    assertThat(read.findings())
        .extracting(finding -> finding.line() + ": " + finding.wrong().key())
        .containsExactly(
            "2: people.wrong.not-utf8",
            "2: people.wrong.no-such-manager",
            "3: people.wrong.no-name");
    assertThat(read.people()).isEmpty();
    assertThat(PeopleFile.read(list.getBytes(StandardCharsets.UTF_16), List.of()).findings())
        .extracting(finding -> finding.wrong().key())
        .containsExactly("people.wrong.not-utf8");
  }

  @Nested
  class WhatSeparatesTheColumns {
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void isToldByTheFirstLineAndCanStandInQuotes(String separator) {
      var list =
          """
          \uFEFFname|email|manager|groups|zone|language
          "Lee, Ann; the first"|ann@example.com||"support;sales"|Europe/Berlin|de
          Ben|ben@example.com|ann@example.com|||
          """
              .replace("|", separator);
      var read = PeopleFile.read(list);
      assertThat(read.findings()).isEmpty();
      assertThat(read.people()).hasSize(2);
      assertThat(read.people().getFirst().name()).isEqualTo("Lee, Ann; the first");
      assertThat(read.people().getFirst().groups()).containsExactly("sales", "support");
    }

    @Test
    void decidesForTheWholeList() {
      var found =
          PeopleFile.read(
                  "name;email;manager;groups\nAnn;ann@example.com;;a;b\nBen,b@example.com,,\n")
              .findings();
      assertThat(found)
          .extracting(finding -> finding.line() + ": " + finding.right().key())
          .containsExactly("2: people.right.fields.semicolon", "3: people.right.fields.semicolon");
      assertThat(PeopleFile.read("name\temail\tmanager\tgroups\nAnn\n").findings())
          .extracting(finding -> finding.right().key())
          .containsExactly("people.right.fields.tab");
    }

    @Test
    void isInTheFirstLineThatWouldBeRight() {
      var found = PeopleFile.read("name;mail;manager;groups;zone\n").findings();
      assertThat(found)
          .extracting(PeopleFile.Finding::right)
          .contains(Said.of("people.right.first-line", "name;email;manager;groups;zone;language"));
    }
  }

  /** Downloaded and imported again, a list changes nothing, whatever the directory holds. */
  @Nested
  class WhatIsStoredIsTaken {
    private static final Person BEN = person("Ben", "ben@example.com", null);

    private static PeopleFile downloadedAndRead(List<Person> stored) {
      var file = PeopleFile.read(PeopleFile.write(stored, Separator.SEMICOLON), stored);
      assertThat(file.findings()).isEmpty();
      var difference = PeopleDifference.between(stored, file.people());
      assertThat(difference.isEmpty()).isTrue();
      assertThat(difference.groups()).isEmpty();
      return file;
    }

    private static List<String> notices(PeopleFile file) {
      return file.notices().stream()
          .map(notice -> notice.line() + ": " + notice.wrong().key())
          .toList();
    }

    @Test
    void alsoWhoseManagerHasLeft() {
      var ann = person("Ann", "ann@example.com", "ben@example.com");
      assertThat(notices(downloadedAndRead(List.of(ann, BEN.deactivated()))))
          .containsExactly("2: people.wrong.manager-left");
    }

    @Test
    void alsoWhoseManagerNobodyKnows() {
      var ann = person("Ann", "ann@example.com", "nobody@example.com");
      assertThat(notices(downloadedAndRead(List.of(ann))))
          .containsExactly("2: people.wrong.manager-left");
    }

    /** As an import that was stopped half-way can leave it. */
    @Test
    void alsoManagersThatGoRoundInACircle() {
      var ann = person("Ann", "ann@example.com", "ben@example.com");
      var ben = person("Ben", "ben@example.com", "ann@example.com");
      assertThat(notices(downloadedAndRead(List.of(ann, ben))))
          .containsExactly("2: people.wrong.circle");
      var list = PeopleFile.write(List.of(ann, ben), Separator.COMMA);
      assertThat(PeopleFile.read(list, List.of(ann, BEN)).findings())
          .as("a circle that the list makes")
          .hasSize(1);
    }

    @Test
    void whoeverLeavesWithTheListCanStillBeNamedInIt() {
      var list =
          HEADER
              + "Ann,ann@example.com,ben@example.com,,,\nCem,cem@example.com,dee@example.com,,,\n";
      var read = PeopleFile.read(list, List.of(BEN));
      assertThat(notices(read)).containsExactly("2: people.wrong.manager-leaves");
      assertThat(read.findings())
          .extracting(finding -> finding.line() + ": " + finding.wrong().key())
          .containsExactly("3: people.wrong.no-such-manager");
    }
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
    var read =
        PeopleFile.read(
            PeopleFile.write(people, Separator.COMMA).getBytes(StandardCharsets.UTF_8), List.of());
    assertThat(read.findings()).isEmpty();
    assertThat(read.people()).isEqualTo(people);
    var withSemicolons = PeopleFile.write(people, Separator.SEMICOLON);
    assertThat(withSemicolons)
        .startsWith("\uFEFFname;email;manager;groups;zone;language\r\n")
        .contains("\"admins;support\"");
    assertThat(PeopleFile.read(withSemicolons)).isEqualTo(read);
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
    var written = PeopleFile.write(people, Separator.COMMA);
    assertThat(written.lines().flatMap(line -> Stream.of(line.split(","))))
        .noneMatch(field -> field.matches("\"?[=+@\uFF1D\uFF0B\uFF20\uFF0D-].*"))
        .contains("'=cmd@example.com", "'+02:00", "''=x@example.com", "'x@example.com");
    var read = PeopleFile.read(written);
    assertThat(read.findings()).isEmpty();
    assertThat(read.people()).isEqualTo(people);
  }

  /** Whoever opens the list with other settings must not run the second half of a name. */
  @Test
  void aNameWithTheOtherSeparatorDoesNotFallApart() {
    var people =
        List.of(
            person("Ann,=1+1", "ann@example.com", null),
            person("Ben;=1+1", "ben@example.com", null));
    for (var separator : Separator.values()) {
      var written = PeopleFile.write(people, separator);
      assertThat(written.lines().skip(1))
          .satisfiesExactly(
              line -> assertThat(line).startsWith("\"Ann,=1+1\""),
              line -> assertThat(line).startsWith("\"Ben;=1+1\""));
      assertThat(PeopleFile.read(written).people()).isEqualTo(people);
    }
  }

  @Test
  void whoeverIsInactiveIsNotWritten() {
    var left = person("Ann", "ann@example.com", null).deactivated();
    assertThat(PeopleFile.write(List.of(left), Separator.COMMA))
        .isEqualTo("\uFEFFname,email,manager,groups,zone,language\r\n");
  }

  @Test
  void aNameThatBeginsLikeAFormulaIsRefusedBehindAnApostropheToo() {
    assertThat(found("=1+1,ann@example.com,,,,\n'=1+1,ben@example.com,,,,\n"))
        .containsExactly("2: formula", "3: formula");
  }
}
