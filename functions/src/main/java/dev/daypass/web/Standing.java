package dev.daypass.web;

import dev.daypass.access.Request;
import dev.daypass.access.Stage;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may do what: decided here and nowhere else, but for what belongs to the request itself (who
 * is asked now, whose access it is), which {@link dev.daypass.access.Life} decides. {@code
 * docs/security.md} has the table of what comes of both.
 */
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
        || wasAsked(person, request)
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

  /**
   * The request, for whoever is or was asked to decide it; also for its requester, who is told why
   * not.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may, but nobody
   *     has asked them
   */
  public Request requireAsked(String person, Optional<Request> found) {
    var request = found.filter(each -> maySee(person, each));
    if (request.isEmpty()) {
      throw HttpProblem.noSuchRequest();
    }
    if (!person.equals(request.get().asked().requester()) && !wasAsked(person, request.get())) {
      throw new HttpProblem(
          Problem.forbidden("You can see this request, but you are not asked to decide it."));
    }
    return request.get();
  }

  /** Auditors and administrators may read every record of the trail. */
  public static boolean mayReadEveryTrail(String person, Directory directory) {
    return isIn(person, AUDITORS, directory) || isIn(person, ADMINS, directory);
  }

  /** Whoever asked may read the trail of the request, too. */
  public static boolean mayReadTrail(
      String person, Optional<Request> request, Directory directory) {
    return request.filter(each -> person.equals(each.asked().requester())).isPresent()
        || mayReadEveryTrail(person, directory);
  }

  private static boolean wasAsked(String person, Request request) {
    return request.stages().stream()
        .map(Stage::everybodyAsked)
        .anyMatch(all -> all.contains(person));
  }

  private boolean isIn(String person, String group) {
    return isIn(person, group, directory);
  }

  private static boolean isIn(String person, String group, Directory directory) {
    return directory
        .active(person)
        .filter((dev.daypass.runbook.Person each) -> each.isIn(group))
        .isPresent();
  }
}
