package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was promised when the request was sent: frozen, whatever the runbook says later.
 *
 * @param runbook id of the runbook
 * @param runbookVersion the published version, 1 or more
 * @param title the task in the team's words
 * @param system id of the target system
 * @param systemTitle its name for people
 * @param role id of the role
 * @param roleTitle its name for people
 * @param target where and how the access is set up and taken away
 * @param owners email addresses of the system's owners, told when something goes wrong; not empty
 * @param stages the approval chain in order, 1 to 5; none where the access is taken in an emergency
 * @param extendable how long the access may last in all if its holder extends it; null if nobody
 *     may
 * @param hours the working hours by which rounds are counted; null if plain time counts
 * @param apart the roles that nobody may have together with this one
 * @param rule what has approved it at once, so that none of the stages opens; null if people decide
 * @param glass who hears of it and reviews it where its requester takes it in an emergency; null
 *     where it is approved
 */
public record Plan(
    String runbook,
    int runbookVersion,
    String title,
    String system,
    String systemTitle,
    String role,
    String roleTitle,
    Target target,
    List<String> owners,
    List<StagePlan> stages,
    @Nullable Duration extendable,
    @Nullable Hours hours,
    List<Apart> apart,
    @Nullable NamedRule rule,
    @Nullable BreakGlass glass) {
  /** The most people who can be asked in one stage, all its rounds together. */
  public static final int MOST_APPROVERS = 25;

  /** The most stages of a chain. */
  public static final int MOST_STAGES = 5;

  /** The most rounds of a stage. */
  public static final int MOST_ROUNDS = 5;

  /** A plan that people decide about, for a role that goes with every other. */
  public Plan(
      String runbook,
      int runbookVersion,
      String title,
      String system,
      String systemTitle,
      String role,
      String roleTitle,
      Target target,
      List<String> owners,
      List<StagePlan> stages,
      @Nullable Duration extendable,
      @Nullable Hours hours) {
    this(
        runbook,
        runbookVersion,
        title,
        system,
        systemTitle,
        role,
        roleTitle,
        target,
        owners,
        stages,
        extendable,
        hours,
        List.of(),
        null,
        null);
  }

  public Plan {
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(title);
    Objects.requireNonNull(system);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(role);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(target);
    owners = List.copyOf(owners);
    stages = List.copyOf(stages);
    apart = List.copyOf(apart);
    if (runbookVersion < 1) {
      throw new IllegalArgumentException("published versions count from 1, not " + runbookVersion);
    }
    if (owners.isEmpty()) {
      throw new IllegalArgumentException("a system has owners");
    }
    if (glass != null && (rule != null || !stages.isEmpty() || extendable != null)) {
      throw new IllegalArgumentException(
          "what is taken in an emergency asks nobody, and only once");
    }
    if ((stages.isEmpty() && glass == null) || stages.size() > MOST_STAGES) {
      throw new IllegalArgumentException(
          "a plan has 1 to " + MOST_STAGES + " stages, not " + stages.size());
    }
    var stuck = stuck(stages);
    if (stuck.isPresent()) {
      throw new IllegalArgumentException(
          "nobody may be left for stage " + stuck.getAsInt() + ": " + stages);
    }
    if (extendable != null && !extendable.isPositive()) {
      throw new IllegalArgumentException("access lasts some time, not " + extendable);
    }
  }

  /**
   * The same plan, approved at once by this rule. What nobody was asked about cannot be made to
   * last longer than the rule approves.
   *
   * @param longest the longest access that the rule approves; null if it names none
   */
  public Plan approvedBy(NamedRule approving, @Nullable Duration longest) {
    return new Plan(
        runbook,
        runbookVersion,
        title,
        system,
        systemTitle,
        role,
        roleTitle,
        target,
        owners,
        stages,
        least(extendable, longest),
        hours,
        apart,
        approving,
        null);
  }

  /** Whether it goes on without any of the stages: by a rule, or in an emergency. */
  public boolean asksNobody() {
    return rule != null || takenInEmergency();
  }

  /** Whether its requester takes it in an emergency: nobody is asked, and all of it is reviewed. */
  public boolean takenInEmergency() {
    return glass != null;
  }

  private static @Nullable Duration least(
      @Nullable Duration extendable, @Nullable Duration longest) {
    return extendable == null || longest == null
        ? extendable
        : Collections.min(List.of(extendable, longest));
  }

  /** When a round ends that opens then and lasts so long, in working hours where these count. */
  public Instant deadline(Instant opens, Duration lasts) {
    return Hours.deadline(hours, opens, lasts);
  }

  /** The time between two moments by which rounds are counted; none if there is none. */
  Duration between(Instant from, Instant to) {
    return Hours.between(hours, from, to);
  }

  /**
   * The first stage, from 0, for which too few people could be left who have not approved an
   * earlier one, whoever comes to approve those; empty if each can be decided whatever happens.
   */
  public static OptionalInt stuck(List<StagePlan> stages) {
    var approvers = new ArrayList<Set<String>>();
    for (int i = 0; i < stages.size(); i++) {
      var stage = stages.get(i);
      var before = stages.subList(0, i);
      var asked = new HashSet<>(stage.asked());
      var others = stage.others();
      if (others != null) {
        var last = new HashSet<>(stage.askedLast());
        if (!suffice(last, stage, others, before, approvers)) {
          last.addAll(others.standIns());
          asked.addAll(others.standIns());
          if (!suffice(last, stage, others, before, approvers)) {
            return OptionalInt.of(i);
          }
        }
      }
      approvers.add(asked);
    }
    return OptionalInt.empty();
  }

  /**
   * Whether these people can decide this stage, whoever of them has approved before. Those of the
   * last round are meant: where it asks others instead, nobody else is left by then.
   */
  private static boolean suffice(
      Set<String> people,
      StagePlan stage,
      StagePlan.Others others,
      List<StagePlan> before,
      List<Set<String>> approvers) {
    int gone = mostGone(people, before, approvers);
    if (!others.all()) {
      return people.size() - gone >= stage.mostNeeded();
    }
    // Of those who were asked first each who has approved before makes one less that is needed.
    var instead = new HashSet<>(people);
    stage.rounds().getFirst().approvers().forEach(instead::remove);
    return people.size() - gone >= 1
        && people.size() - mostGone(instead, before, approvers) >= stage.mostNeeded();
  }

  /**
   * How many of these people may at most have approved before.
   *
   * @param approvers who may come to approve each of the stages before
   */
  private static int mostGone(
      Set<String> people, List<StagePlan> before, List<Set<String>> approvers) {
    var gone = new HashSet<String>();
    int approvals = 0;
    for (int i = 0; i < before.size(); i++) {
      var here = new HashSet<>(approvers.get(i));
      here.retainAll(people);
      gone.addAll(here);
      approvals += Math.min(before.get(i).mostNeeded(), here.size());
    }
    return Math.min(gone.size(), approvals);
  }
}
