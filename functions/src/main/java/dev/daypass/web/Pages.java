package dev.daypass.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Every page: plain data in, HTML out. Templates are classes, made by the build. */
public final class Pages {
  private final Assets assets;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.daypass.templates.html");

  public Pages(Assets assets) {
    this.assets = assets;
  }

  public Page home(HomeView view) {
    return render("page/home.jte", view.frame(), view);
  }

  public Page find(FindView view) {
    return render("page/find.jte", view.frame(), view);
  }

  public Page inbox(InboxView view) {
    return render("page/inbox.jte", view.frame(), view);
  }

  public Page ask(AskView view) {
    return render("page/ask.jte", view.frame(), view);
  }

  /** The form by which access is taken in an emergency. */
  public Page emergency(EmergencyView view) {
    return render("page/emergency.jte", view.frame(), view);
  }

  public Page request(RequestView view) {
    return render("page/request.jte", view.frame(), view);
  }

  public Page decide(DecideView view) {
    return render("page/decide.jte", view.frame(), view);
  }

  /** What a link shows when there is nothing left to decide; the thanks after a decision, too. */
  public Page link(LinkView view) {
    return render("page/link.jte", view.frame(), view);
  }

  /** Who stands in for somebody. */
  public Page standIn(StandInView view) {
    return render("page/standin.jte", view.frame(), view);
  }

  /** One's own sessions. */
  public Page sessions(SessionsView view) {
    return render("page/sessions.jte", view.frame(), view);
  }

  /** The systems that the visitor answers for. */
  public Page systems(SystemsView view) {
    return render("page/systems.jte", view.frame(), view);
  }

  /** One system, with who has access to it. */
  public Page system(SystemView view) {
    return render("page/system.jte", view.frame(), view);
  }

  /** All runbooks and systems as published. */
  public Page runbooks(RunbooksView view) {
    return render("page/runbooks.jte", view.frame(), view);
  }

  /** One runbook as published. */
  public Page runbook(RunbookView view) {
    return render("page/runbook.jte", view.frame(), view);
  }

  /** Why somebody may or may not ask. */
  public Page explain(ExplainView view) {
    return render("page/explain.jte", view.frame(), view);
  }

  /** Who is in the directory. */
  public Page people(PeopleView view) {
    return render("page/people.jte", view.frame(), view);
  }

  /** One person of the directory. */
  public Page person(PersonView view) {
    return render("page/person.jte", view.frame(), view);
  }

  /** The audit trail, and the form to search it. */
  public Page audit(AuditView view) {
    return render("page/audit.jte", view.frame(), view);
  }

  /** The form to import people, and the last imports. */
  public Page imports(ImportsView view) {
    return render("page/imports.jte", view.frame(), view);
  }

  /** One import of people. */
  public Page importOf(ImportView view) {
    return render("page/import.jte", view.frame(), view);
  }

  /** What is said after signing out. */
  public Page signedOut(SignedOutView view) {
    return render("page/signed-out.jte", view.frame(), view);
  }

  /** Why there is no page. */
  public Page problem(ErrorView view) {
    return render("page/problem.jte", view.frame(), view);
  }

  private Page render(String template, Frame frame, Object view) {
    StringOutput html = new StringOutput(8 * 1024);
    templates.render(template, Map.of("view", view, "assets", assets), html);
    return new Page(html.toString(), frame.speech().language());
  }
}
