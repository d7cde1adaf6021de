package dev.daypass.simulation;

import static dev.daypass.simulation.Lives.AMARA;
import static dev.daypass.simulation.Lives.DIEGO;
import static dev.daypass.simulation.Lives.LENA;
import static dev.daypass.simulation.Lives.NOOR;
import static dev.daypass.simulation.Lives.RUTH;

import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.Imports.State;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lives in which an administrator imports a list of people while requests are open. */
final class ImportLives {
  private static final String RECORD = "crm-customer-record";
  private static final String MEI_LING = "mei-ling.chen@example.com";
  private static final String NEWCOMER = "zuri.abara@example.com";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private ImportLives() {}

  static List<Life> all() {
    return List.of(
        new Life("people-imported", "ENDED EXPIRED, LAPSED", ImportLives::imported),
        new Life("people-imported-and-changed", "", ImportLives::importedAndChanged),
        new Life("people-import-stopped", "", ImportLives::stopped));
  }

  /**
   * While Amara's request is decided and Diego's waits, Diego is dropped from the list, Mei-Ling
   * gets another manager, Noor (who has none) another group, and somebody is new.
   */
  private static void imported(World world) {
    world.play(
        () ->
            new Desk(world, AMARA)
                .asks("key-1", RECORD, SHORT)
                .ifPresent(
                    id -> {
                      var lena = new Desk(world, LENA);
                      if (lena.isAsked(id, HALF_HOUR)) {
                        lena.approves(id);
                      }
                    }));
    world.play(
        () -> {
          world.pass(Duration.ofSeconds(2));
          var diegos = new Desk(world, DIEGO).asks("key-2", RECORD, SHORT);
          boolean over = new Desk(world, RUTH).imports(csv(later(world)));
          if (over) {
            world.hasLeft(DIEGO);
          }
          // Whoever has left is not given access, whatever the approver of before says.
          diegos.ifPresent(id -> new Desk(world, LENA).approves(id));
        });
    mustBeAsTheFileSays(world);
  }

  /** As Ruth looks at what her list changes, somebody changes Mei-Ling past the pages. */
  private static void importedAndChanged(World world) {
    world.play(() -> new Desk(world, RUTH).imports(csv(later(world))));
    world.play(
        () -> {
          world.pass(Duration.ofSeconds(12));
          world.keeps(world.company().person(MEI_LING).deactivated());
        });
    world.mustBe(
        5,
        "an import that somebody began is over, and nothing keeps others from theirs",
        () ->
            !world.isImporting()
                && world.imports().stream().allMatch(each -> each.state() == State.DONE));
  }

  /**
   * Ruth imports, and presses Stop on another device when the import is usually over: only where a
   * step of it, or her own decision, takes long is there anything left to stop.
   */
  private static void stopped(World world) {
    world.play(() -> new Desk(world, RUTH).imports(csv(later(world))));
    world.play(
        () -> {
          var phone = new Desk(world, RUTH);
          while (world.imports().isEmpty()
              && world.now().isBefore(Company.MONDAY.plus(HALF_HOUR))) {
            world.pass(Duration.ofSeconds(1));
          }
          world.pass(Duration.ofSeconds(13));
          for (var begun : world.imports()) {
            phone.discards(begun.id());
            var left = world.importOf(begun.id()).state();
            world.mustBe(
                5,
                "an import that was over for somebody stays as it was",
                () -> !left.isOver() || world.importOf(begun.id()).state() == left);
          }
        });
    world.mustBe(
        5,
        "an import that somebody began is over, and nothing keeps others from theirs",
        () ->
            !world.isImporting()
                && world.imports().stream().allMatch(each -> each.state().isOver()));
  }

  private static List<Person> later(World world) {
    var people = new ArrayList<Person>();
    for (var person : world.company().policies().people()) {
      switch (person.email()) {
        case DIEGO -> {
          // Not in the list any more.
        }
        case MEI_LING -> people.add(with(person, NOOR, person.groups()));
        case NOOR -> people.add(with(person, null, List.of("leadership", "board")));
        default -> people.add(person);
      }
    }
    people.add(
        new Person(
            NEWCOMER,
            "Zuri Abara",
            LENA,
            List.of("support"),
            ZoneOffset.UTC,
            Locale.ENGLISH,
            true));
    return people;
  }

  private static Person with(Person person, @Nullable String manager, List<String> groups) {
    return new Person(
        person.email(), person.name(), manager, groups, person.zone(), person.language(), true);
  }

  private static String csv(List<Person> people) {
    return people.stream()
        .map(
            person ->
                String.join(
                    ",",
                    person.name(),
                    person.email(),
                    Objects.requireNonNullElse(person.manager(), ""),
                    String.join(";", person.groups()),
                    person.zone().equals(ZoneOffset.UTC) ? "" : person.zone().getId(),
                    person.language().toLanguageTag()))
        .collect(Collectors.joining("\n", "name,email,manager,groups,zone,language\n", "\n"));
  }

  private static void mustBeAsTheFileSays(World world) {
    world.mustBe(
        5,
        "an import that somebody began is over, and nothing keeps others from theirs",
        () ->
            !world.isImporting()
                && world.imports().stream().allMatch(each -> each.state() == State.DONE));
    world.mustBe(
        5,
        "after an import whoever is active is exactly who the list says, and nobody is lost",
        () -> {
          if (world.imports().isEmpty()) {
            return true;
          }
          var stored = world.directory();
          var active = stored.people().stream().filter(Person::active).toList();
          var listed = new TreeMap<>(stored.groups());
          listed.values().removeIf(List::isEmpty);
          var file = PeopleFile.read(csv(later(world))).people();
          return active.size() == file.size()
              && active.containsAll(file)
              && stored.people().size() == world.company().policies().people().size() + 1
              && listed.equals(PeopleDifference.members(file));
        });
    world.mustBe(
        5,
        "an import counts each person once",
        () ->
            world.imports().stream()
                .filter(each -> each.state() == State.DONE)
                .allMatch(each -> each.applied().all() == 4));
  }
}
