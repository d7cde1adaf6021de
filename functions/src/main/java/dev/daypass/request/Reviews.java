package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Review;
import dev.daypass.access.Said;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** What is said of an emergency afterwards: the same for pages and for the API. */
final class Reviews {
  private final Changes changes;
  private final InstantSource clock;

  Reviews(Requests requests, Standing standing, InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.clock = clock;
  }

  /** The verdict of that name, as forms and the API have it; empty if there is none. */
  static Optional<Review.Verdict> verdict(String name) {
    return switch (name) {
      case "justified" -> Optional.of(Review.Verdict.JUSTIFIED);
      case "not-justified" -> Optional.of(Review.Verdict.NOT_JUSTIFIED);
      default -> Optional.empty();
    };
  }

  /**
   * Says whether the emergency of a request was one.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may but do not
   *     review it
   */
  Outcome answer(String id, Visitor.Known by, Review.Verdict verdict, String note, String via) {
    var request = changes.find(id, by);
    if (request.review().isPresent() && !Standing.mayReview(by, request)) {
      throw new HttpProblem(Problem.forbidden(Said.of("problem.only-reviewers")));
    }
    // Whoever says something else afterwards must hear that it has been answered.
    var command = "review-" + verdict.name().toLowerCase(Locale.ROOT);
    var act = new Act(command, clock.instant(), by.email(), via);
    return changes.change(
        id, by, each -> Life.apply(each, new Command.AnswerReview(act, verdict, note)));
  }
}
