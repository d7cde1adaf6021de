package dev.daypass.oversee;

import dev.daypass.access.Request;
import dev.daypass.store.Requests;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests behind the lists of a page: indexes say which; how they stand is read from the
 * requests themselves, all at once.
 */
final class Read {
  private final Map<String, Request> byId;

  private Read(Map<String, Request> byId) {
    this.byId = byId;
  }

  /**
   * Reads them.
   *
   * @param ids of all lists; one may be in several
   * @param belongs whether a request belongs on the page, whatever an index says
   */
  static Read of(Requests requests, Collection<String> ids, Predicate<Request> belongs) {
    return new Read(
        requests.all(ids.stream().distinct().toList()).stream()
            .filter(belongs)
            .collect(Collectors.toMap(Request::id, Function.identity())));
  }

  /** All of them, in no order. */
  List<Request> all() {
    return List.copyOf(byId.values());
  }

  /** Those of one list, in its order. */
  Stream<Request> in(List<String> ids) {
    return ids.stream().map(byId::get).filter(Objects::nonNull);
  }
}
