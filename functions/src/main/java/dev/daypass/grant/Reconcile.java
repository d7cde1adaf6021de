package dev.daypass.grant;

import dev.daypass.access.Act;
import dev.daypass.access.Apart;
import dev.daypass.access.Command;
import dev.daypass.access.EndReason;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
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
import dev.daypass.access.Status;
import dev.daypass.access.Target;
import dev.daypass.access.Times;
import dev.daypass.approval.NoSuchRequest;
import dev.daypass.connector.Connector;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.store.Grants;
import dev.daypass.store.Grants.Before;
import dev.daypass.store.Grants.Held;
import dev.daypass.store.Requests;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the target agree with what open grants say, and reads it back. The only caller of
 * connectors, always under the entitlement's lock. Level-triggered: it looks at what is, not at
 * what happened, so a retry, an overlap and a half-done set-up are one case.
 */
public final class Reconcile {
  /** Function time-out, connector time-out and a minute: whoever held the lock is dead by then. */
  static final Duration LOCK = Duration.ofSeconds(60 + 30 + 60);

  /**
   * Whoever is at work longer is taken for dead where people must be told. No function lives much
   * longer, and a mistake costs a mail, where waiting for another sweep would be too late.
   */
  static final Duration LONGEST_AT_WORK = Duration.ofSeconds(55);

  private static final String NOBODY_SET_IT_UP =
      "Nobody has said within %d days that it is set up.".formatted(Times.SET_UP_BY_HAND.toDays());

  private final Requests requests;
  private final Grants grants;
  private final Map<String, Connector> connectors;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param connectors by kind
   */
  public Reconcile(
      Requests requests,
      Grants grants,
      Map<String, Connector> connectors,
      InstantSource clock,
      RandomGenerator random) {
    this.requests = requests;
    this.grants = grants;
    this.connectors = Map.copyOf(connectors);
    this.clock = clock;
    this.random = random;
  }

  /**
   * Claims an approved request and sets its access up; anything else passes through unchanged.
   *
   * @param by who drives it: {@code workflow} or {@code sweep}
   * @param beginning asked about what begins later than with the last approval, once its time is
   *     there
   * @return the request afterwards: active; as before, if it is too early; withdrawn, if it may not
   *     begin any more; failed, if the person had the access before; ending, if the target will not
   *     have it, if nobody may have it together with what the person has, or if somebody took it
   *     back meanwhile; still being set up, if owners must do it by hand and have not
   * @throws Busy if somebody else is at work on the entitlement
   * @throws TargetUnavailable if trying again may help
   */
  public Request provision(String id, String by, Beginning beginning) {
    var claimed =
        requests
            .change(id, request -> begin(request, by, beginning))
            .orElseThrow(() -> new NoSuchRequest(id))
            .request();
    if (!(claimed instanceof Provisioning)) {
      return claimed;
    }
    var entitlement = claimed.asked().entitlement();
    return locked(entitlement, () -> setUp(id, entitlement, by));
  }

  /** As {@link #provision(String, String, Beginning)}, for what begins with the last approval. */
  public Request provision(String id, String by) {
    return provision(id, by, Beginning.AT_ONCE);
  }

  private static boolean beginsLater(Request request) {
    return request instanceof Scheduled && request.asked().startsAt() != null;
  }

  private Outcome begin(Request request, String by, Beginning beginning) {
    var asked = request.asked();
    boolean isDue = beginsLater(request) && asked.waitsUntil(clock.instant()).isEmpty();
    var against = isDue ? beginning.against(asked) : Optional.<String>empty();
    return Life.apply(
        request,
        against
            .<Command>map(why -> new Command.Revoke(act(Request.COULD_NOT_BEGIN, by), why))
            .orElseGet(() -> new Command.Claim(act("claim", by))));
  }

  private Request setUp(String id, Entitlement entitlement, String by) {
    // Read again under the lock: whoever held it before us may have moved this request.
    var request = load(id);
    if (!(request instanceof Provisioning provisioning)) {
      return request;
    }
    var target = request.asked().plan().target();
    try {
      var other = held(provisioning, entitlement);
      if (other.isPresent()) {
        return change(id, new Command.NotBoth(act("not-both", by), other.get()));
      }
      if (target.isByHand()) {
        return setUpByHand(provisioning, entitlement, by);
      }
      var connector = connector(target);
      if (before(request, entitlement, connector, target) == Before.FOREIGN) {
        return change(id, new Command.AlreadyHeld(act("already-held", by)));
      }
      connector.add(entitlement, target);
      if (!connector.holds(entitlement, target)) {
        throw new TargetUnavailable(
            "%s took the membership of %s in %s but does not show it yet"
                .formatted(entitlement.system(), entitlement.person(), entitlement.role()));
      }
    } catch (TargetRefused refused) {
      return change(id, new Command.GiveUp(act("give-up", by), message(refused)));
    }
    return change(id, new Command.Provisioned(act("provisioned", by)));
  }

  /** What the target said before our first add; asked once, then remembered with the grant. */
  private Before before(
      Request request, Entitlement entitlement, Connector connector, Target target) {
    var held = grants.of(entitlement);
    var mine = mine(held, request.id());
    if (mine.isPresent() && mine.get().before() != null) {
      return mine.get().before();
    }
    var found =
        !connector.holds(entitlement, target)
            ? Before.ABSENT
            : explainedByAnother(held, request.id()) ? Before.OURS : Before.FOREIGN;
    return grants.remember(entitlement, request.id(), found).orElseThrow(() -> lost(request.id()));
  }

  private static boolean explainedByAnother(List<Held> held, String id) {
    return held.stream()
        .anyMatch(
            each ->
                !each.request().equals(id)
                    && each.before() != null
                    && each.before() != Before.FOREIGN);
  }

  /**
   * The role that keeps this one out, if the person has it or is getting it. Of two that begin at
   * once each has put its grant before it looks for the other's, so at least one of them sees it.
   * What has begun to be set up is not looked at again: something of it may be there.
   */
  private Optional<Apart> held(Provisioning request, Entitlement entitlement) {
    var apart = request.asked().plan().apart();
    if (apart.isEmpty()
        || request.task() != null
        || mine(grants.of(entitlement), request.id()).map(Held::before).isPresent()) {
      return Optional.empty();
    }
    return apart.stream().filter(other -> isHeld(other, entitlement.person())).findFirst();
  }

  /** Whether a grant says so, or the target, where the person may have it from elsewhere. */
  private boolean isHeld(Apart other, String person) {
    var entitlement = other.entitlement(person);
    return !grants.of(entitlement).isEmpty()
        || (!other.target().isByHand()
            && connector(other.target()).holds(entitlement, other.target()));
  }

  /**
   * Nothing can be read here, so what open grants say is made true by people, and their word is the
   * read-back. Only an access that is there for another request needs no hands.
   */
  private Request setUpByHand(Provisioning request, Entitlement entitlement, String by) {
    var id = request.id();
    var held = grants.of(entitlement);
    var before = beforeHands(held, entitlement, id);
    if (isThereForAnother(held, id)) {
      return change(id, new Command.Provisioned(act("provisioned", by)));
    }
    if (request.task() == null) {
      var asked =
          change(id, new Command.OpenSetUpTask(act("set-up-task", by), before == Before.OURS));
      // What was to be taken away is wanted again: nobody must go on with that.
      held.stream()
          .filter(each -> each.status() == Status.ENDING)
          .forEach(each -> takeAway(each.request(), entitlement, by));
      return asked;
    }
    var answer = request.task().answer();
    if (answer == null) {
      return request;
    }
    return switch (answer.result()) {
      case DONE -> change(id, new Command.Provisioned(act("provisioned", by)));
      case HELD ->
          // Another request may have left it there since this was answered.
          change(
              id,
              before == Before.OURS
                  ? new Command.Provisioned(act("provisioned", by))
                  : new Command.AlreadyHeld(act("already-held", by)));
      case IMPOSSIBLE -> {
        var given = change(id, new Command.GiveUp(act("give-up", by), answer.note()));
        yield before == Before.OURS
            ? given
            : change(id, new Command.NeverAdded(act("never-added", by)));
      }
    };
  }

  /** What was there before hands were asked for, as far as grants of ours can tell. */
  private Before beforeHands(List<Held> held, Entitlement entitlement, String id) {
    var known = mine(held, id).map(Held::before).orElse(null);
    if (known != null) {
      return known;
    }
    return grants
        .remember(entitlement, id, explainedByAnother(held, id) ? Before.OURS : Before.ABSENT)
        .orElseThrow(() -> lost(id));
  }

  private boolean isThereForAnother(List<Held> held, String id) {
    var now = clock.instant();
    return held.stream()
        .anyMatch(
            each ->
                !each.request().equals(id) && each.status() == Status.ACTIVE && each.wants(now));
  }

  private static IllegalStateException lost(String id) {
    return new IllegalStateException("request " + id + " has lost its grant");
  }

  /** Setting up has failed for good: what was half done is to be taken away. */
  public Request giveUp(String id, String problem, String by) {
    return change(id, new Command.GiveUp(act("give-up", by), problem));
  }

  /**
   * Takes the access of a request away if its time is up or it is ending already, and reads that it
   * is gone; what is over passes through unchanged. Gives up what nobody has set up by hand in
   * time.
   *
   * @return the request afterwards: over
   * @throws NotDue if the access is to begin later and has not; or if it is active, or being set up
   *     by hand, and its time is not up
   * @throws ByHand if people must take it away and have not said yet that they did
   * @throws Busy if somebody else is at work on the entitlement
   * @throws TargetUnavailable if trying again may help
   * @throws TargetRefused if the target will not answer before somebody mends it
   */
  public Request deprovision(String id, String by) {
    var expired =
        requests
            .change(id, request -> expire(request, by))
            .orElseThrow(() -> new NoSuchRequest(id));
    if (expired instanceof Outcome.Refused
        || beginsLater(expired.request())
        || isBeingSetUpByHand(expired.request())) {
      throw new NotDue(id);
    }
    if (!(expired.request() instanceof Ending)) {
      return expired.request();
    }
    var entitlement = expired.request().asked().entitlement();
    return locked(entitlement, () -> takeAway(id, entitlement, by));
  }

  private static boolean isBeingSetUpByHand(Request request) {
    return request instanceof Provisioning provisioning && provisioning.task() != null;
  }

  private Outcome expire(Request request, String by) {
    return switch (request) {
      case Active _ -> Life.apply(request, new Command.Expire(act("expire", by)));
      case Provisioning each when isGivenUp(each) ->
          Life.apply(request, new Command.GiveUp(act("give-up", by), NOBODY_SET_IT_UP));
      case Pending _,
          Scheduled _,
          Provisioning _,
          Ending _,
          Denied _,
          Lapsed _,
          Cancelled _,
          Ended _,
          Failed _ ->
          new Outcome.Unchanged(request);
    };
  }

  private boolean isGivenUp(Provisioning request) {
    return request
        .awaited()
        .filter(task -> !task.patienceEnds().isAfter(clock.instant()))
        .isPresent();
  }

  /**
   * @throws ByHand as {@link #deprovision}
   */
  private Request takeAway(String id, Entitlement entitlement, String by) {
    if (!(load(id) instanceof Ending ending)) {
      return load(id);
    }
    var held = grants.of(entitlement);
    var now = clock.instant();
    var other =
        held.stream().filter(each -> !each.request().equals(id) && each.wants(now)).findFirst();
    var mine = mine(held, id);
    var before = before(ending, mine);
    if (other.isPresent() && before != Before.FOREIGN) {
      if (before != null) {
        // Ours to take away one day: whoever holds it on must know, or nobody would.
        grants.inherit(entitlement, other.get().request());
      }
      return change(
          id,
          new Command.Gone(act("gone", by), other.get().request(), !isThereForAnother(held, id)));
    }
    var target = ending.asked().plan().target();
    if (target.isByHand()) {
      return takeAwayByHand(ending, before, by);
    }
    if (before == null) {
      return neverAdded(ending, entitlement, target, held, by);
    }
    if (before == Before.FOREIGN) {
      return change(id, new Command.AlreadyHeld(act("already-held", by)));
    }
    var connector = connector(target);
    connector.remove(entitlement, target);
    if (connector.holds(entitlement, target)) {
      throw new TargetUnavailable(
          "%s took the removal of %s from %s but still shows the membership"
              .formatted(entitlement.system(), entitlement.person(), entitlement.role()));
    }
    return change(id, new Command.Gone(act("gone", by), null));
  }

  private Request takeAwayByHand(Ending ending, @Nullable Before before, String by) {
    var id = ending.id();
    if (ending.task() == null) {
      if (ending.isSaidToBeAbsent() || (before != Before.OURS && !ending.mayBeThere())) {
        return change(
            id,
            ending.reason() == EndReason.GIVEN_UP
                ? new Command.NeverAdded(act("never-added", by))
                : new Command.Gone(act("gone", by), null));
      }
      change(id, new Command.OpenTask(act("removal-task", by), ""));
      throw new ByHand(id);
    }
    if (ending.task().awaitsHands()) {
      throw new ByHand(id);
    }
    return change(id, new Command.Gone(act("gone", by), null));
  }

  /**
   * What was there before; the grant of a request that was active can be gone only by its time to
   * live.
   */
  private static @Nullable Before before(Ending ending, Optional<Held> mine) {
    if (mine.isPresent()) {
      return mine.get().before();
    }
    return ending.grant() != null ? Before.ABSENT : null;
  }

  /** Our first add never happened, so there is nothing of ours to take away. */
  private Request neverAdded(
      Ending ending, Entitlement entitlement, Target target, List<Held> held, String by) {
    if (ending.reason() == EndReason.GIVEN_UP) {
      // Most likely because the target is down: asking it would only hold up the answer.
      return change(ending.id(), new Command.NeverAdded(act("never-added", by)));
    }
    if (!connector(target).holds(entitlement, target)) {
      return change(ending.id(), new Command.Gone(act("gone", by), null));
    }
    return held.stream()
        .filter(each -> !each.request().equals(ending.id()))
        .findFirst()
        .map(each -> change(ending.id(), new Command.Gone(act("gone", by), each.request())))
        .orElseGet(() -> change(ending.id(), new Command.AlreadyHeld(act("already-held", by))));
  }

  private static Optional<Held> mine(List<Held> held, String id) {
    return held.stream().filter(each -> each.request().equals(id)).findFirst();
  }

  private <T> T locked(Entitlement entitlement, Supplier<T> work) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    var owner = HexFormat.of().formatHex(bytes);
    var now = clock.instant();
    var taken = grants.lock(entitlement, owner, now, now.plus(LOCK));
    if (taken.isPresent()) {
      throw new Busy(entitlement, taken.get());
    }
    try {
      return work.get();
    } finally {
      grants.unlock(entitlement, owner);
    }
  }

  private Connector connector(Target target) {
    var connector = connectors.get(target.connector());
    if (connector == null) {
      throw new TargetRefused(
          "there is no connector of kind \"%s\"; known: %s"
              .formatted(target.connector(), connectors.keySet()));
    }
    return connector;
  }

  private Request load(String id) {
    return requests.find(id).orElseThrow(() -> new NoSuchRequest(id));
  }

  private Request change(String id, Command command) {
    return requests
        .change(id, request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(id))
        .request();
  }

  /** Each of these happens once in a life, so its name is its id. */
  private Act act(String command, String by) {
    return new Act(command, clock.instant(), by, by);
  }

  private static String message(RuntimeException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
  }
}
