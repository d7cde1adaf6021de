package dev.daypass.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages of a plan, said in a sentence: {@code AStage.needsOneOf(OLGA, OTTO).remindsAfter(…)}. */
public final class AStage {
  /** How long a round lasts if it does not matter. */
  public static final Duration ANY_ROUND = Duration.ofHours(8);

  private final List<RoundPlan> rounds;
  private final Proof proof;
  private final StagePlan.@Nullable Others others;

  private AStage(List<RoundPlan> rounds, Proof proof, StagePlan.@Nullable Others others) {
    this.rounds = rounds;
    this.proof = proof;
    this.others = others;
  }

  /** One of these people must approve. */
  public static AStage needsOneOf(String... people) {
    return needs(1, people);
  }

  /** All of these people must approve. */
  public static AStage needsAllOf(String... people) {
    return needs(people.length, people);
  }

  /** So many of these people must approve. */
  public static AStage needs(int needed, String... people) {
    return new AStage(
        List.of(round(RoundPlan.Kind.NOTICE, ANY_ROUND, needed, people)), Proof.MAILBOX, null);
  }

  /** A decision must be proven like this. */
  public AStage provenBy(Proof demanded) {
    return new AStage(rounds, demanded, others);
  }

  /** The round begun last lasts so long. */
  public AStage lasting(Duration lasts) {
    var last = rounds.getLast();
    var changed = new ArrayList<>(rounds.subList(0, rounds.size() - 1));
    changed.add(new RoundPlan(last.kind(), lasts, last.approvers(), last.needed()));
    return new AStage(changed, proof, others);
  }

  /** Then the same people are asked again. */
  public AStage thenReminds() {
    var last = rounds.getLast();
    return then(new RoundPlan(RoundPlan.Kind.REMINDER, ANY_ROUND, last.approvers(), last.needed()));
  }

  /** Then so many of these people must approve. */
  public AStage thenEscalatesTo(int needed, String... people) {
    return then(round(RoundPlan.Kind.ESCALATION, ANY_ROUND, needed, people));
  }

  /** Whoever approved an earlier stage does not count; these stand in if too few are left. */
  public AStage byOthers(String... standIns) {
    return new AStage(rounds, proof, new StagePlan.Others(false, Arrays.asList(standIns)));
  }

  /** The same where all who are asked first must approve. */
  public AStage byAllOthers(String... standIns) {
    return new AStage(rounds, proof, new StagePlan.Others(true, Arrays.asList(standIns)));
  }

  /** As a part of a plan. */
  public StagePlan planned() {
    return new StagePlan("Somebody who knows", proof, rounds, others);
  }

  private AStage then(RoundPlan round) {
    var more = new ArrayList<>(rounds);
    more.add(round);
    return new AStage(more, proof, others);
  }

  private static RoundPlan round(
      RoundPlan.Kind kind, Duration lasts, int needed, String... people) {
    return new RoundPlan(kind, lasts, Arrays.asList(people), needed);
  }
}
