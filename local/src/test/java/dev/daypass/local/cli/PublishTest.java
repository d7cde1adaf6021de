package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTest {
  @RegisterExtension static final RealTables TABLES = new RealTables();

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));

  @TempDir private Path dir;

  private Policies policies;
  private People people;
  private int code;

  @BeforeEach
  void copyTheShippedRunbooks() throws IOException {
    policies = new Policies(TABLES.client(), RealTables.POLICIES);
    people = new People(TABLES.client(), RealTables.PEOPLE);
    try (var files = Files.walk(ShippedRunbooksTest.SHIPPED)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = dir.resolve(ShippedRunbooksTest.SHIPPED.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    PeopleImport.load(PolicyFiles.load(dir).people(), people);
  }

  @Test
  void theFirstPublicationStoresEverythingAsVersionOne() {
    assertThat(publish())
        .contains("new        runbook  crm-customer-record           version 1")
        .contains("new        system   crm                           version 1")
        .last()
        .isEqualTo(
            "16 policies: 16 new, 0 changed, 0 unchanged, 0 withdrawn. Published by"
                + " ruth.adeyemi@example.com; it holds within a minute.");
    assertThat(code).isZero();

    var published = policies.catalog().runbook("crm-customer-record").orElseThrow();
    assertThat(published.version()).isEqualTo(1);
    assertThat(published.publisher()).isEqualTo("ruth.adeyemi@example.com");
    assertThat(published.at()).isEqualTo(CLOCK.instant());
    assertThat(published.hash()).matches("[0-9a-f]{64}");
    assertThat(policies.catalog().runbooks().values())
        .extracting(held -> held.policy())
        .containsExactlyInAnyOrderElementsOf(PolicyFiles.load(dir).runbooks());
  }

  @Test
  void publishingTheSameAgainChangesNothing() {
    publish();
    int items = TABLES.count(RealTables.POLICIES);

    assertThat(publish())
        .last()
        .isEqualTo(
            "16 policies: 0 new, 0 changed, 16 unchanged, 0 withdrawn. Everything is as published"
                + " already.");
    assertThat(TABLES.count(RealTables.POLICIES)).isEqualTo(items);
  }

  @Test
  void aCommentIsNoChange() {
    publish();
    edit("crm-customer-record.yaml", "duration:", "# as agreed in March\nduration:");

    assertThat(publish()).last().asString().contains("16 unchanged");
  }

  @Test
  void aChangeIsANewVersionOfThatPolicyAlone() {
    publish();
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT6H");

    assertThat(publish())
        .contains("changed    runbook  crm-customer-record           version 2")
        .contains("unchanged  runbook  billing-refund                version 1");
    assertThat(policies.catalog().runbook("crm-customer-record").orElseThrow().version())
        .isEqualTo(2);
    assertThat(policies.runbook("crm-customer-record", 1)).isPresent();
  }

  @Test
  void goingBackToAnEarlierTextIsANewVersion() {
    publish();
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT6H");
    publish();
    edit("crm-customer-record.yaml", "longest: PT6H", "longest: PT8H");
    publish();

    assertThat(policies.catalog().runbook("crm-customer-record").orElseThrow().version())
        .isEqualTo(3);
  }

  @Test
  void aRunbookWhoseFileIsGoneCanNoLongerBeAskedFor() throws IOException {
    publish();
    Files.delete(dir.resolve("payroll-view.yaml"));

    assertThat(publish()).contains("withdrawn  runbook  payroll-view                  version 1");
    assertThat(policies.catalog().runbook("payroll-view")).isEmpty();
    assertThat(policies.runbook("payroll-view", 1)).isPresent();
  }

  @Test
  void aDryRunSaysTheSameAndStoresNothing() {
    assertThat(publish("--dry-run"))
        .contains("new        runbook  crm-customer-record           version 1")
        .last()
        .isEqualTo(
            "16 policies: 16 new, 0 changed, 0 unchanged, 0 withdrawn. Nothing was published"
                + " (--dry-run).");
    assertThat(code).isZero();
    assertThat(TABLES.count(RealTables.POLICIES)).isZero();
  }

  @Test
  void withAnErrorNothingIsPublished() {
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT1H");

    assertThat(publish())
        .last()
        .isEqualTo("Nothing was published: please correct the errors first.");
    assertThat(code).isEqualTo(1);
    assertThat(TABLES.count(RealTables.POLICIES)).isZero();
  }

  @Test
  void theOneWhoIsSlowerIsToldAndChangesNothing() {
    publish();
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT6H");
    var held = policies.contents();
    // Reading the contents comes first; then somebody else is faster.
    var slower =
        new Publisher(
            policies,
            () -> {
              policies.hold(
                  new Policies.Contents(held.revision() + 1, held.runbooks(), held.systems()),
                  "ben@example.com",
                  CLOCK.instant());
              return CLOCK.instant();
            });

    assertThatThrownBy(() -> slower.publish(PolicyFiles.load(dir), "ruth.adeyemi@example.com"))
        .isInstanceOf(Publisher.PublishedMeanwhile.class);
    assertThat(policies.catalog().runbook("crm-customer-record").orElseThrow().version())
        .isEqualTo(1);
  }

  @Test
  void filesWithErrorsAreNotTakenByTheProgrammaticWayEither() {
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT1H");
    var publisher = new Publisher(policies, CLOCK);

    assertThatThrownBy(() -> publisher.publish(PolicyFiles.load(dir), "ruth.adeyemi@example.com"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTableThatIsNotThereIsSaidPlainly() {
    assertThat(publish("--table", "wrong-name")).last().isEqualTo("Nothing was published.");
    assertThat(code).isEqualTo(1);
    assertThat(publish("--table", "wrong-name"))
        .anyMatch(line -> line.startsWith("The table wrong-name cannot be used: "));
  }

  @Test
  void whereNothingRunsIsSaidPlainly() {
    assertThat(publishing("--local=http://127.0.0.1:1", "--publisher", "ruth.adeyemi@example.com"))
        .contains("Nothing answers at 127.0.0.1:1: is ./daypass up running?");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void whoHasLeftCannotPublish() {
    people.put(PolicyFiles.load(dir).people().getFirst().deactivated());

    assertThat(publishing("--local=" + TABLES.address(), "--publisher", "amara.okafor@example.com"))
        .endsWith(
            "--publisher: amara.okafor@example.com is nobody in the list of people. It is what"
                + " daypass people import has imported.",
            "Nothing was published.");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void theImportedListCountsAndNotTheFile() throws IOException {
    Files.writeString(
        dir.resolve("people.csv"),
        "Mal Lory,mal.lory@example.com,ruth.adeyemi@example.com,support,Europe/London,en\n",
        StandardOpenOption.APPEND);

    assertThat(publishing("--local=" + TABLES.address(), "--publisher", "mal.lory@example.com"))
        .last()
        .isEqualTo("Nothing was published.");
  }

  @Test
  void aDryRunRefusesAPublisherWhoCannotPublish() {
    assertThat(publishing("--local=" + TABLES.address(), "--dry-run", "--publisher", "root"))
        .last()
        .isEqualTo("Nothing was published.");
    assertThat(code).isEqualTo(2);
    assertThat(publishing("--local=" + TABLES.address(), "--dry-run"))
        .last()
        .asString()
        .endsWith("Nothing was published (--dry-run).");
    assertThat(code).isZero();
  }

  @Test
  void whatNobodyPublishedIsPublishedAgain() {
    new Publisher(policies, CLOCK).publish(PolicyFiles.load(dir), "root");

    assertThat(publish())
        .contains("changed    runbook  crm-customer-record           version 2")
        .last()
        .asString()
        .contains("0 unchanged");
    var now = policies.catalog().runbook("crm-customer-record").orElseThrow();
    assertThat(now.publisher()).isEqualTo("ruth.adeyemi@example.com");
    assertThat(publish()).last().asString().contains("16 unchanged");
  }

  @Test
  void whatSomebodyElseLeftBehindIsNotTakenForOnesOwn() {
    publish();
    edit("crm-customer-record.yaml", "longest: PT8H", "longest: PT6H");
    var edited =
        PolicyFiles.load(dir).runbooks().stream()
            .filter(runbook -> runbook.id().equals("crm-customer-record"))
            .findFirst()
            .orElseThrow();
    // As a publication of Omar's that broke off before it held.
    brokenOff("omar.farouk@example.com");

    publish();

    var now = policies.catalog().runbook("crm-customer-record").orElseThrow();
    assertThat(now.policy()).isEqualTo(edited);
    assertThat(now.publisher()).isEqualTo("ruth.adeyemi@example.com");
    assertThat(now.version()).isEqualTo(3);
  }

  private void brokenOff(String publisher) {
    var before = policies.contents();
    var copy = new Policies(TABLES.client(), RealTables.POLICIES);
    var brokenOff =
        new Publisher(
            copy,
            () -> {
              // Somebody is faster, so what is stored does not come to hold.
              copy.hold(
                  new Policies.Contents(before.revision() + 1, before.runbooks(), before.systems()),
                  "noor.haddad@example.com",
                  CLOCK.instant());
              return CLOCK.instant();
            });
    assertThatThrownBy(() -> brokenOff.publish(PolicyFiles.load(dir), publisher))
        .isInstanceOf(Publisher.PublishedMeanwhile.class);
  }

  @Test
  void whoPublishesMustBeSaid() {
    assertThat(publishing("--local=" + TABLES.address()))
        .endsWith(
            "Who publishes? Say --publisher and your address, as the list of people has it.",
            "Nothing was published.");
    assertThat(code).isEqualTo(2);
    assertThat(policies.catalog().runbooks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          root,                       '. It is what daypass people import has imported.'
          ruth.adeyemi@example.org,   '; do you mean ruth.adeyemi@example.com?'
          ruth.adeyem@example.com,    '; do you mean ruth.adeyemi@example.com?'
          """)
  void whoeverIsNotInTheListOfPeopleCannotPublish(String name, String end) {
    assertThat(publishing("--local=" + TABLES.address(), "--publisher", name))
        .endsWith(
            "--publisher: " + name + " is nobody in the list of people" + end,
            "Nothing was published.");
    assertThat(code).isEqualTo(2);
    assertThat(policies.catalog().runbooks()).isEmpty();
  }

  @Test
  void anAddressIsKeptAsTheListOfPeopleHasIt() {
    publishing("--local=" + TABLES.address(), "--publisher", " Ruth.Adeyemi@Example.com");

    assertThat(policies.catalog().runbook("payroll-view").orElseThrow().publisher())
        .isEqualTo("ruth.adeyemi@example.com");
  }

  @Test
  void withoutATableTheUsageIsPrinted() {
    assertThat(publishing())
        .first()
        .isEqualTo(
            "Which table? Say --table NAME (the stack's output says which), or --local for a"
                + " running daypass up.");
    assertThat(code).isEqualTo(2);
  }

  private List<String> publish(String... more) {
    var args =
        new ArrayList<>(
            List.of("--local=" + TABLES.address(), "--publisher", "ruth.adeyemi@example.com"));
    args.addAll(List.of(more));
    return publishing(args.toArray(String[]::new));
  }

  private List<String> publishing(String... args) {
    var words = new ArrayList<String>();
    words.add(dir.toString());
    words.addAll(List.of(args));
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    code = new Publish(Map.of(), CLOCK).run(words, stream, stream);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void edit(String file, String from, String to) {
    try {
      var text = Files.readString(dir.resolve(file));
      assertThat(text).contains(from);
      Files.writeString(dir.resolve(file), text.replace(from, to));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
