package dev.daypass.simulation;

import dev.daypass.local.clock.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when everybody waits, and threads of which only one runs: each goes on at a
 * moment that it has named, in the order of these moments and, where they are the same, in the
 * order in which they were named. So a run is the same each time, whatever the machine does.
 */
final class Clockwork implements Agenda, AutoCloseable {
  /** A thread of the simulation. */
  static final class Strand {
    private final Semaphore turn = new Semaphore(0);

    /** What this strand is carrying out at the moment, innermost first. */
    final Deque<Invocation> invocations = new ArrayDeque<>();
  }

  /** Ends whatever still waits when a run is over. */
  private static final class Over extends Error {
    private static final long serialVersionUID = 1L;

    Over() {
      super("the run is over", null, false, false);
    }
  }

  private static final class Entry implements Due, Comparable<Entry> {
    private final Instant at;
    private final long order;
    private final Runnable go;
    private boolean cancelled;

    Entry(Instant at, long order, Runnable go) {
      this.at = at;
      this.order = order;
      this.go = go;
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

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final Set<Strand> waiting = new HashSet<>();
  private final Semaphore conductor = new Semaphore(0);
  private Instant now;
  private long orders;
  private @Nullable Strand current;
  private @Nullable Throwable failure;
  private boolean over;
  private Instant horizon = Instant.MIN;
  private BooleanSupplier done = () -> false;

  Clockwork(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Due at(Instant at, Runnable task) {
    var entry = new Entry(at.isBefore(now) ? now : at, orders++, () -> begin(task));
    entries.add(entry);
    return entry;
  }

  @Override
  public void run(Runnable task) {
    at(now, task);
  }

  @Override
  public Work work() {
    // Time moves only when everybody waits, so nobody need be waited for.
    return () -> {};
  }

  /** The strand that runs. */
  Strand strand() {
    if (current == null) {
      throw new IllegalStateException("only strands of the simulation do this");
    }
    return current;
  }

  /** Whether a strand runs at all, as opposed to whoever looks on from outside. */
  boolean isInside() {
    return current != null;
  }

  /** Lets time pass for the strand that calls. */
  void pause(Duration duration) {
    var strand = strand();
    var until = now.plus(duration);
    if (isNext(until)) {
      orders++;
      now = until;
      return;
    }
    entries.add(new Entry(until, orders++, () -> goOn(strand)));
    waiting.add(strand);
    conductor.release();
    strand.turn.acquireUninterruptibly();
    waiting.remove(strand);
    if (over) {
      throw new Over();
    }
  }

  /**
   * Whether the strand that would go on at that moment is the next that does: then it can go on by
   * itself, and two changes of threads are saved, which cost more than most of what strands do.
   */
  private boolean isNext(Instant until) {
    while (!entries.isEmpty() && entries.peek().cancelled) {
      entries.poll();
    }
    return !until.isAfter(horizon)
        && (entries.isEmpty() || entries.peek().at.isAfter(until))
        && !done.getAsBoolean();
  }

  private void begin(Runnable task) {
    var strand = new Strand();
    Thread.ofVirtual()
        .start(
            () -> {
              strand.turn.acquireUninterruptibly();
              try {
                task.run();
              } catch (Over expected) {
                // The run is over.
              } catch (Throwable broken) {
                if (failure == null && !over) {
                  failure = broken;
                }
              } finally {
                conductor.release();
              }
            });
    goOn(strand);
  }

  private void goOn(Strand strand) {
    current = strand;
    strand.turn.release();
    conductor.acquireUninterruptibly();
    current = null;
  }

  /**
   * Lets everything happen in turn until it is done or nothing is left before the horizon.
   *
   * @return whether it was done
   * @throws IllegalStateException if a strand broke off with an exception
   */
  boolean runUntil(Instant horizon, BooleanSupplier done) {
    this.horizon = horizon;
    this.done = done;
    while (!done.getAsBoolean()) {
      var entry = entries.poll();
      if (entry == null || entry.at.isAfter(horizon)) {
        if (entry != null) {
          entries.add(entry);
        }
        return false;
      }
      if (entry.cancelled) {
        continue;
      }
      if (entry.at.isAfter(now)) {
        now = entry.at;
      }
      entry.go.run();
      if (failure != null) {
        throw new IllegalStateException("the simulation itself broke: " + failure, failure);
      }
    }
    return true;
  }

  /** Ends all strands. */
  @Override
  public void close() {
    over = true;
    entries.clear();
    while (!waiting.isEmpty()) {
      goOn(waiting.iterator().next());
    }
  }
}
