package dev.daypass.store;

import dev.daypass.runbook.PeopleFile.Finding;
import dev.daypass.store.Imports.Begun;
import dev.daypass.store.Imports.Counts;
import dev.daypass.store.Imports.Decided;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.Plan;
import dev.daypass.store.Imports.State;
import dev.daypass.store.Imports.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import as its item holds it, in JSON: all of it side by side. */
record StoredImport(
    String id,
    String by,
    Instant at,
    String file,
    String sha256,
    int bytes,
    int pieces,
    State state,
    int version,
    Instant movedAt,
    boolean again,
    @Nullable Plan plan,
    int position,
    Counts applied,
    List<Finding> findings,
    int allFindings,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {
  static StoredImport of(Import one) {
    var begun = one.begun();
    var decided = one.decided();
    return new StoredImport(
        one.id(),
        begun.by(),
        begun.at(),
        begun.file(),
        begun.sha256(),
        begun.bytes(),
        begun.pieces(),
        one.state(),
        one.version(),
        one.movedAt(),
        one.again(),
        one.plan(),
        one.position(),
        one.applied(),
        one.told().first(),
        one.told().all(),
        decided == null ? null : decided.by(),
        decided == null ? null : decided.at());
  }

  Import toImport() {
    return new Import(
        id,
        new Begun(by, at, file, sha256, bytes, pieces),
        state,
        version,
        movedAt,
        again,
        plan,
        position,
        applied,
        new Told(findings, allFindings),
        decidedBy == null || decidedAt == null ? null : new Decided(decidedBy, decidedAt));
  }
}
