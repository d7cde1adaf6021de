package dev.daypass.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.provider.Arguments;

/** Many who want something at the same moment. */
final class Race {
  /** How many run in each race. */
  static final int RACERS = 100;

  private static final int ROUNDS = 4;

  /** How a race begins. */
  enum Start {
    /** A latch lets all go at once; what they meet then is left to the machine. */
    AT_ONCE,
    /**
     * Besides, each is held before its first write until all others have come to theirs: so all
     * have read the same, and all but one of those who write the same item must lose.
     */
    ALL_HAVE_READ
  }

  private Race() {}

  /** Each round of a race: number and start. */
  static List<Arguments> rounds() {
    var rounds = new ArrayList<Arguments>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(Arguments.of(round, round % 2 == 0 ? Start.ALL_HAVE_READ : Start.AT_ONCE));
    }
    return rounds;
  }

  /**
   * Lets all run and waits for all.
   *
   * @return their answers, in their order
   * @throws AssertionError if one of them failed
   */
  static <T> List<T> run(Turnstile turnstile, Start start, List<Callable<T>> racers) {
    turnstile.begin(start == Start.ALL_HAVE_READ ? racers.size() : 0, 0);
    return run(turnstile, racers, List.of());
  }

  /**
   * Lets all run, but holds the slow ones between what they have read and their first write until
   * all prompt ones are done.
   *
   * @return the answers, first those of the prompt ones
   */
  static <T> List<T> runWithSlowOnes(
      Turnstile turnstile, List<Callable<T>> prompt, List<Callable<T>> slow) {
    turnstile.begin(prompt.size(), slow.size());
    return run(turnstile, prompt, slow);
  }

  private static <T> List<T> run(
      Turnstile turnstile, List<Callable<T>> prompt, List<Callable<T>> slow) {
    var ready = new CountDownLatch(prompt.size() + slow.size());
    var begin = new CountDownLatch(1);
    var running = new ArrayList<Future<T>>();
    // Threads of the machine, which it stops and lets go on wherever it likes.
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (var racer : prompt) {
        running.add(threads.submit(held(turnstile, false, ready, begin, racer)));
      }
      for (var racer : slow) {
        running.add(threads.submit(held(turnstile, true, ready, begin, racer)));
      }
      ready.await();
      begin.countDown();
      var answers = new ArrayList<T>();
      for (var each : running) {
        answers.add(each.get());
      }
      return answers;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    } catch (ExecutionException failed) {
      throw new AssertionError("one of the racers failed: " + failed.getCause(), failed);
    }
  }

  private static <T> Callable<T> held(
      Turnstile turnstile,
      boolean slow,
      CountDownLatch ready,
      CountDownLatch begin,
      Callable<T> racer) {
    return () -> {
      turnstile.enter(slow);
      try {
        ready.countDown();
        begin.await();
        return racer.call();
      } finally {
        turnstile.leave();
      }
    };
  }
}
