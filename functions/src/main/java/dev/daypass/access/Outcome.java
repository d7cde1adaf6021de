package dev.daypass.access;

import java.util.List;

/** What a command came to. */
public sealed interface Outcome {
  /** The request as it is now. */
  Request request();

  /** The command changed the request; the new one has one event more. */
  record Changed(Request request) implements Outcome {}

  /** The command had been taken before, or nothing was left to do; accepted, nothing changed. */
  record Unchanged(Request request) implements Outcome {}

  /** The command is refused, for all these reasons; nothing changed. */
  record Refused(Request request, List<Refusal> refusals) implements Outcome {
    public Refused {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("a refusal has a reason");
      }
    }
  }
}
