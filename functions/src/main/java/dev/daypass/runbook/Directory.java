package dev.daypass.runbook;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The people of the company, as known at this moment. Reads nothing that is not asked for. */
public final class Directory {
  private final Function<String, Optional<Person>> people;
  private final Function<String, List<Person>> groups;

  /**
   * A directory that looks people up where they are kept.
   *
   * @param people by email address in lower case
   * @param groups the members of a group by its name; empty for an unknown one
   */
  public Directory(
      Function<String, Optional<Person>> people, Function<String, List<Person>> groups) {
    this.people = people;
    this.groups = groups;
  }

  /** A directory of exactly these people. */
  public static Directory of(List<Person> people) {
    var byEmail =
        people.stream().collect(Collectors.toUnmodifiableMap(Person::email, person -> person));
    return new Directory(
        email -> Optional.ofNullable(byEmail.get(email)),
        group -> byEmail.values().stream().filter(person -> person.isIn(group)).toList());
  }

  /** The person with that address in any case, active or not; empty if nobody ever had it. */
  public Optional<Person> person(String email) {
    return people.apply(email.strip().toLowerCase(Locale.ROOT));
  }

  /** The person, if still active. */
  public Optional<Person> active(String email) {
    return person(email).filter(Person::active);
  }

  /** The active members of a group, by address; empty for an unknown group. */
  public List<Person> group(String name) {
    return groups.apply(name).stream()
        .filter(person -> person.active() && person.isIn(name))
        .sorted(Comparator.comparing(Person::email))
        .toList();
  }
}
