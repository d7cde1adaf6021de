package dev.daypass.web;

import dev.daypass.words.Paths;
import java.util.List;
import java.util.Objects;

/** The entries at the top of every page: the one place where a new one is added. */
public final class Navigation {
  private Navigation() {}

  /** One entry. */
  public record Entry(String label, String path) {
    public Entry {
      Objects.requireNonNull(label);
      Objects.requireNonNull(path);
    }
  }

  /** What the visitor can go to, in order; nothing for a visitor who is not known. */
  public static List<Entry> of(Frame frame) {
    if (frame.who() == null) {
      return List.of();
    }
    var speech = frame.speech();
    return List.of(
        new Entry(speech.say("page.nav.start"), Paths.HOME),
        new Entry(speech.say("page.nav.find"), Paths.find()),
        new Entry(speech.say("page.nav.inbox"), Paths.inbox()));
  }
}
