package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.runbook.PeopleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/runbooks.md} tells the truth. */
class RunbookGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "runbooks.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @Test
  void itsExampleIsARunbookThatCanBePublished(@TempDir Path dir) throws IOException {
    var yaml = blocks("yaml");
    Files.createDirectories(dir.resolve("systems"));
    Files.writeString(dir.resolve("shop-order-correction.yaml"), yaml.getFirst());
    Files.writeString(dir.resolve("systems/shop.yaml"), yaml.get(1));

    var files = PolicyFiles.load(dir, ShippedRunbooksTest.SHIPPED.resolve("people.csv"));

    assertThat(yaml).hasSize(3);
    assertThat(files.findings()).isEmpty();
    assertThat(files.runbooks()).hasSize(1);
  }

  @Test
  void itsCalendarCanBeNamedByItsRunbook(@TempDir Path dir) throws IOException {
    var yaml = blocks("yaml");
    Files.createDirectories(dir.resolve("systems"));
    Files.createDirectories(dir.resolve("calendars"));
    Files.writeString(
        dir.resolve("shop-order-correction.yaml"),
        yaml.getFirst()
            .replace("approval:", "calendar: warsaw-support\napproval:")
            .replace("lapseAfter: P1D", "lapseAfter: PT20H"));
    Files.writeString(dir.resolve("systems/shop.yaml"), yaml.get(1));
    Files.writeString(dir.resolve("calendars/warsaw-support.yaml"), yaml.get(2));

    var files = PolicyFiles.load(dir, ShippedRunbooksTest.SHIPPED.resolve("people.csv"));

    assertThat(files.findings()).isEmpty();
    assertThat(files.runbooks().getFirst().calendar()).isNotNull();
  }

  @Test
  void itsListOfPeopleCanBeImported() throws IOException {
    var people = PeopleFile.read(blocks("csv").getFirst());

    assertThat(people.findings()).isEmpty();
    assertThat(people.people()).hasSize(2);
  }

  @Test
  void itNamesEveryField() throws IOException {
    var guide = Files.readString(GUIDE);
    var json = new ObjectMapper();
    for (var schema :
        List.of("runbook.schema.json", "system.schema.json", "calendar.schema.json")) {
      var tree =
          json.readTree(ShippedRunbooksTest.SHIPPED.resolve("schema").resolve(schema).toFile());
      assertThat(fields(tree, ""))
          .isNotEmpty()
          .allSatisfy(field -> assertThat(guide).contains("| `" + field + "` |"));
      // Only runbooks have some.
      assertThat(fields(tree.at("/$defs/stage"), ""))
          .allSatisfy(field -> assertThat(guide).contains("| `" + field + "` |"));
    }
  }

  /** The leaves, dotted; {@code roles[]} for what is in a list. */
  private static List<String> fields(JsonNode schema, String prefix) {
    var fields = new ArrayList<String>();
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              var name = prefix + entry.getKey();
              var items = entry.getValue().path("items");
              var nested =
                  Stream.concat(
                          fields(entry.getValue(), name + ".").stream(),
                          fields(items, name + "[].").stream())
                      .toList();
              fields.addAll(nested.isEmpty() ? List.of(name) : nested);
            });
    return fields;
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(GUIDE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
