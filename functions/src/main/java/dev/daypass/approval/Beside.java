package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.runbook.Catalog;
import dev.daypass.store.Requests;
import dev.daypass.web.Earlier;
import dev.daypass.web.Story;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What whoever decides should know beside the request itself. */
final class Beside {
  /** Enough to see a habit; the trail has the rest. */
  private static final int MOST = 5;

  private final Requests requests;
  private final Supplier<Catalog> catalog;

  Beside(Requests requests, Supplier<Catalog> catalog) {
    this.requests = requests;
    this.catalog = catalog;
  }

  /** What the runbook tells approvers today; empty if it says nothing, or is no longer in use. */
  String guidance(Request request) {
    return catalog
        .get()
        .runbook(request.asked().plan().runbook())
        .map(published -> published.policy().guidance().approver())
        .orElse("");
  }

  /** What the role lets one do, as its system says today; empty if it has no such role any more. */
  String allows(Request request) {
    var plan = request.asked().plan();
    return catalog.get().allows(plan.system(), plan.role());
  }

  /**
   * The requester's history with the same system, or null if it cannot be read at the moment. No
   * reasons and no comments: those were for others.
   */
  @Nullable Earlier history(Request request) {
    return requests
        .earlier(request)
        .map(lines -> new Earlier(shown(lines), lines.size() > MOST))
        .orElse(null);
  }

  private static List<Earlier.Asked> shown(List<Requests.Line> lines) {
    return lines.stream()
        .limit(MOST)
        .map(
            line ->
                new Earlier.Asked(
                    line.title(), line.createdAt(), Story.status(line.status(), line.expiresAt())))
        .toList();
  }
}
