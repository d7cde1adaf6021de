package dev.daypass.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What came of fuzzing a target.
 *
 * @param coverage how many branches were reached, -1 if that is not known
 * @param fresh how many inputs reached something new
 * @param findings inputs for which something did not hold
 * @param problem why it did not run, empty if it did
 */
record Outcome(
    Target target,
    long runs,
    Duration took,
    int coverage,
    int fresh,
    List<Path> findings,
    String problem) {
  boolean held() {
    return findings.isEmpty() && problem.isEmpty();
  }
}
