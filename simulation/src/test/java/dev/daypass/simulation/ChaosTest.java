package dev.daypass.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChaosTest {
  private static final Companies COMPANIES = new Companies(Path.of(".."));

  /** One trial after the other, so that it is known how many are drawn. */
  private static Chaos.Result trials(long seed, int many) {
    var asked = new AtomicInteger();
    return new Chaos(COMPANIES, seed, () -> asked.getAndIncrement() == many)
        .forTime(Duration.ofHours(1), 1, told -> {});
  }

  @Test
  void theSameSeedDrawsTheSameTrialsAndAnotherDrawsOthers() {
    var once = trials(3, 2);

    assertThat(once.trials()).isEqualTo(2);
    assertThat(trials(3, 2).digest()).isEqualTo(once.digest());
    assertThat(List.of(trials(3, 1).digest(), trials(4, 2).digest())).doesNotContain(once.digest());
  }
}
