package dev.daypass.audit;

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
import java.util.concurrent.atomic.AtomicInteger;

/** What happens to requests, said by who and when. */
final class Histories {
  static final Instant NOVEMBER = Instant.parse("2026-11-22T05:00:00Z");
  static final String SAM = "sam.support@example.com";
  static final String MAX = "max.manager@example.com";
  static final String PAT = "pat.payroll@example.com";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private Histories() {}

  /** Somebody asks for the CRM; Max decides, or Pat if it is Max who asks. */
  static Pending asks(String requester, Instant at) {
    return asks(requester, "crm", "A customer waits.", at);
  }

  static Pending asks(String requester, String system, String reason, Instant at) {
    var plan =
        new Plan(
            system + "-record",
            1,
            "View a record",
            system,
            system,
            "viewer",
            "Viewer",
            new Target("scim", system + "-secret", Map.of("group", "viewers")),
            List.of(PAT),
            List.of(
                new StagePlan(
                    "The manager",
                    Proof.MAILBOX,
                    List.of(
                        new RoundPlan(
                            RoundPlan.Kind.NOTICE,
                            Duration.ofHours(4),
                            List.of(requester.equals(MAX) ? PAT : MAX),
                            1)),
                    null)),
            null,
            null);
    return Life.submit(
        new Submission(
            RequestId.of(requester, "key-" + NUMBERS.incrementAndGet()),
            requester,
            plan,
            Duration.ofHours(4),
            reason,
            null,
            at),
        by(requester, at));
  }

  static Act by(String person, Instant at) {
    return new Act("command-" + NUMBERS.incrementAndGet(), at, person, "page");
  }

  static Act byTheWorkflow(Instant at) {
    return new Act("command-" + NUMBERS.incrementAndGet(), at, "workflow", "workflow");
  }

  static Command told(Instant at) {
    return new Command.Asked(byTheWorkflow(at), 0, 0, List.of(MAX), List.of());
  }

  static Command approves(Instant at) {
    return decides(Answer.APPROVE, "", at);
  }

  static Command approves(String approver, Instant at) {
    return new Command.Decide(
        by(approver, at), 0, Answer.APPROVE, null, "", Proof.MAILBOX, List.of());
  }

  static Command decides(Answer answer, String comment, Instant at) {
    return new Command.Decide(by(MAX, at), 0, answer, null, comment, Proof.MAILBOX, List.of());
  }

  static Command claimed(Instant at) {
    return new Command.Claim(byTheWorkflow(at));
  }

  static Command setUp(Instant at) {
    return new Command.Provisioned(byTheWorkflow(at));
  }

  static Command expires(Instant at) {
    return new Command.Expire(byTheWorkflow(at));
  }

  static Command gone(Instant at) {
    return new Command.Gone(byTheWorkflow(at), null);
  }

  /** From told to gone: six commands, so seven versions with the submission. */
  static Command[] theWholeLife(Instant from) {
    var end = from.plus(Duration.ofHours(5));
    return new Command[] {
      told(from.plusSeconds(1)),
      approves(from.plusSeconds(60)),
      claimed(from.plusSeconds(61)),
      setUp(from.plusSeconds(62)),
      expires(end),
      gone(end.plusSeconds(1))
    };
  }
}
