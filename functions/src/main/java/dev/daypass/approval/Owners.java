package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import dev.daypass.web.Visitor;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whom mails about a system's affairs reach. Who owned it when the request was made is frozen in
 * its plan; whoever has left since gets no mails with names and reasons any more, and what nobody
 * would read goes to somebody who can do something about it.
 */
final class Owners {
  private final Directory directory;
  private final Supplier<Catalog> catalog;

  Owners(Directory directory, Supplier<Catalog> catalog) {
    this.directory = directory;
    this.catalog = catalog;
  }

  /**
   * Email addresses of those owners of the plan who are still here; if there is none, of the owners
   * of today; if there is none either, of the administrators. What is done by hand is nobody's own
   * affair, so the requester is not among them then.
   */
  List<String> of(Request request) {
    var plan = request.asked().plan();
    var frozen = reachable(directory.people(plan.owners()), request);
    if (!frozen.isEmpty()) {
      return frozen;
    }
    var today =
        catalog
            .get()
            .system(plan.system())
            .map(system -> reachable(directory.people(system.policy().owners()), request))
            .orElse(List.of());
    return today.isEmpty() ? reachable(directory.group(Visitor.ADMINS), request) : today;
  }

  private static List<String> reachable(List<Person> people, Request request) {
    var asked = request.asked();
    return people.stream()
        .filter(Person::active)
        .map(Person::email)
        .filter(each -> !asked.plan().target().isByHand() || !each.equals(asked.requester()))
        .sorted()
        .toList();
  }
}
