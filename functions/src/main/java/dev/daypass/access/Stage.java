package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of the approval chain that has been opened.
 *
 * @param plan what was frozen for it, without those who approved an earlier stage where they do not
 *     count again, and with whoever parts of it were handed over to in place of who did that
 * @param openedAt when it opened
 * @param round the round that is or was the last open one, from 0
 * @param roundEndsAt the round's deadline, fixed when it opened
 * @param asked whether the people of this round have been told
 * @param decisions what has been said, oldest first, at most one for each person, all by people who
 *     had been asked
 * @param result open, or how it closed; denied with the first denial, approved only with approvals
 *     enough
 * @param handovers what has been handed over, oldest first; never to somebody who was asked before,
 *     so that it comes to an end
 * @param standIns who is or was asked in place of one of those asked, oldest first; at the same
 *     time one for each at most, and none of them is asked here
 */
public record Stage(
    StagePlan plan,
    Instant openedAt,
    int round,
    Instant roundEndsAt,
    boolean asked,
    List<Decision> decisions,
    Result result,
    List<Handover> handovers,
    List<StandIn> standIns) {
  /** Open, or how a stage closed. */
  public enum Result {
    OPEN,
    APPROVED,
    DENIED,
    LAPSED,
    CANCELLED
  }

  /** A stage of which nothing has been handed over. */
  public Stage(
      StagePlan plan,
      Instant openedAt,
      int round,
      Instant roundEndsAt,
      boolean asked,
      List<Decision> decisions,
      Result result) {
    this(plan, openedAt, round, roundEndsAt, asked, decisions, result, List.of());
  }

  /** A stage in which nobody stood in for anybody. */
  public Stage(
      StagePlan plan,
      Instant openedAt,
      int round,
      Instant roundEndsAt,
      boolean asked,
      List<Decision> decisions,
      Result result,
      List<Handover> handovers) {
    this(plan, openedAt, round, roundEndsAt, asked, decisions, result, handovers, List.of());
  }

  public Stage {
    Objects.requireNonNull(openedAt);
    Objects.requireNonNull(roundEndsAt);
    Objects.requireNonNull(result);
    decisions = List.copyOf(decisions);
    handovers = List.copyOf(handovers);
    standIns = List.copyOf(standIns);
    Objects.checkIndex(round, plan.rounds().size());
    if (decisions.stream().map(Decision::by).distinct().count() != decisions.size()
        || decisions.stream().map(Decision::part).distinct().count() != decisions.size()) {
      throw new IllegalArgumentException("a person decides once in a stage: " + decisions);
    }
    var handedOver = handovers.stream().map(Handover::from).collect(Collectors.toSet());
    if (handedOver.size() != handovers.size()
        || plan.rounds().subList(round, plan.rounds().size()).stream()
            .anyMatch(each -> each.approvers().stream().anyMatch(handedOver::contains))) {
      throw new IllegalArgumentException("who has handed over is not asked again: " + handovers);
    }
    var entitled = new ArrayList<>(everybodyAsked(plan, round, handovers));
    requireStandIns(standIns, entitled, plan);
    entitled.removeAll(handedOver);
    for (var decision : decisions) {
      if (!entitled.contains(decision.part())
          || (decision.standsInFor() != null
              && standIns.stream()
                  .noneMatch(
                      each ->
                          each.of().equals(decision.part()) && each.by().equals(decision.by())))) {
        throw new IllegalArgumentException(decision.by() + " was not asked");
      }
    }
    boolean denied =
        decisions.stream().anyMatch(decision -> decision.answer() == Decision.Answer.DENY);
    if (denied != (result == Result.DENIED)) {
      throw new IllegalArgumentException("one denial denies, and nothing else does: " + result);
    }
    if (result == Result.APPROVED && decisions.size() < plan.rounds().get(round).needed()) {
      throw new IllegalArgumentException(decisions.size() + " approvals are not enough");
    }
  }

  private static void requireStandIns(List<StandIn> standIns, List<String> asked, StagePlan plan) {
    var lasting = standIns.stream().filter(StandIn::lasts).toList();
    if (standIns.size() > StandingIn.MOST
        || lasting.stream().map(StandIn::of).distinct().count() != lasting.size()
        || lasting.stream().map(StandIn::by).distinct().count() != lasting.size()) {
      throw new IllegalArgumentException("too many stand in, or one for two: " + standIns);
    }
    for (var each : standIns) {
      if (!asked.contains(each.of())
          || asked.contains(each.by())
          || plan.asked().contains(each.by())) {
        throw new IllegalArgumentException(each.by() + " does not stand in for " + each.of());
      }
    }
  }

  /**
   * The stages opened so far, if they are the beginning of the plan's chain, the last has come to
   * this result and those before it are approved.
   *
   * @throws IllegalArgumentException if they are not
   */
  static List<Stage> chain(Plan plan, List<Stage> stages, Result last) {
    if (stages.isEmpty() || stages.size() > plan.stages().size() || plan.asksNobody()) {
      throw new IllegalArgumentException("these are not the stages of the plan: " + stages);
    }
    for (int i = 0; i < stages.size(); i++) {
      var opened = plan.stages().get(i).after(approvers(stages.subList(0, i)));
      for (var handover : stages.get(i).handovers()) {
        opened = opened.with(handover);
      }
      if (!stages.get(i).plan().equals(opened)) {
        throw new IllegalArgumentException(
            "stage " + i + " is not the plan's: " + stages.get(i).plan());
      }
      var must = i == stages.size() - 1 ? last : Result.APPROVED;
      if (stages.get(i).result() != must) {
        throw new IllegalArgumentException(
            "stage " + i + " is " + stages.get(i).result() + " and must be " + must);
      }
    }
    return List.copyOf(stages);
  }

  /**
   * The stages of the plan, if all are approved; none where it asks nobody.
   *
   * @throws IllegalArgumentException if they are not
   */
  static List<Stage> approvedChain(Plan plan, List<Stage> stages) {
    if (plan.asksNobody() && stages.isEmpty()) {
      return List.of();
    }
    if (stages.size() != plan.stages().size()) {
      throw new IllegalArgumentException(
          stages.size() + " of " + plan.stages().size() + " stages are not approval enough");
    }
    return chain(plan, stages, Result.APPROVED);
  }

  /** Of the approvals for a shorter time the one for the shortest; empty if there is none. */
  static Optional<Decision> shortest(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.decisions().stream())
        .filter(decision -> decision.shorter().isPresent())
        .min(Comparator.comparing(decision -> decision.shorter().orElseThrow()));
  }

  /**
   * Who has approved in these stages; where somebody stood in, both of them: neither counts again.
   */
  public static Set<String> approvers(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.decisions().stream())
        .filter(decision -> decision.answer() == Decision.Answer.APPROVE)
        .flatMap(decision -> Stream.of(decision.by(), decision.part()))
        .collect(Collectors.toSet());
  }

  /** The next stage of the plan, opened when these before it are approved. */
  static Stage open(Plan whole, List<Stage> before, Instant now) {
    var plan = whole.stages().get(before.size()).after(approvers(before));
    var first = plan.rounds().getFirst();
    return new Stage(
        plan, now, 0, whole.deadline(now, first.lasts()), false, List.of(), Result.OPEN);
  }

  /** The round that is or was the last open one. */
  public RoundPlan roundPlan() {
    return plan.rounds().get(round);
  }

  /** Email addresses of those who may decide while this round is open. */
  public List<String> approvers() {
    return roundPlan().approvers();
  }

  /**
   * Everybody who has been asked in any round so far, in the order of asking; whoever has handed
   * their part over is among them.
   */
  public List<String> everybodyAsked() {
    return everybodyAsked(plan, round, handovers);
  }

  /** As {@link #everybodyAsked}, and after them whoever stands or stood in for one of them. */
  public List<String> everybodyTold() {
    return Stream.concat(everybodyAsked().stream(), standIns.stream().map(StandIn::by))
        .distinct()
        .toList();
  }

  /** Who is asked in place of this person, who may decide as well; empty if nobody is. */
  public Optional<String> standInOf(String person) {
    return standIns.stream()
        .filter(each -> each.lasts() && each.of().equals(person))
        .map(StandIn::by)
        .findFirst();
  }

  /** In whose place this person may decide now; empty if in nobody's. */
  public Optional<String> standsInFor(String person) {
    return standIns.stream()
        .filter(each -> each.lasts() && each.by().equals(person))
        .map(StandIn::of)
        .filter(awaited()::contains)
        .findFirst();
  }

  private static List<String> everybodyAsked(StagePlan plan, int round, List<Handover> handovers) {
    return Stream.concat(
            plan.rounds().subList(0, round + 1).stream().flatMap(each -> each.approvers().stream()),
            handovers.stream().map(Handover::from))
        .flatMap(each -> before(each, handovers))
        .distinct()
        .toList();
  }

  /** This person, after those from whom their part came to them. */
  private static Stream<String> before(String person, List<Handover> handovers) {
    return Stream.concat(
        handovers.stream()
            .filter(each -> each.to().equals(person))
            .flatMap(each -> before(each.from(), handovers)),
        Stream.of(person));
  }

  /** How this person has handed their part over; empty if they have not. */
  public Optional<Handover> handedOverBy(String person) {
    return handovers.stream().filter(each -> each.from().equals(person)).findFirst();
  }

  /** How this person has come to be asked, if somebody else handed it to them. */
  public Optional<Handover> handedOverTo(String person) {
    return handovers.stream().filter(each -> each.to().equals(person)).findFirst();
  }

  /** Whose this person's part is by now: their own, unless it was handed over, perhaps again. */
  public String heirOf(String person) {
    return handedOverBy(person).map(each -> heirOf(each.to())).orElse(person);
  }

  /**
   * Those who were asked, have not decided, and can no longer: a later round has asked others
   * instead. Whoever has handed their part over is none of them. In the order of asking.
   */
  public List<String> replaced() {
    return everybodyAsked().stream().filter(this::isReplaced).toList();
  }

  /** Those who were asked, have not decided and can no longer, for whatever reason. */
  public List<String> askedNoMore() {
    return everybodyTold().stream()
        .filter(each -> !approvers().contains(each) && !isDecidedBy(each))
        .filter(each -> standsInFor(each).isEmpty())
        .toList();
  }

  /** Whether this person was asked, has not decided, and others are asked now instead. */
  public boolean isReplaced(String person) {
    return everybodyAsked().contains(person)
        && !approvers().contains(person)
        && !isDecidedBy(person)
        && handedOverBy(person).isEmpty();
  }

  /** Those who may decide while this round is open and have not, in the order of asking. */
  public List<String> awaited() {
    return approvers().stream().filter(each -> !isDecidedBy(each)).toList();
  }

  /** Whether no round follows this one. */
  public boolean isLastRound() {
    return round == plan.rounds().size() - 1;
  }

  /** Whether this person has decided here, or somebody else has in their place. */
  public boolean isDecidedBy(String person) {
    return decisions.stream()
        .anyMatch(decision -> decision.by().equals(person) || decision.part().equals(person));
  }

  /** What somebody else has decided here in this person's place; empty if nobody has. */
  Optional<Decision> decidedInPlaceOf(String person) {
    return decisions.stream()
        .filter(decision -> decision.part().equals(person) && !decision.by().equals(person))
        .findFirst();
  }

  /** Whether this person has given this very answer here, for this very time. */
  boolean isDecidedBy(String person, Decision.Answer answer, @Nullable Duration duration) {
    return decisions.stream()
        .anyMatch(
            decision ->
                decision.by().equals(person)
                    && decision.answer() == answer
                    && Objects.equals(decision.duration(), duration));
  }

  Stage with(Decision decision) {
    var more = new ArrayList<>(decisions);
    more.add(decision);
    var then =
        decision.answer() == Decision.Answer.DENY
            ? Result.DENIED
            : more.size() >= roundPlan().needed() ? Result.APPROVED : Result.OPEN;
    return new Stage(plan, openedAt, round, roundEndsAt, asked, more, then, handovers, standIns);
  }

  Stage closed(Result how) {
    return new Stage(
        plan, openedAt, round, roundEndsAt, asked, decisions, how, handovers, standIns);
  }

  /** With somebody else in place of one of those asked, who has still to be told. */
  Stage with(Handover handover) {
    var more = new ArrayList<>(handovers);
    more.add(handover);
    return new Stage(
        plan.with(handover),
        openedAt,
        round,
        roundEndsAt,
        false,
        decisions,
        result,
        more,
        standIns);
  }

  /** With these who stand or stood in for those asked. */
  Stage with(List<StandIn> more) {
    return new Stage(plan, openedAt, round, roundEndsAt, asked, decisions, result, handovers, more);
  }

  Stage told() {
    return new Stage(
        plan, openedAt, round, roundEndsAt, true, decisions, result, handovers, standIns);
  }

  /**
   * A later round, opened now; its deadline is fixed by the hours of the whole plan. Those between
   * are passed over; they ask nobody else than this one.
   *
   * <p>Where the round before was closed at its deadline, give or take what the workflow needs for
   * it, the time counts from that deadline: so all rounds end when the form and the first mail
   * said, and a moment after closing time is not the next morning.
   */
  Stage inRound(int later, Plan whole, Instant now) {
    var next = plan.rounds().get(later);
    boolean onTime =
        now.isAfter(roundEndsAt)
            && now.isBefore(roundEndsAt.plus(Times.PATIENCE))
            && next.lasts().compareTo(Times.PATIENCE) > 0;
    var ends = whole.deadline(onTime ? roundEndsAt : now, next.lasts());
    return new Stage(plan, openedAt, later, ends, false, decisions, result, handovers, standIns);
  }
}
