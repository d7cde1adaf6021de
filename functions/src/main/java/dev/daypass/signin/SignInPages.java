package dev.daypass.signin;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.runbook.Directory;
import dev.daypass.signin.Attempts.Attempt;
import dev.daypass.signin.Attempts.How;
import dev.daypass.store.Sessions;
import dev.daypass.store.Sessions.Session;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.ErrorView;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.OwnPath;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.SessionsView;
import dev.daypass.web.SignedOutView;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the page of one's own sessions. */
final class SignInPages {
  private static final int LONGEST_SOURCE = 64;

  private final BrowserIdentity identity;
  private final CodeFlow flow;
  private final Attempts attempts;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final ChosenLanguage languages;
  private final Directory directory;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final URI publicUrl;
  private final Duration idle;
  private final Duration longest;
  private final InstantSource clock;
  private final RandomGenerator random;

  SignInPages(SignInHandler.Uses uses, BrowserIdentity identity, CodeFlow flow) {
    this.identity = identity;
    this.flow = flow;
    this.cookie = new SessionCookie(uses.publicUrl());
    this.languages = new ChosenLanguage(uses.publicUrl());
    this.attempts = new Attempts(cookie, uses.clock(), uses.random());
    this.sessions = uses.sessions();
    this.directory = uses.directory();
    this.frames = uses.frames();
    this.antiForgery = uses.antiForgery();
    this.pages = uses.pages();
    this.publicUrl = uses.publicUrl();
    this.idle = uses.idle();
    this.longest = uses.longest();
    this.clock = uses.clock();
    this.random = uses.random();
  }

  // In

  HttpResponse begin(HttpRequest call) {
    var next = OwnPath.orHome(call.query().get("next"));
    var how = How.of(call.query().get("how"));
    if (isElsewhere(call)) {
      return HttpResponse.leave(here(call, next));
    }
    var attempt = attempts.begin(next, how);
    try {
      return HttpResponse.leave(flow.ask(attempt))
          .withCookies(List.of(attempts.with(call, attempt)));
    } catch (Unreachable why) {
      throw notNow(why.toString());
    }
  }

  /**
   * Whether we were reached under another name than the one that the provider sends people back to:
   * there the cookie of this sign-in would be missing. Sent over once at most, since behind a proxy
   * the name never is the public one.
   */
  private boolean isElsewhere(HttpRequest call) {
    var host = call.header("host").orElse("");
    return !host.isEmpty()
        && !host.equalsIgnoreCase(publicUrl.getRawAuthority())
        && !call.query().containsKey("here");
  }

  private URI here(HttpRequest call, String next) {
    var how = call.query().containsKey("how") ? "&how=" + encoded(call.query().get("how")) : "";
    return URI.create(publicUrl + Paths.signIn() + "?here=1&next=" + encoded(next) + how);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The provider has sent somebody back. */
  HttpResponse back(HttpRequest call) {
    var found = attempts.find(call, call.query().getOrDefault("state", ""));
    if (found.isEmpty()) {
      if (identity.visitor(call) instanceof Visitor.Known) {
        throw new HttpProblem(Problem.signedInAlready());
      }
      return failed(call, Said.of("problem.sign-in-failed.not-begun"), Paths.signIn());
    }
    var attempt = found.get();
    try {
      if (!flow.isOurs(call.query().getOrDefault("iss", ""))) {
        return done(
            call,
            attempt,
            failed(call, Said.of("problem.sign-in-failed.another-service"), retry(attempt)));
      }
    } catch (Unreachable why) {
      throw notNow(why.toString());
    }
    var error = call.query().get("error");
    var code = call.query().getOrDefault("code", "");
    if (error != null) {
      return done(call, attempt, refused(call, error, attempt));
    }
    if (code.isBlank()) {
      // No provider answers neither (RFC 6749, section 4.1.2): it was lost on the way here.
      var lost = Said.of("problem.sign-in-failed.no-answer");
      return done(call, attempt, failed(call, lost, retry(attempt)));
    }
    return redeem(call, attempt, code);
  }

  private HttpResponse refused(HttpRequest call, String error, Attempt attempt) {
    return switch (error) {
      case "access_denied",
          "login_required",
          "interaction_required",
          "account_selection_required" ->
          failed(call, Said.of("problem.sign-in-failed.let-nobody-in"), retry(attempt));
      case "temporarily_unavailable", "server_error" ->
          throw notNow("the sign-in service answered " + error);
      default -> throw broken(call, "the sign-in service answered " + error);
    };
  }

  private HttpResponse redeem(HttpRequest call, Attempt attempt, String code) {
    CodeFlow.Result result;
    try {
      result = flow.redeem(code, attempt);
    } catch (TargetRefused | TargetUnavailable noSecret) {
      throw broken(call, String.valueOf(noSecret.getMessage()));
    }
    return switch (result) {
      case CodeFlow.Result.SignedIn(Account account) ->
          done(call, attempt, welcome(call, attempt, account));
      case CodeFlow.Result.Stale _ ->
          done(call, attempt, failed(call, Said.of("problem.sign-in-failed.used"), retry(attempt)));
      case CodeFlow.Result.Down(String log) -> throw notNow(log);
      case CodeFlow.Result.Broken(String log) -> throw broken(call, log);
    };
  }

  private HttpResponse welcome(HttpRequest call, Attempt attempt, Account account) {
    if (directory.active(account.email()).isEmpty()) {
      return page(
          call,
          BearerIdentity.notInTheDirectory(account.email()),
          "page.problem.sign-in-other",
          Paths.signIn() + "?how=other&next=" + encoded(attempt.next()));
    }
    var now = clock.instant();
    // A new id each time: one that somebody planted in this browser stays worth nothing.
    var id = Sessions.newId(account.email(), random);
    var language =
        sessions.open(
            new Session(
                Sessions.hashOfId(id),
                account.email(),
                now,
                now,
                now.plus(longest),
                idle,
                account.signedInAt(),
                account.groups(),
                Device.of(call.header("user-agent").orElse("")),
                source(call)));
    identity.session(call).ifPresent(before -> sessions.end(before.hash(), before.person()));
    boolean asked =
        attempt.how() != How.AGAIN || Account.proof(account.signedInAt(), now) == Proof.FRESH;
    var answer =
        asked
            ? HttpResponse.seeOther(attempt.next())
            : page(call, Problem.notAskedAnew(), "page.problem.go-on", attempt.next());
    return answer.withCookies(
        Stream.concat(
                Stream.of(cookie.set(id)),
                // What was chosen in this browser counts there, whoever signs in.
                language
                    .flatMap(ChosenLanguage::named)
                    .filter(_ -> !languages.isChosen(call))
                    .stream()
                    .map(languages::set))
            .toList());
  }

  private static String source(HttpRequest call) {
    var source = call.sourceIp();
    return source.substring(0, Math.min(source.length(), LONGEST_SOURCE));
  }

  /** The attempt is over, however it ended. */
  private HttpResponse done(HttpRequest call, Attempt attempt, HttpResponse answer) {
    return answer.withCookies(List.of(attempts.without(call, attempt)));
  }

  private static HttpProblem notNow(String log) {
    return HttpProblem.logged(Problem.unavailable(Said.of("problem.sign-in-down.nobody")), log);
  }

  private static HttpProblem broken(HttpRequest call, String log) {
    return HttpProblem.logged(Problem.signInBroken(call.requestId()), log);
  }

  private HttpResponse failed(HttpRequest call, Said detail, String retry) {
    return page(call, Problem.signInFailed(detail), "page.problem.sign-in", retry);
  }

  private static String retry(Attempt attempt) {
    return OwnPath.signInFor(attempt.next());
  }

  private HttpResponse page(HttpRequest call, Problem problem, String label, String path) {
    var token = antiForgery.token(call);
    var view = new ErrorView(frames.ofNobody(call, token), problem, new ErrorView.Way(label, path));
    return HttpResponse.page(problem.status(), pages.problem(view)).withCookies(token.setCookies());
  }

  // Out

  HttpResponse signOut(HttpRequest call) {
    antiForgery.checkOfAnybody(call, call.form());
    var mine = identity.session(call);
    mine.ifPresent(session -> sessions.end(session.hash(), session.person()));
    return signedOut(call, mine.map(Session::person), false);
  }

  HttpResponse signOutEverywhere(HttpRequest call) {
    // The session is enough: whoever has left the directory still ends what is theirs.
    var me =
        identity.session(call).map(Session::person).orElseGet(() -> identity.require(call).email());
    antiForgery.check(call, call.form(), me);
    sessions.endAll(me);
    return signedOut(call, Optional.of(me), true);
  }

  /** Answered as it is, not by a redirect: the start page would lead to the sign-in at once. */
  private HttpResponse signedOut(HttpRequest call, Optional<String> who, boolean everywhere) {
    var token = antiForgery.token(call);
    // Nobody is named any more, but spoken to as before.
    var frame =
        who.map(person -> frames.ofLink(call, person, token))
            .orElseGet(() -> frames.ofNobody(call, token))
            .seenOnce();
    return HttpResponse.page(200, pages.signedOut(new SignedOutView(frame, everywhere)))
        .withCookies(token.setCookies())
        .withCookies(List.of(cookie.clear()));
  }

  HttpResponse sessions(HttpRequest call) {
    var me = identity.require(call);
    var now = clock.instant();
    var token = antiForgery.token(call);
    var mine = new ArrayList<SessionsView.Line>();
    var current = identity.session(call);
    current.ifPresent(session -> mine.add(line(session, true)));
    sessions.of(me.email(), now).stream()
        .filter(each -> current.filter(one -> one.hash().equals(each.hash())).isEmpty())
        .forEach(each -> mine.add(line(each, false)));
    return HttpResponse.page(
            200, pages.sessions(new SessionsView(frames.of(call, me, token), mine, done(call))))
        .withCookies(token.setCookies());
  }

  /** What the way back from {@link #end} says; it is shown, and counts for nothing. */
  private static @Nullable Said done(HttpRequest call) {
    return "ended".equals(call.query().get("done")) ? Said.of("page.sessions.ended") : null;
  }

  private static SessionsView.Line line(Session session, boolean current) {
    return new SessionsView.Line(
        session.hash(),
        Device.said(session.device()),
        session.source(),
        session.createdAt(),
        session.usedAt(),
        session.endsAt(),
        current);
  }

  HttpResponse end(HttpRequest call) {
    var me = identity.require(call).email();
    antiForgery.check(call, call.form(), me);
    var hash = call.pathParameter("id");
    boolean current = identity.session(call).filter(one -> one.hash().equals(hash)).isPresent();
    sessions.end(hash, me);
    return current
        ? signedOut(call, Optional.of(me), false)
        : HttpResponse.seeOther(Paths.sessions() + "?done=ended");
  }
}
