package dev.daypass.web;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the visitor, each with a form of its own.
 *
 * @param items oldest first
 * @param tasks how many things the visitor, or another owner, has to do by hand
 * @param reviews how many emergencies the visitor, or somebody else, has to review
 * @param done what came of the decision that brought the visitor back here, or null
 */
public record InboxView(
    Frame frame, List<DecideView> items, int tasks, int reviews, @Nullable Done done) {
  /**
   * What came of a request that the visitor has just decided, or was too late to decide.
   *
   * @param state {@link LinkView.State.Decided} or {@link LinkView.State.Over}
   * @param task where the visitor sets it up by hand, or null if that is not for them to do
   */
  public record Done(RequestView.What what, LinkView.State state, @Nullable String task) {
    public Done {
      Objects.requireNonNull(what);
      Objects.requireNonNull(state);
    }
  }

  public InboxView {
    Objects.requireNonNull(frame);
    items = List.copyOf(items);
  }

  /** Whether a decision was not accepted. */
  public boolean hasErrors() {
    return items.stream().anyMatch(item -> !item.errors().isEmpty());
  }
}
