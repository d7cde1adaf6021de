package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.runbook.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedCatalogTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));
  private final AtomicInteger reads = new AtomicInteger();
  private final CachedCatalog catalog =
      new CachedCatalog(
          () -> {
            reads.incrementAndGet();
            return Catalog.EMPTY;
          },
          now::get);

  @Test
  void policiesAreReadOncePerMinute() {
    catalog.get();
    advance(Duration.ofSeconds(59));
    catalog.get();
    assertThat(reads).hasValue(1);

    advance(Duration.ofSeconds(1));
    catalog.get();
    assertThat(reads).hasValue(2);
  }

  @Test
  void aClockThatWentBackDoesNotKeepOldPolicies() {
    catalog.get();
    advance(Duration.ofHours(-1));
    catalog.get();
    assertThat(reads).hasValue(2);
  }

  private void advance(Duration step) {
    now.updateAndGet(instant -> instant.plus(step));
  }
}
