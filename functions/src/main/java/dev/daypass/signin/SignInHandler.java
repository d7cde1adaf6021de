package dev.daypass.signin;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.connector.Secrets;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Sessions;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Answers the routes of {@code SignInFunction} in {@code template.yaml}. */
public final class SignInHandler implements RequestStreamHandler {
  /**
   * What the parts are made of.
   *
   * @param trust empty if no sign-in is set up
   * @param secretName the secret with the client's password; empty for a client that has none
   * @param idle how long a session lasts without being used
   * @param longest how long it lasts at all
   */
  public record Uses(
      Optional<Trust> trust,
      Wire wire,
      Secrets secrets,
      String secretName,
      Sessions sessions,
      Directory directory,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      URI publicUrl,
      Duration idle,
      Duration longest,
      InstantSource clock,
      RandomGenerator random) {}

  /** What the handler calls. */
  public static final class Parts {
    private final FrontDoor door;
    private final Optional<SignInPages> pages;

    private Parts(FrontDoor door, Optional<SignInPages> pages) {
      this.door = door;
      this.pages = pages;
    }
  }

  /** Puts the parts together. */
  public static Parts parts(Uses uses) {
    return uses.trust().map(trust -> open(uses, trust)).orElseGet(() -> closed(uses));
  }

  private static Parts closed(Uses uses) {
    return new Parts(door(uses, Identity.ofNobody()), Optional.empty());
  }

  private static Parts open(Uses uses, Trust trust) {
    var provider = new Provider(trust, uses.wire(), uses.clock());
    var tokens = new TokenCheck(trust, provider, uses.clock());
    var identity =
        new BrowserIdentity(
            new BearerIdentity(tokens, uses.directory(), uses.clock()),
            uses.sessions(),
            new SessionCookie(uses.publicUrl()),
            uses.clock());
    var flow =
        new CodeFlow(
            trust,
            provider,
            tokens,
            uses.wire(),
            uses.secrets(),
            uses.secretName(),
            uses.publicUrl());
    return new Parts(door(uses, identity), Optional.of(new SignInPages(uses, identity, flow)));
  }

  private static FrontDoor door(Uses uses, Identity identity) {
    return new FrontDoor(
        uses.publicUrl(), identity, uses.frames(), uses.antiForgery(), uses.pages());
  }

  private final Parts parts;

  public SignInHandler() {
    this(new App());
  }

  public SignInHandler(App app) {
    this.parts = app.signIn();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    parts.door.serve(input, output, this::answer, line -> context.getLogger().log(line));
  }

  private HttpResponse answer(HttpRequest call) {
    return switch (call.routeKey()) {
      case "GET /sign-in" -> pages().begin(call);
      case "GET /sign-in/callback" -> pages().back(call);
      case "POST /sign-out" -> pages().signOut(call);
      case "POST /sign-out-everywhere" -> pages().signOutEverywhere(call);
      case "GET /sessions" -> pages().sessions(call);
      case "POST /sessions/{id}/end" -> pages().end(call);
      default -> throw new HttpProblem(Problem.notFound());
    };
  }

  private SignInPages pages() {
    return parts.pages.orElseThrow(() -> new HttpProblem(Problem.closed()));
  }
}
