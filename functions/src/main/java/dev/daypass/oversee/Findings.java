package dev.daypass.oversee;

import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Finding;
import dev.daypass.runbook.PolicySense;
import dev.daypass.web.FindingView;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with published policies, against the people of today. */
final class Findings {
  private final List<Finding> all;

  private Findings(List<Finding> all) {
    this.all = all;
  }

  /**
   * All that is wrong with the policies of a catalog; see {@link PolicySense} for what it reads.
   */
  static Findings of(Catalog catalog, Directory directory) {
    return new Findings(
        Stream.of(
                PolicySense.ofPolicies(catalog),
                PolicySense.ofPeople(catalog, directory),
                PolicySense.ofPublishers(catalog, directory))
            .flatMap(List::stream)
            .distinct()
            .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::place))
            .toList());
  }

  /** What is wrong with one policy; errors first. */
  List<FindingView> about(Finding.Kind kind, String id) {
    return all.stream().filter(finding -> finding.isAbout(kind, id)).map(FindingView::of).toList();
  }
}
