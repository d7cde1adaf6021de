package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody says who has done by hand what no program can read: it stands in for the read-back.
 *
 * @param by email address of an owner or administrator, never of the person whose access it is
 * @param note what they did or saw, in their words; not empty
 */
public record Attestation(String by, Instant at, String note) {
  public Attestation {
    Objects.requireNonNull(by);
    Objects.requireNonNull(at);
    if (Texts.saysNothing(note)) {
      throw new IllegalArgumentException("an attestation says what was done");
    }
  }
}
