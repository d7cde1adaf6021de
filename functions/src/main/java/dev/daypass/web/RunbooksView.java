package dev.daypass.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything that is published, with what is wrong with it.
 *
 * @param runbooks by title
 * @param systems by title
 */
public record RunbooksView(Frame frame, List<Policy> runbooks, List<Policy> systems) {
  /**
   * A policy as it holds now.
   *
   * @param path where there is more about it
   * @param line what it is for, in a line
   * @param publisher name, or the address of somebody whom nobody knows
   */
  public record Policy(
      String title,
      String path,
      String line,
      int version,
      String publisher,
      Instant at,
      List<FindingView> findings) {
    public Policy {
      Objects.requireNonNull(title);
      Objects.requireNonNull(path);
      Objects.requireNonNull(line);
      Objects.requireNonNull(publisher);
      Objects.requireNonNull(at);
      findings = List.copyOf(findings);
    }
  }

  public RunbooksView {
    Objects.requireNonNull(frame);
    runbooks = List.copyOf(runbooks);
    systems = List.copyOf(systems);
  }

  /** How many things are wrong. */
  public long errors() {
    return count(true);
  }

  /** How many things somebody should look at. */
  public long warnings() {
    return count(false);
  }

  private long count(boolean errors) {
    return Stream.concat(runbooks.stream(), systems.stream())
        .flatMap(policy -> policy.findings().stream())
        .filter(finding -> finding.error() == errors)
        .count();
  }
}
