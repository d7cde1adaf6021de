package dev.daypass.chat;

import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import dev.daypass.chat.Post.Fact;
import dev.daypass.words.Paths;
import dev.daypass.words.Shortened;
import dev.daypass.words.Speech;
import dev.daypass.words.Upcoming;
import dev.daypass.words.Words;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Every message Daypass writes to a channel, one method each. Times are those of UTC, with the
 * zone: the readers of a channel are in many.
 */
public final class Posts {
  private final String address;

  /**
   * Messages of one application.
   *
   * @param publicUrl where links lead
   */
  public Posts(URI publicUrl) {
    this.address = publicUrl.toString().replaceFirst("/+$", "");
  }

  /**
   * When a round of a stage opens.
   *
   * @param kind of the round
   * @param approvers names of those who have yet to decide
   * @param next what happens if they do not
   */
  public Post decide(
      Locale language, Topic topic, RoundPlan.Kind kind, List<String> approvers, Upcoming next) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    var heading =
        switch (kind) {
          case NOTICE -> "chat.decide.notice";
          case REMINDER -> "chat.decide.reminder";
          case ESCALATION -> "chat.decide.escalation";
        };
    return new Post(
        speech.say(heading, asks(speech, topic), line(topic.title())),
        List.of(
            access(speech, topic),
            new Fact(speech.say("mail.fact.how-long"), howLong(speech, topic)),
            new Fact(
                speech.say("chat.fact.approvers"), speech.say("oversee.names", lines(approvers))),
            new Fact(speech.say("chat.fact.next"), next(speech, next))),
        speech.say("chat.decide.advice"),
        speech.say("chat.decide.link"),
        URI.create(address + Paths.decideSignedIn(topic.requestId())));
  }

  /**
   * When access could not be taken away and the owners of the system have a task.
   *
   * @param owners their names
   * @param since when the access should have ended
   */
  public Post takeAway(Locale language, Topic topic, List<String> owners, Instant since) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    return new Post(
        speech.say("chat.remove.heading", line(topic.requester()), line(topic.systemTitle())),
        List.of(
            access(speech, topic),
            new Fact(speech.say("chat.fact.since"), speech.near(since)),
            owners(speech, owners)),
        speech.say("chat.remove.advice", line(topic.systemTitle())),
        speech.say("chat.remove.link"),
        URI.create(address + Paths.request(topic.requestId())));
  }

  /**
   * When somebody takes access in an emergency, so that nobody is asked.
   *
   * @param reviewers names of those who must review it
   */
  public Post emergency(Locale language, Topic topic, List<String> reviewers) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    return new Post(
        speech.say("chat.emergency.heading", line(topic.requester()), line(topic.systemTitle())),
        List.of(
            access(speech, topic),
            new Fact(speech.say("mail.fact.how-long"), howLong(speech, topic)),
            new Fact(
                speech.say("chat.fact.reviewers"), speech.say("oversee.names", lines(reviewers)))),
        speech.say("chat.emergency.advice"),
        speech.say("chat.emergency.link"),
        URI.create(address + Paths.request(topic.requestId())));
  }

  /**
   * When no connector reaches a system and its owners are to set access up.
   *
   * @param owners their names
   */
  public Post setUp(Locale language, Topic topic, List<String> owners) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    return byHand(
        speech,
        topic,
        speech.say("chat.set-up.heading", line(topic.requester()), line(topic.systemTitle())),
        List.of(
            access(speech, topic),
            new Fact(speech.say("mail.fact.how-long"), howLong(speech, topic)),
            owners(speech, owners)));
  }

  /**
   * When no connector reaches a system and its owners are to take access away.
   *
   * @param owners their names
   * @param since when the access ended
   */
  public Post takeAwayByHand(Locale language, Topic topic, List<String> owners, Instant since) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    return byHand(
        speech,
        topic,
        speech.say("chat.take-away.heading", line(topic.requester()), line(topic.systemTitle())),
        List.of(
            access(speech, topic),
            new Fact(speech.say("chat.fact.over"), speech.near(since)),
            owners(speech, owners)));
  }

  /**
   * When no connector reaches a system and its owners are to see that nothing is there of an access
   * that nobody knows to have been.
   *
   * @param owners their names
   */
  public Post makeSure(Locale language, Topic topic, List<String> owners) {
    var speech = Speech.inMail(language, ZoneOffset.UTC);
    return byHand(
        speech,
        topic,
        speech.say("chat.make-sure.heading", line(topic.requester()), line(topic.systemTitle())),
        List.of(access(speech, topic), owners(speech, owners)));
  }

  private Post byHand(Speech speech, Topic topic, String heading, List<Fact> facts) {
    return new Post(
        heading,
        facts,
        speech.say("chat.by-hand.advice", line(topic.systemTitle())),
        speech.say("chat.by-hand.link"),
        URI.create(address + Paths.request(topic.requestId())));
  }

  private static Fact owners(Speech speech, List<String> owners) {
    return new Fact(speech.say("chat.fact.owners"), speech.say("oversee.names", lines(owners)));
  }

  /** Who asks, and for whom if that is somebody else. */
  private static String asks(Speech speech, Topic topic) {
    String askedBy = topic.askedBy();
    return askedBy == null
        ? line(topic.requester())
        : speech.say("say.who.for", line(askedBy), line(topic.requester()));
  }

  private static Fact access(Speech speech, Topic topic) {
    return new Fact(
        speech.say("chat.fact.access"),
        speech.say("mail.fact.role", line(topic.roleTitle()), line(topic.systemTitle())));
  }

  private static String howLong(Speech speech, Topic topic) {
    Shortened shortened = topic.shortened();
    if (shortened != null) {
      return speech.say(
          "how-long.shortened", topic.duration(), shortened.to(), line(shortened.by()));
    }
    Duration extendable = topic.extendable();
    return extendable == null || extendable.compareTo(topic.duration()) <= 0
        ? speech.duration(topic.duration())
        : speech.say("how-long.extendable", topic.duration(), extendable);
  }

  private static String next(Speech speech, Upcoming next) {
    var what =
        new Said(next.what().key(), next.what().arguments().stream().map(Posts::harmless).toList());
    Instant at = next.at();
    return at == null
        ? speech.say("mail.decide.next", what)
        : speech.say("mail.decide.next-at", at, what);
  }

  private static Object harmless(Object argument) {
    return switch (argument) {
      case String text -> line(text);
      case List<?> list -> list.stream().map(Posts::harmless).toList();
      case Said said ->
          new Said(said.key(), said.arguments().stream().map(Posts::harmless).toList());
      default -> argument;
    };
  }

  private static List<String> lines(List<String> typed) {
    return typed.stream().map(Posts::line).toList();
  }

  /**
   * What people typed, for the middle of a sentence: on one line, and without an address of which a
   * program would make a link. The one link of a message is ours.
   */
  private static String line(String typed) {
    return Words.apart(Words.unlinked(Texts.visibleLine(typed)).strip());
  }
}
