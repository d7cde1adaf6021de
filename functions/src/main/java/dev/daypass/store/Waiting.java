package dev.daypass.store;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import java.util.List;

/** What waits for a person: the inbox, each entry checked against the request it is about. */
public final class Waiting {
  private static final int MOST = 25;

  private Waiting() {}

  /** The open requests that this person is asked about and has not decided, oldest first. */
  public static List<Pending> of(String person, Inbox inbox, Requests requests) {
    return all(person, inbox, requests).stream()
        .filter(Pending.class::isInstance)
        .map(Pending.class::cast)
        .toList();
  }

  /** What waits for this person, oldest first: {@link Pending} to decide, all else to review. */
  public static List<Request> all(String person, Inbox inbox, Requests requests) {
    return all(inbox.of(person, MOST), requests);
  }

  /** Those of these entries that still wait: fewer than there are entries, perhaps none. */
  public static List<Request> all(List<Inbox.Entry> entries, Requests requests) {
    return entries.stream()
        .flatMap(
            entry ->
                requests.find(entry.request()).stream().filter(request -> isOpen(entry, request)))
        .toList();
  }

  private static boolean isOpen(Inbox.Entry entry, Request request) {
    return request instanceof Pending pending
        // One entry for each stage: only that of the open one counts, so nothing comes twice.
        ? pending.stage() == entry.stage() && isFor(entry.person(), pending)
        : isForReview(entry.person(), request);
  }

  /** Whether this person is to review an emergency, and nobody has. */
  public static boolean isForReview(String person, Request request) {
    return request.openReview().filter(review -> review.reviewers().contains(person)).isPresent();
  }

  /** Whether this person is asked at the moment, or stands in for whoever is, and can decide. */
  public static boolean isFor(String person, Pending request) {
    var open = request.open();
    return (open.approvers().contains(person) && !open.isDecidedBy(person))
        || open.standsInFor(person).isPresent();
  }
}
