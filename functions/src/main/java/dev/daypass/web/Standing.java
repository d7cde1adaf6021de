package dev.daypass.web;

import dev.daypass.access.Event;
import dev.daypass.access.Request;
import dev.daypass.access.Said;
import dev.daypass.access.Stage;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who may do what: decided here and nowhere else, but for what belongs to the request itself (who
 * is asked now, whose access it is), which {@link dev.daypass.access.Life} decides. {@code
 * docs/security.md} has the table of what comes of both.
 */
public final class Standing {
  private final Supplier<Catalog> catalog;

  public Standing(Supplier<Catalog> catalog) {
    this.catalog = catalog;
  }

  /**
   * The requester and who asked for them, those asked, owners, whoever was told of an emergency or
   * reminded of a task (owners' managers, say), administrators and auditors.
   */
  public boolean maySee(Visitor.Known who, Request request) {
    return isBy(who, request)
        || wasAsked(who, request)
        || wasReminded(who, request)
        || wasTold(who, request)
        || mayRevoke(who, request)
        || who.isIn(Visitor.AUDITORS);
  }

  /**
   * Those who were to review the emergency, and administrators; nobody reviews their own, which is
   * for {@link dev.daypass.access.Life} to say.
   */
  public static boolean mayReview(Visitor.Known who, Request request) {
    return request
        .review()
        .filter(review -> review.reviewers().contains(who.email()) || who.isIn(Visitor.ADMINS))
        .isPresent();
  }

  /**
   * Owners, as the plan names them or as they are today, and administrators. What the policy says
   * now is not asked: taking away cannot be refused.
   */
  public boolean mayRevoke(Visitor.Known who, Request request) {
    var plan = request.asked().plan();
    return plan.owners().contains(who.email())
        || catalog
            .get()
            .system(plan.system())
            .map(system -> system.policy().owners().contains(who.email()))
            .orElse(false)
        || who.isIn(Visitor.ADMINS);
  }

  /**
   * Whoever answers for the system, and auditors: a picture of a system's own page can show more
   * than the one access, so neither its requester nor approvers are given it.
   */
  public boolean mayOpenEvidence(Visitor.Known who, Request request) {
    return mayRevoke(who, request) || who.isIn(Visitor.AUDITORS);
  }

  /**
   * Whether the visitor answers for the system today. What a request's frozen plan says does not
   * count: it is about one access, not about all.
   */
  public static boolean owns(Visitor.Known who, TargetSystem system) {
    return system.owners().contains(who.email());
  }

  /** Who may see who has access to the system: its owners of today, administrators and auditors. */
  public static boolean maySee(Visitor.Known who, TargetSystem system) {
    return owns(who, system) || maySeeEveryPolicy(who);
  }

  /** As {@link #maySee(Visitor.Known, TargetSystem)}, for a runbook that leads to the system. */
  public boolean maySee(Visitor.Known who, Runbook runbook) {
    return maySeeEveryPolicy(who)
        || catalog
            .get()
            .system(runbook.system())
            .filter(system -> owns(who, system.policy()))
            .isPresent();
  }

  /**
   * Whether the visitor may be told why that person may or may not ask for the runbook: everybody
   * about themselves; about others whoever may see the runbook.
   *
   * @param runbook empty if there is none of that name
   */
  public boolean mayExplain(Visitor.Known who, String person, Optional<Runbook> runbook) {
    return who.email().equals(person)
        || maySeeEveryPolicy(who)
        || runbook.filter(each -> maySee(who, each)).isPresent();
  }

  /** Administrators and auditors. */
  public static boolean maySeeEveryPolicy(Visitor.Known who) {
    return who.isIn(Visitor.ADMINS) || who.isIn(Visitor.AUDITORS);
  }

  /**
   * Passes whoever may see every policy.
   *
   * @throws HttpProblem 403 for everybody else
   */
  public static void requireEveryPolicy(Visitor.Known who) {
    if (!maySeeEveryPolicy(who)) {
      throw new HttpProblem(Problem.forbidden(Said.of("oversee.problem.not-all")));
    }
  }

  /**
   * The request, for whoever is or was asked to decide it; also for its requester and who asked for
   * them, who are told why not.
   *
   * @throws HttpProblem 404 if the visitor may not know of the request, 403 if they may, but nobody
   *     has asked them
   */
  public Request requireAsked(Visitor.Known who, Optional<Request> found) {
    var request = found.filter(each -> maySee(who, each));
    if (request.isEmpty()) {
      throw HttpProblem.noSuchRequest();
    }
    if (!isBy(who, request.get()) && !wasAsked(who, request.get())) {
      throw new HttpProblem(Problem.forbidden(Said.of("problem.not-asked-to-decide")));
    }
    return request.get();
  }

  /**
   * As {@link #requireAsked}, where there is a form to decide by: its requester gets none, nor does
   * who asked for them.
   *
   * @throws HttpProblem 404 or 403
   */
  public Request requireApprover(Visitor.Known who, Optional<Request> found) {
    var request = requireAsked(who, found);
    if (isBy(who, request)) {
      throw new HttpProblem(Problem.forbidden(mayNotDecide(who, request)));
    }
    return request;
  }

  /** Why the visitor does not decide a request that they asked for, or that is for them. */
  public static Said mayNotDecide(Visitor.Known who, Request request) {
    return Said.of(
        who.email().equals(request.asked().asker())
            ? "refusal.self-approval.yours"
            : "refusal.self-approval.for-you");
  }

  /** Whether the visitor is or was asked to decide the request, for themselves or in a place. */
  public static boolean wasAsked(Visitor.Known who, Request request) {
    return request.stages().stream()
        .map(Stage::everybodyTold)
        .anyMatch(all -> all.contains(who.email()));
  }

  /** Whether a mail about a task that stays undone has led the visitor to the request. */
  private static boolean wasReminded(Visitor.Known who, Request request) {
    return request.trail().events().stream()
        .filter(
            event ->
                event.kind() == Event.Kind.TASK_REMINDED
                    || event.kind() == Event.Kind.REVIEW_REMINDED)
        .map(event -> event.details().getOrDefault("told", ""))
        .anyMatch(told -> List.of(told.split(" ", -1)).contains(who.email()));
  }

  /** Whether a mail about an emergency has led the visitor to the request. */
  private static boolean wasTold(Visitor.Known who, Request request) {
    var glass = request.asked().plan().glass();
    return glass != null
        && (glass.reviewers().contains(who.email()) || who.email().equals(glass.manager()));
  }

  /** Auditors and administrators may read every record of the trail. */
  public static boolean mayReadEveryTrail(Visitor.Known who) {
    return who.isIn(Visitor.AUDITORS) || who.isIn(Visitor.ADMINS);
  }

  /** The person it is for, and who asked for them, may read the trail of the request, too. */
  public static boolean mayReadTrail(Visitor.Known who, Optional<Request> request) {
    return request.filter(each -> isBy(who, each)).isPresent() || mayReadEveryTrail(who);
  }

  /**
   * Passes administrators and auditors: they may see everybody in the directory, and every import.
   *
   * @throws HttpProblem 403 for everybody else, whatever they look for
   */
  public static void requirePeople(Visitor.Known who) {
    if (!who.isIn(Visitor.AUDITORS) && !mayImport(who)) {
      throw new HttpProblem(Problem.forbidden(Said.of("people.problem.not-yours-to-see")));
    }
  }

  /** Administrators may change who is in the directory. */
  public static boolean mayImport(Visitor.Known who) {
    return who.isIn(Visitor.ADMINS);
  }

  /** Administrators may name who stands in for others, and end it. */
  public static boolean mayNameStandIns(Visitor.Known who) {
    return who.isIn(Visitor.ADMINS);
  }

  /**
   * Passes administrators.
   *
   * @throws HttpProblem 403 for everybody else, whatever it is about
   */
  public static void requireImporter(Visitor.Known who) {
    if (!mayImport(who)) {
      throw new HttpProblem(Problem.forbidden(Said.of("people.problem.not-yours-to-change")));
    }
  }

  private static boolean isBy(Visitor.Known who, Request request) {
    return request.asked().isBy(who.email());
  }
}
