package dev.daypass.local.cli;

import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an import changes. Nobody is ever deleted: whoever is missing becomes inactive.
 *
 * @param added people nobody knew before
 * @param changed known people of whom something is different, or who are back
 * @param leaving active people who are missing, as they will be kept: inactive
 * @param unchanged how many people stay as they are
 * @param groups the members of each group whose membership changes, by name
 */
record PeopleDifference(
    List<Person> added,
    List<Changed> changed,
    List<Person> leaving,
    int unchanged,
    Map<String, List<String>> groups) {
  /** A person before and after. */
  record Changed(Person before, Person after) {
    /** What is different: {@code manager a@example.com → b@example.com}. */
    List<String> fields() {
      var fields = new ArrayList<String>();
      field(fields, "name", before.name(), after.name());
      field(
          fields,
          "manager",
          Objects.requireNonNullElse(before.manager(), "nobody"),
          Objects.requireNonNullElse(after.manager(), "nobody"));
      field(fields, "groups", shown(before.groups()), shown(after.groups()));
      field(fields, "zone", before.zone().getId(), after.zone().getId());
      field(
          fields, "language", before.language().toLanguageTag(), after.language().toLanguageTag());
      if (!before.active()) {
        fields.add("is back");
      }
      return fields;
    }

    private static String shown(List<String> groups) {
      return groups.isEmpty() ? "none" : String.join(";", groups);
    }

    private static void field(List<String> fields, String name, String before, String after) {
      if (!before.equals(after)) {
        fields.add(name + " " + before + " → " + after);
      }
    }
  }

  PeopleDifference {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    leaving = List.copyOf(leaving);
    groups = Map.copyOf(groups);
  }

  /**
   * The difference between what is stored and what a file says.
   *
   * @param stored everybody, active or not
   * @param file all who are active from now on
   */
  static PeopleDifference between(Collection<Person> stored, Collection<Person> file) {
    var before = byEmail(stored);
    var after = byEmail(file);
    var added = new ArrayList<Person>();
    var changed = new ArrayList<Changed>();
    int unchanged = 0;
    for (var person : after.values()) {
      var known = before.get(person.email());
      if (known == null) {
        added.add(person);
      } else if (known.equals(person)) {
        unchanged++;
      } else {
        changed.add(new Changed(known, person));
      }
    }
    var leaving =
        before.values().stream()
            .filter(person -> person.active() && !after.containsKey(person.email()))
            .map(Person::deactivated)
            .toList();
    return new PeopleDifference(
        added, changed, leaving, unchanged, changedGroups(before.values(), after.values()));
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && leaving.isEmpty();
  }

  /**
   * Writes the difference and nothing else. Groups come first: what is different is found by
   * comparing people, so an interrupted import finds the rest when it is run again; and a group
   * that lists somebody too early is harmless, since the person's own item decides.
   */
  void write(People people) {
    groups.forEach(people::putGroup);
    added.forEach(people::put);
    changed.forEach(change -> people.put(change.after()));
    leaving.forEach(people::put);
  }

  private static Map<String, Person> byEmail(Collection<Person> people) {
    return people.stream()
        .collect(
            Collectors.toMap(
                Person::email, Function.identity(), (first, _) -> first, TreeMap::new));
  }

  private static Map<String, List<String>> changedGroups(
      Collection<Person> before, Collection<Person> after) {
    var old = members(before);
    var now = members(after);
    var names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    var changed = new TreeMap<String, List<String>>();
    for (var name : names) {
      var members = now.getOrDefault(name, List.of());
      if (!members.equals(old.getOrDefault(name, List.of()))) {
        changed.put(name, members);
      }
    }
    return changed;
  }

  private static Map<String, List<String>> members(Collection<Person> people) {
    var members = new TreeMap<String, List<String>>();
    for (var person : people) {
      if (person.active()) {
        person
            .groups()
            .forEach(
                group ->
                    members.computeIfAbsent(group, _ -> new ArrayList<>()).add(person.email()));
      }
    }
    return members;
  }
}
