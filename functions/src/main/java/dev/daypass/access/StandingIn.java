package dev.daypass.access;

import dev.daypass.access.Command.AskStandIns;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of standing in for somebody in a request: whoever is asked keeps their part, and it
 * counts once, whoever of the two decides.
 */
final class StandingIn {
  /** The most that a stage keeps of who stood in for whom. */
  static final int MOST = 25;

  private StandingIn() {}

  /**
   * Whether this person can be asked in place of that one. What the directory says of it is not
   * looked at here.
   *
   * <p>Nobody whom the request needs anywhere else: so whoever stands in counts like the one for
   * whom they do, and no stage that could be decided without them is left without people enough.
   */
  static boolean isPossible(Pending pending, String of, String by) {
    var stage = pending.open();
    return stage.awaited().contains(of)
        && !pending.asked().isBy(by)
        && !stage.everybodyAsked().contains(by)
        && !stage.plan().asked().contains(by)
        && !stage.isDecidedBy(by)
        && !pending.isLeftOut(by)
        && !isNeededLater(pending, by);
  }

  private static boolean isNeededLater(Pending pending, String by) {
    var planned = pending.asked().plan().stages();
    return planned.subList(pending.stages().size(), planned.size()).stream()
        .anyMatch(
            stage -> {
              var others = stage.others();
              return others != null
                  && (stage.asked().contains(by) || others.standIns().contains(by));
            });
  }

  /** From now on exactly these are asked in place of those, as far as it is possible. */
  static Outcome ask(Request request, AskStandIns ask) {
    if (!(request instanceof Pending pending) || pending.stage() != ask.stage()) {
      return new Unchanged(request);
    }
    var stage = pending.open();
    var wanted = wanted(pending, ask);
    var standIns = new ArrayList<StandIn>();
    var over = new ArrayList<StandIn>();
    for (var each : stage.standIns()) {
      // Whose part is decided or handed over needs nobody any more, and nobody is told so.
      boolean ends =
          each.lasts()
              && !each.by().equals(wanted.get(each.of()))
              && (stage.awaited().contains(each.of()) || wanted.containsValue(each.by()));
      if (ends) {
        over.add(each);
      }
      standIns.add(ends ? each.over(ask.act().at()) : each);
    }
    var asked = new LinkedHashMap<String, String>();
    for (var each : wanted.entrySet()) {
      boolean isNew = !stage.standInOf(each.getKey()).equals(Optional.of(each.getValue()));
      if (isNew && standIns.size() < MOST) {
        asked.put(each.getKey(), each.getValue());
        standIns.add(new StandIn(each.getKey(), each.getValue(), ask.act().at(), null));
      }
    }
    if (asked.isEmpty() && over.isEmpty()) {
      return new Unchanged(request);
    }
    var details = new HashMap<String, String>();
    details.put("stage", Integer.toString(ask.stage()));
    details.put("round", Integer.toString(stage.round()));
    if (!asked.isEmpty()) {
      details.put("standIns", String.join(" ", asked.values()));
      details.put("for", String.join(" ", asked.keySet()));
    }
    if (!over.isEmpty()) {
      details.put("over", String.join(" ", over.stream().map(StandIn::by).toList()));
      details.put("back", String.join(" ", over.stream().map(StandIn::of).toList()));
    }
    return new Changed(
        new Pending(
            pending.asked(),
            Life.replaceLast(pending.stages(), stage.with(standIns)),
            pending.trail().plus(ask.act(), Kind.STAND_INS, Status.PENDING, details)));
  }

  /** In the order of asking; nobody stands in for two, for they count once. */
  private static Map<String, String> wanted(Pending pending, AskStandIns ask) {
    var wanted = new LinkedHashMap<String, String>();
    for (var of : pending.open().awaited()) {
      var by = ask.standIns().get(of);
      if (by != null && !wanted.containsValue(by) && isPossible(pending, of, by)) {
        wanted.put(of, by);
      }
    }
    return wanted;
  }

  /** For whom this person stood in here, the last time; empty if for nobody. */
  static Optional<String> formerly(Stage stage, String by) {
    return stage.standIns().reversed().stream()
        .filter(each -> each.by().equals(by))
        .map(StandIn::of)
        .findFirst();
  }
}
