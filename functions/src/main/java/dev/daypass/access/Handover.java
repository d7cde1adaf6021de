package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;

/**
 * That whoever was asked in a stage has handed their part of it over to somebody else.
 *
 * @param from email address of whoever was asked; they can no longer decide here
 * @param to email address, lower case, of whoever is asked in their place
 * @param round the round that was open, from 0
 * @param comment why; may be empty
 */
public record Handover(String from, String to, int round, String comment, Instant at) {
  public Handover {
    Texts.requireLowerCase(to);
    Objects.requireNonNull(comment);
    Objects.requireNonNull(at);
    Objects.checkIndex(round, Plan.MOST_ROUNDS);
    if (from.equals(to)) {
      throw new IllegalArgumentException("nobody hands over to themselves: " + from);
    }
  }
}
