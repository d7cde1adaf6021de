package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Extending;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Eligibility;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Moving the end of an access by the runbook's rule: the same for pages and for the API. */
public final class Extensions {
  private static final List<Duration> USUAL =
      List.of(
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofDays(1),
          Duration.ofDays(3),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30));

  /** More would be a long list for a small question. */
  private static final int MOST_CHOICES = 4;

  private final Changes changes;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final InstantSource clock;

  public Extensions(
      Requests requests,
      Standing standing,
      Supplier<Catalog> catalog,
      Directory directory,
      InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.catalog = catalog;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Moves the end of the access; only its holder may, and only as far as both the frozen plan and
   * today's runbook allow. The same end again changes nothing.
   *
   * @param until the new end; fractions of a second are cut off
   * @throws HttpProblem 404 if there is no such request, or the person may not know of it
   */
  public Outcome extend(String id, Visitor.Known by, Instant until, String via) {
    var end = until.truncatedTo(ChronoUnit.SECONDS);
    var act = new Act("extend#" + end, clock.instant(), by.email(), via);
    return changes.change(
        id,
        by,
        request -> {
          var today = today(request, end);
          return Life.apply(
              request, new Command.Extend(act, end, today.runbookVersion(), today.refusals()));
        });
  }

  /** The ends that the holder can choose at the moment, soonest first; empty if there are none. */
  public List<Instant> ends(Active active) {
    return today()
        .extendable(active.asked())
        .flatMap(longest -> Extending.latest(active, longest, clock.instant()))
        .stream()
        .flatMap(latest -> choices(active.grant().expiresAt(), latest))
        .filter(end -> end.isAfter(active.grant().expiresAt()))
        .toList();
  }

  private static Stream<Instant> choices(Instant now, Instant latest) {
    var usual = USUAL.stream().map(now::plus).filter(end -> end.isBefore(latest)).toList();
    return Stream.concat(spread(usual), Stream.of(latest))
        .map(end -> end.truncatedTo(ChronoUnit.SECONDS))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream();
  }

  /** As many as there is room for, from all over the list. */
  private static Stream<Instant> spread(List<Instant> usual) {
    return usual.size() < MOST_CHOICES
        ? usual.stream()
        : IntStream.range(1, MOST_CHOICES)
            .mapToObj(quarter -> usual.get(quarter * usual.size() / MOST_CHOICES - 1));
  }

  private Eligibility today() {
    return new Eligibility(catalog.get(), directory);
  }

  /** Whether asking again, for the same thing, is open to the holder. */
  boolean canAskAgain(Request request) {
    return today().mayAskAgain(request.asked().plan(), request.asked().requester());
  }

  private Eligibility.Extending today(Request request, Instant end) {
    return request
        .given()
        .map(grant -> today().mayExtend(request.asked(), Duration.between(grant.startedAt(), end)))
        .orElseGet(() -> new Eligibility.Extending(0, List.of()));
  }
}
