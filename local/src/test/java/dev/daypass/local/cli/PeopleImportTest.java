package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PeopleImportTest {
  @RegisterExtension static final RealTables TABLES = new RealTables();

  private static final String COMPANY =
      """
      name,email,manager,groups,zone,language
      Noor Haddad,noor@example.com,,leadership,Europe/Berlin,en
      Lena Fischer,lena@example.com,noor@example.com,support;support-leads,Europe/Berlin,de
      Amara Okafor,amara@example.com,lena@example.com,support,Europe/London,en
      Diego Ramírez,diego@example.com,lena@example.com,support,America/Mexico_City,es
      """;

  @TempDir private Path dir;

  private People people;
  private int code;

  @BeforeEach
  void open() {
    people = new People(TABLES.client(), RealTables.PEOPLE);
  }

  @Test
  void theFirstImportAddsEverybody() {
    assertThat(take(COMPANY))
        .containsExactly(
            "+ amara@example.com  Amara Okafor",
            "+ diego@example.com  Diego Ramírez",
            "+ lena@example.com  Lena Fischer",
            "+ noor@example.com  Noor Haddad",
            "4 added, 0 changed, 0 inactive, 0 unchanged",
            "Imported.");
    assertThat(code).isZero();
    assertThat(people.person("diego@example.com"))
        .contains(
            new Person(
                "diego@example.com",
                "Diego Ramírez",
                "lena@example.com",
                List.of("support"),
                ZoneId.of("America/Mexico_City"),
                Locale.of("es"),
                true));
    assertThat(members("support"))
        .containsExactly("amara@example.com", "diego@example.com", "lena@example.com");
  }

  @Test
  void theSameFileAgainChangesNothing() {
    take(COMPANY);
    assertThat(take(COMPANY))
        .containsExactly(
            "0 added, 0 changed, 0 inactive, 4 unchanged", "Everything is as imported already.");
  }

  @Test
  void aChangeIsShownFieldByField() {
    take(COMPANY);
    assertThat(
            take(
                COMPANY.replace(
                    "amara@example.com,lena@example.com,support,",
                    "amara@example.com,noor@example.com,sales,")))
        .containsExactly(
            "~ amara@example.com  manager lena@example.com → noor@example.com, groups support →"
                + " sales",
            "0 added, 1 changed, 0 inactive, 3 unchanged",
            "Imported.");
    assertThat(members("support")).containsExactly("diego@example.com", "lena@example.com");
    assertThat(members("sales")).containsExactly("amara@example.com");
  }

  @Test
  void whoIsMissingBecomesInactiveAndIsNotForgotten() {
    take(COMPANY);
    assertThat(take(COMPANY.replaceAll("Diego.*\n", "")))
        .containsExactly(
            "- diego@example.com  becomes inactive",
            "0 added, 0 changed, 1 inactive, 3 unchanged",
            "Imported.");
    assertThat(people.person("diego@example.com").orElseThrow().active()).isFalse();
    assertThat(members("support")).containsExactly("amara@example.com", "lena@example.com");
  }

  @Test
  void aManagerWhoLeavesIsSomethingToLookAt() {
    take(COMPANY);
    var withoutLena = COMPANY.replaceAll("Lena.*\n", "");
    assertThat(take(withoutLena))
        .containsSequence(
            "people.csv:3: warning: the manager lena@example.com is not in this file and becomes"
                + " inactive; name whoever has taken over; until then no manager can decide for"
                + " this person")
        .endsWith("0 added, 0 changed, 1 inactive, 3 unchanged", "Imported.");
    assertThat(take(withoutLena))
        .anyMatch(
            line ->
                line.startsWith(
                    "people.csv:3: warning: the manager lena@example.com is not active"))
        .endsWith(
            "0 added, 0 changed, 0 inactive, 3 unchanged", "Everything is as imported already.");
    assertThat(code).isZero();
  }

  @Test
  void whoComesBackIsActiveAgain() {
    take(COMPANY);
    take(COMPANY.replaceAll("Diego.*\n", ""));
    assertThat(take(COMPANY)).contains("~ diego@example.com  is back");
    assertThat(members("support")).contains("diego@example.com");
  }

  @Test
  void aGroupThatNobodyIsInAnyMoreIsEmpty() {
    take(COMPANY);
    take(COMPANY.replace("leadership", "board"));
    assertThat(members("leadership")).isEmpty();
    assertThat(members("board")).containsExactly("noor@example.com");
  }

  @Test
  void aDryRunSaysWhereItIsSeenWhatWhoeverLeavesHas() {
    take(COMPANY);
    var without =
        COMPANY.lines().filter(line -> !line.contains("amara@")).collect(Collectors.joining("\n"));
    assertThat(take(without, "--dry-run"))
        .contains("- amara@example.com  becomes inactive")
        .anyMatch(line -> line.endsWith("says so before it does anything: /admin/people/import"));
    assertThat(take(COMPANY, "--dry-run")).noneMatch(line -> line.contains("/admin/people"));
  }

  @Test
  void aDryRunShowsTheDifferenceAndWritesNothing() {
    assertThat(take(COMPANY, "--dry-run"))
        .contains("+ amara@example.com  Amara Okafor")
        .last()
        .isEqualTo("Nothing was imported (--dry-run).");
    assertThat(TABLES.count(RealTables.PEOPLE)).isZero();
  }

  @Test
  void aFileThatLostMostPeopleIsNotTaken() {
    take(COMPANY);
    var top = COMPANY.lines().limit(2).toList();
    var lost = String.join("\n", top);

    assertThat(take(lost))
        .last()
        .isEqualTo(
            "Nothing was imported: more than a third of all people are missing from the file. If"
                + " they have really left, add --many-leave.");
    assertThat(code).isEqualTo(1);
    assertThat(people.person("amara@example.com").orElseThrow().active()).isTrue();

    assertThat(take(lost, "--many-leave")).last().isEqualTo("Imported.");
  }

  @Test
  void anInterruptedImportIsFinishedByTheNext() {
    take(COMPANY);
    // As if the last import had died after the groups and before the people.
    people.putGroup("support", List.of("noor@example.com"));
    people.put(people.person("amara@example.com").orElseThrow().deactivated());

    take(COMPANY);

    assertThat(members("support"))
        .containsExactly("amara@example.com", "diego@example.com", "lena@example.com");
  }

  @Test
  void aGroupOfManyIsReadWhole() {
    var crowd = new StringBuilder("name,email,manager,groups\n");
    for (int i = 0; i < 230; i++) {
      crowd.append("Member %d,member%d@example.com,,crowd%n".formatted(i, i));
    }
    take(crowd.toString());

    assertThat(people.directory().group("crowd")).hasSize(230);
    assertThat(people.everybody()).hasSize(230);
  }

  @Nested
  class LinesThatAreWrong {
    @Test
    void areAllNamedAndNothingIsWritten() {
      assertThat(
              take(
                  """
                  name,email,manager,groups,zone,language
                  Noor Haddad,noor@example.com,,leadership,Europe/Berlin,en
                  ,lena@example.com,noor@example.com,support,Europe/Berlin,de
                  Amara Okafor,amara.example.com,lena@example.com,support,Europe/London,en
                  Diego Ramírez,diego@example.com,lena@example.com,Support Team,Europe/Londn,es
                  Mei-Ling Chen,noor@example.com,lena@example.com,support,Asia/Singapore,english
                  Priya Nair,priya@example.com,the.chief@example.com,hr,Asia/Kolkata,en
                  Tomasz Kowalski,tomasz@example.com,tomasz@example.com,hr,Europe/Warsaw,pl
                  Joana Silva,joana@example.com
                  """))
          .containsExactly(
              "people.csv:3: the name is missing; write the name as people know it",
              "people.csv:4: the email address “amara.example.com” is no email address; write it"
                  + " like ann@example.com",
              "people.csv:5: there is no time zone “Europe/Londn”; did you mean Europe/London?",
              "people.csv:5: “Support Team” is no name of a group; use lower case letters, digits"
                  + " and dashes, and ; between groups",
              "people.csv:6: noor@example.com is here twice (first on line 2); keep one of the"
                  + " lines",
              "people.csv:6: there is no language “english”; write it like en, de or pt-BR",
              "people.csv:7: the manager the.chief@example.com is not in this file; add a line for"
                  + " them",
              "people.csv:8: tomasz@example.com is their own manager; name somebody else, or leave"
                  + " the field empty for the head of the company",
              "people.csv:9: there are 2 fields, and the header names 6; separate the fields with"
                  + " commas, and put a field that holds one in quotes",
              "Nothing was imported: please correct the lines first.");
      assertThat(code).isEqualTo(1);
      assertThat(TABLES.count(RealTables.PEOPLE)).isZero();
    }

    @Test
    void aHeaderWithAMistake() {
      assertThat(take("name,mail,manager,groups\nAnn,ann@example.com,,\n"))
          .containsExactly(
              "people.csv:1: the column “email” is missing; the first line is"
                  + " name,email,manager,groups,zone,language",
              "people.csv:1: there is no column “mail”; did you mean “email”?",
              "Nothing was imported: please correct the lines first.");
    }

    @Test
    void aFileWithSemicolonsIsFineIfItsFieldsAre() {
      assertThat(take("name;email;manager;groups\nAnn;ann@example.com;;\n"))
          .contains("+ ann@example.com  Ann", "Imported.");
      assertThat(take("name;email;manager;groups\nAnn;ann@example.com;;support;sales\n"))
          .containsExactly(
              "people.csv:2: there are 5 fields, and the header names 4; separate the fields with"
                  + " semicolons, and put a field that holds one, such as several groups, in"
                  + " quotes",
              "Nothing was imported: please correct the lines first.");
    }

    @Test
    void aQuoteThatIsNotClosed() {
      assertThat(take("name,email,manager,groups\n\"Ann,ann@example.com,,\n"))
          .containsExactly(
              "people.csv:2: the line cannot be read; close every quotation mark that is opened",
              "Nothing was imported: please correct the lines first.");
    }

    @Test
    void anEmptyFile() {
      assertThat(take(""))
          .containsExactly(
              "people.csv:1: the file is empty; begin with the line"
                  + " name,email,manager,groups,zone,language",
              "Nothing was imported: please correct the lines first.");
    }

    @Test
    void aFileFromASpreadsheetIsFineWithItsMarkAndQuotes() {
      assertThat(
              take(
                  "\uFEFF"
                      + """
                      Email,Name,Groups,Manager
                      ANN@Example.com,"Lee, Ann",support; sales,
                      """
                          .replace("\n", "\r\n")))
          .contains("+ ann@example.com  Lee, Ann");
      assertThat(people.person("ann@example.com").orElseThrow().groups())
          .containsExactly("sales", "support");
    }
  }

  @Test
  void whereNothingAnswersADryRunHasNothingToRunAgain() throws IOException {
    var file = Files.writeString(dir.resolve("people.csv"), COMPANY).toString();
    assertThat(importing(List.of("import", file, "--local=http://127.0.0.1:1", "--dry-run")))
        .containsExactly(
            "Nothing answers at 127.0.0.1:1: is ./daypass up running?",
            "Nothing was imported (--dry-run).");
    assertThat(importing(List.of("import", file, "--local=http://127.0.0.1:1")))
        .last()
        .isEqualTo("If the import had begun, run it again: it carries on where it stopped.");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void withoutAFileTheUsageIsPrinted() {
    assertThat(importing(List.of("import", "--local")))
        .first()
        .isEqualTo("Please name the file to import.");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotThereIsSaidPlainly() {
    assertThat(importing(List.of("import", "nowhere.csv", "--local")))
        .containsExactly("There is no file nowhere.csv.");
    assertThat(code).isEqualTo(1);
  }

  private List<String> members(String group) {
    return people.directory().group(group).stream().map(Person::email).toList();
  }

  private List<String> take(String text, String... more) {
    var file = dir.resolve("people.csv");
    try {
      Files.writeString(file, text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    var args = new ArrayList<>(List.of("import", file.toString(), "--local=" + TABLES.address()));
    args.addAll(List.of(more));
    return importing(args);
  }

  private List<String> importing(List<String> args) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    code = new PeopleImport(Map.of()).run(args, stream, stream);
    return out.toString(StandardCharsets.UTF_8).replace(dir + "/", "").lines().toList();
  }
}
