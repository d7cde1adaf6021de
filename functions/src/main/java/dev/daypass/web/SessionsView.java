package dev.daypass.web;

import dev.daypass.access.Said;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is signed in.
 *
 * @param sessions the one that looks at this page first, then the latest first
 * @param done what has just been done, or null
 */
public record SessionsView(Frame frame, List<Line> sessions, @Nullable Said done) {
  /**
   * One session.
   *
   * @param hash what it is called in the path that ends it; not its secret
   * @param device browser and system
   * @param source the network address it began from
   * @param used when it was last used, to a few minutes
   * @param ends when it ends at the latest
   * @param current whether it is the one that looks
   */
  public record Line(
      String hash,
      Said device,
      String source,
      Instant since,
      Instant used,
      Instant ends,
      boolean current) {
    public Line {
      Objects.requireNonNull(hash);
      Objects.requireNonNull(device);
      Objects.requireNonNull(source);
      Objects.requireNonNull(since);
      Objects.requireNonNull(used);
      Objects.requireNonNull(ends);
    }
  }

  public SessionsView {
    Objects.requireNonNull(frame);
    sessions = List.copyOf(sessions);
  }
}
