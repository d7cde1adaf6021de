package dev.daypass.runbook;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people of the company, as known at this moment. Reads nothing that is not asked for. */
public final class Directory {
  private final Function<String, Optional<Person>> people;
  private final Function<String, List<Person>> groups;
  private final Function<Collection<String>, List<Person>> several;
  private final Function<String, List<Person>> reports;

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
    this(people, groups, several, _ -> List.of());
  }

  /**
   * A directory that also knows whom somebody manages.
   *
   * @param people by email address in lower case
   * @param groups the members of a group by its name; empty for an unknown one
   * @param several as {@code people}, many at once: those that there are, in any order
   * @param reports those whose manager has this email address in lower case; may leave some out,
   *     where there are many or the list is a moment behind
   */
  public Directory(
      Function<String, Optional<Person>> people,
      Function<String, List<Person>> groups,
      Function<Collection<String>, List<Person>> several,
      Function<String, List<Person>> reports) {
    this.people = people;
    this.groups = groups;
    this.several = several;
    this.reports = reports;
  }

  /** A directory of exactly these people. */
  public static Directory of(List<Person> people) {
    var byEmail =
        people.stream().collect(Collectors.toUnmodifiableMap(Person::email, person -> person));
    return new Directory(
        email -> Optional.ofNullable(byEmail.get(email)),
        group -> byEmail.values().stream().filter(person -> person.isIn(group)).toList(),
        emails -> emails.stream().flatMap(email -> found(byEmail, email)).toList(),
        manager ->
            byEmail.values().stream().filter(person -> manager.equals(person.manager())).toList());
  }

  private static Stream<Person> found(Map<String, Person> people, String email) {
    return Stream.ofNullable(people.get(email));
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

  /**
   * The active people whom this one manages, by name. Only to offer them: whose manager somebody is
   * the person says.
   */
  public List<Person> reports(String manager) {
    return reports.apply(manager.strip().toLowerCase(Locale.ROOT)).stream()
        .filter(Person::active)
        .sorted(Comparator.comparing(Person::name).thenComparing(Person::email))
        .toList();
  }

  /** The active members of a group, by address; empty for an unknown group. */
  public List<Person> group(String name) {
    return groups.apply(name).stream()
        .filter(person -> person.active() && person.isIn(name))
        .sorted(Comparator.comparing(Person::email))
        .toList();
  }
}
