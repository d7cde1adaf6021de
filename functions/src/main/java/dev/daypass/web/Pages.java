package dev.daypass.web;

import dev.daypass.words.Times;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every page: plain data in, HTML out. Templates are classes, made by the build. */
public final class Pages {
  private final Assets assets;
  private final InstantSource clock;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.daypass.templates.html");

  public Pages(Assets assets, InstantSource clock) {
    this.assets = assets;
    this.clock = clock;
  }

  public String home(HomeView view) {
    return render("page/home.jte", view);
  }

  public String find(FindView view) {
    return render("page/find.jte", view);
  }

  public String inbox(InboxView view) {
    return render("page/inbox.jte", view);
  }

  public String ask(AskView view) {
    return render("page/ask.jte", view);
  }

  public String request(RequestView view) {
    return render("page/request.jte", view);
  }

  public String decide(DecideView view) {
    return render("page/decide.jte", view);
  }

  /** What a link shows when there is nothing left to decide; the thanks after a decision, too. */
  public String link(LinkView view) {
    return render("page/link.jte", view);
  }

  /** One's own sessions. */
  public String sessions(SessionsView view) {
    return render("page/sessions.jte", view);
  }

  /** The systems that the visitor answers for. */
  public String systems(SystemsView view) {
    return render("page/systems.jte", view);
  }

  /** One system, with who has access to it. */
  public String system(SystemView view) {
    return render("page/system.jte", view);
  }

  /** All runbooks and systems as published. */
  public String runbooks(RunbooksView view) {
    return render("page/runbooks.jte", view);
  }

  /** One runbook as published. */
  public String runbook(RunbookView view) {
    return render("page/runbook.jte", view);
  }

  /** What is said after signing out. */
  public String signedOut(SignedOutView view) {
    return render("page/signed-out.jte", view);
  }

  /** A problem for somebody who is known. */
  public String problem(ErrorView view) {
    return render("page/problem.jte", view);
  }

  /**
   * A problem for somebody who may not be known.
   *
   * @param signIn path of the sign-in if that would help, or null
   */
  public String problem(Problem problem, @Nullable String signIn) {
    Frame nobody = new Frame(null, new Times(ZoneOffset.UTC, clock.instant()), "");
    if (signIn != null) {
      return problem(new ErrorView(nobody, problem, new ErrorView.Way("Sign in", signIn)));
    }
    boolean closed = problem.type().equals(Problem.closed().type());
    return problem(new ErrorView(nobody, problem, closed ? null : ErrorView.START));
  }

  private String render(String template, Object view) {
    StringOutput html = new StringOutput(8 * 1024);
    templates.render(template, Map.of("view", view, "assets", assets), html);
    return html.toString();
  }
}
