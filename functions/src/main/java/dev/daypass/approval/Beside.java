package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Requests;
import dev.daypass.web.Earlier;
import dev.daypass.web.Story;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What whoever decides should know beside the request itself. */
final class Beside {
  /** Enough to see a habit; the trail has the rest. */
  private static final int MOST = 5;

  private final Requests requests;
  private final Supplier<Catalog> catalog;
  private final Directory directory;

  Beside(Requests requests, Supplier<Catalog> catalog, Directory directory) {
    this.requests = requests;
    this.catalog = catalog;
    this.directory = directory;
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

  /** The index alone does not tell what was withdrawn from what was stopped or taken away. */
  private List<Earlier.Asked> shown(List<Requests.Line> lines) {
    var some = lines.stream().limit(MOST).toList();
    var story = new Story(directory);
    var told =
        requests
            .all(
                some.stream()
                    .filter(line -> Story.needsTheRequest(line.status()))
                    .map(Requests.Line::id)
                    .toList())
            .stream()
            .collect(Collectors.toMap(Request::id, story::status));
    return some.stream()
        .map(
            line ->
                new Earlier.Asked(
                    line.title(),
                    line.createdAt(),
                    told.getOrDefault(line.id(), Story.status(line.status(), line.expiresAt()))))
        .toList();
  }
}
