package dev.daypass.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of the approval chain as frozen at submission.
 *
 * @param title who decides here, in words: {@code Your manager}
 * @param proof what a decision from a mail link must prove
 * @param rounds the waits in order, 1 to 5; the first is a notice; after the last nobody has
 *     answered; all together they ask at most 25 people
 * @param others that whoever approved an earlier stage does not count here; null if they do, and in
 *     a stage that has been opened, where those who have approved are gone from the rounds
 */
public record StagePlan(
    String title, Proof proof, List<RoundPlan> rounds, @Nullable Others others) {
  /**
   * That others decide here than whoever approved an earlier stage.
   *
   * @param all whether all of those who are asked first must approve: then those who have not yet
   *     are all of them
   * @param standIns email addresses, lower case, each once, of those who are asked as well where
   *     too few are left even with everybody of the last round; at most 25, may be empty
   */
  public record Others(boolean all, List<String> standIns) {
    public Others {
      standIns = List.copyOf(standIns);
      if (standIns.size() > Plan.MOST_APPROVERS
          || standIns.stream().distinct().count() != standIns.size()) {
        throw new IllegalArgumentException("too many stand-ins, or one twice: " + standIns);
      }
      standIns.forEach(Texts::requireLowerCase);
    }
  }

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
    if (others != null) {
      requireSubstitutable(rounds, others);
    }
  }

  /** What makes it sure that {@link #after} finds enough people if {@link Plan#stuck} says so. */
  private static void requireSubstitutable(List<RoundPlan> rounds, Others others) {
    var first = rounds.getFirst();
    if (replaces(rounds)) {
      // Who is asked instead need not have been asked before: with whoever stands in for them, the
      // rounds must still not ask too many.
      var most =
          Stream.concat(
                  rounds.stream().flatMap(round -> round.approvers().stream()),
                  others.standIns().stream())
              .distinct()
              .count();
      if (most > Plan.MOST_APPROVERS) {
        throw new IllegalArgumentException("with those who stand in too many are asked: " + most);
      }
    }
    for (var round : rounds) {
      if (others.all() && round.needed() != first.approvers().size()) {
        throw new IllegalArgumentException("all of those asked first must approve: " + round);
      }
    }
  }

  /** Whether a later round does not ask everybody whom one before it asked. */
  private static boolean replaces(List<RoundPlan> rounds) {
    return rounds.stream()
        .anyMatch(round -> !rounds.getLast().approvers().containsAll(round.approvers()));
  }

  /** Everybody whom a round asks, in the order of asking. */
  public List<String> asked() {
    return rounds.stream().flatMap(round -> round.approvers().stream()).distinct().toList();
  }

  /** Those whom the last round asks: whoever comes to it, they alone must be able to decide. */
  List<String> askedLast() {
    return rounds.getLast().approvers();
  }

  /** The most people who may come to approve here: that many close the stage. */
  public int mostNeeded() {
    return rounds.stream().mapToInt(RoundPlan::needed).max().orElseThrow();
  }

  /** Those left out of this stage, as they have approved an earlier one; in the order of asking. */
  public List<String> leftOut(Set<String> approved) {
    return others == null ? List.of() : asked().stream().filter(approved::contains).toList();
  }

  /**
   * This stage as it opens when these people have approved earlier ones. They are not asked; where
   * too few are left, those of the last round are asked from the beginning, and then the stand-ins.
   */
  public StagePlan after(Set<String> approved) {
    var rule = others;
    if (rule == null) {
      return this;
    }
    var first = rounds.getFirst().approvers();
    int gone = rule.all() ? first.size() - left(first, approved).size() : 0;
    var opened = new ArrayList<RoundPlan>();
    for (var round : rounds) {
      int needed = Math.max(1, round.needed() - gone);
      var asked = asked(round, needed, rule.standIns(), approved);
      boolean same = !opened.isEmpty() && opened.getLast().approvers().equals(asked);
      opened.add(
          new RoundPlan(
              same ? RoundPlan.Kind.REMINDER : round.kind(), round.lasts(), asked, needed));
    }
    return new StagePlan(title, proof, opened, null);
  }

  private List<String> asked(
      RoundPlan round, int needed, List<String> standIns, Set<String> approved) {
    var asked = new LinkedHashSet<>(left(round.approvers(), approved));
    if (asked.size() < needed) {
      asked.addAll(left(rounds.getLast().approvers(), approved));
    }
    if (asked.size() < needed) {
      asked.addAll(left(standIns, approved));
    }
    return asked.stream().limit(Plan.MOST_APPROVERS).toList();
  }

  /**
   * This stage with one person in place of another, from the round on in which that was handed
   * over. A later round that asked both asks one less; one that then asks nobody new only reminds.
   *
   * @throws IllegalArgumentException if too few people would be left in a later round
   */
  StagePlan with(Handover handover) {
    var changed = new ArrayList<>(rounds.subList(0, handover.round()));
    for (var round : rounds.subList(handover.round(), rounds.size())) {
      var asked =
          round.approvers().stream()
              .map(each -> each.equals(handover.from()) ? handover.to() : each)
              .distinct()
              .toList();
      boolean isLater = changed.size() > handover.round();
      boolean same = isLater && Set.copyOf(changed.getLast().approvers()).equals(Set.copyOf(asked));
      changed.add(
          new RoundPlan(
              same ? RoundPlan.Kind.REMINDER : round.kind(), round.lasts(), asked, round.needed()));
    }
    return new StagePlan(title, proof, changed, others);
  }

  /** Whether every round has people enough with one in place of the other. */
  boolean suffices(String from, String to) {
    return rounds.stream()
        .filter(each -> each.approvers().contains(from) && each.approvers().contains(to))
        .allMatch(each -> each.approvers().size() > each.needed());
  }

  private static List<String> left(List<String> people, Set<String> approved) {
    return people.stream().filter(each -> !approved.contains(each)).toList();
  }
}
