package dev.daypass.approval;

import dev.daypass.fuzz.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What the state machine hands to functions. */
public final class StepFuzz {
  private StepFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Step step;
    try {
      step = Step.read(new ByteArrayInputStream(data));
    } catch (IOException refused) {
      return;
    }
    Check.that(step.step() != null && step.requestId() != null, "a step has its names");
    Check.that(!Step.problem(step.error()).isEmpty(), "a problem has words");
  }
}
