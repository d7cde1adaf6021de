package dev.daypass.signin;

import dev.daypass.access.Said;
import dev.daypass.store.Sessions;
import dev.daypass.store.Sessions.Session;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Identity;
import dev.daypass.web.Problem;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.InstantSource;
import java.util.Optional;

/** Knows people on pages by their session, and programs as {@link BearerIdentity} does. */
public final class BrowserIdentity implements Identity {
  private final BearerIdentity programs;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final InstantSource clock;

  public BrowserIdentity(
      BearerIdentity programs, Sessions sessions, SessionCookie cookie, InstantSource clock) {
    this.programs = programs;
    this.sessions = sessions;
    this.cookie = cookie;
    this.clock = clock;
  }

  @Override
  public Optional<Problem> closed() {
    return programs.closed();
  }

  @Override
  public Visitor visitor(HttpRequest request) {
    if (request.isApi()) {
      return programs.visitor(request);
    }
    var found = session(request);
    if (found.isEmpty()) {
      return new Visitor.Unknown(
          Problem.notSignedIn(
              Said.of(
                  cookie.id(request).isEmpty()
                      ? "problem.not-signed-in.yet"
                      : "problem.not-signed-in.any-more")),
          Paths.signIn());
    }
    var session = found.get();
    var now = clock.instant();
    var visitor =
        programs.known(
            session.person(), Account.proof(session.signedInAt(), now), session.groups());
    if (visitor instanceof Visitor.Known) {
      sessions.use(session, now);
    }
    return visitor;
  }

  /** The session of the browser that calls; empty if it has none that is alive. */
  Optional<Session> session(HttpRequest request) {
    return cookie.id(request).flatMap(id -> sessions.find(id, clock.instant()));
  }
}
