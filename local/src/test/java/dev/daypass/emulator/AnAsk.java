package dev.daypass.emulator;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Life;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.access.Submission;
import dev.daypass.access.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A request that goes its plain way: Max decides, then it is set up, and expires. */
final class AnAsk {
  static final Instant NOVEMBER = Instant.parse("2026-11-22T05:00:00Z");
  static final String MAX = "max.manager@example.com";

  private static final String ANY_OWNER = "pat.payroll@example.com";

  private AnAsk() {}

  /** Somebody whom no other test knows. */
  static String somebody() {
    return "sam." + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
  }

  static Pending by(String requester, Instant at) {
    var plan =
        new Plan(
            "crm-record",
            1,
            "View a record",
            "crm",
            "CRM",
            "viewer",
            "Viewer",
            new Target("scim", "crm-secret", Map.of("group", "viewers")),
            List.of(ANY_OWNER),
            List.of(
                new StagePlan(
                    "The manager",
                    Proof.MAILBOX,
                    List.of(
                        new RoundPlan(RoundPlan.Kind.NOTICE, Duration.ofHours(4), List.of(MAX), 1)),
                    null)),
            null,
            null);
    return Life.submit(
        new Submission(
            RequestId.of(requester, UUID.randomUUID().toString()),
            requester,
            plan,
            Duration.ofHours(4),
            "A customer waits.",
            null,
            at),
        act("submit", requester, at));
  }

  static Command told(Instant at) {
    return new Command.Asked(act("told", "workflow", at), 0, 0, List.of(MAX), List.of());
  }

  static Command approved(Instant at) {
    return new Command.Decide(
        act("approved", MAX, at), 0, Answer.APPROVE, null, "", Proof.MAILBOX, List.of());
  }

  static Command claimed(Instant at) {
    return new Command.Claim(act("claimed", "workflow", at));
  }

  static Command setUp(Instant at) {
    return new Command.Provisioned(act("set-up", "workflow", at));
  }

  static Command expired(Instant at) {
    return new Command.Expire(act("expired", "workflow", at));
  }

  static Command gone(Instant at) {
    return new Command.Gone(act("gone", "workflow", at), null);
  }

  static Command nextRun(Instant at) {
    return new Command.StartRun(act("run#2", "sweep", at), 2);
  }

  private static Act act(String command, String by, Instant at) {
    return new Act(command, at, by, by);
  }
}
