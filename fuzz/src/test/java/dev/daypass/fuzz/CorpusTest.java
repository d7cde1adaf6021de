package dev.daypass.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every input that once reached something new, or broke something, is tried again. */
class CorpusTest {
  private static final Path CORPUS = Path.of("corpus");
  private static final long LARGEST = 300_000;

  /** Generous, since the machine may be busy; what does not end takes far longer. */
  private static final Duration SLOWEST = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicContainer> everythingHoldsForEveryInput() {
    return Targets.ALL.stream()
        .map(
            target ->
                DynamicContainer.dynamicContainer(
                    target.name(),
                    files(target).stream()
                        .map(
                            file ->
                                DynamicTest.dynamicTest(
                                    file.getFileName().toString(),
                                    file.toUri(),
                                    () -> replay(target, file)))));
  }

  private static void replay(Target target, Path file) throws Throwable {
    target.prepare();
    assertTimeoutPreemptively(
        SLOWEST,
        () -> {
          target.run(Files.readAllBytes(file));
        });
  }

  @Test
  void everyTargetHasACorpusAndEveryCorpusATarget() throws IOException {
    try (var folders = Files.list(CORPUS)) {
      assertThat(folders.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Targets.ALL.stream().map(Target::name).toList());
    }
    assertThat(Targets.ALL).allSatisfy(each -> assertThat(files(each)).isNotEmpty());
  }

  @Test
  void everyTargetIsInTheList() throws IOException {
    try (var sources = Files.walk(Path.of("src/main/java"))) {
      assertThat(
              sources
                  .map(each -> each.getFileName().toString())
                  .filter(each -> each.endsWith("Fuzz.java")))
          .containsExactlyInAnyOrderElementsOf(
              Targets.ALL.stream().map(each -> each.type().getSimpleName() + ".java").toList());
    }
  }

  @Test
  void theHelpNamesEveryTargetInItsOrder() throws IOException {
    assertThat(Main.usage())
        .endsWith(
            Targets.ALL.stream()
                .map(each -> "  %-14s %s\n".formatted(each.name(), each.what()))
                .collect(Collectors.joining("", "Targets:\n", "")));
  }

  @Test
  void noInputIsThereTwiceAndAllOfThemAreSmall() {
    long size = 0;
    for (var target : Targets.ALL) {
      var contents = new TreeSet<byte[]>(Arrays::compare);
      for (var file : files(target)) {
        var content = bytes(file);
        size += content.length;
        assertThat(contents.add(content)).as("%s is there once", file).isTrue();
      }
    }
    assertThat(size).isLessThan(LARGEST);
  }

  private static List<Path> files(Target target) {
    try (var files = Files.list(CORPUS.resolve(target.name()))) {
      return files.sorted().collect(Collectors.toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
