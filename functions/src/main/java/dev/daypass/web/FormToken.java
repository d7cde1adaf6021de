package dev.daypass.web;

import java.util.List;
import java.util.Objects;

/**
 * What a page needs so that its forms are believed when they come back.
 *
 * @param value the hidden field {@link AntiForgery#FIELD}
 * @param setCookies what the answer with the page must set; empty if the browser has it already
 */
public record FormToken(String value, List<String> setCookies) {
  public FormToken {
    Objects.requireNonNull(value);
    setCookies = List.copyOf(setCookies);
  }
}
