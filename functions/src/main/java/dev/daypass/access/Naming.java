package dev.daypass.access;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * One change of who stands in for a person: that somebody was named, or that this was ended early.
 *
 * @param act who said so, when, from where
 * @param standIn email address, lower case, of whoever was named
 * @param from the first day
 * @param through the last day
 * @param zone where these days are days
 * @param reason why, where an administrator said so; may be empty
 */
public record Naming(
    Kind kind,
    Act act,
    String standIn,
    LocalDate from,
    LocalDate through,
    ZoneId zone,
    String reason) {
  /** What was said. */
  public enum Kind {
    NAMED,
    ENDED
  }

  public Naming {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(act);
    Texts.requireLowerCase(standIn);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(reason);
    if (through.isBefore(from)) {
      throw new IllegalArgumentException("from " + from + " through " + through);
    }
  }

  /** When it begins. */
  public Instant begins() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** When it ends of itself. */
  public Instant ends() {
    return through.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** Whether it says the same, whoever said so. */
  boolean saysAs(Naming other) {
    return kind == other.kind
        && standIn.equals(other.standIn)
        && from.equals(other.from)
        && through.equals(other.through)
        && zone.equals(other.zone);
  }
}
