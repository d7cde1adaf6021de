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
    return List.of(
        new Entry("Start", Paths.HOME),
        new Entry("Find access", Paths.find()),
        new Entry("Inbox", Paths.inbox()));
  }
}
