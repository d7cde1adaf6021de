package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be said about work that was done by hand. */
final class HandWork {
  /** The input in which owners say what they did. */
  static final String NOTE = "note";

  /** What to say where words are needed and there are none. */
  static final Refusal UNSAID =
      new Refusal(
          "note-missing",
          NOTE,
          "Please say in a few words what you did or saw; it is all that others can go by.");

  private HandWork() {}

  /**
   * @param unsaid the refusal of empty words; empty if they may be empty
   */
  static List<Refusal> refusals(Request request, Act act, String note, Optional<Refusal> unsaid) {
    return Stream.concat(notForOneself(request, act).stream(), refusals(note, unsaid).stream())
        .toList();
  }

  /** What is wrong with what somebody typed as {@link #NOTE}, as above. */
  static List<Refusal> refusals(String note, Optional<Refusal> unsaid) {
    var refusals = new ArrayList<Refusal>();
    unsaid.filter(any -> Texts.saysNothing(note)).ifPresent(refusals::add);
    when(
            Texts.length(note) > Texts.LONGEST,
            new Refusal(
                    "note-too-long",
                    NOTE,
                    "Please keep this to %,d characters.".formatted(Texts.LONGEST))
                .with(Texts.LONGEST))
        .ifPresent(refusals::add);
    Texts.refusal("note-character", NOTE, note).ifPresent(refusals::add);
    return List.copyOf(refusals);
  }

  private static Optional<Refusal> notForOneself(Request request, Act act) {
    return when(
        act.by().equals(request.asked().requester()),
        Refusal.of(
            "own-task",
            "This is about your own access, so another owner of the system or an administrator must"
                + " answer."));
  }

  /** Why there is no task to answer: somebody has, or there is none. */
  static Refusal over(Request request, Event.Kind answered) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == answered)
        .findFirst()
        .map(event -> answeredBy(event.act().by()))
        .orElseGet(
            () ->
                Refusal.of(
                    "no-task", "Nothing is to be done by hand for this request at the moment."));
  }

  static Refusal answeredBy(String by) {
    return Refusal.of("task-answered", by + " has answered this already.").with(by);
  }
}
