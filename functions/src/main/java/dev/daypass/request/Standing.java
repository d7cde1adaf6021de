package dev.daypass.request;

import dev.daypass.access.Request;
import dev.daypass.access.Stage;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import java.util.function.Supplier;

/** Who may see and end a request: decided here and nowhere else. */
public final class Standing {
  /** Members may see and end every access. */
  public static final String ADMINS = "admins";

  /** Members may see everything and change nothing. */
  public static final String AUDITORS = "auditors";

  private final Directory directory;
  private final Supplier<Catalog> catalog;

  public Standing(Directory directory, Supplier<Catalog> catalog) {
    this.directory = directory;
    this.catalog = catalog;
  }

  /** The requester, those asked, owners, administrators and auditors. */
  public boolean maySee(String person, Request request) {
    return person.equals(request.asked().requester())
        || request.stages().stream()
            .map(Stage::everybodyAsked)
            .anyMatch(all -> all.contains(person))
        || mayRevoke(person, request)
        || isIn(person, AUDITORS);
  }

  /**
   * Owners, as the plan names them or as they are today, and administrators. What the policy says
   * now is not asked: taking away cannot be refused.
   */
  public boolean mayRevoke(String person, Request request) {
    if (directory.active(person).isEmpty()) {
      return false;
    }
    var plan = request.asked().plan();
    return plan.owners().contains(person)
        || catalog
            .get()
            .system(plan.system())
            .map(system -> system.policy().owners().contains(person))
            .orElse(false)
        || isIn(person, ADMINS);
  }

  private boolean isIn(String person, String group) {
    return directory.active(person).filter((Person each) -> each.isIn(group)).isPresent();
  }
}
