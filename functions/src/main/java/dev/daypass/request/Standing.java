package dev.daypass.request;

import dev.daypass.access.Request;
import dev.daypass.access.Stage;
import dev.daypass.runbook.Catalog;
import dev.daypass.web.Visitor;
import java.util.function.Supplier;

/** Who may see and end a request: decided here and nowhere else. */
public final class Standing {
  private final Supplier<Catalog> catalog;

  public Standing(Supplier<Catalog> catalog) {
    this.catalog = catalog;
  }

  /** The requester, those asked, owners, administrators and auditors. */
  public boolean maySee(Visitor.Known who, Request request) {
    var person = who.email();
    return person.equals(request.asked().requester())
        || request.stages().stream()
            .map(Stage::everybodyAsked)
            .anyMatch(all -> all.contains(person))
        || mayRevoke(who, request)
        || who.isIn(Visitor.AUDITORS);
  }

  /**
   * Owners, as the plan names them or as they are today, and administrators. What the policy says
   * now is not asked: taking away cannot be refused.
   */
  public boolean mayRevoke(Visitor.Known who, Request request) {
    var person = who.email();
    var plan = request.asked().plan();
    return plan.owners().contains(person)
        || catalog
            .get()
            .system(plan.system())
            .map(system -> system.policy().owners().contains(person))
            .orElse(false)
        || who.isIn(Visitor.ADMINS);
  }
}
