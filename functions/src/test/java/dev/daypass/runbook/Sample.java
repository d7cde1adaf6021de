package dev.daypass.runbook;

import dev.daypass.access.Proof;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small company: people, one system, one runbook, and ways to change them. */
final class Sample {
  static final Person LENA = person("lena", null, "support");
  static final Person AMARA = person("amara", "lena", "support");
  static final Person OMAR = person("omar", "lena");
  static final Person INGRID = person("ingrid", "lena");
  static final Person RUTH = person("ruth", "lena", "security");
  static final Person DANIEL = person("daniel", "ruth", "security");

  static final TargetSystem CRM =
      new TargetSystem(
          "crm",
          "CRM",
          List.of(OMAR.email(), INGRID.email()),
          new TargetSystem.Connection("scim", "daypass/crm"),
          List.of(
              new TargetSystem.Role(
                  "record-viewer", "Record viewer", "Read records.", "crm-record-viewers")));

  private Sample() {}

  static Person person(String name, @Nullable String manager, String... groups) {
    return new Person(
        name + "@example.com",
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        manager == null ? null : manager + "@example.com",
        List.of(groups),
        ZoneId.of("Europe/Berlin"),
        Locale.ENGLISH,
        true);
  }

  static Directory company() {
    return companyWith();
  }

  /** The company with some people replaced or added. */
  static Directory companyWith(Person... others) {
    var people = new ArrayList<>(List.of(LENA, AMARA, OMAR, INGRID, RUTH, DANIEL));
    for (var other : others) {
      people.removeIf(person -> person.email().equals(other.email()));
      people.add(other);
    }
    return Directory.of(people);
  }

  static Runbook.Stage stage(String... by) {
    return stage(new Runbook.Needed.AtLeast(1), by);
  }

  static Runbook.Stage stage(Runbook.Needed needed, String... by) {
    return new Runbook.Stage(null, who(by), needed, Duration.ofHours(1), null, Duration.ofHours(8));
  }

  static Runbook.Stage escalating(String by, String to) {
    return new Runbook.Stage(
        null,
        who(by),
        new Runbook.Needed.AtLeast(1),
        Duration.ofHours(1),
        new Runbook.Escalation(Duration.ofHours(3), who(to), false),
        Duration.ofHours(8));
  }

  static Runbook.Stage instead(Runbook.Needed needed, String[] by, String... to) {
    return new Runbook.Stage(
        null,
        who(by),
        needed,
        Duration.ofHours(1),
        new Runbook.Escalation(Duration.ofHours(3), who(to), true),
        Duration.ofHours(8));
  }

  static List<Who> who(String... words) {
    return List.of(words).stream().map(Who::of).toList();
  }

  static Runbook runbook(Runbook.Stage... stages) {
    return runbook(null, stages);
  }

  static Runbook runbook(Runbook.@Nullable TicketRule ticket, Runbook.Stage... stages) {
    return runbook(ticket, null, stages);
  }

  static Runbook extendableTo(Duration longest, Runbook.Stage... stages) {
    return runbook(null, new Runbook.Extension(longest), stages);
  }

  static Runbook limited(@Nullable Integer open, @Nullable Integer perDay) {
    return runbook(null, null, new Runbook.Limits(open, perDay), false, stage("manager"));
  }

  private static Runbook runbook(
      Runbook.@Nullable TicketRule ticket,
      Runbook.@Nullable Extension extend,
      Runbook.Stage... stages) {
    return runbook(ticket, extend, null, false, stages);
  }

  /** Whoever approves one stage counts in a later one, too. */
  static Runbook sameApproverAllowed(Runbook.Stage... stages) {
    return runbook(null, null, null, true, stages);
  }

  private static Runbook runbook(
      Runbook.@Nullable TicketRule ticket,
      Runbook.@Nullable Extension extend,
      Runbook.@Nullable Limits limits,
      boolean sameApprover,
      Runbook.Stage... stages) {
    return new Runbook(
        "crm-customer-record",
        "View a customer record",
        "crm",
        "record-viewer",
        who("group:support"),
        new Runbook.Span(Duration.ofHours(4), Duration.ofHours(8)),
        extend,
        limits,
        new Runbook.ReasonRule(10, "Which customer?"),
        ticket,
        null,
        List.of(stages),
        sameApprover,
        Proof.MAILBOX,
        new Runbook.Guidance("Look, do not copy.", "Is it their case?"));
  }

  static Catalog published(Runbook runbook) {
    return published(runbook, CRM);
  }

  static Catalog published(Runbook runbook, TargetSystem... systems) {
    return new Catalog(
        Map.of(runbook.id(), published(runbook, 3)),
        Arrays.stream(systems)
            .collect(Collectors.toMap(TargetSystem::id, system -> published(system, 2))));
  }

  private static <T> Published<T> published(T policy, int version) {
    return new Published<>(policy, version, "any-hash", RUTH.email(), Instant.EPOCH);
  }

  static Ask ask() {
    return ask(AMARA.email());
  }

  static Ask ask(String requester) {
    return new Ask(
        "crm-customer-record", requester, Optional.empty(), "Invoice of customer 17", "");
  }
}
