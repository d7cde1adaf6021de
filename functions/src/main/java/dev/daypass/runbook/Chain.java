package dev.daypass.runbook;

import dev.daypass.access.InEnglish;
import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who decides about one person's request: the stages of a runbook with people in the place of
 * words. The person it is for is never among them, nor whoever asks for them, nor anybody who has
 * left.
 */
final class Chain {
  private final Runbook runbook;
  private final TargetSystem system;
  private final Person requester;
  private final String asker;
  private final Directory directory;

  /**
   * @param asker email address of the person who asks; the requester's, or somebody else's
   */
  Chain(Runbook runbook, TargetSystem system, Person requester, String asker, Directory directory) {
    this.runbook = runbook;
    this.system = system;
    this.requester = requester;
    this.asker = asker;
    this.directory = directory;
  }

  private boolean isForOther() {
    return !asker.equals(requester.email());
  }

  private boolean isInvolved(Person person) {
    return person.email().equals(requester.email()) || person.email().equals(asker);
  }

  /**
   * One check for each stage, that enough people can decide; and if they can, one that others can
   * where nobody counts twice.
   */
  List<Check> checks() {
    var checks =
        Stream.iterate(0, index -> index < runbook.approval().size(), index -> index + 1)
            .map(this::check)
            .toList();
    return isDecidedByOthers() && checks.stream().allMatch(Check::satisfied)
        ? Stream.concat(checks.stream(), Stream.of(othersDecide())).toList()
        : checks;
  }

  /** Whether there is an earlier stage, whose approvers do not count in a later one. */
  private boolean isDecidedByOthers() {
    return runbook.approval().size() > 1 && !runbook.sameApprover();
  }

  /** The stages; only if all {@link #checks} are satisfied. */
  List<StagePlan> stages() {
    var stages = new ArrayList<StagePlan>();
    for (var stage : runbook.approval()) {
      // Before the first one nobody can have approved.
      stages.add(stage(stage, !stages.isEmpty() && isDecidedByOthers()));
    }
    return List.copyOf(stages);
  }

  /** Whoever comes to approve, there must be somebody else for what follows. */
  private Check othersDecide() {
    var stuck = Plan.stuck(stages());
    if (stuck.isEmpty()) {
      return Check.satisfied(
          "others-decide",
          "Nobody counts twice: whoever approves one step does not decide about a later one.",
          Said.of("check.others-decide"));
    }
    var stage = runbook.approval().get(stuck.getAsInt());
    var escalation = stage.escalation();
    var people = new LinkedHashSet<Person>();
    if (escalation == null || !escalation.replaces()) {
      people.addAll(people(stage.by()));
    }
    if (escalation != null) {
      people.addAll(people(escalation.to()));
    }
    people.addAll(people(List.of(new Who.Owners())));
    var names = names(List.copyOf(people));
    return refused(
        "no-other-approver",
        "Step "
            + (stuck.getAsInt() + 1)
            + " could be left without anybody to decide: whoever approves an earlier step does not"
            + " count again, and only "
            + InEnglish.list(names, "and")
            + " can decide about it.",
        stuck.getAsInt() + 1,
        names);
  }

  /**
   * Email addresses of those who review an emergency: whom these words mean; if that is nobody, the
   * system's owners. At most as many as may be asked; empty if there is nobody.
   */
  List<String> reviewers(List<Who> words) {
    var meant = firstOf(people(words));
    return meant.isEmpty() ? firstOf(people(List.of(new Who.Owners()))) : meant;
  }

  private Check check(int index) {
    var stage = runbook.approval().get(index);
    var people = people(stage.by());
    int needed = stage.needed().of(people.size());
    if (people.isEmpty()) {
      return isForOther()
          ? noApproverForOther(stage)
          : refused(
              "no-approver",
              "Nobody can approve this for you now: "
                  + InEnglish.list(stage.by().stream().map(this::gap).toList(), "and")
                  + ".",
              stage.by().stream().map(this::gapSaid).toList());
    }
    if (needed > people.size() && isForOther()) {
      return refusedForOther(
          "too-few-approvers",
          "This needs "
              + needed
              + " people to approve, and only "
              + InEnglish.list(names(people), "and")
              + " can do so for "
              + requester.name()
              + " now.",
          needed,
          names(people),
          requester.name());
    }
    if (needed > people.size()) {
      return refused(
          "too-few-approvers",
          "This needs "
              + needed
              + " people to approve, and only "
              + InEnglish.list(names(people), "and")
              + " can do so for you now.",
          needed,
          names(people));
    }
    if (needed > Plan.MOST_APPROVERS) {
      return refused(
          "too-many-approvers",
          "This needs "
              + needed
              + " people to approve, and at most "
              + Plan.MOST_APPROVERS
              + " can be asked.",
          needed,
          Plan.MOST_APPROVERS);
    }
    var escalation = stage.escalation();
    if (escalation != null && escalation.replaces()) {
      var instead = people(escalation.to());
      // Where they are the same people nobody is replaced, and it is a reminder.
      if (!instead.isEmpty() && Asked.of(stage, people, instead).last().size() < needed) {
        return refused(
            "too-few-instead",
            "This needs "
                + needed
                + " approvals, and those who are asked instead if nobody answers ("
                + InEnglish.list(names(instead), "and")
                + ") are too few.",
            needed,
            names(instead));
      }
    }
    return Check.satisfied(
        "approvers",
        title(stage) + ": " + InEnglish.list(names(people), joint(needed, people)) + ".",
        Said.of("check.approvers", index + 1, needed, names(people)));
  }

  /** Neither the one who asks nor the one it is for decides, so there may be nobody left. */
  private Check noApproverForOther(Runbook.Stage stage) {
    return refusedForOther(
        "no-approver",
        "Nobody can approve this now if you ask for "
            + requester.name()
            + ": "
            + InEnglish.list(stage.by().stream().map(this::gap).toList(), "and")
            + ".",
        stage.by().stream().map(this::gapSaid).toList(),
        requester.name());
  }

  /** Of somebody else than the reader. */
  private Check refusedForOther(String code, String sentence, Object... arguments) {
    var refusal = refused(code, sentence, arguments).refusal().orElseThrow();
    return Check.refused(refusal.in("of-other"));
  }

  /** Says whom to tell, too. */
  private Check refused(String code, String sentence, Object... arguments) {
    var owners = ownersToTell();
    var tell =
        owners.isEmpty()
            ? Said.of("tell.owners", system.title())
            : Said.of("tell.named-owners", owners, system.title());
    return Check.refused(
        Refusal.of(
                code,
                sentence
                    + " Please tell the owners of "
                    + system.title()
                    + (owners.isEmpty() ? "" : " (" + InEnglish.list(owners, "or") + ")")
                    + ".")
            .with(Stream.concat(Stream.of(arguments), Stream.of(tell)).toArray()));
  }

  private static String joint(int needed, List<Person> people) {
    return needed == people.size() ? "and" : "or";
  }

  /**
   * Those to whom a decision of this stage can be handed over: whoever the runbook has decide
   * there, at first or later, and the system's owners. Each once.
   */
  List<Person> mayTake(Runbook.Stage stage) {
    var words = new ArrayList<>(stage.by());
    var escalation = stage.escalation();
    if (escalation != null) {
      words.addAll(escalation.to());
    }
    words.add(new Who.Owners());
    return people(words);
  }

  private StagePlan stage(Runbook.Stage stage, boolean byOthers) {
    var people = people(stage.by());
    int needed = stage.needed().of(people.size());
    var escalation = stage.escalation();
    var asked = Asked.of(stage, people, escalation == null ? List.of() : people(escalation.to()));
    var first = asked.first();
    var rounds = new ArrayList<RoundPlan>();
    rounds.add(new RoundPlan(RoundPlan.Kind.NOTICE, stage.remindAfter(), first, needed));
    if (escalation == null || Set.copyOf(asked.last()).equals(Set.copyOf(first))) {
      rounds.add(reminder(stage.lapseAfter().minus(stage.remindAfter()), first, needed));
    } else {
      rounds.add(reminder(escalation.after().minus(stage.remindAfter()), first, needed));
      rounds.add(
          new RoundPlan(
              RoundPlan.Kind.ESCALATION,
              stage.lapseAfter().minus(escalation.after()),
              asked.last(),
              needed));
    }
    return new StagePlan(
        title(stage), runbook.proof(), rounds, byOthers ? others(stage, asked) : null);
  }

  /**
   * Whom a stage asks first and whom it asks last: the same, more, or others instead. Both together
   * are at most as many as a stage may ask; a group can grow past that after the runbook was
   * checked, and then the first of it suffice.
   */
  private record Asked(List<String> first, List<String> last) {
    static Asked of(Runbook.Stage stage, List<Person> people, List<Person> further) {
      var escalation = stage.escalation();
      if (escalation == null || !escalation.replaces() || further.isEmpty()) {
        var asked = Person.emails(people);
        return new Asked(firstOf(asked, List.of()), firstOf(asked, Person.emails(further)));
      }
      // They must be able to decide alone, so they come before those who are not needed.
      int needed = stage.needed().of(people.size());
      var known = Person.emails(people);
      long strangers =
          Person.emails(further).stream().filter(each -> !known.contains(each)).count();
      var first =
          known.stream()
              .limit(Math.max(needed, Plan.MOST_APPROVERS - Math.min(strangers, needed)))
              .toList();
      var both = firstOf(first, Person.emails(further));
      return new Asked(
          first, Person.emails(further).stream().filter(both::contains).distinct().toList());
    }

    private static List<String> firstOf(List<String> some, List<String> more) {
      return Stream.concat(some.stream(), more.stream())
          .distinct()
          .limit(Plan.MOST_APPROVERS)
          .toList();
    }

    boolean replaces() {
      return !last.containsAll(first);
    }

    /** How many more a stage may ask. */
    long room() {
      return Plan.MOST_APPROVERS - Stream.concat(first.stream(), last.stream()).distinct().count();
    }
  }

  private StagePlan.Others others(Runbook.Stage stage, Asked asked) {
    var owners = firstOf(people(List.of(new Who.Owners())));
    return new StagePlan.Others(
        stage.needed() instanceof Runbook.Needed.All,
        asked.replaces() ? standIns(owners, asked) : owners);
  }

  /** As many of these as a stage can ask that asks others instead. */
  private static List<String> standIns(List<String> owners, Asked asked) {
    var standIns = new ArrayList<String>();
    long room = asked.room();
    for (var owner : owners) {
      boolean isAsked = asked.first().contains(owner) || asked.last().contains(owner);
      if (isAsked || room > 0) {
        standIns.add(owner);
      }
      if (!isAsked) {
        room--;
      }
    }
    return List.copyOf(standIns);
  }

  private static RoundPlan reminder(Duration lasts, List<String> approvers, int needed) {
    return new RoundPlan(RoundPlan.Kind.REMINDER, lasts, approvers, needed);
  }

  private static List<String> firstOf(List<Person> people) {
    return Person.emails(people).stream().distinct().limit(Plan.MOST_APPROVERS).toList();
  }

  /** Those meant, each once, in the order of the words. */
  private List<Person> people(List<Who> words) {
    var people = new LinkedHashMap<String, Person>();
    for (var word : words) {
      for (var person : people(word)) {
        if (person.active() && !isInvolved(person)) {
          people.putIfAbsent(person.email(), person);
        }
      }
    }
    return List.copyOf(people.values());
  }

  private List<Person> people(Who word) {
    return switch (word) {
      // Everybody is nobody's decision: Runbook refuses it for stages.
      case Who.Everyone _ -> List.of();
      case Who.Manager _ -> manager().map(List::of).orElseGet(this::owners);
      case Who.ManagersManager _ -> managersManager().map(List::of).orElseGet(this::owners);
      case Who.Owners _ -> owners();
      case Who.Group group -> directory.group(group.name());
      case Who.Named named -> directory.active(named.email()).stream().toList();
    };
  }

  /**
   * The manager who can decide; without one the system's owners stand in, also where it is the
   * manager who asks.
   */
  private Optional<Person> manager() {
    return managerOf(requester, directory).filter(person -> !isInvolved(person));
  }

  static Optional<Person> managerOf(Person requester, Directory directory) {
    var manager = requester.manager();
    return manager == null || manager.equals(requester.email())
        ? Optional.empty()
        : directory.active(manager);
  }

  /** The manager's manager who can decide; without one the system's owners stand in. */
  private Optional<Person> managersManager() {
    return managersManagerOf(requester, directory).filter(person -> !isInvolved(person));
  }

  /** Whether the manager between the two is still here makes no difference. */
  static Optional<Person> managersManagerOf(Person requester, Directory directory) {
    return Optional.ofNullable(requester.manager())
        .flatMap(directory::person)
        .map(Person::manager)
        .filter(second -> !second.equals(requester.email()) && !second.equals(requester.manager()))
        .flatMap(directory::active);
  }

  private List<Person> owners() {
    return system.owners().stream().flatMap(owner -> directory.active(owner).stream()).toList();
  }

  private String gap(Who word) {
    return isForOther() ? gapForOther(word) : gapForReader(word);
  }

  private String gapForOther(Who word) {
    return switch (word) {
      case Who.Everyone _ -> "nobody is named";
      case Who.Manager _ ->
          "there is no manager of theirs who could decide, and "
              + system.title()
              + " has no other owner to stand in";
      case Who.ManagersManager _ ->
          "there is nobody above their manager who could decide, and "
              + system.title()
              + " has no other owner to stand in";
      case Who.Owners _ -> system.title() + " has no other owner who is still here";
      case Who.Group group -> "the group " + group.name() + " has no other member";
      case Who.Named named -> named.email() + " cannot decide (one of you two, or no longer here)";
    };
  }

  private String gapForReader(Who word) {
    return switch (word) {
      case Who.Everyone _ -> "nobody is named";
      case Who.Manager _ ->
          "we know of no manager of yours who is still here, and "
              + system.title()
              + " has no other owner to stand in";
      case Who.ManagersManager _ ->
          "we know of nobody above your manager who is still here, and "
              + system.title()
              + " has no other owner to stand in";
      case Who.Owners _ -> system.title() + " has no owner but you who is still here";
      case Who.Group group -> "the group " + group.name() + " has no member but you";
      case Who.Named named -> named.email() + " cannot decide (you, or no longer here)";
    };
  }

  private Said gapSaid(Who word) {
    if (isForOther()) {
      return switch (word) {
        case Who.Everyone _ -> Said.of("gap.nobody");
        case Who.Manager _ -> Said.of("gap.of-other.manager", system.title());
        case Who.ManagersManager _ -> Said.of("gap.of-other.managers-manager", system.title());
        case Who.Owners _ -> Said.of("gap.of-other.owners", system.title());
        case Who.Group group -> Said.of("gap.of-other.group", group.name());
        case Who.Named named -> Said.of("gap.of-other.named", named.email());
      };
    }
    return switch (word) {
      case Who.Everyone _ -> Said.of("gap.nobody");
      case Who.Manager _ -> Said.of("gap.manager", system.title());
      case Who.ManagersManager _ -> Said.of("gap.managers-manager", system.title());
      case Who.Owners _ -> Said.of("gap.owners", system.title());
      case Who.Group group -> Said.of("gap.group", group.name());
      case Who.Named named -> Said.of("gap.named", named.email());
    };
  }

  private List<String> ownersToTell() {
    return names(owners().stream().filter(owner -> !isInvolved(owner)).toList());
  }

  private static List<String> names(List<Person> people) {
    return people.stream().map(Person::name).toList();
  }

  private String title(Runbook.Stage stage) {
    var title = stage.title();
    return title != null
        ? title
        : capital(InEnglish.list(stage.by().stream().map(this::words).toList(), "or"));
  }

  private String words(Who word) {
    return switch (word) {
      case Who.Everyone _ -> "everyone";
      case Who.Manager _ -> manager().isPresent() ? whose() + " manager" : ownersOfSystem();
      case Who.ManagersManager _ ->
          managersManager().isPresent() ? whose() + " manager's manager" : ownersOfSystem();
      case Who.Owners _ -> ownersOfSystem();
      case Who.Group group -> "the group " + group.name();
      case Who.Named named ->
          directory.person(named.email()).map(Person::name).orElse(named.email());
    };
  }

  private String whose() {
    return isForOther() ? "their" : "your";
  }

  private String ownersOfSystem() {
    return "the owners of " + system.title();
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
