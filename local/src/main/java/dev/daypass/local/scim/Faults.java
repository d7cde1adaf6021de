package dev.daypass.local.scim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at the target, so that one can watch what happens then. Faults queue up: each
 * request meets the first one left, and only its own.
 */
public final class Faults {
  sealed interface Fault {}

  /**
   * Answers so without doing anything.
   *
   * @param retryAfter the header's value, or null for none
   */
  record Answers(int status, @Nullable String retryAfter) implements Fault {}

  /** Does what was asked, but answers late. */
  record Delays(Duration by) implements Fault {}

  /** Closes the connection, with nothing done and nothing said. */
  record Drops() implements Fault {}

  /** Does what was asked and closes the connection before saying so. */
  record DropsAfter() implements Fault {}

  private final Deque<Fault> queue = new ArrayDeque<>();
  private boolean down;

  Faults() {}

  /** The next requests are answered with a status and nothing is done. */
  public void answer(int times, int status) {
    queue(times, new Answers(status, null));
  }

  /**
   * The next requests are answered with a status and nothing is done.
   *
   * @param retryAfter value of the header {@code Retry-After}: seconds or an HTTP date
   */
  public void answer(int times, int status, String retryAfter) {
    queue(times, new Answers(status, retryAfter));
  }

  /** The next requests are carried out but answered late, by wall time. */
  public void delay(int times, Duration by) {
    queue(times, new Delays(by));
  }

  /** The next requests meet a closed connection, and nothing is done. */
  public void drop(int times) {
    queue(times, new Drops());
  }

  /** The next requests are carried out, but the connection is closed before the answer. */
  public void dropAfter(int times) {
    queue(times, new DropsAfter());
  }

  /** Until told otherwise, every request meets a closed connection. */
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /** Everything works again. */
  public synchronized void clear() {
    down = false;
    queue.clear();
  }

  private synchronized void queue(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      queue.add(fault);
    }
  }

  /** The fault that this request meets, or null. */
  synchronized @Nullable Fault next() {
    return down ? new Drops() : queue.poll();
  }

  /** For people: what is wrong at the moment. */
  @Override
  public synchronized String toString() {
    if (down) {
      return "down";
    }
    return queue.isEmpty()
        ? "no faults"
        : String.format(Locale.ROOT, "%d faults to come: %s", queue.size(), queue);
  }
}
