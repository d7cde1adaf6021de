package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.runbook.TargetSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/runbook-reference.md} says what the schemas say, and each of its examples can be
 * published.
 */
class RunbookReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "runbook-reference.md");
  private static final Path ACTUAL = Path.of("target", "runbook-reference.md");
  private static final Path SCHEMAS = ShippedRunbooksTest.SHIPPED.resolve("schema");

  @TempDir private Path folder;

  private static Reference runbooks() throws IOException {
    return Reference.of(SCHEMAS.resolve("runbook.schema.json"));
  }

  private static Reference systems() throws IOException {
    return Reference.of(SCHEMAS.resolve("system.schema.json"));
  }

  private static Reference calendars() throws IOException {
    return Reference.of(SCHEMAS.resolve("calendar.schema.json"));
  }

  @Test
  void thePageSaysWhatTheSchemasSay() throws IOException {
    var page =
        """
        # Every field

        Each field of a runbook, of a system and of a calendar, with what it means and an example. [Writing runbooks](runbooks.md) is the page to begin with; this one is to look things up.

        This page is made from the [schemas](../runbooks/schema) that `lint` and editors use; a test publishes each example, and says where the new page lies if a schema has changed.
        A duration is written as ISO 8601 says: `PT30M` is 30 minutes, `PT4H` is 4 hours, `P2D` is 2 days.

        ## Runbooks

        All examples together are one runbook, `runbooks/%s.yaml`:

        ```yaml
        %s```

        %s
        ## Systems

        All examples together are one system, `runbooks/systems/%s.yaml`:

        ```yaml
        %s```

        %s
        ## Calendars

        All examples together are one calendar, `runbooks/calendars/%s.yaml`:

        ```yaml
        %s```

        %s"""
            .formatted(
                id(runbooks().whole()),
                Reference.yaml(runbooks().whole()),
                runbooks().text(),
                id(systems().whole()),
                Reference.yaml(systems().whole()),
                systems().text(),
                id(calendars().whole()),
                Reference.yaml(calendars().whole()),
                calendars().text());
    Files.writeString(ACTUAL, page);
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("the page as it would be is in local/" + ACTUAL)
        .isEqualTo(page);
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfARunbookCanBePublished() throws IOException {
    return runbooks().fields().stream()
        .flatMap(
            field ->
                field.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                field.path() + ": " + example,
                                () -> {
                                  var file = runbooks().whole();
                                  makeRoom(field, example, file);
                                  field.put(file, example);
                                  assertCanBePublished(
                                      file, systems().whole(), calendars().whole());
                                })));
  }

  /** Where two must approve, two can; who is asked first is not asked as well later. */
  private static void makeRoom(Reference.Field field, JsonNode example, ObjectNode file) {
    boolean two = field.path().equals("approval[].needed") && example.isInt();
    if (two) {
      var by = field("approval[].by");
      by.put(file, by.examples().stream().filter(JsonNode::isArray).findFirst().orElseThrow());
    }
    if (two || field.path().equals("approval[].by")) {
      ((ObjectNode) file.at("/approval/0"))
          .remove(List.of("escalateAfter", "escalateTo", "escalation"));
    }
  }

  private static Reference.Field field(String path) {
    try {
      return runbooks().fields().stream()
          .filter(field -> field.path().equals(path))
          .findFirst()
          .orElseThrow();
    } catch (IOException unread) {
      throw new AssertionError(unread);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfASystemCanBePublished() throws IOException {
    return systems().fields().stream()
        .flatMap(
            field ->
                field.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                field.path() + ": " + example,
                                () -> {
                                  var file = systems().whole();
                                  field.put(file, example);
                                  assertCanBePublished(
                                      runbooks().whole(), file, calendars().whole());
                                })));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfACalendarCanBePublished() throws IOException {
    return calendars().fields().stream()
        .flatMap(
            field ->
                field.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                field.path() + ": " + example,
                                () -> {
                                  var file = calendars().whole();
                                  field.put(file, example);
                                  assertCanBePublished(runbooks().whole(), systems().whole(), file);
                                })));
  }

  @Test
  @Tag("reference.examples")
  void everyFieldHasAnExampleAndTheExamplesAreDifferent() throws IOException {
    assertThat(
            Stream.of(runbooks(), systems(), calendars())
                .flatMap(reference -> reference.fields().stream()))
        .filteredOn(field -> !field.isGroup())
        .isNotEmpty()
        .allSatisfy(
            field ->
                assertThat(field.examples()).as(field.path()).isNotEmpty().doesNotHaveDuplicates());
  }

  private void assertCanBePublished(JsonNode runbook, JsonNode system, JsonNode calendar)
      throws IOException {
    var dir = Files.createTempDirectory(folder, "runbooks");
    // What is ready-made stands beside it: a role can be kept apart from those of other systems.
    var systems = Files.createDirectories(dir.resolve("systems"));
    try (var readyMade = Files.list(ShippedRunbooksTest.SHIPPED.resolve("systems"))) {
      for (var file : readyMade.toList()) {
        Files.copy(file, systems.resolve(file.getFileName()));
      }
    }
    Files.createDirectories(dir.resolve("calendars"));
    Files.writeString(
        dir.resolve("calendars").resolve(id(calendar) + ".yaml"), Reference.yaml(calendar));
    Files.writeString(dir.resolve(id(runbook) + ".yaml"), Reference.yaml(runbook));
    Files.writeString(dir.resolve("systems").resolve(id(system) + ".yaml"), Reference.yaml(system));

    var files = PolicyFiles.load(dir, ShippedRunbooksTest.SHIPPED.resolve("people.csv"));

    assertThat(files.findings())
        .filteredOn(found -> found.severity() == Finding.Severity.ERROR)
        .isEmpty();
    assertThat(files.runbooks()).hasSize(1);
    assertThat(files.systems()).extracting(TargetSystem::id).contains(id(system));
  }

  private static String id(JsonNode file) {
    return file.path("id").asText();
  }
}
