package dev.daypass.web;

import dev.daypass.access.Said;
import dev.daypass.runbook.Finding;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something about a policy that its reader should mend.
 *
 * @param error whether it would keep the policy from being published
 * @param place where in the policy
 * @param wrong what is wrong, a clause
 * @param right what would be right, a clause
 */
public record FindingView(boolean error, Said place, Said wrong, Said right) {
  public FindingView {
    Objects.requireNonNull(place);
    Objects.requireNonNull(wrong);
    Objects.requireNonNull(right);
  }

  private static final Pattern NUMBERED = Pattern.compile("/(approval|roles|owners)/([0-9]+).*");

  /** As it was found. */
  public static FindingView of(Finding finding) {
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
