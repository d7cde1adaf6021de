package dev.daypass.people;

import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.PeopleFile.Finding;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.Piece;
import dev.daypass.store.Imports.Told;
import dev.daypass.store.People;
import java.time.InstantSource;
import java.util.List;

/**
 * Moves an import by one step: compares the file with what is stored, or does one piece of what was
 * shown. The step's last write says that it is done, and its record in the stream brings the next
 * one. A step that is done twice, or at the same time as another, or that breaks off, does no harm:
 * what it does is the same each time, and only one that saw the import as it is moves it on.
 */
public final class ImportSteps {
  /** So many findings are kept to be shown; how many there are is told, too. */
  static final int MOST_FINDINGS = 100;

  private final Imports imports;
  private final People people;
  private final InstantSource clock;

  public ImportSteps(Imports imports, People people, InstantSource clock) {
    this.imports = imports;
    this.people = people;
    this.clock = clock;
  }

  /** Does what is next for this import, if anything is. */
  public void step(String id) {
    var found = imports.find(id);
    if (found.isEmpty()) {
      return;
    }
    var one = found.get();
    switch (one.state()) {
      case CHECKING -> compare(one);
      case APPLYING -> apply(one);
      case READY, REFUSED, DONE, DISCARDED, STOPPED -> {
        // Nothing follows by itself.
      }
    }
  }

  private void compare(Import one) {
    var file = imports.file(one);
    if (file.isEmpty()) {
      write(one, one.lost(clock.instant()));
      return;
    }
    var stored = people.everything();
    var list = PeopleFile.read(file.get(), stored.people());
    if (!refused(one, list)) {
      show(one, Planning.of(stored, list), list, false);
    }
  }

  /** Whether the list cannot be taken, which is then written. */
  private boolean refused(Import one, PeopleFile list) {
    if (list.findings().isEmpty()) {
      return false;
    }
    write(one, one.refused(first(list.findings()), clock.instant()));
    return true;
  }

  private void show(Import one, Planning planning, PeopleFile list, boolean anew) {
    imports.keepPlan(one.id(), planning.pieces(), clock.instant());
    write(one, one.compared(planning.plan(), first(list.notices()), anew, clock.instant()));
  }

  private static Told first(List<Finding> findings) {
    return new Told(findings.subList(0, Math.min(findings.size(), MOST_FINDINGS)), findings.size());
  }

  private void apply(Import one) {
    if (one.position() == 0) {
      confirm(one);
      return;
    }
    var piece = imports.piece(one.id(), one.planned().hash(), one.position());
    if (piece.isEmpty()) {
      write(one, one.lost(clock.instant()));
    } else if (done(piece.get())) {
      pieceDone(one, Planning.counts(piece.get().people()));
    } else {
      write(one, one.overtaken(clock.instant()));
    }
  }

  /** Nothing is done that nobody has seen: if people have changed since, it is shown anew. */
  private void confirm(Import one) {
    var file = imports.file(one);
    if (file.isEmpty()) {
      write(one, one.lost(clock.instant()));
      return;
    }
    var stored = people.everything();
    var list = PeopleFile.read(file.get(), stored.people());
    // What the directory explained before, it may explain no more.
    if (refused(one, list)) {
      return;
    }
    var planning = Planning.of(stored, list);
    if (planning.plan().hash().equals(one.planned().hash())) {
      write(one, one.confirmed(clock.instant()));
    } else {
      show(one, planning, list, true);
    }
  }

  /** Whether the piece is done; if not, somebody else has changed one of its people. */
  private boolean done(Piece piece) {
    piece.join().forEach(each -> people.join(each.group(), each.members()));
    if (!people.change(piece.people())) {
      return false;
    }
    piece.leave().forEach(each -> people.leave(each.group(), each.members()));
    return true;
  }

  /**
   * If somebody has stopped the import meanwhile, it says all the same what was changed. Of two
   * that did the same piece only one counts it, since it is counted with the place.
   */
  private void pieceDone(Import one, Imports.Counts counts) {
    if (imports.replace(one, one.pieceDone(counts, clock.instant())) == Imports.Written.DONE) {
      return;
    }
    imports
        .find(one.id())
        .filter(now -> now.state() == Imports.State.STOPPED && now.position() == one.position())
        .ifPresent(stopped -> write(stopped, stopped.doneAfterAll(counts, clock.instant())));
  }

  /** If somebody else was faster, their write brings a step of its own. */
  private void write(Import before, Import after) {
    imports.replace(before, after);
  }
}
