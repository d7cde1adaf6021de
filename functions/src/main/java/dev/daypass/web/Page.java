package dev.daypass.web;

import java.util.Locale;
import java.util.Objects;

/**
 * A page as it is sent.
 *
 * @param language in which it speaks
 */
public record Page(String html, Locale language) {
  public Page {
    Objects.requireNonNull(html);
    Objects.requireNonNull(language);
  }
}
