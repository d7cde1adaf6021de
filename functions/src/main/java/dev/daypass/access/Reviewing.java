package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How access that was taken in an emergency is reviewed: beside its life, and after it. */
final class Reviewing {
  static final String VERDICT = "verdict";

  /** The input in which reviewers say why, and the detail of the trail that keeps it. */
  static final String NOTE = HandWork.NOTE;

  private Reviewing() {}

  static Outcome answer(Request request, Command.AnswerReview said) {
    var review = request.review();
    if (review.isEmpty()) {
      return new Refused(
          request,
          List.of(
              Refusal.of("no-review", "This access was asked for; nothing is to be reviewed.")));
    }
    var answer = review.get().answer();
    if (answer != null) {
      return answer.by().equals(said.act().by()) && answer.verdict() == said.verdict()
          ? new Unchanged(request)
          : new Refused(
              request,
              List.of(
                  Refusal.of("review-answered", answer.by() + " has reviewed this already.")
                      .with(answer.by())));
    }
    var refusals = refusals(request, said);
    return refusals.isEmpty()
        ? changed(
            request,
            said.act(),
            Kind.REVIEWED,
            Map.of(VERDICT, said.verdict().name(), NOTE, said.note()))
        : new Refused(request, refusals);
  }

  private static List<Refusal> refusals(Request request, Command.AnswerReview said) {
    var refusals = new ArrayList<Refusal>();
    when(
            said.act().by().equals(request.asked().requester()),
            Refusal.of(
                "own-review", "You took this access yourself, so somebody else must review it."))
        .ifPresent(refusals::add);
    refusals.addAll(
        HandWork.refusals(
            said.note(),
            Optional.of(
                new Refusal(
                    "review-note-missing",
                    NOTE,
                    "Please say in a few words why; whoever looks at this later reads it."))));
    return List.copyOf(refusals);
  }

  static Outcome remind(Request request, Command.RemindReview remind) {
    var due =
        request
            .review()
            .filter(Review::isOpen)
            .filter(review -> review.reminders() == remind.reminder());
    return due.isEmpty()
        ? new Unchanged(request)
        : changed(
            request,
            remind.act(),
            Kind.REVIEW_REMINDED,
            Map.of(
                "reminder",
                Integer.toString(remind.reminder() + 1),
                Life.TOLD,
                String.join(" ", Life.toldFirst(request, remind.told()))));
  }

  static Outcome told(Request request, Act act) {
    return request.review().filter(review -> !review.isOpen() && !review.told()).isPresent()
        ? changed(request, act, Kind.REVIEW_TOLD, Map.of())
        : new Unchanged(request);
  }

  private static Outcome changed(Request request, Act act, Kind kind, Map<String, String> details) {
    return new Changed(
        Life.with(request, request.trail().plus(act, kind, request.status(), details)));
  }
}
