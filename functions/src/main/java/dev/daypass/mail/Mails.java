package dev.daypass.mail;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.mail.Letter.Part;
import dev.daypass.mail.Letter.Part.Code;
import dev.daypass.mail.Letter.Part.Link;
import dev.daypass.mail.Letter.Part.Points;
import dev.daypass.mail.Letter.Part.Quote;
import dev.daypass.mail.Letter.Part.Say;
import dev.daypass.mail.Letter.Part.Steps;
import dev.daypass.words.Paths;
import dev.daypass.words.Shortened;
import dev.daypass.words.Speech;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every mail Daypass writes, one method each, in the language of its reader: all of a mail's
 * sentences stand in the files of messages under its name. The subject says who wants what for how
 * long; the body says what happens next; there is one link.
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

  /**
   * To an approver who has asked for a new link, because the code of an older one was typed wrong
   * too often: that one decides nothing any more, and lies in the same mailbox.
   */
  public Mail newLink(PleaseDecide view) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "please-decide",
        view,
        topic.say("mail.new-link.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.new-link.heading"),
        topic.say("mail.new-link.opening", topic.asks(), topic.what()));
  }

  /** To an approver when a stage opens. */
  public Mail pleaseDecide(PleaseDecide view) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "please-decide",
        view,
        topic.say("mail.please-decide.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.please-decide.heading"),
        topic.say("mail.please-decide.opening", topic.asks(), topic.what()));
  }

  /**
   * To somebody to whom an approver has handed it over.
   *
   * @param by name of that approver
   * @param comment why; may be empty
   */
  public Mail handedOver(PleaseDecide view, String by, String comment) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "handed-over",
        view,
        topic.say("mail.handed-over.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.handed-over.heading"),
        topic.say("mail.handed-over.opening", Typed.line(by), topic.asks(), topic.what()),
        comment.isBlank()
            ? List.of()
            : List.of(new Quote(topic.say("mail.wrote", Typed.line(by)), Typed.lines(comment))));
  }

  /**
   * To an approver for whom somebody stood in until now, who has not answered.
   *
   * @param standIn name of whoever did
   */
  public Mail back(PleaseDecide view, String standIn) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "back",
        view,
        topic.say("mail.reminder.subject", topic.who(), topic.what(), topic.lasts()),
        topic.say("mail.back.heading"),
        topic.say("mail.back.opening", Typed.line(standIn), topic.who(), topic.what()));
  }

  /** To an approver who has not answered yet. */
  public Mail reminder(PleaseDecide view) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "reminder",
        view,
        topic.say("mail.reminder.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.reminder.heading"),
        topic.say(
            view.earlier().isEmpty() ? "mail.reminder.opening" : "mail.reminder.opening.decided",
            topic.asks(),
            topic.what()));
  }

  /**
   * To an approver who has not answered, when others are asked as well.
   *
   * @param others their names; not empty
   */
  public Mail othersToo(PleaseDecide view, List<String> others) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "others-too",
        view,
        topic.say("mail.others-too.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.others-too.heading"),
        view.notReached().isEmpty()
            ? topic.say("mail.others-too.opening", Typed.lines(others), topic.asks(), topic.what())
            : topic.say(
                "mail.others-too.opening.unreached",
                Typed.lines(others),
                topic.asks(),
                topic.what(),
                Typed.lines(view.notReached())));
  }

  /**
   * To somebody who is asked because others did not answer.
   *
   * @param instead whether these can no longer decide
   */
  public Mail escalated(PleaseDecide view, boolean instead) {
    var topic = new Topic(view.to(), view.asked());
    return decide(
        "escalated",
        view,
        topic.say("mail.escalated.subject", topic.asks(), topic.what(), topic.lasts()),
        topic.say("mail.escalated.heading"),
        view.notReached().isEmpty()
            ? topic.say(
                instead ? "mail.escalated.opening.instead" : "mail.escalated.opening",
                Typed.lines(view.notAnswered()),
                topic.asks(),
                topic.what())
            : topic.say(
                "mail.escalated.opening.unreached",
                Typed.lines(view.notReached()),
                topic.asks(),
                topic.what()));
  }

  /**
   * To somebody who was asked and has not answered, when others are asked instead.
   *
   * @param others names of those who decide now; not empty
   * @param notReached names of those whom mails did not reach, if that is why; else nobody answered
   */
  public Mail replaced(
      Recipient to, Asked asked, int stage, List<String> others, List<String> notReached) {
    var topic = new Topic(to, asked);
    return mail(
        "replaced",
        topic,
        Map.of("stage", Integer.toString(stage)),
        topic.say("mail.replaced.subject", topic.asks(), topic.what(), topic.lasts()),
        new Letter(
            topic.say("mail.replaced.heading"),
            List.of(
                new Say(
                    notReached.isEmpty()
                        ? topic.say(
                            "mail.replaced.opening",
                            Typed.lines(others),
                            topic.asks(),
                            topic.what())
                        : topic.say(
                            "mail.replaced.opening.unreached",
                            Typed.lines(others),
                            topic.asks(),
                            topic.what(),
                            Typed.lines(notReached))),
                topic.facts(),
                theRequest(topic)),
            topic.say("mail.foot.asked")));
  }

  private Mail decide(
      String kind, PleaseDecide view, String subject, String heading, String opening) {
    return decide(kind, view, subject, heading, opening, List.of());
  }

  private Mail decide(
      String kind,
      PleaseDecide view,
      String subject,
      String heading,
      String opening,
      List<? extends Part> first) {
    var topic = new Topic(view.to(), view.asked());
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(opening));
    var away = view.standsInFor();
    if (away != null) {
      parts.add(new Say(topic.say("mail.decide.stands-in", Typed.line(away))));
    }
    parts.addAll(first);
    parts.add(topic.factsWithRole(view.allows()));
    var needed = view.needed();
    if (needed != null) {
      parts.add(new Say(topic.typed(needed)));
    }
    if (!view.earlier().isEmpty()) {
      parts.add(new Say(topic.say("mail.decide.earlier")));
      parts.add(new Points(view.earlier().stream().map(topic::typed).toList()));
    }
    if (!view.guidance().isBlank()) {
      parts.add(new Quote(topic.say("mail.decide.guidance"), Typed.lines(view.guidance())));
    }
    String code = view.code();
    if (code != null) {
      parts.add(new Say(topic.say("mail.decide.code")));
      parts.add(new Code(topic.say("mail.code"), code));
    }
    parts.add(new Link(topic.say("mail.decide.link"), address + Paths.decide(view.token())));
    parts.add(new Say(topic.say("mail.decide.safe") + proof(view.proof(), topic)));
    if (!view.ifNothing().isEmpty()) {
      parts.add(new Say(topic.say("mail.decide.if-nothing")));
      parts.add(new Points(view.ifNothing().stream().map(next -> next(next, topic)).toList()));
    }
    return mail(
        kind,
        topic,
        Map.of("stage", Integer.toString(view.stage()), "round", Integer.toString(view.round())),
        subject,
        new Letter(heading, parts, topic.say("mail.foot.decide", topic.system())));
  }

  /** What whoever opens the link meets there. */
  private static String proof(Proof proof, Topic topic) {
    return switch (proof) {
      case MAILBOX -> "";
      case SESSION -> " " + topic.say("mail.decide.sign-in");
      case FRESH -> " " + topic.say("mail.decide.sign-in.fresh");
    };
  }

  private static String next(Upcoming next, Topic topic) {
    Instant at = next.at();
    return topic.typed(
        at == null
            ? Said.of("mail.decide.next", next.what())
            : Said.of("mail.decide.next-at", at, next.what()));
  }

  /**
   * To the others who were asked, when it is decided.
   *
   * @param by names of those who approved, or of whoever denied; the last one decided it
   * @param comment what the last one said; may be empty
   */
  public Mail decidedBySomebodyElse(
      Recipient to, Asked asked, int stage, List<String> by, boolean approved, String comment) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say(
                approved ? "mail.decided.approved" : "mail.decided.denied",
                Typed.lines(by),
                topic.asks(),
                topic.what())));
    comment(parts, topic, by.getLast(), comment);
    parts.add(topic.facts());
    parts.add(theRequest(topic));
    return mail(
        "decided-by-somebody-else",
        topic,
        Map.of("stage", Integer.toString(stage)),
        topic.say(
            approved ? "mail.decided.approved.subject" : "mail.decided.denied.subject",
            topic.asks(),
            topic.what(),
            topic.lasts()),
        new Letter(
            topic.say(approved ? "mail.decided.approved.heading" : "mail.decided.denied.heading"),
            parts,
            topic.say("mail.foot.asked")));
  }

  /**
   * To those who were asked, when there is nothing to decide any more.
   *
   * @param by name of whoever did it
   */
  public Mail cancelled(Recipient to, Asked asked, int stage, String by, Cancelling what) {
    var topic = new Topic(to, asked);
    return mail(
        "cancelled",
        topic,
        Map.of("stage", Integer.toString(stage)),
        topic.say("mail.cancelled.subject", topic.asks(), topic.what(), topic.lasts()),
        new Letter(
            topic.say("mail.cancelled.heading"),
            List.of(
                new Say(
                    switch (what) {
                      case REQUEST_WITHDRAWN -> topic.say("mail.cancelled.opening", Typed.line(by));
                      case APPROVAL_WITHDRAWN ->
                          topic.say("mail.cancelled.opening.withdrawn", Typed.line(by));
                      case STOPPED -> topic.say("mail.cancelled.opening.stopped", Typed.line(by));
                    }),
                topic.facts(),
                theRequest(topic)),
            topic.say("mail.foot.asked")));
  }

  /**
   * To the requester, when somebody else has asked for them: at once, so that nobody gets access
   * that they know nothing of.
   *
   * @param deciders names of those who are asked to decide; empty if nobody is
   */
  public Mail askedForYou(Recipient to, Asked asked, List<String> deciders) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(topic.facts());
    parts.add(
        new Say(
            deciders.isEmpty()
                ? topic.say("mail.for-you.approved")
                : topic.say("mail.for-you.deciders", Typed.lines(deciders))));
    parts.add(new Say(topic.say("mail.for-you.advice", asker(topic))));
    parts.add(yourRequest(topic));
    return toRequester(
        "asked-for-you",
        topic,
        topic.say("mail.for-you.subject", asker(topic), topic.what(), topic.lasts()),
        topic.say("mail.for-you.heading"),
        parts);
  }

  /** To the requester, when whoever asked for them has withdrawn that. */
  public Mail withdrawnForYou(Recipient to, Asked asked) {
    var topic = new Topic(to, asked);
    return toRequester(
        "withdrawn-for-you",
        topic,
        topic.say("mail.withdrawn-for-you.subject", topic.what(), topic.lasts()),
        topic.say("mail.withdrawn-for-you.heading"),
        List.of(
            new Say(topic.say("mail.withdrawn-for-you.opening", asker(topic), topic.what())),
            new Say(topic.say("mail.withdrawn-for-you.advice")),
            yourRequest(topic)));
  }

  /**
   * To whoever asked for somebody else, when it is known what comes of it.
   *
   * @param outcome how it stands, without a full stop
   * @param by name of whoever it comes from
   * @param comment what they wrote; may be empty
   */
  public Mail outcomeForAsker(Recipient to, Asked asked, Said outcome, String by, String comment) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(topic.say("mail.outcome.opening", topic.who(), topic.what())));
    parts.add(new Say(topic.typed(Telling.stop(outcome))));
    comment(parts, topic, by, comment);
    parts.add(topic.facts());
    parts.add(theRequest(topic));
    return mail(
        "outcome-for-asker",
        topic,
        Map.of(),
        topic.say("mail.outcome.subject", topic.who(), topic.what(), topic.lasts()),
        new Letter(
            topic.say("mail.outcome.heading", topic.who()),
            parts,
            topic.say("mail.foot.asker", topic.who())));
  }

  /** Name of whoever asked for the requester; of the requester if nobody did. */
  private static String asker(Topic topic) {
    String askedBy = topic.asked().askedBy();
    return askedBy == null ? topic.who() : Typed.line(askedBy);
  }

  /**
   * To the requester, when it is approved and begins later.
   *
   * @param by names of those who approved; empty where a rule did
   */
  public Mail beginsLater(Recipient to, Asked asked, Instant startsAt, List<String> by) {
    var topic = new Topic(to, asked);
    return toRequester(
        "begins-later",
        topic,
        topic.say("mail.begins-later.subject", startsAt, topic.what(), topic.lasts()),
        topic.say("mail.begins-later.heading"),
        List.of(
            new Say(
                topic.say(
                        "mail.begins-later.opening",
                        topic.role(),
                        topic.system(),
                        startsAt,
                        topic.lasts())
                    + " "
                    + approved(topic, asked, by)),
            new Say(topic.say("mail.begins-later.advice")),
            yourRequest(topic)));
  }

  /**
   * To the requester, when it was approved for later and could not begin.
   *
   * @param why a clause
   */
  public Mail notBegun(Recipient to, Asked asked, Said why) {
    var topic = new Topic(to, asked);
    return toRequester(
        "not-begun",
        topic,
        topic.say("mail.not-begun.subject", topic.what(), topic.lasts()),
        topic.say("mail.not-begun.heading"),
        List.of(
            new Say(topic.say("mail.not-begun.opening", topic.what(), topic.typed(why))),
            new Say(topic.say("mail.not-begun.advice", topic.system())),
            yourRequest(topic)));
  }

  /**
   * To the requester, when the access is there.
   *
   * @param by names of those who approved; empty where a rule did
   * @param guidance how to use it; may be empty
   */
  public Mail accessUntil(
      Recipient to, Asked asked, Instant until, List<String> by, String guidance) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say("mail.access.opening", topic.role(), topic.system(), until)
                + " "
                + approved(topic, asked, by)));
    Shortened shortened = asked.shortened();
    if (shortened != null) {
      parts.add(
          new Say(
              topic.say(
                  "mail.access.shortened",
                  Typed.line(shortened.by()),
                  shortened.to(),
                  asked.duration())));
    }
    if (!guidance.isBlank()) {
      parts.add(new Quote(topic.say("mail.access.guidance"), Typed.lines(guidance)));
    }
    parts.add(
        new Say(
            asked.byHand()
                ? topic.say("mail.access.end.by-hand", topic.system())
                : topic.say("mail.access.end")));
    parts.add(yourRequest(topic));
    return toRequester(
        "access-until",
        topic,
        topic.say("mail.access.subject", until, topic.what(), topic.lasts()),
        topic.say("mail.access.heading"),
        parts);
  }

  /** To the requester, when somebody said no. */
  public Mail denied(Recipient to, Asked asked, String by, String comment) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(topic.say("mail.denied.opening", Typed.line(by), topic.what())));
    comment(parts, topic, by, comment);
    parts.add(new Say(topic.say("mail.denied.advice", Typed.line(by))));
    parts.add(yourRequest(topic));
    return toRequester(
        "denied",
        topic,
        topic.say("mail.denied.subject", topic.what(), topic.lasts()),
        topic.say("mail.denied.heading"),
        parts);
  }

  /**
   * To the requester, when somebody who had approved has taken that back.
   *
   * @param by name of that person
   * @param comment why
   */
  public Mail approvalWithdrawn(Recipient to, Asked asked, String by, String comment) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(topic.say("mail.withdrawn.opening", Typed.line(by), topic.what())));
    comment(parts, topic, by, comment);
    parts.add(new Say(topic.say("mail.denied.advice", Typed.line(by))));
    parts.add(yourRequest(topic));
    return toRequester(
        "approval-withdrawn",
        topic,
        topic.say("mail.withdrawn.subject", topic.what(), topic.lasts()),
        topic.say("mail.withdrawn.heading"),
        parts);
  }

  /**
   * To the requester, when nobody answered in time.
   *
   * @param names all who were asked
   */
  public Mail nobodyAnswered(Recipient to, Asked asked, List<String> names) {
    var topic = new Topic(to, asked);
    return toRequester(
        "nobody-answered",
        topic,
        topic.say("mail.lapsed.subject", topic.what(), topic.lasts()),
        topic.say("mail.lapsed.heading"),
        List.of(
            new Say(topic.say("mail.lapsed.opening", Typed.lines(names), topic.what())),
            new Say(topic.say("mail.lapsed.advice", Typed.lines(names))),
            yourRequest(topic)));
  }

  /**
   * To the requester, when the mail to approvers could not be delivered.
   *
   * @param names whom it did not reach
   * @param instead who is asked now; empty if nobody is left and the request has ended
   * @param ends when the request ends without an answer, or null if it has ended or is decided
   */
  public Mail approversNotReached(
      Recipient to, Asked asked, List<String> names, List<String> instead, @Nullable Instant ends) {
    var topic = new Topic(to, asked);
    String now =
        instead.isEmpty()
            ? topic.say("mail.unreached.over", Typed.lines(names))
            : topic.say("mail.unreached.instead", Typed.lines(instead));
    return toRequester(
        "approvers-not-reached",
        topic,
        topic.say("mail.unreached.subject", Typed.lines(names), topic.what(), topic.lasts()),
        topic.say("mail.unreached.heading"),
        List.of(
            new Say(topic.say("mail.unreached.opening", Typed.lines(names), topic.what())),
            new Say(ends == null ? now : now + " " + topic.say("mail.unreached.ends", ends)),
            yourRequest(topic)));
  }

  /**
   * To the requester, some time before the end.
   *
   * @param latest to when the holder may still extend it, or null if not at all
   */
  public Mail endingSoon(Recipient to, Asked asked, Instant until, @Nullable Instant latest) {
    var topic = new Topic(to, asked);
    return toRequester(
        "ending-soon",
        topic,
        topic.say("mail.ending.subject", until, topic.what()),
        topic.say("mail.ending.heading"),
        List.of(
            new Say(topic.say("mail.ending.opening", until, topic.role(), topic.system())),
            new Say(ending(topic, asked.byHand(), latest)),
            yourRequest(topic)));
  }

  private static String ending(Topic topic, boolean byHand, @Nullable Instant latest) {
    if (byHand) {
      return latest == null
          ? topic.say("mail.ending.advice.by-hand", topic.system())
          : topic.say("mail.ending.advice.by-hand.extendable", topic.system(), latest);
    }
    return latest == null
        ? topic.say("mail.ending.advice")
        : topic.say("mail.ending.advice.extendable", latest);
  }

  /**
   * To the requester, when the access is over.
   *
   * @param at when its time was up, or when somebody ended it
   * @param heldOn whether another request of the same person still holds it
   * @param takenAwayBy name of the owner who took it away by hand, or null if it was read to be
   *     gone
   */
  public Mail ended(
      Recipient to,
      Asked asked,
      Instant at,
      Ending ending,
      HeldOn heldOn,
      @Nullable String takenAwayBy) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say(
                    heldOn == HeldOn.NO ? "mail.ended.opening" : "mail.ended.opening.held",
                    topic.role(),
                    topic.system())
                + " "
                + why(topic, ending, at)));
    if (ending instanceof Ending.Revoked revoked) {
      comment(parts, topic, revoked.by(), revoked.reason());
    }
    if (heldOn == HeldOn.YES) {
      parts.add(new Say(topic.say("mail.ended.advice.held")));
    } else if (heldOn == HeldOn.PERHAPS) {
      parts.add(new Say(topic.say("mail.ended.advice.held.by-hand", topic.system())));
    } else if (takenAwayBy != null) {
      parts.add(new Say(topic.say("mail.ended.advice.by-hand", Typed.line(takenAwayBy))));
    } else {
      parts.add(new Say(topic.say("mail.ended.advice")));
    }
    parts.add(yourRequest(topic));
    String subject =
        switch (ending) {
          case Ending.Expired any -> "mail.ended.expired.subject";
          case Ending.Returned any -> "mail.ended.returned.subject";
          case Ending.Revoked any -> "mail.ended.revoked.subject";
        };
    return toRequester(
        "ended",
        topic,
        topic.say(subject, topic.what(), topic.lasts()),
        topic.say("mail.ended.heading"),
        parts);
  }

  /**
   * To the requester, when it is over before anybody had the access.
   *
   * @param at when somebody ended it
   */
  public Mail endedBeforeItWasThere(Recipient to, Asked asked, Instant at, Ending ending) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    if (ending instanceof Ending.Revoked revoked) {
      parts.add(
          new Say(
              topic.say(
                  "mail.ended.early.revoked",
                  Typed.line(revoked.by()),
                  at,
                  topic.role(),
                  topic.system())));
      comment(parts, topic, revoked.by(), revoked.reason());
    } else {
      parts.add(new Say(topic.say("mail.ended.early.returned", at, topic.role(), topic.system())));
    }
    parts.add(new Say(topic.say("mail.ended.early.advice")));
    parts.add(yourRequest(topic));
    return toRequester(
        "ended",
        topic,
        topic.say("mail.ended.early.subject", topic.what(), topic.lasts()),
        topic.say("mail.ended.early.heading"),
        parts);
  }

  private static String why(Topic topic, Ending ending, Instant at) {
    return switch (ending) {
      case Ending.Expired any -> topic.say("mail.ended.expired", at);
      case Ending.Returned any -> topic.say("mail.ended.returned", at);
      case Ending.Revoked revoked -> topic.say("mail.ended.revoked", Typed.line(revoked.by()), at);
    };
  }

  /** To the requester, when it was approved and did not work. */
  public Mail couldNotBeSetUp(Recipient to, Asked asked) {
    var topic = new Topic(to, asked);
    return toRequester(
        "could-not-be-set-up",
        topic,
        topic.say("mail.failed.subject", topic.what(), topic.lasts()),
        topic.say("mail.failed.heading"),
        List.of(
            new Say(topic.say("mail.failed.opening", topic.system(), topic.what())),
            new Say(topic.say("mail.failed.advice", topic.system())),
            yourRequest(topic)));
  }

  /**
   * To the requester, when owners could not set it up by hand.
   *
   * @param why what they said
   */
  public Mail couldNotBeSetUpByHand(Recipient to, Asked asked, String why) {
    var topic = new Topic(to, asked);
    return toRequester(
        "could-not-be-set-up",
        topic,
        topic.say("mail.failed.subject", topic.what(), topic.lasts()),
        topic.say("mail.failed.heading"),
        List.of(
            new Say(topic.say("mail.failed.opening.by-hand", topic.system(), topic.what())),
            new Quote(topic.say("mail.failed.why"), Typed.lines(why)),
            new Say(topic.say("mail.failed.advice.by-hand", topic.system())),
            yourRequest(topic)));
  }

  /**
   * To the requester, when it is approved and people are to set it up by hand.
   *
   * @param approvers names of those who approved
   * @param owners names of those who are to set it up; may be empty
   */
  public Mail setUpByHand(Recipient to, Asked asked, List<String> approvers, List<String> owners) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say("mail.by-hand.opening", topic.role(), topic.system())
                + " "
                + approved(topic, asked, approvers)));
    if (!owners.isEmpty()) {
      parts.add(new Say(topic.say("mail.by-hand.owners", Typed.lines(owners))));
    }
    parts.add(new Say(topic.say("mail.by-hand.advice")));
    parts.add(yourRequest(topic));
    return toRequester(
        "set-up-by-hand",
        topic,
        topic.say("mail.by-hand.subject", topic.what(), topic.lasts()),
        topic.say("mail.by-hand.heading"),
        parts);
  }

  /**
   * To the requester, as soon as setting up by hand is given up because no owner has said that it
   * is done; they are then asked to make sure that it is not there.
   *
   * @param patience for how long they were asked to
   */
  public Mail nobodySetItUpYet(Recipient to, Asked asked, Duration patience) {
    var topic = new Topic(to, asked);
    return toRequester(
        "given-up",
        topic,
        topic.say("mail.failed.subject", topic.what(), topic.lasts()),
        topic.say("mail.failed.heading"),
        List.of(
            new Say(
                topic.say("mail.failed.opening.given-up", topic.system(), topic.what(), patience)),
            new Say(topic.say("mail.failed.advice.by-hand", topic.system())),
            yourRequest(topic)));
  }

  /**
   * To the requester, when no owner has said in time that it is set up by hand, and it is over.
   *
   * @param patience for how long they were asked to
   */
  public Mail nobodySetItUp(Recipient to, Asked asked, Duration patience) {
    var topic = new Topic(to, asked);
    return toRequester(
        "could-not-be-set-up",
        topic,
        topic.say("mail.failed.subject", topic.what(), topic.lasts()),
        topic.say("mail.failed.heading"),
        List.of(
            new Say(
                topic.say("mail.failed.opening.nobody", topic.system(), topic.what(), patience)),
            new Say(topic.say("mail.failed.advice.by-hand", topic.system())),
            yourRequest(topic)));
  }

  /**
   * To an owner of the system, when something approved could not be set up.
   *
   * @param problem what the target said
   */
  public Mail couldNotBeSetUpForOwner(Recipient to, Asked asked, String problem) {
    return notSetUpForOwner(
        to, asked, topic -> new Quote(topic.say("mail.problem"), Typed.lines(problem)));
  }

  /**
   * To an owner of the system, when none of them has said in time that it is set up by hand.
   *
   * @param patience for how long they were asked to
   */
  public Mail nobodySetItUpForOwner(Recipient to, Asked asked, Duration patience) {
    return notSetUpForOwner(
        to, asked, topic -> new Say(topic.say("mail.failed-owner.nobody", patience)));
  }

  private Mail notSetUpForOwner(Recipient to, Asked asked, Function<Topic, Part> why) {
    var topic = new Topic(to, asked);
    return toOwner(
        "could-not-be-set-up-owner",
        topic,
        topic.say("mail.failed-owner.subject", topic.system(), topic.who()),
        topic.say("mail.failed-owner.heading"),
        List.of(
            new Say(topic.say("mail.failed-owner.opening", topic.who(), topic.system())),
            topic.facts(),
            why.apply(topic),
            new Say(topic.say("mail.failed-owner.advice")),
            theRequest(topic)));
  }

  /**
   * To the requester, when it was not set up because nobody may have both.
   *
   * @param role what the requester has or is getting
   * @param system where
   */
  public Mail notBoth(Recipient to, Asked asked, String role, String system) {
    var topic = new Topic(to, asked);
    return toRequester(
        "not-both",
        topic,
        topic.say("mail.not-both.subject", topic.what(), topic.lasts()),
        topic.say("mail.not-both.heading"),
        List.of(
            new Say(
                topic.say(
                    "mail.not-both.opening", topic.what(), Typed.line(role), Typed.line(system))),
            new Say(topic.say("mail.not-both.advice")),
            yourRequest(topic)));
  }

  /**
   * To an owner of the system, when something approved was not set up because nobody may have both.
   *
   * @param role what the requester has or is getting
   * @param system where
   */
  public Mail notBothForOwner(Recipient to, Asked asked, String role, String system) {
    var topic = new Topic(to, asked);
    return toOwner(
        "not-both-owner",
        topic,
        topic.say("mail.not-both-owner.subject", topic.system(), topic.who(), topic.role()),
        topic.say("mail.not-both-owner.heading"),
        List.of(
            new Say(
                topic.say(
                    "mail.not-both-owner.opening",
                    topic.who(),
                    Typed.line(role),
                    Typed.line(system))),
            topic.facts(),
            new Say(topic.say("mail.not-both-owner.advice")),
            theRequest(topic)));
  }

  /** To the requester, when the access was there before. */
  public Mail alreadyHeld(Recipient to, Asked asked) {
    var topic = new Topic(to, asked);
    return toRequester(
        "already-held",
        topic,
        topic.say("mail.held.subject", topic.what(), topic.lasts()),
        topic.say("mail.held.heading"),
        List.of(
            new Say(topic.say("mail.held.opening", topic.role(), topic.system())),
            new Say(topic.say("mail.held.advice", topic.system())),
            yourRequest(topic)));
  }

  /** To an owner of the system, when somebody has had the access all along. */
  public Mail alreadyHeldForOwner(Recipient to, Asked asked) {
    return alreadyHeldForOwner(
        to,
        asked,
        topic -> topic.say("mail.held-owner.opening", topic.who(), topic.system()),
        "",
        "");
  }

  /**
   * To the other owners, when one of them has said that somebody has had the access all along.
   *
   * @param by name of that owner
   * @param note what they wrote, or empty
   */
  public Mail saidToBeHeld(Recipient to, Asked asked, String by, String note) {
    return alreadyHeldForOwner(
        to,
        asked,
        topic ->
            topic.say(
                "mail.held-owner.opening.by-hand", Typed.line(by), topic.who(), topic.system()),
        by,
        note);
  }

  private Mail alreadyHeldForOwner(
      Recipient to, Asked asked, Function<Topic, String> opening, String by, String note) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(opening.apply(topic)));
    comment(parts, topic, by, note);
    parts.add(topic.facts());
    parts.add(new Say(topic.say("mail.held-owner.advice", topic.system())));
    parts.add(theRequest(topic));
    return toOwner(
        "already-held-owner",
        topic,
        topic.say("mail.held-owner.subject", topic.system(), topic.who(), topic.role()),
        topic.say("mail.held-owner.heading"),
        parts);
  }

  /**
   * To an owner of the system, while access cannot be taken away.
   *
   * @param time which mail about it this is, from 1
   * @param due when the access should have ended
   * @param problem what the target said
   */
  public Mail pleaseTakeAway(Recipient to, Asked asked, int time, Instant due, String problem) {
    var topic = new Topic(to, asked);
    return toOwner(
        "please-take-away",
        topic,
        time == 1
            ? topic.say("mail.remove.subject", topic.who(), topic.system(), topic.role())
            : topic.say(
                "mail.remove.subject.again", topic.who(), topic.system(), topic.role(), time - 1),
        topic.say("mail.remove.heading"),
        List.of(
            new Say(topic.say("mail.remove.opening", topic.who(), due)),
            topic.facts(),
            new Quote(topic.say("mail.problem"), Typed.lines(problem)),
            new Say(topic.say("mail.remove.advice", topic.system())),
            theRequest(topic)));
  }

  /** To the owners who were asked to take access away, when it is gone. */
  public Mail goneAfterAll(Recipient to, Asked asked, Instant at) {
    var topic = new Topic(to, asked);
    return toOwner(
        "gone-after-all",
        topic,
        topic.say("mail.gone.subject", topic.who(), topic.system()),
        topic.say("mail.gone.heading"),
        List.of(
            new Say(topic.say("mail.gone.opening", topic.system(), at, topic.who())),
            topic.facts(),
            theRequest(topic)));
  }

  private static String approved(Topic topic, Asked asked, List<String> by) {
    if (asked.emergency()) {
      return topic.say("mail.access.emergency");
    }
    return asked.rule() == null
        ? topic.say("mail.access.approved", Typed.lines(by))
        : topic.say("mail.access.approved-by-rule", Typed.line(asked.rule()));
  }

  /**
   * To an owner of a system that no connector reaches, when an access is to be set up by hand.
   *
   * @param approvers names of those who approved, without the reader
   * @param you whether the reader has approved it
   * @param group what the role is called in the system; may be empty
   * @param steps what to do, in order; may be empty
   * @param leftover whether an earlier access may still be there
   */
  public Mail pleaseSetUp(
      Recipient to,
      Asked asked,
      List<String> approvers,
      boolean you,
      String group,
      List<String> steps,
      boolean leftover) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(toSetUp(topic, asked, approvers, you)));
    parts.add(topic.facts(group));
    if (leftover) {
      parts.add(new Say(topic.say("mail.hand-set-up.leftover", topic.who())));
    }
    steps(parts, topic, steps);
    parts.add(new Say(topic.say("mail.hand-set-up.advice", topic.who())));
    parts.add(theTask(topic));
    return toOwner(
        "please-set-up",
        topic,
        topic.say("mail.hand-set-up.subject", topic.who(), topic.system(), topic.role()),
        topic.say("mail.hand-set-up.heading"),
        parts);
  }

  private static String toSetUp(Topic topic, Asked asked, List<String> approvers, boolean you) {
    if (asked.emergency()) {
      return topic.say(
          "mail.hand-set-up.opening.emergency", topic.who(), topic.role(), topic.system());
    }
    return asked.rule() == null
        ? topic.say(
            you
                ? approvers.isEmpty()
                    ? "mail.hand-set-up.opening.you"
                    : "mail.hand-set-up.opening.you-and"
                : "mail.hand-set-up.opening",
            Typed.lines(approvers),
            topic.who(),
            topic.role(),
            topic.system())
        : topic.say(
            "mail.hand-set-up.opening.rule",
            Typed.line(asked.rule()),
            topic.who(),
            topic.role(),
            topic.system());
  }

  /**
   * To everybody who hears of it at once, when somebody has taken access in an emergency.
   *
   * @param reviews whether the reader must say whether it was justified
   * @param reviewers names of all who must
   */
  public Mail emergency(Recipient to, Asked asked, boolean reviews, List<String> reviewers) {
    var topic = new Topic(to, asked);
    return urgent(
        toOwner(
            "emergency",
            topic,
            topic.say("mail.emergency.subject", topic.who(), topic.role(), topic.system()),
            topic.say("mail.emergency.heading"),
            List.of(
                new Say(topic.say("mail.emergency.opening", topic.who())),
                topic.facts(),
                new Say(topic.say("mail.emergency.stop")),
                new Say(
                    reviews
                        ? topic.say("mail.emergency.review", topic.who())
                        : topic.say("mail.emergency.reviewers", Typed.lines(reviewers))),
                reviews ? theReview(topic) : theRequest(topic))));
  }

  /**
   * To whoever must review an emergency and has not yet; and to their managers.
   *
   * @param time how often they have been reminded, this time included
   * @param isTheirs whether the reader must review it; else one of those whom they manage must
   * @param reviewers names of those who must
   */
  public Mail reviewReminder(
      Recipient to,
      Asked asked,
      int time,
      boolean isTheirs,
      Instant since,
      List<String> reviewers) {
    var topic = new Topic(to, asked);
    return toOwner(
        "review-reminder",
        topic,
        topic.say("mail.review-late.subject", topic.who(), topic.system(), topic.role(), time),
        topic.say("mail.review-late.heading"),
        List.of(
            new Say(topic.say("mail.review-late.opening", topic.who(), since)),
            new Say(
                isTheirs
                    ? topic.say("mail.emergency.review", topic.who())
                    : topic.say("mail.review-late.managers", Typed.lines(reviewers))),
            topic.facts(),
            isTheirs ? theReview(topic) : theRequest(topic)));
  }

  /**
   * To the requester, and to the others who heard of the emergency, when it has been reviewed.
   *
   * @param yours whether the reader took the access
   * @param by name of whoever reviewed it
   * @param note why, in their words
   */
  public Mail reviewed(
      Recipient to, Asked asked, boolean yours, String by, boolean justified, String note) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            yours
                ? topic.say(
                    justified ? "mail.reviewed.yours" : "mail.reviewed.yours.not",
                    Typed.line(by),
                    topic.role(),
                    topic.system())
                : topic.say(
                    justified ? "mail.reviewed.opening" : "mail.reviewed.opening.not",
                    Typed.line(by),
                    topic.who(),
                    topic.role(),
                    topic.system())));
    comment(parts, topic, by, note);
    if (!yours) {
      parts.add(topic.facts());
    }
    parts.add(yours ? yourRequest(topic) : theRequest(topic));
    var subject =
        topic.say(
            justified ? "mail.reviewed.subject" : "mail.reviewed.subject.not",
            topic.who(),
            topic.role(),
            topic.system());
    var heading = topic.say(justified ? "mail.reviewed.heading" : "mail.reviewed.heading.not");
    return yours
        ? toRequester("reviewed", topic, subject, heading, parts)
        : toOwner("reviewed", topic, subject, heading, parts);
  }

  private Link theReview(Topic topic) {
    return new Link(topic.say("mail.link.the-review"), address + request(topic));
  }

  /** The same, so that mailboxes show it as urgent (RFC 2156, section 5.3.4). */
  private static Mail urgent(Mail mail) {
    var headers = new TreeMap<>(mail.headers());
    headers.put("Importance", "high");
    return new Mail(mail.to(), mail.subject(), mail.text(), mail.html(), headers, mail.tags());
  }

  /** To the other owners, when one of them has set it up by hand. */
  public Mail setUpByOther(Recipient to, Asked asked, String by) {
    var topic = new Topic(to, asked);
    return toOwner(
        "set-up-by-other",
        topic,
        topic.say("mail.hand-done.subject", topic.who(), topic.system()),
        topic.say("mail.hand-done.heading"),
        List.of(
            new Say(topic.say("mail.hand-done.opening", Typed.line(by), topic.who())),
            topic.facts(),
            theRequest(topic)));
  }

  /**
   * To an owner of a system that no connector reaches, when an access is to be taken away by hand.
   *
   * @param due since when it is over
   * @param wasThere whether somebody had said that it was set up
   * @param ending why it is over, or null where setting it up was given up
   * @param group what the role is called in the system; may be empty
   * @param steps what to do, in order; may be empty
   */
  public Mail pleaseTakeAwayByHand(
      Recipient to,
      Asked asked,
      Instant due,
      boolean wasThere,
      @Nullable Ending ending,
      String group,
      List<String> steps) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say(
                wasThere ? "mail.hand-remove.opening" : "mail.hand-remove.opening.perhaps",
                topic.who(),
                topic.role(),
                topic.system(),
                due)));
    if (ending != null) {
      parts.add(new Say(whyOver(topic, ending, wasThere)));
    }
    parts.add(topic.facts(group));
    steps(parts, topic, steps);
    parts.add(new Say(topic.say("mail.hand-remove.advice")));
    parts.add(theTask(topic));
    return toOwner(
        "please-take-away",
        topic,
        topic.say(
            wasThere ? "mail.hand-remove.subject" : "mail.hand-remove.subject.perhaps",
            topic.who(),
            topic.system(),
            topic.role()),
        topic.say(wasThere ? "mail.hand-remove.heading" : "mail.hand-remove.heading.perhaps"),
        parts);
  }

  private static String whyOver(Topic topic, Ending ending, boolean wasThere) {
    return switch (ending) {
      case Ending.Expired any -> topic.say("mail.hand-remove.expired");
      case Ending.Returned any ->
          topic.say(
              wasThere ? "mail.hand-remove.returned" : "mail.hand-remove.withdrawn", topic.who());
      case Ending.Revoked revoked ->
          topic.say(
              wasThere ? "mail.hand-remove.revoked" : "mail.hand-remove.stopped",
              Typed.line(revoked.by()));
    };
  }

  /**
   * To the other owners, when one of them has taken it away by hand.
   *
   * @param note what they wrote; may be empty if something is attached
   * @param attached whether a picture or document is attached to the request
   */
  public Mail takenAwayByOther(
      Recipient to, Asked asked, String by, Instant at, String note, boolean attached) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say("mail.hand-gone.opening", Typed.line(by), at, topic.who(), topic.system())));
    comment(parts, topic, by, note);
    if (attached) {
      parts.add(new Say(topic.say("mail.hand-gone.evidence")));
    }
    parts.add(topic.facts());
    parts.add(theRequest(topic));
    return toOwner(
        "gone-after-all",
        topic,
        topic.say("mail.gone.subject", topic.who(), topic.system()),
        topic.say("mail.gone.heading"),
        parts);
  }

  /**
   * To owners who were to take an access away, when another request needs it.
   *
   * @param unsaid whether that request only waits to be set up by hand; else it has the access
   */
  public Mail wantedAgain(Recipient to, Asked asked, boolean unsaid) {
    var topic = new Topic(to, asked);
    return toOwner(
        "wanted-again",
        topic,
        topic.say("mail.wanted.subject", topic.who(), topic.system()),
        topic.say("mail.wanted.heading"),
        List.of(
            new Say(
                topic.say(
                    unsaid ? "mail.wanted.opening.unsaid" : "mail.wanted.opening",
                    topic.who(),
                    topic.system())),
            topic.facts(),
            theRequest(topic)));
  }

  /**
   * Reminds of a task that is to be done by hand.
   *
   * @param time which reminder this is, from 1
   * @param isRemoval whether access is to be taken away; else it is to be set up
   * @param perhaps whether nobody has ever said that what is to be taken away was there
   * @param isTheirs whether the reader has the task; else somebody they manage has it
   * @param owners names of those who have it
   */
  public Mail handReminder(
      Recipient to,
      Asked asked,
      int time,
      boolean isRemoval,
      boolean perhaps,
      boolean isTheirs,
      Instant openedAt,
      List<String> owners) {
    var topic = new Topic(to, asked);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Say(
            topic.say(
                !isRemoval
                    ? "mail.hand-late.set-up.opening"
                    : perhaps ? "mail.hand-late.sure.opening" : "mail.hand-late.remove.opening",
                topic.who(),
                topic.role(),
                topic.system(),
                openedAt)));
    if (isTheirs) {
      parts.add(
          new Say(
              topic.say(
                  !isRemoval
                      ? "mail.hand-late.set-up.advice"
                      : perhaps ? "mail.hand-late.sure.advice" : "mail.hand-late.remove.advice")));
    } else {
      parts.add(new Say(topic.say("mail.hand-late.managers", Typed.lines(owners), openedAt)));
    }
    parts.add(topic.facts());
    parts.add(isTheirs ? theTask(topic) : theRequest(topic));
    var subject =
        topic.say(
            !isRemoval
                ? "mail.hand-late.set-up.subject"
                : perhaps ? "mail.hand-late.sure.subject" : "mail.hand-late.remove.subject",
            topic.who(),
            topic.system(),
            topic.role(),
            time);
    return isTheirs
        ? toOwner("hand-reminder", topic, subject, topic.say("mail.hand-late.heading"), parts)
        : mail(
            "hand-reminder",
            topic,
            Map.of(),
            subject,
            new Letter(
                topic.say("mail.hand-late.heading"),
                parts,
                topic.say("mail.foot.managers", topic.system())));
  }

  private static void steps(List<Part> parts, Topic topic, List<String> steps) {
    if (!steps.isEmpty()) {
      parts.add(new Say(topic.say("mail.hand.steps")));
      parts.add(new Steps(steps.stream().map(Typed::line).toList()));
    }
  }

  private Link theTask(Topic topic) {
    return new Link(topic.say("mail.link.the-task"), address + request(topic));
  }

  private static void comment(List<Part> parts, Topic topic, String by, String comment) {
    if (!comment.isBlank()) {
      parts.add(new Quote(topic.say("mail.wrote", Typed.line(by)), Typed.lines(comment)));
    }
  }

  private Link theRequest(Topic topic) {
    return new Link(topic.say("mail.link.the-request"), address + request(topic));
  }

  private Link yourRequest(Topic topic) {
    return new Link(topic.say("mail.link.your-request"), address + request(topic));
  }

  private static String request(Topic topic) {
    return Paths.request(topic.asked().requestId());
  }

  private Mail toRequester(
      String kind, Topic topic, String subject, String heading, List<Part> parts) {
    if (topic.asked().askedBy() == null) {
      return mail(
          kind,
          topic,
          Map.of(),
          subject,
          new Letter(heading, parts, topic.say("mail.foot.requester")));
    }
    // Whoever did not ask is told each time who did.
    List<Part> all = new ArrayList<>();
    all.add(new Say(topic.say("mail.for-you.opening", asker(topic))));
    all.addAll(parts);
    return mail(
        kind,
        topic,
        Map.of(),
        subject,
        new Letter(heading, all, topic.say("mail.foot.requester.for-you", asker(topic))));
  }

  private Mail toOwner(String kind, Topic topic, String subject, String heading, List<Part> parts) {
    return mail(
        kind,
        topic,
        Map.of(),
        subject,
        new Letter(heading, parts, topic.say("mail.foot.owner", topic.system())));
  }

  /**
   * To one of the two, when somebody was named to stand in for the other, or no longer is.
   *
   * @param own whether the reader is the one for whom somebody stands in
   * @param begins whether somebody was named; else it was ended
   * @param person name of that one
   * @param standIn name of whoever stands in
   * @param by name of the administrator who said so; null if the person did
   * @param reason why, in the words of whoever said so; may be empty
   */
  public Mail standIn(
      Recipient to,
      boolean own,
      boolean begins,
      String person,
      String standIn,
      LocalDate from,
      LocalDate through,
      @Nullable String by,
      String reason) {
    var speech = Speech.inMail(to.language(), to.zone());
    var subject =
        begins
            ? own ? "mail.stand-in.named-own.subject" : "mail.stand-in.named-other.subject"
            : own ? "mail.stand-in.ended-own.subject" : "mail.stand-in.ended-other.subject";
    var opening =
        begins
            ? own ? "mail.stand-in.named-own" : "mail.stand-in.named-other"
            : own ? "mail.stand-in.ended-own" : "mail.stand-in.ended-other";
    var other = Typed.line(own ? standIn : person);
    List<Part> parts = new ArrayList<>();
    parts.add(new Say(speech.say(opening, other, speech.date(from), speech.date(through))));
    if (by != null) {
      parts.add(new Say(speech.say("mail.stand-in.by", Typed.line(by))));
    }
    if (!reason.isBlank()) {
      parts.add(
          new Quote(
              speech.say("mail.wrote", Typed.line(by == null ? person : by)), Typed.lines(reason)));
    }
    parts.add(
        new Link(
            speech.say(own ? "mail.stand-in.link-own" : "mail.stand-in.link-other"),
            address + (own ? Paths.standIn() : Paths.inbox())));
    return mail(
        "stand-in",
        to,
        speech,
        "stand-in",
        "",
        Map.of(),
        speech.say(subject, other),
        new Letter(
            speech.say(begins ? "mail.stand-in.named.heading" : "mail.stand-in.ended.heading"),
            parts,
            speech.say("mail.foot.stand-in")));
  }

  private Mail mail(
      String kind, Topic topic, Map<String, String> about, String subject, Letter letter) {
    String id = topic.asked().requestId();
    return mail(
        kind,
        topic.to(),
        topic.speech(),
        id,
        topic.say("mail.request", id),
        about,
        subject,
        letter);
  }

  /**
   * @param id what it is about: the mails about the same are a thread
   * @param request the last line, which names the request; may be empty
   */
  private Mail mail(
      String kind,
      Recipient to,
      Speech speech,
      String id,
      String request,
      Map<String, String> about,
      String subject,
      Letter letter) {
    Map<String, Object> view =
        Map.of(
            "letter",
            letter,
            "language",
            speech.language(),
            "hello",
            speech.say("mail.hello", Typed.line(to.name())),
            "request",
            request);
    StringOutput plain = new StringOutput();
    text.render("letter.jte", view, plain);
    StringOutput markup = new StringOutput();
    html.render("mail/letter.jte", view, markup);
    // SES replaces Message-ID, so a thread hangs on a root that was never sent.
    String root = "<" + id + "@daypass." + domain + ">";
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
        tags(id, kind, about));
  }

  /** SES puts them into the events about a mail; one that asks to decide says stage and round. */
  private static Map<String, String> tags(String id, String kind, Map<String, String> about) {
    Map<String, String> tags = new TreeMap<>(about);
    tags.put("request", id);
    tags.put("mail", kind);
    return tags;
  }
}
