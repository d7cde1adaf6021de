package dev.daypass.local.cli;

import dev.daypass.fuzz.Check;
import dev.daypass.runbook.PolicyJson;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
      Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
      Files.createDirectories(folder.resolve("systems"));
      for (var each : new String[] {"people.csv", "crm-customer-record.yaml", "systems/crm.yaml"}) {
        Files.copy(runbooks.resolve(each), folder.resolve(each));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    file = folder.resolve(name);
  }

  private void delete() {
    try (var all = Files.walk(folder)) {
      // What is in a folder comes after it, and must go first.
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException gone) {
      return;
    }
  }

  /** What lint makes of the folder with this file; whatever can be published can be read again. */
  PolicyFiles with(byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    var files = PolicyFiles.load(folder);
    check(files.findings());
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

  /**
   * The same, of a policy. Nearly all inputs are no YAML, or break the schema: those do without the
   * folder, which takes a hundred times as long.
   */
  void withPolicy(byte[] content, SchemaCheck schema) {
    var findings = new ArrayList<Finding>();
    var read = YamlFile.read("the file", new String(content, StandardCharsets.UTF_8), findings);
    read.ifPresent(file -> findings.addAll(schema.check(file)));
    check(findings);
    Check.that(read.isPresent() || !findings.isEmpty(), "what cannot be read is told");
    if (findings.isEmpty()) {
      with(content);
    }
  }

  private static void check(List<Finding> findings) {
    findings.forEach(each -> Check.showsOnOneLine(each.toString()));
  }
}
