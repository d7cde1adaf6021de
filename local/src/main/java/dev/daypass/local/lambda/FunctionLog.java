package dev.daypass.local.lambda;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What functions log: the last lines, and whoever listens. */
public final class FunctionLog {
  private static final int MOST = 2000;

  /**
   * One entry.
   *
   * @param function the function's logical id
   * @param text as logged, without a line end at the end
   */
  public record Entry(Instant at, String function, String text) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private volatile Consumer<Entry> listener = entry -> {};

  /** The last entries, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The last entries of one function, oldest first. */
  public synchronized List<String> of(String logicalId) {
    return entries.stream()
        .filter(entry -> entry.function().equals(logicalId))
        .map(Entry::text)
        .toList();
  }

  /** Hands every further entry to this listener; it replaces the one before. */
  public void listen(Consumer<Entry> newListener) {
    listener = newListener;
  }

  void add(Entry entry) {
    synchronized (this) {
      if (entries.size() == MOST) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    listener.accept(entry);
  }
}
