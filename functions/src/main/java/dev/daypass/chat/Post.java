package dev.daypass.chat;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A message for a channel, as text: what people typed is on one line and holds no address, but
 * nothing is escaped yet.
 *
 * @param heading who wants what
 * @param advice what to do, a sentence
 * @param label what the link says
 * @param link the one link, the same for every reader
 */
public record Post(String heading, List<Fact> facts, String advice, String label, URI link) {
  /** One thing to know at a glance. */
  public record Fact(String label, String value) {
    public Fact {
      Objects.requireNonNull(label);
      Objects.requireNonNull(value);
    }
  }

  public Post {
    Objects.requireNonNull(heading);
    facts = List.copyOf(facts);
    Objects.requireNonNull(advice);
    Objects.requireNonNull(label);
    Objects.requireNonNull(link);
  }
}
