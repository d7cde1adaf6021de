package dev.daypass.words;

import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.words.Sentence.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every status and every event of a request as people read it. Status names stay in the API and in
 * the trail.
 */
public final class Sentences {
  private Sentences() {}

  // How things stand.

  public static Sentence waitingFor(List<String> names) {
    return new Sentence("Waiting for " + Words.or(names), Tone.WAITING);
  }

  public static Sentence startsAt(Instant start, Times times) {
    return new Sentence("Approved, starts " + times.near(start), Tone.WAITING);
  }

  public static Sentence approvedSettingUp() {
    return new Sentence("Approved, access is being set up", Tone.WAITING);
  }

  public static Sentence accessUntil(Instant until, Times times) {
    return new Sentence("Access until " + times.near(until), Tone.GOOD);
  }

  public static Sentence beingTakenAway() {
    return new Sentence("Access is being taken away", Tone.WAITING);
  }

  public static Sentence deniedBy(String name) {
    return new Sentence("Denied by " + name, Tone.BAD);
  }

  public static Sentence nobodyAnswered() {
    return new Sentence("Nobody answered", Tone.BAD);
  }

  public static Sentence cancelled() {
    return new Sentence("Cancelled", Tone.OVER);
  }

  public static Sentence ended() {
    return new Sentence("Access has ended", Tone.OVER);
  }

  public static Sentence givenBack() {
    return new Sentence("Access was given back", Tone.OVER);
  }

  public static Sentence takenAwayBy(String name) {
    return new Sentence("Access was taken away by " + name, Tone.BAD);
  }

  public static Sentence couldNotBeSetUp() {
    return new Sentence("Access could not be set up", Tone.BAD);
  }

  public static Sentence alreadyHeld() {
    return new Sentence("The access was there already, so nothing was changed", Tone.BAD);
  }

  // What happened.

  public static String asked(String requester) {
    return requester + " asked";
  }

  public static String wereAsked(RoundPlan.Kind kind, List<String> names) {
    String verb = names.size() == 1 ? " was " : " were ";
    return Words.and(names)
        + verb
        + switch (kind) {
          case NOTICE -> "asked to decide";
          case REMINDER -> "reminded";
          case ESCALATION -> "asked to decide, because nobody had answered";
        };
  }

  public static String approved(String name, Proof proof) {
    return name + " approved" + by(proof);
  }

  public static String denied(String name, Proof proof) {
    return name + " denied" + by(proof);
  }

  public static String approvedByRule(String rule) {
    return "Approved by the rule \"" + rule + "\"";
  }

  public static String lapsed() {
    return "Nobody answered in time, so the request ended";
  }

  public static String nobodyToAsk() {
    return "Nobody could be reached and nobody else can be asked, so the request ended";
  }

  public static String cancelledBy(String name) {
    return name + " cancelled the request";
  }

  public static String settingUp() {
    return "Setting up the access began";
  }

  public static String setUp(Instant until, Times times) {
    return "Access was set up, until " + times.nearAndExact(until);
  }

  public static String extendedBy(String name, Instant until, Times times) {
    return name + " extended the access until " + times.nearAndExact(until);
  }

  public static String couldNotSetUp() {
    return "The access could not be set up, and nothing was left behind";
  }

  public static String wasThereAlready() {
    return "The access was there before, so Daypass changed nothing";
  }

  public static String expired() {
    return "The time was up";
  }

  public static String returnedBy(String name) {
    return name + " gave the access back";
  }

  public static String revokedBy(String name) {
    return name + " took the access away";
  }

  public static String gone(String system) {
    return system + " was read back: the access is gone";
  }

  public static String nothingWasAdded() {
    return "Nothing had been added yet, so nothing is left behind";
  }

  public static String heldOn() {
    return "This access is over; another request of the same person still holds it";
  }

  public static String notGoneYet(String system) {
    return "The access in " + system + " could not be taken away yet; its owners were told";
  }

  public static String mailRefused(String name) {
    return "The mail to " + name + " could not be delivered";
  }

  // What comes next.

  public static String nextYouAreReminded() {
    return "You are reminded";
  }

  public static String nextInstead(List<String> names) {
    return Words.and(names) + (names.size() == 1 ? " is" : " are") + " asked instead";
  }

  public static String nextAsWell(List<String> names) {
    return Words.and(names) + (names.size() == 1 ? " is" : " are") + " asked as well";
  }

  public static String nextRequestEnds() {
    return "The request ends and nothing is set up";
  }

  public static String nextReminder(List<String> names) {
    return "If nobody has answered, "
        + Words.and(names)
        + (names.size() == 1 ? " is" : " are")
        + " reminded";
  }

  public static String nextEscalation(List<String> names) {
    return "If nobody has answered, "
        + Words.and(names)
        + (names.size() == 1 ? " is" : " are")
        + " asked";
  }

  public static String nextLapse() {
    return "If nobody has answered, the request ends and nothing is set up";
  }

  public static String nextStage(String title) {
    return "Then: " + title;
  }

  public static String nextAccess(Duration duration) {
    return "On approval, access for " + Words.duration(duration);
  }

  public static String nextEnd() {
    return "Access ends by itself";
  }

  /** For how long something is asked for, and how far its holder may go without asking again. */
  public static String howLong(Duration duration, @Nullable Duration extendable) {
    return extendable == null || extendable.compareTo(duration) <= 0
        ? Words.duration(duration)
        : Words.duration(duration)
            + ", which can be extended to "
            + Words.duration(extendable)
            + " in all";
  }

  private static String by(Proof proof) {
    return switch (proof) {
      case SESSION, FRESH -> "";
      case MAILBOX -> " with the code from the mail";
    };
  }
}
