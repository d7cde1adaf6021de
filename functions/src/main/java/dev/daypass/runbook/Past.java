package dev.daypass.runbook;

import dev.daypass.access.Apart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people have asked for before. It is asked only where a runbook limits that. */
@FunctionalInterface
public interface Past {
  /** Not known, so that no limit is looked at: as when policies are checked. */
  Past UNKNOWN = (_, _) -> Optional.empty();

  /**
   * What the person has asked for with the runbook.
   *
   * @param requester email address
   * @param runbook its id
   * @return empty if that is not known here
   */
  Optional<Usage> of(String requester, String runbook);

  /**
   * When the person last asked for what the runbook gives and was given it, if nobody approved it
   * for less and no owner or administrator has taken it away; the latest time counts, and no other.
   *
   * @param requester email address
   * @param runbook its id
   * @param since what was asked before that is not looked at
   */
  default Optional<Instant> lastGiven(String requester, String runbook, Instant since) {
    return Optional.empty();
  }

  /**
   * What the person has asked for that is not over.
   *
   * @param requester email address
   * @return empty if that is not known here
   */
  default Optional<List<Open>> open(String requester) {
    return Optional.empty();
  }

  /**
   * What is known where no more than what is open has been read.
   *
   * @param open of the one person who is asked about
   */
  static Past knowing(List<Open> open) {
    return new Past() {
      @Override
      public Optional<Usage> of(String requester, String runbook) {
        return Optional.empty();
      }

      @Override
      public Optional<List<Open>> open(String requester) {
        return Optional.of(open);
      }
    };
  }

  /** How far a request that is not over has come. */
  enum State {
    ASKED,
    THERE,
    ENDING
  }

  /**
   * A request that is not over.
   *
   * @param title the task in the team's words
   * @param system id of the system
   * @param role id of the role
   */
  record Open(String title, String system, String role, State state) {
    /** Whether it is for this role. */
    public boolean isFor(Apart other) {
      return system.equals(other.system()) && role.equals(other.role());
    }
  }

  /**
   * How often somebody has asked with one runbook.
   *
   * @param open how many requests have not come to an end
   * @param lastDay when those of the last 24 hours were made, newest first
   */
  record Usage(int open, List<Instant> lastDay) {
    public Usage {
      lastDay = List.copyOf(lastDay);
    }
  }
}
