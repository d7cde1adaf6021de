package dev.daypass.runbook;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in the directory.
 *
 * @param email the person's id, lower case
 * @param manager email address of the direct manager, or null if there is none
 * @param groups sorted, each once
 * @param zone where the person's clock stands: times in mails are told in it
 * @param active false for people who have left: they may neither ask nor decide
 */
public record Person(
    String email,
    String name,
    @Nullable String manager,
    List<String> groups,
    ZoneId zone,
    Locale language,
    boolean active) {
  public Person {
    email = Ids.email(email);
    name = Ids.filled(name, "the name of " + email);
    manager = manager == null ? null : Ids.email(manager);
    groups = groups.stream().distinct().sorted().toList();
    Objects.requireNonNull(zone);
    Objects.requireNonNull(language);
    groups.forEach(group -> Ids.id(group, "group"));
  }

  /** Whether a text, in whatever case, is an email address that can name a person. */
  public static boolean isEmail(String text) {
    return Ids.isEmail(text);
  }

  /**
   * Which character of a text is in no address, and where, as the arguments of a message; empty if
   * that is not what is wrong with it.
   */
  public static List<Object> strayIn(String text) {
    return Ids.stray(text)
        .map(stray -> List.<Object>of(stray.place(), stray.shown()))
        .orElse(List.of());
  }

  /** Whether the person is a member of the group. */
  public boolean isIn(String group) {
    return groups.contains(group);
  }

  /** The same person, having left: known by name, with no say in anything. */
  public Person deactivated() {
    return new Person(email, name, manager, groups, zone, language, false);
  }

  /** The email addresses of the people, in their order. */
  static List<String> emails(Collection<Person> people) {
    return people.stream().map(Person::email).toList();
  }
}
