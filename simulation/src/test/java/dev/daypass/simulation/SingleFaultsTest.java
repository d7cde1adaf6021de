package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every single fault of every life: {@code ./daypass faults} does the same by hand. It has both
 * cores for itself, so that the time it prints is its own.
 */
@Isolated
class SingleFaultsTest {
  private static final int AT_LEAST = 5_000;

  @Test
  @Tag("properties.faults")
  void everySingleFaultOfEveryLifeKeepsAllPromises() {
    var company = Company.of(Path.of(".."));
    var trials = SingleFaults.of(company, Lives.all(), 1);

    var result = SingleFaults.tried(company, trials, 1, 2, System.out::println);

    System.out.printf(
        "%d single faults of %d lives tried in %d s: %s%n",
        result.trials(), Lives.all().size(), result.took().toSeconds(), result.kinds());
    assertThat(result.trials()).isGreaterThanOrEqualTo(AT_LEAST).isEqualTo(trials.size());
    assertThat(result.failed().stream().map(Run::report).collect(Collectors.joining("\n")))
        .as("promises that were not kept")
        .isEmpty();
  }

  @Test
  void howFarItIsIsToldByTime() {
    var company = Company.of(Path.of(".."));
    var trials = SingleFaults.of(company, List.of(Lives.named("plain")), 1).subList(0, 3);
    var told = new ArrayList<String>();

    SingleFaults.tried(company, trials, 1, 2, told::add, Duration.ofDays(1), () -> false);
    assertThat(told).isEmpty();

    SingleFaults.tried(company, trials, 1, 2, told::add, Duration.ZERO, () -> false);
    assertThat(told)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).matches("[123] of 3 tried, 0 failed, \\d+ s"));
  }
}
