package dev.daypass.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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

  /** After so many trials their digest is told. */
  static final int TOLD = 100;

  /** And after these, so that short runs can be compared as well. */
  private static final Set<Long> TOLD_FIRST = Set.of(10L, 25L, 50L);

  private final Companies companies;
  private final long seed;
  private final BooleanSupplier stop;
  private final List<Life> lives = Lives.everyone();
  private final Map<String, List<Call>> quiet = new ConcurrentHashMap<>();

  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger pairs = new AtomicInteger();
  private final AtomicInteger histories = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger faults = new AtomicInteger();
  private final List<Run> failed = new ArrayList<>();
  private final Map<Long, String> drawn = new HashMap<>();
  private final MessageDigest digest = sha256();
  private long trials;
  private volatile boolean brokeOff;

  /**
   * @param stop whether somebody wants it to end before its time
   */
  Chaos(Companies companies, long seed, BooleanSupplier stop) {
    this.companies = companies;
    this.seed = seed;
    this.stop = stop;
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
   * @param failed those in which a promise was not kept, or that broke off
   * @param trials of which the digest is
   * @param digest the same wherever the same trials were drawn
   */
  record Result(
      int runs,
      int pairs,
      int histories,
      long calls,
      int faults,
      List<Run> failed,
      long trials,
      String digest,
      Duration took) {}

  /** Goes on for so long, some at a time; until one breaks off, since then others will as well. */
  Result forTime(Duration time, int atATime, Consumer<String> progress) {
    long began = System.nanoTime();
    var nextTrial = new AtomicLong();
    var tasks = new ArrayList<Future<?>>();
    try (var workers = Executors.newFixedThreadPool(atATime)) {
      for (int i = 0; i < atATime; i++) {
        tasks.add(
            workers.submit(
                () -> {
                  while (!brokeOff
                      && !stop.getAsBoolean()
                      && System.nanoTime() - began < time.toNanos()) {
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
        trials,
        digest(),
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
      var made = quiet.computeIfAbsent(life.name(), any -> run(life, List.of(), progress).calls());
      if (brokeOff) {
        return;
      }
      var faults = some(random, made, 2);
      lived(life, faults, pairs, progress);
      tell(number, life, faults, progress);
    } else {
      var life = Histories.of(Math.floorMod(random.nextLong(), 1_000_000_000L));
      var alone = lived(life, List.of(), histories, progress);
      if (brokeOff) {
        return;
      }
      var faults = some(random, alone.calls(), 1 + random.nextInt(3));
      lived(life, faults, histories, progress);
      tell(number, life, faults, progress);
    }
  }

  private Run lived(Life life, List<Fault> with, AtomicInteger counted, Consumer<String> progress) {
    var run = run(life, with, progress);
    runs.incrementAndGet();
    counted.incrementAndGet();
    calls.addAndGet(run.calls().size());
    faults.addAndGet(with.size() - run.missed().size());
    return run;
  }

  private Run run(Life life, List<Fault> with, Consumer<String> progress) {
    Run run;
    try {
      run = Run.of(companies.of(life), life, with, 1);
    } catch (RuntimeException | Error why) {
      brokeOff = true;
      run = Run.brokenOff(life, with, 1, why);
    }
    if (!run.broken().isEmpty()) {
      synchronized (failed) {
        failed.add(run);
      }
      progress.accept(run.report());
    }
    return run;
  }

  /**
   * Adds a trial to the digest. Trials end in another order than they begin; each waits for those
   * before it.
   */
  private void tell(long number, Life life, List<Fault> faults, Consumer<String> progress) {
    synchronized (drawn) {
      drawn.put(number, life.name() + " " + faults + "\n");
      for (var next = drawn.remove(trials); next != null; next = drawn.remove(trials)) {
        digest.update(next.getBytes(StandardCharsets.UTF_8));
        trials++;
        if (trials % TOLD == 0 || TOLD_FIRST.contains(trials)) {
          progress.accept("        digest of the first %d trials: %s".formatted(trials, digest()));
        }
      }
    }
  }

  /** Of the trials that were drawn, by their names and faults. */
  private String digest() {
    try {
      var soFar = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(soFar.digest(), 0, 4);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
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
