package dev.daypass.web;

import dev.daypass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a person asked for in the same system before, as whoever decides sees it.
 *
 * @param requests the newest, newest first
 * @param more whether there are others
 */
public record Earlier(List<Asked> requests, boolean more) {
  /** An earlier request and what became of it. */
  public record Asked(String title, Instant at, Sentence status) {
    public Asked {
      Objects.requireNonNull(title);
      Objects.requireNonNull(at);
      Objects.requireNonNull(status);
    }
  }

  public Earlier {
    requests = List.copyOf(requests);
  }
}
