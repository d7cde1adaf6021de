package dev.daypass.local.cli;

import dev.daypass.access.Said;
import dev.daypass.local.cli.PolicyFiles.Source;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.PolicySense;
import dev.daypass.runbook.Published;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.words.Speech;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What no single file can say: {@link PolicySense}, told by file and line, and what is about files
 * alone. That two policies have one id is not looked for: it is their file's name.
 */
final class CrossSense {
  private static final Speech ENGLISH = Speech.inMail(Locale.ENGLISH, ZoneOffset.UTC);

  private final Map<String, Source<TargetSystem>> systems;
  private final Map<String, Source<Runbook>> runbooks;
  private final PeopleFile people;
  private final boolean allSystemsRead;
  private final boolean allRunbooksRead;

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
    this.systems = byId(systems, TargetSystem::id);
    this.runbooks = byId(runbooks, Runbook::id);
    this.people = people;
    this.allSystemsRead = allSystemsRead;
    this.allRunbooksRead = allRunbooksRead;
  }

  private static <T> Map<String, Source<T>> byId(List<Source<T>> sources, Function<T, String> id) {
    return sources.stream()
        .collect(Collectors.toMap(source -> id.apply(source.policy()), source -> source));
  }

  List<Finding> check() {
    var catalog = new Catalog(drafts(runbooks), drafts(systems));
    var findings = new ArrayList<>(titles());
    PolicySense.ofPolicies(catalog).stream()
        .filter(this::canBeKnown)
        .map(this::inFile)
        .forEach(findings::add);
    // With an incomplete list of people, half of what follows would be wrong.
    if (people.findings().isEmpty() && !people.people().isEmpty()) {
      PolicySense.ofPeople(catalog, people.people()).stream()
          .map(this::inFile)
          .forEach(findings::add);
    }
    return findings;
  }

  private static <T> Map<String, Published<T>> drafts(Map<String, Source<T>> sources) {
    return sources.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, source -> draft(source.getValue().policy())));
  }

  private static <T> Published<T> draft(T policy) {
    return new Published<>(policy, 1, "draft", "draft", Instant.EPOCH);
  }

  private boolean canBeKnown(dev.daypass.runbook.Finding found) {
    return switch (found.wrong().key()) {
      case "oversee.finding.no-system" -> allSystemsRead;
      case "oversee.finding.unused-system", "oversee.finding.unused-role" -> allRunbooksRead;
      default -> true;
    };
  }

  private List<Finding> titles() {
    var findings = new ArrayList<Finding>();
    var first = new HashMap<String, YamlFile>();
    runbooks.values().stream()
        .map(Source::file)
        .sorted(Comparator.comparing(YamlFile::name))
        .forEach(
            file -> {
              var title = file.tree().path("title").asText();
              var earlier = first.putIfAbsent(title.strip().toLowerCase(Locale.ROOT), file);
              if (earlier != null) {
                findings.add(
                    Finding.warning(
                        file.name(),
                        file.line("/title"),
                        "two runbooks have the title “" + title + "”",
                        "change this one or the one in " + earlier.name()));
              }
            });
    return findings;
  }

  private Finding inFile(dev.daypass.runbook.Finding found) {
    var file =
        switch (found.kind()) {
          case RUNBOOK -> runbooks.get(found.id());
          case SYSTEM -> systems.get(found.id());
        };
    if (file == null) {
      throw new IllegalStateException("a finding about no file: " + found);
    }
    return new Finding(
        file.file().name(),
        file.file().line(found.place()),
        switch (found.severity()) {
          case ERROR -> Finding.Severity.ERROR;
          case WARNING -> Finding.Severity.WARNING;
        },
        said(found.wrong()),
        said(found.right()));
  }

  /**
   * As the command line writes: apostrophes of ours are those of the keyboard, and a terminal needs
   * none of the marks that keep names apart on pages.
   */
  private static String said(Said said) {
    var text = ENGLISH.say(said).replaceAll("[\u2068\u2069]", "");
    return said.arguments().isEmpty() ? text.replace('’', '\'') : text;
  }
}
