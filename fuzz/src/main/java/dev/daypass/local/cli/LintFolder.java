package dev.daypass.local.cli;

import dev.daypass.fuzz.Check;
import dev.daypass.runbook.PolicyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small folder of policies in which one file is put after the other. */
final class LintFolder {
  private final Path folder;
  private final Path file;

  /**
   * @param name the file that is changed, below the folder
   */
  LintFolder(String name) {
    var runbooks = Path.of(System.getProperty("daypass.home", ".."), "runbooks");
    try {
      folder = Files.createTempDirectory("daypass-fuzz");
      folder.toFile().deleteOnExit();
      Files.createDirectories(folder.resolve("systems"));
      for (var each : new String[] {"people.csv", "crm-customer-record.yaml", "systems/crm.yaml"}) {
        Files.copy(runbooks.resolve(each), folder.resolve(each));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    file = folder.resolve(name);
  }

  /** What lint makes of it; whatever can be published can be read again. */
  PolicyFiles with(byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    var files = PolicyFiles.load(folder);
    files.findings().forEach(each -> Check.showsOnOneLine(each.toString()));
    var out = new ByteArrayOutputStream();
    boolean fine = Lint.report(files, new PrintStream(out, true, StandardCharsets.UTF_8));
    Check.that(fine == files.isPublishable(), "it says what it does");
    for (var runbook : files.runbooks()) {
      Check.same(PolicyJson.runbook(PolicyJson.json(runbook)), runbook, "published and read");
    }
    for (var system : files.systems()) {
      Check.same(PolicyJson.system(PolicyJson.json(system)), system, "published and read");
    }
    return files;
  }
}
