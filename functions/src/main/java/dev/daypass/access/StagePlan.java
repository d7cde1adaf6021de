package dev.daypass.access;

import java.util.List;
import java.util.Objects;

/**
 * One step of the approval chain as frozen at submission.
 *
 * @param title who decides here, in words: {@code Your manager}
 * @param proof what a decision from a mail link must prove
 * @param rounds the waits in order, 1 to 5; the first is a notice; after the last nobody has
 *     answered; all together they ask at most 25 people
 */
public record StagePlan(String title, Proof proof, List<RoundPlan> rounds) {
  public StagePlan {
    Objects.requireNonNull(title);
    Objects.requireNonNull(proof);
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.getFirst().kind() != RoundPlan.Kind.NOTICE) {
      throw new IllegalArgumentException("a stage begins with a notice: " + rounds);
    }
    if (rounds.size() > Plan.MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "a stage has 1 to " + Plan.MOST_ROUNDS + " rounds, not " + rounds.size());
    }
    var asked = rounds.stream().flatMap(round -> round.approvers().stream()).distinct().count();
    if (asked > Plan.MOST_APPROVERS) {
      throw new IllegalArgumentException(
          "a stage asks at most " + Plan.MOST_APPROVERS + " people, not " + asked);
    }
  }
}
