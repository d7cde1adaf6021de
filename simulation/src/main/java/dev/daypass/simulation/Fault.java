package dev.daypass.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One thing that goes wrong on purpose. */
sealed interface Fault {
  /**
   * What can go wrong with a call.
   *
   * <p>Some of it cannot be told apart and is tried once: an answer that comes late is the next
   * call being slow. A read leaves nothing behind, so what fails after it fails before it as well,
   * and whoever is killed at it might as well have been killed after the last write before it. No
   * code looks at why the database failed, so there a refusal for the moment stands for every
   * failure before the effect, and an answer that is waited for in vain for every failure after it;
   * a read of the database fails in one way.
   */
  enum Kind {
    /** The connection breaks before anything has happened. */
    FAILS_BEFORE,
    /** It is done, and the answer is lost. */
    FAILS_AFTER,
    /** It is refused for the moment, as being too much. */
    THROTTLED,
    /** It is done, but the caller has stopped waiting for the answer. */
    TIMES_OUT,
    /** It reaches the other side late. */
    SLOW,
    /** It is done twice, and the second answer is the one that arrives. */
    TWICE,
    /** The caller is killed before it. */
    KILLED_BEFORE,
    /** The caller is killed after it. */
    KILLED_AFTER,
    /** It is answered as done, and is not done. */
    IGNORED,
    /** The records of a stream are handed over one by one. */
    SPLIT,
    /** Records of other items overtake. */
    REORDERED;

    /** Whether this can happen to such a call. */
    boolean happensTo(Call call) {
      return HAPPENS.getOrDefault(call.callee(), Set.of()).contains(this)
          && (call.writes() || happensToReads(call.callee()))
          // One record alone has no order and no parts.
          && ((this != SPLIT && this != REORDERED) || call.operation().contains(Call.SEVERAL));
    }

    private boolean happensToReads(Callee callee) {
      return switch (this) {
        case THROTTLED, SLOW -> true;
        case FAILS_BEFORE, TIMES_OUT -> callee != Callee.DYNAMODB;
        case FAILS_AFTER, TWICE, KILLED_BEFORE, KILLED_AFTER, IGNORED, SPLIT, REORDERED -> false;
      };
    }
  }

  /** What is tried with whom. */
  Map<Callee, Set<Kind>> HAPPENS =
      Map.ofEntries(
          Map.entry(
              Callee.DYNAMODB,
              EnumSet.of(
                  Kind.THROTTLED,
                  Kind.TIMES_OUT,
                  Kind.SLOW,
                  Kind.TWICE,
                  Kind.KILLED_BEFORE,
                  Kind.KILLED_AFTER)),
          Map.entry(Callee.STATES, byFunctions()),
          Map.entry(Callee.MAIL, byFunctions()),
          Map.entry(Callee.FILES, byFunctions()),
          Map.entry(Callee.SECRETS, byFunctions()),
          Map.entry(Callee.PROVIDER, byFunctions()),
          Map.entry(Callee.CHAT, byFunctions()),
          Map.entry(Callee.TARGET, EnumSet.complementOf(EnumSet.of(Kind.SPLIT, Kind.REORDERED))),
          Map.entry(
              Callee.STEP,
              EnumSet.of(
                  Kind.FAILS_BEFORE,
                  Kind.FAILS_AFTER,
                  Kind.THROTTLED,
                  Kind.TIMES_OUT,
                  Kind.SLOW,
                  Kind.TWICE)),
          Map.entry(
              Callee.STREAM,
              EnumSet.of(
                  Kind.FAILS_BEFORE,
                  Kind.FAILS_AFTER,
                  Kind.SLOW,
                  Kind.TWICE,
                  Kind.SPLIT,
                  Kind.REORDERED)),
          Map.entry(Callee.HTTP, EnumSet.of(Kind.FAILS_BEFORE, Kind.FAILS_AFTER, Kind.TWICE)),
          Map.entry(
              Callee.EVENT, EnumSet.of(Kind.FAILS_BEFORE, Kind.FAILS_AFTER, Kind.SLOW, Kind.TWICE)),
          Map.entry(Callee.SCHEDULE, EnumSet.of(Kind.FAILS_BEFORE, Kind.TWICE)));

  private static Set<Kind> byFunctions() {
    return EnumSet.complementOf(EnumSet.of(Kind.SPLIT, Kind.REORDERED, Kind.IGNORED));
  }

  /** Whether something is different for this call because of it. */
  boolean meets(Call call);

  /** Whether it is with this call that something goes wrong. */
  default boolean strikes(Call call) {
    return this instanceof AtCall && meets(call);
  }

  /** Something goes wrong with one call. */
  record AtCall(int call, Kind kind) implements Fault {
    @Override
    public boolean meets(Call made) {
      return made.index() == call && kind.happensTo(made);
    }

    @Override
    public String toString() {
      return call + ":" + kind;
    }
  }

  /** A function's clock is wrong through the whole run. */
  record Skewed(String function, Duration ahead) implements Fault {
    @Override
    public boolean meets(Call made) {
      return made.caller().equals(function) && !ahead.isZero();
    }

    @Override
    public String toString() {
      return "clock:" + function + ":" + ahead.toSeconds();
    }
  }

  /**
   * Reads a fault from its written form: {@code 143:FAILS_AFTER}, {@code
   * clock:DispatchFunction:-5}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Fault parse(String text) {
    var parts = text.split(":", -1);
    try {
      if (parts.length == 3 && parts[0].equals("clock")) {
        return new Skewed(parts[1], Duration.ofSeconds(Long.parseLong(parts[2])));
      }
      if (parts.length == 2) {
        return new AtCall(
            Integer.parseUnsignedInt(parts[0]), Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)));
      }
    } catch (IllegalArgumentException unreadable) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "not a fault: \"%s\"; it looks like 143:FAILS_AFTER or clock:DispatchFunction:-5"
            .formatted(text));
  }
}
