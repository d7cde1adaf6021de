package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedRunbooksTest {
  /** Surefire runs in the module's directory. */
  static final Path SHIPPED = Path.of("..", "runbooks");

  @Test
  void lintFindsNothingInThem() {
    var out = new ByteArrayOutputStream();
    int code =
        new Lint(() -> Instant.parse("2026-12-01T12:00:00Z"))
            .run(List.of(SHIPPED.toString()), new PrintStream(out, true), System.err);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("9 runbooks, 7 systems, 17 people read: all fine\n");
    assertThat(code).isZero();
  }

  @Test
  void everyFileTellsEditorsItsSchema() throws IOException {
    try (var files = Files.walk(SHIPPED)) {
      for (var file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        var first = Files.readAllLines(file).getFirst();
        assertThat(first).startsWith("# yaml-language-server: $schema=");
        var schema = first.substring(first.indexOf('=') + 1);
        assertThat(file.resolveSibling(schema)).exists();
      }
    }
  }

  @Test
  void everyRunbookGuidesBothSides() {
    assertThat(PolicyFiles.load(SHIPPED).runbooks())
        .allSatisfy(
            runbook -> {
              assertThat(runbook.guidance().requester()).isNotEmpty();
              assertThat(runbook.guidance().approver()).isNotEmpty();
              assertThat(runbook.reason().hint()).isNotEmpty();
            });
  }
}
