package dev.daypass.web;

import java.util.Optional;

/** Tells who calls. Where no sign-in is set up, everything is closed. */
public interface Identity {
  /**
   * Who calls: by a session's cookie on pages, by a bearer token under {@code /api/}; never the
   * other way.
   */
  Visitor visitor(HttpRequest request);

  /**
   * Why nobody can be let in and nothing can be decided, not even with a code from a mail; empty if
   * sign-in is set up.
   */
  Optional<Problem> closed();

  /**
   * Who calls.
   *
   * @throws HttpProblem 401, 403 or 503 if that is not known; a page visitor is sent to sign in
   */
  default Visitor.Known require(HttpRequest request) {
    return switch (visitor(request)) {
      case Visitor.Known known -> known;
      case Visitor.Unknown unknown -> throw new HttpProblem(unknown.why(), unknown.signIn());
    };
  }

  /**
   * Passes while sign-in works, also for those who are not signed in.
   *
   * @throws HttpProblem 403 if the application is closed
   */
  default void requireOpen() {
    closed()
        .ifPresent(
            why -> {
              throw new HttpProblem(why);
            });
  }

  /** The identity of a stack without sign-in: nobody is let in. */
  static Identity ofNobody() {
    return new ClosedIdentity();
  }
}
