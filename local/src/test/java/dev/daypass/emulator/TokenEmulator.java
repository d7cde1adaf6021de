package dev.daypass.emulator;

import java.nio.file.Path;

/**
 * An emulator that runs no Java functions: this JVM runs them, for tasks that come through a queue
 * and for streams that it polls.
 */
interface TokenEmulator extends Emulator {
  /** A queue of tasks; asked again with the same name, the same queue. */
  TaskQueue queue(String name);

  /** The definition, its tasks going to a queue that nobody reads. */
  @Override
  default String runnable(String definition) {
    return TasksByToken.rewrite(definition, queue("daypass-unread"));
  }

  @Override
  default Application application(Path project) {
    return HostedApplication.start(this, project);
  }
}
