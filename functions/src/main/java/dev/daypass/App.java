package dev.daypass;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The composition root: builds what each function uses. */
public final class App {
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** An application over this environment, clock and randomness. */
  public App(Map<String, String> environment, InstantSource clock, RandomGenerator random) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.random = random;
  }

  /** The function's environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** What says the time. */
  public InstantSource clock() {
    return clock;
  }

  /** Where randomness comes from. */
  public RandomGenerator random() {
    return random;
  }
}
