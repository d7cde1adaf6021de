package dev.daypass.access;

import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Pending;

/** A wait of the workflow: for the decision of one round, or for the end of the access. */
public sealed interface Wait {
  /** The name under which its task token is kept. */
  String name();

  /** Whether the request has gone on, so that nobody need wait any longer. */
  boolean isAnsweredBy(Request request);

  /** Waits until the round is decided or over. */
  record ForDecision(int stage, int round) implements Wait {
    @Override
    public String name() {
      return "decision#" + stage + "#" + round;
    }

    @Override
    public boolean isAnsweredBy(Request request) {
      return !(request instanceof Pending pending
          && pending.stage() == stage
          && pending.open().round() == round);
    }
  }

  /** Waits until the access ends. */
  record ForEnd() implements Wait {
    @Override
    public String name() {
      return "end";
    }

    @Override
    public boolean isAnsweredBy(Request request) {
      return !(request instanceof Active);
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
    if (parts.length == 3 && parts[0].equals("decision")) {
      return new ForDecision(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
    throw new IllegalArgumentException("no wait is called " + name);
  }
}
