package dev.daypass.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the requester was asked before somebody decides.
 *
 * @param by name of whoever asked
 * @param answer null if there is none
 */
public record Questioned(String by, String text, @Nullable String answer) {
  public Questioned {
    Objects.requireNonNull(by);
    Objects.requireNonNull(text);
  }
}
