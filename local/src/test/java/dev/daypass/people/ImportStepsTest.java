package dev.daypass.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.local.aws.AwsException;
import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Counts;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.State;
import dev.daypass.store.Imports.Written;
import dev.daypass.store.LocalTables;
import dev.daypass.store.People;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ImportStepsTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final String HEADER = "name,email,manager,groups,zone,language\n";
  private static final String COMPANY =
      HEADER
          + """
          Noor Haddad,noor@example.com,,leadership;admins,Europe/Berlin,en
          Lena Fischer,lena@example.com,noor@example.com,support;support-leads,Europe/Berlin,de
          Amara Okafor,amara@example.com,lena@example.com,support,Europe/London,en
          Diego Ramírez,diego@example.com,lena@example.com,support,America/Mexico_City,pt-BR
          """;

  /** Diego has left, Amara goes to sales, Noor has another name, Mei-Ling is new. */
  private static final String LATER =
      HEADER
          + """
          Noor El-Haddad,noor@example.com,,leadership;admins,Europe/Berlin,en
          Lena Fischer,lena@example.com,noor@example.com,support;support-leads,Europe/Berlin,de
          Amara Okafor,amara@example.com,noor@example.com,sales,Europe/London,en
          Mei-Ling Chen,mei-ling@example.com,lena@example.com,support,Asia/Singapore,en
          """;

  /** For a file in which nothing else is new than somebody in a group that is there already. */
  private static final String NEW =
      "Mei-Ling Chen,mei-ling@example.com,lena@example.com,support,Asia/Singapore,en\n";

  private final People people = TABLES.people();
  private final Imports imports = TABLES.imports();
  private final ImportSteps steps = new ImportSteps(imports, people, TABLES.timeline());
  private int uploads;

  @BeforeEach
  void hire() {
    people.write(PeopleDifference.between(List.of(), PeopleFile.read(COMPANY).people()));
  }

  private String upload(String text) {
    var file = text.getBytes(UTF_8);
    var id = Imports.id("noor@example.com", "page " + uploads++, file);
    // Time may have moved in another test, and what is a week old is deleted.
    var now = TABLES.timeline().instant();
    imports.begin(Import.of(id, "noor@example.com", now, "people.csv", file), file);
    return id;
  }

  private Import now(String id) {
    return imports.find(id).orElseThrow();
  }

  private Import checked(String text) {
    var id = upload(text);
    steps.step(id);
    return now(id);
  }

  private Import begun(Import shown) {
    assertThat(imports.replace(shown, shown.applying("noor@example.com", SamAsks.MONDAY)))
        .isEqualTo(Written.DONE);
    return now(shown.id());
  }

  private Import untilItStands(String id) {
    for (int i = 0; now(id).state().moves(); i++) {
      assertThat(i).as("steps").isLessThan(1_000);
      steps.step(id);
    }
    return now(id);
  }

  /** People as a file would say who is active, and what groups list, for comparisons. */
  private void assertStored(String text) {
    var file = PeopleFile.read(text).people();
    var everything = people.everything();
    assertThat(everything.people().stream().filter(Person::active))
        .containsExactlyInAnyOrderElementsOf(file);
    var listed = new TreeMap<>(everything.groups());
    listed.values().removeIf(List::isEmpty);
    assertThat(listed).isEqualTo(PeopleDifference.members(file));
  }

  @Test
  void aCheckShowsTheDifferenceAndChangesNothing() {
    var before = TABLES.items("people");

    var ready = checked(LATER);

    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.planned().counts()).isEqualTo(new Counts(1, 2, 1));
    assertThat(ready.planned().unchanged()).isEqualTo(1);
    assertThat(ready.again()).isFalse();
    var plan = ready.planned();
    assertThat(imports.piece(ready.id(), plan.hash(), plan.firstShown()).orElseThrow().people())
        .extracting(change -> change.kind() + " " + change.after().email())
        .containsExactly(
            "ADDED mei-ling@example.com",
            "CHANGED amara@example.com",
            "CHANGED noor@example.com",
            "LEAVING diego@example.com");
    assertThat(TABLES.items("people")).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void whatWasShownIsDone() {
    var done = untilItStands(begun(checked(LATER)).id());

    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.applied()).isEqualTo(new Counts(1, 2, 1));
    assertThat(requireNonNull(done.decided()).by()).isEqualTo("noor@example.com");
    assertStored(LATER);
    assertThat(people.person("diego@example.com").orElseThrow().active()).isFalse();
    assertThat(imports.applying()).isEmpty();
  }

  /** Whoever stops an import while a piece of it is being done is told of that piece, too. */
  @Test
  void whatWasDoneWhileSomebodyStoppedItIsCountedOnce() {
    var id = begun(checked(LATER)).id();
    while (now(id).position() < now(id).planned().firstShown()) {
      steps.step(id);
    }
    var before = now(id);
    var interrupted = new ImportSteps(imports, people, stopping(id));
    interrupted.step(id);

    var stopped = now(id);
    assertThat(stopped.state()).isEqualTo(State.STOPPED);
    assertThat(stopped.applied()).isEqualTo(new Counts(1, 2, 1));
    assertThat(people.person("diego@example.com").orElseThrow().active()).isFalse();
    assertThat(imports.applying()).isEmpty();
    assertThat(imports.replace(before, before.pieceDone(new Counts(1, 2, 1), SamAsks.MONDAY)))
        .as("another that did the same piece")
        .isEqualTo(Written.OVERTAKEN);
  }

  /** A clock at whose first look, when the piece is done, somebody presses Stop. */
  private InstantSource stopping(String id) {
    var looks = new AtomicInteger();
    return () -> {
      if (looks.getAndIncrement() == 0) {
        imports.replace(now(id), now(id).ended("ruth@example.com", SamAsks.MONDAY));
      }
      return SamAsks.MONDAY;
    };
  }

  @Test
  void theSameFileAgainIsDoneAtOnce() {
    var done = checked(COMPANY);

    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.planned().unchanged()).isEqualTo(4);
    assertThat(done.applied()).isEqualTo(Counts.NONE);
  }

  @Test
  void aManagerWhoLeavesIsToldWithTheDifference() {
    var ready = checked(LATER.replaceAll("Lena.*\n", ""));

    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.told().first())
        .extracting(finding -> finding.line() + ": " + finding.wrong().key())
        .containsExactly("4: people.wrong.manager-leaves");
    var again = checked(COMPANY.replaceAll("Noor.*\n", ""));
    assertThat(again.told().all()).isEqualTo(1);
    untilItStands(begun(again).id());
    assertThat(checked(COMPANY.replaceAll("Noor.*\n", "")).state()).isEqualTo(State.DONE);
  }

  /** What the directory explained when the list was shown, it may explain no more. */
  @Test
  void whatBecomesWrongBeforeItIsDoneIsNotDone() {
    var lena = people.person("lena@example.com").orElseThrow();
    var noor = people.person("noor@example.com").orElseThrow();
    people.put(managed(noor, lena.email()));
    var circle = COMPANY.replace("noor@example.com,,", "noor@example.com,lena@example.com,");
    var ready = checked(circle.replace("Amara Okafor", "Amara Okafor-Lee"));
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.told().first())
        .extracting(each -> each.wrong().key())
        .containsExactly("people.wrong.circle");
    begun(ready);
    people.put(noor);

    var refused = untilItStands(ready.id());

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.applied()).isEqualTo(Counts.NONE);
    assertThat(imports.applying()).as("the next one may begin").isEmpty();
    assertStored(COMPANY);
  }

  private static Person managed(Person person, String manager) {
    return new Person(
        person.email(),
        person.name(),
        manager,
        person.groups(),
        person.zone(),
        person.language(),
        true);
  }

  @Test
  void uploadedTwiceWithTheSamePageItIsOneImport() {
    var file = LATER.getBytes(UTF_8);
    var id = Imports.id("noor@example.com", "one page", file);
    var begun = Import.of(id, "noor@example.com", SamAsks.MONDAY, "people.csv", file);
    imports.begin(begun, file);
    steps.step(id);

    imports.begin(begun, file);

    assertThat(now(id).state()).isEqualTo(State.READY);
    assertThat(Imports.id("noor@example.com", "one page", COMPANY.getBytes(UTF_8)))
        .as("another file")
        .isNotEqualTo(id);
  }

  @Test
  void aFileOfManyPiecesIsPutTogetherAgain() {
    var text = new StringBuilder(HEADER);
    IntStream.range(0, 9_000)
        .forEach(i -> text.append("Member Number %d,member%d@example.com,,,,%n".formatted(i, i)));
    var one = now(upload(text.toString()));

    assertThat(one.begun().pieces()).isGreaterThan(1);
    assertThat(new String(imports.file(one).orElseThrow(), UTF_8)).isEqualTo(text.toString());
  }

  @Test
  void findingsAreCountedAndTheFirstAreKept() {
    var text = new StringBuilder(COMPANY);
    IntStream.range(0, 250).forEach(i -> text.append(",nobody%d.example.com,,,,%n".formatted(i)));

    var refused = checked(text.toString());

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.told().first()).hasSize(ImportSteps.MOST_FINDINGS);
    assertThat(refused.told().all()).isEqualTo(500);
    assertThat(refused.told().first().getFirst().line()).isEqualTo(6);
    steps.step(refused.id());
    assertThat(now(refused.id())).as("nothing follows").isEqualTo(refused);
  }

  @Test
  void whatWouldBeRashIsSaid() {
    var plan =
        checked(
                HEADER
                    + """
                    Lena Fischer,lena@example.com,,support,Europe/Berlin,de
                    Amara Okafor,amara@example.com,lena@example.com,support,Europe/London,en
                    """)
            .planned();

    assertThat(plan.manyLeave()).isTrue();
    assertThat(plan.adminsLost()).containsExactly("noor@example.com");
    assertThat(plan.noAdminsLeft()).isTrue();
    var other = checked(LATER).planned();
    assertThat(other.manyLeave()).isFalse();
    assertThat(other.adminsLost()).isEmpty();
    assertThat(other.noAdminsLeft()).isFalse();
  }

  @Nested
  class StepsThatComeTwice {
    @Test
    void changeNothingTheSecondTime() {
      var id = upload(LATER);
      steps.step(id);
      var ready = now(id);
      steps.step(id);
      assertThat(now(id)).isEqualTo(ready);
      begun(ready);
      while (now(id).state().moves()) {
        var before = stored(id);
        steps.step(id);
        var after = now(id);
        // The import as if the step's last write had been lost; the step is done again.
        TABLES.client().putItem(put -> put.tableName(TABLES.name("imports")).item(before));
        steps.step(id);
        assertThat(now(id)).isEqualTo(after);
      }
      assertThat(now(id).applied()).isEqualTo(new Counts(1, 2, 1));
      assertStored(LATER);
    }

    private Map<String, AttributeValue> stored(String id) {
      return TABLES.items("imports").stream()
          .filter(item -> AttributeValue.fromS(id).equals(item.get("id")))
          .filter(item -> AttributeValue.fromS(Imports.IMPORT).equals(item.get("part")))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void sideBySideCountEachPieceOnce() throws Exception {
      var ready = begun(checked(many(1_000)));
      var tries = new AtomicInteger();
      try (var workers = Executors.newFixedThreadPool(6)) {
        var tasks =
            IntStream.range(0, 6)
                .mapToObj(
                    i ->
                        workers.submit(
                            () -> {
                              while (now(ready.id()).state().moves()) {
                                try {
                                  steps.step(ready.id());
                                } catch (IllegalStateException busy) {
                                  // As the stream does: once more.
                                  tries.incrementAndGet();
                                }
                              }
                            }))
                .toList();
        for (var task : tasks) {
          task.get();
        }
      }

      assertThat(now(ready.id()).state()).isEqualTo(State.DONE);
      assertThat(now(ready.id()).applied()).isEqualTo(ready.planned().counts());
      assertThat(tries.get()).as("steps that met others too often").isLessThan(100);
      assertStored(many(1_000));
    }
  }

  /** Every call that a step makes can fail before it has an effect; the step is done again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GetItem imports", "PutItem imports", "TransactWriteItems imports",
        "Scan people", "BatchGetItem people", "TransactWriteItems people",
        "GetItem people", "PutItem people"
      })
  void aStepThatBreaksOffIsDoneAgain(String call) {
    var parts = call.split(" ", 2);
    var ready = checked(LATER);
    begun(ready);
    int broken = 0;
    for (int i = 0; now(ready.id()).state().moves(); i++) {
      assertThat(i).isLessThan(200);
      var before = now(ready.id());
      TABLES.refuseNext(
          parts[0], parts[1], new AwsException("AccessDeniedException", 400, "no right any more"));
      try {
        steps.step(ready.id());
      } catch (SdkException broke) {
        broken++;
        assertThat(now(ready.id())).isEqualTo(before);
        steps.step(ready.id());
      }
      TABLES.forgetEvents();
    }
    assertThat(broken).isPositive();
    assertThat(now(ready.id()).state()).isEqualTo(State.DONE);
    assertThat(now(ready.id()).applied()).isEqualTo(new Counts(1, 2, 1));
    assertStored(LATER);
  }

  @Nested
  class SomebodyElse {
    @Test
    void whoChangedPeopleBeforeItBeganMakesItBeShownAnew() {
      var ready = checked(LATER);
      var moved = people.person("lena@example.com").orElseThrow().deactivated();
      people.put(moved);

      var again = untilItStands(begun(ready).id());

      assertThat(again.state()).isEqualTo(State.READY);
      assertThat(again.again()).isTrue();
      assertThat(again.planned().counts()).as("Lena comes back").isEqualTo(new Counts(1, 3, 1));
      assertThat(again.applied()).isEqualTo(Counts.NONE);
      assertThat(people.person("lena@example.com")).contains(moved);
      assertThat(people.person("mei-ling@example.com")).isEmpty();
      assertThat(imports.applying()).isEmpty();

      assertThat(untilItStands(begun(again).id()).state()).isEqualTo(State.DONE);
      assertStored(LATER);
    }

    @Test
    void whoChangesPeopleOnTheWayStopsItThere() {
      var begun = begun(checked(many(450)));
      while (now(begun.id()).applied().all() == 0) {
        steps.step(begun.id());
      }
      var elsewhere =
          new Person(
              "member449@example.com",
              "Elsewhere",
              null,
              List.of(),
              people.person("noor@example.com").orElseThrow().zone(),
              people.person("noor@example.com").orElseThrow().language(),
              true);
      people.put(elsewhere);

      var again = untilItStands(begun.id());

      assertThat(again.state()).isEqualTo(State.READY);
      assertThat(again.again()).isTrue();
      assertThat(again.applied().all()).isPositive();
      assertThat(people.person("member449@example.com")).contains(elsewhere);
      int rest = again.planned().counts().all();
      assertThat(rest).isLessThan(450);
      var done = untilItStands(begun(again).id());
      assertThat(done.state()).isEqualTo(State.DONE);
      assertThat(done.applied().all()).isEqualTo(again.applied().all() + rest);
      assertStored(many(450));
    }

    @Test
    void whoIsFasterWithOnePersonIsNotOverwritten() {
      var begun = begun(checked(LATER));
      var faster = people.person("amara@example.com").orElseThrow().deactivated();
      TABLES.beforeNext("TransactWriteItems", "people", () -> people.put(faster));

      var again = untilItStands(begun.id());

      assertThat(again.state()).isEqualTo(State.READY);
      assertThat(people.person("amara@example.com")).contains(faster);
    }

    @Test
    void whoIsFasterWithAGroupLosesNobody() {
      var begun = begun(checked(COMPANY + NEW));
      TABLES.beforeNext(
          "PutItem", "people", () -> people.join("support", List.of("temp@example.com")));

      untilItStands(begun.id());

      assertThat(now(begun.id()).state()).isEqualTo(State.DONE);
      assertThat(people.everything().groups().get("support")).contains("temp@example.com");
    }

    @Test
    void whoIsFasterWithSomebodyNewIsNotOverwritten() {
      var begun = begun(checked(LATER));
      var noor = people.person("noor@example.com").orElseThrow();
      var faster =
          new Person(
              "mei-ling@example.com",
              "Mei-Ling",
              null,
              List.of(),
              noor.zone(),
              noor.language(),
              true);
      TABLES.beforeNext("TransactWriteItems", "people", () -> people.put(faster));

      var again = untilItStands(begun.id());

      assertThat(again.state()).isEqualTo(State.READY);
      assertThat(people.person("mei-ling@example.com")).contains(faster);
    }

    @Test
    void whoIsFasterWithOneWhoHasNoManagerIsNotOverwritten() {
      var begun = begun(checked(LATER));
      var faster = people.person("noor@example.com").orElseThrow().deactivated();
      TABLES.beforeNext("TransactWriteItems", "people", () -> people.put(faster));

      var again = untilItStands(begun.id());

      assertThat(again.state()).isEqualTo(State.READY);
      assertThat(people.person("noor@example.com")).contains(faster);
    }

    @Test
    void whoIsFasterWithANewGroupLosesNobody() {
      var begun = begun(checked(LATER));
      TABLES.beforeNext(
          "PutItem", "people", () -> people.join("sales", List.of("temp@example.com")));

      untilItStands(begun.id());

      assertThat(now(begun.id()).state()).isEqualTo(State.DONE);
      assertThat(people.everything().groups().get("sales"))
          .contains("temp@example.com", "amara@example.com");
    }

    @Test
    void whoAppliesAnotherFileComesFirst() {
      var one = checked(LATER);
      var other = checked(many(3));
      begun(one);

      assertThat(imports.replace(other, other.applying("noor@example.com", SamAsks.MONDAY)))
          .isEqualTo(Written.BUSY);
      assertThat(now(other.id())).isEqualTo(other);
      assertThat(imports.applying()).contains(one.id());

      untilItStands(one.id());
      assertThat(untilItStands(begun(other).id()).state())
          .as("what was shown is not what is to be done any more")
          .isEqualTo(State.READY);
    }

    @Test
    void whoSawAnEarlierStateMovesNothing() {
      var ready = checked(LATER);
      begun(ready);

      assertThat(imports.replace(ready, ready.ended("noor@example.com", SamAsks.MONDAY)))
          .isEqualTo(Written.OVERTAKEN);
      assertThat(imports.replace(ready, ready.applying("noor@example.com", SamAsks.MONDAY)))
          .isEqualTo(Written.OVERTAKEN);
    }
  }

  /** Whatever it stops at, nobody who belongs to a group is missing from it. */
  @Test
  void stoppedAnywhereEveryGroupListsAllOfItsMembers() {
    int steps = 0;
    for (int most = 0; ; most++) {
      hire();
      var begun = begun(checked(LATER));
      for (int i = 0; i < most; i++) {
        this.steps.step(begun.id());
      }
      var now = now(begun.id());
      var everything = people.everything();
      PeopleDifference.members(everything.people())
          .forEach(
              (group, members) ->
                  assertThat(everything.groups().getOrDefault(group, List.of()))
                      .containsAll(members));
      if (now.state() == State.DONE) {
        steps = most;
        break;
      }
      assertThat(imports.replace(now, now.ended("noor@example.com", SamAsks.MONDAY)))
          .isEqualTo(Written.DONE);
      assertThat(now(begun.id()).state()).isEqualTo(State.STOPPED);
      assertThat(imports.applying()).isEmpty();
      TABLES.forget("people", any -> true);
    }
    assertThat(steps).as("to confirm, to list, to change, to list fewer").isEqualTo(4);
  }

  @Test
  void aFileThatIsNotKeptAnyMoreStopsIt() {
    var ready = checked(LATER);
    TABLES.advance(Imports.FILE_KEPT.plus(Duration.ofHours(1)));
    assertThat(imports.file(ready)).isEmpty();
    assertThat(now(ready.id())).as("that there was one is still known").isEqualTo(ready);

    var stopped = untilItStands(begun(ready).id());

    assertThat(stopped.state()).isEqualTo(State.STOPPED);
    assertThat(imports.applying()).isEmpty();
    assertStored(COMPANY);
  }

  @Test
  void theLatestAreListedFirst() {
    var march = listed("noor@example.com", SamAsks.MONDAY);
    var april = listed("lena@example.com", SamAsks.MONDAY.plus(Duration.ofDays(31)));

    assertThat(imports.latest(SamAsks.MONDAY.plus(Duration.ofDays(60))))
        .extracting(Imports.Line::id)
        .containsExactly(april, march);
    assertThat(imports.latest(SamAsks.MONDAY.plus(Duration.ofDays(95))))
        .as("three months are listed")
        .extracting(Imports.Line::id)
        .containsExactly(april);
  }

  private String listed(String by, Instant at) {
    var file = LATER.getBytes(UTF_8);
    var id = Imports.id(by, "any", file);
    imports.begin(Import.of(id, by, at, "later.csv", file), file);
    return id;
  }

  static String many(int people) {
    return IntStream.range(0, people)
        .mapToObj(
            i ->
                "Member %05d,member%d@example.com,%s,everybody;team-%d,Europe/Berlin,de"
                    .formatted(i, i, i == 0 ? "" : "member0@example.com", i / 50))
        .collect(Collectors.joining("\n", HEADER, "\n"));
  }

  @Nested
  class TheListOfPeople {
    private List<String> names(String beginning, int most) {
      var names = new ArrayList<String>();
      String from = null;
      do {
        var page = people.list(beginning, most, from);
        page.people().forEach(person -> names.add(person.name()));
        from = page.next();
      } while (from != null);
      return names;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 50})
    void isSortedByNameHoweverItIsCut(int most) {
      assertThat(names("", most))
          .containsExactly("Amara Okafor", "Diego Ramírez", "Lena Fischer", "Noor Haddad");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void findsByTheBeginningOfNameOrAddress(int most) {
      people.put(other("zoe@example.com", "Álvaro Núñez"));
      people.put(other("alva@example.com", "Zoë Alvarez"));
      assertThat(names("ALVA", most)).containsExactly("Álvaro Núñez", "Zoë Alvarez");
      assertThat(names("zoe", most)).containsExactly("Zoë Alvarez", "Álvaro Núñez");
      assertThat(names("alvaro nu", most)).containsExactly("Álvaro Núñez");
      assertThat(names("noor@", most)).containsExactly("Noor Haddad");
      assertThat(names("@", most)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void findsByTheBeginningOfAnyWordOfTheName(int most) {
      people.put(other("zz@example.com", "Anna-Lena Müller"));
      people.put(other("aa@example.com", "Jörg von Mulden"));
      people.put(other("mulberry@example.com", "Zoë Mulcahy"));
      people.put(other("xy@example.com", "Muls Mulsen"));
      assertThat(names("mul", most))
          .as("whole names, then addresses, then words of names")
          .containsExactly("Muls Mulsen", "Zoë Mulcahy", "Jörg von Mulden", "Anna-Lena Müller");
      assertThat(names("MÜL", most))
          .containsExactly("Muls Mulsen", "Jörg von Mulden", "Zoë Mulcahy", "Anna-Lena Müller");
      assertThat(names("müller", most)).containsExactly("Anna-Lena Müller");
      assertThat(names("lena", most)).containsExactly("Lena Fischer", "Anna-Lena Müller");
      assertThat(names("Müller, Anna", most)).containsExactly("Anna-Lena Müller");
      assertThat(names("Müller, Jörg", most)).isEmpty();
      assertThat(names("ulden", most)).as("not the beginning of a word").isEmpty();
      assertThat(names("name", most)).as("what keys begin with").isEmpty();
      assertThat(names("a q ".repeat(25), most)).as("very many words").isEmpty();
    }

    private Person other(String email, String name) {
      var lena = people.person("lena@example.com").orElseThrow();
      return new Person(email, name, null, List.of(), lena.zone(), lena.language(), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void tellsWhoReportsToSomebody(int most) {
      people.put(reporting("zoe@example.com", "Zoë", true));
      people.put(reporting("abe@example.com", "Abe", true));
      people.put(reporting("mia@example.com", "Mia", false));
      people.put(reporting("bea@example.com", "Bea", true));
      var names = new ArrayList<String>();
      String from = null;
      do {
        var part = people.reports("noor@example.com", most, from);
        assertThat(part.people()).hasSizeLessThanOrEqualTo(most);
        part.people().forEach(person -> names.add(person.name()));
        from = part.next();
      } while (from != null);
      assertThat(names).containsSubsequence("Abe", "Bea", "Zoë").doesNotContain("Mia");
      assertThat(names).doesNotHaveDuplicates();
      assertThat(people.reports("noor@example", most, null).people()).isEmpty();
      assertThat(people.reports("noor@example.com", names.size(), null).next())
          .as("just as many")
          .isNull();
    }

    private Person reporting(String email, String name, boolean active) {
      var lena = people.person("lena@example.com").orElseThrow();
      return new Person(
          email, name, "noor@example.com", List.of(), lena.zone(), lena.language(), active);
    }

    @Test
    void goesOnOnlyWhereItEnded() {
      for (var from : List.of("", "person#a", "name person#a name#a", "group#a name#a")) {
        assertThatThrownBy(() -> people.reports("noor@example.com", 5, from))
            .as(from)
            .isInstanceOf(IllegalArgumentException.class);
      }
      for (var from :
          List.of(
              "",
              "name",
              "name x y",
              "name person#a name",
              "elsewhere person#a",
              "word",
              "word person#a")) {
        assertThatThrownBy(() -> people.list("", 5, from))
            .as(from)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
