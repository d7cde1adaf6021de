package dev.daypass.audit;

import dev.daypass.access.Event;
import dev.daypass.access.Submission;
import dev.daypass.store.AuditMismatch;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.AuditRecords.Entry;
import java.util.List;

/** Writes what is missing of a request's records. */
public final class Recorder {
  private final AuditRecords records;

  public Recorder(AuditRecords records) {
    this.records = records;
  }

  /**
   * Writes a record for every event that has none yet, in order. Doing it again, with the same
   * events or with fewer, changes nothing.
   *
   * @param events all of the request's events up to some version
   * @throws AuditMismatch if the record of the last event, or of the last one recorded, says
   *     something else; then nothing is written
   */
  public void record(Submission asked, List<Event> events) {
    var last = records.last(asked.id());
    int recorded = last.map(Entry::version).orElse(0);
    if (recorded > 0) {
      // What is recorded already is held against what happened, before anything is hung on it.
      int version = Math.min(recorded, events.size());
      check(
          asked,
          events,
          recorded == version
              ? last.orElseThrow()
              : records
                  .find(asked.id(), version)
                  .orElseThrow(() -> new AuditMismatch(asked.id(), version, "its record is gone")));
    }
    if (recorded < events.size()) {
      Chain.after(asked, events, recorded, last.map(Entry::hash).orElse(Chain.START))
          .forEach(record -> records.put(record.entry()));
    }
  }

  private static void check(Submission asked, List<Event> events, Entry stored) {
    int version = stored.version();
    AuditRecord read;
    try {
      read = AuditRecord.read(stored.record());
    } catch (AuditRecord.Unreadable damaged) {
      var mismatch = new AuditMismatch(asked.id(), version, "its record is damaged");
      mismatch.initCause(damaged);
      throw mismatch;
    }
    if (!Chain.record(asked, events, version, read.previous()).entry().equals(stored)) {
      throw new AuditMismatch(
          asked.id(), version, "the table holds another record than what happened");
    }
  }
}
