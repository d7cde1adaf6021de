package dev.daypass.runbook;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a directory has been asked, so that it is not asked twice. */
final class Remembered {
  private final Directory asked;
  private final Map<String, Optional<Person>> people = new HashMap<>();
  private final Map<String, List<Person>> groups = new HashMap<>();

  Remembered(Directory asked) {
    this.asked = asked;
  }

  Directory directory() {
    return new Directory(this::person, this::group, this::people, asked::reports);
  }

  private Optional<Person> person(String email) {
    return people.computeIfAbsent(email, asked::person);
  }

  private List<Person> group(String name) {
    return groups.computeIfAbsent(
        name,
        unknown -> {
          var members = asked.group(unknown);
          members.forEach(member -> people.put(member.email(), Optional.of(member)));
          return members;
        });
  }

  private List<Person> people(Collection<String> emails) {
    var unknown = emails.stream().filter(email -> !people.containsKey(email)).toList();
    asked.people(unknown).forEach(person -> people.put(person.email(), Optional.of(person)));
    unknown.forEach(email -> people.putIfAbsent(email, Optional.empty()));
    return emails.stream().flatMap(email -> person(email).stream()).toList();
  }
}
