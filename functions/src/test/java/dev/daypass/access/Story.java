package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.ERIN;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request and all that was done to it. After every step the {@link Promises} are checked, so a
 * story that could be told to its end is a proof of them.
 */
final class Story {
  private static final List<String> CAST =
      List.of(SAM, MAX, DORA, OLGA, OTTO, ERIN, STELLA, "workflow", "sweep");

  private static final List<Proof> PROOFS = List.of(Proof.SESSION, Proof.FRESH, Proof.MAILBOX);

  private static final List<SetUpTask.Result> RESULTS = List.of(SetUpTask.Result.values());

  private static final List<Review.Verdict> VERDICTS = List.of(Review.Verdict.values());

  private final List<Command> commands = new ArrayList<>();
  private final Set<Status> seen = EnumSet.noneOf(Status.class);
  private Instant now = MONDAY;
  private Request request;

  Story(Submission asked) {
    var act = Acts.by(asked.requester(), now);
    request =
        asked.plan().glass() == null
            ? Life.submit(asked, act)
            : Life.submitEmergency(asked, act, Proof.FRESH);
    seen.add(request.status());
    Promises.holdFor(request);
  }

  /** Where the request is. */
  Request request() {
    return request;
  }

  /** Everywhere the request has been. */
  Set<Status> seen() {
    return seen;
  }

  /** Goes through all of these. */
  Story tell(List<Move> moves) {
    moves.forEach(this::tell);
    return this;
  }

  private void tell(Move move) {
    switch (move) {
      case Move.GoOn goOn -> take(goOn(goOn.choice()));
      case Move.Try attempt -> take(attempt(attempt, actBy(CAST.get(attempt.who()))));
      case Move.Again again -> {
        if (!commands.isEmpty()) {
          take(commands.get(again.which() % commands.size()));
        }
      }
      case Move.Clash clash -> {
        var events = request.trail().events();
        var other = events.get(clash.which() % events.size()).act();
        var act = new Act(other.command(), now, CAST.get(clash.attempt().who()), "api");
        // The same id of the same person would be the same command once more.
        if (!request.trail().holds(act)) {
          take(attempt(clash.attempt(), act));
        }
      }
      case Move.Silence _ -> {
        if (request instanceof Pending) {
          take(next());
        }
      }
      case Move.Passes passes -> now = now.plus(passes.time());
      case Move.UntilDue _ -> request.nextDue().ifPresent(due -> now = later(now, due));
    }
  }

  /** Takes a command and checks what comes of it. */
  Outcome take(Command command) {
    var outcome = Life.apply(request, command);
    Promises.holdBetween(request, command, outcome);
    commands.add(command);
    request = outcome.request();
    seen.add(request.status());
    return outcome;
  }

  /** The workflow and the sweep do their work, and nobody else does anything more. */
  Story driveOn() {
    for (int steps = 0; !request.status().isFinal(); steps++) {
      if (steps > Plan.MOST_STAGES * Plan.MOST_ROUNDS + 10) {
        throw new AssertionError("never reaches an end from " + request.status());
      }
      take(next());
    }
    return this;
  }

  private Command next() {
    return switch (request) {
      case Pending pending -> {
        now = later(now, pending.open().roundEndsAt());
        yield new Command.RoundOver(actBy("sweep"), pending.stage(), pending.open().round());
      }
      case Scheduled _ -> new Command.Claim(actBy("workflow"));
      case Provisioning _ -> new Command.Provisioned(actBy("workflow"));
      case Active active -> {
        now = later(now, active.grant().expiresAt());
        yield new Command.Expire(actBy("sweep"));
      }
      case Ending ending -> gone(ending);
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ ->
          new Command.Gone(actBy("workflow"), null);
    };
  }

  private Command gone(Ending ending) {
    if (!ending.asked().plan().target().isByHand()) {
      return new Command.Gone(actBy("workflow"), null);
    }
    if (ending.task() == null && ending.mayBeThere()) {
      return new Command.OpenTask(actBy("workflow"), "");
    }
    return ending.awaited().isPresent()
        ? new Command.Attest(actBy(OLGA), "Taken out in the console.")
        : new Command.Gone(actBy("workflow"), null);
  }

  private Command goOn(int choice) {
    if (choice == 6 && request.openReview().isPresent()) {
      return new Command.AnswerReview(actBy(OTTO), VERDICTS.get(choice % 2), "As discussed.");
    }
    return switch (request) {
      case Pending pending -> {
        var open = pending.open();
        var silent =
            open.approvers().stream().filter(approver -> !open.isDecidedBy(approver)).toList();
        if (!open.asked() && choice % 2 == 0) {
          yield new Command.Asked(
              actBy("workflow"),
              pending.stage(),
              open.round(),
              open.handovers().size(),
              open.approvers(),
              List.of());
        }
        if (silent.isEmpty()) {
          yield next();
        }
        if (choice == 5 && request.version() % 3 > 0) {
          yield new Command.AskStandIns(
              actBy("workflow"),
              pending.stage(),
              standIns(silent, CAST.get(1 + request.version() % 6)));
        }
        var standIn = open.standInOf(silent.getFirst());
        if (choice == 4 && standIn.isPresent()) {
          yield new Command.Decide(
              actBy(standIn.get()),
              pending.stage(),
              Answer.APPROVE,
              null,
              "As discussed.",
              Proof.FRESH,
              List.of());
        }
        if (choice == 6) {
          yield new Command.HandOver(
              actBy(silent.getFirst()),
              pending.stage(),
              CAST.get(1 + request.version() % 6),
              "You know them.",
              Proof.FRESH,
              List.of());
        }
        if (choice == 7) {
          yield new Command.MailReturned(
              actBy("ses"),
              pending.stage(),
              open.round(),
              open.standInOf(silent.getFirst()).orElse(silent.getFirst()),
              Command.MailReturned.Why.BOUNCE,
              "smtp; 550 5.1.1 user unknown");
        }
        yield new Command.Decide(
            actBy(silent.get(choice % silent.size())),
            pending.stage(),
            choice == 9 ? Answer.DENY : Answer.APPROVE,
            choice == 8 ? pending.lasts().dividedBy(2) : null,
            "As discussed.",
            Proof.FRESH,
            List.of());
      }
      case Provisioning each when each.asked().plan().target().isByHand() && choice < 7 ->
          each.task() == null
              ? new Command.OpenSetUpTask(actBy("workflow"), choice == 1)
              : each.task().isOpen()
                  ? new Command.AnswerSetUp(
                      actBy(OTTO), RESULTS.get(choice % RESULTS.size()), "In the console.")
                  : next();
      case Provisioning _ when choice == 8 ->
          new Command.GiveUp(actBy("workflow"), "No such group.");
      case Provisioning _ when choice == 9 -> new Command.AlreadyHeld(actBy("workflow"));
      case Active active when choice < 4 ->
          new Command.Warned(actBy("sweep"), active.grant().expiresAt());
      case Active active when choice < 7 ->
          new Command.Extend(
              actBy(request.asked().requester()),
              active.grant().expiresAt().plus(Duration.ofMinutes(30L * choice)),
              3,
              List.of());
      case Ending _ when choice < 4 -> new Command.OpenTask(actBy("workflow"), "It is down.");
      case Scheduled _,
          Provisioning _,
          Active _,
          Ending _,
          Denied _,
          Lapsed _,
          Cancelled _,
          Ended _,
          Failed _ ->
          next();
    };
  }

  private static Map<String, String> standIns(List<String> away, String by) {
    return away.stream().filter(of -> !of.equals(by)).collect(Collectors.toMap(of -> of, _ -> by));
  }

  private Command attempt(Move.Try attempt, Act act) {
    int how = attempt.how();
    return switch (attempt.what()) {
      case ASKED ->
          new Command.Asked(
              act,
              attempt.stage(),
              attempt.round(),
              how % 5 == 0 ? 1 : 0,
              how % 3 == 0 ? List.of() : List.of(MAX),
              how % 2 == 0 ? List.of() : List.of(OLGA));
      case MAIL_RETURNED ->
          new Command.MailReturned(
              act,
              attempt.stage(),
              attempt.round(),
              CAST.get(how % CAST.size()),
              how % 3 == 0 ? Command.MailReturned.Why.COMPLAINT : Command.MailReturned.Why.BOUNCE,
              "smtp; 550 5.1.1 user unknown");
      case DECIDE ->
          new Command.Decide(
              act,
              attempt.stage(),
              how % 2 == 0 ? Answer.APPROVE : Answer.DENY,
              how % 4 == 0 ? Duration.ofMinutes(30L * how) : null,
              how % 3 == 0 ? "" : "As discussed.",
              PROOFS.get(how % PROOFS.size()),
              how % 7 == 0 ? List.of(Refusal.of("not-eligible", "Sam moved.")) : List.of());
      case HAND_OVER ->
          new Command.HandOver(
              act,
              attempt.stage(),
              CAST.get(how % CAST.size()),
              how % 3 == 0 ? "" : "You know them.",
              PROOFS.get(how % PROOFS.size()),
              how % 7 == 0 ? List.of(Refusal.of("handover-not-allowed", "Not so.")) : List.of());
      case ASK_STAND_INS ->
          new Command.AskStandIns(
              act,
              attempt.stage(),
              how % 3 == 0 ? Map.of() : standIns(CAST, CAST.get(how % CAST.size())));
      case ROUND_OVER -> new Command.RoundOver(act, attempt.stage(), attempt.round());
      case CANCEL -> new Command.Cancel(act);
      case RETURN -> new Command.Return(act);
      case REVOKE -> new Command.Revoke(act, "The case is closed.");
      case WITHDRAW_APPROVAL ->
          new Command.WithdrawApproval(act, how % 3 == 0 ? "" : "As discussed.");
      case CLAIM -> new Command.Claim(act);
      case PROVISIONED -> new Command.Provisioned(act);
      case ALREADY_HELD -> new Command.AlreadyHeld(act);
      case GIVE_UP -> new Command.GiveUp(act, "No such group.");
      case NOT_BOTH -> new Command.NotBoth(act, APlan.APPROVER);
      case EXTEND ->
          new Command.Extend(
              act,
              now.plus(Duration.ofHours(how)),
              3,
              how % 5 == 0 ? List.of(Refusal.of("not-eligible", "Sam moved.")) : List.of());
      case WARNED -> new Command.Warned(act, now.plus(Duration.ofHours(how)));
      case EXPIRE -> new Command.Expire(act);
      case OPEN_SET_UP_TASK -> new Command.OpenSetUpTask(act, how % 2 == 0);
      case ANSWER_SET_UP ->
          new Command.AnswerSetUp(
              act, RESULTS.get(how % RESULTS.size()), how % 4 == 0 ? "" : "In the console.");
      case OPEN_TASK -> new Command.OpenTask(act, "It is down.");
      case ATTEST -> new Command.Attest(act, how % 4 == 0 ? "" : "Taken out in the console.");
      case REMIND -> new Command.Remind(act, how % 4, List.of(OLGA, OTTO, MAX));
      case GONE -> new Command.Gone(act, how % 2 == 0 ? null : "another-request");
      case NEVER_ADDED -> new Command.NeverAdded(act);
      case ANSWER_REVIEW ->
          new Command.AnswerReview(act, VERDICTS.get(how % 2), how % 3 == 0 ? "" : "As discussed.");
      case REVIEW_TOLD -> new Command.ReviewTold(act);
      case REMIND_REVIEW -> new Command.RemindReview(act, how % 4, List.of(OLGA, OTTO, MAX));
      case START_RUN -> new Command.StartRun(act, request.trail().run() + how % 3 - 1);
    };
  }

  private Act actBy(String who) {
    return Acts.by(who, now);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
