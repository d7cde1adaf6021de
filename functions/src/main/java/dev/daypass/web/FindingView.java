package dev.daypass.web;

import dev.daypass.access.Said;
import java.util.Objects;

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
}
