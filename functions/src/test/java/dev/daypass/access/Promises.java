package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for every request at any time, and for every step from one to the next. */
final class Promises {
  private static final Map<Status, Set<Status>> EDGES =
      Map.of(
          Status.PENDING,
          EnumSet.of(
              Status.PENDING, Status.SCHEDULED, Status.DENIED, Status.LAPSED, Status.CANCELLED),
          Status.SCHEDULED,
          EnumSet.of(Status.SCHEDULED, Status.PROVISIONING, Status.CANCELLED),
          Status.PROVISIONING,
          EnumSet.of(Status.PROVISIONING, Status.ACTIVE, Status.ENDING, Status.FAILED),
          Status.ACTIVE,
          EnumSet.of(Status.ACTIVE, Status.ENDING),
          Status.ENDING,
          EnumSet.of(Status.ENDING, Status.ENDED, Status.FAILED));

  private static final Set<Status> NEVER_ACCESS =
      EnumSet.of(Status.DENIED, Status.LAPSED, Status.CANCELLED);

  private Promises() {}

  /** What can be said of a request without knowing what was before. */
  static void holdFor(Request request) {
    var events = request.trail().events();
    assertThat(request.version()).isEqualTo(events.size());
    assertThat(events.getLast().status()).isEqualTo(request.status());
    assertThat(request.nextMove().isEmpty()).isEqualTo(request.status().isFinal());
    isReviewed(request);

    for (int i = 0; i < request.stages().size(); i++) {
      if (request.stages().get(i).result() == Stage.Result.APPROVED) {
        wasApprovedByOthers(request, i);
      }
    }
    nobodyCountsTwice(request);
    whoHandedOverDecidesNothing(request);
    whoeverStandsInCountsAsTheOther(request);
    boolean everSetUp =
        events.stream().anyMatch(event -> event.kind() == Kind.PROVISIONING_STARTED);
    if (everSetUp) {
      // 1: nobody gets access without the approval of every stage.
      assertThat(request.stages()).hasSameSizeAs(request.asked().plan().stages());
      assertThat(request.stages()).allMatch(stage -> stage.result() == Stage.Result.APPROVED);
    }
    if (NEVER_ACCESS.contains(request.status())) {
      // 6: a denied, lapsed or cancelled request never leads to access.
      assertThat(everSetUp).isFalse();
    }
    endsProperly(request);
    isAwaited(request);
  }

  /** 1: what nobody approved waits until somebody else has looked at it, however it ended. */
  private static void isReviewed(Request request) {
    var said =
        request.trail().events().stream().filter(event -> event.kind() == Kind.REVIEWED).toList();
    var glass = request.asked().plan().glass();
    if (glass == null) {
      assertThat(said).isEmpty();
      assertThat(request.review()).isEmpty();
      return;
    }
    assertThat(said).hasSizeLessThanOrEqualTo(1);
    assertThat(request.stages()).isEmpty();
    assertThat(request.openReview().isPresent()).isEqualTo(said.isEmpty());
    boolean told = request.trail().has(Kind.REVIEW_TOLD);
    assertThat(request.nextDue().isPresent())
        .isEqualTo(said.isEmpty() || !told || !request.status().isFinal());
    assertThat(told && said.isEmpty()).isFalse();
    said.forEach(event -> assertThat(event.act().by()).isNotEqualTo(request.asked().requester()));
  }

  private static boolean isAboutReview(Command command) {
    return command instanceof Command.AnswerReview
        || command instanceof Command.RemindReview
        || command instanceof Command.ReviewTold;
  }

  /** 1: enough different people said yes, all of them asked, none of them the requester. */
  private static void wasApprovedByOthers(Request request, int stage) {
    var closed = request.stages().get(stage);
    var yes =
        request.trail().events().stream()
            .filter(event -> event.kind() == Kind.DECIDED)
            .filter(event -> Integer.toString(stage).equals(event.details().get("stage")))
            .filter(event -> Answer.APPROVE.name().equals(event.details().get("answer")))
            .toList();
    assertThat(yes.stream().map(event -> event.act().by()))
        .doesNotHaveDuplicates()
        .doesNotContain(request.asked().requester());
    assertThat(yes.stream().map(Promises::part))
        .hasSizeGreaterThanOrEqualTo(closed.roundPlan().needed())
        .doesNotHaveDuplicates()
        .doesNotContain(request.asked().requester())
        .isSubsetOf(closed.everybodyAsked());
  }

  /** Whose part of the stage was decided. */
  private static String part(Event decided) {
    return decided.details().getOrDefault("for", decided.act().by());
  }

  /**
   * 1: whoever decided in somebody's place had been asked in that place, was not asked themselves,
   * and did not ask for it; and in every stage each person's part was decided once.
   */
  private static void whoeverStandsInCountsAsTheOther(Request request) {
    var pairs = new HashMap<String, Set<String>>();
    var decided = new HashMap<String, Set<String>>();
    for (var event : request.trail().events()) {
      var stage = event.details().getOrDefault("stage", "");
      if (event.kind() == Kind.STAND_INS) {
        var over = named(event, "over");
        var back = named(event, "back");
        for (int i = 0; i < over.size(); i++) {
          assertThat(pairs.getOrDefault(stage, Set.of())).contains(over.get(i) + " " + back.get(i));
          pairs.getOrDefault(stage, new HashSet<>()).remove(over.get(i) + " " + back.get(i));
        }
        var asked = named(event, "standIns");
        var away = named(event, "for");
        for (int i = 0; i < asked.size(); i++) {
          pairs
              .computeIfAbsent(stage, any -> new HashSet<>())
              .add(asked.get(i) + " " + away.get(i));
          assertThat(asked.get(i)).isNotEqualTo(request.asked().requester());
        }
      }
      if (event.kind() == Kind.DECIDED) {
        var by = event.act().by();
        if (event.details().containsKey("for")) {
          assertThat(pairs.getOrDefault(stage, Set.of())).contains(by + " " + part(event));
        }
        assertThat(decided.computeIfAbsent(stage, any -> new HashSet<>()).add(by)).isTrue();
        assertThat(part(event).equals(by) || decided.get(stage).add(part(event))).isTrue();
      }
    }
    for (var stage : request.stages()) {
      var by = stage.standIns().stream().map(StandIn::by).toList();
      assertThat(by).noneMatch(each -> stage.everybodyAsked().contains(each));
      assertThat(by).noneMatch(each -> stage.plan().asked().contains(each));
    }
  }

  private static List<String> named(Event event, String detail) {
    var named = event.details().getOrDefault(detail, "");
    return named.isEmpty() ? List.of() : List.of(named.split(" ", -1));
  }

  /** 1: where the plan wants others, nobody has approved an earlier stage as well. */
  private static void nobodyCountsTwice(Request request) {
    var approvals = new HashMap<Integer, Set<String>>();
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.DECIDED
          && Answer.APPROVE.name().equals(event.details().get("answer"))) {
        int stage = Integer.parseInt(event.details().getOrDefault("stage", ""));
        if (request.asked().plan().stages().get(stage).others() != null) {
          approvals.forEach(
              (other, people) ->
                  assertThat(
                          other == stage
                              || !(people.contains(event.act().by())
                                  || people.contains(part(event))))
                      .isTrue());
        }
        approvals
            .computeIfAbsent(stage, any -> new HashSet<>())
            .addAll(List.of(event.act().by(), part(event)));
      }
    }
  }

  /**
   * 1: whoever has handed their part over has had no say since, and it was nobody's twice: not
   * theirs again, nor the requester's, and never that of more people than a stage asks.
   */
  private static void whoHandedOverDecidesNothing(Request request) {
    var gone = new HashMap<String, Set<String>>();
    var had = new HashMap<String, Set<String>>();
    for (var event : request.trail().events()) {
      var stage = event.details().getOrDefault("stage", "");
      var by = event.act().by();
      if (event.kind() == Kind.DECIDED) {
        assertThat(gone.getOrDefault(stage, Set.of())).doesNotContain(by, part(event));
      } else if (event.kind() == Kind.HANDED_OVER) {
        var to = event.details().getOrDefault("to", "");
        assertThat(gone.computeIfAbsent(stage, _ -> new HashSet<>()).add(by)).isTrue();
        assertThat(had.computeIfAbsent(stage, _ -> new HashSet<>()).add(to)).isTrue();
        assertThat(request.asked().isBy(to)).isFalse();
        assertThat(gone.getOrDefault(stage, Set.of())).doesNotContain(to);
        assertThat(gone.getOrDefault(stage, Set.of())).hasSizeLessThan(Plan.MOST_APPROVERS);
      }
    }
    for (var stage : request.stages()) {
      assertThat(stage.everybodyAsked())
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(Plan.MOST_APPROVERS);
    }
  }

  /** Access that ended was taken away first, and access that was there never just failed. */
  private static void endsProperly(Request request) {
    var events = request.trail().events();
    switch (request) {
      case Ended ended -> {
        assertThat(events)
            .anyMatch(event -> event.kind() == Kind.ENDING && event.status() == Status.ENDING);
        if (ended.reason() == EndReason.EXPIRED) {
          // 2: not before its time.
          var expiresAt = ended.given().orElseThrow().expiresAt();
          assertThat(events)
              .anyMatch(
                  event -> event.kind() == Kind.ENDING && !event.act().at().isBefore(expiresAt));
        }
      }
      case Failed _ -> assertThat(events).noneMatch(event -> event.kind() == Kind.ACTIVATED);
      case Active active -> {
        boolean extended = events.stream().anyMatch(event -> event.kind() == Kind.EXTENDED);
        var length = Duration.between(active.grant().startedAt(), active.grant().expiresAt());
        var shortest = shortestApproval(active);
        if (shortest.isPresent()) {
          // 1: nobody has more than was approved, not even by a rule.
          assertThat(extended).isFalse();
          assertThat(length).isEqualTo(shortest.get());
          assertThat(length).isBetween(Duration.ofMinutes(15), active.asked().duration());
        } else if (extended) {
          assertThat(length).isBetween(active.asked().duration(), APlan.EXTENDABLE);
        } else {
          assertThat(length).isEqualTo(active.asked().duration());
        }
      }
      case Pending _,
          Request.Scheduled _,
          Request.Provisioning _,
          Ending _,
          Request.Denied _,
          Request.Lapsed _,
          Request.Cancelled _ -> {}
    }
  }

  private static Optional<Duration> shortestApproval(Request request) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Kind.DECIDED)
        .flatMap(event -> Stream.ofNullable(event.details().get("duration")))
        .map(Duration::parse)
        .min(Comparator.naturalOrder());
  }

  /** The workflow waits for exactly what is next. */
  private static void isAwaited(Request request) {
    var next = Next.of(request, Instant.EPOCH);
    if (next instanceof Next.Decide decide) {
      int handovers =
          (int)
              request.trail().events().stream()
                  .filter(event -> event.kind() == Kind.HANDED_OVER)
                  .filter(event -> ("" + decide.stage()).equals(event.details().get("stage")))
                  .count();
      assertThat(isAnswered(decide.stage(), decide.round(), handovers, request)).isFalse();
      assertThat(isAnswered(decide.stage(), decide.round() + 1, handovers, request)).isTrue();
      // Whoever was asked before the last handover is waited for no more.
      assertThat(isAnswered(decide.stage(), decide.round(), handovers - 1, request)).isTrue();
    }
    assertThat(new Wait.ForEnd().isAnsweredBy(request)).isEqualTo(!(next instanceof Next.AwaitEnd));
    assertThat(next instanceof Next.Done).isEqualTo(request.status().isFinal());
  }

  private static boolean isAnswered(int stage, int round, int handovers, Request request) {
    return new Wait.ForDecision(stage, round, handovers).isAnsweredBy(request);
  }

  /** What can be said of a step. */
  static void holdBetween(Request before, Command command, Outcome outcome) {
    assertThat(Life.apply(before, command)).as("the same again").isEqualTo(outcome);
    switch (outcome) {
      case Unchanged unchanged -> assertThat(unchanged.request()).isSameAs(before);
      case Refused refused -> {
        assertThat(refused.request()).isSameAs(before);
        mayBeRefused(before, command);
      }
      case Changed changed -> {
        holdFor(changed.request());
        isOneStepFurther(before, command, changed.request());
        keepsWhatWas(before, changed.request());
        wasAllowed(before, command, changed.request());
        // 4: the same command again changes nothing, and neither does it under a new id if it was
        // a decision.
        assertThat(Life.apply(changed.request(), command))
            .isEqualTo(new Unchanged(changed.request()));
      }
    }
    takesAway(before, command, outcome.request());
    waitsForNobodyInVain(before, command, outcome.request());
  }

  /** 3: one change, one event, along an edge that exists. */
  private static void isOneStepFurther(Request before, Command command, Request after) {
    if (isAboutReview(command)) {
      assertThat(after.status()).isEqualTo(before.status());
      assertThat(after.nextMove()).isEqualTo(before.nextMove());
    } else {
      assertThat(before.status().isFinal()).as("what is over stays as it is").isFalse();
      assertThat(EDGES.get(before.status())).contains(after.status());
    }
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.trail().events().subList(0, before.version()))
        .isEqualTo(before.trail().events());
    assertThat(after.trail().events().getLast().act()).isEqualTo(command.act());
    assertThat(after.version())
        .isLessThanOrEqualTo(Trail.MOST_EVENTS_WHILE_ENDING + Trail.MOST_RETURNED + 50);
  }

  /**
   * Never for less than its time, but for the moments by which the round before was closed late;
   * whoever can decide no longer is named.
   */
  private static void opensTheNextRound(Stage was, Stage is, Event opening) {
    var at = opening.act().at();
    boolean onTime =
        at.isAfter(was.roundEndsAt()) && at.isBefore(was.roundEndsAt().plusSeconds(120));
    assertThat(is.roundEndsAt())
        .isAfter(at)
        .isAfterOrEqualTo((onTime ? was.roundEndsAt() : at).plus(is.roundPlan().lasts()));
    var gone = new HashSet<>(was.approvers());
    is.approvers().forEach(gone::remove);
    is.decisions().forEach(decision -> gone.remove(decision.part()));
    var named = opening.details().getOrDefault("replaced", "");
    assertThat(named.isEmpty() ? Set.<String>of() : Set.of(named.split(" ", -1))).isEqualTo(gone);
  }

  private static void keepsWhatWas(Request before, Request after) {
    assertThat(after.asked()).isEqualTo(before.asked());
    assertThat(after.trail().run()).isGreaterThanOrEqualTo(before.trail().run());
    if (after.status() != Status.FAILED) {
      before.given().ifPresent(grant -> keepsTheGrant(grant, after));
    }
    for (int i = 0; i < before.stages().size(); i++) {
      var was = before.stages().get(i);
      var is = after.stages().get(i);
      if (was.result() != Stage.Result.OPEN) {
        // 4: a stage has one outcome.
        assertThat(is).isEqualTo(was);
      }
      assertThat(is.decisions().subList(0, was.decisions().size())).isEqualTo(was.decisions());
      assertThat(is.round()).isGreaterThanOrEqualTo(was.round());
      for (int passed = was.round() + 1; passed < is.round(); passed++) {
        // Only reminders of the same people are passed over.
        assertThat(was.approvers()).containsAll(was.plan().rounds().get(passed).approvers());
      }
      if (is.round() == was.round()) {
        assertThat(is.roundEndsAt()).isEqualTo(was.roundEndsAt());
      } else {
        opensTheNextRound(was, is, after.trail().last());
      }
    }
    if (after.stages().size() > before.stages().size()) {
      assertThat(after.stages()).hasSize(before.stages().size() + 1);
      assertThat(after.stages().getLast().openedAt()).isEqualTo(after.trail().last().act().at());
    }
  }

  /** Only an extension moves the end, and only away. */
  private static void keepsTheGrant(Grant was, Request after) {
    var is = after.given().orElseThrow();
    assertThat(is.startedAt()).isEqualTo(was.startedAt());
    if (after.trail().last().kind() == Kind.EXTENDED) {
      assertThat(is.expiresAt()).isAfter(was.expiresAt());
    } else {
      assertThat(is.expiresAt()).isEqualTo(was.expiresAt());
    }
  }

  /** What must have been true before for this command to change anything. */
  private static void wasAllowed(Request before, Command command, Request after) {
    var act = command.act();
    switch (command) {
      case Command.Decide decide -> {
        // 1: by somebody asked at that moment, in time, proven, with nothing against it.
        var open = ((Pending) before).open();
        assertThat(decide.stage()).isEqualTo(((Pending) before).stage());
        assertThat(open.awaited()).contains(open.standsInFor(act.by()).orElse(act.by()));
        assertThat(part(after.trail().last()))
            .isEqualTo(open.standsInFor(act.by()).orElse(act.by()));
        assertThat(act.by()).isNotEqualTo(before.asked().requester());
        assertThat(decide.proof().suffices(open.plan().proof())).isTrue();
        assertThat(decide.standing()).isEmpty();
        assertThat(!open.isLastRound() || act.at().isBefore(open.roundEndsAt())).isTrue();
        var duration = decide.duration();
        if (duration != null) {
          assertThat(decide.answer()).isEqualTo(Answer.APPROVE);
          assertThat(duration).isLessThan(before.lasts());
        }
        assertThat(after.lasts()).isEqualTo(duration == null ? before.lasts() : duration);
        if (decide.answer() == Answer.DENY) {
          assertThat(after.status()).isEqualTo(Status.DENIED);
        }
      }
      case Command.HandOver hand -> {
        // 1: by somebody who could decide at that moment; whose part it is then had none in it.
        var open = ((Pending) before).open();
        var now = ((Pending) after).open();
        assertThat(open.awaited()).contains(act.by());
        assertThat(open.everybodyTold()).doesNotContain(hand.to());
        assertThat(hand.proof().suffices(open.plan().proof())).isTrue();
        assertThat(hand.standing()).isEmpty();
        assertThat(!open.isLastRound() || act.at().isBefore(open.roundEndsAt())).isTrue();
        assertThat(now.approvers()).hasSameSizeAs(open.approvers()).contains(hand.to());
        assertThat(now.approvers()).doesNotContain(act.by());
        // 4: it decides nothing.
        assertThat(now.decisions()).isEqualTo(open.decisions());
        assertThat(now.roundPlan().needed()).isEqualTo(open.roundPlan().needed());
        assertThat(now.asked()).isFalse();
      }
      case Command.AskStandIns ask -> {
        // 4: it decides nothing, and nobody loses their say by it.
        var open = ((Pending) before).open();
        var now = ((Pending) after).open();
        assertThat(now.awaited()).isEqualTo(open.awaited());
        assertThat(now.with(open.standIns())).isEqualTo(open);
        for (var of : now.awaited()) {
          assertThat(now.standInOf(of).stream()).isSubsetOf(ask.standIns().values());
        }
      }
      case Command.RoundOver _ ->
          assertThat(act.at()).isAfterOrEqualTo(((Pending) before).open().roundEndsAt());
      case Command.Expire _ ->
          // 2: only when it is due.
          assertThat(act.at()).isAfterOrEqualTo(before.given().orElseThrow().expiresAt());
      case Command.Extend extend -> {
        // 1: by the rule of a runbook, nothing being against it; 2: never when the end has come.
        assertThat(act.by()).isEqualTo(before.asked().requester());
        assertThat(extend.standing()).isEmpty();
        assertThat(act.at()).isBefore(((Active) before).grant().expiresAt());
        assertThat(after.trail().last().details()).containsEntry("rule", "extend");
      }
      case Command.Cancel _, Command.Return _ ->
          assertThat(act.by()).isEqualTo(before.asked().requester());
      // 1: nobody but whoever gave it, and before anything is set up by it.
      case Command.WithdrawApproval _ -> {
        assertThat(Stage.approvers(before.stages())).contains(act.by());
        assertThat(before.status()).isIn(Status.PENDING, Status.SCHEDULED);
      }
      case Command.Provisioned _ -> assertThat(before.status()).isEqualTo(Status.PROVISIONING);
      case Command.Gone gone -> {
        assertThat(before.status()).isEqualTo(Status.ENDING);
        isGoneByWord((Ending) before, gone);
      }
      case Command.NeverAdded _ ->
          // 2: only what was never there may end without a read-back.
          assertThat(before.given()).isEmpty();
      case Command.Asked _ -> {}
      case Command.MailReturned back -> {
        // 5: only of the round that is open, and of somebody whose answer is awaited in it.
        var open = ((Pending) before).open();
        assertThat(back.stage()).isEqualTo(((Pending) before).stage());
        assertThat(back.round()).isEqualTo(open.round());
        var part = open.standsInFor(back.person()).orElse(back.person());
        assertThat(open.approvers()).contains(part);
        assertThat(open.isDecidedBy(part)).isFalse();
      }
      case Command.Revoke _,
          Command.Claim _,
          Command.AlreadyHeld _,
          Command.GiveUp _,
          Command.NotBoth _,
          Command.Warned _,
          Command.OpenTask _,
          Command.OpenSetUpTask _,
          Command.Remind _,
          Command.StartRun _ -> {}
      case Command.RemindReview _, Command.ReviewTold _ ->
          assertThat(before.asked().plan().glass()).as("nobody reviews what was asked").isNotNull();
      // 1: the one exception is looked at by somebody else, and once.
      case Command.AnswerReview _ -> {
        assertThat(before.asked().plan().glass()).isNotNull();
        assertThat(act.by()).isNotEqualTo(before.asked().requester());
        assertThat(before.trail().has(Kind.REVIEWED)).isFalse();
        assertThat(after.status()).isEqualTo(before.status());
      }
      // 2: nobody's word counts about their own access, nor where the target can be read.
      case Command.AnswerSetUp _, Command.Attest _ -> {
        assertThat(act.by()).isNotEqualTo(before.asked().requester());
        assertThat(before.asked().plan().target().isByHand()).isTrue();
      }
    }
  }

  /** 2: what hands have set up is gone when somebody says so, or goes on for another request. */
  private static void isGoneByWord(Ending before, Command.Gone gone) {
    if (before.asked().plan().target().isByHand() && gone.heldBy() == null) {
      var kinds = before.trail().events().stream().map(Event::kind).toList();
      if (before.given().isPresent()) {
        assertThat(kinds).contains(Kind.REMOVAL_ATTESTED);
      } else {
        assertThat(kinds.contains(Kind.SET_UP_TASK_OPENED))
            .isIn(
                false,
                kinds.contains(Kind.REMOVAL_ATTESTED) || kinds.contains(Kind.SET_UP_ANSWERED));
      }
    }
  }

  /** Only people, a round or an expiry before its time, and runs without end are refused. */
  private static void mayBeRefused(Request before, Command command) {
    switch (command) {
      case Command.Decide _,
          Command.HandOver _,
          Command.RoundOver _,
          Command.Cancel _,
          Command.WithdrawApproval _,
          Command.Extend _,
          Command.AnswerSetUp _,
          Command.Attest _,
          Command.AnswerReview _,
          Command.Expire _ -> {}
      // 8: taking away is refused to nobody who may ask for it.
      case Command.Return give ->
          assertThat(give.act().by()).isNotEqualTo(before.asked().requester());
      case Command.StartRun _, Command.Remind _, Command.RemindReview _ ->
          assertThat(before.version()).isGreaterThanOrEqualTo(Trail.MOST_EVENTS);
      case Command.AskStandIns _ ->
          assertThat(before.version()).isGreaterThanOrEqualTo(Trail.MOST_EVENTS / 2);
      case Command.MailReturned _ ->
          assertThat(before.version()).isGreaterThanOrEqualTo(Trail.MOST_RETURNED);
      case Command.Asked _,
          Command.Revoke _,
          Command.Claim _,
          Command.Provisioned _,
          Command.AlreadyHeld _,
          Command.GiveUp _,
          Command.NotBoth _,
          Command.Warned _,
          Command.OpenSetUpTask _,
          Command.OpenTask _,
          Command.Gone _,
          Command.ReviewTold _,
          Command.NeverAdded _ ->
          throw new AssertionError("never refused: " + command);
    }
  }

  private static Set<String> people(Event event, String detail) {
    return Set.of(event.details().getOrDefault(detail, "").split(" ", -1));
  }

  /** From whom a mail of an earlier round of the stage came back. */
  private static Set<String> returnedBefore(Request request, int stage, int round) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Kind.MAIL_RETURNED)
        .filter(event -> event.details().getOrDefault("stage", "").equals("" + stage))
        .filter(event -> Integer.parseInt(event.details().getOrDefault("round", "0")) < round)
        .map(event -> event.details().getOrDefault("person", ""))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * 5: once a round's people have been told, it waits only as long as those whom mails reached can
   * approve the stage, or if nobody else can be asked; and mails leave no round for which they can.
   */
  private static void waitsForNobodyInVain(Request before, Command command, Request after) {
    if (!(before instanceof Pending was)
        || !(command instanceof Command.Asked || command instanceof Command.MailReturned)
        || after.version() == before.version()) {
      return;
    }
    var last = after.trail().last();
    var lost = new HashSet<String>();
    for (var event : after.trail().events()) {
      if (Integer.toString(was.stage()).equals(event.details().get("stage"))
          && Integer.toString(was.open().round()).equals(event.details().get("round"))) {
        if (event.kind() == Kind.ASKED) {
          lost.addAll(people(event, "refused"));
          // Whose mail came back before is not written to again while others can be.
          var returned = returnedBefore(after, was.stage(), was.open().round());
          returned.removeAll(people(event, "reached"));
          lost.addAll(returned);
        } else if (event.kind() == Kind.MAIL_RETURNED) {
          var person = event.details().getOrDefault("person", "");
          lost.add(event.details().getOrDefault("for", person));
        }
      }
    }
    var open = was.open();
    var canAnswer = new HashSet<>(open.approvers());
    canAnswer.removeAll(lost);
    open.decisions().forEach(said -> canAnswer.remove(said.part()));
    boolean suffices = canAnswer.size() + open.decisions().size() >= open.roundPlan().needed();
    boolean others =
        open.plan().rounds().subList(open.round() + 1, open.plan().rounds().size()).stream()
            .anyMatch(round -> !open.approvers().containsAll(round.approvers()));
    boolean left = !(after instanceof Pending is) || is.open().round() != open.round();
    boolean told = open.asked() || last.kind() == Kind.ASKED;
    boolean anybodyLost = open.approvers().stream().anyMatch(lost::contains);
    if (left) {
      assertThat(suffices).as("left though enough were reached").isFalse();
      assertThat(others || canAnswer.isEmpty()).isTrue();
    } else if (told && anybodyLost) {
      assertThat(suffices || (!others && !canAnswer.isEmpty())).as("waits in vain").isTrue();
    }
  }

  /** 8: whoever takes access away, or gives it back, has done with it. */
  private static void takesAway(Request before, Command command, Request after) {
    boolean takenAway =
        switch (command) {
          case Command.Revoke _ -> true;
          case Command.Return give -> give.act().by().equals(before.asked().requester());
          case Command.Asked _,
              Command.MailReturned _,
              Command.Decide _,
              Command.HandOver _,
              Command.AskStandIns _,
              Command.RoundOver _,
              Command.Cancel _,
              Command.WithdrawApproval _,
              Command.Claim _,
              Command.Provisioned _,
              Command.AlreadyHeld _,
              Command.GiveUp _,
              Command.NotBoth _,
              Command.Extend _,
              Command.Warned _,
              Command.Expire _,
              Command.OpenSetUpTask _,
              Command.AnswerSetUp _,
              Command.OpenTask _,
              Command.Attest _,
              Command.Remind _,
              Command.Gone _,
              Command.NeverAdded _,
              Command.AnswerReview _,
              Command.RemindReview _,
              Command.ReviewTold _,
              Command.StartRun _ ->
              false;
        };
    if (takenAway) {
      assertThat(after.status().isFinal() || after.status() == Status.ENDING).isTrue();
    }
  }
}
