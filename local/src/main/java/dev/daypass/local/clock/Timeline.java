package dev.daypass.local.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a local run: functions, workflow, schedules and tokens read it, and everything
 * that must happen later is entered here. Time runs as the machine's does and can be moved forward.
 *
 * <p>Moving works in steps: go to the earliest due instant, run what is due, wait until everything
 * has settled (no {@link Work} open, nothing due), repeat. So a four-hour grant ends in seconds, in
 * the order in which it would have ended.
 */
public final class Timeline implements Agenda, AutoCloseable {
  private static final class Entry implements Due, Comparable<Entry> {
    private final Instant at;
    private final long order;
    private final Runnable task;
    private volatile boolean cancelled;

    Entry(Instant at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final InstantSource machine;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final List<Runnable> movers = new ArrayList<>();
  private final ReentrantLock moving = new ReentrantLock();
  private final Thread ticker;
  private Duration ahead = Duration.ZERO;
  private long orders;
  private int open;
  private boolean closed;

  /** A timeline that starts at the machine's time. */
  public Timeline() {
    this(InstantSource.system());
  }

  /** A timeline over another source of real time, for tests. */
  public Timeline(InstantSource machine) {
    this.machine = machine;
    this.ticker = Thread.ofVirtual().name("timeline").unstarted(this::tick);
    this.ticker.start();
  }

  /** Now, to the millisecond, as AWS timestamps are. */
  @Override
  public Instant instant() {
    lock.lock();
    try {
      return machine.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    } finally {
      lock.unlock();
    }
  }

  /** This timeline as a {@link Clock} in UTC, for libraries that ask for one. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
      }

      @Override
      public Instant instant() {
        return Timeline.this.instant();
      }
    };
  }

  @Override
  public Due at(Instant at, Runnable task) {
    lock.lock();
    try {
      var entry = new Entry(at, orders++, task);
      entries.add(entry);
      changed.signalAll();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run(Runnable task) {
    var work = work();
    try {
      workers.execute(
          () -> {
            try {
              task.run();
            } finally {
              work.close();
            }
          });
    } catch (RejectedExecutionException afterClose) {
      work.close();
    }
  }

  @Override
  public Work work() {
    lock.lock();
    try {
      open++;
    } finally {
      lock.unlock();
    }
    return new Work() {
      private boolean done;

      @Override
      public void close() {
        lock.lock();
        try {
          if (!done) {
            done = true;
            open--;
            changed.signalAll();
          }
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /**
   * Registers something that is called after every step of a move, before settling: for what keeps
   * wall time and must be told (DynamoDB Local's TTL).
   */
  public void onMove(Runnable mover) {
    lock.lock();
    try {
      movers.add(mover);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves time forward and returns when everything has settled.
   *
   * @throws TimeoutException if what runs does not come to rest within a minute of real time
   * @throws IllegalArgumentException if the step is negative
   */
  public void advance(Duration step) throws InterruptedException, TimeoutException {
    demandForward(step);
    moving.lock();
    try {
      settle();
      var target = instant().plus(step);
      while (true) {
        var next = earliest();
        var stop = next == null || next.isAfter(target) ? target : next;
        moveTo(stop);
        if (!stop.isBefore(target)) {
          return;
        }
      }
    } finally {
      moving.unlock();
    }
  }

  /**
   * Moves time forward in one step, as it passes for a machine that sleeps: whatever fell due
   * meanwhile is late, and runs at once. A week is over in a moment so, where in {@link #advance} a
   * schedule runs at each of its ten thousand minutes.
   *
   * @throws TimeoutException if what runs does not come to rest within a minute of real time
   * @throws IllegalArgumentException if the step is negative
   */
  public void sleep(Duration step) throws InterruptedException, TimeoutException {
    demandForward(step);
    moving.lock();
    try {
      settle();
      moveTo(instant().plus(step));
    } finally {
      moving.unlock();
    }
  }

  private static void demandForward(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("time moves forward only, not by " + step);
    }
  }

  private void moveTo(Instant stop) throws InterruptedException, TimeoutException {
    jumpTo(stop);
    for (var mover : List.copyOf(movers)) {
      mover.run();
    }
    settle();
  }

  /**
   * Returns when no work is open and nothing is due.
   *
   * @throws TimeoutException if that does not happen within a minute of real time
   */
  public void settle() throws InterruptedException, TimeoutException {
    long patience = TimeUnit.MINUTES.toNanos(1);
    lock.lock();
    try {
      while (open > 0 || isSomethingDue()) {
        if (patience <= 0) {
          throw new TimeoutException("still busy after a minute: " + open + " pieces of work open");
        }
        patience = changed.awaitNanos(patience);
      }
    } finally {
      lock.unlock();
    }
  }

  private void jumpTo(Instant stop) {
    lock.lock();
    try {
      var now = instant();
      if (stop.isAfter(now)) {
        ahead = ahead.plus(Duration.between(now, stop));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Instant earliest() {
    lock.lock();
    try {
      dropCancelled();
      var first = entries.peek();
      return first == null ? null : first.at;
    } finally {
      lock.unlock();
    }
  }

  private boolean isSomethingDue() {
    dropCancelled();
    var first = entries.peek();
    return first != null && !first.at.isAfter(instant());
  }

  private void dropCancelled() {
    while (!entries.isEmpty() && entries.peek().cancelled) {
      entries.poll();
    }
  }

  private void tick() {
    lock.lock();
    try {
      while (!closed) {
        if (isSomethingDue()) {
          var due = entries.poll();
          // The work is opened under the lock, so that settling never sees a gap between due and
          // running.
          run(due.task);
          continue;
        }
        var first = entries.peek();
        long nanos =
            first == null
                ? Long.MAX_VALUE
                : Math.max(1_000_000, Duration.between(instant(), first.at).toNanos());
        changed.awaitNanos(nanos);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Stops the clock: nothing that is still to come runs. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      entries.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    workers.shutdownNow();
  }
}
