package dev.daypass.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A step of the approval chain that has been opened.
 *
 * @param plan what was frozen for it
 * @param openedAt when it opened
 * @param round the round that is or was the last open one, from 0
 * @param roundEndsAt the round's deadline, fixed when it opened
 * @param asked whether the people of this round have been told
 * @param decisions what has been said, oldest first, at most one for each person
 * @param result open, or how it closed
 */
public record Stage(
    StagePlan plan,
    Instant openedAt,
    int round,
    Instant roundEndsAt,
    boolean asked,
    List<Decision> decisions,
    Result result) {
  /** Open, or how a stage closed. */
  public enum Result {
    OPEN,
    APPROVED,
    DENIED,
    LAPSED,
    CANCELLED
  }

  public Stage {
    Objects.requireNonNull(plan);
    Objects.requireNonNull(openedAt);
    Objects.requireNonNull(roundEndsAt);
    Objects.requireNonNull(result);
    decisions = List.copyOf(decisions);
    Objects.checkIndex(round, plan.rounds().size());
    if (decisions.stream().map(Decision::by).distinct().count() != decisions.size()) {
      throw new IllegalArgumentException("a person decides once in a stage: " + decisions);
    }
  }

  static Stage open(StagePlan plan, Instant now) {
    var first = plan.rounds().getFirst();
    return new Stage(plan, now, 0, now.plus(first.lasts()), false, List.of(), Result.OPEN);
  }

  /** The round that is or was the last open one. */
  public RoundPlan roundPlan() {
    return plan.rounds().get(round);
  }

  /** Email addresses of those who may decide while this round is open. */
  public List<String> approvers() {
    return roundPlan().approvers();
  }

  /** Everybody who has been asked in any round so far, in the order of asking. */
  public List<String> everybodyAsked() {
    return plan.rounds().subList(0, round + 1).stream()
        .flatMap(each -> each.approvers().stream())
        .distinct()
        .toList();
  }

  /** Whether no round follows this one. */
  public boolean isLastRound() {
    return round == plan.rounds().size() - 1;
  }

  /** Whether this person has decided here. */
  public boolean isDecidedBy(String person) {
    return decisions.stream().anyMatch(decision -> decision.by().equals(person));
  }

  long approvals() {
    return decisions.stream().filter(each -> each.answer() == Decision.Answer.APPROVE).count();
  }

  Stage with(Decision decision) {
    var more = new ArrayList<>(decisions);
    more.add(decision);
    var decided = new Stage(plan, openedAt, round, roundEndsAt, asked, more, result);
    if (decision.answer() == Decision.Answer.DENY) {
      return decided.closed(Result.DENIED);
    }
    return decided.approvals() >= roundPlan().needed() ? decided.closed(Result.APPROVED) : decided;
  }

  Stage closed(Result how) {
    return new Stage(plan, openedAt, round, roundEndsAt, asked, decisions, how);
  }

  Stage told() {
    return new Stage(plan, openedAt, round, roundEndsAt, true, decisions, result);
  }

  Stage nextRound(Instant now) {
    var next = plan.rounds().get(round + 1);
    return new Stage(plan, openedAt, round + 1, now.plus(next.lasts()), false, decisions, result);
  }
}
