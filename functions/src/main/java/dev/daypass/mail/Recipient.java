package dev.daypass.mail;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;

/**
 * Who reads the mail.
 *
 * @param zone in which times are written
 * @param language of the mail; English if Daypass does not speak it
 */
public record Recipient(String address, String name, ZoneId zone, Locale language) {
  public Recipient {
    Objects.requireNonNull(address);
    Objects.requireNonNull(name);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(language);
  }
}
