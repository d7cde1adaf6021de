package dev.daypass.request;

import dev.daypass.access.Request.Pending;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import java.util.List;
import java.util.Optional;

/** What waits for a person: the inbox, each entry checked against the request it is about. */
final class Waiting {
  private static final int MOST = 25;

  private Waiting() {}

  /** The open requests that this person is asked about and has not decided, oldest first. */
  static List<Pending> of(String person, Inbox inbox, Requests requests) {
    return inbox.of(person, MOST).stream()
        .map(Inbox.Entry::request)
        .distinct()
        .map(requests::find)
        .flatMap(Optional::stream)
        .filter(Pending.class::isInstance)
        .map(Pending.class::cast)
        .filter(request -> request.open().approvers().contains(person))
        .filter(request -> !request.open().isDecidedBy(person))
        .toList();
  }
}
