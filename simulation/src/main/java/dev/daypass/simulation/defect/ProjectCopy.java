package dev.daypass.simulation.defect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A copy of what a run reads of a project's folder, besides its code; deleted when closed. */
final class ProjectCopy implements AutoCloseable {
  /** What is copied. */
  static final List<String> PARTS = List.of("template.yaml", "statemachine", "runbooks");

  private final Path folder;

  private ProjectCopy(Path folder) {
    this.folder = folder;
  }

  /** Copies a project's folder, with a defect in one of the files. */
  static ProjectCopy of(Path project, Defect defect) {
    try {
      var copy = new ProjectCopy(Files.createTempDirectory("daypass-" + defect.name()));
      try {
        for (var part : PARTS) {
          copyTree(project.resolve(part), copy.folder.resolve(part));
        }
        var file = copy.folder.resolve(defect.file());
        Files.writeString(file, defect.appliedTo(Files.readString(file)));
        return copy;
      } catch (IOException | RuntimeException failed) {
        copy.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot copy " + project, failed);
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot delete " + folder, failed);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        // Folders come before what is in them.
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
