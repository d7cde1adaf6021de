package dev.daypass.oversee;

import dev.daypass.access.Said;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Finding;
import dev.daypass.runbook.PolicySense;
import dev.daypass.web.FindingView;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with published policies, against the people of today. */
final class Findings {
  private static final Pattern NUMBERED = Pattern.compile("/(approval|roles|owners)/([0-9]+).*");

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
    return all.stream().filter(finding -> finding.isAbout(kind, id)).map(Findings::view).toList();
  }

  private static FindingView view(Finding finding) {
    return new FindingView(
        finding.severity() == Finding.Severity.ERROR,
        place(finding.place()),
        finding.wrong(),
        finding.right());
  }

  /** A place in a policy's file, for people who may never have seen the file. */
  private static Said place(String pointer) {
    var numbered = NUMBERED.matcher(pointer);
    if (numbered.matches()) {
      int number = Integer.parseInt(numbered.group(2)) + 1;
      return switch (numbered.group(1)) {
        case "approval" -> Said.of("oversee.place.stage", number);
        case "roles" -> Said.of("oversee.place.role-number", number);
        default -> Said.of("oversee.place.owners");
      };
    }
    return Said.of(
        switch (pointer.split("/", -1)[1]) {
          case "owners" -> "oversee.place.owners";
          case "mayAsk" -> "oversee.place.may-ask";
          case "approval" -> "oversee.place.chain";
          case "system" -> "oversee.place.system";
          case "role" -> "oversee.place.role";
          case "extend" -> "oversee.place.extend";
          default -> "oversee.place.whole";
        });
  }
}
