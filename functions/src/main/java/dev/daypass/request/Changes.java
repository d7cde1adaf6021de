package dev.daypass.request;

import dev.daypass.access.Outcome;
import dev.daypass.access.Request;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.util.function.Function;

/** Requests, as far as a person may know of them. */
final class Changes {
  private final Requests requests;
  private final Standing standing;

  Changes(Requests requests, Standing standing) {
    this.requests = requests;
    this.standing = standing;
  }

  /**
   * A request that the person may see.
   *
   * @throws HttpProblem 404 if there is none, or the person may not know of it
   */
  Request find(String id, Visitor.Known by) {
    return requests
        .find(id)
        .filter(request -> standing.maySee(by, request))
        .orElseThrow(HttpProblem::noSuchRequest);
  }

  /**
   * Changes a request that the person may see; whether they may change it is for the change to say.
   *
   * @throws HttpProblem 404 if there is none, or the person may not know of it
   */
  Outcome change(String id, Visitor.Known by, Function<Request, Outcome> change) {
    return requests
        .change(
            id,
            request -> {
              if (!standing.maySee(by, request)) {
                throw HttpProblem.noSuchRequest();
              }
              return change.apply(request);
            })
        .orElseThrow(HttpProblem::noSuchRequest);
  }
}
