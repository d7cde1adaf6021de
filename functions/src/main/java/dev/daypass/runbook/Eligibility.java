package dev.daypass.runbook;

import dev.daypass.access.InEnglish;
import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.StagePlan;
import dev.daypass.access.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks at the moment of a decision that those involved still are who they were. */
public final class Eligibility {
  private final Catalog catalog;
  private final Directory directory;

  /**
   * @param catalog the policies of this moment
   * @param directory the people of this moment
   */
  public Eligibility(Catalog catalog, Directory directory) {
    this.catalog = catalog;
    this.directory = directory;
  }

  /**
   * Why this person may not approve now; empty if they may. That the frozen plan names them, and
   * that the stage is open, is the request's own rule and not looked at here.
   *
   * @param asked for whom, and by whom
   * @param stage index of the stage in the frozen plan, from 0
   * @param approver email address of the person who decides
   */
  public List<Refusal> mayDecide(Submission asked, int stage, String approver) {
    return mayDecide(asked, stage, approver, false);
  }

  /**
   * The same, where it may have been handed over to this person: then an owner of the system may
   * decide, whether a word of the runbook names the owners or not.
   */
  public List<Refusal> mayDecide(Submission asked, int stage, String approver, boolean handedOver) {
    var refusals = new ArrayList<Refusal>();
    var frozen = asked.plan();
    var requester = asked.requester();
    var runbook = catalog.runbook(frozen.runbook()).map(Published::policy);
    var system = catalog.system(frozen.system()).map(Published::policy);
    var asking = directory.active(requester);
    var deciding = directory.active(approver);
    if (approver.equalsIgnoreCase(requester) || approver.equalsIgnoreCase(asked.asker())) {
      refusals.add(
          Refusal.of("self-approval", "Nobody decides about their own request.").in("anybody"));
    }
    if (runbook.isEmpty() || system.isEmpty()) {
      refusals.add(withdrawn(frozen));
    }
    if (asking.isEmpty()) {
      refusals.add(gone(requester));
    } else if (runbook.isPresent() && !Planner.mayAsk(runbook.get(), asking.get())) {
      refusals.add(notEligible(asking.get(), frozen));
    }
    mayStillAskForThem(asked, runbook, asking).ifPresent(refusals::add);
    if (deciding.isEmpty()) {
      refusals.add(
          Refusal.of(
                  "approver-inactive",
                  approver + " is no longer in the directory and cannot decide.")
              .with(approver));
    } else if (runbook.isPresent()
        && system.isPresent()
        && asking.isPresent()
        && !(handedOver && owns(deciding.get(), system.get()))
        && !isAsked(runbook.get(), system.get(), frozen, stage, deciding.get(), asking.get())) {
      refusals.add(
          Refusal.of(
              "approver-changed",
              "The decision is no longer yours: by today's runbook and directory, somebody else"
                  + " decides about this."));
    }
    return List.copyOf(refusals);
  }

  /**
   * Those to whom a decision can be handed over, by today's runbook and directory: whoever decides
   * about this stage, at first or later, and the owners of the system. Never the requester, nor
   * whoever asked for them. That somebody was asked before is the request's own rule and not looked
   * at here.
   *
   * @param asked for whom, and by whom
   * @param stage index of the stage in the frozen plan, from 0
   * @return each once; nobody where the runbook is no longer in use or the requester has left
   */
  public List<Person> mayTake(Submission asked, int stage) {
    var frozen = asked.plan();
    var runbook = catalog.runbook(frozen.runbook()).map(Published::policy);
    var system = catalog.system(frozen.system()).map(Published::policy);
    var person = directory.active(asked.requester());
    if (runbook.isEmpty() || system.isEmpty() || person.isEmpty()) {
      return List.of();
    }
    var chain = new Chain(runbook.get(), system.get(), person.get(), asked.asker(), directory);
    return today(runbook.get(), stage).stream()
        .flatMap(each -> chain.mayTake(each).stream())
        .distinct()
        .toList();
  }

  /** The stage at the same place; where the chain has become shorter, every one. */
  private static List<Runbook.Stage> today(Runbook runbook, int stage) {
    return stage < runbook.approval().size()
        ? List.of(runbook.approval().get(stage))
        : runbook.approval();
  }

  /**
   * Why somebody's word no longer suffices to give a colleague access; empty if it does, or if
   * nobody asked for somebody else. What is unknown of the others is refused for itself.
   */
  private Optional<Refusal> mayStillAskForThem(
      Submission asked, Optional<Runbook> runbook, Optional<Person> requester) {
    var askedBy = asked.askedBy();
    if (askedBy == null) {
      return Optional.empty();
    }
    var asker = directory.active(askedBy);
    var name = directory.person(askedBy).map(Person::name).orElse(askedBy);
    var other = requester.map(Person::name).orElse(asked.requester());
    if (asker.isEmpty()) {
      return Optional.of(
          Refusal.of(
                  "asker-inactive",
                  name
                      + ", who asked for this, is no longer in the directory. "
                      + other
                      + " can ask themselves.")
              .with(name, other));
    }
    return runbook.isEmpty()
            || requester.isEmpty()
            || Planner.mayAskFor(runbook.get(), asker.get(), requester.get())
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                    "asker-not-allowed",
                    name
                        + ", who asked for this, may no longer ask for "
                        + other
                        + ". "
                        + other
                        + " can ask themselves.")
                .with(name, other));
  }

  /**
   * Why an access that was approved for later may not begin now; empty if it may. Who approved it,
   * what that was, and who asked for somebody else is not looked at again.
   *
   * @param requester email address of the person it is for
   */
  public Optional<Refusal> mayBegin(Plan frozen, String requester) {
    var runbook = catalog.runbook(frozen.runbook()).map(Published::policy);
    var person = directory.active(requester);
    if (person.isEmpty()) {
      return Optional.of(gone(requester));
    }
    if (runbook.isEmpty() || catalog.system(frozen.system()).isEmpty()) {
      return Optional.of(withdrawn(frozen));
    }
    return Planner.mayAsk(runbook.get(), person.get())
        ? Optional.empty()
        : Optional.of(notEligible(person.get(), frozen));
  }

  /**
   * An extension as today's runbook sees it.
   *
   * @param runbookVersion the version whose rule it goes by; 0 if the runbook is no longer in use
   * @param refusals why it may not be; empty if it may
   */
  public record Extending(int runbookVersion, List<Refusal> refusals) {
    public Extending {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * Whether the holder may move the end of an access by today's rule. What the frozen plan allows
   * is the request's own rule and not looked at here.
   *
   * @param asked for whom, and by whom
   * @param length how long the access would last in all
   */
  public Extending mayExtend(Submission asked, Duration length) {
    var frozen = asked.plan();
    var holder = asked.requester();
    var published = catalog.runbook(frozen.runbook());
    if (published.isEmpty()) {
      return new Extending(0, List.of(withdrawn(frozen)));
    }
    var refusals = new ArrayList<Refusal>();
    var runbook = published.get().policy();
    var person = directory.active(holder);
    if (person.isEmpty()) {
      refusals.add(
          Refusal.of("requester-inactive", "You are not in the directory any more.").in("yours"));
    } else if (!Planner.mayAsk(runbook, person.get())) {
      refusals.add(
          Refusal.of("not-eligible", "This is no longer for you by today's runbook.").in("extend"));
    }
    publishedByAnother(published.get(), asked).ifPresent(refusals::add);
    var extend = runbook.extend();
    if (extend == null) {
      refusals.add(
          Refusal.of(
              "not-extendable-today",
              "By today's runbook this access cannot be extended any more. You can ask again."));
    } else if (length.compareTo(extend.longest()) > 0 && isShorter(extend.longest(), frozen)) {
      refusals.add(
          new Refusal(
                  "extended-too-long-today",
                  "until",
                  "By today's runbook this access may last "
                      + InEnglish.duration(extend.longest())
                      + " in all. For longer, ask again.")
              .with(extend.longest()));
    }
    return new Extending(published.get().version(), refusals);
  }

  /** What the frozen plan does not allow either is refused there. */
  private static boolean isShorter(Duration longest, Plan frozen) {
    var planned = frozen.extendable();
    return planned == null || longest.compareTo(planned) < 0;
  }

  /**
   * Whose rule it is must be known, or the holder could be the one who made it, or whoever asked
   * for them.
   */
  private Optional<Refusal> publishedByAnother(Published<Runbook> published, Submission asked) {
    var publisher = published.publisher().strip().toLowerCase(Locale.ROOT);
    if (publisher.equals(asked.askedBy())) {
      return Optional.of(
          Refusal.of(
                  "own-rule",
                  "The rule that would allow this was published by whoever asked for this, so it"
                      + " does not count. You can ask again; then somebody else decides.")
              .in("of-asker"));
    }
    if (publisher.equals(asked.requester())) {
      return Optional.of(
          Refusal.of(
                  "own-rule",
                  "You published the rule that would allow this, so it does not count for you. You"
                      + " can ask again; then somebody else decides.")
              .in("yours"));
    }
    return directory.person(publisher).isPresent()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                "publisher-unknown",
                "The rule that would allow this was published by nobody in the list of people."
                    + " Please tell whoever publishes the runbooks to give their address with"
                    + " --publisher."));
  }

  /**
   * How long an access may be made to last in all, by the frozen plan and by today's runbook; empty
   * if it cannot be extended.
   */
  public Optional<Duration> extendable(Submission asked) {
    var frozen = asked.plan();
    var planned = frozen.extendable();
    if (planned == null) {
      return Optional.empty();
    }
    return catalog
        .runbook(frozen.runbook())
        .map(published -> published.policy().extend())
        .map(today -> today.longest().compareTo(planned) < 0 ? today.longest() : planned)
        .filter(longest -> mayExtend(asked, longest).refusals().isEmpty());
  }

  /** Whether this person would find the runbook in the list of what can be asked for. */
  public boolean mayAskAgain(Plan frozen, String requester) {
    return catalog
        .runbook(frozen.runbook())
        .flatMap(
            published ->
                directory
                    .active(requester)
                    .filter(person -> Planner.mayAsk(published.policy(), person)))
        .isPresent();
  }

  private static Refusal gone(String requester) {
    return Refusal.of(
            "requester-inactive",
            requester + " is no longer in the directory, so no access can be given.")
        .in("gone")
        .with(requester);
  }

  private static Refusal notEligible(Person requester, Plan frozen) {
    return Refusal.of(
            "not-eligible", requester.name() + " may no longer ask for “" + frozen.title() + "”.")
        .in("decide")
        .with(requester.name(), frozen.title());
  }

  private static Refusal withdrawn(Plan frozen) {
    return Refusal.of(
            "runbook-withdrawn",
            "The runbook “"
                + frozen.title()
                + "” is no longer in use, so nothing can be granted by it.")
        .with(frozen.title());
  }

  /**
   * Whether today's runbook asks this person. It is the stage at the same place that counts; where
   * the chain has become shorter, any.
   */
  private boolean isAsked(
      Runbook runbook,
      TargetSystem system,
      Plan frozen,
      int stage,
      Person approver,
      Person requester) {
    var stages = today(runbook, stage);
    return standsIn(frozen.stages().get(stage), approver, system)
        || stages.stream()
            .flatMap(
                today ->
                    Stream.concat(
                        today.by().stream(),
                        Optional.ofNullable(today.escalation()).stream()
                            .flatMap(escalation -> escalation.to().stream())))
            .anyMatch(
                who ->
                    switch (who) {
                      case Who.Everyone _ -> false;
                      case Who.Manager _ ->
                          isAbove(
                              Chain.managerOf(requester, directory),
                              approver,
                              system,
                              frozen,
                              stage);
                      case Who.ManagersManager _ ->
                          isAbove(
                              Chain.managersManagerOf(requester, directory),
                              approver,
                              system,
                              frozen,
                              stage);
                      case Who.Owners _ -> owns(approver, system);
                      case Who.Group group -> approver.isIn(group.name());
                      case Who.Named named -> named.email().equals(approver.email());
                    });
  }

  /**
   * Whether this is today's manager; or an owner, who stands in: if today's manager was not asked,
   * the owners are the only ones who can answer.
   */
  private static boolean isAbove(
      Optional<Person> manager, Person approver, TargetSystem system, Plan frozen, int stage) {
    var asked = frozen.stages().get(stage).asked();
    return manager.filter(each -> each.email().equals(approver.email())).isPresent()
        || (owns(approver, system)
            && manager.filter(each -> asked.contains(each.email())).isEmpty());
  }

  /**
   * Whether this owner is asked only because others have approved an earlier stage: no word of the
   * runbook names them.
   */
  private static boolean standsIn(StagePlan stage, Person approver, TargetSystem system) {
    var others = stage.others();
    return others != null
        && others.standIns().contains(approver.email())
        && stage.rounds().stream().noneMatch(each -> each.approvers().contains(approver.email()))
        && owns(approver, system);
  }

  private static boolean owns(Person approver, TargetSystem system) {
    return system.owners().contains(approver.email());
  }
}
