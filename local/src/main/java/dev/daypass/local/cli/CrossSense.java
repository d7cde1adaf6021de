package dev.daypass.local.cli;

import dev.daypass.access.Plan;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.local.cli.PolicyFiles.Source;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.Spoken;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What no single file can say: whether systems, runbooks and people fit together. */
final class CrossSense {
  private final List<Source<TargetSystem>> systems;
  private final List<Source<Runbook>> runbooks;
  private final PeopleFile people;
  private final boolean allSystemsRead;
  private final boolean allRunbooksRead;
  private final TreeSet<String> groups = new TreeSet<>();
  private final Directory directory;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param allSystemsRead whether {@code systems} are all there are: if not, an unknown one may
   *     just be a broken one, about which enough has been said
   * @param allRunbooksRead whether {@code runbooks} are all there are: if not, an unused system may
   *     be used by a broken one
   */
  CrossSense(
      List<Source<TargetSystem>> systems,
      List<Source<Runbook>> runbooks,
      PeopleFile people,
      boolean allSystemsRead,
      boolean allRunbooksRead) {
    this.systems = systems;
    this.runbooks = runbooks;
    this.people = people;
    this.allSystemsRead = allSystemsRead;
    this.allRunbooksRead = allRunbooksRead;
    this.directory = Directory.of(people.people());
    people.people().forEach(person -> groups.addAll(person.groups()));
  }

  List<Finding> check() {
    once(systems, TargetSystem::id, "/id", "two systems have the id", Finding::error);
    once(runbooks, Runbook::id, "/id", "two runbooks have the id", Finding::error);
    once(
        runbooks,
        runbook -> runbook.title().toLowerCase(Locale.ROOT),
        "/title",
        "two runbooks have the title",
        Finding::warning);
    groupsOfRoles();
    unused();
    for (var runbook : runbooks) {
      target(runbook);
    }
    // With an incomplete list of people, half of what follows would be wrong.
    if (people.findings().isEmpty() && !people.people().isEmpty()) {
      systems.forEach(this::owners);
      for (var runbook : runbooks) {
        if (peopleAreKnown(runbook)) {
          system(runbook.policy()).ifPresent(system -> chains(runbook, system));
        }
      }
    }
    return findings;
  }

  private interface Kind {
    Finding of(String file, int line, String wrong, String right);
  }

  private <T> void once(
      List<Source<T>> sources, Function<T, String> word, String pointer, String wrong, Kind kind) {
    var first = new HashMap<String, Source<T>>();
    for (var source : sources) {
      var text = word.apply(source.policy());
      var earlier = first.putIfAbsent(text, source);
      if (earlier != null) {
        findings.add(
            kind.of(
                source.file().name(),
                source.file().line(pointer),
                wrong + " “" + source.file().tree().at(pointer).asText() + "”",
                "change this one or the one in " + earlier.file().name()));
      }
    }
  }

  /** Two roles that are one group in the target would end each other's access. */
  private void groupsOfRoles() {
    var first = new HashMap<String, String>();
    for (var source : systems) {
      for (int i = 0; i < source.policy().roles().size(); i++) {
        var role = source.policy().roles().get(i);
        var group = source.policy().connector().connection() + "\n" + role.group();
        var here = source.policy().id() + "/" + role.id();
        var earlier = first.putIfAbsent(group, here);
        if (earlier != null) {
          error(
              source,
              "/roles/" + i + "/group",
              "the group “" + role.group() + "” already stands for the role " + earlier,
              "give each role a group of its own, or one could end the other's access");
        }
      }
    }
  }

  private void unused() {
    if (!allRunbooksRead) {
      return;
    }
    var used =
        runbooks.stream()
            .map(source -> source.policy().system() + "/" + source.policy().role())
            .collect(Collectors.toSet());
    for (var source : systems) {
      var system = source.policy();
      if (runbooks.stream().noneMatch(runbook -> runbook.policy().system().equals(system.id()))) {
        warning(
            source,
            "/id",
            "no runbook uses the system “" + system.id() + "”",
            "add one, or remove it");
        continue;
      }
      for (int i = 0; i < system.roles().size(); i++) {
        var role = system.roles().get(i).id();
        if (!used.contains(system.id() + "/" + role)) {
          warning(
              source,
              "/roles/" + i + "/id",
              "no runbook uses the role “" + role + "”",
              "add one, or remove it");
        }
      }
    }
  }

  private void target(Source<Runbook> source) {
    var runbook = source.policy();
    var system = system(runbook);
    if (system.isEmpty()) {
      if (allSystemsRead) {
        var known = systems.stream().map(known1 -> known1.policy().id()).toList();
        error(
            source,
            "/system",
            "there is no system “" + runbook.system() + "”",
            meant(runbook.system(), known));
      }
      return;
    }
    if (system.get().role(runbook.role()).isEmpty()) {
      var known = system.get().roles().stream().map(TargetSystem.Role::id).toList();
      error(
          source,
          "/role",
          "the system “" + runbook.system() + "” has no role “" + runbook.role() + "”",
          meant(runbook.role(), known));
    }
  }

  private void owners(Source<TargetSystem> source) {
    var owners = source.policy().owners();
    var live = new HashSet<String>();
    for (int i = 0; i < owners.size(); i++) {
      if (directory.active(owners.get(i)).isPresent()) {
        live.add(owners.get(i));
      } else {
        unknownPerson(source, "/owners/" + i, owners.get(i));
      }
    }
    if (live.size() < 2) {
      error(
          source,
          "/owners",
          "the system has "
              + (live.isEmpty() ? "no owner" : "only one owner")
              + " in the list of people",
          "name two at least, so that nothing waits for one person's holiday");
    }
  }

  private boolean peopleAreKnown(Source<Runbook> source) {
    int before = findings.size();
    var runbook = source.policy();
    words(source, "/mayAsk", runbook.mayAsk());
    for (int i = 0; i < runbook.approval().size(); i++) {
      var stage = runbook.approval().get(i);
      var place = "/approval/" + i;
      words(source, place + "/by", stage.by());
      var escalation = stage.escalation();
      if (escalation != null) {
        words(source, place + "/escalateTo", escalation.to());
      }
    }
    return findings.size() == before;
  }

  private void words(Source<Runbook> source, String place, List<Who> words) {
    for (int i = 0; i < words.size(); i++) {
      var pointer = source.file().tree().at(place).isArray() ? place + "/" + i : place;
      switch (words.get(i)) {
        case Who.Group group -> {
          if (!groups.contains(group.name())) {
            error(
                source,
                pointer,
                "nobody is in a group “" + group.name() + "”",
                meant(group.name(), groups));
          }
        }
        case Who.Named named -> {
          if (directory.active(named.email()).isEmpty()) {
            unknownPerson(source, pointer, named.email());
          }
        }
        case Who.Everyone _, Who.Manager _, Who.Owners _ -> {}
      }
    }
  }

  private void unknownPerson(Source<?> source, String pointer, String email) {
    error(
        source,
        pointer,
        "there is no " + email + " in the list of people",
        meant(email, people.people().stream().map(Person::email).toList()));
  }

  /** Plays through the chain for everybody who may ask. */
  private void chains(Source<Runbook> source, TargetSystem system) {
    var runbook = source.policy();
    if (system.role(runbook.role()).isEmpty()) {
      return;
    }
    var catalog =
        new Catalog(Map.of(runbook.id(), draft(runbook)), Map.of(system.id(), draft(system)));
    var stuck = new LinkedHashMap<String, List<String>>();
    var stages = new LinkedHashMap<Person, List<StagePlan>>();
    for (var person : people.people()) {
      switch (Planner.preview(catalog, directory, runbook.id(), person.email())) {
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
        (code, emails) ->
            error(
                source,
                "/approval",
                gap(code, emails),
                "add people to the chain, or to the group"));
    for (int i = 0; i < runbook.approval().size(); i++) {
      escalation(source, i, stages);
      manager(source, i, stages.keySet().stream().toList());
      size(source, i, system);
    }
  }

  private static String gap(String code, List<String> emails) {
    var who = some(emails);
    return switch (code) {
      case "no-approver" -> "nobody could answer if " + who + " asked";
      case "too-few-approvers" -> "more people are needed than could answer if " + who + " asked";
      default -> "the chain does not work if " + who + " asked (" + code + ")";
    };
  }

  private void escalation(Source<Runbook> source, int index, Map<Person, List<StagePlan>> stages) {
    if (source.policy().approval().get(index).escalation() == null) {
      return;
    }
    var toNobody =
        stages.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().get(index).rounds().stream()
                        .noneMatch(round -> round.kind() == RoundPlan.Kind.ESCALATION))
            .map(entry -> entry.getKey().email())
            .toList();
    var place = "/approval/" + index + "/escalateTo";
    if (toNobody.isEmpty()) {
      return;
    }
    if (toNobody.size() == stages.size()) {
      error(
          source,
          place,
          "the escalation asks nobody who was not asked before",
          "name somebody else, or leave escalateAfter and escalateTo out");
    } else {
      warning(
          source,
          place,
          "the escalation asks nobody new if " + some(toNobody) + " asked",
          "name one more");
    }
  }

  private void manager(Source<Runbook> source, int index, List<Person> mayAsk) {
    if (!source.policy().approval().get(index).by().contains(new Who.Manager())) {
      return;
    }
    var without =
        mayAsk.stream().filter(person -> person.manager() == null).map(Person::email).toList();
    if (!without.isEmpty()) {
      warning(
          source,
          "/approval/" + index + "/by",
          some(without) + " may ask and has no manager",
          "the system's owners will decide instead");
    }
  }

  private void size(Source<Runbook> source, int index, TargetSystem system) {
    var stage = source.policy().approval().get(index);
    var asked =
        stage.by().stream()
            .flatMap(
                who ->
                    switch (who) {
                      case Who.Everyone _ -> Stream.<String>empty();
                      case Who.Manager _ -> Stream.of("the manager");
                      case Who.Owners _ -> system.owners().stream();
                      case Who.Group group ->
                          directory.group(group.name()).stream().map(Person::email);
                      case Who.Named named -> Stream.of(named.email());
                    })
            .distinct()
            .count();
    if (asked > Plan.MOST_APPROVERS) {
      warning(
          source,
          "/approval/" + index + "/by",
          "this asks " + asked + " people",
          "only the first " + Plan.MOST_APPROVERS + " will be asked: choose a smaller group");
    }
  }

  private Optional<TargetSystem> system(Runbook runbook) {
    return systems.stream()
        .map(Source::policy)
        .filter(system -> system.id().equals(runbook.system()))
        .findFirst();
  }

  private static <T> Published<T> draft(T policy) {
    return new Published<>(policy, 1, "draft", "draft", Instant.EPOCH);
  }

  private static String some(List<String> emails) {
    return emails.size() <= 3
        ? Spoken.list(emails, "or")
        : String.join(", ", emails.subList(0, 2)) + " or " + (emails.size() - 2) + " others";
  }

  private static String meant(String word, Collection<String> known) {
    return Nearest.to(word, known)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(
            () ->
                known.isEmpty()
                    ? "add it"
                    : known.size() <= 12
                        ? "known are " + Spoken.list(List.copyOf(known), "and")
                        : "add it, or choose one of the " + known.size() + " that there are");
  }

  private void error(Source<?> source, String pointer, String wrong, String right) {
    findings.add(Finding.error(source.file().name(), source.file().line(pointer), wrong, right));
  }

  private void warning(Source<?> source, String pointer, String wrong, String right) {
    findings.add(Finding.warning(source.file().name(), source.file().line(pointer), wrong, right));
  }
}
