package dev.daypass.mail;

import dev.daypass.access.Said;
import dev.daypass.mail.Letter.Fact;
import dev.daypass.mail.Letter.Part.Facts;
import dev.daypass.words.Shortened;
import dev.daypass.words.Speech;
import dev.daypass.words.Telling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a mail is about, said to its reader: what people typed is harmless already. */
record Topic(Recipient to, Asked asked, Speech speech) {
  Topic(Recipient to, Asked asked) {
    this(to, asked, Speech.inMail(to.language(), to.zone()));
  }

  /** The language of the mail. */
  Locale language() {
    return speech.language();
  }

  /** A sentence of ours about what is harmless already. */
  String say(String key, Object... arguments) {
    return speech.say(key, arguments);
  }

  /** A sentence of ours about what people may have typed. */
  String typed(Said said) {
    return speech.say(
        new Said(said.key(), said.arguments().stream().map(Topic::harmless).toList()));
  }

  private static Object harmless(Object argument) {
    return switch (argument) {
      case String text -> Typed.line(text);
      case List<?> list -> list.stream().map(Topic::harmless).toList();
      case Said said ->
          new Said(said.key(), said.arguments().stream().map(Topic::harmless).toList());
      default -> argument;
    };
  }

  /** Name of the requester. */
  String who() {
    return Typed.line(asked.requester());
  }

  /** Who asked, and for whom if that is somebody else: for the middle of a sentence. */
  String asks() {
    String askedBy = asked.askedBy();
    return askedBy == null ? who() : say("say.who.for", Typed.line(askedBy), who());
  }

  /** Title of the runbook. */
  String what() {
    return Typed.line(asked.title());
  }

  String role() {
    return Typed.line(asked.roleTitle());
  }

  String system() {
    return Typed.line(asked.systemTitle());
  }

  /**
   * How long the access lasts, or lasted, if nobody forestalled its end: as long as was asked, but
   * for what approvers allowed and what its holder has extended it to.
   */
  Duration lasts() {
    Duration extended = asked.extended();
    if (extended != null) {
      return extended;
    }
    Shortened shortened = asked.shortened();
    return shortened == null ? asked.duration() : shortened.to();
  }

  /** What was asked for, at a glance. */
  Facts facts() {
    return facts("", "");
  }

  /**
   * As {@link #facts()}, for whoever decides.
   *
   * @param allows what the role lets one do, in a sentence; may be empty
   */
  Facts factsWithRole(String allows) {
    return facts("", allows);
  }

  /**
   * As {@link #facts()}, for whoever sets it up by hand.
   *
   * @param group what the role is called in the system; may be empty
   */
  Facts facts(String group) {
    return facts(group, "");
  }

  private Facts facts(String group, String allows) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(say("mail.fact.who"), who(), Typed.line(asked.requesterEmail())));
    String askedBy = asked.askedBy();
    if (askedBy != null) {
      facts.add(new Fact(say("page.fact.asked-by"), Typed.line(askedBy)));
    }
    facts.add(
        new Fact(
            say("mail.fact.what"),
            allows.isBlank()
                ? say("mail.fact.role", role(), system())
                : say("mail.fact.role.allows", role(), system(), Typed.line(allows))));
    if (!group.isBlank()) {
      facts.add(new Fact(say("mail.fact.group"), Typed.line(group)));
    }
    var startsAt = asked.startsAt();
    if (startsAt != null) {
      facts.add(new Fact(say("page.fact.begins"), speech.full(startsAt)));
    }
    facts.add(
        new Fact(
            say("mail.fact.how-long"),
            typed(
                Telling.howLong(
                    asked.duration(), asked.shortened(), asked.extendable(), asked.extended()))));
    if (!asked.reason().isBlank()) {
      facts.add(new Fact(say("mail.fact.why"), Typed.lines(asked.reason())));
    }
    String ticket = asked.ticket();
    if (ticket != null && !ticket.isBlank()) {
      facts.add(new Fact(say("mail.fact.ticket"), Typed.line(ticket)));
    }
    return new Facts(facts);
  }
}
