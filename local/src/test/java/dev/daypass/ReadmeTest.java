package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.cli.Lint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so: its example, its calls, its commands, its tables, its links. */
class ReadmeTest {
  /** Surefire runs in the module's directory. */
  private static final Path PROJECT = Path.of("..");

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void itsRunbookIsCleanBesideTheShippedOnes(@TempDir Path dir) throws IOException {
    copy(PROJECT.resolve("runbooks"), dir);
    Files.writeString(dir.resolve("crm-disputed-payment.yaml"), block("yaml", "id:"));

    var out = new ByteArrayOutputStream();
    int code =
        new Lint(() -> Instant.parse("2026-12-01T12:00:00Z"))
            .run(List.of(dir.toString()), new PrintStream(out, true), System.err);

    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("read: all fine\n").hasLineCount(1);
    assertThat(code).isZero();
  }

  @Test
  void itsCallsOfTheApiTakeARequestFromAskingToItsEnd() throws JsonProcessingException {
    List<String> answers;
    try (var daypass = LocalDaypass.start(PROJECT, 0)) {
      answers =
          new ShellExample(() -> daypass.cloud().settle())
              .run(block("sh", "/api/requests").replace("http://127.0.0.1:8080", daypass.url()));
    }

    var statuses = new ArrayList<String>();
    for (var answer : answers) {
      var status = JSON.readTree(answer).path("status");
      if (status.isTextual()) {
        statuses.add(status.asText());
      }
    }
    assertThat(statuses).containsExactly("PENDING", "SCHEDULED", "ACTIVE", "ENDED");
    JsonNode trail = JSON.readTree(answers.getLast());
    assertThat(trail.at("/chain/verified").asBoolean()).isTrue();
    assertThat(trail.at("/records").findValuesAsText("kind"))
        .startsWith("SUBMITTED")
        .endsWith("ENDED");
  }

  @Test
  void everyCommandItNamesIsOneOfTheLauncher() throws IOException {
    var launcher = Files.readString(PROJECT.resolve("daypass"));
    var named = all("\\./daypass ([a-z]+)", allTexts());

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            command -> {
              assertThat(launcher).contains("\n  ./daypass " + command + " ");
              assertThat(launcher)
                  .containsPattern("(?m)^  ([a-z]+ \\| )*" + command + "( \\| \\S+)*\\)");
            });
  }

  @Test
  void itsTableOfTheApiNamesEveryRouteAndNoOther() throws IOException {
    var routes =
        Pattern.compile("Method: ([A-Z]+), Path: \"?(/api/[^\" ]+)")
            .matcher(Files.readString(PROJECT.resolve("template.yaml")))
            .results()
            .map(route -> route.group(1) + " " + route.group(2))
            .toList();
    var named =
        Pattern.compile("(?m)^\\| `([A-Z]+ /api/[^`?]+)")
            .matcher(readme())
            .results()
            .map(route -> route.group(1))
            .distinct()
            .toList();

    assertThat(named).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void itsTableOfParametersNamesThoseOfTheTemplate() throws IOException {
    var template = Files.readString(PROJECT.resolve("template.yaml"));
    var parameters =
        template.substring(template.indexOf("\nParameters:"), template.indexOf("\nConditions:"));

    assertThat(all("(?m)^\\| `([A-Z][A-Za-z]+)` \\|", List.of(readme())))
        .isEqualTo(all("(?m)^  ([A-Z][A-Za-z]+):$", List.of(parameters)));
  }

  @Test
  void everyLinkOfEveryDocumentLeadsSomewhere() throws IOException {
    for (var document : documents()) {
      var text = Files.readString(document);
      var links =
          Stream.of("\\]\\(([^)\\s]+)\\)", "<img src=\"([^\"]+)\"")
              .flatMap(each -> Pattern.compile(each).matcher(text).results())
              .map(link -> link.group(1))
              .filter(link -> !link.contains("://"))
              .toList();
      for (var link : links) {
        var parts = List.of(link.split("#", 2));
        var target =
            parts.getFirst().isEmpty() ? document : document.resolveSibling(parts.getFirst());
        assertThat(target).as("%s links to %s", document, link).exists();
        if (parts.size() == 2) {
          assertThat(headings(Files.readString(target)))
              .as("%s links to %s", document, link)
              .contains(parts.getLast());
        }
      }
    }
  }

  /** The names under which GitHub makes the headings of a page reachable. */
  private static List<String> headings(String text) {
    return Pattern.compile("(?m)^#+ (.+)$")
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** The one fenced block of the README in this language that holds these words. */
  private static String block(String language, String words) {
    var found =
        Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
            .matcher(readme())
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains(words))
            .toList();
    assertThat(found).as("blocks of " + language + " with " + words).hasSize(1);
    return found.getFirst();
  }

  private static String readme() {
    return text(PROJECT.resolve("README.md"));
  }

  private static List<String> allTexts() {
    return documents().stream().map(ReadmeTest::text).toList();
  }

  /** Every page of the project. */
  private static List<Path> documents() {
    try (var top = Files.list(PROJECT);
        var docs = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Set<String> all(String pattern, List<String> texts) {
    var found = new TreeSet<String>();
    texts.forEach(
        text ->
            Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add));
    return found;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
