package dev.daypass.local.cli;

import dev.daypass.access.InEnglish;
import dev.daypass.store.Policies;
import java.util.List;
import java.util.Objects;

/**
 * What a publication changes.
 *
 * @param changes one for each policy, new or old, systems first
 * @param revision of the catalog afterwards; the old one if nothing changes
 */
public record Publication(List<Change> changes, int revision) {
  /** What happens to one policy. */
  public enum What {
    NEW("new"),
    CHANGED("changed"),
    UNCHANGED("unchanged"),
    /** Its file is gone: it can no longer be asked for; its versions stay. */
    WITHDRAWN("withdrawn");

    private final String word;

    What(String word) {
      this.word = word;
    }
  }

  /**
   * What happens to one policy.
   *
   * @param version the one that holds afterwards; of a withdrawn policy the one that held
   */
  public record Change(Policies.Kind kind, String id, What what, int version) {
    public Change {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(id);
      Objects.requireNonNull(what);
    }

    /** The line that is printed. */
    @Override
    public String toString() {
      return String.format(
          "%-9s  %-7s  %-28s  version %d",
          what.word,
          switch (kind) {
            case RUNBOOK -> "runbook";
            case SYSTEM -> "system";
          },
          id,
          version);
    }
  }

  public Publication {
    changes = List.copyOf(changes);
  }

  /** Whether anything changes at all. */
  public boolean changesSomething() {
    return changes.stream().anyMatch(change -> change.what() != What.UNCHANGED);
  }

  /** {@code 2 new, 1 changed, 13 unchanged, 0 withdrawn}. */
  public String summary() {
    return InEnglish.counted(changes.size(), "policy").replace("policys", "policies")
        + ": "
        + count(What.NEW)
        + " new, "
        + count(What.CHANGED)
        + " changed, "
        + count(What.UNCHANGED)
        + " unchanged, "
        + count(What.WITHDRAWN)
        + " withdrawn";
  }

  private long count(What what) {
    return changes.stream().filter(change -> change.what() == what).count();
  }
}
