package dev.daypass.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a requester says to a question of those who decide: the same for pages and for the API. */
final class Answers {
  private final Changes changes;
  private final InstantSource clock;

  Answers(Requests requests, Standing standing, InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.clock = clock;
  }

  /**
   * Answers; only the requester may, and the same answer again changes nothing.
   *
   * @param question which of the request's questions, from 0; null for the only one
   * @throws HttpProblem 404 if the person may not know of the request, 422 if it does not say which
   *     of several questions is meant
   */
  Outcome answer(
      String id, Visitor.Known by, @Nullable Integer question, String answer, String via) {
    return changes.change(
        id,
        by,
        request -> {
          int which = question == null ? only(request, by) : question;
          // Whoever says something else afterwards must hear that it has been answered.
          var words = UUID.nameUUIDFromBytes(answer.strip().getBytes(UTF_8));
          var act = new Act("answer#" + which + "#" + words, clock.instant(), by.email(), via);
          return Life.apply(request, new Command.AnswerQuestion(act, which, answer));
        });
  }

  /**
   * The only question. Where there are several, a call that is sent again because its answer got
   * lost could answer the next one.
   */
  private static int only(Request request, Visitor.Known by) {
    int last = request.questions().size() - 1;
    if (last > 0 && by.email().equals(request.asked().requester())) {
      throw new HttpProblem(
          Problem.refused(List.of(Refusals.of("question-unclear", "question", last))));
    }
    return last;
  }
}
