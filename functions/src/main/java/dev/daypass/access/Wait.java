package dev.daypass.access;

import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;

/**
 * A wait of the workflow: for the decision of one round, or for what ends the access, sets it up by
 * hand or takes it away by hand.
 */
public sealed interface Wait {
  /** The name under which its task token is kept. */
  String name();

  /** Whether the request has gone on, so that nobody need wait any longer. */
  boolean isAnsweredBy(Request request);

  /**
   * Waits until the round is decided or over, or somebody is to be told something in it.
   *
   * @param turns {@link Stage#turns} when its people were asked
   */
  record ForDecision(int stage, int round, int turns) implements Wait {
    /** Waits for those of whom none has handed anything over or asked anything. */
    public ForDecision(int stage, int round) {
      this(stage, round, 0);
    }

    @Override
    public String name() {
      var begun = "decision#" + stage + "#" + round;
      return turns == 0 ? begun : begun + "#" + turns;
    }

    @Override
    public boolean isAnsweredBy(Request request) {
      return !(request instanceof Pending pending
          && pending.stage() == stage
          && pending.open().round() == round
          && pending.open().turns() == turns);
    }
  }

  /** Waits until the access begins or ends, or until the hands have done for which it waits. */
  record ForEnd() implements Wait {
    @Override
    public String name() {
      return "end";
    }

    @Override
    public boolean isAnsweredBy(Request request) {
      return switch (request) {
        case Active _ -> false;
        // The clock says when it begins, and not the request.
        case Scheduled scheduled -> scheduled.asked().startsAt() == null;
        case Provisioning provisioning -> provisioning.awaited().isEmpty();
        case Ending ending -> ending.awaited().isEmpty();
        case Pending _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> true;
      };
    }
  }

  /**
   * The wait with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Wait named(String name) {
    if (name.equals("end")) {
      return new ForEnd();
    }
    var parts = name.split("#", -1);
    if ((parts.length == 3 || parts.length == 4) && parts[0].equals("decision")) {
      return new ForDecision(
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          parts.length == 3 ? 0 : Integer.parseInt(parts[3]));
    }
    throw new IllegalArgumentException("no wait is called " + name);
  }
}
