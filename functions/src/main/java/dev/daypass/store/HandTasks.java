package dev.daypass.store;

import dev.daypass.access.OwnersTask;
import dev.daypass.access.Request;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.TargetSystem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The requests about which something is to be done by hand, in systems that no program reaches;
 * longest open first, and of each system at most a page's worth.
 */
public final class HandTasks {
  private static final int MOST = 15;

  /** So many systems of one owner, or of all, are looked at. */
  private static final int LOOKED_AT = 20;

  private HandTasks() {}

  /**
   * Those about systems that this person answers for today. Only systems that no program reaches
   * are looked at: for everybody else a page costs what it did.
   */
  public static List<Request> of(String owner, Catalog catalog, Requests requests) {
    return in(catalog, system -> system.owners().contains(owner), requests);
  }

  /** Those about all systems. */
  public static List<Request> all(Catalog catalog, Requests requests) {
    return in(catalog, _ -> true, requests);
  }

  private static List<Request> in(
      Catalog catalog, Predicate<TargetSystem> which, Requests requests) {
    var ids =
        catalog.systems().values().stream()
            .map(Published::policy)
            .filter(system -> system.connector().isByHand())
            .filter(which)
            .limit(LOOKED_AT)
            .flatMap(system -> requests.watched(Watch.TASK, system.id(), MOST, null).ids().stream())
            .toList();
    return ids.isEmpty()
        ? List.of()
        : requests.all(ids).stream()
            .filter(request -> request.byHand().isPresent())
            .sorted(Comparator.comparing(HandTasks::openedAt))
            .toList();
  }

  private static Instant openedAt(Request request) {
    return request.byHand().map(OwnersTask::openedAt).orElse(Instant.MAX);
  }
}
