package dev.daypass.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.Written;
import dev.daypass.store.LocalTables;
import dev.daypass.store.People;
import dev.daypass.store.SamAsks;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Assets;
import dev.daypass.web.Body;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page of an import says, and what it does not do. */
class ImportPagesTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final String COOKIE = "__Host-daypass-form";
  private static final String SECRET = "s".repeat(43);
  private static final String HEADER = "name,email,manager,groups,zone,language\n";
  private static final String COMPANY =
      HEADER
          + """
          Ruth Adeyemi,ruth@example.com,,admins,Europe/London,en
          Lena Fischer,lena@example.com,ruth@example.com,support,Europe/Berlin,de
          """;
  private static final String NEWCOMER =
      "Zuri Abara,zuri@example.com,lena@example.com,support;sales,America/Mexico_City,pt-BR\n";

  private final People people = TABLES.people();
  private final Imports imports = TABLES.imports();
  private final ImportSteps steps = new ImportSteps(imports, people, TABLES.timeline());
  private final AntiForgery antiForgery = new AntiForgery(PUBLIC, new Random(1));
  private final ImportPages pages =
      new ImportPages(
          new PeopleHandler.Uses(
              new Administrator(),
              new Frames(
                  TABLES.people().directory(), new ChosenLanguage(PUBLIC), TABLES.timeline()),
              antiForgery,
              new Pages(new Assets()),
              PUBLIC,
              people,
              imports,
              TABLES.standIns(),
              TABLES.requests(),
              TABLES.inbox(),
              () -> new Catalog(Map.of(), Map.of()),
              TABLES.timeline(),
              new Random(1)));

  @BeforeEach
  void hire() {
    people.write(PeopleDifference.between(people.everybody(), PeopleFile.read(COMPANY).people()));
  }

  private Import checked(String list) {
    var file = list.getBytes(UTF_8);
    var id = Imports.id("ruth@example.com", "page", file);
    imports.begin(
        Import.of(id, "ruth@example.com", TABLES.timeline().instant(), "people.csv", file), file);
    steps.step(id);
    return imports.find(id).orElseThrow();
  }

  private HttpRequest call(String id, String body) {
    return new HttpRequest(
        "POST",
        "POST /admin/imports/{id}/apply",
        Paths.applyImport(id),
        Map.of("id", id),
        Map.of(),
        Map.of(),
        Map.of(COOKIE, SECRET),
        new Body(body.getBytes(UTF_8), "application/x-www-form-urlencoded"),
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        TABLES.timeline().instant());
  }

  private String seen(Import one) {
    return pages.show(call(one.id(), "")).body();
  }

  private HttpResponse pressed(Import one, String more) {
    var token = antiForgery.token(call(one.id(), "")).value() + ".ruth@example.com";
    return pages.apply(
        call(one.id(), AntiForgery.FIELD + "=" + token + "&plan=" + one.planned().hash() + more));
  }

  @Test
  void whileAnotherIsDoneThePageLeadsThereAndKeepsWhatWasTicked() {
    var other = checked(COMPANY + NEWCOMER);
    assertThat(imports.replace(other, other.applying("ruth@example.com", SamAsks.MONDAY)))
        .isEqualTo(Written.DONE);
    var mine = checked(COMPANY.replace("admins", "support"));

    var sure = pressed(mine, "&sure=yes");
    assertThat(sure.status()).isEqualTo(409);
    assertThat(sure.body())
        .contains("Another import is being done", "href=\"" + Paths.peopleImport(other.id()) + "\"")
        .containsPattern("name=\"sure\" value=\"yes\" checked");

    var unsure = pressed(mine, "");
    assertThat(unsure.status()).isEqualTo(422);
    assertThat(unsure.body())
        .contains("Please confirm that this is meant")
        .doesNotContain(" checked", Paths.peopleImport(other.id()));
  }

  @Test
  void ofSomebodyNewItIsToldWhereAndInWhichLanguageTheyAre() {
    assertThat(seen(checked(COMPANY + NEWCOMER)))
        .contains("Portuguese (Brazil), America/Mexico_City")
        .containsPattern("Groups: .*sales, support");
  }

  @Test
  void anImportThatChangedNothingSaysSo() {
    assertThat(seen(checked(COMPANY)))
        .contains("Done, and nothing was changed", "<h2>Nothing was changed</h2>")
        .doesNotContain("What it changed", "<noscript><p>Press");
  }

  @Test
  void whoeverDiscardsWhatIsDoneIsToldThatNothingCameOfIt() {
    var ready = checked(COMPANY + NEWCOMER);
    assertThat(discarded(ready).status()).isEqualTo(303);
    var other = checked(COMPANY + NEWCOMER.replace("Zuri", "Zora"));
    imports.replace(other, other.applying("ruth@example.com", SamAsks.MONDAY));
    while (imports.find(other.id()).orElseThrow().state().moves()) {
      steps.step(other.id());
    }

    var late = discarded(other);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body())
        .contains("The import had been done before you pressed that", "<h2>What it changed</h2>");
    assertThat(people.person("zuri@example.com")).isPresent();
    assertThat(imports.find(other.id()).orElseThrow().state()).isEqualTo(Imports.State.DONE);
  }

  private HttpResponse discarded(Import one) {
    var token = antiForgery.token(call(one.id(), "")).value() + ".ruth@example.com";
    return pages.discard(call(one.id(), AntiForgery.FIELD + "=" + token));
  }

  @Test
  void whatAnImportChangedIsCountedEvenIfPeopleChangedMeanwhile() {
    var ready = checked(COMPANY + NEWCOMER);
    imports.replace(ready, ready.applying("ruth@example.com", SamAsks.MONDAY));
    while (imports.find(ready.id()).orElseThrow().state().moves()) {
      steps.step(ready.id());
    }
    assertThat(seen(ready))
        .contains("<h2>What it changed</h2>", "<strong>1</strong> new")
        .doesNotContain("nothing was changed");
  }

  @Test
  void whatWaitsForADecisionAgainSaysThatTheOneBeforeWasAboutAnotherDifference() {
    var ready = checked(COMPANY + NEWCOMER);
    assertThat(seen(ready)).doesNotContain("Decided");
    imports.replace(ready, ready.applying("ruth@example.com", SamAsks.MONDAY));
    people.put(german());
    while (imports.find(ready.id()).orElseThrow().state().moves()) {
      steps.step(ready.id());
    }
    assertThat(imports.find(ready.id()).orElseThrow().state()).isEqualTo(Imports.State.READY);
    assertThat(seen(ready))
        .contains("<dt>Vor dem neuen Vergleich entschieden</dt>")
        .doesNotContain("<dt>Entschieden</dt>");
  }

  /** Imports are kept for more than a year, and words change. */
  @Test
  void whatAnEarlierReleaseToldInWordsThatAreGoneIsStillAPage() {
    var refused = checked(COMPANY + "Ben,ben,,,,\n");
    var old =
        new PeopleFile.Finding(
            2, Said.of("people.wrong.semicolons"), Said.of("people.right.commas"));
    var less =
        new PeopleFile.Finding(3, Said.of("people.wrong.twice"), Said.of("people.right.name"));
    imports.replace(
        refused,
        refused.refused(new Imports.Told(List.of(old, less), 2), TABLES.timeline().instant()));
    assertThat(seen(refused))
        .contains("There are 2 problems", "an earlier version of Daypass found something here");
  }

  @Test
  void withoutScriptThePageSaysWhatToPress() {
    var file = COMPANY.getBytes(UTF_8);
    var id = Imports.id("ruth@example.com", "page", file);
    var begun = Import.of(id, "ruth@example.com", TABLES.timeline().instant(), "people.csv", file);
    imports.begin(begun, file);
    assertThat(seen(begun)).contains("<noscript><p>Press “Refresh” to see how far it is.</p>");
  }

  @Test
  void countsAreWrittenAsTheReaderWritesNumbers() {
    var many =
        IntStream.range(0, 1_200)
            .mapToObj("Member,member%d@example.com,,,,%n"::formatted)
            .collect(Collectors.joining());
    var ready = checked(COMPANY + many);
    assertThat(seen(ready)).contains("<strong>1,200</strong> new");
    people.put(german());
    assertThat(seen(ready)).contains("<strong>1.200</strong> neu");
  }

  private Person german() {
    var ruth = people.person("ruth@example.com").orElseThrow();
    return new Person(
        ruth.email(), ruth.name(), ruth.manager(), ruth.groups(), ruth.zone(), Locale.GERMAN, true);
  }

  private static final class Administrator implements Identity {
    @Override
    public Visitor visitor(HttpRequest request) {
      return new Visitor.Known("ruth@example.com", Proof.SESSION, Set.of(Visitor.ADMINS));
    }

    @Override
    public Optional<Problem> closed() {
      return Optional.empty();
    }
  }
}
