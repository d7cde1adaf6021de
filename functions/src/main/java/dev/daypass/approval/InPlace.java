package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Reach;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.StandIn;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.store.Waits;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks whoever stands in for those whom a round asks: as people have named them, at this moment.
 * Whoever stands in for a stand-in is not looked for.
 */
public final class InPlace {
  private final Requests requests;
  private final StandIns standIns;
  private final Directory directory;
  private final Invitations invitations;
  private final Waits waits;
  private final InstantSource clock;

  public InPlace(
      Requests requests,
      StandIns standIns,
      Directory directory,
      Invitations invitations,
      Waits waits,
      InstantSource clock) {
    this.requests = requests;
    this.standIns = standIns;
    this.directory = directory;
    this.invitations = invitations;
    this.waits = waits;
    this.clock = clock;
  }

  /**
   * The request once it says who is asked in whose place. That comes before any mail: whoever reads
   * theirs at once can decide.
   *
   * @param by as {@code workflow} or {@code sweep}
   */
  Request settled(Pending pending, String by) {
    var wanted = wanted(pending);
    if (wanted.isEmpty() && pending.open().standIns().isEmpty()) {
      return pending;
    }
    var command =
        new Command.AskStandIns(
            new Act("stand-ins#" + pending.version(), clock.instant(), by, by),
            pending.stage(),
            wanted);
    return requests
        .change(pending.id(), request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(pending.id()))
        .request();
  }

  private Map<String, String> wanted(Pending pending) {
    var named = new HashMap<>(standIns.of(pending.open().awaited(), clock.instant()));
    if (!named.isEmpty()) {
      // A mail to them has come back: then the one whose part it is gets the next.
      var lost = Reach.lost(pending, pending.stage());
      named.values().removeIf(by -> lost.contains(by) || directory.active(by).isEmpty());
    }
    return named;
  }

  /**
   * Asks whoever stands in for an approver, or else the approver; nobody twice in one round for the
   * same reason.
   *
   * @param sent the mails that are marked as sent
   * @return whether the mail system took the mail, now or before
   */
  boolean ask(Pending pending, String approver, Set<String> sent) {
    return ask(pending, approver, sent, false);
  }

  private boolean ask(Pending pending, String approver, Set<String> sent, boolean isBack) {
    var open = pending.open();
    var round = "DECIDE#" + pending.stage() + "#" + open.round() + "#" + approver;
    var by = open.standInOf(approver);
    long turns = open.standIns().stream().map(StandIn::of).filter(approver::equals).count();
    var own = turns == 0 || (by.isPresent() && turns == 1) ? round : round + "#" + turns;
    if (by.isPresent()) {
      var key = round + "#" + turns + "#" + by.get();
      if (sent.contains(key)) {
        return true;
      }
      // Whoever is away may decide as well, and finds it where they look.
      invitations.enter(pending, approver);
      if (invitations.send(pending, by.get())) {
        waits.markSent(pending.id(), key, clock.instant());
        return true;
      }
    }
    if (sent.contains(own)) {
      return true;
    }
    boolean taken =
        (isBack && by.isEmpty())
            ? invitations.sendBack(pending, approver)
            : invitations.send(pending, approver);
    if (taken) {
      waits.markSent(pending.id(), own, clock.instant());
    }
    return taken;
  }

  /**
   * Brings what is asked of one person in line with who stands in for them, and tells whoever must
   * decide now.
   */
  void look(Pending pending, String person) {
    if (!pending.open().awaited().contains(person)
        || !(settled(pending, "sweep") instanceof Pending now)
        || now.stage() != pending.stage()) {
      return;
    }
    var open = now.open();
    boolean everMoved = open.standIns().stream().map(StandIn::of).anyMatch(person::equals);
    // Before all have been asked, the workflow is about to ask them.
    if (everMoved && open.asked() && open.awaited().contains(person)) {
      ask(now, person, waits.sent(now.id()), true);
    }
  }
}
