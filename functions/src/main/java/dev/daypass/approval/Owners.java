package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import dev.daypass.web.Visitor;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    var frozen = reachable(plan.owners(), request);
    if (!frozen.isEmpty()) {
      return frozen;
    }
    var today =
        catalog
            .get()
            .system(plan.system())
            .map(system -> reachable(system.policy().owners(), request))
            .orElse(List.of());
    return today.isEmpty()
        ? reachable(directory.group(Visitor.ADMINS).stream().map(Person::email).toList(), request)
        : today;
  }

  /**
   * Email addresses of those who are to review the emergency and are still here; if there is none,
   * of those whom {@link #of} finds. Nobody reviews what they took themselves.
   */
  List<String> reviewers(Request request) {
    var here =
        request.review().map(review -> reachable(review.reviewers(), request)).orElse(List.of());
    return here.isEmpty() ? butNotTheRequester(of(request), request) : here;
  }

  /** All who hear of an emergency at once: reviewers, owners, and the requester's manager. */
  List<String> ofEmergency(Request request) {
    var told = new LinkedHashSet<>(reviewers(request));
    told.addAll(of(request));
    var glass = request.asked().plan().glass();
    if (glass != null && glass.manager() != null) {
      told.addAll(reachable(List.of(glass.manager()), request));
    }
    return butNotTheRequester(told, request);
  }

  private static List<String> butNotTheRequester(Collection<String> emails, Request request) {
    return emails.stream().filter(each -> !each.equals(request.asked().requester())).toList();
  }

  /**
   * Whom the directory has never had may have a mailbox all the same: nobody says that they left.
   */
  private List<String> reachable(List<String> emails, Request request) {
    var gone =
        directory.people(emails).stream()
            .filter(person -> !person.active())
            .map(Person::email)
            .collect(Collectors.toSet());
    var asked = request.asked();
    return emails.stream()
        .filter(each -> !gone.contains(each))
        .filter(each -> !asked.plan().target().isByHand() || !each.equals(asked.requester()))
        .toList();
  }
}
