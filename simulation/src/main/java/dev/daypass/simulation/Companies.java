package dev.daypass.simulation;

import dev.daypass.local.cli.PolicyFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The companies in which lives are lived: the sample one, and some with random runbooks. */
final class Companies {
  private final Path project;
  private final Company sample;
  private final Map<Integer, Company> random = new ConcurrentHashMap<>();

  /**
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   */
  Companies(Path project) {
    this.project = project;
    this.sample = Company.of(project);
  }

  /** The one with the shipped runbooks. */
  Company sample() {
    return sample;
  }

  /** The one in which this life is lived. */
  Company of(Life life) {
    return Histories.seed(life.name()).isEmpty()
        ? sample
        : random.computeIfAbsent(
            Math.floorMod(Histories.seed(life.name()).getAsLong(), RandomPolicies.KINDS),
            kind -> Company.of(project, files(kind)));
  }

  private PolicyFiles files(int kind) {
    return RandomPolicies.of(kind, sample.policies());
  }

  /** The life of this name, be it written down or drawn: {@code history-4711}. */
  Life named(String name) {
    return life(name);
  }

  /**
   * The life of this name, in whatever companies.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Life life(String name) {
    var seed = Histories.seed(name);
    if (seed.isEmpty() && name.startsWith("history-")) {
      throw new IllegalArgumentException(
          "there is no life \"%s\": the number of a history is a whole number from 0, of 18 digits at most"
              .formatted(name));
    }
    return seed.isEmpty() ? Lives.named(name) : Histories.of(seed.getAsLong());
  }
}
