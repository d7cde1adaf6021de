package dev.daypass.web;

import java.util.Optional;

/** No sign-in is set up: nobody is let in. */
final class ClosedIdentity implements Identity {
  @Override
  public Visitor visitor(HttpRequest request) {
    return new Visitor.Unknown(Problem.closed(), null);
  }

  @Override
  public Optional<Problem> closed() {
    return Optional.of(Problem.closed());
  }
}
