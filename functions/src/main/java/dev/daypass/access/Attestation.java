package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says who has done by hand what no program can read: it stands in for the read-back.
 *
 * @param by email address of an owner or administrator, never of the person whose access it is
 * @param note what they did or saw, in their words; empty only if there is evidence
 * @param evidence a picture or document that shows it, or null
 */
public record Attestation(String by, Instant at, String note, @Nullable Evidence evidence) {
  public Attestation {
    Objects.requireNonNull(by);
    Objects.requireNonNull(at);
    Objects.requireNonNull(note);
    if (evidence == null && Texts.saysNothing(note)) {
      throw new IllegalArgumentException("an attestation says or shows what was done");
    }
  }

  /** In words alone. */
  public Attestation(String by, Instant at, String note) {
    this(by, at, note, null);
  }
}
