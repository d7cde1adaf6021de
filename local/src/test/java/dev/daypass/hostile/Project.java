package dev.daypass.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A copy of template, workflow and policies, to be changed. */
public final class Project {
  private final Path folder;

  private Project(Path folder) {
    this.folder = folder;
  }

  public static Project in(Path folder) {
    var here = Path.of("..");
    copy(here.resolve("template.yaml"), folder.resolve("template.yaml"));
    for (var part : new String[] {"statemachine", "runbooks"}) {
      try (var files = Files.walk(here.resolve(part))) {
        files
            .filter(Files::isRegularFile)
            .forEach(file -> copy(file, folder.resolve(here.relativize(file))));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return new Project(folder);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Changes a file, or makes it of another one. */
  public Project with(String from, String to, UnaryOperator<String> change) {
    try {
      var text = Files.readString(folder.resolve(from));
      var changed = change.apply(text);
      if (changed.equals(text)) {
        throw new IllegalArgumentException("nothing to change in " + from);
      }
      Files.writeString(folder.resolve(to), changed);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The runbook to view a customer record, decided by whoever is signed in. */
  Project withRunbookBySession() {
    return with(
        "runbooks/crm-customer-record.yaml",
        "runbooks/crm-by-session.yaml",
        text ->
            text.replace("id: crm-customer-record", "id: crm-by-session")
                .replace("proof: mailbox", "proof: session"));
  }

  /** The same, reminded after five minutes and over after ten. */
  Project withQuickRunbook() {
    return with(
        "runbooks/crm-customer-record.yaml",
        "runbooks/crm-quick.yaml",
        text ->
            text.replace("id: crm-customer-record", "id: crm-quick")
                .replaceAll("    escalate.*\n", "")
                .replace("remindAfter: PT1H", "remindAfter: PT5M")
                .replace("lapseAfter: PT8H", "lapseAfter: PT10M"));
  }

  public Path folder() {
    return folder;
  }
}
