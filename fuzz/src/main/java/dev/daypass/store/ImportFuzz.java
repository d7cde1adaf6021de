package dev.daypass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.fuzz.Check;
import dev.daypass.runbook.PeopleDifference.Kind;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.Piece;
import dev.daypass.web.ImportView;
import dev.daypass.words.Speech;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Stored imports and pieces of their plans: either damaged, and said so, or whole. */
public final class ImportFuzz {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private ImportFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /**
   * The input is an object with {@code import}, as its item holds it, or {@code piece}, or both.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    JsonNode both;
    try {
      both = JSON.readTree(new String(data, UTF_8));
    } catch (JsonProcessingException none) {
      return;
    }
    if (both.has("import")) {
      stored(both.path("import").toString());
    }
    if (both.has("piece")) {
      piece(both.path("piece").toString());
    }
  }

  private static void stored(String text) {
    Import one;
    try {
      one = Json.read(text, StoredImport.class).toImport();
    } catch (NullPointerException | UncheckedIOException damaged) {
      // Guards of the records themselves, and what the JSON inside says.
      return;
    }
    same(one);
    for (var finding : one.told().first()) {
      Check.that(finding.line() >= 1, "a line that no file has", finding);
      // Words of another release are left out, and nothing else may be wrong with them.
      if (Speech.english().knows(finding.wrong())) {
        Check.that(!Speech.english().say(finding.wrong()).isEmpty(), "a finding without words");
      }
    }
    Check.that(
        one.state().moves() || one.state().isOver() || one.state() == Imports.State.READY,
        "an import that is nowhere");
    var shown = ImportView.State.valueOf(one.state().name());
    Check.that(!Speech.english().say(shown.key()).isEmpty(), "a state that no page has");
    same(one.ended("ruth@example.com", NOW));
    same(one.lost(NOW));
    same(one.overtaken(NOW));
  }

  private static void same(Import one) {
    String written;
    try {
      written = Json.write(StoredImport.of(one));
    } catch (DateTimeException beyond) {
      // Instants of a million years that no clock says and no calendar has.
      return;
    }
    Check.same(Json.read(written, StoredImport.class).toImport(), one, "written and read again");
  }

  private static void piece(String text) {
    Piece piece;
    try {
      piece = Json.read(text, Piece.class);
    } catch (NullPointerException | UncheckedIOException damaged) {
      return;
    }
    if (piece == null) {
      return;
    }
    var again = Json.read(Json.write(piece), Piece.class);
    Check.same(again, piece, "a piece, written and read again");
    Check.same(
        Imports.hash(List.of(again)), Imports.hash(List.of(piece)), "the hash of the same piece");
    for (var change : piece.people()) {
      var shown = ImportView.Change.of(change);
      Check.showsOnOneLine(shown.name());
      Check.that(
          (change.kind() == Kind.ADDED) == (shown.where() != null),
          "where somebody is, of those who are new");
      shown.fields().forEach(field -> Speech.english().say(field.what()));
    }
  }
}
