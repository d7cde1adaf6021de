package dev.daypass.access;

import java.util.List;
import java.util.Objects;

/**
 * One step of the approval chain as frozen at submission.
 *
 * @param title who decides here, in words: {@code Your manager}
 * @param proof what a decision from a mail link must prove
 * @param rounds the waits in order; the first is a notice; after the last nobody has answered
 */
public record StagePlan(String title, Proof proof, List<RoundPlan> rounds) {
  public StagePlan {
    Objects.requireNonNull(title);
    Objects.requireNonNull(proof);
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.getFirst().kind() != RoundPlan.Kind.NOTICE) {
      throw new IllegalArgumentException("a stage begins with a notice: " + rounds);
    }
  }
}
