package dev.daypass.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Pairs of faults in lives that are written down, and random histories with and without faults, as
 * long as there is time. The same seed draws the same trials in the same order.
 */
final class Chaos {
  /** Of so many trials one is a pair of faults in a written life, the others are histories. */
  private static final int PAIRS = 3;

  /** By how many seconds a clock is wrong. */
  private static final int[] WRONG = {-4, -3, -2, -1, 1, 2, 3, 4};

  private final Companies companies;
  private final long seed;
  private final List<Life> lives = Lives.everyone();
  private final Map<String, List<Call>> quiet = new ConcurrentHashMap<>();

  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger pairs = new AtomicInteger();
  private final AtomicInteger histories = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger faults = new AtomicInteger();
  private final List<Run> failed = new ArrayList<>();

  Chaos(Companies companies, long seed) {
    this.companies = companies;
    this.seed = seed;
  }

  /**
   * What came of it.
   *
   * @param runs whole lives lived
   * @param pairs of them with two faults in a life that is written down
   * @param histories of them drawn at random
   * @param calls outgoing calls made
   * @param faults things that went wrong with single calls or clocks; what was drawn for a call
   *     that was another one after the first fault does not count
   * @param failed those in which a promise was not kept
   */
  record Result(
      int runs,
      int pairs,
      int histories,
      long calls,
      int faults,
      List<Run> failed,
      Duration took) {}

  /** Goes on for so long, some at a time. */
  Result forTime(Duration time, int atATime, Consumer<String> progress) {
    long began = System.nanoTime();
    var nextTrial = new AtomicLong();
    var tasks = new ArrayList<Future<?>>();
    try (var workers = Executors.newFixedThreadPool(atATime)) {
      for (int i = 0; i < atATime; i++) {
        tasks.add(
            workers.submit(
                () -> {
                  while (System.nanoTime() - began < time.toNanos()) {
                    trial(nextTrial.getAndIncrement(), progress);
                  }
                }));
      }
      for (var task : tasks) {
        report(task, began, progress);
      }
    }
    return new Result(
        runs.get(),
        pairs.get(),
        histories.get(),
        calls.get(),
        faults.get(),
        List.copyOf(failed),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private void report(Future<?> task, long began, Consumer<String> progress) {
    while (true) {
      try {
        task.get(30, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException notYet) {
        progress.accept(
            "%4d s  %d runs (%d pairs, %d histories), %d calls, %d faults, %d broken"
                .formatted(
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    runs.get(),
                    pairs.get(),
                    histories.get(),
                    calls.get(),
                    faults.get(),
                    failed.size()));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped", stopped);
      } catch (ExecutionException broke) {
        throw new IllegalStateException("a run broke: " + broke.getCause(), broke.getCause());
      }
    }
  }

  private void trial(long number, Consumer<String> progress) {
    var random = new Random(seed * 1_000_003 + number);
    if (number % PAIRS == 0) {
      var life = lives.get(random.nextInt(lives.size()));
      var made =
          quiet.computeIfAbsent(
              life.name(), any -> Run.of(companies.of(life), life, List.of(), 1).calls());
      lived(life, some(random, made, 2), 1, progress);
      pairs.incrementAndGet();
    } else {
      var life = Histories.of(Math.floorMod(random.nextLong(), 1_000_000_000L));
      var alone = lived(life, List.of(), 1, progress);
      lived(life, some(random, alone.calls(), 1 + random.nextInt(3)), 1, progress);
      histories.addAndGet(2);
    }
  }

  private Run lived(Life life, List<Fault> with, long worldSeed, Consumer<String> progress) {
    var run = Run.of(companies.of(life), life, with, worldSeed);
    runs.incrementAndGet();
    calls.addAndGet(run.calls().size());
    faults.addAndGet(with.size() - run.missed().size());
    if (!run.broken().isEmpty()) {
      synchronized (failed) {
        failed.add(run);
      }
      progress.accept(run.report());
    }
    return run;
  }

  static List<Fault> some(Random random, List<Call> calls, int many) {
    var drawn = new HashMap<Integer, Fault>();
    while (drawn.size() < many && !calls.isEmpty()) {
      var call = calls.get(random.nextInt(calls.size()));
      if (random.nextInt(40) == 0 && call.callee().isCalledByFunctions()) {
        drawn.put(
            -drawn.size() - 1,
            new Fault.Skewed(
                call.caller(), Duration.ofSeconds(WRONG[random.nextInt(WRONG.length)])));
        continue;
      }
      var kinds = call.faults();
      if (!kinds.isEmpty()) {
        drawn.put(
            call.index(), new Fault.AtCall(call.index(), kinds.get(random.nextInt(kinds.size()))));
      }
    }
    return List.copyOf(drawn.values());
  }
}
