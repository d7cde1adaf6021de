package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./daypass} itself answers, and how what it has begun ends. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../daypass");

  private record Answer(int status, String text) {}

  private static Answer answer(ProcessBuilder command) throws IOException, InterruptedException {
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = command.redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  /** A folder with the launcher, the texts of help, and something in place of Maven. */
  private static ProcessBuilder in(Path folder, String maven, String... words) throws IOException {
    var launcher = Files.copy(LAUNCHER, folder.resolve("daypass"));
    var help = "simulation/src/main/resources/dev/daypass/simulation/help.txt";
    Files.createDirectories(folder.resolve(help).getParent());
    Files.copy(LAUNCHER.resolveSibling(help), folder.resolve(help));
    Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\n" + maven + "\n");
    assertThat(folder.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    return new ProcessBuilder(
        Stream.concat(Stream.of("bash", launcher.toString()), Stream.of(words)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chaos -h",
        "faults --help",
        "defects --only x --help",
        "mutation --help",
        "mutation -h"
      })
  void explainsWithoutBuilding(String words, @TempDir Path folder) throws Exception {
    var answer = answer(in(folder, "echo BUILT", words.split(" ", -1)));

    assertThat(answer.status()).isZero();
    assertThat(answer.text())
        .contains("./daypass " + words.split(" ", -1)[0], "Exit status: 0")
        .doesNotContain("BUILT");
  }

  @Test
  void mutationRefusesWhatItDoesNotKnow(@TempDir Path folder) throws Exception {
    var answer = answer(in(folder, "echo BUILT", "mutation", "--minutes", "1"));

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text())
        .startsWith("./daypass mutation takes no options, not '--minutes 1'")
        .hasLineCount(1);
  }

  @Test
  void mutationFailsWhereNothingWasChanged(@TempDir Path folder) throws Exception {
    var answer = answer(in(folder, "exit 0", "mutation"));

    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.text()).contains("mutations.xml, so nothing was changed");
  }

  /**
   * As Ctrl-C does, with another number: SIGINT is ignored in what a shell has put behind itself.
   */
  @Test
  void whatIsStoppedTellsWhatItHasDone(@TempDir Path folder) throws Exception {
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Ddaypass.home=..",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "chaos",
                    "--minutes",
                    "60"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    while (process.isAlive() && !Files.readString(out).contains("Chaos for 60 min")) {
      Thread.sleep(50);
    }

    process.destroy();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(Files.readString(out))
        .contains(" lives lived in ", "Digest of the first ")
        .endsWith("Stopped before its end; this is what was done so far.\n");
  }
}
