package dev.daypass.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where every outgoing call of a run passes: it is written down, takes a moment, and goes wrong if
 * it is its turn.
 */
final class Calls {
  /** How long a call takes when nothing is wrong. */
  static final Duration MOMENT = Duration.ofMillis(2);

  /** How long a slow call takes, if its caller lives that long. */
  static final Duration SLOW = Duration.ofSeconds(20);

  /** How long a caller waits for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What a call does where it arrives. */
  interface Effect<T> {
    T happens();
  }

  /** What a caller sees of a call that went wrong. */
  interface Failures {
    RuntimeException broken();

    RuntimeException throttled();

    RuntimeException timedOut();

    /** The answer of somebody who says yes and does nothing. */
    default <T> T ignored(Effect<T> effect) {
      throw new IllegalArgumentException("nobody here ignores what is asked");
    }
  }

  private final Clockwork clockwork;
  private final Map<Integer, Fault.Kind> faults = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> down = new HashSet<>();
  private int point;

  Calls(Clockwork clockwork, List<Fault> faults) {
    this.clockwork = clockwork;
    for (var fault : faults) {
      switch (fault) {
        case Fault.AtCall(int call, Fault.Kind kind) -> this.faults.put(call, kind);
        case Fault.Skewed _ -> {
          // The clocks' affair.
        }
      }
    }
  }

  /** All calls so far. */
  List<Call> all() {
    return List.copyOf(calls);
  }

  /** How many calls there were so far. */
  int many() {
    return calls.size();
  }

  /** Something answers nobody, or everybody again. */
  void isDown(String what, boolean isSo) {
    if (isSo) {
      down.add(what);
    } else {
      down.remove(what);
    }
  }

  boolean isDown(String what) {
    return down.contains(what);
  }

  /** Something has happened to a request. */
  void happened(String what) {
    point = 31 * point + what.hashCode();
  }

  /** Writes a call down that is carried out elsewhere, and says what is to go wrong with it. */
  Fault.@Nullable Kind next(String caller, Callee callee, String operation) {
    var call =
        new Call(calls.size(), clockwork.instant(), caller, 0, callee, operation, true, point);
    calls.add(call);
    return fault(call);
  }

  /**
   * What is to go wrong; after something else has gone wrong, other calls may stand in the place.
   */
  private Fault.@Nullable Kind fault(Call call) {
    var kind = faults.get(call.index());
    return kind != null && kind.happensTo(call) ? kind : null;
  }

  /** A call out of the function that runs. */
  <T> T call(Callee callee, String operation, boolean writes, Failures failures, Effect<T> effect) {
    if (!clockwork.isInside() || clockwork.strand().invocations.isEmpty()) {
      throw new IllegalStateException("only functions call " + operation);
    }
    var invocation = clockwork.strand().invocations.getFirst();
    alive(invocation);
    var call =
        new Call(
            calls.size(),
            clockwork.instant(),
            invocation.function(),
            invocation.number(),
            callee,
            operation,
            writes,
            point);
    calls.add(call);
    pause(invocation, MOMENT);
    if (isDown(callee.name())) {
      throw failures.broken();
    }
    return switch (fault(call)) {
      case null -> effect.happens();
      case FAILS_BEFORE -> throw failures.broken();
      case THROTTLED -> throw failures.throttled();
      case FAILS_AFTER -> {
        effect.happens();
        throw failures.broken();
      }
      case TIMES_OUT -> {
        effect.happens();
        pause(invocation, PATIENCE);
        throw failures.timedOut();
      }
      case SLOW -> {
        pause(invocation, slow(invocation));
        yield effect.happens();
      }
      case TWICE -> {
        try {
          effect.happens();
        } catch (RuntimeException lost) {
          // Nobody hears of the first answer.
        }
        pause(invocation, MOMENT);
        yield effect.happens();
      }
      case KILLED_BEFORE -> throw invocation.kill(false);
      case KILLED_AFTER -> {
        effect.happens();
        throw invocation.kill(false);
      }
      case IGNORED -> failures.ignored(effect);
      case SPLIT, REORDERED ->
          throw new IllegalArgumentException("this happens to streams only: " + call);
    };
  }

  /** Lets time pass for a function, as when it waits before it tries again. */
  void pause(Duration duration) {
    var invocation = clockwork.strand().invocations.getFirst();
    alive(invocation);
    pause(invocation, duration);
  }

  private void pause(Invocation invocation, Duration duration) {
    var left = Duration.between(clockwork.instant(), invocation.deadline());
    if (duration.compareTo(left) >= 0) {
      clockwork.pause(left.isNegative() ? Duration.ZERO : left);
      throw invocation.kill(true);
    }
    clockwork.pause(duration);
    alive(invocation);
  }

  private static void alive(Invocation invocation) {
    if (invocation.isDead()) {
      throw invocation.kill(false);
    }
  }

  /** Slow, but not so slow that the caller is cut off: that is another fault. */
  private Duration slow(Invocation invocation) {
    var half = Duration.between(clockwork.instant(), invocation.deadline()).dividedBy(2);
    return half.compareTo(SLOW) < 0 ? half : SLOW;
  }
}
