package dev.daypass.simulation;

import dev.daypass.access.Proof;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runbooks drawn at random: one to three stages, all kinds of approvers, all kinds of times. */
final class RandomPolicies {
  /** So many different sets of runbooks. */
  static final int KINDS = 12;

  /** The runbooks of each set are called {@code task-0} to {@code task-3}. */
  static final int RUNBOOKS = 4;

  private static final List<String> APPROVERS =
      List.of(
          "manager", "owners", "group:security", "group:leadership", "henrik.larsen@example.com");

  /** In some of the sets, none of which a history is kept from. */
  private static final Runbook.AutoRule AGAIN =
      new Runbook.AutoRule("again", null, Duration.ofHours(1), false, false, Duration.ofDays(1));

  /** In the same sets. */
  private static final Runbook.BreakGlass GLASS =
      new Runbook.BreakGlass(
          List.of(Who.of("group:support"), Who.of("group:finance")),
          Duration.ofMinutes(30),
          List.of(Who.of("group:security")));

  /** In some of the sets, none of which a history is kept from. */
  private static final List<Who> FOR_OTHERS = List.of(new Who.Manager(), new Who.Group("hr"));

  private RandomPolicies() {}

  /** The systems and people of the sample with runbooks of this kind. */
  static PolicyFiles of(int kind, PolicyFiles sample) {
    var random = new Random(kind * 7919L + 13);
    var runbooks = new ArrayList<Runbook>();
    for (int i = 0; i < RUNBOOKS; i++) {
      var system = sample.systems().get(random.nextInt(3));
      var role = system.roles().get(random.nextInt(system.roles().size()));
      var stages = new ArrayList<Runbook.Stage>();
      int many = 1 + random.nextInt(3);
      for (int stage = 0; stage < many; stage++) {
        stages.add(stage(random, kind % 4 == 2));
      }
      runbooks.add(
          new Runbook(
              "task-" + i,
              "Do task " + i,
              system.id(),
              role.id(),
              List.of(Who.of("everyone")),
              kind % 3 == 2 ? FOR_OTHERS : List.of(),
              new Runbook.Span(Duration.ofMinutes(15), Duration.ofHours(4)),
              i % 2 == 0 ? new Runbook.Extension(Duration.ofHours(6)) : null,
              null,
              null,
              new Runbook.ReasonRule(1, ""),
              null,
              null,
              stages,
              kind % 5 == 3 ? List.of(AGAIN) : List.of(),
              kind % 5 == 3 ? GLASS : null,
              // Half of the sets; in those from which a history is kept, as it was when it was
              // found.
              kind % 2 == 1,
              proof(kind, random.nextInt(4) == 0),
              new Runbook.Guidance("", "")));
    }
    return new PolicyFiles(runbooks, systems(kind, sample), sample.people(), List.of(), true);
  }

  /**
   * Two of the three systems are apart in some of the sets, none of which a history is kept from.
   */
  private static List<TargetSystem> systems(int kind, PolicyFiles sample) {
    if (kind % 6 != 5) {
      return sample.systems();
    }
    var systems = new ArrayList<>(sample.systems());
    var first = systems.getFirst();
    var second = systems.get(1);
    var role = first.roles().getFirst();
    systems.set(
        0,
        new TargetSystem(
            first.id(),
            first.title(),
            first.owners(),
            first.connector(),
            List.of(
                new TargetSystem.Role(
                    role.id(),
                    role.title(),
                    role.allows(),
                    role.group(),
                    List.of(
                        new TargetSystem.RoleName(second.id(), second.roles().getFirst().id())))),
            first.hands(),
            first.chat()));
    return systems;
  }

  private static Proof proof(int kind, boolean signedIn) {
    if (kind % 5 == 4) {
      return Proof.FRESH;
    }
    return signedIn ? Proof.SESSION : Proof.MAILBOX;
  }

  /**
   * @param replaces whether an escalation asks others instead; with a draw of its own the histories
   *     that are kept would be about other runbooks
   */
  private static Runbook.Stage stage(Random random, boolean replaces) {
    var by = some(random);
    var remind = Duration.ofMinutes(3 + random.nextInt(40));
    var end = remind.plus(Duration.ofMinutes(5 + random.nextInt(90)));
    Runbook.@Nullable Escalation escalation = null;
    if (random.nextBoolean()) {
      escalation = new Runbook.Escalation(end, some(random), replaces);
      end = end.plus(Duration.ofMinutes(5 + random.nextInt(60)));
    }
    var needed =
        switch (random.nextInt(4)) {
          case 0 -> new Runbook.Needed.All();
          case 1 -> new Runbook.Needed.AtLeast(2);
          default -> new Runbook.Needed.AtLeast(1);
        };
    return new Runbook.Stage(null, by, needed, remind, escalation, end);
  }

  private static List<Who> some(Random random) {
    var some = new LinkedHashSet<Who>();
    int many = 1 + random.nextInt(2);
    for (int i = 0; i < many; i++) {
      some.add(Who.of(APPROVERS.get(random.nextInt(APPROVERS.size()))));
    }
    return List.copyOf(some);
  }
}
