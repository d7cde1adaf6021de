package dev.daypass.store;

import dev.daypass.access.Request.Pending;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What waits for a person: the inbox, each entry checked against the request it is about. */
public final class Waiting {
  private static final int MOST = 25;

  private Waiting() {}

  /** The open requests that this person is asked about and has not decided, oldest first. */
  public static List<Pending> of(String person, Inbox inbox, Requests requests) {
    return of(inbox.of(person, MOST), requests);
  }

  /** Those of these entries that still wait: fewer than there are entries, perhaps none. */
  public static List<Pending> of(List<Inbox.Entry> entries, Requests requests) {
    return entries.stream().flatMap(entry -> open(entry, requests).stream()).toList();
  }

  private static Optional<Pending> open(Inbox.Entry entry, Requests requests) {
    return requests.find(entry.request()).stream()
        .flatMap(request -> request instanceof Pending each ? Stream.of(each) : Stream.empty())
        // One entry for each stage: only that of the open one counts, so nothing comes twice.
        .filter(pending -> pending.stage() == entry.stage())
        .filter(pending -> isFor(entry.person(), pending))
        .findFirst();
  }

  /** Whether this person is asked at the moment and has not decided. */
  public static boolean isFor(String person, Pending request) {
    return request.open().approvers().contains(person) && !request.open().isDecidedBy(person);
  }
}
