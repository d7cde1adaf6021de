package dev.daypass.runbook;

import dev.daypass.access.Plan;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.StagePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What no single policy can say: whether systems, runbooks and people fit together. The same for a
 * folder before it is published and for what is published, against the people of today.
 */
public final class PolicySense {
  private static final String SAME_APPROVER = "no-other-approver";

  private final Catalog catalog;
  private final Directory directory;
  private final @Nullable List<Person> everybody;
  private final List<Finding> findings = new ArrayList<>();

  private PolicySense(Catalog catalog, Directory directory, @Nullable List<Person> everybody) {
    this.catalog = catalog;
    this.directory = directory;
    this.everybody = everybody;
  }

  /** Whether the policies fit together, whoever there is. */
  public static List<Finding> ofPolicies(Catalog catalog) {
    var sense = new PolicySense(catalog, Directory.of(List.of()), List.of());
    sense.groupsOfRoles();
    sense.rolesApart();
    sense.unused();
    sense.runbooks().forEach(runbook -> sense.target(runbook.policy()));
    return List.copyOf(sense.findings);
  }

  /**
   * Whether owners, groups and approvers are there, and whether somebody can answer everybody who
   * may ask.
   *
   * @param everybody all people that there are
   */
  public static List<Finding> ofPeople(Catalog catalog, List<Person> everybody) {
    return ofPeople(new PolicySense(catalog, Directory.of(everybody), everybody));
  }

  /**
   * As {@link #ofPeople(Catalog, List)}, where not all people can be listed. A runbook for everyone
   * is then tried with those who decide about it: nobody decides about their own request, so they
   * are the ones for whom a chain can fall short. That others have no manager is not found.
   *
   * <p>Reads each person and each group once: those that the policies name, and the managers of
   * whoever may ask.
   */
  public static List<Finding> ofPeople(Catalog catalog, Directory directory) {
    return ofPeople(new PolicySense(catalog, directory.remembered(), null));
  }

  private static List<Finding> ofPeople(PolicySense sense) {
    sense.systems().forEach(system -> sense.owners(system.policy()));
    for (var runbook : sense.runbooks()) {
      if (sense.peopleAreKnown(runbook.policy())) {
        sense.system(runbook.policy()).ifPresent(system -> sense.chains(runbook.policy(), system));
      }
    }
    return List.copyOf(sense.findings);
  }

  /**
   * Whether the rules by which holders extend their access, and those that approve at once, count:
   * those of a publisher whom nobody knows do not ({@link Eligibility#mayExtend}, {@link
   * AutoApproval}).
   */
  public static List<Finding> ofPublishers(Catalog catalog, Directory directory) {
    var sense = new PolicySense(catalog, directory.remembered(), null);
    for (var runbook : sense.runbooks()) {
      var publisher = runbook.publisher().strip().toLowerCase(Locale.ROOT);
      if (runbook.policy().extend() != null && sense.directory.person(publisher).isEmpty()) {
        sense.error(
            runbook.policy(),
            "/extend",
            Said.of("oversee.finding.publisher", runbook.publisher()),
            Said.of("oversee.remedy.publisher"));
      }
      if (!runbook.policy().autoApproval().isEmpty()
          && sense.directory.person(publisher).isEmpty()) {
        sense.error(
            runbook.policy(),
            "/autoApproval",
            Said.of("oversee.finding.publisher-of-rule", runbook.publisher()),
            Said.of("oversee.remedy.publisher"));
      }
    }
    return List.copyOf(sense.findings);
  }

  private List<Published<Runbook>> runbooks() {
    return catalog.runbooks().values().stream()
        .sorted(Comparator.comparing(published -> published.policy().id()))
        .toList();
  }

  private List<Published<TargetSystem>> systems() {
    return catalog.systems().values().stream()
        .sorted(Comparator.comparing(published -> published.policy().id()))
        .toList();
  }

  private Optional<TargetSystem> system(Runbook runbook) {
    return catalog.system(runbook.system()).map(Published::policy);
  }

  // Policies

  /** Two roles that are one group in the target would end each other's access. */
  private void groupsOfRoles() {
    var first = new HashMap<String, String>();
    for (var published : systems()) {
      var system = published.policy();
      for (int i = 0; i < system.roles().size(); i++) {
        var role = system.roles().get(i);
        var group = place(system) + "\n" + role.group();
        var earlier = first.putIfAbsent(group, system.id() + "/" + role.id());
        if (earlier != null) {
          error(
              system,
              "/roles/" + i + "/group",
              Said.of("oversee.finding.group-of-two-roles", role.group(), earlier),
              Said.of("oversee.remedy.group-of-two-roles"));
        }
      }
    }
  }

  /** A role that is kept apart from one that there is not would be kept apart from nothing. */
  private void rolesApart() {
    for (var published : systems()) {
      var system = published.policy();
      for (int i = 0; i < system.roles().size(); i++) {
        var role = system.roles().get(i);
        for (int j = 0; j < role.apart().size(); j++) {
          apart(system, role, role.apart().get(j), "/roles/" + i + "/apart/" + j);
        }
      }
    }
  }

  private void apart(
      TargetSystem system, TargetSystem.Role role, TargetSystem.RoleName other, String place) {
    if (other.equals(new TargetSystem.RoleName(system.id(), role.id()))) {
      error(
          system,
          place,
          Said.of("oversee.finding.apart-from-itself", role.id()),
          Said.of("oversee.remedy.apart-from-itself"));
      return;
    }
    var named = catalog.system(other.system()).map(Published::policy);
    if (named.isEmpty()) {
      error(
          system,
          place,
          Said.of("oversee.finding.no-system", other.system()),
          meant(other.system(), new TreeSet<>(catalog.systems().keySet())));
    } else if (named.get().role(other.role()).isEmpty()) {
      error(
          system,
          place,
          Said.of("oversee.finding.no-role", other.system(), other.role()),
          meant(other.role(), named.get().roles().stream().map(TargetSystem.Role::id).toList()));
    }
  }

  /** Where its groups are: systems can share a connection, but not the hands of their owners. */
  private static String place(TargetSystem system) {
    return system.connector().isByHand()
        ? "by hand in " + system.id()
        : system.connector().connection();
  }

  private void unused() {
    var used =
        runbooks().stream()
            .map(Published::policy)
            .map(runbook -> runbook.system() + "/" + runbook.role())
            .collect(Collectors.toSet());
    for (var published : systems()) {
      var system = published.policy();
      if (runbooks().stream().noneMatch(each -> each.policy().system().equals(system.id()))) {
        warning(
            system,
            "/id",
            Said.of("oversee.finding.unused-system", system.id()),
            Said.of("oversee.remedy.unused"));
        continue;
      }
      for (int i = 0; i < system.roles().size(); i++) {
        var role = system.roles().get(i).id();
        if (!used.contains(system.id() + "/" + role)) {
          warning(
              system,
              "/roles/" + i + "/id",
              Said.of("oversee.finding.unused-role", role),
              Said.of("oversee.remedy.unused"));
        }
      }
    }
  }

  private void target(Runbook runbook) {
    var system = system(runbook);
    if (system.isEmpty()) {
      error(
          runbook,
          "/system",
          Said.of("oversee.finding.no-system", runbook.system()),
          meant(runbook.system(), new TreeSet<>(catalog.systems().keySet())));
      return;
    }
    if (system.get().role(runbook.role()).isEmpty()) {
      error(
          runbook,
          "/role",
          Said.of("oversee.finding.no-role", runbook.system(), runbook.role()),
          meant(runbook.role(), system.get().roles().stream().map(TargetSystem.Role::id).toList()));
    }
  }

  // People

  private void owners(TargetSystem system) {
    var owners = system.owners();
    directory.people(owners);
    var live = new HashSet<String>();
    for (int i = 0; i < owners.size(); i++) {
      if (directory.active(owners.get(i)).isPresent()) {
        live.add(owners.get(i));
      } else {
        error(system, "/owners/" + i, notThere(owners.get(i)), instead(owners.get(i)));
      }
    }
    if (live.size() < 2) {
      error(
          system,
          "/owners",
          Said.of(live.isEmpty() ? "oversee.finding.no-owner" : "oversee.finding.one-owner"),
          Said.of("oversee.remedy.owners"));
    }
  }

  private boolean peopleAreKnown(Runbook runbook) {
    boolean known = words(runbook, "/mayAsk", runbook.mayAsk());
    known &= words(runbook, "/mayAskForOthers", runbook.mayAskForOthers());
    for (int i = 0; i < runbook.approval().size(); i++) {
      var stage = runbook.approval().get(i);
      var place = "/approval/" + i;
      known &= words(runbook, place + "/by", stage.by());
      var escalation = stage.escalation();
      if (escalation != null) {
        known &= words(runbook, place + "/escalateTo", escalation.to());
      }
    }
    groupsOfRules(runbook);
    emergency(runbook);
    return known;
  }

  /** Whether those are there who may take it without asking, and for each of them a reviewer. */
  private void emergency(Runbook runbook) {
    var glass = runbook.breakGlass();
    if (glass == null) {
      return;
    }
    boolean known = words(runbook, "/breakGlass/who", glass.who());
    known &= words(runbook, "/breakGlass/review", glass.review());
    if (!known) {
      return;
    }
    var alone =
        glass.who().stream()
            .flatMap(this::meant)
            .map(Person::email)
            .distinct()
            .filter(each -> isUnreviewed(runbook, each))
            .toList();
    if (!alone.isEmpty()) {
      error(
          runbook,
          "/breakGlass/review",
          Said.of("oversee.finding.no-reviewer", some(alone)),
          Said.of("oversee.remedy.no-reviewer"));
    }
  }

  private Stream<Person> meant(Who who) {
    return switch (who) {
      case Who.Group group -> directory.group(group.name()).stream();
      case Who.Named named -> directory.active(named.email()).stream();
      // Runbook refuses these here.
      case Who.Everyone _, Who.Manager _, Who.ManagersManager _, Who.Owners _ -> Stream.empty();
    };
  }

  private boolean isUnreviewed(Runbook runbook, String person) {
    return Planner.emergency(catalog, directory, Past.UNKNOWN, runbook.id(), person)
        .checks()
        .stream()
        .anyMatch(check -> check.refusal().filter(r -> r.code().equals("no-reviewer")).isPresent());
  }

  private void groupsOfRules(Runbook runbook) {
    for (int i = 0; i < runbook.autoApproval().size(); i++) {
      var group = runbook.autoApproval().get(i).inGroup();
      if (group != null && directory.group(group).isEmpty()) {
        error(
            runbook,
            "/autoApproval/" + i + "/inGroup",
            Said.of("oversee.finding.empty-group", group),
            meant(group, groups()));
      }
    }
  }

  private boolean words(Runbook runbook, String place, List<Who> words) {
    boolean known = true;
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case Who.Group group -> {
          if (directory.group(group.name()).isEmpty()) {
            known = false;
            error(
                runbook,
                place + "/" + i,
                Said.of("oversee.finding.empty-group", group.name()),
                meant(group.name(), groups()));
          }
        }
        case Who.Named named -> {
          if (directory.active(named.email()).isEmpty()) {
            known = false;
            error(runbook, place + "/" + i, notThere(named.email()), instead(named.email()));
          }
        }
        case Who.Everyone _, Who.Manager _, Who.ManagersManager _, Who.Owners _ -> {}
      }
    }
    return known;
  }

  private Said notThere(String email) {
    return directory.person(email).isPresent()
        ? Said.of("oversee.finding.left", email)
        : Said.of("oversee.finding.no-person", email);
  }

  private Said instead(String email) {
    return everybody == null
        ? Said.of("oversee.remedy.other-person")
        : meant(email, Person.emails(everybody));
  }

  /** All groups, if they can be listed. */
  private Collection<String> groups() {
    var groups = new TreeSet<String>();
    if (everybody != null) {
      everybody.forEach(person -> groups.addAll(person.groups()));
    }
    return groups;
  }

  /** Plays through the chain for everybody who may ask. */
  private void chains(Runbook runbook, TargetSystem system) {
    if (system.role(runbook.role()).isEmpty()) {
      return;
    }
    var stuck = new LinkedHashMap<String, List<String>>();
    var stages = new LinkedHashMap<Person, List<StagePlan>>();
    for (var person : askers(runbook, system)) {
      switch (Planner.preview(catalog, directory, Past.UNKNOWN, runbook.id(), person.email())) {
        case Planning.Planned planned -> stages.put(person, planned.plan().stages());
        case Planning.Refused refused -> {
          if (refused.refusals().stream().noneMatch(r -> r.code().equals("not-eligible"))) {
            refused
                .refusals()
                .forEach(
                    refusal ->
                        stuck
                            .computeIfAbsent(refusal.code(), _ -> new ArrayList<>())
                            .add(person.email()));
          }
        }
      }
    }
    stuck.forEach(
        (code, emails) -> {
          if (!code.equals(SAME_APPROVER)) {
            error(runbook, "/approval", gap(code, emails), Said.of("oversee.remedy.chain"));
          } else if (stages.isEmpty()) {
            error(runbook, "/approval", gap(code, emails), Said.of("oversee.remedy.same-approver"));
          } else {
            warning(
                runbook, "/approval", gap(code, emails), Said.of("oversee.remedy.same-approver"));
          }
        });
    forOthers(runbook, system, List.copyOf(stages.keySet()));
    for (int i = 0; i < runbook.approval().size(); i++) {
      escalation(runbook, i, stages);
      manager(runbook, i, List.copyOf(stages.keySet()));
      size(runbook, i, system);
    }
  }

  /**
   * Whether those who may ask for others can, and whether somebody is left to decide when they do:
   * neither of the two decides, so the chain falls short only if it is a decider who asks.
   *
   * @param mayAsk those of them for whom somebody can decide when they ask themselves
   */
  private void forOthers(Runbook runbook, TargetSystem system, List<Person> mayAsk) {
    var words = runbook.mayAskForOthers();
    if (words.isEmpty() || mayAsk.isEmpty()) {
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      if (mayAsk.stream().noneMatch(isAskedFor(words.get(i)))) {
        warning(
            runbook,
            "/mayAskForOthers/" + i,
            Said.of("oversee.finding.asks-for-nobody", words.get(i).text()),
            Said.of("oversee.remedy.asks-for-nobody"));
      }
    }
    var deciding = deciders(runbook, system).map(Person::email).collect(Collectors.toSet());
    var stuck = new ArrayList<String>();
    for (var person : mayAsk) {
      boolean isStuck =
          Stream.concat(
                  Stream.ofNullable(person.manager())
                      .flatMap(each -> directory.active(each).stream()),
                  deciding.stream().flatMap(each -> directory.active(each).stream()))
              .distinct()
              .filter(asker -> !asker.equals(person))
              .filter(asker -> Planner.mayAskFor(runbook, asker, person))
              .anyMatch(asker -> isStuck(runbook, person, asker));
      if (isStuck) {
        stuck.add(person.email());
      }
    }
    if (!stuck.isEmpty()) {
      warning(
          runbook,
          "/mayAskForOthers",
          Said.of("oversee.finding.stuck-for-others", some(stuck)),
          Said.of("oversee.remedy.stuck-for-others"));
    }
  }

  private boolean isStuck(Runbook runbook, Person requester, Person asker) {
    return Planner.preview(
            catalog, directory, Past.UNKNOWN, runbook.id(), requester.email(), asker.email())
        instanceof Planning.Refused;
  }

  /**
   * Whether there is somebody, not the person themselves, whom this word lets ask for the person.
   */
  private Predicate<Person> isAskedFor(Who word) {
    return switch (word) {
      case Who.Manager _ -> person -> Chain.managerOf(person, directory).isPresent();
      case Who.Group group -> {
        var members = Person.emails(directory.group(group.name()));
        yield person -> members.stream().anyMatch(each -> !each.equals(person.email()));
      }
      case Who.Named named -> person -> !named.email().equals(person.email());
      // Runbook refuses these here.
      case Who.Everyone _, Who.ManagersManager _, Who.Owners _ -> _ -> false;
    };
  }

  /** With whom the chain is tried; their managers are read at once. */
  private List<Person> askers(Runbook runbook, TargetSystem system) {
    if (everybody != null) {
      return everybody;
    }
    var askers = new TreeMap<String, Person>();
    for (var who : runbook.mayAsk()) {
      switch (who) {
        case Who.Everyone _ -> deciders(runbook, system).forEach(each -> add(askers, each));
        case Who.Group group -> directory.group(group.name()).forEach(each -> add(askers, each));
        case Who.Named named ->
            directory.active(named.email()).ifPresent(each -> add(askers, each));
        // Runbook refuses these here.
        case Who.Manager _, Who.ManagersManager _, Who.Owners _ -> {}
      }
    }
    directory.people(
        askers.values().stream().map(Person::manager).filter(Objects::nonNull).toList());
    return List.copyOf(askers.values());
  }

  private static void add(Map<String, Person> people, Person person) {
    people.put(person.email(), person);
  }

  private Stream<Person> deciders(Runbook runbook, TargetSystem system) {
    return runbook.approval().stream()
        .flatMap(
            stage ->
                Stream.concat(
                    stage.by().stream(),
                    Optional.ofNullable(stage.escalation()).stream()
                        .flatMap(escalation -> escalation.to().stream())))
        .flatMap(
            who ->
                switch (who) {
                  case Who.Everyone _ -> Stream.<Person>empty();
                  case Who.Manager _, Who.ManagersManager _, Who.Owners _ ->
                      directory.people(system.owners()).stream();
                  case Who.Group group -> directory.group(group.name()).stream();
                  case Who.Named named -> directory.person(named.email()).stream();
                })
        .filter(Person::active);
  }

  private static Said gap(String code, List<String> emails) {
    return switch (code) {
      case "no-approver" -> Said.of("oversee.finding.no-approver", some(emails));
      case "too-few-approvers" -> Said.of("oversee.finding.too-few-approvers", some(emails));
      case "too-few-instead" -> Said.of("oversee.finding.too-few-instead", some(emails));
      case SAME_APPROVER -> Said.of("oversee.finding.same-approver", some(emails));
      default -> Said.of("oversee.finding.chain", some(emails), code);
    };
  }

  private void escalation(Runbook runbook, int index, Map<Person, List<StagePlan>> stages) {
    if (runbook.approval().get(index).escalation() == null) {
      return;
    }
    var toNobody =
        stages.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().get(index).rounds().stream()
                        .noneMatch(round -> asksOthers(round, entry.getValue().get(index))))
            .map(entry -> entry.getKey().email())
            .toList();
    var place = "/approval/" + index + "/escalateTo";
    if (toNobody.isEmpty()) {
      return;
    }
    if (toNobody.size() == stages.size()) {
      error(
          runbook,
          place,
          Said.of("oversee.finding.escalation"),
          Said.of("oversee.remedy.escalation"));
    } else {
      warning(
          runbook,
          place,
          Said.of("oversee.finding.escalation-for-some", some(toNobody)),
          Said.of("oversee.remedy.escalation-for-some"));
    }
  }

  private static boolean asksOthers(RoundPlan round, StagePlan stage) {
    return round.kind() == RoundPlan.Kind.ESCALATION
        && !stage.rounds().getFirst().approvers().containsAll(round.approvers());
  }

  private void manager(Runbook runbook, int index, List<Person> mayAsk) {
    without(
        runbook, index, new Who.Manager(), "oversee.finding.no-manager", mayAsk, Chain::managerOf);
    without(
        runbook,
        index,
        new Who.ManagersManager(),
        "oversee.finding.no-managers-manager",
        mayAsk,
        Chain::managersManagerOf);
  }

  /** For whom there is nobody where a stage asks for this one person. */
  private void without(
      Runbook runbook,
      int index,
      Who asked,
      String finding,
      List<Person> mayAsk,
      BiFunction<Person, Directory, Optional<Person>> known) {
    if (!runbook.approval().get(index).by().contains(asked)) {
      return;
    }
    var without =
        mayAsk.stream()
            .filter(person -> known.apply(person, directory).isEmpty())
            .map(Person::email)
            .toList();
    if (!without.isEmpty()) {
      warning(
          runbook,
          "/approval/" + index + "/by",
          Said.of(finding, some(without)),
          Said.of("oversee.remedy.no-manager"));
    }
  }

  private void size(Runbook runbook, int index, TargetSystem system) {
    long asked =
        runbook.approval().get(index).by().stream()
            .flatMap(
                who ->
                    switch (who) {
                      case Who.Everyone _ -> Stream.<String>empty();
                      case Who.Manager _ -> Stream.of("the manager");
                      case Who.ManagersManager _ -> Stream.of("the manager's manager");
                      case Who.Owners _ -> system.owners().stream();
                      case Who.Group group ->
                          directory.group(group.name()).stream().map(Person::email);
                      case Who.Named named -> Stream.of(named.email());
                    })
            .distinct()
            .count();
    if (asked > Plan.MOST_APPROVERS) {
      warning(
          runbook,
          "/approval/" + index + "/by",
          Said.of("oversee.finding.crowd", asked),
          Said.of("oversee.remedy.crowd", Plan.MOST_APPROVERS));
    }
  }

  // Words

  private static Said some(List<String> emails) {
    return emails.size() <= 3
        ? Said.of("oversee.some", emails)
        : Said.of("oversee.some.more", emails.size() - 2, emails.get(0), emails.get(1));
  }

  private static Said meant(String word, Collection<String> known) {
    return Nearest.to(word, known)
        .map(near -> Said.of("oversee.remedy.near", near))
        .orElseGet(
            () ->
                known.isEmpty()
                    ? Said.of("oversee.remedy.add")
                    : known.size() <= 12
                        ? Said.of("oversee.remedy.known", List.copyOf(known))
                        : Said.of("oversee.remedy.one-of", known.size()));
  }

  private void error(Runbook runbook, String place, Said wrong, Said right) {
    add(Finding.Kind.RUNBOOK, runbook.id(), place, Finding.Severity.ERROR, wrong, right);
  }

  private void error(TargetSystem system, String place, Said wrong, Said right) {
    add(Finding.Kind.SYSTEM, system.id(), place, Finding.Severity.ERROR, wrong, right);
  }

  private void warning(Runbook runbook, String place, Said wrong, Said right) {
    add(Finding.Kind.RUNBOOK, runbook.id(), place, Finding.Severity.WARNING, wrong, right);
  }

  private void warning(TargetSystem system, String place, Said wrong, Said right) {
    add(Finding.Kind.SYSTEM, system.id(), place, Finding.Severity.WARNING, wrong, right);
  }

  private void add(
      Finding.Kind kind,
      String id,
      String place,
      Finding.Severity severity,
      Said wrong,
      Said right) {
    findings.add(new Finding(kind, id, place, severity, wrong, right));
  }
}
