package dev.daypass.audit;

import java.util.Objects;

/** What a look at the stored records of one request comes to. */
public sealed interface Verdict {
  /**
   * Every record is there, unchanged, in order.
   *
   * @param version of the last record
   */
  record Verified(int version) implements Verdict {}

  /**
   * Something is wrong.
   *
   * @param kind what
   * @param version the first version that it is wrong at
   * @param problem in plain words, with the version
   */
  record Broken(Kind kind, int version, String problem) implements Verdict {
    public Broken {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(problem);
    }
  }

  /** What can be wrong. */
  enum Kind {
    /** A record is missing, with later ones there. */
    GAP,
    /** A record does not have the hash stored beside it, or is no record of this version. */
    CHANGED,
    /** A record does not follow the one before. */
    WRONG_LINK,
    /** The attributes by which a record is found do not say what the record says. */
    MISFILED,
    /** A record is whole in itself and says something else than the request. */
    OVERWRITTEN,
    /** The last records are missing. */
    SHORT,
    /** There are more records than the request has changes. */
    LONG
  }
}
