package dev.daypass.runbook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an import changes. Nobody is ever deleted: whoever is missing becomes inactive.
 *
 * @param added people nobody knew before
 * @param changed known people of whom something is different, or who are back
 * @param leaving active people who are missing
 * @param unchanged how many people stay as they are
 * @param groups the members of each group whose membership changes, by name
 */
public record PeopleDifference(
    List<Change> added,
    List<Change> changed,
    List<Change> leaving,
    int unchanged,
    Map<String, List<String>> groups) {
  /** How a person comes to be different. */
  public enum Kind {
    ADDED,
    CHANGED,
    LEAVING
  }

  /**
   * A person before and after.
   *
   * @param before null if nobody knew them
   * @param after as they will be kept; inactive if they leave
   */
  public record Change(@Nullable Person before, Person after) {
    public Change {
      Objects.requireNonNull(after);
      if (before != null && !before.email().equals(after.email())) {
        throw new IllegalArgumentException("two people: " + before.email());
      }
    }

    /** Which of the three it is. */
    public Kind kind() {
      return before == null ? Kind.ADDED : after.active() ? Kind.CHANGED : Kind.LEAVING;
    }

    /** Whether somebody who had left is here again. */
    public boolean comesBack() {
      return before != null && !before.active() && after.active();
    }

    /** What is different about somebody who was known before; nothing for others. */
    public List<Field> fields() {
      if (before == null) {
        return List.of();
      }
      var fields = new ArrayList<Field>();
      field(fields, Column.NAME, before.name(), after.name());
      field(fields, Column.MANAGER, manager(before), manager(after));
      field(
          fields,
          Column.GROUPS,
          String.join(";", before.groups()),
          String.join(";", after.groups()));
      field(fields, Column.ZONE, before.zone().getId(), after.zone().getId());
      field(
          fields,
          Column.LANGUAGE,
          before.language().toLanguageTag(),
          after.language().toLanguageTag());
      return fields;
    }

    private static String manager(Person person) {
      return Objects.requireNonNullElse(person.manager(), "");
    }

    private static void field(List<Field> fields, Column column, String before, String after) {
      if (!before.equals(after)) {
        fields.add(new Field(column, before, after));
      }
    }
  }

  /** What can be different about a person. */
  public enum Column {
    NAME,
    MANAGER,
    GROUPS,
    ZONE,
    LANGUAGE
  }

  /**
   * One thing that is different.
   *
   * @param before as a file would hold it; empty for no manager and for no group
   * @param after likewise
   */
  public record Field(Column column, String before, String after) {
    public Field {
      Objects.requireNonNull(column);
      Objects.requireNonNull(before);
      Objects.requireNonNull(after);
    }
  }

  public PeopleDifference {
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
  public static PeopleDifference between(Collection<Person> stored, Collection<Person> file) {
    var before = byEmail(stored);
    var after = byEmail(file);
    var added = new ArrayList<Change>();
    var changed = new ArrayList<Change>();
    int unchanged = 0;
    for (var person : after.values()) {
      var known = before.get(person.email());
      if (known == null) {
        added.add(new Change(null, person));
      } else if (known.equals(person)) {
        unchanged++;
      } else {
        changed.add(new Change(known, person));
      }
    }
    var leaving =
        before.values().stream()
            .filter(person -> person.active() && !after.containsKey(person.email()))
            .map(person -> new Change(person, person.deactivated()))
            .toList();
    return new PeopleDifference(
        added,
        changed,
        leaving,
        unchanged,
        changedGroups(members(before.values()), members(after.values())));
  }

  /** Whether nobody is different. */
  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && leaving.isEmpty();
  }

  /** Added, changed, leaving; each by address. */
  public List<Change> changes() {
    var all = new ArrayList<>(added);
    all.addAll(changed);
    all.addAll(leaving);
    return all;
  }

  /**
   * Whether so many become inactive that the file is more likely cut off than right.
   *
   * @param stored everybody, active or not
   */
  public boolean manyLeave(Collection<Person> stored) {
    return leaving.size() * 3L > stored.stream().filter(Person::active).count();
  }

  private static Map<String, Person> byEmail(Collection<Person> people) {
    return people.stream()
        .collect(
            Collectors.toMap(
                Person::email, Function.identity(), (first, _) -> first, TreeMap::new));
  }

  private static Map<String, List<String>> changedGroups(
      Map<String, List<String>> old, Map<String, List<String>> now) {
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

  /** Who belongs to each group, by name and address: those who are active and say so. */
  public static Map<String, List<String>> members(Collection<Person> people) {
    var members = new TreeMap<String, List<String>>();
    people.stream()
        .filter(Person::active)
        .sorted(Comparator.comparing(Person::email))
        .forEach(
            person ->
                person
                    .groups()
                    .forEach(
                        group ->
                            members
                                .computeIfAbsent(group, _ -> new ArrayList<>())
                                .add(person.email())));
    return members;
  }
}
