package dev.daypass.audit;

import dev.daypass.access.Event;
import dev.daypass.access.Submission;
import dev.daypass.audit.Verdict.Broken;
import dev.daypass.audit.Verdict.Kind;
import dev.daypass.audit.Verdict.Verified;
import dev.daypass.store.AuditRecords.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one request: each holds the hash of the one before, so that none can be changed,
 * taken out or put in without breaking what follows. What the chain alone cannot show (the last
 * records are missing or overwritten, or all of it was made anew) shows against the request, whose
 * item holds all its events.
 */
public final class Chain {
  /** What the first record has in place of the hash of one before. */
  public static final String START = "0".repeat(64);

  private Chain() {}

  /** The records that these events come to. */
  public static List<AuditRecord> of(Submission asked, List<Event> events) {
    return after(asked, events, 0, START);
  }

  /**
   * The records of the events after a version.
   *
   * @param version the last recorded one; 0 if there is none
   * @param hash hash of its record; {@link #START} if there is none
   */
  static List<AuditRecord> after(Submission asked, List<Event> events, int version, String hash) {
    var records = new ArrayList<AuditRecord>();
    var previous = hash;
    for (var event : events.subList(version, events.size())) {
      var next = record(asked, events, event.version(), previous);
      records.add(next);
      previous = next.hash();
    }
    return records;
  }

  /** The record of one version, if the record before has this hash. */
  static AuditRecord record(Submission asked, List<Event> events, int version, String previous) {
    return AuditRecord.of(asked, events.get(version - 1), run(events, version), previous);
  }

  /** Told from the events alone: the item knows only its last run, and records must not differ. */
  private static int run(List<Event> events, int version) {
    int run = 1;
    for (var event : events.subList(0, version)) {
      if (event.kind() == Event.Kind.RUN_STARTED) {
        var said = event.details().get("run");
        run = said == null ? run + 1 : Integer.parseInt(said);
      }
    }
    return run;
  }

  /** A stored record that is not what was stored. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Broken broken;

    private Damaged(Kind kind, int version, String problem) {
      super(problem);
      this.broken = new Broken(kind, version, problem);
    }

    Broken broken() {
      return broken;
    }
  }

  /**
   * Reads one stored record, whatever stands before and after it.
   *
   * @throws Damaged if it is not whole in itself
   */
  static AuditRecord read(Entry entry) throws Damaged {
    int version = entry.version();
    if (!AuditRecord.hash(entry.record()).equals(entry.hash())) {
      throw new Damaged(
          Kind.CHANGED,
          version,
          "The record of version %d was changed: its hash is not the one stored with it."
              .formatted(version));
    }
    AuditRecord record;
    try {
      record = AuditRecord.read(entry.record());
    } catch (AuditRecord.Unreadable damaged) {
      throw new Damaged(
          Kind.CHANGED,
          version,
          "The record of version %d was changed: %s.".formatted(version, damaged.getMessage()));
    }
    if (record.version() != version || !record.request().equals(entry.request())) {
      throw new Damaged(
          Kind.CHANGED,
          version,
          "The record of version %d was changed: it says that it is version %d of request %s."
              .formatted(version, record.version(), record.request()));
    }
    if (!record.entry().equals(entry)) {
      throw new Damaged(
          Kind.MISFILED,
          version,
          ("The record of version %d is whole, but it is filed under another person, system or"
                  + " time than it names: searches miss it.")
              .formatted(version));
    }
    return record;
  }

  /** Whether these stored records, by version, are a chain; says nothing of missing last ones. */
  public static Verdict verify(List<Entry> stored) {
    var previous = START;
    for (int i = 0; i < stored.size(); i++) {
      int version = i + 1;
      var entry = stored.get(i);
      if (entry.version() != version) {
        return new Broken(
            Kind.GAP,
            version,
            "The record of version %d is missing; the next one there is of version %d."
                .formatted(version, entry.version()));
      }
      try {
        if (!read(entry).previous().equals(previous)) {
          return new Broken(Kind.WRONG_LINK, version, wrongLink(version));
        }
      } catch (Damaged damaged) {
        return damaged.broken();
      }
      previous = entry.hash();
    }
    return new Verified(stored.size());
  }

  private static String wrongLink(int version) {
    return version == 1
        ? "The record of version 1 does not begin a chain: it names a record before it."
        : "The record of version %d does not follow that of version %d: one of them was replaced."
            .formatted(version, version - 1);
  }

  /**
   * Whether these stored records, by version, are a chain and all that happened to the request.
   *
   * @param events all of the request's events. Read before the records, a change in between makes
   *     these seem too many; read after them, too few
   */
  public static Verdict verify(List<Entry> stored, Submission asked, List<Event> events) {
    switch (verify(stored)) {
      case Broken broken -> {
        return broken;
      }
      case Verified _ -> {}
    }
    var expected = of(asked, events);
    for (int i = 0; i < Math.min(stored.size(), expected.size()); i++) {
      if (!stored.get(i).equals(expected.get(i).entry())) {
        return new Broken(
            Kind.OVERWRITTEN,
            i + 1,
            ("The record of version %d was overwritten: it is whole in itself, but the request says"
                    + " that something else happened.")
                .formatted(i + 1));
      }
    }
    if (stored.size() < expected.size()) {
      return new Broken(
          Kind.SHORT,
          stored.size() + 1,
          ("The records end at version %d, but the request is at version %d. What is missing happened"
                  + " at %s or later; if that was just now, its record may still be on its way.")
              .formatted(stored.size(), expected.size(), expected.get(stored.size()).at()));
    }
    if (stored.size() > expected.size()) {
      return new Broken(
          Kind.LONG,
          expected.size() + 1,
          ("There are records up to version %d, but the request is only at version %d: it has lost"
                  + " changes.")
              .formatted(stored.size(), expected.size()));
    }
    return new Verified(stored.size());
  }
}
