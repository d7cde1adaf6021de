package dev.daypass.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Counts;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.State;
import dev.daypass.store.Imports.Written;
import dev.daypass.store.LocalTables;
import dev.daypass.store.SamAsks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On tables of its own: emptying them for another test takes longer than the import. */
class ImportOfManyTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  /** How long ten thousand lines take is printed, and is no condition. */
  @Test
  void tenThousandLines() {
    var imports = TABLES.imports();
    var people = TABLES.people();
    var steps = new ImportSteps(imports, people, TABLES.timeline());
    var file = ImportStepsTest.many(10_000).getBytes(UTF_8);
    var id = Imports.id("noor@example.com", "any page", file);
    long begin = System.nanoTime();
    imports.begin(Import.of(id, "noor@example.com", SamAsks.MONDAY, "people.csv", file), file);
    long uploaded = System.nanoTime();
    steps.step(id);
    long checked = System.nanoTime();
    var shown = imports.find(id).orElseThrow();
    assertThat(imports.replace(shown, shown.applying("noor@example.com", SamAsks.MONDAY)))
        .isEqualTo(Written.DONE);
    int count = 0;
    long longest = 0;
    while (imports.find(id).orElseThrow().state().moves()) {
      long from = System.nanoTime();
      steps.step(id);
      longest = Math.max(longest, System.nanoTime() - from);
      count++;
    }
    long done = System.nanoTime();
    // Nobody is called so: all of the directory is gone through.
    assertThat(people.list("surname", 50, null).people()).isEmpty();
    long sought = System.nanoTime();

    var after = imports.find(id).orElseThrow();
    assertThat(after.state()).isEqualTo(State.DONE);
    assertThat(after.applied()).isEqualTo(new Counts(10_000, 0, 0));
    assertThat(people.everybody()).hasSize(10_000);
    assertThat(people.everything().groups().get("everybody")).hasSize(10_000);
    System.out.printf(
        "10,000 lines: kept in %d ms, checked in %d ms, applied in %d ms and %d steps, the longest"
            + " %d ms; all names gone through in %d ms%n",
        (uploaded - begin) / 1_000_000,
        (checked - uploaded) / 1_000_000,
        (done - checked) / 1_000_000,
        count,
        longest / 1_000_000,
        (sought - done) / 1_000_000);
  }
}
