package dev.daypass.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;

/** Stored audit records: what was tampered with is told, and never brings the reader down. */
public final class RecordFuzz {
  private static final JsonMapper JSON = new JsonMapper();

  private RecordFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) throws JsonProcessingException {
    var text = Input.text(data);
    AuditRecord record;
    try {
      record = AuditRecord.read(text);
    } catch (AuditRecord.Unreadable damaged) {
      Check.showsOnOneLine(String.valueOf(damaged.getMessage()));
      return;
    }
    Check.same(record.json(), text, "a record has one text");
    Check.same(JSON.readTree(text).path("request").asText(), record.request(), "any JSON reader");
    Check.same(record.entry().hash(), AuditRecord.hash(text), "the hash is of the text");
  }
}
