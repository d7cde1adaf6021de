package dev.daypass.web;

import dev.daypass.words.Speech;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its content, and what its forms carry.
 *
 * @param who the visitor, or null if that is not known (links from mails, errors)
 * @param speech the language of its reader, and their clock
 * @param formToken {@link FormToken#value()}
 * @param here the path of ours where this page is seen again; empty if it is seen only once, as
 *     what is said after signing out: then no language is chosen on it
 */
public record Frame(@Nullable Person who, Speech speech, String formToken, String here) {
  public Frame {
    Objects.requireNonNull(speech);
    Objects.requireNonNull(formToken);
    Objects.requireNonNull(here);
  }

  /** The same for a page that is not seen again. */
  public Frame seenOnce() {
    return new Frame(who, speech, formToken, "");
  }
}
