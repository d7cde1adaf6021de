package dev.daypass.runbook;

import java.time.Instant;
import java.util.Objects;

/**
 * A policy as it was published: never changed afterwards.
 *
 * @param version counts from 1 for each policy
 * @param hash SHA-256 of its JSON form, in hexadecimal
 * @param publisher who published it
 */
public record Published<T>(T policy, int version, String hash, String publisher, Instant at) {
  public Published {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(hash);
    Objects.requireNonNull(publisher);
    Objects.requireNonNull(at);
    if (version < 1) {
      throw new IllegalArgumentException("published versions count from 1, not " + version);
    }
  }
}
