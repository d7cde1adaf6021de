package dev.daypass.access;

import java.time.Instant;
import java.util.Objects;

/**
 * Who does something, when, and from where.
 *
 * @param command id of the command; the same id from the same person is the same command, however
 *     often it arrives
 * @param at when, by the clock of the function that took the command
 * @param by email address of a person, or {@code workflow}, {@code sweep}, {@code ttl}, {@code ses}
 * @param via how it reached us: {@code page}, {@code api}, {@code mail}, {@code workflow}, {@code
 *     sweep}, {@code stream}, {@code event}, with the source address where there is one
 */
public record Act(String command, Instant at, String by, String via) {
  public Act {
    Objects.requireNonNull(command);
    Objects.requireNonNull(at);
    Objects.requireNonNull(by);
    Objects.requireNonNull(via);
  }
}
