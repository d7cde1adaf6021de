package dev.daypass.signin;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.runbook.Directory;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Identity;
import dev.daypass.web.Problem;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/** Knows programs by the bearer token of their person (RFC 6750), and nobody on pages. */
public final class BearerIdentity implements Identity {
  private final TokenCheck tokens;
  private final Directory directory;
  private final InstantSource clock;

  public BearerIdentity(TokenCheck tokens, Directory directory, InstantSource clock) {
    this.tokens = tokens;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public Optional<Problem> closed() {
    return Optional.empty();
  }

  @Override
  public Visitor visitor(HttpRequest request) {
    String header = request.header("authorization").orElse("");
    // RFC 9110, section 11.1: the scheme's case does not matter.
    if (!request.isApi() || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return unknown("This call needs a header \"Authorization: Bearer TOKEN\".");
    }
    return switch (tokens.bearer(header.substring(7).strip())) {
      case TokenCheck.Read.Good(Account account) ->
          known(
              account.email(),
              Account.proof(account.signedInAt(), clock.instant()),
              account.groups());
      case TokenCheck.Read.Bad(String why) -> unknown(why);
      case TokenCheck.Read.Unknown _ -> new Visitor.Unknown(providerIsDown(), null);
    };
  }

  /** The visitor with this address, if the directory has them and they have not left. */
  Visitor known(String email, Proof proof, Collection<String> groups) {
    var person = directory.active(email);
    if (person.isEmpty()) {
      return new Visitor.Unknown(notInTheDirectory(email), Paths.signIn() + "?how=other");
    }
    var all = new HashSet<>(groups);
    all.addAll(person.get().groups());
    return new Visitor.Known(email, proof, all);
  }

  static Problem notInTheDirectory(String email) {
    return Problem.forbidden(Said.of("problem.not-in-the-directory", email));
  }

  static Problem providerIsDown() {
    return Problem.unavailable(Said.of("problem.sign-in-down.known"));
  }

  private static Visitor unknown(String why) {
    return new Visitor.Unknown(Problem.notSignedIn(Problem.inEnglish(why)), null);
  }
}
