package dev.daypass.store;

import dev.daypass.access.Request.Pending;
import java.util.List;
import java.util.Optional;

/** What waits for a person: the inbox, each entry checked against the request it is about. */
public final class Waiting {
  private static final int MOST = 25;

  private Waiting() {}

  /** The open requests that this person is asked about and has not decided, oldest first. */
  public static List<Pending> of(String person, Inbox inbox, Requests requests) {
    return inbox.of(person, MOST).stream()
        .map(Inbox.Entry::request)
        .distinct()
        .map(requests::find)
        .flatMap(Optional::stream)
        .filter(Pending.class::isInstance)
        .map(Pending.class::cast)
        .filter(request -> isFor(person, request))
        .toList();
  }

  /** Whether this person is asked at the moment and has not decided. */
  public static boolean isFor(String person, Pending request) {
    return request.open().approvers().contains(person) && !request.open().isDecidedBy(person);
  }
}
