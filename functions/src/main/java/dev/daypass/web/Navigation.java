package dev.daypass.web;

import dev.daypass.words.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries at the top of every page: the one place where a new one is added. */
public final class Navigation {
  private Navigation() {}

  /** Where not everybody has something to do. */
  public enum Way {
    /** The systems that the visitor answers for, or all. */
    SYSTEMS,
    /** Everything that is published. */
    RUNBOOKS,
    /** Who is in the directory. */
    PEOPLE,
    /** What was changed, by whom and when. */
    AUDIT
  }

  /** One entry. */
  public record Entry(String label, String path) {
    public Entry {
      Objects.requireNonNull(label);
      Objects.requireNonNull(path);
    }
  }

  /**
   * What {@code aria-current} says of an entry: {@code page} on its own page, {@code true} on one
   * that belongs to it, and nothing elsewhere.
   *
   * @param path of the entry
   * @param here the entry that the page belongs to
   */
  public static @Nullable String current(Frame frame, String path, String here) {
    if (!path.equals(here)) {
      return null;
    }
    return frame.here().replaceFirst("[?].*", "").equals(path) ? "page" : "true";
  }

  /** What the visitor can go to, in order; nothing for a visitor who is not known. */
  public static List<Entry> of(Frame frame) {
    if (frame.who() == null) {
      return List.of();
    }
    var speech = frame.speech();
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(speech.say("page.home.title"), Paths.HOME));
    entries.add(new Entry(speech.say("page.nav.find"), Paths.find()));
    entries.add(new Entry(speech.say("page.nav.inbox"), Paths.inbox()));
    if (frame.ways().contains(Way.SYSTEMS)) {
      entries.add(new Entry(speech.say("oversee.systems.title"), Paths.systems()));
    }
    if (frame.ways().contains(Way.RUNBOOKS)) {
      entries.add(new Entry(speech.say("oversee.runbooks.title"), Paths.runbooks()));
    }
    if (frame.ways().contains(Way.PEOPLE)) {
      entries.add(new Entry(speech.say("people.title"), Paths.people()));
    }
    if (frame.ways().contains(Way.AUDIT)) {
      entries.add(new Entry(speech.say("audit.title"), Paths.audit()));
    }
    return List.copyOf(entries);
  }
}
