package dev.daypass.runbook;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The people of the company, as known at this moment. Reads nothing that is not asked for. */
public final class Directory {
  private final Function<String, Optional<Person>> people;
  private final Function<String, List<Person>> groups;
  private final Function<Collection<String>, List<Person>> several;

  /**
   * A directory that looks people up where they are kept, one after the other.
   *
   * @param people by email address in lower case
   * @param groups the members of a group by its name; empty for an unknown one
   */
  public Directory(
      Function<String, Optional<Person>> people, Function<String, List<Person>> groups) {
    this(
        people,
        groups,
        emails -> emails.stream().flatMap(email -> people.apply(email).stream()).toList());
  }

  /**
   * A directory that looks people up where they are kept.
   *
   * @param people by email address in lower case
   * @param groups the members of a group by its name; empty for an unknown one
   * @param several as {@code people}, many at once: those that there are, in any order
   */
  public Directory(
      Function<String, Optional<Person>> people,
      Function<String, List<Person>> groups,
      Function<Collection<String>, List<Person>> several) {
    this.people = people;
    this.groups = groups;
    this.several = several;
  }

  /** A directory of exactly these people. */
  public static Directory of(List<Person> people) {
    var byEmail =
        people.stream().collect(Collectors.toUnmodifiableMap(Person::email, person -> person));
    return new Directory(
        email -> Optional.ofNullable(byEmail.get(email)),
        group -> byEmail.values().stream().filter(person -> person.isIn(group)).toList());
  }

  /**
   * The same people, each read once however often they are asked for: for one answer, since what
   * changes meanwhile is not seen.
   */
  public Directory remembered() {
    return new Remembered(this).directory();
  }

  /** The person with that address in any case, active or not; empty if nobody ever had it. */
  public Optional<Person> person(String email) {
    return people.apply(email.strip().toLowerCase(Locale.ROOT));
  }

  /** The person, if still active. */
  public Optional<Person> active(String email) {
    return person(email).filter(Person::active);
  }

  /**
   * Those people with these addresses whom anybody ever had in the directory, active or not, in any
   * order and each once. Takes few reads for many people.
   */
  public List<Person> people(Collection<String> emails) {
    var each = new LinkedHashSet<String>();
    emails.forEach(email -> each.add(email.strip().toLowerCase(Locale.ROOT)));
    return each.isEmpty() ? List.of() : several.apply(each);
  }

  /** The active members of a group, by address; empty for an unknown group. */
  public List<Person> group(String name) {
    return groups.apply(name).stream()
        .filter(person -> person.active() && person.isIn(name))
        .sorted(Comparator.comparing(Person::email))
        .toList();
  }
}
