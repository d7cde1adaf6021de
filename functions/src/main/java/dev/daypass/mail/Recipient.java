package dev.daypass.mail;

import java.time.ZoneId;
import java.util.Objects;

/**
 * Who reads the mail.
 *
 * @param zone in which times are written
 */
public record Recipient(String address, String name, ZoneId zone) {
  public Recipient {
    Objects.requireNonNull(address);
    Objects.requireNonNull(name);
    Objects.requireNonNull(zone);
  }
}
