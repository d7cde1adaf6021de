package dev.daypass.store;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Decision;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.access.Status;
import dev.daypass.access.Submission;
import dev.daypass.access.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Sam asks to view customer records in the CRM, and what then becomes of it. Requests are brought
 * where they are by the commands that bring real ones there.
 */
public final class SamAsks {
  /** When the tests begin. */
  public static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

  /** Asks. */
  public static final String SAM = "sam.support@example.com";

  /** Sam's manager, who decides. */
  public static final String MAX = "max.manager@example.com";

  /** Owns the CRM. */
  public static final String OLGA = "olga.owner@example.com";

  /** How long Sam wants it. */
  public static final Duration FOUR_HOURS = Duration.ofHours(4);

  /** How long Max has, twice. */
  public static final Duration ROUND = Duration.ofHours(8);

  /** The group at the target. */
  public static final String GROUP = "CRM viewers";

  private static final AtomicLong COMMANDS = new AtomicLong();

  private SamAsks() {}

  /** A request like every other, under an id of its own. */
  public static Pending once(String key) {
    return at(MONDAY, key);
  }

  /** Sent at this moment. */
  public static Pending at(Instant at, String key) {
    return at(at, key, SAM);
  }

  /** Sent at this moment by somebody. */
  public static Pending at(Instant at, String key, String requester) {
    return with(planAsking(1, List.of(MAX)), at, key, requester, FOUR_HOURS);
  }

  /** For so long. */
  public static Pending lasting(Duration duration, Instant at, String key) {
    return with(planAsking(1, List.of(MAX)), at, key, SAM, duration);
  }

  /** So many of these people must approve. */
  public static Pending of(int needed, List<String> approvers) {
    return with(planAsking(needed, approvers), MONDAY, "many", SAM, FOUR_HOURS);
  }

  /** This plan. */
  public static Pending with(
      Plan plan, Instant at, String key, String requester, Duration duration) {
    return Life.submit(
        new Submission(
            RequestId.of(requester, key),
            requester,
            plan,
            duration,
            "Customer 4711 sieht „ihre“ Rechnungen nicht. 🧾",
            null,
            at),
        act(requester, at));
  }

  /** Sent at this moment by somebody else for Sam. */
  public static Pending askedBy(Instant at, String key, String asker) {
    return Life.submit(
        new Submission(
            RequestId.of(asker, key),
            SAM,
            asker,
            planAsking(1, List.of(MAX)),
            FOUR_HOURS,
            "Customer 4711 sieht „ihre“ Rechnungen nicht. 🧾",
            null,
            null,
            at),
        act(asker, at));
  }

  /** A plan with one stage in which so many of these people must approve; one reminder. */
  public static Plan planAsking(int needed, List<String> people) {
    return plan(
        new StagePlan(
            "Your manager",
            Proof.MAILBOX,
            List.of(
                new RoundPlan(RoundPlan.Kind.NOTICE, ROUND, people, needed),
                new RoundPlan(RoundPlan.Kind.REMINDER, ROUND, people, needed)),
            null));
  }

  /** A plan with these stages. */
  public static Plan plan(StagePlan... stages) {
    return new Plan(
        "crm-customer-record",
        3,
        "View a customer record",
        "crm",
        "the CRM",
        "viewer",
        "Viewer",
        new Target("scim", "daypass/crm", Map.of("group", GROUP)),
        List.of(OLGA),
        List.of(stages),
        null,
        null);
  }

  /** All that is due by then, bucket after bucket. */
  public static List<String> due(Requests requests, Instant by, int most) {
    return IntStream.range(0, Requests.DUE_BUCKETS)
        .mapToObj(bucket -> requests.due(bucket, by, most))
        .flatMap(List::stream)
        .toList();
  }

  /** So many people. */
  public static List<String> approvers(int number) {
    return IntStream.range(0, number).mapToObj("approver-%02d@example.com"::formatted).toList();
  }

  /** Something that somebody does, with a command id of its own. */
  public static Act act(String by, Instant at) {
    return new Act("command-" + COMMANDS.incrementAndGet(), at, by, "page");
  }

  // What happens

  public static Command told(Request request, Instant at) {
    var pending = (Pending) request;
    return new Command.Asked(
        act("workflow", at),
        pending.stage(),
        pending.open().round(),
        pending.open().approvers(),
        List.of());
  }

  public static Command approval(String by, Instant at) {
    return new Command.Decide(
        act(by, at), 0, Decision.Answer.APPROVE, null, "", Proof.FRESH, List.of());
  }

  public static Command denial(String by, Instant at) {
    return new Command.Decide(
        act(by, at), 0, Decision.Answer.DENY, null, "Not now.", Proof.FRESH, List.of());
  }

  public static Command roundOver(int round, Instant at) {
    return new Command.RoundOver(act("workflow", at), 0, round);
  }

  public static Command cancel(Instant at) {
    return new Command.Cancel(act(SAM, at));
  }

  public static Command claim(Instant at) {
    return new Command.Claim(act("workflow", at));
  }

  public static Command provisioned(Instant at) {
    return new Command.Provisioned(act("workflow", at));
  }

  public static Command alreadyHeld(Instant at) {
    return new Command.AlreadyHeld(act("workflow", at));
  }

  public static Command givenUp(Instant at) {
    return new Command.GiveUp(act("workflow", at), "No such group.");
  }

  /** The holder is told that this end is near. */
  public static Command warned(Instant expiresAt) {
    return new Command.Warned(act("sweep", expiresAt.minusSeconds(900)), expiresAt);
  }

  public static Command expiry(Instant at) {
    return new Command.Expire(act("workflow", at));
  }

  public static Command givenBack(Instant at) {
    return new Command.Return(act(SAM, at));
  }

  public static Command revocation(Instant at) {
    return new Command.Revoke(act(OLGA, at), "The case is closed.");
  }

  public static Command task(Instant at) {
    return new Command.OpenTask(act("sweep", at), "It does not answer.");
  }

  public static Command gone(Instant at) {
    return new Command.Gone(act("workflow", at), null);
  }

  public static Command goneButHeldBy(String other, Instant at) {
    return new Command.Gone(act("workflow", at), other);
  }

  public static Command nextRun(int run, Instant at) {
    return new Command.StartRun(act("sweep", at), run);
  }

  /** What leads a request that was just sent there, on the plainest way. */
  public static List<Command> to(Status status, Instant at) {
    var end = at.plus(FOUR_HOURS);
    return switch (status) {
      case PENDING -> List.of();
      case SCHEDULED -> List.of(approval(MAX, at));
      case PROVISIONING -> more(to(Status.SCHEDULED, at), claim(at));
      case ACTIVE -> more(to(Status.PROVISIONING, at), provisioned(at));
      case ENDING -> more(to(Status.ACTIVE, at), expiry(end));
      case DENIED -> List.of(denial(MAX, at));
      case LAPSED ->
          List.of(roundOver(0, at.plus(ROUND)), roundOver(1, at.plus(ROUND).plus(ROUND)));
      case CANCELLED -> List.of(cancel(at));
      case ENDED -> more(to(Status.ENDING, at), gone(end));
      case FAILED -> more(to(Status.PROVISIONING, at), givenUp(at), gone(at));
    };
  }

  private static List<Command> more(List<Command> commands, Command... further) {
    var all = new ArrayList<>(commands);
    all.addAll(List.of(further));
    return List.copyOf(all);
  }

  // What becomes of it in the tables

  /** Sends a request like every other and brings it there. */
  public static Request stored(Requests requests, Status status, Instant at, String key) {
    return stored(requests, at(at, key), to(status, at));
  }

  /** Sends this request and does this with it. */
  public static Request stored(Requests requests, Pending request, List<Command> commands) {
    Request now = requests.submit(request);
    for (var command : commands) {
      now = changed(requests, now.id(), command);
    }
    return now;
  }

  /** What becomes of the request; the command must change it. */
  public static Request changed(Requests requests, String id, Command command) {
    var outcome = requests.change(id, request -> Life.apply(request, command)).orElseThrow();
    if (outcome instanceof Outcome.Changed changed) {
      return changed.request();
    }
    throw new AssertionError("changed nothing: " + command + ", " + outcome);
  }
}
