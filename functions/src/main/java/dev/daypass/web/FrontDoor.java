package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import dev.daypass.words.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every HTTP function shares: reads the gateway's event, turns problems and failures into
 * answers for their reader (a page, or a problem document under {@code /api/}), and puts the
 * security headers on everything.
 */
public final class FrontDoor {
  private static final List<String> TYPED = List.of("reason", "ticket", "comment", "note");
  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 20;

  /** Answers a call, or throws {@link HttpProblem}. */
  @FunctionalInterface
  public interface Inside {
    HttpResponse answer(HttpRequest request);
  }

  private final boolean https;
  private final Identity identity;
  private final Frames frames;
  private final AntiForgery antiForgery;
  private final Pages pages;
  private final int largestBody;

  /**
   * The door of one application.
   *
   * @param publicUrl where people reach the application; only under {@code https} are they told to
   *     stay there
   * @param identity whose page a problem is shown on; nothing is decided by it here
   */
  public FrontDoor(
      URI publicUrl, Identity identity, Frames frames, AntiForgery antiForgery, Pages pages) {
    this(publicUrl, identity, frames, antiForgery, pages, HttpRequest.LARGEST_BODY);
  }

  /**
   * As the other, for an application that takes files.
   *
   * @param largestBody the most bytes that are let in, in place of {@link HttpRequest#LARGEST_BODY}
   */
  public FrontDoor(
      URI publicUrl,
      Identity identity,
      Frames frames,
      AntiForgery antiForgery,
      Pages pages,
      int largestBody) {
    this.https = "https".equals(publicUrl.getScheme());
    this.identity = identity;
    this.frames = frames;
    this.antiForgery = antiForgery;
    this.pages = pages;
    this.largestBody = largestBody;
  }

  /** Answers one event of payload format 2.0. Only a broken event or stream makes it throw. */
  public void serve(InputStream event, OutputStream payload, Inside inside) throws IOException {
    serve(event, payload, inside, System.err::println);
  }

  /**
   * As {@link #serve(InputStream, OutputStream, Inside)}.
   *
   * @param log gets a failure, on one line: the function's own logger, which keeps it one event
   */
  public void serve(InputStream event, OutputStream payload, Inside inside, Consumer<String> log)
      throws IOException {
    payload.write(answer(HttpRequest.read(event), inside, log).toPayload().getBytes(UTF_8));
  }

  /** Answers one call; whatever is thrown inside becomes an answer. */
  public HttpResponse answer(HttpRequest request, Inside inside) {
    return answer(request, inside, System.err::println);
  }

  private HttpResponse answer(HttpRequest request, Inside inside, Consumer<String> log) {
    return guarded(answerOrProblem(request, inside, log));
  }

  // A bug must not leave a person without an answer: whatever comes out of the inside is caught.
  @SuppressWarnings("CatchingUnchecked")
  private HttpResponse answerOrProblem(HttpRequest request, Inside inside, Consumer<String> log) {
    try {
      if (request.body().size() > largestBody) {
        return problem(request, Problem.tooLarge(largestBody), null, log);
      }
      requireText(request);
      return inside.answer(request);
    } catch (HttpProblem e) {
      String note = e.log();
      if (note != null) {
        log.accept(
            "call "
                + request.requestId()
                + " to "
                + request.routeKey()
                + ": "
                + Texts.visibleLine(note));
      }
      String signIn = e.signIn() == null ? null : back(e.signIn(), request);
      // A form that is sent is answered, not led away: browsers hold a redirect to the sign-in
      // service against form-action (CSP Level 3, section 6.4.2), and what was typed is kept.
      boolean leads = e.problem().status() == 401 && request.method().equals("GET");
      return signIn != null && leads && !request.isApi()
          ? HttpResponse.seeOther(signIn)
          : problem(request, e.problem(), signIn, log);
    } catch (RuntimeException e) {
      log.accept(failed(request, "", e));
      return problem(request, Problem.broken(request.requestId()), null, log);
    }
  }

  /**
   * What is no UTF-8 in an address has become U+FFFD on its way here: nobody can tell what it was.
   * A sign-in service says in its own way why it let nobody in, and that is not looked at.
   */
  private static void requireText(HttpRequest request) {
    if (!request.path().equals(Paths.signedIn())
        && request.query().values().stream().anyMatch(value -> value.indexOf('\ufffd') >= 0)) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.not-utf8")));
    }
  }

  /** The sign-in that leads back to where this visitor was. */
  private static String back(String signIn, HttpRequest request) {
    return signIn
        + (signIn.contains("?") ? "&" : "?")
        + "next="
        + URLEncoder.encode(OwnPath.of(request), UTF_8);
  }

  private static String failed(HttpRequest request, String what, RuntimeException failure) {
    return "call "
        + request.requestId()
        + " to "
        + request.routeKey()
        + what
        + " failed: "
        + oneLine(failure);
  }

  /** One event is one line: what somebody typed, in a message, must not begin another. */
  private static String oneLine(RuntimeException failure) {
    var told = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      told.append(i == 0 ? "" : " caused by ").append(cause);
      Arrays.stream(cause.getStackTrace())
          .limit(MOST_FRAMES)
          .forEach(frame -> told.append(" | ").append(frame));
      cause = cause.getCause();
    }
    return Texts.visibleLine(told.toString());
  }

  private HttpResponse problem(
      HttpRequest request, Problem problem, @Nullable String signIn, Consumer<String> log) {
    if (!request.isApi()) {
      var token = antiForgery.token(request);
      var way =
          signIn == null
              ? WayOn.from(request, problem)
              : new ErrorView.Way("page.problem.sign-in", signIn);
      var page =
          pages.problem(
              new ErrorView(
                  frame(request, problem, token, log), problem, way, typed(request, problem)));
      return HttpResponse.page(problem.status(), page).withCookies(token.setCookies());
    }
    var answer = HttpResponse.problem(problem);
    // RFC 6750, section 3: a refusal for want of a token says which kind of token.
    return problem.status() == 401 ? answer.with("www-authenticate", "Bearer") : answer;
  }

  /**
   * What was typed as somebody else: their script keeps it for nobody but them, and our own page
   * brought it, so that no other site has its words shown here.
   */
  private List<String> typed(HttpRequest request, Problem problem) {
    if (!problem.tellsOfAnother() || !request.body().isForm()) {
      return List.of();
    }
    var form = request.formOrUpload(largestBody).form();
    return TYPED.stream().map(form::get).filter(text -> !text.isEmpty()).toList();
  }

  /** As on every other page of this visitor, if it can be told who that is. */
  // What keeps us from telling may be the very problem, and a page about it is owed all the same.
  @SuppressWarnings("CatchingUnchecked")
  private Frame frame(HttpRequest request, Problem problem, FormToken token, Consumer<String> log) {
    if (problem.status() != 401) {
      try {
        if (identity.visitor(request) instanceof Visitor.Known who) {
          return frames.of(request, who, token);
        }
      } catch (RuntimeException e) {
        log.accept(failed(request, ", the name for its problem page,", e));
      }
    }
    return frames.ofNobody(request, token);
  }

  private HttpResponse guarded(HttpResponse answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "content-security-policy",
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src"
            + " 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    headers.put("x-content-type-options", "nosniff");
    headers.put("referrer-policy", "no-referrer");
    headers.put("cross-origin-opener-policy", "same-origin");
    headers.put("cross-origin-resource-policy", "same-origin");
    // Everything is personal unless it says otherwise.
    headers.put("cache-control", "no-store");
    if (https) {
      headers.put("strict-transport-security", "max-age=31536000");
    }
    headers.putAll(answer.headers());
    return new HttpResponse(
        answer.status(), headers, answer.cookies(), answer.body(), answer.isBase64());
  }
}
