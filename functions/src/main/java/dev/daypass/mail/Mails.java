package dev.daypass.mail;

import dev.daypass.mail.Letter.Fact;
import dev.daypass.mail.Letter.Part;
import dev.daypass.mail.Letter.Part.Code;
import dev.daypass.mail.Letter.Part.Facts;
import dev.daypass.mail.Letter.Part.Link;
import dev.daypass.mail.Letter.Part.Points;
import dev.daypass.mail.Letter.Part.Quote;
import dev.daypass.mail.Letter.Part.Say;
import dev.daypass.words.Next;
import dev.daypass.words.Paths;
import dev.daypass.words.Sentences;
import dev.daypass.words.Times;
import dev.daypass.words.Words;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every mail Daypass writes, one method each: all of a mail's sentences stand in its method. The
 * subject says who wants what for how long; the body says what happens next; there is one link.
 */
public final class Mails {
  private final String address;
  private final String domain;
  private final TemplateEngine html =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Mails.class.getClassLoader(), "dev.daypass.templates.html");
  private final TemplateEngine text =
      TemplateEngine.createPrecompiled(
          null, ContentType.Plain, Mails.class.getClassLoader(), "dev.daypass.templates.text");

  /**
   * Mails of one application.
   *
   * @param publicUrl where links lead
   * @param domain of the sender's address: {@code example.com}; threads hang on a name in it
   */
  public Mails(URI publicUrl, String domain) {
    this.address = publicUrl.toString().replaceFirst("/+$", "");
    this.domain = domain;
  }

  /** To an approver when a stage opens, or when a new code was asked for. */
  public Mail pleaseDecide(PleaseDecide view) {
    Asked asked = view.asked();
    return decide(
        "please-decide",
        view,
        "Please decide: " + who(asked) + " asks for " + whatForHowLong(asked),
        "Please decide",
        who(asked) + " asks for: " + Typed.line(asked.title()) + ".");
  }

  /** To an approver who has not answered yet. */
  public Mail reminder(PleaseDecide view) {
    Asked asked = view.asked();
    return decide(
        "reminder",
        view,
        "Reminder: " + who(asked) + " still waits for " + whatForHowLong(asked),
        "Still waiting for you",
        who(asked) + " asked for: " + Typed.line(asked.title()) + ". Nobody has decided yet.");
  }

  /** To somebody who is asked because others did not answer. */
  public Mail escalated(PleaseDecide view) {
    Asked asked = view.asked();
    return decide(
        "escalated",
        view,
        "Now with you: " + who(asked) + " asks for " + whatForHowLong(asked),
        "Please decide instead",
        who(asked)
            + " asks for: "
            + Typed.line(asked.title())
            + ". "
            + names(view.notAnswered())
            + (view.notAnswered().size() == 1 ? " has" : " have")
            + " not answered, so now you are asked.");
  }

  private Mail decide(
      String kind, PleaseDecide view, String subject, String heading, String opening) {
    Asked asked = view.asked();
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(opening));
    parts.add(facts(asked, true));
    if (!view.earlier().isEmpty()) {
      parts.add(new Say("Decided so far:"));
      parts.add(new Points(view.earlier().stream().map(Typed::sentence).toList()));
    }
    if (!view.guidance().isBlank()) {
      parts.add(new Quote("Before you decide", Typed.lines(view.guidance())));
    }
    String code = view.code();
    if (code != null) {
      parts.add(new Say("Your code, to type on the page behind the link:"));
      parts.add(new Code(code));
    }
    parts.add(new Link("Look and decide", address + Paths.decide(view.token())));
    parts.add(new Say("Opening the link decides nothing. Please do not pass this mail on."));
    if (!view.ifNothing().isEmpty()) {
      parts.add(new Say("If you do nothing:"));
      parts.add(new Points(view.ifNothing().stream().map(next -> next(next, view.to())).toList()));
    }
    return mail(
        kind,
        view.to(),
        asked,
        view.stage(),
        subject,
        new Letter(
            heading,
            parts,
            "You get this mail because you may decide about " + system(asked) + "."));
  }

  /** To the others who were asked, when one of them has decided. */
  public Mail decidedBySomebodyElse(
      Recipient to, Asked asked, int stage, String by, boolean approved, String comment) {
    String verb = approved ? "approved" : "denied";
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            Typed.line(by)
                + " has "
                + verb
                + " what "
                + who(asked)
                + " asked for: "
                + Typed.line(asked.title())
                + ". You need not do anything."));
    comment(parts, by, comment);
    parts.add(facts(asked, true));
    parts.add(request("See the request", asked));
    return mail(
        "decided-by-somebody-else",
        to,
        asked,
        stage,
        "Already " + verb + ": " + who(asked) + " asked for " + whatForHowLong(asked),
        new Letter(
            "Already " + verb, parts, "You get this mail because you were asked to decide."));
  }

  /**
   * To those who were asked, when the request was taken back.
   *
   * @param by name of the requester, or of an owner who forestalled the decision
   */
  public Mail cancelled(Recipient to, Asked asked, int stage, String by) {
    return mail(
        "cancelled",
        to,
        asked,
        stage,
        "No answer needed any more: " + who(asked) + " asked for " + whatForHowLong(asked),
        new Letter(
            "No answer needed any more",
            List.of(
                new Say(
                    Typed.line(by)
                        + " has taken this request back. You need not do anything; your link"
                        + " decides nothing any more."),
                facts(asked, true),
                request("See the request", asked)),
            "You get this mail because you were asked to decide."));
  }

  /**
   * To the requester, when the access is there.
   *
   * @param by names of those who approved
   * @param guidance how to use it; may be empty
   */
  public Mail accessUntil(
      Recipient to, Asked asked, Instant until, List<String> by, String guidance) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            "Your access is ready: "
                + Typed.line(asked.roleTitle())
                + " in "
                + system(asked)
                + ", until "
                + at(until, to)
                + ". "
                + names(by)
                + " approved it."));
    if (!guidance.isBlank()) {
      parts.add(new Quote("Good to know", Typed.lines(guidance)));
    }
    parts.add(
        new Say(
            "It ends by itself; you need not do anything. Done earlier? Then give it back on the"
                + " page of your request."));
    parts.add(request("See your request", asked));
    return mail(
        "access-until",
        to,
        asked,
        null,
        "You have access until " + at(until, to) + ": " + whatForHowLong(asked),
        new Letter("You have access", parts, youAsked()));
  }

  /** To the requester, when somebody said no. */
  public Mail denied(Recipient to, Asked asked, String by, String comment) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            Typed.line(by)
                + " has denied what you asked for: "
                + Typed.line(asked.title())
                + ". Nothing was set up."));
    comment(parts, by, comment);
    parts.add(new Say("If you still need it, talk to " + Typed.line(by) + ", then ask again."));
    parts.add(request("See your request", asked));
    return mail(
        "denied",
        to,
        asked,
        null,
        "Denied: " + whatForHowLong(asked),
        new Letter("Denied", parts, youAsked()));
  }

  /**
   * To the requester, when nobody answered in time.
   *
   * @param names all who were asked
   */
  public Mail nobodyAnswered(Recipient to, Asked asked, List<String> names) {
    return mail(
        "nobody-answered",
        to,
        asked,
        null,
        "Nobody answered: " + whatForHowLong(asked),
        new Letter(
            "Nobody answered",
            List.of(
                new Say(
                    "You asked for: "
                        + Typed.line(asked.title())
                        + ". "
                        + names(names)
                        + (names.size() == 1 ? " was" : " were")
                        + " asked and did not answer in time, so your request has ended and nothing"
                        + " was set up."),
                new Say("If you still need it, ask again, and best talk to one of them first."),
                request("See your request", asked)),
            youAsked()));
  }

  /**
   * To the requester, when the mail to approvers could not be delivered.
   *
   * @param names whom it did not reach
   * @param instead who is asked now; empty if nobody is left and the request has ended
   */
  public Mail approversNotReached(
      Recipient to, Asked asked, List<String> names, List<String> instead) {
    String next =
        instead.isEmpty()
            ? "There is nobody else to ask, so your request has ended and nothing was set up."
                + " Please tell "
                + names(names)
                + " or your administrator that our mail does not arrive, then ask again."
            : names(instead) + (instead.size() == 1 ? " is" : " are") + " asked instead.";
    return mail(
        "approvers-not-reached",
        to,
        asked,
        null,
        "We could not reach " + names(names) + ": " + whatForHowLong(asked),
        new Letter(
            "Our mail did not arrive",
            List.of(
                new Say(
                    "You asked for: "
                        + Typed.line(asked.title())
                        + ". Our mail to "
                        + names(names)
                        + " could not be delivered."),
                new Say(next),
                request("See your request", asked)),
            youAsked()));
  }

  /**
   * To the requester, some time before the end.
   *
   * @param latest to when the holder may still extend it, or null if not at all
   */
  public Mail endingSoon(Recipient to, Asked asked, Instant until, @Nullable Instant latest) {
    return mail(
        "ending-soon",
        to,
        asked,
        null,
        "Your access ends soon, " + on(until, to) + ": " + Typed.line(asked.title()),
        new Letter(
            "Your access ends soon",
            List.of(
                new Say(
                    "Your access ends "
                        + on(until, to)
                        + ": "
                        + Typed.line(asked.roleTitle())
                        + " in "
                        + system(asked)
                        + "."),
                new Say(
                    "It ends by itself; save what you are working on. If you need it longer, "
                        + (latest == null
                            ? "ask again."
                            : "extend it on the page of your request, until "
                                + at(latest, to)
                                + " at the latest. Nobody has to be asked for that.")),
                request("See your request", asked)),
            youAsked()));
  }

  /**
   * To the requester, when the access is over.
   *
   * @param at when its time was up, or when somebody ended it
   * @param isHeldOn whether another request of the same person still holds it: then it is not gone
   */
  public Mail ended(Recipient to, Asked asked, Instant at, Ending ending, boolean isHeldOn) {
    List<Part> parts = new ArrayList<>();
    String what =
        (isHeldOn ? "This access is over: " : "Your access is gone: ")
            + Typed.line(asked.roleTitle())
            + " in "
            + system(asked)
            + ". ";
    String subject =
        switch (ending) {
          case Ending.Expired any -> {
            parts.add(new Say(what + "Its time was up " + on(at, to) + "."));
            yield "Your access has ended: ";
          }
          case Ending.Returned any -> {
            parts.add(new Say(what + "You gave it back " + on(at, to) + ". Thank you."));
            yield "You gave your access back: ";
          }
          case Ending.Revoked revoked -> {
            parts.add(
                new Say(what + Typed.line(revoked.by()) + " took it away " + on(at, to) + "."));
            comment(parts, revoked.by(), revoked.reason());
            yield "Your access was taken away: ";
          }
        };
    parts.add(
        new Say(
            isHeldOn
                ? "You asked for the same another time, and until that ends you still have it."
                : "We checked that it is gone. If you need it again, ask again."));
    parts.add(request("See your request", asked));
    return mail(
        "ended",
        to,
        asked,
        null,
        subject + whatForHowLong(asked),
        new Letter("Your access has ended", parts, youAsked()));
  }

  /** To the requester, when it was approved and did not work. */
  public Mail couldNotBeSetUp(Recipient to, Asked asked) {
    return mail(
        "could-not-be-set-up",
        to,
        asked,
        null,
        "Could not be set up: " + whatForHowLong(asked),
        new Letter(
            "It could not be set up",
            List.of(
                new Say(
                    "What you asked for was approved, but "
                        + system(asked)
                        + " did not take it: "
                        + Typed.line(asked.title())
                        + ". You have no access, and nothing was left behind."),
                new Say("The owners of " + system(asked) + " were told. Please ask again later."),
                request("See your request", asked)),
            youAsked()));
  }

  /**
   * To an owner of the system, when something approved could not be set up.
   *
   * @param problem what the target said
   */
  public Mail couldNotBeSetUpForOwner(Recipient to, Asked asked, String problem) {
    return mail(
        "could-not-be-set-up-owner",
        to,
        asked,
        null,
        "Please check " + system(asked) + ": access for " + who(asked) + " could not be set up",
        new Letter(
            "Access could not be set up",
            List.of(
                new Say(
                    who(asked)
                        + " was to get access to "
                        + system(asked)
                        + ", it was approved, and it could not be set up. Nothing was left behind,"
                        + " and the requester was told."),
                facts(asked, true),
                new Quote("What went wrong", Typed.lines(problem)),
                new Say("Please look into it before the next person asks."),
                request("See the request", asked)),
            youOwn(asked)));
  }

  /** To the requester, when the access was there before. */
  public Mail alreadyHeld(Recipient to, Asked asked) {
    return mail(
        "already-held",
        to,
        asked,
        null,
        "You have this already: " + whatForHowLong(asked),
        new Letter(
            "You have this already",
            List.of(
                new Say(
                    "You asked for: "
                        + Typed.line(asked.roleTitle())
                        + " in "
                        + system(asked)
                        + ". You have it already, from elsewhere, so Daypass changed nothing and"
                        + " will take nothing away."),
                new Say(
                    "The owners of "
                        + system(asked)
                        + " were told, since standing access should have a reason."),
                request("See your request", asked)),
            youAsked()));
  }

  /** To an owner of the system, when somebody has had the access all along. */
  public Mail alreadyHeldForOwner(Recipient to, Asked asked) {
    return mail(
        "already-held-owner",
        to,
        asked,
        null,
        "Please check "
            + system(asked)
            + ": "
            + who(asked)
            + " has standing access, "
            + Typed.line(asked.roleTitle()),
        new Letter(
            "Somebody has standing access",
            List.of(
                new Say(
                    who(asked)
                        + " asked for access to "
                        + system(asked)
                        + " and has it already, from elsewhere. Daypass changed nothing and will"
                        + " take nothing away."),
                facts(asked, true),
                new Say(
                    "If there is no reason for it, please take it away in "
                        + system(asked)
                        + ". From then on it can be asked for when needed."),
                request("See the request", asked)),
            youOwn(asked)));
  }

  /**
   * To an owner of the system, while access cannot be taken away.
   *
   * @param time which mail about it this is, from 1
   * @param due when the access should have ended
   * @param problem what the target said
   */
  public Mail pleaseTakeAway(Recipient to, Asked asked, int time, Instant due, String problem) {
    return mail(
        "please-take-away",
        to,
        asked,
        null,
        (time == 1 ? "Please act: " : "Please act (reminder " + (time - 1) + "): ")
            + who(asked)
            + " still has access to "
            + system(asked)
            + ", "
            + Typed.line(asked.roleTitle()),
        new Letter(
            "Access could not be taken away",
            List.of(
                new Say(
                    who(asked)
                        + " should have lost this access "
                        + on(due, to)
                        + ". Daypass could not take it away and goes on trying."),
                facts(asked, true),
                new Quote("What went wrong", Typed.lines(problem)),
                new Say(
                    "Please take it away in "
                        + system(asked)
                        + " by hand. Daypass looks again by itself and tells you when the access is"
                        + " gone."),
                request("See the request", asked)),
            youOwn(asked)));
  }

  /** To the owners who were asked to take access away, when it is gone. */
  public Mail goneAfterAll(Recipient to, Asked asked, Instant at) {
    return mail(
        "gone-after-all",
        to,
        asked,
        null,
        "Done: " + who(asked) + " no longer has access to " + system(asked),
        new Letter(
            "The access is gone",
            List.of(
                new Say(
                    "We read "
                        + system(asked)
                        + " back "
                        + on(at, to)
                        + ": "
                        + who(asked)
                        + " no longer has this access. There is nothing left to do. Thank you."),
                facts(asked, true),
                request("See the request", asked)),
            youOwn(asked)));
  }

  private static Facts facts(Asked asked, boolean who) {
    List<Fact> facts = new ArrayList<>();
    if (who) {
      facts.add(new Fact("Who", who(asked) + ", " + Typed.line(asked.requesterEmail())));
    }
    facts.add(new Fact("What", Typed.line(asked.roleTitle()) + " in " + system(asked)));
    facts.add(new Fact("How long", Sentences.howLong(asked.duration(), asked.extendable())));
    if (!asked.reason().isBlank()) {
      facts.add(new Fact("Why", Typed.lines(asked.reason())));
    }
    String ticket = asked.ticket();
    if (ticket != null && !ticket.isBlank()) {
      facts.add(new Fact("Ticket", Typed.line(ticket)));
    }
    return new Facts(facts);
  }

  private static void comment(List<Part> parts, String by, String comment) {
    if (!comment.isBlank()) {
      parts.add(new Quote(Typed.line(by) + " wrote", Typed.lines(comment)));
    }
  }

  private Link request(String label, Asked asked) {
    return new Link(label, address + Paths.request(asked.requestId()));
  }

  private static String next(Next next, Recipient to) {
    Instant at = next.at();
    String what = Typed.sentence(next.what());
    return at == null ? what + "." : at(at, to) + ": " + what + ".";
  }

  private static String who(Asked asked) {
    return Typed.line(asked.requester());
  }

  private static String system(Asked asked) {
    return Typed.line(asked.systemTitle());
  }

  private static String whatForHowLong(Asked asked) {
    return Typed.line(asked.title()) + ", for " + Words.duration(asked.duration());
  }

  private static String names(List<String> names) {
    return Words.and(names.stream().map(Typed::line).toList());
  }

  private static String at(Instant instant, Recipient reader) {
    return Times.full(instant, reader.zone());
  }

  private static String on(Instant instant, Recipient reader) {
    return "on " + at(instant, reader);
  }

  private static String youAsked() {
    return "You get this mail because you asked for access.";
  }

  private static String youOwn(Asked asked) {
    return "You get this mail because you are an owner of " + system(asked) + ".";
  }

  private Mail mail(
      String kind,
      Recipient to,
      Asked asked,
      @Nullable Integer stage,
      String subject,
      Letter letter) {
    Map<String, Object> view =
        Map.of("letter", letter, "name", Typed.line(to.name()), "request", asked.requestId());
    StringOutput plain = new StringOutput();
    text.render("letter.jte", view, plain);
    StringOutput markup = new StringOutput();
    html.render("mail/letter.jte", view, markup);
    // SES replaces Message-ID, so a thread hangs on a root that was never sent.
    String root = "<" + asked.requestId() + "@daypass." + domain + ">";
    return new Mail(
        to.address(),
        Typed.subject(subject),
        plain.toString(),
        markup.toString(),
        Map.of(
            "References", root,
            "In-Reply-To", root,
            // RFC 3834, section 5: nobody's out-of-office note should answer us.
            "Auto-Submitted", "auto-generated"),
        stage == null
            ? Map.of("request", asked.requestId(), "mail", kind)
            : Map.of("request", asked.requestId(), "mail", kind, "stage", stage.toString()));
  }
}
