package dev.daypass.web;

import dev.daypass.words.Speech;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its content, and what its forms carry.
 *
 * @param who the visitor, or null if that is not known (links from mails, errors)
 * @param speech the language of its reader, and their clock
 * @param formToken the hidden field {@link AntiForgery#FIELD} of each form
 * @param here the path of ours where this page is seen again; empty if it is seen only once, as
 *     what is said after signing out: then no language is chosen on it
 * @param ways where the visitor can go beside what everybody can
 */
public record Frame(
    @Nullable Person who, Speech speech, String formToken, String here, Set<Navigation.Way> ways) {
  public Frame {
    ways = Set.copyOf(ways);
    Objects.requireNonNull(speech);
    Objects.requireNonNull(formToken);
    Objects.requireNonNull(here);
  }

  /** A frame for somebody who can go where everybody can. */
  public Frame(@Nullable Person who, Speech speech, String formToken, String here) {
    this(who, speech, formToken, here, Set.of());
  }

  /** The same for a page that is not seen again. */
  public Frame seenOnce() {
    return new Frame(who, speech, formToken, "", ways);
  }
}
