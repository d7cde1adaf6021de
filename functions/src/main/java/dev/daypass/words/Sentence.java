package dev.daypass.words;

import dev.daypass.access.Said;
import java.util.Objects;

/**
 * How things stand, for people: {@code Waiting for Jonas Weber}.
 *
 * @param said from {@link Telling}
 * @param tone how it is coloured; the words say the same without colour
 */
public record Sentence(Said said, Tone tone) {
  /** How a sentence is meant. */
  public enum Tone {
    /** Somebody or something still has to move. */
    WAITING,
    /** Access is there, or somebody said yes. */
    GOOD,
    /** Over, and as it should be. */
    OVER,
    /** Somebody said no, nobody answered, or it did not work. */
    BAD
  }

  public Sentence {
    Objects.requireNonNull(said);
    Objects.requireNonNull(tone);
  }
}
