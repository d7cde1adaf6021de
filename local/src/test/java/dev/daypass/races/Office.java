package dev.daypass.races;

import dev.daypass.access.Proof;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import dev.daypass.web.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Many people of one office, its CRM, and four runbooks about it. */
final class Office {
  /** Somebody of the office at the door. */
  static Visitor.Known known(String email) {
    return new Visitor.Known(
        email,
        Proof.SESSION,
        Set.copyOf(DIRECTORY.active(email).map(Person::groups).orElse(List.of())));
  }

  /** Everybody's manager. */
  static final String MAX = "max.manager@example.com";

  /** Owns the CRM. */
  static final String OLGA = "olga.owner@example.com";

  /** An administrator. */
  static final String RUTH = "ruth.admin@example.com";

  /** As many as one stage can ask. */
  static final List<String> DECIDERS = people("decider", 25);

  static final List<String> FIRST = people("first", 5);
  static final List<String> SECOND = people("second", 5);

  /** One of all deciders decides. */
  static final String BY_ANYBODY = "by-anybody";

  /** The manager decides. */
  static final String BY_MANAGER = "by-manager";

  /** Two of {@link #FIRST}, then three of {@link #SECOND}. */
  static final String BY_SOME_AND_SOME = "by-some-and-some";

  /** Two of {@link #FIRST}, then two others of them. */
  static final String BY_SOME_AND_OTHERS = "by-some-and-others";

  /** The group at the target. */
  static final String GROUP = "CRM viewers";

  /** What the connection to the target is called. */
  static final String CONNECTION = "daypass/crm";

  static final Duration FIRST_ROUND = Duration.ofHours(1);
  static final Duration STAGE = Duration.ofHours(8);
  static final Duration FOUR_HOURS = Duration.ofHours(4);

  /** How long access may last in all if its holder extends it. */
  static final Duration EXTENDED = Duration.ofHours(12);

  /** Those who ask, one for each race. */
  private static final List<String> ASKING = people("asking", 100);

  private static final TargetSystem CRM =
      new TargetSystem(
          "crm",
          "the CRM",
          List.of(OLGA),
          new TargetSystem.Connection("scim", CONNECTION),
          List.of(new TargetSystem.Role("viewer", "Viewer", "Read records.", GROUP)));

  static final Directory DIRECTORY = directory();

  static final Catalog CATALOG =
      new Catalog(
          Map.of(
              BY_ANYBODY,
              published(runbook(BY_ANYBODY, stage(1, "group:deciders"))),
              BY_MANAGER,
              published(runbook(BY_MANAGER, stage(1, "manager"))),
              BY_SOME_AND_SOME,
              published(
                  runbook(BY_SOME_AND_SOME, stage(2, "group:first"), stage(3, "group:second"))),
              BY_SOME_AND_OTHERS,
              published(
                  runbook(BY_SOME_AND_OTHERS, stage(2, "group:first"), stage(2, "group:first")))),
          Map.of(CRM.id(), published(CRM)));

  private Office() {}

  private static List<String> people(String name, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "%s-%02d@example.com".formatted(name, i))
        .toList();
  }

  /** Everybody whom the target knows. */
  static List<String> asking() {
    return ASKING;
  }

  private static Directory directory() {
    var people = new ArrayList<Person>();
    people.add(person(MAX, null));
    people.add(person(OLGA, MAX));
    people.add(person(RUTH, MAX, "admins"));
    DECIDERS.forEach(email -> people.add(person(email, MAX, "deciders")));
    FIRST.forEach(email -> people.add(person(email, MAX, "first")));
    SECOND.forEach(email -> people.add(person(email, MAX, "second")));
    ASKING.forEach(email -> people.add(person(email, MAX, "support")));
    return Directory.of(people);
  }

  private static Person person(String email, @Nullable String manager, String... groups) {
    return new Person(
        email,
        email.substring(0, email.indexOf('@')),
        manager,
        List.of(groups),
        ZoneOffset.UTC,
        Locale.ENGLISH,
        true);
  }

  private static Runbook runbook(String id, Runbook.Stage... stages) {
    return new Runbook(
        id,
        "View a customer record",
        CRM.id(),
        "viewer",
        List.of(Who.of("group:support")),
        new Runbook.Span(FOUR_HOURS, FOUR_HOURS),
        new Runbook.Extension(EXTENDED),
        null,
        new Runbook.ReasonRule(10, ""),
        null,
        null,
        List.of(stages),
        false,
        Proof.SESSION,
        new Runbook.Guidance("", ""));
  }

  private static Runbook.Stage stage(int needed, String... by) {
    return new Runbook.Stage(
        null,
        Stream.of(by).map(Who::of).toList(),
        new Runbook.Needed.AtLeast(needed),
        FIRST_ROUND,
        null,
        STAGE);
  }

  private static <T> Published<T> published(T policy) {
    return new Published<>(policy, 1, "any-hash", RUTH, Instant.EPOCH);
  }
}
