package dev.daypass.local.clock;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock with a list of what is to happen when. What emulates a service does all its waiting here,
 * so that whoever owns the agenda decides how time passes.
 */
public interface Agenda extends InstantSource {
  /** A thing that runs at its due instant unless it is cancelled first. */
  interface Due {
    /** Prevents the run; does nothing if it has started. */
    void cancel();
  }

  /** A piece of work under way; time does not move on before it is closed. */
  interface Work extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs the task on a thread of its own when {@code at} has come, at once if it has passed. */
  Due at(Instant at, Runnable task);

  /** Runs the task now on a thread of its own, as work that time waits for. */
  void run(Runnable task);

  /** Marks work that time must wait for, until it is closed; closing twice does no harm. */
  Work work();
}
