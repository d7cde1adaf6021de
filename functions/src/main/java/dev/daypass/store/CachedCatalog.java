package dev.daypass.store;

import dev.daypass.runbook.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current policies, read again when they are a minute old: a publication holds everywhere
 * within a minute.
 */
public final class CachedCatalog implements Supplier<Catalog> {
  /** How old the policies can be. */
  public static final Duration AGE = Duration.ofMinutes(1);

  private record Reading(Catalog catalog, Instant at) {}

  private final Supplier<Catalog> source;
  private final InstantSource clock;
  private volatile @Nullable Reading last;

  /**
   * @param source reads the policies: {@code policies::catalog}
   */
  public CachedCatalog(Supplier<Catalog> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** The policies, at most a minute old. */
  @Override
  public Catalog get() {
    var now = clock.instant();
    var known = last;
    if (known == null || now.isBefore(known.at()) || !now.isBefore(known.at().plus(AGE))) {
      known = new Reading(source.get(), now);
      last = known;
    }
    return known.catalog();
  }
}
