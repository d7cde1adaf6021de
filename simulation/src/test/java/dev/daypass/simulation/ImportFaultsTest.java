package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every single fault of the lives in which people are imported: apart from the others, so that what
 * those are counted by stays as it is.
 */
@Isolated
class ImportFaultsTest {
  @Test
  void everySingleFaultOfAnImportKeepsAllPromises() {
    var company = Company.of(Path.of(".."));
    var imports = ImportLives.all().stream().map(Life::name).toList();
    // What the lives before them have tried is not tried again.
    var lives = Stream.concat(Lives.all().stream(), ImportLives.all().stream()).toList();
    var trials =
        SingleFaults.of(company, lives, 1).stream()
            .filter(trial -> imports.contains(trial.life().name()))
            .toList();

    var result = SingleFaults.tried(company, trials, 1, 2, System.out::println);

    System.out.printf(
        "%d single faults of imports tried in %d s: %s%n",
        result.trials(), result.took().toSeconds(), result.kinds());
    assertThat(result.trials()).isGreaterThan(300);
    assertThat(result.failed().stream().map(Run::report).collect(Collectors.joining("\n")))
        .as("promises that were not kept")
        .isEmpty();
  }
}
