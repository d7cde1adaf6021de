package dev.daypass.connector;

import java.time.Duration;

/** How a connector waits between two tries: {@code Thread::sleep}, or nothing in a test. */
@FunctionalInterface
public interface Sleeper {
  /** Returns when the time has passed. */
  void sleep(Duration duration) throws InterruptedException;
}
