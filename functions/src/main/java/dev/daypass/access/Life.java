package dev.daypass.access;

import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of a request: which command may do what in which state. Pure: the same request and
 * command always come to the same outcome.
 */
public final class Life {
  /** What of it was withdrawn, where the request was not withdrawn as a whole. */
  static final String WITHDRAWN_APPROVAL = "approval";

  /** Whom somebody else asked for; where people ask for themselves there is none. */
  static final String FOR = "for";

  /** Who was reminded for the first time; only reminders have it. */
  static final String TOLD = "told";

  /** The detail that marks what was taken in an emergency. */
  public static final String BREAK_GLASS = "breakGlass";

  private static final String NOTHING_ADDED = "nothing had been added";

  private Life() {}

  /** A new request, with its first stage open. */
  public static Pending submit(Submission asked, Act act) {
    var first = Stage.open(asked.plan(), List.of(), act.at());
    var details = submitted(asked);
    details.put("asks", String.join(" ", first.approvers()));
    return new Pending(
        asked, List.of(first), Trail.begin().plus(act, Kind.SUBMITTED, Status.PENDING, details));
  }

  /**
   * A new request that the rule of its plan has approved, so that nobody is asked.
   *
   * @throws IllegalArgumentException if the plan names no rule
   */
  public static Scheduled submitApproved(Submission asked, Act act) {
    var rule = asked.plan().rule();
    if (rule == null) {
      throw new IllegalArgumentException("no rule has approved this");
    }
    var details = submitted(asked);
    details.put("rule", rule.name());
    details.put("publisher", rule.publisher());
    return scheduled(asked, act, details);
  }

  /**
   * A new request whose access its requester takes in an emergency, so that nobody is asked.
   *
   * @param proof how it is known who takes it
   * @throws IllegalArgumentException if the plan allows none, or the proof is too weak
   */
  public static Scheduled submitEmergency(Submission asked, Act act, Proof proof) {
    var glass = asked.plan().glass();
    if (glass == null || !proof.suffices(Proof.FRESH)) {
      throw new IllegalArgumentException("no emergency, or nobody knows whose: " + proof);
    }
    var details = submitted(asked);
    details.put(BREAK_GLASS, Boolean.toString(true));
    details.put("proof", proof.name());
    details.put("reviewers", String.join(" ", glass.reviewers()));
    details.put("manager", Optional.ofNullable(glass.manager()).orElse(""));
    return scheduled(asked, act, details);
  }

  private static Scheduled scheduled(Submission asked, Act act, Map<String, String> details) {
    return new Scheduled(
        asked, List.of(), Trail.begin().plus(act, Kind.SUBMITTED, Status.SCHEDULED, details));
  }

  private static Map<String, String> submitted(Submission asked) {
    var details = new HashMap<String, String>();
    details.put("runbook", asked.plan().runbook());
    details.put("runbookVersion", Integer.toString(asked.plan().runbookVersion()));
    Optional.ofNullable(asked.askedBy()).ifPresent(_ -> details.put(FOR, asked.requester()));
    details.put("duration", asked.duration().toString());
    details.put("reason", asked.reason());
    details.put("ticket", Optional.ofNullable(asked.ticket()).orElse(""));
    Optional.ofNullable(asked.startsAt())
        .ifPresent(startsAt -> details.put("startsAt", startsAt.toString()));
    return details;
  }

  /**
   * What the command comes to. A command that the trail holds (same id, same person) has been taken
   * before and changes nothing.
   */
  public static Outcome apply(Request request, Command command) {
    if (request.trail().holds(command.act())) {
      return new Unchanged(request);
    }
    var outcome = outcome(request, command);
    return outcome instanceof Changed && taken(request, command) >= roomFor(request, command)
        ? refused(
            request,
            "too-many-events",
            "This request has too long a history to take anything more. Please start a new one.")
        : outcome;
  }

  private static Outcome outcome(Request request, Command command) {
    return switch (command) {
      case Command.Asked asked -> asked(request, asked);
      case Command.MailReturned back -> mailReturned(request, back);
      case Command.Decide decide -> decide(request, decide);
      case Command.HandOver hand -> handOver(request, hand);
      case Command.AskStandIns ask -> StandingIn.ask(request, ask);
      case Command.RoundOver over -> roundOver(request, over);
      case Command.Cancel cancel -> cancel(request, cancel.act());
      case Command.Return give -> giveBack(request, give.act());
      case Command.Revoke take -> end(request, take.act(), EndReason.REVOKED, take.reason());
      case Command.WithdrawApproval withdraw -> withdrawApproval(request, withdraw);
      case Command.Claim claim -> claim(request, claim.act());
      case Command.Provisioned done -> provisioned(request, done.act());
      case Command.AlreadyHeld held -> alreadyHeld(request, held.act());
      case Command.OpenSetUpTask open -> openSetUpTask(request, open);
      case Command.AnswerSetUp answer -> answerSetUp(request, answer);
      case Command.GiveUp up -> giveUp(request, up);
      case Command.NotBoth not -> notBoth(request, not);
      case Command.Extend extend -> extend(request, extend);
      case Command.Warned warned -> warned(request, warned);
      case Command.Expire expire -> expire(request, expire.act());
      case Command.OpenTask open -> openTask(request, open);
      case Command.Attest attest -> attest(request, attest);
      case Command.Remind remind -> remind(request, remind);
      case Command.Gone gone -> gone(request, gone);
      case Command.NeverAdded never -> neverAdded(request, never.act());
      case Command.StartRun run -> startRun(request, run);
      case Command.AnswerReview answer -> Reviewing.answer(request, answer);
      case Command.RemindReview remind -> Reviewing.remind(request, remind);
      case Command.ReviewTold told -> Reviewing.told(request, told.act());
    };
  }

  /** How many of the events count for {@link #roomFor}. */
  private static int taken(Request request, Command command) {
    int returned = request.trail().returned();
    return command instanceof Command.MailReturned ? returned : request.version() - returned;
  }

  /** How many events the trail may hold before this command and still take it. */
  private static int roomFor(Request request, Command command) {
    return switch (command) {
      // People and the sweep can repeat these for long.
      case Command.Decide _, Command.HandOver _, Command.Extend _, Command.RemindReview _ ->
          Trail.MOST_EVENTS;
      case Command.StartRun _, Command.Remind _ ->
          request instanceof Ending ? Trail.MOST_EVENTS_WHILE_ENDING : Trail.MOST_EVENTS;
      // Whoever names one after the other takes no room from those who decide.
      case Command.AskStandIns _ -> Trail.MOST_EVENTS / 2;
      case Command.MailReturned _ -> Trail.MOST_RETURNED;
      // Each of these changes a request once, once a round, a handover or an extension: they are
      // bounded by themselves, and without them it would never reach an end.
      case Command.Asked _,
          Command.RoundOver _,
          Command.Cancel _,
          Command.Return _,
          Command.Revoke _,
          Command.WithdrawApproval _,
          Command.Claim _,
          Command.Provisioned _,
          Command.AlreadyHeld _,
          Command.OpenSetUpTask _,
          Command.AnswerSetUp _,
          Command.GiveUp _,
          Command.NotBoth _,
          Command.Warned _,
          Command.Expire _,
          Command.OpenTask _,
          Command.Attest _,
          Command.Gone _,
          Command.NeverAdded _,
          Command.AnswerReview _,
          Command.ReviewTold _ ->
          Integer.MAX_VALUE;
    };
  }

  // Asking and deciding

  private static Outcome asked(Request request, Command.Asked told) {
    if (!(request instanceof Pending pending)
        || pending.stage() != told.stage()
        || pending.open().round() != told.round()
        || pending.open().handovers().size() != told.handovers()
        || pending.open().asked()) {
      return new Unchanged(request);
    }
    var details = new HashMap<String, String>();
    details.put("stage", Integer.toString(told.stage()));
    details.put("round", Integer.toString(told.round()));
    details.put("reached", String.join(" ", told.reached()));
    details.put("refused", String.join(" ", told.refused()));
    var unreached = Reach.unreached(pending);
    unreached.addAll(told.refused());
    unreached.addAll(Reach.passedOver(pending, told.reached()));
    var stages = replaceLast(pending.stages(), pending.open().told());
    return unlessLeft(
        pending,
        unreached,
        told.act(),
        Kind.ASKED,
        details,
        () ->
            new Pending(
                pending.asked(),
                stages,
                pending.trail().plus(told.act(), Kind.ASKED, Status.PENDING, details)));
  }

  private static Outcome mailReturned(Request request, Command.MailReturned back) {
    if (!(request instanceof Pending pending)
        || pending.stage() != back.stage()
        || pending.open().round() != back.round()) {
      return new Unchanged(request);
    }
    // Where somebody stands in, it is the other's part that nobody was reached for.
    var part = pending.open().standsInFor(back.person()).orElse(back.person());
    if (!pending.open().approvers().contains(part)
        || pending.open().isDecidedBy(part)
        || Reach.cameBack(pending, back.person())) {
      return new Unchanged(request);
    }
    var details = new HashMap<String, String>();
    details.put("stage", Integer.toString(back.stage()));
    details.put("round", Integer.toString(back.round()));
    details.put("person", back.person());
    if (!part.equals(back.person())) {
      details.put("for", part);
    }
    details.put("why", back.why().name());
    details.put("said", back.said());
    var unreached = Reach.unreached(pending);
    unreached.add(part);
    Supplier<Request> goesOn =
        () ->
            new Pending(
                pending.asked(),
                pending.stages(),
                pending.trail().plus(back.act(), Kind.MAIL_RETURNED, Status.PENDING, details));
    // Before all have been told it is not known who was reached; the mark that they have been
    // looks at it.
    return pending.open().asked()
        ? unlessLeft(pending, unreached, back.act(), Kind.MAIL_RETURNED, details, goesOn)
        : new Changed(goesOn.get());
  }

  /** Leaves the open round if its mails did not reach enough people; else it goes on like this. */
  private static Outcome unlessLeft(
      Pending pending,
      Set<String> unreached,
      Act act,
      Kind kind,
      Map<String, String> details,
      Supplier<Request> goesOn) {
    int next = Reach.roundAfter(pending.open(), unreached);
    if (next == pending.open().round()) {
      return new Changed(goesOn.get());
    }
    Reach.tell(pending.open(), unreached, next, details);
    return inRound(next, pending, act, kind, details);
  }

  private static Outcome decide(Request request, Command.Decide decide) {
    if (decide.stage() < 0 || decide.stage() >= request.stages().size()) {
      return refused(request, "no-such-stage", "This step of the approval has not begun.");
    }
    if (request
        .stages()
        .get(decide.stage())
        .isDecidedBy(decide.act().by(), decide.answer(), decide.duration())) {
      return new Unchanged(request);
    }
    if (!(request instanceof Pending pending) || pending.stage() != decide.stage()) {
      return new Refused(request, List.of(Closed.refusal(request, decide.stage())));
    }
    var refusals = Deciding.refusals(pending, decide);
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    var act = decide.act();
    var standsInFor = pending.open().standsInFor(act.by());
    var decision =
        new Decision(
            act.by(),
            decide.answer(),
            decide.duration(),
            decide.comment(),
            decide.proof(),
            act.at(),
            standsInFor.orElse(null));
    var stage = pending.open().with(decision);
    var stages = replaceLast(pending.stages(), stage);
    var details = new HashMap<String, String>();
    details.put("stage", Integer.toString(decide.stage()));
    details.put("answer", decide.answer().name());
    standsInFor.ifPresent(of -> details.put("for", of));
    decision.shorter().ifPresent(shorter -> details.put("duration", shorter.toString()));
    details.put("comment", decide.comment());
    details.put("proof", decide.proof().name());
    details.put("result", stage.result().name());
    return new Changed(
        switch (stage.result()) {
          case OPEN ->
              new Pending(
                  pending.asked(),
                  stages,
                  pending.trail().plus(act, Kind.DECIDED, Status.PENDING, details));
          case DENIED ->
              new Denied(
                  pending.asked(),
                  stages,
                  pending.trail().plus(act, Kind.DECIDED, Status.DENIED, details));
          case APPROVED -> approved(pending, stages, act, details);
          case LAPSED, CANCELLED -> throw new IllegalStateException("no decision does that");
        });
  }

  private static Request approved(
      Pending pending, List<Stage> stages, Act act, Map<String, String> details) {
    var plan = pending.asked().plan();
    if (stages.size() == plan.stages().size()) {
      return new Scheduled(
          pending.asked(),
          stages,
          pending.trail().plus(act, Kind.DECIDED, Status.SCHEDULED, details));
    }
    var more = new ArrayList<>(stages);
    more.add(Stage.open(plan, stages, act.at()));
    var leftOut = plan.stages().get(stages.size()).leftOut(Stage.approvers(stages));
    if (!leftOut.isEmpty()) {
      details.put("approvedBefore", String.join(" ", leftOut));
    }
    return new Pending(
        pending.asked(), more, pending.trail().plus(act, Kind.DECIDED, Status.PENDING, details));
  }

  private static Outcome handOver(Request request, Command.HandOver hand) {
    if (hand.stage() < 0 || hand.stage() >= request.stages().size()) {
      return refused(request, "no-such-stage", "This step of the approval has not begun.");
    }
    var by = hand.act().by();
    var before = request.stages().get(hand.stage()).handedOverBy(by);
    if (before.filter(each -> each.to().equals(hand.to())).isPresent()) {
      return new Unchanged(request);
    }
    if (!(request instanceof Pending pending) || pending.stage() != hand.stage()) {
      return new Refused(request, List.of(Closed.refusal(request, hand.stage())));
    }
    var refusals = HandingOver.refusals(pending, hand);
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    int round = pending.open().round();
    var stage =
        pending.open().with(new Handover(by, hand.to(), round, hand.comment(), hand.act().at()));
    return new Changed(
        new Pending(
            pending.asked(),
            replaceLast(pending.stages(), stage),
            pending
                .trail()
                .plus(
                    hand.act(),
                    Kind.HANDED_OVER,
                    Status.PENDING,
                    Map.of(
                        "stage",
                        Integer.toString(hand.stage()),
                        "round",
                        Integer.toString(round),
                        "to",
                        hand.to(),
                        "comment",
                        hand.comment(),
                        "proof",
                        hand.proof().name()))));
  }

  private static Outcome roundOver(Request request, Command.RoundOver over) {
    if (!(request instanceof Pending pending)
        || pending.stage() != over.stage()
        || pending.open().round() != over.round()) {
      return new Unchanged(request);
    }
    if (over.act().at().isBefore(pending.open().roundEndsAt())) {
      var ends = pending.open().roundEndsAt();
      return refused(
          request, Refusal.of("round-not-over", "This round lasts until " + ends + ".").with(ends));
    }
    return inRound(
        pending.open().round() + 1,
        pending,
        over.act(),
        Kind.ROUND_OVER,
        Map.of("stage", Integer.toString(over.stage()), "round", Integer.toString(over.round())));
  }

  private static Outcome inRound(
      int next, Pending pending, Act act, Kind kind, Map<String, String> details) {
    var stage = pending.open();
    if (next == stage.plan().rounds().size()) {
      var stages = replaceLast(pending.stages(), stage.closed(Stage.Result.LAPSED));
      return new Changed(
          new Lapsed(
              pending.asked(), stages, pending.trail().plus(act, kind, Status.LAPSED, details)));
    }
    var opened = stage.inRound(next, pending.asked().plan(), act.at());
    var more = new HashMap<>(details);
    // Those of an earlier round are told once: here they are, only those whom this one replaces.
    var replaced = opened.replaced().stream().filter(each -> !stage.isReplaced(each)).toList();
    if (!replaced.isEmpty()) {
      more.put("replaced", String.join(" ", replaced));
    }
    return new Changed(
        new Pending(
            pending.asked(),
            replaceLast(pending.stages(), opened),
            pending.trail().plus(act, kind, Status.PENDING, more)));
  }

  // Withdrawing and ending

  private static Outcome cancel(Request request, Act act) {
    if (!request.asked().isBy(act.by())) {
      return refused(
          request,
          Refusal.of(
                  Refusal.NOT_YOURS, "Only the person who asked for this can withdraw the request.")
              .in("cancel"));
    }
    return switch (request) {
      case Pending _, Scheduled _ -> cancelled(request, act, "");
      case Cancelled _ -> new Unchanged(request);
      case Provisioning _, Active _, Ending _ ->
          refused(
              request,
              "already-started",
              "The access is already being set up or is there. You can give it back instead.");
      case Denied _, Lapsed _, Ended _, Failed _ ->
          refused(
              request,
              Refusal.of(
                      "already-over", "This request is already over; nothing is left to withdraw.")
                  .in("cancel"));
    };
  }

  private static Outcome giveBack(Request request, Act act) {
    if (!act.by().equals(request.asked().requester())) {
      return refused(
          request,
          Refusal.of(Refusal.NOT_YOURS, "Only the person who has this access can give it back.")
              .in("return"));
    }
    return end(request, act, EndReason.RETURNED, "");
  }

  private static Outcome end(Request request, Act act, EndReason reason, String why) {
    return switch (request) {
      case Pending _, Scheduled _ -> cancelled(request, act, why);
      case Provisioning each -> new Changed(ending(each, null, act, reason, why));
      case Active each -> new Changed(ending(each, each.grant(), act, reason, why));
      case Ending _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> new Unchanged(request);
    };
  }

  /** The chain is as good as its weakest link: without this approval the request is over. */
  private static Outcome withdrawApproval(Request request, Command.WithdrawApproval withdraw) {
    var act = withdraw.act();
    if (!Stage.approvers(request.stages()).contains(act.by())) {
      return refused(
          request,
          Refusal.of(Refusal.NOT_YOURS, "Only whoever has approved this can withdraw the approval.")
              .in("withdraw-approval"));
    }
    return switch (request) {
      case Pending _, Scheduled _ -> {
        var refusals = Deciding.ofWithdrawal(request, withdraw.comment());
        yield refusals.isEmpty()
            ? cancelled(
                request, act, Map.of("why", withdraw.comment(), "withdrawn", WITHDRAWN_APPROVAL))
            : new Refused(request, refusals);
      }
      case Cancelled cancelled when cancelled.withdrawnBy().equals(Optional.of(act.by())) ->
          new Unchanged(request);
      case Provisioning _, Active _, Ending _ ->
          refused(
              request,
              Refusal.of(
                      "already-started",
                      "The access is already being set up or is there. An owner of "
                          + request.asked().plan().systemTitle()
                          + " can take it away.")
                  .in("withdraw-approval")
                  .with(request.asked().plan().systemTitle()));
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ ->
          refused(
              request,
              Refusal.of(
                      "already-over", "This request is already over; nothing is left to withdraw.")
                  .in("withdraw-approval"));
    };
  }

  private static Outcome cancelled(Request request, Act act, String why) {
    return cancelled(request, act, Map.of("why", why));
  }

  private static Outcome cancelled(Request request, Act act, Map<String, String> details) {
    var stages = new ArrayList<>(request.stages());
    if (request instanceof Pending) {
      stages.set(stages.size() - 1, stages.getLast().closed(Stage.Result.CANCELLED));
    }
    return new Changed(
        new Cancelled(
            request.asked(),
            stages,
            request.trail().plus(act, Kind.CANCELLED, Status.CANCELLED, details)));
  }

  private static Ending ending(
      Request request, @Nullable Grant grant, Act act, EndReason reason, String why) {
    return ending(request, grant, act, reason, why, Map.of());
  }

  private static Ending ending(
      Request request,
      @Nullable Grant grant,
      Act act,
      EndReason reason,
      String why,
      Map<String, String> more) {
    var kind = reason == EndReason.GIVEN_UP ? Kind.GIVEN_UP : Kind.ENDING;
    var details = new HashMap<>(Map.of("reason", reason.name(), "why", why));
    details.putAll(more);
    return new Ending(
        request.asked(),
        request.stages(),
        grant,
        reason,
        why,
        act.at(),
        null,
        request.trail().plus(act, kind, Status.ENDING, details));
  }

  private static Outcome extend(Request request, Command.Extend extend) {
    var act = extend.act();
    if (!act.by().equals(request.asked().requester())) {
      return refused(
          request,
          Refusal.of(Refusal.NOT_YOURS, "Only the person who has this access can extend it.")
              .in("extend"));
    }
    return switch (request) {
      case Pending _, Scheduled _, Provisioning _ ->
          refused(
              request,
              "not-started",
              "The access is not there yet. Once it is, its end can be moved.");
      case Active active -> {
        var refusals = Extending.refusals(active, extend);
        yield refusals.isEmpty()
            ? new Changed(extended(active, extend))
            : new Refused(request, refusals);
      }
      case Ending _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ ->
          refused(
              request,
              Refusal.of(
                      "already-over",
                      "This access has ended, so it can no longer be extended. You can ask again.")
                  .in("extend"));
    };
  }

  private static Active extended(Active active, Command.Extend extend) {
    var act = extend.act();
    var grant = new Grant(active.grant().startedAt(), extend.until());
    return new Active(
        active.asked(),
        active.stages(),
        grant,
        // Whoever has just moved the end close to now need not be told that it is close.
        !Times.endingSoonAt(grant).isAfter(act.at()),
        active
            .trail()
            .plus(
                act,
                Kind.EXTENDED,
                Status.ACTIVE,
                Map.of(
                    "before",
                    active.grant().expiresAt().toString(),
                    "expiresAt",
                    grant.expiresAt().toString(),
                    "rule",
                    Extending.RULE,
                    "runbookVersion",
                    Integer.toString(extend.runbookVersion()))));
  }

  private static Outcome expire(Request request, Act act) {
    return switch (request) {
      case Active active when active.grant().expiresAt().isAfter(act.at()) -> {
        var expires = active.grant().expiresAt();
        yield refused(
            request,
            Refusal.of("not-due", "This access lasts until " + expires + ".").with(expires));
      }
      case Active active -> new Changed(ending(active, active.grant(), act, EndReason.EXPIRED, ""));
      case Pending _,
          Scheduled _,
          Provisioning _,
          Ending _,
          Denied _,
          Lapsed _,
          Cancelled _,
          Ended _,
          Failed _ ->
          new Unchanged(request);
    };
  }

  // Setting up and taking away

  private static Outcome claim(Request request, Act act) {
    if (!(request instanceof Scheduled scheduled)) {
      return new Unchanged(request);
    }
    var early = scheduled.asked().waitsUntil(act.at());
    if (early.isPresent()) {
      var startsAt = early.get();
      return refused(
          request, Refusal.of("too-early", "This begins at " + startsAt + ".").with(startsAt));
    }
    return new Changed(
        new Provisioning(
            scheduled.asked(),
            scheduled.stages(),
            null,
            scheduled.trail().plus(act, Kind.PROVISIONING_STARTED, Status.PROVISIONING, Map.of())));
  }

  private static Outcome provisioned(Request request, Act act) {
    if (!(request instanceof Provisioning provisioning)) {
      return new Unchanged(request);
    }
    var grant = new Grant(act.at(), act.at().plus(provisioning.lasts()));
    return new Changed(
        new Active(
            provisioning.asked(),
            provisioning.stages(),
            grant,
            false,
            provisioning
                .trail()
                .plus(
                    act,
                    Kind.ACTIVATED,
                    Status.ACTIVE,
                    Map.of("expiresAt", grant.expiresAt().toString()))));
  }

  private static Outcome alreadyHeld(Request request, Act act) {
    return switch (request) {
      // What was active was ours: it ends by read-back only.
      case Ending ending when ending.grant() != null -> new Unchanged(request);
      case Provisioning _, Ending _ ->
          new Changed(
              new Failed(
                  request.asked(),
                  request.stages(),
                  Failed.Reason.ALREADY_HELD,
                  "The person had this access before, and not from Daypass.",
                  request.trail().plus(act, Kind.ALREADY_HELD, Status.FAILED, Map.of())));
      case Pending _, Scheduled _, Active _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ ->
          new Unchanged(request);
    };
  }

  private static Outcome openSetUpTask(Request request, Command.OpenSetUpTask open) {
    if (!(request instanceof Provisioning provisioning)
        || provisioning.task() != null
        || !provisioning.asked().plan().target().isByHand()) {
      return new Unchanged(request);
    }
    var owners = hands(provisioning);
    return new Changed(
        new Provisioning(
            provisioning.asked(),
            provisioning.stages(),
            new SetUpTask(open.act().at(), owners, open.leftover(), 0, null),
            provisioning
                .trail()
                .plus(
                    open.act(),
                    Kind.SET_UP_TASK_OPENED,
                    Status.PROVISIONING,
                    Map.of(
                        "for",
                        String.join(" ", owners),
                        "leftover",
                        Boolean.toString(open.leftover())))));
  }

  private static Outcome answerSetUp(Request request, Command.AnswerSetUp said) {
    var act = said.act();
    if (!(request instanceof Provisioning provisioning) || provisioning.task() == null) {
      return new Refused(request, List.of(HandWork.over(request, Kind.SET_UP_ANSWERED)));
    }
    var task = provisioning.task();
    if (task.answer() != null) {
      return task.answer().by().equals(act.by()) && task.answer().result() == said.result()
          ? new Unchanged(request)
          : new Refused(request, List.of(HandWork.answeredBy(task.answer().by())));
    }
    var refusals =
        HandWork.refusals(
            request,
            act,
            said.note(),
            Optional.of(HandWork.UNSAID)
                .filter(any -> said.result() == SetUpTask.Result.IMPOSSIBLE));
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    if (said.result() == SetUpTask.Result.HELD && task.leftover()) {
      return refused(
          request,
          "held-through-us",
          "The person had this access through an earlier request, so it is to be taken away when"
              + " this one ends. If it is there, please say that it is set up.");
    }
    return new Changed(
        new Provisioning(
            provisioning.asked(),
            provisioning.stages(),
            task.answered(new SetUpTask.Answer(said.result(), act.by(), act.at(), said.note())),
            provisioning
                .trail()
                .plus(
                    act,
                    Kind.SET_UP_ANSWERED,
                    Status.PROVISIONING,
                    Map.of("result", said.result().name(), "note", said.note()))));
  }

  private static Outcome giveUp(Request request, Command.GiveUp up) {
    if (!(request instanceof Provisioning provisioning)) {
      return new Unchanged(request);
    }
    return new Changed(ending(provisioning, null, up.act(), EndReason.GIVEN_UP, up.problem()));
  }

  private static Outcome notBoth(Request request, Command.NotBoth not) {
    if (!(request instanceof Provisioning provisioning)) {
      return new Unchanged(request);
    }
    var other = not.other();
    return new Changed(
        ending(
            provisioning,
            null,
            not.act(),
            EndReason.GIVEN_UP,
            "Nobody may have it together with “"
                + other.roleTitle()
                + "” in "
                + other.systemTitle()
                + ", which the person has or is getting.",
            Map.of(Request.NOT_BOTH, other.name())));
  }

  private static Outcome warned(Request request, Command.Warned warned) {
    if (!(request instanceof Active active)
        || active.warned()
        || !active.grant().expiresAt().equals(warned.expiresAt())) {
      return new Unchanged(request);
    }
    return new Changed(
        new Active(
            active.asked(),
            active.stages(),
            active.grant(),
            true,
            active
                .trail()
                .plus(
                    warned.act(),
                    Kind.ENDING_SOON,
                    Status.ACTIVE,
                    Map.of("expiresAt", warned.expiresAt().toString()))));
  }

  private static Outcome openTask(Request request, Command.OpenTask open) {
    if (!(request instanceof Ending ending) || ending.task() != null) {
      return new Unchanged(request);
    }
    var plan = ending.asked().plan();
    var task =
        new RemovalTask(
            open.act().at(),
            plan.target().isByHand() ? hands(ending) : plan.owners(),
            open.problem(),
            plan.target().isByHand(),
            0,
            null);
    return new Changed(
        withTask(
            ending,
            task,
            ending
                .trail()
                .plus(
                    open.act(),
                    Kind.REMOVAL_TASK_OPENED,
                    Status.ENDING,
                    Map.of("problem", open.problem(), "for", String.join(" ", task.owners())))));
  }

  /** The owners who may say what they did: nobody does about their own access. */
  private static List<String> hands(Request request) {
    return request.asked().plan().owners().stream()
        .filter(owner -> !owner.equals(request.asked().requester()))
        .toList();
  }

  private static Ending withTask(Ending ending, @Nullable RemovalTask task, Trail trail) {
    return new Ending(
        ending.asked(),
        ending.stages(),
        ending.grant(),
        ending.reason(),
        ending.why(),
        ending.since(),
        task,
        trail);
  }

  private static Outcome attest(Request request, Command.Attest said) {
    var act = said.act();
    if (!(request instanceof Ending ending) || ending.task() == null || !ending.task().byHand()) {
      return new Refused(request, List.of(HandWork.over(request, Kind.REMOVAL_ATTESTED)));
    }
    var task = ending.task();
    var before = task.attested();
    if (before != null) {
      // Words said twice are the same; another picture would be lost, and its sender must hear so.
      boolean same = said.evidence() == null || said.evidence().equals(before.evidence());
      return same && before.by().equals(act.by())
          ? new Unchanged(request)
          : new Refused(request, List.of(HandWork.answeredBy(before.by())));
    }
    var refusals =
        HandWork.refusals(
            request,
            act,
            said.note(),
            said.evidence() == null ? Optional.of(Evidence.missing()) : Optional.empty());
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    var details = new HashMap<String, String>();
    details.put("note", said.note());
    if (said.evidence() != null) {
      details.putAll(said.evidence().details());
    }
    return new Changed(
        withTask(
            ending,
            task.attested(new Attestation(act.by(), act.at(), said.note(), said.evidence())),
            ending.trail().plus(act, Kind.REMOVAL_ATTESTED, Status.ENDING, details)));
  }

  /** Those who were not told before: all of them each time would fill the request. */
  static List<String> toldFirst(Request request, List<String> told) {
    var before =
        request.trail().events().stream().flatMap(event -> event.people(TOLD).stream()).toList();
    return told.stream().filter(each -> !before.contains(each)).toList();
  }

  private static Outcome remind(Request request, Command.Remind remind) {
    var details =
        Map.of(
            "reminder",
            Integer.toString(remind.reminder() + 1),
            TOLD,
            String.join(" ", toldFirst(request, remind.told())));
    if (request instanceof Provisioning each
        && each.task() != null
        && each.task().isOpen()
        && each.task().reminders() == remind.reminder()) {
      return new Changed(
          new Provisioning(
              each.asked(),
              each.stages(),
              each.task().reminded(),
              each.trail().plus(remind.act(), Kind.TASK_REMINDED, Status.PROVISIONING, details)));
    }
    if (request instanceof Ending each
        && each.task() != null
        && each.task().awaitsHands()
        && each.task().reminders() == remind.reminder()) {
      return new Changed(
          withTask(
              each,
              each.task().reminded(),
              each.trail().plus(remind.act(), Kind.TASK_REMINDED, Status.ENDING, details)));
    }
    return new Unchanged(request);
  }

  private static Outcome gone(Request request, Command.Gone gone) {
    if (!(request instanceof Ending ending) || isUnproven(ending, gone)) {
      return new Unchanged(request);
    }
    var details =
        new HashMap<>(
            Map.of(
                "reason",
                ending.reason().name(),
                "readBack",
                readBack(ending, gone),
                "heldBy",
                Optional.ofNullable(gone.heldBy()).orElse("")));
    if (gone.onlyWanted() && ending.asked().plan().target().isByHand()) {
      // Nothing can be read there, and of the later request nobody has said anything yet.
      details.put(Request.UNSAID, Boolean.toString(true));
    }
    if (ending.reason() == EndReason.GIVEN_UP) {
      return notSetUp(ending, gone.act(), details);
    }
    return new Changed(
        new Ended(
            ending.asked(),
            ending.stages(),
            ending.grant(),
            ending.reason(),
            gone.heldBy(),
            ending.trail().plus(gone.act(), Kind.ENDED, Status.ENDED, details)));
  }

  /** Where nothing can be read, only somebody's word says that what was set up is gone. */
  private static boolean isUnproven(Ending ending, Command.Gone gone) {
    return gone.heldBy() == null && mayStillBeThere(ending);
  }

  private static boolean mayStillBeThere(Ending ending) {
    return ending.asked().plan().target().isByHand()
        && (ending.task() == null ? ending.mayBeThere() : ending.task().awaitsHands());
  }

  private static String readBack(Ending ending, Command.Gone gone) {
    if (gone.heldBy() != null) {
      return "held by another grant";
    }
    if (!ending.asked().plan().target().isByHand()) {
      return "absent";
    }
    return ending.task() == null ? NOTHING_ADDED : "attested";
  }

  private static Outcome neverAdded(Request request, Act act) {
    return request instanceof Ending ending
            && ending.reason() == EndReason.GIVEN_UP
            && !mayStillBeThere(ending)
        ? notSetUp(ending, act, Map.of("reason", ending.reason().name(), "readBack", NOTHING_ADDED))
        : new Unchanged(request);
  }

  private static Outcome notSetUp(Ending ending, Act act, Map<String, String> details) {
    return new Changed(
        new Failed(
            ending.asked(),
            ending.stages(),
            Failed.Reason.NOT_SET_UP,
            ending.why(),
            ending.trail().plus(act, Kind.ENDED, Status.FAILED, details)));
  }

  private static Outcome startRun(Request request, Command.StartRun start) {
    if (request.trail().run() >= start.run()) {
      return new Unchanged(request);
    }
    var trail =
        request
            .trail()
            .plus(
                start.run(),
                start.act(),
                Kind.RUN_STARTED,
                request.status(),
                Map.of("run", Integer.toString(start.run())));
    return request.status().isFinal() ? new Unchanged(request) : new Changed(with(request, trail));
  }

  /** The same in every respect but for what happened. */
  static Request with(Request request, Trail trail) {
    return switch (request) {
      case Pending each -> new Pending(each.asked(), each.stages(), trail);
      case Scheduled each -> new Scheduled(each.asked(), each.stages(), trail);
      case Provisioning each -> new Provisioning(each.asked(), each.stages(), each.task(), trail);
      case Active each ->
          new Active(each.asked(), each.stages(), each.grant(), each.warned(), trail);
      case Ending each -> withTask(each, each.task(), trail);
      case Denied each -> new Denied(each.asked(), each.stages(), trail);
      case Lapsed each -> new Lapsed(each.asked(), each.stages(), trail);
      case Cancelled each -> new Cancelled(each.asked(), each.stages(), trail);
      case Ended each ->
          new Ended(each.asked(), each.stages(), each.grant(), each.reason(), each.heldBy(), trail);
      case Failed each -> new Failed(each.asked(), each.stages(), each.reason(), each.why(), trail);
    };
  }

  static List<Stage> replaceLast(List<Stage> stages, Stage last) {
    var replaced = new ArrayList<>(stages);
    replaced.set(replaced.size() - 1, last);
    return List.copyOf(replaced);
  }

  private static Outcome refused(Request request, String code, String message) {
    return refused(request, Refusal.of(code, message));
  }

  private static Outcome refused(Request request, Refusal refusal) {
    return new Refused(request, List.of(refusal));
  }
}
